"""Rows of before: the stages by their new codes, since when they stand, and the worker as the team's manager."""

from django.db import migrations

RENAMED = {
    "candidate": "outreach",
    "intervention": "linking",
    "reassessment": "monitoring",
}
AT_REST = {"closed", "referred_out", "left", "died", "not_found", "not_eligible"}


def forward(apps, schema_editor):
    Case = apps.get_model("cases", "Case")
    StageMove = apps.get_model("cases", "StageMove")
    CaseMember = apps.get_model("cases", "CaseMember")
    for old, new in RENAMED.items():
        Case.objects.filter(stage=old).update(stage=new)
        StageMove.objects.filter(stage_from=old).update(stage_from=new)
        StageMove.objects.filter(stage_to=old).update(stage_to=new)
    for case in Case.objects.order_by("pk").iterator():
        newest = StageMove.objects.filter(case=case).order_by("at").last()
        case.stage_since = newest.at.date() if newest else case.opened_on
        case.closed_on = case.stage_since if case.stage in AT_REST else None
        case.save(update_fields=["stage_since", "closed_on"])
        CaseMember.objects.create(
            case=case,
            at=case.opened_at,
            by=case.worker,
            by_name=case.worker_name,
            user=case.worker,
            name=case.worker_name,
            organisation=case.organisation,
            is_manager=True,
            since=case.opened_on,
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_what_else_happens_inside_a_case")]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
