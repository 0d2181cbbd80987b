import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0008_agreements'),
    ]

    operations = [
        migrations.CreateModel(
            name='Preparation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField(null=True)),
                ('by_name', models.CharField(max_length=200)),
                ('on', models.DateField()),
                ('informed_sealed', models.BinaryField(null=True)),
                ('difficulties_sealed', models.BinaryField(null=True)),
                ('practised_sealed', models.BinaryField(null=True)),
                ('company', models.CharField(blank=True, choices=[('worker', 'Ditemani petugas'), ('family', 'Ditemani keluarga'), ('neighbour', 'Ditemani kader, relawan, atau tetangga'), ('alone', 'Datang sendiri, atas keinginannya')], max_length=10)),
                ('company_words_sealed', models.BinaryField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='preparations', to='cases.planstep')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'on', 'at'], name='preparation_of_case')],
            },
        ),
        migrations.CreateModel(
            name='SupportReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField(null=True)),
                ('by_name', models.CharField(max_length=200)),
                ('on', models.DateField()),
                ('moment', models.CharField(choices=[('baseline', 'Keadaan awal'), ('progress', 'Perkembangan'), ('final', 'Hasil akhir')], max_length=10)),
                ('network', models.PositiveSmallIntegerField(null=True)),
                ('network_words_sealed', models.BinaryField(null=True)),
                ('providers', models.PositiveSmallIntegerField(null=True)),
                ('providers_words_sealed', models.BinaryField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'moment', 'on'], name='support_review_of_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('network', None), ('network__range', (1, 4)), _connector='OR'), models.Q(('providers', None), ('providers__range', (1, 4)), _connector='OR')), name='support_levels_are_1_to_4', violation_error_message='Tingkatnya 1 sampai 4, atau belum diketahui.')],
            },
        ),
    ]
