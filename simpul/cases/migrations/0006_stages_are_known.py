from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_stages_of_the_whole_way")]

    operations = [
        migrations.AlterField(model_name="case", name="stage_since", field=models.DateField()),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stage__in",
                        [
                            "outreach",
                            "prescreening",
                            "intake",
                            "assessment",
                            "goals",
                            "planning",
                            "linking",
                            "monitoring",
                            "evaluation",
                            "transition",
                            "termination",
                            "follow_up",
                            "closed",
                            "referred_out",
                            "suspended",
                            "left",
                            "died",
                            "not_found",
                            "not_eligible",
                        ],
                    )
                ),
                name="case_stage_is_known",
                violation_error_message="Tahap itu tidak dikenal.",
            ),
        ),
    ]
