import pytest
from django.urls import reverse

from tests.referrals.loop import a_service, receiver_of, sent
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


def start_page(client, user):
    client.force_login(user)
    return client.get(reverse("desk:today")).content.decode()


class TestToday:
    @pytest.mark.parametrize("role", ["caseworker", "head_of_lks"])
    def test_tells_a_body_what_waits_for_its_answer(self, client, caseworker, role):
        service = a_service()
        sent(caseworker, service)
        page = start_page(client, receiver_of(service, role))
        assert "1 rujukan masuk menunggu jawaban" in page
        assert "Siti Aminah" not in page

    def test_leads_to_both_lists_also_when_nothing_waits(self, client, caseworker):
        page = start_page(client, caseworker)
        for name in ("received", "sent"):
            assert reverse(f"referrals:{name}") in page

    def test_says_nothing_to_who_has_no_part_in_it(self, client, volunteer):
        assert reverse("referrals:received") not in start_page(client, volunteer)
