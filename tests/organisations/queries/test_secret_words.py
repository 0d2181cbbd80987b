import pytest

from simpul.organisations.queries.secret_words import open_text, tells_place
from tests.organisations.factories import organisation
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


def house(**details):
    few_regions()
    kept = {"region": "21.02.10.2003", "address": "Jalan Melur 7 RT 02, Karimun", "is_address_secret": True}
    return organisation(**{**kept, **details})


class TestTellsPlace:
    @pytest.mark.parametrize(
        "text",
        ["Ada di desa PANGKE.", "Warga Meral-Barat", "dekat pasar Meral", "pojok jalan melur", "MeralBarat"],
    )
    def test_finds_the_village_the_district_and_words_of_the_address(self, text):
        assert tells_place(house(), text)

    @pytest.mark.parametrize(
        "text",
        ["", "Melayani Kabupaten Karimun", "Pangkep", "Jalan keluar bagi anak, 7 hari", "Menuju barat"],
    )
    def test_leaves_what_leads_nowhere(self, text):
        assert not tells_place(house(), text)

    def test_knows_somebodys_home_as_a_secret_place(self):
        assert tells_place(house(is_address_secret=False, kind="family"), "di Pangke")

    def test_is_about_secret_places_only(self):
        assert not tells_place(house(is_address_secret=False), "di Pangke, Jalan Melur")

    def test_of_a_place_known_by_its_regency_only_hides_no_region(self):
        assert not tells_place(house(region="21.02", address=""), "di Karimun, Kepulauan Riau")


class TestOpenText:
    def test_holds_back_the_whole_text(self):
        body = house()
        assert open_text(body, "Rumah aman. Letaknya di Pangke.") == ""
        assert open_text(body, "Rumah aman.") == "Rumah aman."
