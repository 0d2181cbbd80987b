import uuid
from datetime import date

import pytest

from simpul.organisations.actions.registration_sanctions import impose
from simpul.organisations.queries.office_asked import Asked
from simpul.organisations.queries.office_counts import _flagged
from simpul.organisations.queries.office_list import everywhere, listed
from simpul.organisations.queries.oversight import waits
from simpul.organisations.queries.public import public_page
from tests.organisations.office import registered
from tests.organisations.registering import RIAU_ISLANDS, TODAY, a_body, head_of, registrar_at, when

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 11, 20)


@pytest.fixture
def body():
    return a_body()


@pytest.fixture
def registrar():
    return registrar_at()


def imposed(body, by, step="warning", **details):
    told = {"key": uuid.uuid4(), "step": step, "ground": "Tidak melapor dua tahun.", **when(), **details}
    return impose(body, by=by, **told)


class TestSanctionWaits:
    def test_the_head_is_told(self, body, registrar):
        head = head_of(body)
        assert not waits(head, TODAY)
        imposed(body, registrar)
        (told,) = waits(head, TODAY)
        assert told.words.startswith("Teguran tertulis")
        assert str(body.pk) in told.href

    def test_the_office_is_told_when_the_last_day_has_passed(self, body, registrar):
        imposed(body, registrar, until=LAST_DAY)
        for user, day, number in (
            (registrar, LAST_DAY, 0),
            (registrar, date(2026, 11, 21), 1),
            (registrar_at(RIAU_ISLANDS), date(2026, 11, 21), 0),
        ):
            assert sum("lewat batas waktunya" in one.words for one in waits(user, day)) == number


class TestStandingOnDay:
    def test_a_body_with_a_sanction_is_marked_once(self, body, registrar):
        asked = Asked(is_flagged=True)
        assert not listed(everywhere(), asked, TODAY).exists()
        for _time in range(2):
            imposed(body, registrar)
        assert list(listed(everywhere(), asked, TODAY)) == [body]
        assert _flagged(everywhere(), TODAY) == {"flagged": 1}


class TestPublicPage:
    def test_says_that_a_body_was_stopped(self, body, registrar, client):
        registered(body, on=TODAY, issuer_region="21.02")
        imposed(body, registrar)
        assert public_page(body.pk, TODAY).stopped is None
        imposed(body, registrar, "stop")
        assert public_page(body.pk, TODAY).stopped.state == "suspended"
        shown = client.get(f"/lembaga/publik/{body.pk}/").content.decode()
        assert "dihentikan sementara" in shown
        assert "Tidak melapor" not in shown
