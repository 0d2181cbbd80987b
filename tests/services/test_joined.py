"""Where services meet other pages: the start page reminds, a body's page leads to its services."""

import pytest
from django.urls import reverse

from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.services.factories import TODAY, a_head, a_service, days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    few_regions()
    return organisation()


class TestStartPage:
    def test_reminds_the_owner_of_what_nobody_confirmed(self, client, body):
        a_service(body, confirmed_on=days_ago(91))
        a_service(body, confirmed_on=days_ago(80))
        client.force_login(a_head(body))
        text = client.get(reverse("desk:today")).text
        assert "1 layanan sudah lama tidak dipastikan" in text
        assert "1 layanan segera perlu dipastikan" in text
        assert reverse("services:mine") in text


class TestPageOfABody:
    def test_leads_to_its_services(self, client, body, caseworker):
        client.force_login(caseworker)
        text = client.get(reverse("organisations:organisation", args=[body.pk])).text
        assert reverse("services:of", args=[body.pk]) in text
