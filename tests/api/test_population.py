"""The whole register for other programs."""

from datetime import timedelta

import pytest

from simpul.population.queries import register_on
from simpul.population.queries.numbers import numbers_of
from tests.access.factories import user_with
from tests.population.factories import ON, kept, register_of, row

pytestmark = pytest.mark.django_db
TYPES = ("LUT", "ODHA", "KBA")


@pytest.fixture
def two_days(db):
    key = row()["person"]
    kept(register_of([row(person=key)], types=TYPES, on=ON - timedelta(days=1)))
    kept(register_of([row(person=key, rule_yes=("LUT",), by_fact=("LUT",)), row()], types=TYPES))


class TestPopulationNumbers:
    @pytest.mark.parametrize("role", ["dinas_officer", "dinas_verifier"])
    def test_are_those_of_the_page_for(self, client, two_days, role):
        viewer = user_with(role, region="21.02")
        client.force_login(viewer)
        told = client.get("/api/population/numbers").json()
        page = numbers_of(register_on(None), viewer)
        assert told["people"] == page.people == 2
        assert [line["suggested"] for line in told["types"]] == [line.suggested for line in page.lines]
        assert sum(line["suggested"] for line in told["types"]) == 1

    def test_are_not_there_before_the_first_night(self, client, officer):
        client.force_login(officer)
        assert client.get("/api/population/numbers").status_code == 404

    def test_are_closed_to_others(self, client, volunteer):
        client.force_login(volunteer)
        assert client.get("/api/population/numbers").status_code == 403


class TestPopulationChanges:
    def test_tell_the_cause(self, client, officer, two_days):
        client.force_login(officer)
        days = {"since": (ON - timedelta(days=1)).isoformat(), "until": ON.isoformat()}
        told = client.get("/api/population/changes", days).json()
        assert [(line["code"], line["cause"], line["people"]) for line in told["changes"]] == [
            ("LUT", "fact", 1)
        ]
