"""The place of organisations on the start page and in the bar."""

import pytest
from django.urls import reverse

from simpul.organisations.queries.waiting import Waiting
from tests.access.factories import ORGANISATION, user_with
from tests.organisations.factories import organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(client):
    def shown(role, **where):
        client.force_login(user_with(role, **(where or {"organisation": ORGANISATION})))
        return client.get(reverse("desk:today")).content.decode()

    return shown


@pytest.fixture
def late(monkeypatch):
    monkeypatch.setattr(
        "simpul.desk.queries.bodies.office.waits", lambda *_: (Waiting("2 berkas", 2, "/ada/", is_late=True),)
    )


class TestStartPage:
    @pytest.mark.parametrize("role", ["registrar", "dinas_officer", "head_of_lks"])
    @pytest.mark.usefixtures("late")
    def test_tells_what_waits_about_bodies(self, start, role):
        html = start(role)
        assert '<a href="/ada/">2 berkas</a>' in html
        assert "lewat waktu" in html

    @pytest.mark.parametrize(
        "role", ["assessor", "accreditation_secretary", "accreditation_validator", "plenary_member"]
    )
    def test_is_that_of_bodies_for_who_meets_no_people(self, start, role):
        html = start(role)
        assert "Tidak ada yang menunggu Anda tentang lembaga" in html
        assert "Peran Anda" in html

    @pytest.mark.parametrize("role", ["researcher", "caseworker"])
    @pytest.mark.usefixtures("late")
    def test_says_nothing_of_bodies_to_who_has_no_work_with_them(self, start, role):
        assert "2 berkas" not in start(role)

    def test_leads_a_head_to_their_own_body(self, start):
        own = organisation()
        way = reverse("organisations:organisation", args=[own.pk])
        assert way in start("head_of_lks", organisation=own.pk)
        assert way not in start("caseworker", organisation=own.pk)


class TestBar:
    def places(self, html):
        return html.partition('<nav class="places"')[2].partition('<details class="menu"')[0]

    def test_has_a_place_for_bodies_where_there_is_none_for_people(self, start):
        html = start("registrar", region="21.02")
        assert f'href="{reverse("organisations:organisations")}"' in self.places(html)
        assert self.places(html).count("<a ") == 3

    def test_has_at_most_five_places_and_bodies_in_the_menu_for_the_others(self, start):
        html = start("caseworker")
        assert self.places(html).count("<a ") == 4
        menu = html.partition('<details class="menu"')[2].partition("</details>")[0]
        assert f'href="{reverse("organisations:organisations")}"' in menu

    def test_marks_where_one_is(self, client):
        client.force_login(user_with("registrar", region="21.02"))
        html = client.get(reverse("organisations:organisations")).content.decode()
        assert f'<a href="{reverse("organisations:organisations")}" aria-current="page">' in self.places(html)
