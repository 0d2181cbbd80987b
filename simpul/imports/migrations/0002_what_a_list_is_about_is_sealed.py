"""The name of a list and how its columns are read are sealed; the mark of its headings needs a key.

Before, they stood in the open: that somebody's list is one of a certain illness was told by its name, by the questions
that its columns answer, and to whoever guessed its headings.
"""

import json

from django.db import migrations, models

from simpul.access.secrets import blind_index, seal, unseal

PIECE = 500


def in_pieces(model):
    last = None
    rows = model.objects.order_by("pk")
    while piece := list((rows if last is None else rows.filter(pk__gt=last))[:PIECE]):
        yield piece
        last = piece[-1].pk


def keyed(fingerprint):
    return blind_index(fingerprint, "import.headings").hex()


def forward(apps, schema_editor):
    for name in ("Batch", "Memory"):
        model, context = apps.get_model("imports", name), name.lower()
        for piece in in_pieces(model):
            for row in piece:
                row.fingerprint = keyed(row.fingerprint)
                told = json.dumps(row.mapping, ensure_ascii=False, separators=(",", ":"))
                row.mapping_sealed = seal(told, f"{context}.mapping:{row.pk}")
                if name == "Batch":
                    row.list_name_sealed = seal(row.list_name, f"batch.list_name:{row.pk}")
                row.save()


def backward(apps, schema_editor):
    # The marks of headings stay as they are: no text comes back from one. Columns are then named once more.
    for name in ("Batch", "Memory"):
        model, context = apps.get_model("imports", name), name.lower()
        for piece in in_pieces(model):
            for row in piece:
                row.mapping = json.loads(unseal(row.mapping_sealed, f"{context}.mapping:{row.pk}"))
                if name == "Batch":
                    row.list_name = unseal(row.list_name_sealed, f"batch.list_name:{row.pk}")
                row.save()


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial")]
    operations = [
        # With a value of its own, so that the column can come back.
        migrations.AlterField("batch", "list_name", models.CharField(max_length=120, default="")),
        migrations.AddField("batch", "list_name_sealed", models.BinaryField(null=True)),
        migrations.AddField("batch", "mapping_sealed", models.BinaryField(null=True)),
        migrations.AddField("memory", "mapping_sealed", models.BinaryField(null=True)),
        migrations.RunPython(forward, backward),
        migrations.RemoveField("batch", "list_name"),
        migrations.RemoveField("batch", "mapping"),
        migrations.RemoveField("memory", "mapping"),
    ]
