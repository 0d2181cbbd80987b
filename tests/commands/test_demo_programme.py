from datetime import date

import pytest

from simpul.commands.demo import programme as demo
from simpul.commands.demo.office import organisation_key, read
from simpul.instruments.models import AnswerSheet
from simpul.organisations.models import Organisation
from simpul.programmes.models import Evaluation, MoneyEntry, Participant, Programme, Stimulus, Visit
from simpul.programmes.queries.money import totals_of
from simpul.programmes.stages import ORDER
from tests.access.factories import user_with
from tests.places.factories import few_regions

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = date(2026, 11, 22)


@pytest.fixture
def told():
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
    return Programme.objects.get(pk=demo.programme_key())


class TestSteps:
    def test_run_the_programme_of_the_paper_with_invented_answers(self, told):
        assert told.is_synthetic
        assert Participant.objects.count() == 30
        assert told.stage == "closed"
        assert AnswerSheet.objects.exclude(locked_at=None).count() == 60
        [found] = Evaluation.objects.all()
        board = next(one for one in found.result["evaluation"]["aspects"] if one["aspect"]["code"] == "board")
        assert (f"{board['before']['mean']:.3f}", f"{board['after']['mean']:.3f}") == ("3.300", "5.900")

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
