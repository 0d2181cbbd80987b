import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("bank", models.CharField(max_length=120)),
                ("holder", models.CharField(max_length=200)),
                ("number_sealed", models.BinaryField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("registration", "Tanda daftar"),
                            ("licence", "Izin operasional LKS asing"),
                            ("accreditation", "Sertifikat akreditasi"),
                        ],
                        max_length=14,
                    ),
                ),
                ("number", models.CharField(max_length=120)),
                ("issuer", models.CharField(max_length=200)),
                ("issuer_region", models.CharField(blank=True, max_length=13)),
                ("issued_on", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("grade", models.CharField(blank=True, max_length=20)),
                ("words", models.JSONField(default=list)),
                ("code", models.CharField(max_length=16, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("standing", "Berlaku"),
                            ("suspended", "Dibekukan"),
                            ("withdrawn", "Dicabut"),
                            ("replaced", "Diganti yang baru"),
                            ("struck", "Dicoret karena salah catat"),
                        ],
                        default="standing",
                        max_length=10,
                    ),
                ),
                ("state_on", models.DateField(blank=True, null=True)),
                ("state_because", models.TextField(blank=True)),
                ("state_by", models.UUIDField(null=True)),
                ("is_recorded", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("part", models.CharField(max_length=20)),
                ("base_version", models.PositiveIntegerField()),
                ("before_sealed", models.BinaryField(null=True)),
                ("after_sealed", models.BinaryField(null=True)),
                ("because", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Menunggu pemeriksaan"),
                            ("accepted", "Diterima"),
                            ("refused", "Ditolak"),
                            ("withdrawn", "Ditarik kembali"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=200)),
                ("answer", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Classification",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("on", models.DateField()),
                ("edition", models.CharField(max_length=60)),
                ("suggested", models.CharField(max_length=10)),
                ("finding", models.JSONField()),
                ("answers", models.JSONField(default=dict)),
                ("confirmed", models.CharField(max_length=1)),
                ("because", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Facility",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("amount", models.PositiveIntegerField(default=1)),
                ("condition", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FieldVisit",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("on", models.DateField()),
                ("who", models.CharField(max_length=300)),
                ("met_with", models.CharField(blank=True, max_length=300)),
                ("answers", models.JSONField(default=dict)),
                ("words_sealed", models.BinaryField(null=True)),
                ("is_as_told", models.BooleanField(null=True)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Flag",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("office", models.CharField(blank=True, max_length=13, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("warning", "Peringatan"),
                            ("suspension", "Penghentian sementara"),
                            ("complaint", "Pengaduan yang terbukti"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words_sealed", models.BinaryField(null=True)),
                ("on", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("lifted_on", models.DateField(blank=True, null=True)),
                ("lifted_because_sealed", models.BinaryField(null=True)),
                ("lifted_by_name", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="HoursGiven",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("on", models.DateField()),
                ("hours", models.DecimalField(decimal_places=2, max_digits=6)),
                ("activity", models.CharField(max_length=200)),
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
            name="Indicator",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=60)),
                ("answer", models.CharField(max_length=14)),
                ("seen", models.CharField(blank=True, max_length=12)),
                ("note", models.TextField(blank=True)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("given_on", models.DateField()),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("self", "Yang bersangkutan sendiri"),
                            ("parent", "Orang tua"),
                            ("guardian", "Wali"),
                            ("head", "Ketua atau kepala keluarga"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("written", "Tertulis"),
                            ("spoken", "Lisan, dicatat petugas"),
                            ("signed", "Bahasa isyarat"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text_version", models.CharField(max_length=10)),
                ("given_by_sealed", models.BinaryField(null=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_name", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("registration", "Tanda daftar"),
                            ("licence", "Izin operasional LKS asing"),
                            ("accreditation", "Sertifikat akreditasi"),
                        ],
                        max_length=14,
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=13)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Officer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("founders", "Pembina"),
                            ("overseers", "Pengawas"),
                            ("board", "Pengurus"),
                            ("operations", "Pelaksana"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("name", models.CharField(max_length=200)),
                ("job", models.TextField(blank=True)),
                ("phone_sealed", models.BinaryField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OfficeRules",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("region", models.CharField(blank=True, max_length=13, unique=True)),
                ("called", models.CharField(blank=True, max_length=200)),
                ("signs", models.CharField(blank=True, max_length=200)),
                ("number_pattern", models.CharField(blank=True, max_length=120)),
                ("valid_months", models.PositiveIntegerField(blank=True, null=True)),
                ("working_days", models.PositiveIntegerField(blank=True, null=True)),
                ("report_months", models.PositiveIntegerField(blank=True, null=True)),
                ("added", models.JSONField(default=list)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="Paper",
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
                ("kind", models.CharField(max_length=40)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("number", models.CharField(blank=True, max_length=80)),
                ("issuer", models.CharField(blank=True, max_length=200)),
                ("issued_on", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("checked_on", models.DateField(blank=True, null=True)),
                ("checked_by_name", models.CharField(blank=True, max_length=200)),
                ("removed_because_sealed", models.BinaryField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("new", "Pendaftaran baru"),
                            ("renewal", "Perpanjangan"),
                            ("change", "Perubahan data"),
                        ],
                        max_length=8,
                    ),
                ),
                ("scheme", models.CharField(max_length=60)),
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
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "authority",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("regency", "Dinas Sosial kabupaten/kota"),
                            ("province", "Dinas Sosial provinsi"),
                            ("ministry", "Kementerian Sosial"),
                        ],
                        max_length=8,
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=13)),
                ("told", models.JSONField(default=dict)),
                ("words", models.TextField(blank=True)),
                ("submitted_on", models.DateField(blank=True, null=True)),
                ("complete_on", models.DateField(blank=True, null=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("working_days_used", models.PositiveIntegerField(default=0)),
                ("refusal_grounds", models.JSONField(default=list)),
                ("answer", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
            ],
        ),
    ]
