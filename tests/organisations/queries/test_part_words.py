import pytest

from simpul.organisations.queries.part_words import compared, in_one_line, rows_in_words, told
from simpul.organisations.queries.parts import PARTS, values_of
from tests.organisations.changing import ROW_OF, officer_row
from tests.organisations.factories import organisation
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture
def values(db):
    few_regions()

    def of(part, **details):
        return values_of(organisation(**details), part)

    return of


def whole(part, **details):
    row = {field.name: field.empty for field in PARTS[part].fields}
    return {**row, **ROW_OF[part](**details)}


class TestCompared:
    @pytest.mark.parametrize("part", list(PARTS))
    def test_nothing_differs_from_itself(self, values, part):
        state = values(part)
        assert compared(part, state, state) == ()

    def test_says_in_words_what_happened_to_each_field(self, values):
        before = values("identity", phone="1", email="a@b.id")
        after = {**before, "phone": "2", "email": "", "website": "https://c.id"}
        (one,) = compared("identity", before, after)
        happened = {field.label: field.happened for field in one.fields}
        assert happened == {"Telepon lembaga": "berubah", "Surel": "dikosongkan", "Situs web": "diisi"}

    def test_tells_new_changed_and_ended_rows_apart(self):
        stays, goes, comes = (whole("officers", name=name) for name in ("Ratna", "Joko", "Sari"))
        found = compared(
            "officers", {"rows": [stays, goes]}, {"rows": [{**stays, "title": "Bendahara"}, comes]}
        )
        kinds = {one.title: one.kind for one in found}
        assert kinds == {"Bendahara: Ratna": "changed", "Ketua: Joko": "ended", "Ketua: Sari": "new"}

    def test_notices_that_rows_changed_places(self):
        first, second = whole("officers", name="Ratna"), whole("officers", name="Joko")
        (one,) = compared("officers", {"rows": [first, second]}, {"rows": [second, first]})
        assert [field.label for field in one.fields] == ["Urutan"]

    def test_says_that_a_hidden_place_changed_but_not_to_what(self, values):
        before = values("identity", address="Jalan Lama", is_address_secret=True)
        after = {**before, "address": "Jalan Baru", "latitude": 1.5}
        (one,) = compared("identity", before, after, hides_place=True)
        words = {word for field in one.fields for word in (*field.before, *field.after)}
        assert words == {"Dirahasiakan"}

    def test_says_codes_in_words(self, values):
        before = values("service")
        after = {**before, "need_types": ["LUT"], "yearly_budget": 1250000, "is_direct": False}
        line = in_one_line(compared("service", before, after))
        assert "LUT" not in line
        assert "Rp1.250.000" in line
        assert "Melayani langsung: tidak" in line


class TestTold:
    def test_tells_only_what_is_known(self, values):
        labels = [one.label for one in told("identity", values("identity", phone="0777"))]
        assert labels == ["Nama lembaga", "Jenis lembaga", "Wilayah", "Telepon lembaga"]

    def test_leaves_a_hidden_place_out(self, values):
        state = values("identity", address="Jalan Rahasia", latitude=1.0, longitude=2.0)
        labels = [one.label for one in told("identity", state, hides_place=True)]
        assert not {"Alamat", "Lintang", "Bujur"} & set(labels)


class TestRowsInWords:
    def test_asks_for_all_places_at_once(self, values, django_assert_max_num_queries):
        values("area")
        rows = [whole("area", code=code) for code in ("21.02.10.2003", "21.02.10.2004", "21.02.01.1001")]
        with django_assert_max_num_queries(2):
            titles = [row.title for row in rows_in_words(PARTS["area"], {"rows": rows})]
        assert titles[0].startswith("Pangke, Kec. Meral Barat")

    def test_keeps_their_order(self):
        rows = [{**whole("officers"), **officer_row(name=name)} for name in ("Sari", "Ratna")]
        assert [row.title for row in rows_in_words(PARTS["officers"], {"rows": rows})] == [
            "Ketua: Sari",
            "Ketua: Ratna",
        ]
