from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_append_only"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="grant",
            name="grant_names_a_known_role",
        ),
        migrations.AlterField(
            model_name="grant",
            name="role",
            field=models.CharField(
                choices=[
                    ("caseworker", "Pekerja sosial"),
                    ("case_supervisor", "Supervisor kasus"),
                    ("head_of_lks", "Ketua LKS"),
                    ("dinas_officer", "Petugas Dinas Sosial"),
                    ("dinas_verifier", "Verifikator Dinas Sosial"),
                    ("registrar", "Pejabat Dinas Sosial"),
                    ("assessor", "Asesor akreditasi"),
                    ("accreditation_secretary", "Sekretariat akreditasi"),
                    ("accreditation_validator", "Penyelia akreditasi"),
                    ("plenary_member", "Anggota pleno akreditasi"),
                    ("field_volunteer", "Relawan lapangan"),
                    ("researcher", "Peneliti"),
                    ("administrator", "Pengelola Simpul"),
                    ("public", "Masyarakat"),
                ],
                max_length=40,
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "accreditation_secretary",
                            "accreditation_validator",
                            "administrator",
                            "assessor",
                            "case_supervisor",
                            "caseworker",
                            "dinas_officer",
                            "dinas_verifier",
                            "field_volunteer",
                            "head_of_lks",
                            "plenary_member",
                            "public",
                            "registrar",
                            "researcher",
                        ],
                    )
                ),
                name="grant_names_a_known_role",
                violation_error_message="Peran itu tidak dikenal.",
            ),
        ),
    ]
