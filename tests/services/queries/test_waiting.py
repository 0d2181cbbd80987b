from __future__ import annotations

import pytest
from django.urls import reverse

from simpul.services.queries.waiting import waits
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.services.factories import TODAY, a_head, a_service, days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    made = organisation()
    for days in (10, 76, 80, 91):
        a_service(made, confirmed_on=days_ago(days))
    a_service(made, listing="draft", confirmed_on=None)
    return made


class TestWaits:
    def test_reminds_the_owner_before_and_after(self, body):
        late, soon = waits(a_head(body), TODAY)
        assert (late.number, late.is_late) == (1, True)
        assert (soon.number, soon.is_late) == (2, False)

    @pytest.mark.parametrize("days", [87, 90])
    def test_presses_the_owner_and_the_office_in_the_last_days(self, officer, days):
        made = organisation()
        a_service(made, confirmed_on=days_ago(days))
        (of_owner,), (of_office,) = waits(a_head(made), TODAY), waits(officer, TODAY)
        assert "dalam 3 hari" in of_owner.words == of_office.words
        hrefs = (reverse("services:mine"), reverse("services:unconfirmed"))
        assert (of_owner.href, of_office.href) == hrefs

    def test_shows_the_office_what_nobody_confirmed(self, body, officer):
        (late,) = waits(officer, TODAY)
        assert late.number == 1
        assert late.href.endswith("/belum-dibenarkan/")

    def test_leaves_out_a_body_that_closed(self, body, officer):
        body.is_closed = True
        body.save()
        assert waits(officer, TODAY) == ()

    def test_is_nothing_for_others(self, body, caseworker):
        away = user_with("dinas_officer", region="21.71")
        assert waits(away, TODAY) == ()
        assert waits(caseworker, TODAY) == ()
