from datetime import date

import pytest

from simpul.catalogue.organisations import standing as catalogue
from simpul.engines.reasons import Answer
from simpul.organisations.queries.standing import area_of, authority_of, level_of
from simpul.places.actions import VALID_FROM
from tests.organisations.factories import organisation
from tests.organisations.standing import DAY, MERAL_BARAT, PANGKE, PANGKE_BARAT, served
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    few_regions()
    return organisation()


class TestLevelOf:
    def test_follows_the_areas_that_stand_on_the_day(self, body):
        served(body, PANGKE)
        served(body, PANGKE_BARAT, since=date(2026, 1, 1), ended_on=date(2026, 6, 1))
        levels = [level_of(body, day).finding.answer for day in (date(2025, 12, 31), date(2026, 3, 1), DAY)]
        assert levels == ["village", "district", "village"]

    def test_tells_the_day_of_the_code_list(self, body):
        served(body, PANGKE)
        assert level_of(body, DAY).code_list_on == VALID_FROM

    def test_counts_the_provinces_of_the_list_that_is_loaded(self, body):
        served(body, "21", "93")
        # Half of two provinces is one, yet one alone is never national.
        assert level_of(body, DAY).finding.values["provinces"] == 2
        assert level_of(body, DAY).finding.answer == "national"

    def test_counts_the_provinces_of_that_time_for_a_day_before_the_list(self, body):
        served(body, *(f"{number}" for number in range(11, 27)))
        found = level_of(body, date(2008, 5, 1))
        assert (found.finding.values["half"], found.finding.answer) == (17, "regional")

    def test_is_not_known_without_areas(self, body):
        assert level_of(body, DAY).finding.answer is Answer.UNKNOWN


class TestAreaOf:
    def test_renews_an_old_code_by_the_list(self, body):
        served(body, "91.01.01")
        area = area_of(body, DAY)
        assert (area.codes, area.renewed) == (("93.01.01",), (("91.01.01", "93.01.01"),))

    def test_leaves_codes_as_written_before_the_day_of_the_list(self, body):
        served(body, "91.01")
        assert area_of(body, date(2020, 1, 1)).codes == ("91.01",)

    def test_counts_an_old_and_a_new_code_of_one_place_once(self, body):
        served(body, "91.01", "93.01")
        assert area_of(body, DAY).codes == ("93.01",)

    def test_judges_nothing_by_a_code_that_is_in_no_list(self, body):
        served(body, PANGKE, "21.02.99")
        area = area_of(body, DAY)
        assert (area.codes, area.unlisted) == ((PANGKE,), ("21.02.99",))

    def test_tells_two_places_of_one_name_apart(self, body):
        served(body, "21.02.01", "21.02.01.1001")
        area = area_of(body, DAY)
        assert area.path("21.02.01") != area.path("21.02.01.1001")

    def test_asks_few_questions_however_many_areas(self, body, django_assert_max_num_queries):
        served(body, PANGKE, PANGKE_BARAT, "21.02.01.1001", "21.02.01.2002", "93.01.01")
        with django_assert_max_num_queries(6):
            area_of(body, DAY)

    def test_works_before_a_list_is_loaded(self, db):
        body = organisation()
        served(body, PANGKE)
        area = area_of(body, DAY)
        assert (area.codes, area.provinces, area.code_list_on) == ((PANGKE,), 38, None)


class TestAuthorityOf:
    @pytest.mark.parametrize(
        ("codes", "answer", "region"),
        [
            ((PANGKE,), "regency", "21.02"),
            ((MERAL_BARAT, "21.71"), "province", "21"),
            (("21.02", "93.01"), "ministry", ""),
        ],
        ids=["regency", "province", "ministry"],
    )
    def test_names_the_office(self, body, codes, answer, region):
        served(body, *codes)
        found = authority_of(body, DAY)
        assert (found.finding.answer, found.region) == (answer, region)

    def test_sends_a_foreign_body_to_the_ministry_and_says_why(self, body):
        body.kind = "foreign_lks"
        served(body, PANGKE)
        found = authority_of(body, DAY)
        assert (found.finding.answer, found.region) == ("ministry", "")
        assert found.finding.parts[0].kind == "authority_foreign"

    def test_sends_a_foreign_body_there_before_it_serves_anywhere(self, body):
        body.kind = "foreign_lks"
        assert authority_of(body, DAY).finding.answer == "ministry"

    def test_is_described_by_the_catalogue(self, body):
        served(body, PANGKE)
        answer = authority_of(body, DAY).finding.answer
        assert catalogue.described(catalogue.standards().authorities, answer).source
