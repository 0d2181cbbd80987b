import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.catalogue import editions
from simpul.people.models import Person
from simpul.referrals.actions.finding import record_unmet
from simpul.referrals.queries.unmet import Scope, table_of
from simpul.referrals.queries.unmet_types import types_table_of
from simpul.screening.facts import HIGHLY_RESTRICTED
from tests.access import factories
from tests.cases.factories import a_case
from tests.referrals.loop import a_line
from tests.screening.factories import NOW, TODAY, when

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OTHER = "jenis lain atau belum ditetapkan"


@pytest.fixture
def registrar(region):
    """Sees numbers of the area and no person."""
    return factories.user_with("registrar", region=region)


def of_types(by, *codes, reason="full"):
    """A need that found nothing, of somebody about whom these types are decided."""
    case = a_case(by, poor=True) if codes else a_case(by)
    if codes:
        case.screening.decisions.all().delete()
        case.need_types = list(codes)
        case.save()
    line = a_line(by, case)
    record_unmet(line, by=by, key=uuid.uuid4(), version=line.version, reason=reason, **when(140))
    return case


def told(viewer):
    """Type, reason, recorded, open of every row."""
    scope = Scope(viewer, TODAY, date(2026, 11, 1), TODAY)
    rows = types_table_of(scope, table_of(scope)).rows
    return [(row.type_name, row.reason_name, row.recorded, row.open) for row in rows]


def types(*, are_secret):
    """Codes of the edition by which people are screened here, and their words."""
    found = [
        need for need in editions.default().types if (need.sensitivity == HIGHLY_RESTRICTED) is are_secret
    ]
    return [(need.code, need.display.in_language("id")) for need in found]


class TestTypesTable:
    def test_counts_a_need_in_each_of_its_types(self, caseworker):
        (first, one), (second, other) = types(are_secret=False)[:2]
        of_types(caseworker, first, second)
        of_types(caseworker, first)
        counted = {row[0]: row[2:] for row in told(caseworker)}
        assert counted == {one: (2, 2), other: (1, 1)}

    def test_keeps_reasons_apart(self, caseworker):
        (code, name), *_ = types(are_secret=False)
        of_types(caseworker, code)
        of_types(caseworker, code, reason="too_far")
        assert [(row[0], row[2]) for row in told(caseworker)] == [(name, 1), (name, 1)]

    def test_names_those_of_whom_nothing_is_decided(self, caseworker):
        of_types(caseworker)
        assert [(row[0], row[2]) for row in told(caseworker)] == [(OTHER, 1)]

    def test_works_with_no_types_of_who_is_limited(self, caseworker):
        case = of_types(caseworker, types(are_secret=False)[0][0])
        Person.objects.filter(pk=case.person_id).update(limited_since=NOW)
        assert [row[0] for row in told(caseworker)] == [OTHER]

    def test_asks_as_often_for_many_as_for_few(self, caseworker):
        def asked():
            with CaptureQueriesContext(connection) as queries:
                told(caseworker)
            return len(queries)

        code = types(are_secret=False)[0][0]
        of_types(caseworker, code)
        few = asked()
        for _ in range(3):
            of_types(caseworker, code)
        assert asked() == few


class TestVerySensitiveTypes:
    def test_are_told_to_who_may_see_them(self, caseworker):
        code, name = types(are_secret=True)[0]
        of_types(caseworker, code)
        assert [row[0] for row in told(caseworker)] == [name]

    def test_stand_with_the_others_for_anybody_else(self, caseworker, registrar):
        for _ in range(5):
            of_types(caseworker, types(are_secret=True)[0][0])
        assert [(row[0], row[2]) for row in told(registrar)] == [(OTHER, 5)]

    def test_are_not_betrayed_by_a_count_beside_another_type(self, caseworker, registrar):
        (open_code, name), (secret, _hidden) = types(are_secret=False)[0], types(are_secret=True)[0]
        for _ in range(5):
            of_types(caseworker, open_code, secret)
        assert [(row[0], row[2]) for row in told(registrar)] == [(name, 5)]


class TestSmallNumbers:
    def test_are_not_told_to_who_does_not_see_the_cases(self, caseworker, registrar):
        of_types(caseworker, types(are_secret=False)[0][0])
        assert [row[2:] for row in told(registrar)] == [(None, None)]

    def test_cannot_be_reckoned_from_another_type(self, caseworker, registrar):
        (many, _many), (few, _few) = types(are_secret=False)[:2]
        for _ in range(5):
            of_types(caseworker, many)
        of_types(caseworker, few)
        assert [row[2:] for row in told(registrar)] == [(None, None), (None, None)]
