import pytest

from simpul.organisations.forms.office import DirectoryForm, MapForm, OfficeForm
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


class TestMapForm:
    @pytest.mark.parametrize(("asked", "area"), [("", "21"), ("21.02", "21.02"), ("93", "21")])
    def test_begins_with_the_own_area(self, asked, area):
        assert MapForm({"wilayah": asked}, tops=["21"]).area == area
