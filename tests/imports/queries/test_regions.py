import pytest

from simpul.imports.queries.days import Wrong
from simpul.imports.queries.regions import Places

pytestmark = pytest.mark.django_db
VILLAGE = "21.02.10.2003"


@pytest.fixture
def places(regions):
    return Places(["21.02"], VILLAGE)


class TestPlaces:
    @pytest.mark.parametrize("code", ["21.02.10.2004", "2102102004", "2102102004.0"])
    def test_finds_by_code(self, places, code):
        assert places.found(code, ("", "", "", "")) == "21.02.10.2004"

    @pytest.mark.parametrize(
        ("names", "code"),
        [
            (("", "", "", "Pangke Barat"), "21.02.10.2004"),
            (("Kepulauan Riau", "KAB. KARIMUN", "Kec. Meral Barat", "DESA PANGKE"), VILLAGE),
            (("", "", "Kecamatan Moro", "Moro"), "21.02.01.1001"),
            (("", "", "Moro", ""), "21.02.01"),
            (("", "", "", ""), VILLAGE),
        ],
    )
    def test_finds_by_names(self, places, names, code):
        assert places.found("", names) == code

    def test_tells_which_spelling_it_corrected(self, places):
        assert places.found("", ("", "", "Meral Barat", "Pangkee")) == VILLAGE
        assert places.corrected == {"Pangkee": "Pangke"}

    @pytest.mark.parametrize(
        ("code", "names", "words"),
        [
            ("9999999999", ("", "", "", ""), "bukan kode BPS"),
            ("", ("", "", "Meral Barat", "Atlantis"), "tidak ditemukan"),
            ("", ("", "Kota Batam", "", ""), "tidak ditemukan"),
        ],
    )
    def test_says_what_it_does_not_know(self, places, code, names, words):
        with pytest.raises(Wrong, match=words):
            places.found(code, names)

    def test_follows_a_code_to_its_successor(self, regions):
        assert Places([]).found("91.01", ("", "", "", "")) == "93.01"
