import pytest

from simpul.access.reach import Where
from simpul.cases.models import Case, Office
from simpul.cases.queries.office import homes_of, laid_over, norms_for, told
from simpul.catalogue import casework
from tests.screening.factories import NOW

pytestmark = pytest.mark.django_db


def office(**details):
    return Office.objects.create(changed_at=NOW, changed_by_name="Pak Hamdan", **details)


class TestNormsFor:
    def test_are_those_of_the_catalogue_where_nothing_was_set(self, organisation):
        assert norms_for(Case(organisation=organisation, region="21.02.01.1001")) == dict(casework.norms())

    def test_are_those_of_the_organisation_before_those_of_the_area(self, organisation):
        office(organisation=organisation, norms={"reassess_days": 60})
        office(region="21.02", norms={"reassess_days": 30})
        of_organisation = Case(organisation=organisation, region="21.02.01.1001")
        of_area = Case(organisation=None, region="21.02.01.1001")
        assert norms_for(of_organisation)["reassess_days"] == 60
        assert norms_for(of_area)["reassess_days"] == 30

    def test_are_not_those_of_the_next_regency(self):
        office(region="21.02", norms={"reassess_days": 30})
        assert norms_for(Case(organisation=None, region="21.03.01.1001"))["reassess_days"] == 90


class TestLaidOver:
    def test_passes_over_what_is_no_longer_known_or_allowed(self):
        assert laid_over({"moon_days": 3, "reassess_days": 0, "complaint_days": "x"}) == dict(
            casework.norms()
        )

    def test_changes_one_part_and_leaves_its_neighbours(self):
        caseload = laid_over({"caseload__community": 5})["caseload"]
        assert (caseload["community"], caseload["residential"]) == (5, 15)


class TestHomesOf:
    def test_are_the_own_organisation_or_regency(self, supervisor, officer, caseworker, organisation, region):
        assert homes_of(supervisor) == (Where(organisation=organisation),)
        assert homes_of(officer) == (Where(region=region),)
        assert homes_of(caseworker) == ()


class TestTold:
    @pytest.mark.parametrize(
        ("own", "words"),
        [
            ({"glass_hours": 4}, "4 jam"),
            ({"follow_up_months": [2, 4]}, "2, 4 bulan"),
            ({"plan_needs_approval": True}, "ya"),
            ({"attachment_most_bytes": 5_000_000}, "5 MB"),
            ({"caseload__community": 9}, "9 kasus"),
            ({"follow_up_tries": 4}, "4 kali"),
        ],
        ids=["hours", "months", "yes_no", "bytes", "cases", "times"],
    )
    def test_says_values_with_their_unit(self, own, words):
        assert told(own, list(own)).endswith(f": {words}")
