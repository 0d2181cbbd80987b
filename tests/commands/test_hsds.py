"""Services as files at the command line."""

import shutil
from pathlib import Path

import pytest

from simpul.commands import main
from simpul.commands.stop import DONE, STOPPED
from simpul.places.models import Region
from simpul.services.models import Service
from tests.access.factories import user_with
from tests.hsds.listings import meals
from tests.services.factories import TODAY

pytestmark = pytest.mark.django_db
EXAMPLES = Path(__file__).parents[1] / "hsds" / "examples" / "csv"


@pytest.fixture
def hsds(capsys):
    """Run `simpul hsds`; the exit code, and what was said."""

    def run(*words):
        code = main(["hsds", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


@pytest.fixture(autouse=True)
def budi():
    province = Region.objects.create(code="21", name="Kepulauan Riau", level=1, kind="province", search_name="kepulauanriau", valid_from=TODAY)  # fmt: skip
    Region.objects.create(code="21.02", name="Karimun", level=2, kind="regency", parent=province, search_name="karimun", valid_from=TODAY)  # fmt: skip
    return user_with("dinas_officer", region="21", username="budi")


class TestExport:
    @pytest.mark.parametrize(("form", "name"), [("json", "services.json"), ("tabular", "datapackage.json")])
    def test_writes_what_everybody_may_know(self, hsds, tmp_path, form, name):
        meals()
        code, said = hsds("export", "--out", tmp_path / "new", "--format", form)
        assert (code, "1 layanan" in said) == (DONE, True)
        assert (tmp_path / "new" / name).is_file()

    def test_overwrites_nothing(self, hsds, tmp_path):
        (tmp_path / "mine").write_text("x")
        assert hsds("export", "--out", tmp_path)[0] == STOPPED


class TestImport:
    def test_shows_first_what_would_happen(self, hsds):
        code, said = hsds("import", EXAMPLES, "--user", "budi", "--region", "21.02", "--dry-run")
        assert (code, "tidak ada yang disimpan" in said) == (DONE, True)
        assert not Service.objects.exists()

    def test_brings_listings_in(self, hsds):
        code, said = hsds("import", EXAMPLES, "--user", "budi", "--region", "21.02")
        assert (code, "Layanan baru" in said) == (DONE, True)
        assert Service.objects.get().hsds["source"] == "csv"

    def test_names_file_row_and_field_of_what_is_wrong(self, hsds, tmp_path):
        shutil.copytree(EXAMPLES, tmp_path / "in")
        path = tmp_path / "in" / "services.csv"
        path.write_text(path.read_text().replace(",active,", ",open,"))
        code, said = hsds("import", tmp_path / "in", "--user", "budi", "--region", "21.02")
        assert code == STOPPED
        assert "services.csv, baris 2: status" in said

    @pytest.mark.parametrize("words", [("--user", "siti"), ("--user", "budi", "--region", "33.01")])
    def test_is_for_who_may_and_where_they_may(self, hsds, words):
        assert hsds("import", EXAMPLES, *words)[0] == STOPPED
        assert not Service.objects.exists()
