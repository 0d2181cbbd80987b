"""What is known of the invented crowd: enough that screening everybody finds some of each, within the office's reach."""

from datetime import UTC, date, datetime

import pytest

from simpul.access.gate import THE_MACHINE
from simpul.access.reach import Where
from simpul.catalogue import facts as catalogue_facts
from simpul.commands.demo.crowd_answers import OFFICER, tell_of_crowd
from simpul.commands.demo.office import read
from simpul.people.actions import settle
from simpul.people.models import Fact
from simpul.population.queries import register_on
from simpul.population.reactions import screen
from tests.access.factories import user_with
from tests.commands.test_demo_crowd import chunk

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture
def crowd(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    user_with("dinas_officer", region="21.02", username=OFFICER)
    settle(Where(), by=THE_MACHINE, chunks=[chunk(300), chunk(60, area="31.75", seed=2)])
    return tell_of_crowd(ON, AT)


class TestTellOfCrowd:
    def test_tells_of_the_area_of_the_office_and_of_nobody_else(self, crowd):
        assert crowd == Fact.objects.count() > 1000
        assert set(Fact.objects.values_list("region", flat=True)) == {"21.02.01.2001"}

    def test_lets_a_screening_of_everybody_find_some_and_leave_some_open(self, crowd):
        screen(Where(), by=THE_MACHINE, on=ON, at=datetime(2026, 11, 22, 9, tzinfo=UTC))
        people = register_on(ON).people
        for column in ("rule_yes", "rule_unknown", "faded"):
            assert 0 < (people[column] != 0).sum() <= people.height

    def test_tells_nothing_twice(self, crowd):
        assert (crowd > 0, tell_of_crowd(ON, AT)) == (True, 0)

    def test_asks_what_the_catalogue_knows(self):
        for question in read("crowd.toml")["answers"]["asked"]:
            fact = catalogue_facts.get(question["fact"])
            assert set(question.get("choices", ())) <= set(fact.spec.choices or ())
            assert ("yes" in question) == (fact.kind.name == "BOOL")
