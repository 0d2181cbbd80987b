import pytest
from django.urls import reverse

from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db
SEARCH = reverse("people:search")


def page_of(client, role, **where):
    client.force_login(user_with(role, **where))
    return client.get(SEARCH).content.decode()


class TestWorkplace:
    def test_names_the_organisation_in_the_menu(self, client):
        assert "<small>LKS Muara</small>" in page_of(
            client, "caseworker", organisation=organisation(name="LKS Muara").pk
        )

    def test_names_the_area_of_who_works_for_no_organisation(self, client):
        few_regions()
        assert "<small>Kab. Karimun, Kepulauan Riau</small>" in page_of(
            client, "dinas_officer", region="21.02"
        )

    @pytest.mark.parametrize("where", ["organisation", "region"])
    def test_lets_places_be_looked_for_near_it(self, client, where):
        few_regions()
        home = {"organisation": organisation(region="21.02.10").pk, "region": "21.02"}
        assert "near=21.02&" in page_of(client, "caseworker", **{where: home[where]}).replace("&amp;", "&")

    def test_says_nothing_to_who_is_not_signed_in(self, client):
        assert client.get(reverse("account_login")).context["my_organisation"] == ""
