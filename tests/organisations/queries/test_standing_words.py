import pytest

from simpul.catalogue.organisations import standing as catalogue
from simpul.organisations.queries import standing_words as words
from simpul.organisations.queries.standing import authority_of, level_of
from tests.organisations.factories import organisation
from tests.organisations.standing import DAY, MERAL_BARAT, PANGKE, served
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    few_regions()
    return organisation()


def said(lines):
    return [line.words for line in lines]


class TestLevelLines:
    def test_tell_every_rule_down_to_the_one_that_fits(self, body):
        served(body, PANGKE, "21.02.01.1001")
        assert said(words.level_lines(level_of(body, DAY))) == [
            "1 provinsi; tingkat nasional mulai 2 provinsi (setengah jumlah provinsi).",
            "1 provinsi; tingkat regional mulai 2 provinsi.",
            "1 kabupaten/kota; tingkat provinsi mulai 2 kabupaten/kota.",
            "2 kecamatan; tingkat kabupaten/kota mulai 2 kecamatan.",
        ]

    def test_name_the_region_that_is_served_as_a_whole(self, body):
        served(body, MERAL_BARAT)
        last = said(words.level_lines(level_of(body, DAY)))[-1]
        assert last.startswith("Melayani Kec. Meral Barat, Kab. Karimun, Kepulauan Riau seluruhnya")


class TestRegionLines:
    def test_tell_new_codes_and_codes_in_no_list(self, body):
        served(body, "91.01", "21.02.99")
        lines = said(words.region_lines(level_of(body, DAY)))
        assert "Kab. Merauke, Papua Selatan: kode 91.01 menjadi 93.01." in lines
        assert any(line.startswith("Kode 21.02.99 tidak ada") for line in lines)

    def test_tell_places_of_one_name_by_their_whole_path(self, body):
        served(body, "21.02.01.1001", "93.01.01")
        assert "Moro, Kec. Moro, Kab. Karimun, Kepulauan Riau" in said(
            words.region_lines(level_of(body, DAY))
        )


class TestAuthorityLines:
    def test_name_the_regions_counted(self, body):
        served(body, PANGKE, "21.71")
        lines = said(words.authority_lines(authority_of(body, DAY)))
        assert lines[1].startswith("2 kabupaten/kota: Kab. Karimun, Kepulauan Riau; Kota Batam")

    def test_say_why_a_whole_province_is_more_than_one(self, body):
        served(body, "21")
        assert "Satu provinsi seluruhnya" in said(words.authority_lines(authority_of(body, DAY)))[1]

    def test_say_why_a_foreign_body_goes_to_the_ministry(self, body):
        body.kind = "foreign_lks"
        assert said(words.authority_lines(authority_of(body, DAY)))[0].startswith("LKS asing")


class TestOfficeName:
    @pytest.mark.parametrize(
        ("codes", "name"),
        [
            ((), ""),
            ((PANGKE,), "Dinas Sosial Kab. Karimun, Kepulauan Riau"),
            (("21",), "Dinas Sosial Kepulauan Riau"),
            (("21", "93"), "Kementerian Sosial"),
        ],
        ids=["none", "regency", "province", "ministry"],
    )
    def test_names_the_office_with_its_region(self, body, codes, name):
        served(body, *codes)
        assert words.office_name(authority_of(body, DAY)) == name


class TestPlaceWords:
    @pytest.mark.parametrize(
        "place", sorted({place for one in catalogue.indicators().values() for place in one.known_from})
    )
    def test_have_words_for_every_place_of_the_record(self, place):
        assert place.partition(":")[2] not in words.place_words(place).split() or place.startswith("field")

    def test_name_the_paper(self):
        assert words.place_words("paper:domicile").startswith("surat tersimpan: ")


class TestIndicatorTitles:
    def test_keep_the_code_of_one_that_is_no_longer_known(self):
        assert words.indicator_titles(["deed", "gone"]) == ["Akta notaris", "gone"]
