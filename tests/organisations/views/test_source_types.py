import pytest
from django.urls import reverse

from simpul.organisations.models import LocalType, Source
from simpul.organisations.queries.sources_counts import counts_by_area, counts_by_type
from tests.access.factories import user_with
from tests.organisations import sources_factories as make
from tests.organisations.actions.test_source_types import added
from tests.organisations.views.test_parts import form_of
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    few_regions()
    user = user_with("dinas_officer", region="21.02")
    client.force_login(user)
    return user


def at(name, *keys):
    return reverse(f"organisations:{name}", args=keys)


class TestTypes:
    def test_an_office_adds_one_which_stands_apart_from_the_twelve(self, client, officer):
        url = at("source-type-add")
        typed = {
            "title": "Kader posyandu",
            "unit": "person",
            "definition": "Kader di desa.",
            "region": "21.02",
        }
        html = client.post(url, form_of(client, url, **typed), follow=True).content.decode()
        assert html.index("Jenis tambahan daerah") < html.index("Kader posyandu")
        assert LocalType.objects.get().region == "21.02"

    def test_shows_a_refused_form_with_what_was_typed(self, client, officer):
        url = at("source-type-add")
        typed = {"title": "PSM", "unit": "person", "definition": "Relawan.", "region": "21.02"}
        answer = client.post(url, form_of(client, url, **typed))
        assert answer.status_code == 422
        assert "sudah ada" in answer.content.decode()
        assert "Relawan." in answer.content.decode()

    def test_are_worded_anew_and_ended_by_the_office_itself(self, client, officer):
        row = added(officer)
        url = at("source-type", row.pk)
        client.post(url, form_of(client, url, title="Kader desa"))
        html = client.post(at("source-type-end", row.pk), follow=True).content.decode()
        assert "Kader desa" in html
        assert "tidak dipakai lagi" in html

    def test_of_another_area_are_neither_seen_nor_touched(self, client, officer):
        row = added(user_with("dinas_officer", region="31.71"), region="31.71")
        assert "Kader posyandu" not in client.get(at("source-types")).content.decode()
        assert client.get(at("source-type", row.pk)).status_code == 404

    def test_a_province_sees_and_does_not_keep_those_of_its_regencies(self, client, officer):
        row = added(officer)
        client.force_login(user_with("dinas_officer", region="21"))
        assert "Kader posyandu" in client.get(at("source-types")).content.decode()
        assert client.get(at("source-type", row.pk)).status_code == 404


class TestASourceOfAnOwnType:
    def test_is_chosen_registered_and_filtered(self, client, officer):
        row = added(officer)
        assert row.title in client.get(at("source-new")).content.decode()
        assert client.get(at("source-register", row.code)).status_code == 200
        made = make.source(officer, row.code)
        assert row.title in client.get(at("source", made.pk)).content.decode()
        listed = client.get(at("sources"), {"jenis": row.code})
        assert [one.source for one in listed.context["rows"]] == list(Source.objects.all())

    def test_stands_in_no_count_of_the_twelve(self, client, officer):
        row = added(officer)
        make.source(officer, row.code)
        totals = {one.type.code: one.total for one in counts_by_type("21.02", make.ON)}
        assert totals[row.code] == 1
        assert sum(number for code, number in totals.items() if code != row.code) == 0
        assert counts_by_area("21.02", make.ON)["21.02.10"][-1].total == 1
        html = client.get(at("source-counts")).content.decode()
        official, _caption, added_ones = html.partition("Tambahan daerah")
        assert row.title not in official
        assert row.title in added_ones
