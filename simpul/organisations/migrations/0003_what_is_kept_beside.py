import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_parts_of_the_register"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegistrationStep",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "left",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Diajukan"),
                            ("desk_check", "Pemeriksaan berkas"),
                            ("returned", "Dikembalikan untuk dilengkapi"),
                            ("field_visit", "Pemeriksaan lapangan"),
                            ("decision", "Menunggu keputusan"),
                            ("approved", "Disetujui"),
                            ("refused", "Ditolak"),
                            ("issued", "Tanda daftar terbit"),
                            ("withdrawn", "Ditarik pemohon"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Diajukan"),
                            ("desk_check", "Pemeriksaan berkas"),
                            ("returned", "Dikembalikan untuk dilengkapi"),
                            ("field_visit", "Pemeriksaan lapangan"),
                            ("decision", "Menunggu keputusan"),
                            ("approved", "Disetujui"),
                            ("refused", "Ditolak"),
                            ("issued", "Tanda daftar terbit"),
                            ("withdrawn", "Ditarik pemohon"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("region", models.CharField(blank=True, max_length=13)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("sent", "Dikirim"),
                            ("returned", "Dikembalikan"),
                            ("received", "Diterima Dinas"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("known", models.JSONField(default=dict)),
                ("told_sealed", models.BinaryField(null=True)),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("received_on", models.DateField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=40)),
                ("words", models.TextField(blank=True)),
                ("answer", models.CharField(blank=True, max_length=8)),
                ("note", models.TextField(blank=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("checked_by_name", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Sanction",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("region", models.CharField(blank=True, max_length=13, null=True)),
                ("suspended", models.JSONField(default=list)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("warning", "Teguran tertulis"),
                            ("stop", "Penghentian sementara kegiatan"),
                            ("revocation", "Pencabutan tanda daftar atau izin"),
                            ("fine", "Denda administratif"),
                        ],
                        max_length=12,
                    ),
                ),
                ("ground", models.TextField()),
                ("on", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("lifted_on", models.DateField(blank=True, null=True)),
                ("lifted_because", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ServedArea",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=13)),
                ("since", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("code_list_on", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("type_code", models.CharField(max_length=20)),
                ("edition", models.CharField(max_length=40)),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("person", "Perorangan"),
                            ("family", "Keluarga"),
                            ("organisation", "Lembaga"),
                            ("network", "Jejaring"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("name_key", models.CharField(blank=True, max_length=250)),
                ("region", models.CharField(max_length=13)),
                ("province", models.CharField(max_length=2)),
                (
                    "sex",
                    models.CharField(
                        blank=True, choices=[("P", "Perempuan"), ("L", "Laki-laki")], max_length=1
                    ),
                ),
                ("born", models.DateField(blank=True, null=True)),
                ("nik_sealed", models.BinaryField(null=True)),
                ("nik_index", models.BinaryField(max_length=16, null=True)),
                ("phone_sealed", models.BinaryField(null=True)),
                ("address_sealed", models.BinaryField(null=True)),
                ("education", models.CharField(blank=True, max_length=20)),
                ("letter_number", models.CharField(blank=True, max_length=80)),
                ("letter_on", models.DateField(blank=True, null=True)),
                ("letter_issuer", models.CharField(blank=True, max_length=200)),
                ("serves_since", models.DateField(blank=True, null=True)),
                ("serves_until", models.DateField(blank=True, null=True)),
                ("answers_sealed", models.BinaryField(null=True)),
                ("skills", models.JSONField(blank=True, default=list)),
                ("areas", models.JSONField(blank=True, default=list)),
                ("free_days", models.JSONField(blank=True, default=list)),
                ("availability", models.CharField(blank=True, max_length=200)),
                ("founded_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("members_male", models.PositiveIntegerField(blank=True, null=True)),
                ("members_female", models.PositiveIntegerField(blank=True, null=True)),
                ("youngest_born", models.DateField(blank=True, null=True)),
                ("oldest_born", models.DateField(blank=True, null=True)),
                ("chair", models.CharField(blank=True, max_length=200)),
                ("activities", models.CharField(blank=True, max_length=500)),
                ("last_met_on", models.DateField(blank=True, null=True)),
                ("last_report_on", models.DateField(blank=True, null=True)),
                ("notes_sealed", models.BinaryField(null=True)),
                ("inactive_since", models.DateField(blank=True, null=True)),
                (
                    "inactive_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ended", "Masa tugas selesai"),
                            ("own_wish", "Mengundurkan diri"),
                            ("moved", "Pindah"),
                            ("other_task", "Mendapat tugas lain"),
                            ("dissolved", "Lembaga atau jejaringnya bubar"),
                            ("died", "Meninggal"),
                            ("not_fitting", "Tidak lagi memenuhi kriteria"),
                            ("other", "Alasan lain"),
                        ],
                        max_length=12,
                    ),
                ),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "erased_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("requested", "Diminta oleh yang bersangkutan"),
                            ("not_needed", "Tidak diperlukan lagi"),
                            ("retention", "Masa simpan berakhir"),
                            ("unlawful", "Dikumpulkan tanpa dasar yang sah"),
                        ],
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("registered_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("name", models.CharField(max_length=200)),
                ("profession", models.CharField(max_length=20)),
                ("title", models.CharField(blank=True, max_length=120)),
                ("is_paid", models.BooleanField(blank=True, null=True)),
                ("certificates", models.JSONField(blank=True, default=list)),
                ("first_end", models.DateField(editable=False, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("issuer", models.CharField(blank=True, max_length=200)),
                ("number", models.CharField(blank=True, max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("training", "Pelatihan"),
                            ("competence", "Sertifikat kompetensi"),
                            ("practice", "Surat Tanda Registrasi (STR)"),
                        ],
                        max_length=12,
                    ),
                ),
                ("held_on", models.DateField(blank=True, null=True)),
                ("hours", models.PositiveIntegerField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "struck_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("wrong", "Salah tulis"),
                            ("twice", "Tercatat dua kali"),
                            ("not_theirs", "Bukan miliknya"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VisitPhoto",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("media_type", models.CharField(blank=True, max_length=60)),
                ("size", models.PositiveIntegerField(default=0)),
                ("file_name_sealed", models.BinaryField(null=True)),
                ("file_key_sealed", models.BinaryField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                ("removed_by_name", models.CharField(blank=True, max_length=200)),
                ("title", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="organisation",
            name="organisation_kind_is_known",
        ),
        migrations.AddField(
            model_name="organisation",
            name="approval_number",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="organisation",
            name="approval_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="capacity",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="confirmed_type",
            field=models.CharField(blank=True, max_length=1),
        ),
        migrations.AddField(
            model_name="organisation",
            name="deed_number",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="organisation",
            name="deed_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="email",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="organisation",
            name="formality",
            field=models.CharField(
                blank=True,
                choices=[("formal", "Organisasi formal"), ("local", "Organisasi lokal")],
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="goals",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="organisation",
            name="has_statutes",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="is_closed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="organisation",
            name="is_direct",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="latitude",
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="legal_status",
            field=models.CharField(
                blank=True,
                choices=[("legal_entity", "Berbadan hukum"), ("no_legal_entity", "Tidak berbadan hukum")],
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="legitimation",
            field=models.CharField(
                blank=True,
                choices=[
                    ("registered", "Terdaftar"),
                    ("confirmed", "Dikukuhkan"),
                    ("acknowledged", "Diakui"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="level",
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name="organisation",
            name="longitude",
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="mission",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="nature",
            field=models.CharField(
                blank=True,
                choices=[
                    ("operational", "Operasional: melayani langsung"),
                    ("federative", "Federatif: beranggotakan organisasi"),
                    ("coordinating", "Koordinatif: mengoordinasikan"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="need_types",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
