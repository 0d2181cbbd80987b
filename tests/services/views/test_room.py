from __future__ import annotations

import pytest
from django.urls import reverse

from simpul.services.models import Confirmation
from tests.organisations.factories import organisation
from tests.services.factories import TODAY, a_head, a_service, days_ago

pytestmark = pytest.mark.django_db
ONCE = "6f1f7c0e-7d0c-4a53-9f0a-5b1b3c1d2e3f"


@pytest.fixture
def service(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    return a_service(organisation(), capacity=10, free=4, free_on=days_ago(3), confirmed_on=days_ago(100))


@pytest.fixture
def as_head(client, service):
    client.force_login(a_head(service.organisation))
    return client


def press(client, name, service, **sent):
    return client.post(reverse(f"services:{name}", args=[service.pk]), sent)


class TestConfirm:
    def test_takes_one_tap_from_the_list_and_goes_back_there(self, as_head, service):
        answer = press(as_head, "confirm", service, back="mine")
        service.refresh_from_db()
        assert answer.url == reverse("services:mine")
        assert service.confirmed_on == TODAY

    @pytest.mark.parametrize("free", ["", "3"])
    def test_says_nothing_of_the_room(self, as_head, service, free):
        press(as_head, "confirm", service, free=free)
        service.refresh_from_db()
        assert (service.confirmed_on, service.free_on) == (TODAY, days_ago(3))

    def test_leads_elsewhere_only_within_its_own_lists(self, as_head, service):
        answer = press(as_head, "confirm", service, back="https://example.org/")
        assert answer.url == reverse("services:one", args=[service.pk])

    def test_does_nothing_when_it_is_only_opened(self, as_head, service):
        as_head.get(reverse("services:confirm", args=[service.pk]))
        assert not Confirmation.objects.exists()


class TestRoom:
    def test_tells_only_the_room(self, as_head, service):
        assert press(as_head, "room", service, free="0", once=ONCE).status_code == 302
        service.refresh_from_db()
        assert (service.free, service.free_on, service.confirmed_on) == (0, TODAY, days_ago(100))

    @pytest.mark.parametrize(
        ("free", "words"), [("11", "Daya tampungnya 10"), ("", "0 bila penuh"), ("x", "dengan angka")]
    )
    def test_says_why_a_number_cannot_be(self, as_head, service, free, words):
        answer = press(as_head, "room", service, free=free, once=ONCE)
        assert answer.status_code == 422
        assert words in answer.text

    def test_begins_empty_so_that_nobody_repeats_an_old_number(self, as_head, service):
        shown = as_head.get(reverse("services:room", args=[service.pk]))
        assert shown.context["form"]["free"].value() is None
        assert "Terakhir Anda menulis 4" in shown.text
