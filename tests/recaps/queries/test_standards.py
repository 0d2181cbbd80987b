"""The minimum standard: targets that were noted, and people served, for three roles."""

import uuid
from datetime import date

import pytest

from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed, Refusal
from simpul.cases.models import Case
from simpul.recaps.actions.targets import set_target
from simpul.recaps.facts import Asked
from simpul.recaps.queries.public_preparing import _standards
from simpul.recaps.queries.standards import services_of, standards
from tests.access.factories import ORGANISATION, user_with
from tests.cases.factories import a_case
from tests.people.factories import AT
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db

KARIMUN = "21.02"
ASKED = Asked(since=date(TODAY.year, 1, 1), until=TODAY, area=KARIMUN)
ROLES = {
    "dinas_officer": {"region": KARIMUN},
    "case_supervisor": {"organisation": ORGANISATION},
    "registrar": {},
}


@pytest.fixture
def officer():
    return user_with("dinas_officer", region=KARIMUN)


def target(by, number=40, **details):
    told = {
        "year": TODAY.year,
        "service": "older_community",
        "number": number,
        "budget": 9_000_000,
        "source": "SK 12/2026",
        "at": AT,
    }
    return set_target(Where(region=KARIMUN), by=by, key=uuid.uuid4(), **told | details)


def served(caseworker, number):
    for _one in range(number):
        case = a_case(caseworker)
        Case.objects.filter(pk=case.pk).update(spm_service="older_community")


def line(recap, service="older_community"):
    (table,) = recap.tables
    cells = next(one for one in table.lines if one.key == service).cells
    return dict(zip((one.key for one in table.columns), cells, strict=True))


class TestStandards:
    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_counts_the_people_behind_for_each_role(self, caseworker, role):
        served(caseworker, 2)
        viewer = user_with(role, **ROLES[role])
        told = line(standards(viewer, ASKED))
        assert told["L"] + told["P"] + told["?"] == told["all"] == 2

    def test_has_no_share_without_a_target(self, officer, caseworker):
        served(caseworker, 1)
        recap = standards(officer, ASKED)
        assert (line(recap)["target"], line(recap)["share"]) == (None, None)
        assert "Belum ada sasaran" in recap.tables[0].notes[0]

    def test_says_which_share_of_the_newest_target_was_reached(self, officer, caseworker):
        target(officer, 40)
        target(officer, 4, at=AT.replace(hour=23))
        served(caseworker, 1)
        told = line(standards(officer, ASKED))
        assert (told["target"], told["share"], told["budget"]) == (4, 25.0, 9_000_000)

    def test_names_the_paper_that_the_target_is_from(self, officer):
        target(officer)
        assert any("SK 12/2026" in note for note in standards(officer, ASKED).tables[0].notes)

    def test_tells_everybody_neither_the_paper_nor_who_noted_it(self, officer):
        target(officer)
        told, _served = _standards(officer, KARIMUN, TODAY)
        assert told["services"]["older_community"]["target"] == 40
        assert "SK 12/2026" not in str(told)
        assert str(officer) not in str(told)

    def test_counts_nobody_whose_case_ended_before(self, officer, caseworker):
        served(caseworker, 1)
        Case.objects.update(opened_on=date(2020, 1, 1), closed_on=date(2020, 2, 1))
        assert line(standards(officer, ASKED))["all"] == 0

    @pytest.mark.parametrize(
        "asked",
        [Asked(since=ASKED.since, until=TODAY), Asked(since=date(2025, 12, 31), until=TODAY, area=KARIMUN)],
        ids=["no area", "two years"],
    )
    def test_says_what_it_cannot_count(self, officer, asked):
        recap = standards(officer, asked)
        assert (recap.tables, len(recap.limits)) == ((), 1)


class TestServicesOf:
    def test_are_five_for_each_kind_of_office(self):
        assert [len(services_of(area)) for area in ("21", KARIMUN, "21.02.10", "")] == [5, 5, 0, 0]

    def test_lie_outside_institutions_for_a_regency_and_inside_for_a_province(self):
        assert all(one.code.endswith(("_community", "_regency")) for one in services_of(KARIMUN))
        assert all(one.code.endswith(("_residential", "_province")) for one in services_of("21"))


class TestSetTarget:
    def test_refuses_the_service_of_another_office(self, officer):
        with pytest.raises(Refusal):
            target(officer, service="older_residential")

    def test_refuses_a_target_without_a_source(self, officer):
        with pytest.raises(Refusal):
            target(officer, source=" ")

    def test_is_for_the_office_of_the_area(self):
        with pytest.raises(NotAllowed):
            target(user_with("dinas_officer", region="14.01"))
