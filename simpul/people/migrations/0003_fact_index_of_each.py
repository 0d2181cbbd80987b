"""The fingerprint of a fact's name is bound to the person or household it is about.

Before, it was the same for everybody: who read the table alone could see that two people were asked the same
rare question. The name is opened from what is sealed; nothing else of a row changes.
"""

import json

from django.db import migrations

from simpul.access.secrets import blind_index, unseal

PIECE = 1000


def bound(row, name):
    return blind_index(f"{row.person_id or row.household_id}\x1f{name}", "fact.name")


def unbound(row, name):
    return blind_index(name, "fact.name")


def rewritten(how):
    def rewrite(apps, schema_editor):
        rows = apps.get_model("people", "Fact").objects.using(schema_editor.connection.alias).order_by("pk")
        last = None
        while piece := list((rows if last is None else rows.filter(pk__gt=last))[:PIECE]):
            for row in piece:
                name = json.loads(unseal(row.said_sealed, f"fact.said:{row.pk}"))["name"]
                row.name_index = how(row, name)
            rows.bulk_update(piece, ["name_index"])
            last = piece[-1].pk

    return rewrite


class Migration(migrations.Migration):
    dependencies = [("people", "0002_rights_of_the_person")]
    operations = [migrations.RunPython(rewritten(bound), rewritten(unbound))]
