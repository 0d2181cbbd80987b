import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_what_is_kept_beside"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="nib",
            field=models.CharField(blank=True, max_length=13),
        ),
        migrations.AddField(
            model_name="organisation",
            name="notary",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="organisation",
            name="npwp",
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddField(
            model_name="organisation",
            name="owner",
            field=models.CharField(
                blank=True, choices=[("government", "Pemerintah"), ("private", "Masyarakat")], max_length=12
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="branches",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="phone",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="organisation",
            name="service_systems",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="organisation",
            name="verified_by_name",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="organisation",
            name="verified_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="organisation",
            name="vision",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="website",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="organisation",
            name="yearly_budget",
            field=models.PositiveBigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="yearly_own_income",
            field=models.PositiveBigIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("lks", "Lembaga Kesejahteraan Sosial (LKS)"),
                    ("lksa", "Lembaga Kesejahteraan Sosial Anak (LKSA)"),
                    ("foreign_lks", "LKS asing"),
                    ("person", "Perseorangan"),
                    ("family", "Keluarga"),
                    ("religious", "Organisasi keagamaan"),
                    ("community", "Organisasi sosial kemasyarakatan"),
                    ("ngo", "Lembaga swadaya masyarakat"),
                    ("profession", "Organisasi profesi"),
                    ("business", "Badan usaha"),
                    ("dinas", "Dinas Sosial"),
                    ("forum", "Forum atau jejaring"),
                    ("government", "Lembaga pemerintah lain"),
                    ("other", "Lainnya"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["name", "id"], name="organisation_name"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(
                fields=["is_closed", "region", "confirmed_type", "is_address_secret", "kind", "id"],
                name="organisation_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "lks",
                            "lksa",
                            "foreign_lks",
                            "person",
                            "family",
                            "religious",
                            "community",
                            "ngo",
                            "profession",
                            "business",
                            "dinas",
                            "forum",
                            "government",
                            "other",
                        ],
                    )
                ),
                name="organisation_kind_is_known",
                violation_error_message="Jenis lembaga itu tidak dikenal.",
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="change",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="classification",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="facility",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="hoursgiven",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=models.UniqueConstraint(fields=("kind", "region", "year"), name="number_series_once"),
        ),
        migrations.AddField(
            model_name="officer",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="replaced_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.paper",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.paper",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.paper",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="certificate",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.certificate",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="fieldvisit",
            name="registration",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.registration"
            ),
        ),
        migrations.AddField(
            model_name="registrationstep",
            name="registration",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.registration"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="requirement",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.paper",
            ),
        ),
        migrations.AddField(
            model_name="requirement",
            name="registration",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.registration"
            ),
        ),
        migrations.AddField(
            model_name="sanction",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="servedarea",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="listing",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.source"
            ),
        ),
        migrations.AddField(
            model_name="hoursgiven",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.source"
            ),
        ),
        migrations.AddField(
            model_name="staff",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="training",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.source"
            ),
        ),
        migrations.AddField(
            model_name="visitphoto",
            name="visit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photos",
                to="organisations.fieldvisit",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["organisation", "state", "at"], name="change_of_organisation"),
        ),
        migrations.AddIndex(
            model_name="classification",
            index=models.Index(fields=["organisation", "at"], name="classification_of"),
        ),
        migrations.AddIndex(
            model_name="flag",
            index=models.Index(fields=["organisation", "lifted_on"], name="flag_of_organisation"),
        ),
        migrations.AddIndex(
            model_name="officer",
            index=models.Index(
                condition=models.Q(("ended_on", None)),
                fields=["until", "organisation"],
                name="officer_term_ends",
            ),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(fields=["organisation", "kind"], name="paper_of_organisation"),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(
                condition=models.Q(("removed_at", None), ("replaced_by", None)),
                fields=["valid_to", "organisation"],
                name="paper_runs_out",
            ),
        ),
        migrations.AddIndex(
            model_name="indicator",
            index=models.Index(fields=["organisation", "code", "at"], name="indicator_of_organisation"),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(
                fields=["organisation", "kind", "valid_to"], name="certificate_of_organisation"
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(
                fields=["kind", "state", "valid_to", "issued_on", "organisation"], name="certificate_standing"
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["issuer_region", "kind", "state"], name="certificate_of_office"),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_recorded", False)),
                fields=("kind", "number"),
                name="certificate_number_once",
                violation_error_message="Nomor itu sudah dipakai.",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_recorded", True), models.Q(("state", "struck"), _negated=True)),
                fields=("organisation", "kind", "number"),
                name="certificate_recorded_once",
                violation_error_message="Surat dengan nomor itu sudah dicatat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_to__gte", models.F("issued_on")), _connector="OR"
                ),
                name="certificate_ends_after_it_begins",
                violation_error_message="Hari berakhirnya tidak boleh sebelum hari terbitnya.",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["region", "stage", "due_on"], name="registration_queue"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["organisation", "at"], name="registration_of_organisation"),
        ),
    ]
