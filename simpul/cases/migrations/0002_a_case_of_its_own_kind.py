import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
        ('people', '0003_fact_index_of_each'),
        ('screening', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='case',
            name='case_stage_is_known',
        ),
        migrations.AddField(
            model_name='case',
            name='closed_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='confidentiality',
            field=models.CharField(choices=[('ordinary', 'Biasa: siapa saja yang berwenang di lembaga atau wilayah ini'), ('restricted', 'Terbatas: hanya yang boleh membaca hal sangat peka'), ('highly_restricted', 'Sangat terbatas: hanya tim kasus dan supervisor'), ('team_only', 'Hanya tim kasus')], default='ordinary', max_length=20),
        ),
        migrations.AddField(
            model_name='case',
            name='earlier',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='cases.case'),
        ),
        migrations.AddField(
            model_name='case',
            name='episode',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='case',
            name='group_name_sealed',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='household',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='people.household'),
        ),
        migrations.AddField(
            model_name='case',
            name='kind',
            field=models.CharField(choices=[('person', 'Perorangan'), ('family', 'Keluarga'), ('group', 'Kelompok'), ('community', 'Komunitas')], default='person', max_length=10),
        ),
        migrations.AddField(
            model_name='case',
            name='last_contact_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='referral_words_sealed',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='referred_by',
            field=models.CharField(blank=True, choices=[('self', 'Datang sendiri'), ('family', 'Keluarga'), ('neighbour', 'Tetangga atau warga'), ('village', 'Desa atau kelurahan'), ('volunteer', 'Relawan atau kader'), ('organisation', 'Lembaga atau dinas lain'), ('police', 'Kepolisian'), ('health', 'Layanan kesehatan'), ('school', 'Sekolah'), ('other', 'Jalan lain')], max_length=12),
        ),
        migrations.AddField(
            model_name='case',
            name='risk_sealed',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='setting',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='case',
            name='spm_service',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='case',
            name='stage_since',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='wishes_sealed',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='working_model',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='stagemove',
            name='by',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='stagemove',
            name='lacking',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='case',
            name='stage',
            field=models.CharField(choices=[('outreach', 'Penjangkauan'), ('prescreening', 'Penyaringan awal'), ('intake', 'Pendekatan awal'), ('assessment', 'Asesmen'), ('goals', 'Perumusan tujuan'), ('planning', 'Rencana dan sumber'), ('linking', 'Penghubungan layanan'), ('monitoring', 'Pemantauan dan asesmen ulang'), ('evaluation', 'Evaluasi hasil'), ('transition', 'Peralihan'), ('termination', 'Pengakhiran'), ('follow_up', 'Bimbingan lanjut'), ('closed', 'Ditutup'), ('referred_out', 'Dirujuk keluar'), ('suspended', 'Ditangguhkan'), ('left', 'Keluar atas permintaan sendiri'), ('died', 'Meninggal dunia'), ('not_found', 'Tidak dapat ditemui'), ('not_eligible', 'Tidak memenuhi syarat')], default='intake', max_length=20),
        ),
        migrations.AlterField(
            model_name='stagemove',
            name='stage_from',
            field=models.CharField(blank=True, choices=[('outreach', 'Penjangkauan'), ('prescreening', 'Penyaringan awal'), ('intake', 'Pendekatan awal'), ('assessment', 'Asesmen'), ('goals', 'Perumusan tujuan'), ('planning', 'Rencana dan sumber'), ('linking', 'Penghubungan layanan'), ('monitoring', 'Pemantauan dan asesmen ulang'), ('evaluation', 'Evaluasi hasil'), ('transition', 'Peralihan'), ('termination', 'Pengakhiran'), ('follow_up', 'Bimbingan lanjut'), ('closed', 'Ditutup'), ('referred_out', 'Dirujuk keluar'), ('suspended', 'Ditangguhkan'), ('left', 'Keluar atas permintaan sendiri'), ('died', 'Meninggal dunia'), ('not_found', 'Tidak dapat ditemui'), ('not_eligible', 'Tidak memenuhi syarat')], max_length=20),
        ),
        migrations.AlterField(
            model_name='stagemove',
            name='stage_to',
            field=models.CharField(choices=[('outreach', 'Penjangkauan'), ('prescreening', 'Penyaringan awal'), ('intake', 'Pendekatan awal'), ('assessment', 'Asesmen'), ('goals', 'Perumusan tujuan'), ('planning', 'Rencana dan sumber'), ('linking', 'Penghubungan layanan'), ('monitoring', 'Pemantauan dan asesmen ulang'), ('evaluation', 'Evaluasi hasil'), ('transition', 'Peralihan'), ('termination', 'Pengakhiran'), ('follow_up', 'Bimbingan lanjut'), ('closed', 'Ditutup'), ('referred_out', 'Dirujuk keluar'), ('suspended', 'Ditangguhkan'), ('left', 'Keluar atas permintaan sendiri'), ('died', 'Meninggal dunia'), ('not_found', 'Tidak dapat ditemui'), ('not_eligible', 'Tidak memenuhi syarat')], max_length=20),
        ),
    ]
