from uuid import uuid4

import pytest
from django.urls import reverse

from simpul.access.models import Event
from simpul.people.models import Household, Person
from tests.people.factories import VILLAGE, child, person
from tests.people.views.test_register import typed
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db
NEW = reverse("people:household-new")


@pytest.fixture
def worker(client, caseworker):
    few_regions()
    client.force_login(caseworker)
    return client


def address(name, someone):
    return reverse(f"people:{name}", args=[someone.pk])


class TestNew:
    def test_leads_to_its_first_member(self, worker):
        answer = worker.post(NEW, {"once": str(uuid4()), "region": VILLAGE, "address": "RT 3"}, follow=True)
        home = Household.objects.get()
        html = answer.content.decode()
        assert "Rumah tangga yang baru dicatat" in html
        worker.post(reverse("people:register"), typed(household=str(home.pk)))
        assert (Person.objects.get().household, Person.objects.get().region) == (home, VILLAGE)

    def test_looking_for_a_village_saves_nothing(self, worker):
        html = worker.post(NEW, {"region_text": "pangke", "region_find": "1"}).content.decode()
        assert f'value="{VILLAGE}"' in html
        assert not Household.objects.exists()

    def test_refuses_a_village_outside_the_area(self, client, volunteer):
        few_regions()
        client.force_login(volunteer)
        html = client.post(NEW, {"once": str(uuid4()), "region": "93.01.01"}).content.decode()
        assert "di luar wilayah kerja Anda" in html

    def test_is_closed_to_who_may_not(self, client, head):
        client.force_login(head)
        assert client.get(NEW).status_code == 403


class TestHousehold:
    def test_changes_the_address(self, worker, caseworker):
        someone = person(caseworker)
        worker.post(address("household", someone), {"version": 1, "address": "RT 4", "kk": ""})
        assert Household.objects.get().address == "RT 4"

    def test_that_it_was_read_stands_in_the_trail_of_everybody_at_home(self, worker, caseworker):
        someone = person(caseworker)
        other = child(caseworker, household=someone.household)
        worker.get(address("household", someone))
        assert Event.objects.about_person(other.pk).filter(permission="person.identity_view").exists()


class TestMove:
    def form(self, someone, **details):
        return {"once": str(uuid4()), "version": someone.version, "save": "1", **details}

    def test_moves_in_with_others_found_by_name(self, worker, caseworker):
        someone, there = person(caseworker), person(caseworker, name="Halimah")
        look = {"household_text": "halimah", "household_find": "1"}
        html = worker.post(address("move", someone), self.form(someone, **look)).content.decode()
        assert f'value="{there.household_id}"' in html
        chosen = self.form(someone, household=str(there.household_id))
        assert worker.post(address("move", someone), chosen).status_code == 302
        assert Person.objects.get(pk=someone.pk).household == there.household

    def test_gives_a_home_of_their_own(self, worker, caseworker):
        someone = person(caseworker)
        other = child(caseworker, household=someone.household)
        worker.post(address("move", other), self.form(other, household="new"))
        assert Person.objects.get(pk=other.pk).household_id != someone.household_id

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"household": str(uuid4())}, "tidak ditemukan"),
            ({"household": "x"}, "Pilih rumah tangga"),
            ({"household": "new", "version": "9"}, "sudah diubah orang lain"),
        ],
    )
    def test_says_what_is_wrong_and_moves_nobody(self, worker, caseworker, wrong, sentence):
        someone = person(caseworker)
        assert sentence in worker.post(address("move", someone), self.form(someone, **wrong)).content.decode()
        assert Person.objects.get().household == someone.household

    def test_is_closed_to_who_may_not(self, client, caseworker, volunteer):
        client.force_login(volunteer)
        assert client.get(address("move", person(caseworker))).status_code == 403
