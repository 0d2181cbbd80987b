from datetime import date

import pytest
from django.db import transaction

from simpul.commands.demo import programme as demo
from simpul.commands.demo.office import organisation_key, read
from simpul.instruments.models import AnswerSheet
from simpul.organisations.models import Organisation
from simpul.programmes.models import (
    Evaluation,
    Member,
    MoneyEntry,
    Participant,
    Programme,
    Stimulus,
    StrengthCheck,
    Visit,
)
from simpul.programmes.queries.evaluation_lasting import bodies_later
from simpul.programmes.queries.money import totals_of
from simpul.programmes.queries.strength import beside
from simpul.programmes.stages import ORDER
from tests.access.factories import user_with
from tests.places.factories import few_regions

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.xdist_group("the programme of the example"),
]
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def key(django_db_setup, django_db_blocker):
    """Of the programme, told once for all tests here and unmade after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        tell()
        yield demo.programme_key()
        transaction.set_rollback(True)


@pytest.fixture
def told(key, db):
    return Programme.objects.get(pk=key)


def tell():
    few_regions()
    for number, key in enumerate(read("programme.toml")["bodies"]):
        place = {"kind": "lks", "region": "21.02", "province": "21"}
        Organisation.objects.create(pk=organisation_key(key), name=f"Lembaga {number}", **place)
    told = read("programme.toml")
    users = {
        head: user_with(
            "head_of_lks", organisation=organisation_key(body), name=f"Ketua {body}", username=head
        )
        for head, body in zip(told["heads"], told["bodies"], strict=True)
    }
    for account, role in (("intan", "programme_officer"), ("ratna", "registrar"), ("fajar", "mentor")):
        users[account] = user_with(role, region="21.02", name=f"Akun {account}", username=account)
    for step in demo.steps(TODAY, users, "intan"):
        step()


class TestSteps:
    def test_run_the_programme_of_the_paper_with_invented_answers(self, told):
        assert told.is_synthetic
        assert Participant.objects.count() == 30
        assert told.stage == "closed"
        assert AnswerSheet.objects.exclude(locked_at=None).count() == 60
        [found] = Evaluation.objects.all()
        board = next(one for one in found.result["evaluation"]["aspects"] if one["aspect"]["code"] == "board")
        assert (f"{board['before']['mean']:.3f}", f"{board['after']['mean']:.3f}") == ("3.300", "5.900")

    def test_look_how_strong_each_body_stands_before_and_after(self, told):
        rows = StrengthCheck.objects.filter(programme=told)
        assert sorted(rows.values_list("occasion", flat=True)) == ["after"] * 5 + ["before"] * 5
        assert not rows.filter(done_at=None).exists()
        named = beside(*sorted(rows.filter(member=rows[0].member), key=lambda row: row.on))
        assert {field.title for field in named.fields if field.changed} >= {"Jati diri", "Legalitas"}

    def test_choose_bodies_by_criteria_that_they_meet(self, told):
        rows = Member.objects.filter(programme=told)
        assert {row.finding["answer"] for row in rows} == {"yes"}
        assert sorted(rows.values_list("type_before", flat=True)) == ["C", "C", "D", "D", "D"]

    def test_tell_how_bodies_stood_before_and_stand_now(self, told):
        stood = [(one.type_before[:1], one.type_now[:1]) for one in bodies_later(told, TODAY)]
        assert stood == [("C", ""), ("D", "C"), ("C", "B"), ("D", "D"), ("D", "C")]

    def test_account_for_all_money_and_keep_what_was_wrong(self, told):
        rows = Stimulus.objects.filter(programme=told)
        sums = totals_of(rows).values()
        assert {row.state for row in rows} == {"closed"}
        assert sum(one.received for one in sums) == 25_000_000
        assert (sum(one.returned for one in sums), sum(one.balance for one in sums)) == (300_000, 0)
        assert MoneyEntry.objects.filter(programme=told, kind="reversal").count() == 1

    def test_pass_through_every_stage_of_the_paper(self, told):
        assert list(told.steps.order_by("at", "on").values_list("stage", flat=True)) == list(ORDER)
        assert told.handed_over_to
        assert Evaluation.objects.get().is_final
        assert Visit.objects.filter(programme=told).count() == 10
