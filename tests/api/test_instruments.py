"""Instruments for other programs."""

import pytest

from tests.api.programs import asked
from tests.cases.assessing import OWN, WG, owned

pytestmark = pytest.mark.django_db


class TestInstruments:
    def test_names_those_shipped_and_the_offices_own(self, caseworker, supervisor):
        owned(supervisor)
        found = {line["code"]: line for line in asked(caseworker, "instruments").json()}
        assert {WG, OWN, "satisfaction"} <= set(found)
        assert found[WG]["source"]
        assert found[WG]["verified"]

    def test_names_no_instrument_of_another_office(self, supervisor, stranger):
        owned(supervisor)
        assert OWN not in {line["code"] for line in asked(stranger, "instruments").json()}

    def test_are_for_everybody_who_signed_in(self, volunteer, client):
        assert asked(volunteer, "instruments").status_code == 200
        assert client.get("/api/instruments").status_code == 401


class TestInstrument:
    def test_tells_every_question_with_its_levels(self, caseworker):
        found = asked(caseworker, f"instruments/{WG}/1").json()
        items = [item for domain in found["domains"] for item in domain["items"]]
        assert len(items) == 6
        assert all(item["question"]["id"] and item["levels"] for item in items)

    def test_tells_what_is_not_known_about_it(self, caseworker):
        domains = asked(caseworker, "instruments/family-support/1").json()["domains"]
        assert {domain["reliability"] for domain in domains} == {None}

    @pytest.mark.parametrize("address", ["ramalan/1", f"{WG}/99", f"{OWN}/1", f"{OWN}/99999999999999999999"])
    def test_is_not_there_out_of_reach(self, supervisor, stranger, address):
        owned(supervisor)
        assert asked(stranger, f"instruments/{address}").status_code == 404

    def test_is_there_for_the_office_that_made_it(self, caseworker, supervisor):
        owned(supervisor)
        assert asked(caseworker, f"instruments/{OWN}/1").json()["title"]["id"]
