import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_what_belongs_to_what"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage__in", ["issued", "refused", "withdrawn"]), _negated=True),
                fields=("organisation",),
                name="registration_one_at_a_time",
                violation_error_message="Lembaga ini masih punya permohonan yang berjalan.",
            ),
        ),
        migrations.AddIndex(
            model_name="registrationstep",
            index=models.Index(fields=["registration", "at"], name="registration_step"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["region", "state", "due_on"], name="report_queue"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("organisation", "since", "until"),
                name="report_once_a_period",
                violation_error_message="Laporan untuk masa itu sudah ada.",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")),
                fields=("organisation",),
                name="report_one_draft",
                violation_error_message="Masih ada draf laporan. Selesaikan dulu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.UniqueConstraint(fields=("registration", "code"), name="requirement_once"),
        ),
        migrations.AddIndex(
            model_name="servedarea",
            index=models.Index(fields=["code"], name="served_area_code"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["region", "type_code"], name="source_region"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["nik_index"], name="source_nik"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["name_key", "region"], name="source_name"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["source", "given_on"], name="listing_of_source"),
        ),
        migrations.AddIndex(
            model_name="hoursgiven",
            index=models.Index(fields=["source", "on"], name="hours_of_source"),
        ),
        migrations.AddIndex(
            model_name="staff",
            index=models.Index(
                condition=models.Q(("ended_on", None)),
                fields=["first_end", "organisation"],
                name="staff_certificate_ends",
            ),
        ),
        migrations.AddIndex(
            model_name="training",
            index=models.Index(fields=["source", "kind"], name="training_of_source"),
        ),
    ]
