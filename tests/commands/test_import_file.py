"""Files of an office at the command line."""

import pytest

from simpul.commands import main
from simpul.commands.stop import DONE, SOME_REFUSED, STOPPED
from simpul.imports import actions
from simpul.imports.models import Batch
from simpul.people.models import Person
from tests.imports.factories import AMINAH, AT, RIZKI, VILLAGE, csv, officer, sent
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rahma(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "attachments"
    few_regions()
    return officer(username="rahma")


@pytest.fixture
def brought(capsys, tmp_path):
    """Run `simpul import` on some bytes; the exit code, and what was said."""

    def run(data, *words):
        file = tmp_path / "warga.csv"
        file.write_bytes(data)
        usual = ("--as", "rahma", "--because", "Surat 470/12", "--region", VILLAGE)
        code = main(["import", str(file), *usual, *map(str, words)])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


class TestRun:
    def test_loads_a_file(self, brought):
        code, said = brought(csv(AMINAH, RIZKI))
        assert (code, Person.objects.count(), "2 baris baru" in said) == (DONE, 2, True)

    def test_only_shows_with_dry_run(self, brought):
        code, said = brought(csv(AMINAH), "--dry-run")
        assert (code, Person.objects.count()) == (DONE, 0)
        assert "1 Perempuan" in said

    def test_goes_on_after_a_dry_run(self, brought):
        brought(csv(AMINAH), "--dry-run")
        brought(csv(AMINAH))
        assert (Person.objects.count(), Batch.objects.count()) == (1, 1)

    def test_changes_nothing_with_the_same_file_again(self, brought):
        brought(csv(AMINAH))
        code, said = brought(csv(AMINAH))
        assert (code, Person.objects.count(), "Tidak ada yang diubah" in said) == (DONE, 1, True)

    def test_writes_the_refused_rows_where_it_is_told(self, brought, tmp_path):
        place = tmp_path / "ditolak.csv"
        code, _said = brought(csv(AMINAH, ("12", "Budi", "L", "")), "--refused", place)
        assert (code, "NIK harus 16 angka" in place.read_text()) == (SOME_REFUSED, True)

    def test_takes_only_what_is_remembered_where_that_is_asked(self, brought, rahma):
        code, said = brought(csv(AMINAH), "--mapping", "remembered")
        assert (code, "belum pernah diperiksa" in said) == (STOPPED, True)
        batch = sent(rahma, csv(RIZKI))
        actions.name_columns(batch, by=rahma, version=1, mapping={"1": "name"}, at=AT)
        assert brought(csv(AMINAH), "--mapping", "remembered")[0] == DONE

    @pytest.mark.parametrize(
        ("words", "told"),
        [(("--as", "siapa"), "Tidak ada pengguna aktif"), (("--office", "93"), "--office '|21.02'"), (("--because", ""), "tanpa persetujuan")],
        ids=["user", "office", "basis"],
    )  # fmt: skip
    def test_says_what_is_missing(self, brought, words, told):
        code, said = brought(csv(AMINAH), *words)
        assert (code, told in said) == (STOPPED, True)
