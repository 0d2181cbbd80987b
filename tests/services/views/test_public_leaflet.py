import re

import pytest
from django.urls import reverse

from simpul.access.limits import Limit, forget_all
from simpul.services.queries.parts import kinds
from simpul.services.queries.public_leaflet import MOST
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.services.factories import AT, REGENCY, TODAY, VILLAGE, a_service, days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    few_regions()
    forget_all()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def look(client, name="leaflet", **typed):
    return client.get(reverse(f"services:{name}"), typed)


def many(number):
    kinds = ("food", "health", "shelter", "training")
    for count in range(number):
        a_service(
            name=f"Layanan {count} {'panjang ' * 20}",
            cost_words="Iuran " * 40,
            kind=kinds[count % 4],
            areas=[REGENCY],
        )


class TestLeaflet:
    def test_asks_for_a_place_first(self, client):
        answer = look(client)
        assert answer.status_code == 200
        assert not answer.context["groups"]

    def test_shows_the_nearest_by_kind_with_numbers_to_call(self, client):
        many(MOST + 3)
        answer = look(client, di="Pangke")
        assert sum(len(group.lines) for group in answer.context["groups"]) == MOST
        assert len({group.kind for group in answer.context["groups"]}) == 4
        assert "112" in answer.content.decode()

    @pytest.mark.parametrize(
        "changed",
        [{"confirmed_on": days_ago(91)}, {"listing": "paused"}, {"areas": ["93"]}],
        ids=["unconfirmed", "paused", "elsewhere"],
    )
    def test_leaves_out_what_paper_could_not_take_back(self, client, changed):
        a_service(**{"areas": [REGENCY], **changed})
        assert not look(client, wilayah=VILLAGE).context["groups"]

    def test_refuses_a_place_that_is_not_there(self, client):
        assert look(client, di="Atlantis").status_code == 422


class TestLeafletPdf:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_is_one_tagged_sheet_in_the_language_of_the_page(self, client, language):
        many(MOST)
        client.cookies["django_language"] = language
        answer = look(client, "leaflet-pdf", wilayah=VILLAGE)
        assert answer["Content-Type"] == "application/pdf"
        assert len(re.findall(rb"/Type */Page\b", answer.content)) == 1
        assert b"/StructTreeRoot" in answer.content

    def test_stays_one_sheet_with_the_longest_words(self, client):
        for number, (code, _title) in enumerate(kinds()[:MOST]):
            body = organisation(name=f"Yayasan {number} {'panjang ' * 20}")
            a_service(
                body, kind=code, name=f"{number} {'Layanan ' * 20}"[:200], cost_words="Gratis bagi warga. " * 10,
                areas=[REGENCY], place={"region": VILLAGE},
            )  # fmt: skip
        answer = look(client, "leaflet-pdf", wilayah=VILLAGE)
        assert len(look(client, wilayah=VILLAGE).context["groups"]) == MOST
        assert len(re.findall(rb"/Type */Page\b", answer.content)) == 1

    def test_asks_for_a_place_where_there_is_none(self, client):
        assert look(client, "leaflet-pdf").status_code == 302

    def test_stops_a_flood(self, client, monkeypatch):
        monkeypatch.setattr("simpul.services.views.public_leaflet.LEAFLETS", Limit("leaflet-set", 1))
        codes = [look(client, "leaflet-pdf", wilayah=VILLAGE).status_code for _ in range(2)]
        assert codes == [200, 429]
