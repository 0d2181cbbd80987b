"""What evaluations found, by aspect, and nothing of one person."""

from datetime import date

import pytest

from simpul.programmes.models import Evaluation
from simpul.recaps.facts import Asked
from simpul.recaps.queries.outcomes import outcomes
from tests.access.factories import user_with
from tests.programmes.making import AT, TODAY, a_programme

pytestmark = pytest.mark.django_db

ASKED = Asked(since=date(2026, 1, 1), until=TODAY, area="21.02")
ROLES = {"dinas_officer": {"region": "21.02"}, "dinas_verifier": {"region": "21"}, "registrar": {}}


def found(code, **more):
    aspect = {"code": code, "title": code.capitalize(), "lowest": 1, "highest": 5, "bands": []}
    return {"aspect": aspect, **more}


LEGALITY = found(
    "legality",
    before={"n": 30, "mean": 3.1},
    after={"n": 30, "mean": 3.4666},
    paired={"pairs": 30, "difference": 0.3666, "t": 2.511, "p": 0.0179},
    shift={"standings": [{"code": "good", "title": "Baik", "before": 10, "after": 20, "before_percent": 33.3, "after_percent": 66.7}]},
)  # fmt: skip
HIDDEN = found("board", withheld=3)


def run(*aspects, programme=None, **details):
    result = {"instrument": ["gone", 1], "labels": {}, "evaluation": {"aspects": list(aspects)}}
    kept = {
        "programme": programme or a_programme(),
        "on": TODAY,
        "digest": "x",
        "at": AT,
        "by_name": "Bu Ratna",
    }
    return Evaluation.objects.create(result=result, **kept | details)


class TestOutcomes:
    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_tells_each_aspect_with_its_numbers(self, role):
        run(LEGALITY)
        aspects, categories = outcomes(user_with(role, **ROLES[role]), ASKED).tables
        assert aspects.lines[0].cells == (30, 3.1, 3.47, 0.37, 2.51, 0.0179)
        assert categories.lines[0].cells == (10, 33.3, 20, 66.7)

    def test_says_nothing_of_an_aspect_that_too_few_answered(self):
        run(HIDDEN)
        aspects, categories = outcomes(user_with("registrar"), ASKED).tables
        assert set(aspects.lines[0].cells) == {None}
        assert categories.lines == ()

    def test_takes_the_final_one_of_each_programme(self):
        programme = a_programme()
        run(LEGALITY, programme=programme, is_final=True)
        run(HIDDEN, programme=programme)
        assert len(outcomes(user_with("registrar"), ASKED).tables[0].lines) == 1
        assert outcomes(user_with("registrar"), ASKED).tables[0].lines[0].cells[0] == 30

    def test_leaves_out_what_is_for_who_runs_the_programme_alone(self):
        run(LEGALITY, is_inner=True)
        assert outcomes(user_with("registrar"), ASKED).tables[0].lines == ()

    def test_leaves_out_another_area(self):
        run(LEGALITY)
        elsewhere = Asked(since=ASKED.since, until=TODAY, area="14.01")
        assert outcomes(user_with("registrar"), elsewhere).tables[0].lines == ()
