from datetime import date, timedelta

import pytest
from django.db import transaction

from simpul.cases.models import Case, Ending, GoalScore
from simpul.commands.demo import accompanied, story
from simpul.commands.demo.journal import read_lives
from simpul.commands.demo.office import organisation_key, read
from simpul.organisations.models import Organisation
from simpul.programmes.queries.evaluation_lasting import outcomes
from tests.access.factories import user_with
from tests.places.factories import few_regions

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.xdist_group("the accompanied of the example"),
]
TODAY = date(2026, 11, 22)
BEGAN = TODAY - timedelta(days=read("programme.toml")["began_ago"])
BODY = organisation_key("bina-lansia")


@pytest.fixture(scope="module")
def whole(django_db_setup, django_db_blocker):
    """All of them told once for all tests here, and unmade after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        few_regions()
        place = {"kind": "lks", "region": "21.02.05.1003", "province": "21"}
        Organisation.objects.create(pk=BODY, name="Bina Lansia", **place)
        users = {"mariani": user_with("caseworker", organisation=BODY, name="Mariani", username="mariani")}
        for told in accompanied.households():
            story._Household(told, TODAY, users).live()
        names = {name for name, _told in accompanied.lives()}
        for entry in read_lives(TODAY, _everybody(users)):
            if entry.life.name in names:
                story.DOERS[entry.told["do"]](entry)
        yield
        transaction.set_rollback(True)


def _everybody(users):
    """Also those who are told of in other cases, which are not told here."""
    return {user["username"]: users["mariani"] for user in read("office.toml")["user"]} | users


@pytest.fixture
def told(whole, db):
    return Case.objects.filter(organisation=BODY)


class TestLives:
    def test_go_the_whole_way_to_their_end(self, told):
        assert set(told.values_list("stage", flat=True)) == {"closed"}
        assert (
            Ending.objects.exclude(completed_at=None).count()
            == told.count()
            == len(read("accompanied.toml")["person"])
        )

    def test_pass_every_gate(self, told):
        assert not [move.lacking for case in told for move in case.moves.all() if move.lacking]

    def test_end_on_days_that_have_been(self, told):
        assert max(told.values_list("closed_on", flat=True)) < TODAY
        assert not GoalScore.objects.filter(on__gte=TODAY).exists()

    def test_are_enough_on_both_sides_of_the_programme_for_a_mean(self, told):
        before = outcomes(BODY, BEGAN - timedelta(days=365), BEGAN - timedelta(days=1))
        since = outcomes(BODY, BEGAN, TODAY)
        assert (before.ended, since.ended) == (10, 11)
        assert (before.change, since.change) == (pytest.approx(10.0), pytest.approx(150 / 11))

    def test_do_not_all_get_better(self, told):
        reasons = set(Ending.objects.values_list("reason", flat=True))
        assert reasons == {"goals_reached", "other"}
