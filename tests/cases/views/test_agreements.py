import uuid

import pytest
from django.urls import reverse

from simpul.cases.models import Agreement
from tests.cases.actions.test_agreements import made
from tests.cases.factories import a_case
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db
DAY = {"made_on_day": "21", "made_on_month": "11", "made_on_year": "2026"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


def address(case):
    return reverse("cases:agreement", args=[case.pk])


class TestAgreement:
    def test_is_noted_and_shown_with_its_day(self, client, caseworker):
        case = a_case(caseworker)
        client.force_login(caseworker)
        typed = {"once": uuid.uuid4(), "capacity": "self", "mode": "sign_language", **DAY}
        answer = client.post(address(case), typed, follow=True)
        assert "Bahasa isyarat" in answer.content.decode()
        assert Agreement.objects.get().on == TODAY

    def test_shows_a_refusal_with_what_was_typed(self, client, caseworker):
        case = a_case(caseworker)
        client.force_login(caseworker)
        typed = {"once": uuid.uuid4(), "capacity": "parent", "mode": "written", "witness": "Bu Ani"}
        answer = client.post(address(case), typed)
        assert answer.status_code == 422
        assert "Bu Ani" in answer.content.decode()

    def test_tells_the_words_only_to_who_may_read_them(self, client, caseworker, head):
        case = a_case(caseworker)
        made(case, caseworker, words="Bertemu di luar rumah.")
        for reader, sees in ((caseworker, True), (head, False)):
            client.force_login(reader)
            assert ("Bertemu di luar rumah." in client.get(address(case)).content.decode()) is sees

    def test_is_not_there_for_a_stranger(self, client, caseworker, stranger):
        client.force_login(stranger)
        assert client.get(address(a_case(caseworker))).status_code == 404
