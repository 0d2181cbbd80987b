"""Numbers of the office that are counted once, outside a transaction."""

from datetime import date

import pytest
from django.db import transaction

from simpul.access.gate import THE_MACHINE, record
from simpul.access.permissions import Permission
from simpul.organisations.models import Organisation
from simpul.organisations.queries.office import numbers
from simpul.organisations.queries.office_asked import Asked
from simpul.organisations.queries.office_kept import CountedOnce
from simpul.organisations.queries.office_list import watched
from tests.access.factories import user_with
from tests.organisations.factories import organisation

ON = date(2026, 11, 21)
pytestmark = pytest.mark.django_db(transaction=True)


def recorded(body):
    with transaction.atomic():
        record(Permission.ORGANISATION_REGISTER, body, THE_MACHINE, {})


def all_of(user):
    return numbers(watched(user), Asked(), ON)[0].number


class TestNumbers:
    def test_are_of_what_each_may_see_and_follow_every_change(self):
        recorded(organisation(name="Satu", region="21.02.10.2003"))
        near, far = (user_with("registrar", region=region) for region in ("21.02", "35"))
        assert (all_of(near), all_of(far)) == (1, 0)
        recorded(organisation(name="Dua", region="21.02.10.2003"))
        assert (all_of(near), all_of(far)) == (2, 0)


class TestCountedOnce:
    def test_counts_once_and_anew_after_a_change(self, django_assert_num_queries):
        recorded(organisation(name="Satu"))
        rows = Organisation.objects.order_by("name")
        assert CountedOnce(rows, 10).count == 1
        with django_assert_num_queries(1):
            assert CountedOnce(rows, 10).count == 1
        recorded(organisation(name="Dua"))
        assert CountedOnce(rows, 10).count == 2
