"""What stood in the open before is sealed, is read as before, and can come back."""

import hashlib
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from simpul.imports.models import Batch, Memory
from simpul.imports.queries.headings import table_of
from simpul.imports.queries.reading import opened
from tests.imports.factories import AMINAH, AT, ON, csv

BEFORE, AFTER = ([("imports", name)] for name in ("0001_initial", "0002_what_a_list_is_about_is_sealed"))
NEWEST = [("imports", "0003_lists_of_homes")]
HEADINGS = "\x1f".join(["0:nik", "1:nama", "2:l p", "3:tgl lahir"])
READ = {"1": "name", "4": "fact:has_id_card"}


def moved(to):
    """The models as they stand after that migration."""
    MigrationExecutor(connection).migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


def written(apps):
    mark = hashlib.sha256(HEADINGS.encode()).hexdigest()
    alike = {"kind": "people", "fingerprint": mark, "mapping": READ, "at": AT, "by_name": "Bu Rahma"}
    days = {"listed_on": ON, "keep_until": ON}
    apps.get_model("imports", "Batch").objects.create(
        id=uuid4(), list_name="Penerima ARV", digest=b"1" * 16, basis="consent", **days, **alike
    )
    apps.get_model("imports", "Memory").objects.create(id=uuid4(), place="|21", **alike)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestWhatAListIsAboutIsSealed:
    def test_seals_what_is_there_and_can_be_undone(self):
        try:
            written(moved(BEFORE))
            moved(AFTER)
            batch, memory = Batch.objects.get(), Memory.objects.get()
            assert (batch.list_name, batch.mapping, memory.mapping) == ("Penerima ARV", READ, READ)
            assert "ARV" not in str([*Batch.objects.values(), *Memory.objects.values()])
            # The next file with the same headings finds it.
            assert memory.fingerprint == batch.fingerprint == table_of(opened(csv(AMINAH))).fingerprint
            old = moved(BEFORE).get_model("imports", "Batch").objects.get()
            assert (old.list_name, old.mapping) == ("Penerima ARV", READ)
        finally:
            moved(NEWEST)
