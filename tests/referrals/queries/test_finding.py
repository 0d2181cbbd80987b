from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.cases.models import PlanStep
from simpul.engines.reasons import Answer
from simpul.organisations.models import ServedArea
from simpul.people.models import Person
from simpul.referrals.actions import finding as actions
from simpul.referrals.queries.finding import Wanted, ranking
from simpul.referrals.queries.finding_need import need_of, needs_of_many
from simpul.services.models import Area, AtPlace, Place
from simpul.services.stages import Listing, PlaceKind
from tests.cases.factories import a_case
from tests.organisations.factories import organisation as a_body
from tests.referrals.loop import a_line, a_service
from tests.screening.factories import NOW, TODAY, VILLAGE, when

pytestmark = pytest.mark.django_db

_RELATED = ("case__person", "case__screening", "plan")


@pytest.fixture
def line(caseworker):
    return read(a_line(caseworker))


@pytest.fixture
def body():
    return a_body(name="LKS Harapan Laut")


def read(step):
    return PlanStep.objects.select_related(*_RELATED).get(pk=step.pk)


def names(found):
    return [one.offer.name for one in found.rows]


def at(service, **details):
    kept = {"organisation": service.organisation, "region": VILLAGE, "modified_at": NOW, **details}
    return AtPlace.objects.create(service=service, place=Place.objects.create(**kept))


def grade(found, criterion):
    return next(one for one in found.rows[0].finding.parts if one.about == criterion)


class TestRanking:
    @pytest.mark.parametrize(
        "closed",
        [
            {"listing": Listing.DRAFT},
            {"listing": Listing.PAUSED},
            {"kind": "food"},
            {"ends_on": TODAY - timedelta(days=1)},
            {"begins_on": TODAY + timedelta(days=1)},
        ],
        ids=["a draft", "closed for now", "of another kind", "over", "not begun"],
    )
    def test_leaves_out_what_is_not_open(self, line, caseworker, body, closed):
        a_service(body, **closed)
        assert ranking(line, caseworker, TODAY).looked_at == 0

    def test_leaves_out_closed_bodies(self, line, caseworker):
        a_service(a_body(name="LKS Lama", is_closed=True))
        assert ranking(line, caseworker, TODAY).looked_at == 0

    @pytest.mark.parametrize(
        ("code", "count"),
        [("21", 1), ("21.02", 1), (VILLAGE, 1), ("21.71", 0), ("21.02.01.1002", 0)],
    )
    def test_looks_only_where_its_people_may_live(self, line, caseworker, body, code, count):
        Area.objects.create(service=a_service(body), code=code)
        assert ranking(line, caseworker, TODAY).looked_at == count

    def test_takes_the_area_of_the_body_where_the_service_names_none(self, line, caseworker):
        far = a_body(name="LKS Jauh")
        ServedArea.objects.create(organisation=far, code="14")
        a_service(far)
        told = [ranking(line, caseworker, TODAY, Wanted(everywhere=every)) for every in (False, True)]
        assert [one.looked_at for one in told] == [0, 1]
        assert told[1].rows[0].eligible is Answer.NO

    def test_tells_certain_ones_before_open_ones_before_others(self, line, caseworker, body):
        a_service(body, name="Untuk laki-laki", sex="L")
        a_service(body, name="Dengan syarat", rule="poor")
        a_service(body, name="Untuk siapa saja")
        found = ranking(line, caseworker, TODAY)
        assert names(found) == ["Untuk siapa saja", "Dengan syarat", "Untuk laki-laki"]
        assert [one.eligible for one in found.rows] == [Answer.YES, Answer.UNKNOWN, Answer.NO]

    def test_never_takes_a_rule_that_cannot_be_read_for_a_yes(self, line, caseworker, body):
        a_service(body, rule="seluruhnya boleh")
        assert ranking(line, caseworker, TODAY).rows[0].eligible is Answer.UNKNOWN

    def test_tells_kilometres_from_the_middle_of_the_village(self, line, caseworker, body):
        near = a_service(a_body(name="Posyandu"), kind="health")
        at(near, latitude=1.0, longitude=103.4)
        at(a_service(body), region="21.02.02.2001", latitude=1.1, longitude=103.4)
        assert grade(ranking(line, caseworker, TODAY), "distance").values["km"] == 11.1

    def test_keeps_a_contact_point_at_its_regency(self, line, caseworker, body):
        at(a_service(body), kind=PlaceKind.CONTACT_POINT)
        found = grade(ranking(line, caseworker, TODAY), "distance")
        assert (found.answer, found.values.get("guarded")) == ("regency", True)

    def test_keeps_the_place_of_a_safe_house_at_its_regency(self, line, caseworker):
        house = a_body(name="Rumah aman", is_address_secret=True)
        at(a_service(house), latitude=1.0, longitude=103.4)
        found = grade(ranking(line, caseworker, TODAY), "distance")
        assert found.answer == "regency"
        assert "km" not in found.values

    def test_is_narrowed_by_what_is_wanted(self, line, caseworker, body):
        a_service(body, name="Penuh", free=0, free_on=TODAY)
        a_service(body, name="Bertarif", cost="tariff")
        a_service(body, name="Untuk laki-laki", sex="L", cost="free", region="14.71")
        told = {wanted: set(names(ranking(line, caseworker, TODAY, wanted))) for wanted in WANTED}
        assert told[WANTED[0]] == {"Bertarif", "Untuk laki-laki"}
        assert told[WANTED[1]] == {"Untuk laki-laki"}
        assert told[WANTED[2]] == told[WANTED[3]] == {"Penuh", "Bertarif"}

    def test_asks_the_database_as_often_for_many_as_for_few(self, line, caseworker, body):
        def asked():
            with CaptureQueriesContext(
                connection,
            ) as queries:
                ranking(line, caseworker, TODAY)
            return len(queries)

        at(a_service(body))
        few = asked()
        for number in range(12):
            at(a_service(a_body(name=f"LKS {number}"), rule="poor"))
        assert asked() == few


