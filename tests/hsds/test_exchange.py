"""Files in and out: what came in goes out as it came, and what nobody touched comes back byte for byte."""

import json
import shutil
from pathlib import Path

import pytest

from simpul.access.reach import Where
from simpul.hsds import exporting, folder
from simpul.hsds.actions.importing import ImportFaulty, import_listings
from simpul.hsds.planning import planned
from simpul.hsds.schemas import faults
from simpul.organisations.models import Organisation
from simpul.places.models import Region
from simpul.services.models import Area, AtPlace, Hours, Outside, Place, Service
from tests.access.factories import user_with
from tests.hsds.listings import hidden, meals
from tests.organisations.factories import organisation
from tests.services.factories import AT, TODAY

pytestmark = pytest.mark.django_db

EXAMPLES = Path(__file__).parent / "examples"
WHERE = Where(region="21.02")
EACH = ("csv", "service_full.json", "organization_full.json", "service_at_location_full.json")


@pytest.fixture(autouse=True)
def a_region():
    province = Region.objects.create(
        code="21",
        name="Kepulauan Riau",
        level=1,
        kind="province",
        search_name="kepulauanriau",
        valid_from=TODAY,
    )
    Region.objects.create(
        code="21.02",
        name="Karimun",
        level=2,
        kind="regency",
        parent=province,
        search_name="karimun",
        valid_from=TODAY,
    )


@pytest.fixture
def officer():
    return user_with("dinas_officer", region="21")


def example(name, into):
    """A folder with one of the standard's examples."""
    if name == "csv":
        return EXAMPLES / "csv"
    shutil.copy(EXAMPLES / name, into / name)
    return into


def brought(path, by, *, where=WHERE):
    return import_listings(where, by=by, held=folder.read(path), source="Contoh", on=TODAY, at=AT)


def gone_out(into, form):
    """The export in an empty folder: its files by name."""
    into.mkdir()
    for name, text in folder.written(exporting.exported(TODAY), form):
        (into / name).write_bytes(text.encode())
    return {path.name: path.read_bytes() for path in into.iterdir()}


def all_rows(path):
    held = folder.read(path)
    return {table: held.table(table) for table in held.rows}


def emptied():
    for model in (AtPlace, Hours, Area, Place, Service, Outside, Organisation):
        model.objects.all().delete()


class TestWhatCameIn:
    @pytest.mark.parametrize("form", ["json", "tabular"])
    @pytest.mark.parametrize("name", EACH)
    def test_goes_out_as_it_came(self, name, form, officer, tmp_path):
        (tmp_path / "in").mkdir()
        source = example(name, tmp_path / "in")
        brought(source, officer)
        gone_out(tmp_path / "out", form)
        assert all_rows(tmp_path / "out") == all_rows(source)

    def test_goes_out_as_it_is_here_where_somebody_changed_it(self, officer, tmp_path):
        brought(EXAMPLES / "csv", officer)
        Service.objects.update(alert="Pindah ke gedung baru", phone="0777-1")
        told = json.loads(gone_out(tmp_path / "out", "json")["services.json"])[0]
        assert told["alert"] == "Pindah ke gedung baru"
        assert told["licenses"] == "licences"
        assert [phone["number"] for phone in told["phones"]] == ["0777-1"]

    def test_twice_is_once(self, officer):
        brought(EXAMPLES / "csv", officer)
        plan = brought(EXAMPLES / "csv", officer)
        assert (len(plan.new), len(plan.again)) == (0, 1)
        assert Service.objects.count() == AtPlace.objects.count() == Hours.objects.count() == 1

    def test_is_a_draft_until_somebody_says_what_help_it_is(self, officer):
        brought(EXAMPLES / "csv", officer)
        service = Service.objects.get()
        assert (service.listing, service.kind) == ("draft", "")
        assert (service.name, service.age_from, service.organisation.name) == (
            "Community Counselling",
            12,
            "Example Organization Inc.",
        )

    def test_leaves_alone_what_its_owner_keeps_here(self, officer):
        brought(EXAMPLES / "csv", officer)
        Service.objects.update(version=2, name="Nama dari pemilik")
        plan = brought(EXAMPLES / "csv", officer)
        assert [record["name"] for record in plan.kept] == ["Community Counselling"]
        assert Service.objects.get().name == "Nama dari pemilik"

    def test_becomes_a_listing_of_a_body_that_is_here(self, officer):
        body = organisation(name="example organization inc.")
        plan = brought(EXAMPLES / "csv", officer)
        assert plan.new_bodies == []
        assert Service.objects.get().organisation == body


