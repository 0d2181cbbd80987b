from uuid import uuid4

import pytest
from django.urls import reverse

from simpul.organisations.models import Organisation
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_role(client):
    few_regions()

    def signed_in(role, **where):
        client.force_login(user_with(role, **where))
        return client

    return signed_in


class TestOrganisations:
    def test_lists_them_with_their_region(self, as_role):
        organisation()
        html = (
            as_role("caseworker", region="21.02").get(reverse("organisations:organisations")).content.decode()
        )
        assert "LKS Tunas Bahari" in html
        assert "Kab. Karimun, Kepulauan Riau" in html

    def test_asks_the_same_number_of_questions_for_many(self, as_role, django_assert_num_queries):
        client = as_role("caseworker", region="21.02")
        for number in range(20):
            organisation(name=f"LKS {number}")
        # The first page of a sitting also keeps where this person works.
        client.get(reverse("organisations:organisations"))
        with django_assert_num_queries(5):
            client.get(reverse("organisations:organisations"))

    def test_says_what_to_do_when_there_is_none(self, as_role):
        assert (
            "Belum ada lembaga"
            in as_role("caseworker", region="21.02")
            .get(reverse("organisations:organisations"))
            .content.decode()
        )

    def test_sends_strangers_to_the_door(self, client):
        assert client.get(reverse("organisations:organisations")).status_code == 302


class TestOrganisation:
    def test_hides_a_secret_address(self, as_role):
        house = organisation(address="Jalan Rahasia 1", is_address_secret=True)
        html = (
            as_role("caseworker", organisation=uuid4())
            .get(reverse("organisations:organisation", args=[house.pk]))
            .content.decode()
        )
        assert "Jalan Rahasia" not in html
        assert "Dirahasiakan" in html


class TestRegister:
    def form(self, **details):
        return {"once": uuid4(), "name": "LKS Baru", "kind": "lks", "region": "21.02", "save": "1", **details}

    def test_registers_and_shows_it(self, as_role):
        answer = as_role("dinas_officer", region="21.02").post(
            reverse("organisations:register"), self.form(), follow=True
        )
        assert "LKS Baru sudah didaftarkan" in answer.content.decode()

    def test_looking_for_a_region_keeps_what_was_typed(self, as_role):
        typed = self.form(region="", region_text="karimun", region_find="1")
        html = (
            as_role("dinas_officer", region="21.02")
            .post(reverse("organisations:register"), typed)
            .content.decode()
        )
        assert 'value="LKS Baru"' in html
        assert 'value="21.02"' in html
        assert not Organisation.objects.exists()

    def test_is_closed_to_those_without_the_right(self, as_role):
        assert as_role("caseworker", region="21.02").get(reverse("organisations:register")).status_code == 403
