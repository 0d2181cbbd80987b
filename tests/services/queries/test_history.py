from __future__ import annotations

from datetime import timedelta

import pytest

from simpul.services.actions import listing
from simpul.services.queries.history import history_of
from tests.organisations.factories import organisation
from tests.services.factories import AT, TODAY, a_head, a_service, changed, confirmed

pytestmark = pytest.mark.django_db


def later(minutes):
    return AT + timedelta(minutes=minutes)


class TestHistoryOf:
    def test_tells_what_changed_from_the_newest_on(self):
        service = a_service(organisation(), capacity=10)
        head = a_head(service.organisation)
        changed(service, head, "cost", cost="tariff", cost_amount="5000", at=later(1))
        confirmed(service, head, free=4, at=later(2))
        listing.end_service(service, by=head, on=TODAY, at=later(3))
        ended, said, cost = history_of(service)
        assert [(field.before, field.after) for field in ended.fields] == [("Dibuka", "Tidak ada lagi")]
        assert (said.fields[0].after, said.by_name) == ("4 / 10", "Bu Salmah")
        assert [(field.before, field.after) for field in cost.fields] == [
            ("Gratis", "Bertarif"),
            ("–", "Rp5.000"),
        ]

    def test_asks_two_questions(self, django_assert_num_queries):
        service = a_service()
        with django_assert_num_queries(2):
            assert history_of(service) == []