WANTED = (Wanted(has_room=True), Wanted(is_free=True), Wanted(only_fitting=True), Wanted(near="regency"))


class TestWhatIsVerySensitive:
    """Of a case that is read without the right to what is very sensitive."""

    @pytest.fixture
    def plain_reader(self, stranger):
        return stranger

    def test_is_judged_for_who_may_see_it(self, caseworker, body):
        line = read(a_line(caseworker, a_case(caseworker, moving="cannot")))
        a_service(body, rule="moving = 'cannot'")
        assert ranking(line, caseworker, TODAY).rows[0].eligible is Answer.YES

    def test_is_not_known_to_anybody_else_and_says_so(self, caseworker, body, plain_reader):
        line = read(a_line(caseworker, a_case(caseworker, moving="cannot")))
        a_service(body, rule="moving = 'cannot'")
        found = ranking(line, plain_reader, TODAY).rows[0]
        assert found.eligible is Answer.UNKNOWN
        assert found.finding.parts[0].values.get("withheld") is True
        assert grade(ranking(line, plain_reader, TODAY), "access").answer == "not_needed"

    def test_leads_who_may_see_it_to_places_that_can_be_used(self, caseworker, body):
        line = read(a_line(caseworker, a_case(caseworker, moving="cannot")))
        a_service(body, name="Bertangga", accesses=["braille"])
        a_service(body, name="Dengan kursi roda", accesses=["wheelchair"])
        assert names(ranking(line, caseworker, TODAY)) == ["Dengan kursi roda", "Bertangga"]


class TestWishes:
    def test_come_before_everything_but_eligibility(self, line, caseworker, body):
        a_service(body, name="Dekat", free=5, free_on=TODAY)
        wished = a_service(body, name="Jauh", region="14.71")
        a_service(body, name="Bukan untuknya", sex="L")
        actions.keep(line, by=caseworker, service=wished, is_wished=True, **when(140))
        assert names(ranking(line, caseworker, TODAY)) == ["Jauh", "Dekat", "Bukan untuknya"]

    def test_fall_where_a_service_was_put_aside(self, line, caseworker, body):
        first = a_service(body, name="Anggrek")
        a_service(body, name="Bakung")
        actions.put_aside(line, by=caseworker, service=first, words="Terlalu jauh baginya", **when(140))
        assert names(ranking(line, caseworker, TODAY)) == ["Bakung", "Anggrek"]


def test_an_age_is_that_of_the_day(line, caseworker, body):
    Person.objects.filter(pk=line.case.person_id).update(
        born_earliest=date(1966, 11, 22), born_latest=date(1966, 11, 22)
    )
    a_service(body, age_from=60)
    days = [TODAY, TODAY + timedelta(days=1)]
    answers = [ranking(read(line), caseworker, day).rows[0].eligible for day in days]
    assert answers == [Answer.NO, Answer.YES]


class TestNeedsOfMany:
    def test_are_those_of_each_alone_in_as_many_questions(self, caseworker):
        lines = [read(a_line(caseworker, a_case(caseworker, moving="cannot"))), read(a_line(caseworker))]
        cases = [line.case for line in lines]
        with CaptureQueriesContext(connection) as one:
            alone = [needs_of_many([case], caseworker, TODAY)[case.pk] for case in cases[:1]]
        with CaptureQueriesContext(connection) as both:
            together = needs_of_many(cases, caseworker, TODAY)
        assert len(both) == len(one)
        assert together[cases[0].pk] == alone[0]
        assert together[cases[1].pk] == need_of(cases[1], caseworker, TODAY)
