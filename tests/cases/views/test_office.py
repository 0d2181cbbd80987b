import uuid

import pytest
from django.urls import reverse

from simpul.cases.models import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(organisation):
    return reverse("cases:norms-of-organisation", args=[organisation])


class TestNorms:
    def test_leads_to_the_only_office(self, client, supervisor, address):
        client.force_login(supervisor)
        assert client.get(reverse("cases:norms")).url == address

    def test_leads_an_officer_to_the_regency(self, client, officer, region):
        client.force_login(officer)
        answer = client.get(reverse("cases:norms"))
        assert answer.url == reverse("cases:norms-of-area", args=[region])

    @pytest.mark.parametrize("role", ["caseworker", "head", "volunteer"])
    def test_is_for_those_who_set_norms(self, client, request, role):
        client.force_login(request.getfixturevalue(role))
        assert client.get(reverse("cases:norms")).status_code == 403


class TestNormsOfOrganisation:
    def test_shows_default_and_own_value_and_says_once_whose_suggestion_it_is(
        self, client, supervisor, address
    ):
        client.force_login(supervisor)
        client.post(address, {"version": 0, "reassess_days": "60"})
        page = client.get(address).content.decode()
        assert "Nilai asal: 90 hari" in page
        assert "Di kantor ini: 60 hari" in page
        assert page.lower().count("usulan simpul") == page.count("Kosongkan isian") == 1
        assert "boleh dikosongkan" not in page

    def test_keeps_only_what_departs(self, client, supervisor, address, organisation):
        client.force_login(supervisor)
        typed = {
            "version": 0,
            "reassess_days": "90",
            "follow_up_months": "2, 4",
            "attachment_most_bytes": "5",
        }
        assert client.post(address, typed | {"plan_needs_approval": "yes"}).url == address
        assert Office.objects.get(organisation=organisation).norms == {
            "follow_up_months": [2, 4],
            "attachment_most_bytes": 5_000_000,
            "plan_needs_approval": True,
        }

    @pytest.mark.parametrize(
        ("key", "typed"),
        [
            ("reassess_days", "3"),
            ("reassess_days", "banyak"),
            ("follow_up_months", "6, 1"),
            ("follow_up_months", "satu"),
            ("attachment_most_bytes", "900"),
        ],
    )
    def test_shows_again_what_cannot_be(self, client, supervisor, address, key, typed):
        client.force_login(supervisor)
        answer = client.post(address, {"version": 0, key: typed})
        assert answer.status_code == 422
        assert f'value="{typed}"' in answer.content.decode()
        assert not Office.objects.exists()

    def test_goes_back_to_the_defaults(self, client, supervisor, address):
        client.force_login(supervisor)
        client.post(address, {"version": 0, "reassess_days": "60"})
        client.post(address, {"version": 1, "reassess_days": "60", "reset": "1"})
        assert Office.objects.get().norms == {}

    def test_shows_a_clash_and_the_newest_version(self, client, supervisor, address):
        client.force_login(supervisor)
        client.post(address, {"version": 0, "reassess_days": "60"})
        answer = client.post(address, {"version": 0, "reassess_days": "45"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "60 hari" in page
        assert "45 hari" in page
        assert 'name="version" value="1"' in page

    def test_is_not_there_for_another_office(self, client, supervisor, other_organisation):
        client.force_login(supervisor)
        foreign = reverse("cases:norms-of-organisation", args=[other_organisation])
        assert client.get(foreign).status_code == 404
        assert client.post(foreign, {"version": 0, "reassess_days": "60"}).status_code == 404


class TestNormsOfArea:
    def test_saves_for_the_regency(self, client, officer, region):
        client.force_login(officer)
        client.post(reverse("cases:norms-of-area", args=[region]), {"version": 0, "complaint_days": "10"})
        assert Office.objects.get(region=region).norms == {"complaint_days": 10}

    def test_is_not_there_for_another_area(self, client, officer):
        client.force_login(officer)
        assert client.get(reverse("cases:norms-of-area", args=["99.99"])).status_code == 404


class TestModel:
    def address(self, organisation, code="rehabilitation"):
        return reverse("cases:model-of-organisation", args=(organisation, code))

    def typed(self, **other):
        return {
            "version": 0,
            "expected_steps": ["intake", "assessment"],
            "expected_roles": ["planner"],
            "required_parts": [],
            "evaluation": "process",
            **other,
        }

    def test_shows_the_model_as_the_catalogue_has_it(self, client, supervisor, organisation):
        client.force_login(supervisor)
        shown = client.get(self.address(organisation)).content.decode()
        assert "Rehabilitasi" in shown
        assert "Asesmen fungsi" in shown

    def test_keeps_what_the_office_changes_and_says_so(self, client, supervisor, organisation):
        client.force_login(supervisor)
        answer = client.post(self.address(organisation), self.typed(), follow=True)
        assert "diubah di kantor ini" in answer.content.decode()
        assert Office.objects.get().models["rehabilitation"]["required_parts"] == []

    def test_shows_a_refusal_with_what_was_chosen(self, client, supervisor, organisation):
        client.force_login(supervisor)
        answer = client.post(self.address(organisation), self.typed(expected_steps=[]))
        assert answer.status_code == 422
        assert "Pilih sekurangnya satu tahap." in answer.content.decode()

    @pytest.mark.parametrize("code", ["rehabilitation", "luck"])
    def test_is_not_there_for_another_office_or_an_unknown_model(
        self, client, supervisor, organisation, code
    ):
        client.force_login(supervisor)
        where = organisation if code == "luck" else uuid.uuid4()
        assert client.get(self.address(where, code)).status_code == 404