class TestWhatIsHere:
    @pytest.mark.parametrize("form", ["json", "tabular"])
    def test_comes_back_byte_for_byte(self, form, officer, tmp_path):
        meals(
            capacity=10, cost="tariff", cost_amount=5000, cost_words="per hari", sex="P", alert="Tutup Jumat"
        )
        meals(name="Lain", body=organisation(name="LKS Lain"), kind="shelter", listing="paused")
        first = gone_out(tmp_path / "one", form)
        emptied()
        brought(tmp_path / "one", officer)
        assert Service.objects.get(name="Lain").listing == "paused"
        assert gone_out(tmp_path / "two", form) == first

    def test_is_read_into_the_same_fields(self, officer, tmp_path):
        before = meals(capacity=10)
        gone_out(tmp_path / "one", "tabular")
        emptied()
        brought(tmp_path / "one", officer)
        after = Service.objects.get()
        for name in ("pk", "kind", "situations", "need_types", "languages", "accesses", "papers", "rule", "rule_words", "age_from", "cost", "phone", "listing", "capacity", "confirmed_on", "modified_at"):  # fmt: skip
            now, then = getattr(after, name), getattr(before, name)
            # Which language or paper stands first is nothing that the standard tells.
            assert (sorted(now) == sorted(then)) if isinstance(then, list) else (now == then), name
        assert Place.objects.get().address == "Gang Kenanga 7"
        assert [row.code for row in Area.objects.all()] == ["21.02"]

    def test_goes_out_whole_by_the_schemas(self, tmp_path):
        meals()
        told = gone_out(tmp_path / "out", "json")
        assert [fault for row in json.loads(told["services.json"]) for fault in faults("service", row)] == []
        assert [
            fault for row in json.loads(told["organizations.json"]) for fault in faults("organization", row)
        ] == []

    @pytest.mark.parametrize("form", ["json", "tabular"])
    def test_never_tells_where_a_shelter_stands(self, form, tmp_path):
        hidden()
        told = b"".join(gone_out(tmp_path / "out", form).values()).decode()
        assert "Rumah Aman Melati" in told
        for secret in ("Kenanga", "29661", "103.35", "21.02.10", "0777-999888", "rumahaman"):
            assert secret not in told, secret

    def test_holds_back_what_came_in_once_the_body_is_hidden(self, officer, tmp_path):
        brought(EXAMPLES / "csv", officer)
        Organisation.objects.update(is_address_secret=True)
        told = b"".join(gone_out(tmp_path / "out", "json").values()).decode()
        assert "Main Street" not in told
        assert "Reception Manager" not in told


class TestWhatIsNotInOrder:
    def folder(self, tmp_path, **files):
        shutil.copytree(EXAMPLES / "csv", tmp_path / "in")
        for name, change in files.items():
            path = tmp_path / "in" / f"{name}.csv"
            path.write_text(change(path.read_text()))
        return tmp_path / "in"

    @pytest.mark.parametrize(
        ("table", "change", "field"),
        [
            pytest.param("services", lambda text: text.replace(",active,", ",open,"), "status", id="status"),
            pytest.param(
                "services", lambda text: text.replace(",12,100,", ",twelve,100,"), "minimum_age", id="number"
            ),
            pytest.param(
                "organizations",
                lambda text: text.replace("Example Organization Inc.", ""),
                "name",
                id="missing",
            ),
            pytest.param(
                "service_at_location",
                lambda text: text.replace("ac148810", "ac148811"),
                "service_id",
                id="nowhere",
            ),
            pytest.param("services", lambda text: text + text.splitlines()[1] + "\n", "id", id="twice"),
        ],
    )
    def test_is_named_by_file_row_and_field_and_nothing_is_written(
        self, table, change, field, officer, tmp_path
    ):
        path = self.folder(tmp_path, **{table: change})
        with pytest.raises(ImportFaulty) as refused:
            brought(path, officer)
        found = refused.value.plan.faults
        assert (f"{table}.csv", field) in {(fault.file, fault.field) for fault in found}
        assert all(fault.number >= 2 and fault.words for fault in found)
        assert not Service.objects.exists()
        assert not Outside.objects.exists()

    def test_a_damaged_file_is_named(self, tmp_path):
        (tmp_path / "service_full.json").write_text("{")
        with pytest.raises(folder.Unreadable) as refused:
            folder.read(tmp_path)
        assert refused.value.fault.file == "service_full.json"

    def test_a_folder_without_anything_is_refused(self, tmp_path):
        with pytest.raises(folder.Unreadable):
            folder.read(tmp_path)

    def test_a_new_body_needs_a_region_within_reach(self, officer):
        held = folder.read(EXAMPLES / "csv")
        assert planned(held, by=officer, where=Where()).faults
        assert planned(held, by=user_with("dinas_officer", region="33"), where=WHERE).faults
        assert planned(held, by=officer, where=WHERE).faults == []

    def test_a_body_with_a_secret_place_takes_nothing_in(self, officer):
        organisation(name="Example Organization Inc.", is_address_secret=True)
        (fault,) = planned(folder.read(EXAMPLES / "csv"), by=officer, where=WHERE).faults
        assert "dirahasiakan" in fault.words
