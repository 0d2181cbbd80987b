import pytest

from simpul.catalogue import editions
from simpul.organisations.forms.office import Choices, DirectoryForm, MapForm, OfficeForm, need_choices
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db

ALL = {
    "cari": "tunas", "wilayah": "21.02", "tepat": "ya", "jenis": "lks", "terdaftar": "ya", "terakreditasi": "habis",
    "tipe": "-", "tingkat": "village", "keadaan": "semua", "urut": "tipe", "surat": "habis", "ditandai": "ya",
}  # fmt: skip


@pytest.fixture(autouse=True)
def regions(db):
    few_regions()


class TestOfficeForm:
    def test_reads_its_own_address_again(self):
        asked = OfficeForm(ALL).asked()
        assert asked.pairs == ALL
        assert OfficeForm(asked.pairs).asked() == asked

    @pytest.mark.parametrize(
        "name", ["wilayah", "jenis", "tipe", "tingkat", "terdaftar", "urut", "melayani", "surat"]
    )
    def test_takes_nothing_that_is_not_offered(self, name):
        form = OfficeForm({name: "entah"})
        assert name in form.errors
        assert form.asked().pairs == {}

    def test_goes_no_further_than_the_own_area(self):
        assert OfficeForm({"wilayah": "21.02.10"}, tops=["21.02"]).is_valid()
        assert not OfficeForm({"wilayah": "21.71"}, tops=["21.02"]).is_valid()


class TestDirectoryForm:
    def test_knows_nothing_of_flags_and_papers(self):
        asked = DirectoryForm(ALL).asked()
        assert not asked.is_flagged
        assert asked.papers == ""

    def test_unfolds_what_is_seldom_used_once_it_is(self):
        assert DirectoryForm({"cari": "x"}).is_folded
        assert not DirectoryForm({"tipe": "A"}).is_folded

    @pytest.mark.parametrize("code", ["\0", "entah", "21.02.10.2003.1"], ids=["zero", "word", "longer"])
    def test_looks_for_no_place_whose_code_cannot_be(self, code, django_assert_num_queries):
        with django_assert_num_queries(1):
            form = DirectoryForm({"wilayah": code})
        assert "wilayah" in form.errors

    def test_offers_the_needs_of_the_edition_in_use(self, settings):
        other = next(one for one in editions.all_editions() if one != editions.default())
        settings.SIMPUL_EDITION = other.code
        assert [code for code, _words in need_choices()] == [need.code for need in other.types]


class TestMapForm:
    @pytest.mark.parametrize(("asked", "area"), [("", "21"), ("21.02", "21.02"), ("93", "21")])
    def test_begins_with_the_own_area(self, asked, area):
        assert MapForm({"wilayah": asked}, tops=["21"]).area == area


class TestChoices:
    def test_draw_a_select_with_what_was_chosen(self):
        html = Choices(choices=[("", "semua"), ("A", "a < b")]).render("tipe", "A", {"id": "id_tipe"})
        assert '<select id="id_tipe" name="tipe">' in html
        assert '<option value="A" selected>a &lt; b</option>' in html
        assert '<option value="">semua</option>' in html
