from __future__ import annotations

import pytest

from simpul.engines.reasons import Answer
from simpul.organisations.models import ServedArea
from simpul.services.models import Service
from simpul.services.queries.shown import (
    accreditation_of,
    areas_of,
    covers,
    free_said,
    hours_words,
    is_unconfirmed,
    is_within,
    unconfirmed,
)
from tests.organisations.factories import organisation
from tests.organisations.office import accredited, registered
from tests.services.factories import (
    DISTRICT,
    REGENCY,
    TODAY,
    VILLAGE,
    a_service,
    at_place,
    days_ago,
    hours_row,
)

pytestmark = pytest.mark.django_db


class TestIsUnconfirmed:
    @pytest.mark.parametrize(("days", "is_old"), [(0, False), (90, False), (91, True), (None, True)])
    def test_counts_after_ninety_days_and_where_nobody_ever_did(self, days, is_old):
        service = a_service(confirmed_on=None if days is None else days_ago(days))
        assert is_unconfirmed(service, TODAY) is is_old
        assert Service.objects.filter(unconfirmed(TODAY)).exists() is is_old


class TestFreeSaid:
    @pytest.mark.parametrize(("days", "free"), [(0, 4), (14, 4), (15, None), (None, None)])
    def test_counts_on_what_was_said_of_late(self, days, free):
        said = Service(free=4, free_on=None if days is None else days_ago(days))
        assert free_said(said, TODAY) == free


class TestAccreditationOf:
    def test_carries_the_grade_of_the_body_as_it_is_printed(self, django_assert_num_queries):
        good, plain, old, none = (organisation(name=f"LKS {name}") for name in "ABCD")
        accredited(good, on=TODAY, words=[{"label": "Peringkat", "text": "A (sangat baik)"}])
        accredited(plain, on=TODAY, grade="")
        accredited(old, on=TODAY, days=-1)
        registered(none, on=TODAY)
        with django_assert_num_queries(1):
            found = accreditation_of([body.pk for body in (good, plain, old, none)], TODAY)
        assert list(found.values())[1:] == ["terakreditasi", "", ""]
        assert found[good.pk] == "A (sangat baik)"


class TestCovers:
    @pytest.mark.parametrize(
        ("code", "answer"),
        [
            (VILLAGE, Answer.YES),
            (DISTRICT, Answer.YES),
            (REGENCY, Answer.UNKNOWN),
            ("21.02.01", Answer.NO),
            ("21.021", Answer.NO),
            ("", Answer.UNKNOWN),
        ],
    )
    def test_knows_the_people_of_its_regions(self, code, answer):
        assert covers(a_service(areas=(DISTRICT,)), code) is answer

    def test_takes_those_of_its_body_where_it_names_none(self):
        body = organisation()
        ServedArea.objects.create(organisation=body, code=REGENCY)
        ServedArea.objects.create(organisation=body, code="21.71", ended_on=TODAY)
        service = a_service(body)
        assert covers(service, VILLAGE) is Answer.YES
        assert covers(service, "21.71") is Answer.NO

    def test_does_not_know_where_nothing_is_told(self):
        assert covers(a_service(), VILLAGE) is Answer.UNKNOWN
        assert is_within(VILLAGE, ()) is Answer.UNKNOWN


class TestAreasOf:
    def test_asks_two_questions_for_any_number(self, django_assert_num_queries):
        body = organisation()
        ServedArea.objects.create(organisation=body, code=REGENCY)
        own, bare = a_service(body, areas=(VILLAGE, DISTRICT)), a_service(body)
        with django_assert_num_queries(2):
            found = areas_of([own, bare])
        assert found == {own.pk: (DISTRICT, VILLAGE), bare.pk: (REGENCY,)}


class TestHoursWords:
    def test_leaves_out_those_of_another_place(self):
        service = a_service()
        here, there = at_place(service), at_place(service, address="Jalan Pasar 1")
        hours_row(service, by_day="SA", place=there).save()
        hours_row(service, by_day="MO").save()
        assert hours_words(service, here) == ["Senin dengan janji lebih dahulu"]
        assert len(hours_words(service)) == 2
