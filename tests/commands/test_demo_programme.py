from datetime import date

import pytest

from simpul.commands.demo import programme as demo
from simpul.commands.demo.office import organisation_key, read
from simpul.instruments.models import AnswerSheet
from simpul.organisations.models import Organisation
from simpul.programmes.models import Evaluation, Participant, Programme
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
    officer = user_with("programme_officer", region="21.02", name="Bu Ratna")
    for step in demo.steps(TODAY, {"ratna": officer}, "ratna"):
        step()
    return Programme.objects.get(pk=demo.programme_key())


class TestSteps:
    def test_run_the_programme_of_the_paper_with_invented_answers(self, told):
        assert told.is_synthetic
        assert Participant.objects.count() == 30
        assert AnswerSheet.objects.exclude(locked_at=None).count() == 60
        [found] = Evaluation.objects.all()
        board = next(one for one in found.result["evaluation"]["aspects"] if one["aspect"]["code"] == "board")
        assert (f"{board['before']['mean']:.3f}", f"{board['after']['mean']:.3f}") == ("3.300", "5.900")
