import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accreditation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("on", models.DateField()),
                ("met_with", models.CharField(blank=True, max_length=300)),
                ("minutes", models.TextField(blank=True)),
                ("signed", models.JSONField(default=list)),
                ("locked_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
            name="Vote",
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
                ("sitting", models.PositiveIntegerField(default=1)),
                ("user", models.UUIDField()),
                ("agrees", models.BooleanField()),
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
            name="Watch",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("on", models.DateField()),
                ("is_early", models.BooleanField(default=False)),
                ("words", models.TextField()),
                ("needs_recheck", models.BooleanField(default=False)),
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
        migrations.AddIndex(
            model_name="accreditation",
            index=models.Index(fields=["stage", "at"], name="accreditation_queue"),
        ),
        migrations.AddIndex(
            model_name="accreditation",
            index=models.Index(fields=["organisation", "at"], name="accreditation_of"),
        ),
        migrations.AddConstraint(
            model_name="accreditation",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("stage__in", ["accredited", "not_accredited", "withdrawn"]), _negated=True
                ),
                fields=("organisation",),
                name="accreditation_one_at_a_time",
                violation_error_message="Lembaga ini masih punya akreditasi yang berjalan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(
                fields=("accreditation",),
                name="accreditation_appealed_once",
                violation_error_message="Keberatan atas keputusan ini sudah pernah diajukan.",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["user", "withdrawn_on"], name="assigned_to_accreditation"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on", None)),
                fields=("accreditation", "user"),
                name="accreditation_one_part_each",
                violation_error_message="Orang ini sudah ditugaskan di sini.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("accreditation", "round"), name="accreditation_decided_once"
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["accreditation", "item"], name="evidence_of_accreditation"),
        ),
        migrations.AddConstraint(
            model_name="lock",
            constraint=models.UniqueConstraint(
                fields=("assignment", "round"),
                name="accreditation_locked_once",
                violation_error_message="Nilai asesor ini sudah dikunci.",
            ),
        ),
        migrations.AddIndex(
            model_name="score",
            index=models.Index(fields=["accreditation", "item", "at"], name="score_of_accreditation"),
        ),
        migrations.AddIndex(
            model_name="selfscore",
            index=models.Index(fields=["accreditation", "item", "at"], name="self_score_of_accreditation"),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["accreditation", "at"], name="step_of_accreditation"),
        ),
        migrations.AddIndex(
            model_name="validated",
            index=models.Index(fields=["accreditation", "item", "at"], name="validated_of_accreditation"),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(
                fields=("accreditation", "round", "sitting", "user"),
                name="accreditation_one_vote_each",
                violation_error_message="Suara Anda sudah dicatat.",
            ),
        ),
    ]
