import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0005_found_quickly_and_kept_right"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnScheme",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=60, unique=True)),
                ("regulation", models.CharField(max_length=200)),
                ("source", models.TextField()),
                ("region", models.CharField(blank=True, max_length=13)),
                ("valid_from", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("words", models.JSONField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Accreditation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("scheme", models.CharField(max_length=60)),
                ("scheme_words", models.JSONField(default=dict)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("self_assessment", "Evaluasi diri"),
                            ("recommendation", "Menunggu rekomendasi Dinas"),
                            ("application", "Siap diajukan"),
                            ("desk_check", "Verifikasi berkas"),
                            ("returned", "Dikembalikan untuk dilengkapi"),
                            ("assignment", "Penugasan asesor"),
                            ("visit", "Visitasi"),
                            ("validation", "Validasi"),
                            ("plenary", "Pleno"),
                            ("accredited", "Terakreditasi"),
                            ("not_accredited", "Tidak terakreditasi"),
                            ("appeal", "Keberatan"),
                            ("withdrawn", "Ditarik pemohon"),
                        ],
                        default="self_assessment",
                        max_length=16,
                    ),
                ),
                ("conditions", models.JSONField(null=True)),
                ("recommendation_number", models.CharField(blank=True, max_length=80)),
                ("recommendation_on", models.DateField(blank=True, null=True)),
                ("recommendation_words", models.TextField(blank=True)),
                ("recommended_by_name", models.CharField(blank=True, max_length=200)),
                ("applied_on", models.DateField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("grade", models.CharField(blank=True, max_length=20)),
                ("version", models.PositiveIntegerField(default=1)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "certificate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.certificate",
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="accreditation.accreditation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("on", models.DateField()),
                ("due_on", models.DateField()),
                ("words", models.TextField()),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_by_name", models.CharField(blank=True, max_length=200)),
                (
                    "accreditation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accreditation.accreditation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("user", models.UUIDField()),
                ("user_name", models.CharField(max_length=200)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("assessor", "Asesor"),
                            ("companion", "Pendamping dari Dinas"),
                            ("validator", "Penyelia"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("has_conflict", models.BooleanField(blank=True, null=True)),
                ("declaration_sealed", models.BinaryField(null=True)),
                ("declared_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("withdrawn_because_sealed", models.BinaryField(null=True)),
                (
                    "accreditation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accreditation.accreditation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "round",
                    models.CharField(
                        choices=[("plenary", "Pleno"), ("appeal", "Setelah keberatan")], max_length=8
                    ),
                ),
                ("on", models.DateField()),
                ("suggested", models.CharField(blank=True, max_length=20)),
                ("grade", models.CharField(blank=True, max_length=20)),
                ("finding", models.JSONField()),
                ("scores", models.JSONField(default=dict)),
                ("members", models.JSONField(default=list)),
                ("because", models.TextField(blank=True)),
                ("again_from", models.DateField(blank=True, null=True)),
                (
                    "accreditation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accreditation.accreditation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeskLine",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("code", models.CharField(max_length=40)),
                ("answer", models.CharField(max_length=8)),
                ("note", models.TextField(blank=True)),
                (
                    "accreditation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accreditation.accreditation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Evidence",
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
                ("item", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("is_of_visit", models.BooleanField(default=False)),
                (
                    "accreditation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accreditation.accreditation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Lock",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("round", models.PositiveIntegerField(default=1)),
                (
                    "accreditation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accreditation.accreditation",
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="locks",
                        to="accreditation.assignment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("item", models.CharField(blank=True, max_length=40)),
                ("words", models.TextField()),
                ("plan", models.TextField(blank=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("done_words", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "accreditation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accreditation.accreditation",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="accreditation.decision",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("item", models.CharField(max_length=40)),
                ("value", models.PositiveIntegerField(blank=True, null=True)),
                ("words", models.TextField(blank=True)),
                (
                    "accreditation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accreditation.accreditation",
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="accreditation.assignment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SelfScore",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("item", models.CharField(max_length=40)),
                ("value", models.PositiveIntegerField(blank=True, null=True)),
                ("words", models.TextField(blank=True)),
                (
                    "accreditation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accreditation.accreditation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "left",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("self_assessment", "Evaluasi diri"),
                            ("recommendation", "Menunggu rekomendasi Dinas"),
                            ("application", "Siap diajukan"),
                            ("desk_check", "Verifikasi berkas"),
                            ("returned", "Dikembalikan untuk dilengkapi"),
                            ("assignment", "Penugasan asesor"),
                            ("visit", "Visitasi"),
                            ("validation", "Validasi"),
                            ("plenary", "Pleno"),
                            ("accredited", "Terakreditasi"),
                            ("not_accredited", "Tidak terakreditasi"),
                            ("appeal", "Keberatan"),
                            ("withdrawn", "Ditarik pemohon"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("self_assessment", "Evaluasi diri"),
                            ("recommendation", "Menunggu rekomendasi Dinas"),
                            ("application", "Siap diajukan"),
                            ("desk_check", "Verifikasi berkas"),
                            ("returned", "Dikembalikan untuk dilengkapi"),
                            ("assignment", "Penugasan asesor"),
                            ("visit", "Visitasi"),
                            ("validation", "Validasi"),
                            ("plenary", "Pleno"),
                            ("accredited", "Terakreditasi"),
                            ("not_accredited", "Tidak terakreditasi"),
                            ("appeal", "Keberatan"),
                            ("withdrawn", "Ditarik pemohon"),
                        ],
                        max_length=16,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("on", models.DateField()),
                (
                    "accreditation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accreditation.accreditation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Validated",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("item", models.CharField(max_length=40)),
                ("value", models.PositiveIntegerField(blank=True, null=True)),
                ("because", models.TextField(blank=True)),
                (
                    "accreditation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accreditation.accreditation",
                    ),
                ),
            ],
        ),
    ]
