"""The table of stages, walked in every order that people may press: no lawless move, no step lost, no clock astray."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpul.access.refusal import Refusal
from simpul.organisations.actions.registration import submit, withdraw_run
from simpul.organisations.actions.registration_checks import (
    pass_to_decision,
    return_run,
    send_to_visit,
    take_up,
)
from simpul.organisations.actions.registration_decisions import approve, issue, refuse, send_back
from simpul.organisations.models import Certificate, Registration, RegistrationStep
from simpul.organisations.stages import MAY_FOLLOW, RUN_ENDED, WITH_THE_OFFICE, RunStage
from tests.organisations.registering import (
    a_body,
    act,
    begun,
    checked,
    filled,
    fresh,
    head_of,
    officer_at,
    registrar_at,
    visited,
)

pytestmark = pytest.mark.django_db
GROUND = {"grounds": ["incomplete"], "because": "Persyaratan tidak lengkap."}
PRESSES = {
    "submit": lambda run, who: act(submit, run, who["head"]),
    "withdraw": lambda run, who: act(withdraw_run, run, who["head"]),
    "take": lambda run, who: act(take_up, run, who["officer"]),
    "check": lambda run, who: checked(fresh(run), who["officer"]),
    "return": lambda run, who: act(return_run, run, who["officer"], words="Lengkapi lagi."),
    "field": lambda run, who: act(send_to_visit, run, who["officer"]),
    "visit": lambda run, who: visited(fresh(run), who["officer"]),
    "pass": lambda run, who: act(pass_to_decision, run, who["officer"], words="Silakan."),
    "approve": lambda run, who: act(approve, run, who["registrar"]),
    "desk approves": lambda run, who: act(approve, run, who["officer"]),
    "send back": lambda run, who: act(send_back, run, who["registrar"], because="Lengkapi bagannya."),
    "refuse": lambda run, who: act(refuse, run, who["registrar"], **GROUND),
    "issue": lambda run, who: act(issue, run, who["registrar"], valid_to=date(2029, 11, 3)),
}
# Mostly forward, so that the later stages are reached as well.
FORWARD = ["submit", "take", "check", "pass", "approve", "issue"]


@pytest.mark.slow
@given(st.lists(st.sampled_from([*FORWARD, *FORWARD, *PRESSES]), max_size=24))
@settings(
    max_examples=15,
    deadline=timedelta(seconds=60),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_pressed_only_lawful_moves_happen(db, presses):
    Registration.objects.filter(stage__in=set(RunStage) - RUN_ENDED).update(stage=RunStage.WITHDRAWN)
    body = a_body()
    who = {"head": head_of(body), "officer": officer_at(), "registrar": registrar_at()}
    run = filled(begun(body, who["head"]), who["head"])
    for press in presses:
        before = fresh(run).stage
        try:
            PRESSES[press](run, who)
        except Refusal:
            assert fresh(run).stage == before
        after = fresh(run)
        assert after.stage == before or after.stage in MAY_FOLLOW[RunStage(before)]
        assert (after.complete_on is not None) == (after.stage in WITH_THE_OFFICE)
    _steps_tell_the_whole_way(fresh(run))


def _steps_tell_the_whole_way(run):
    steps = RegistrationStep.objects.filter(registration=run).order_by("at")
    moves = [(step.left, step.stage) for step in steps if step.left != step.stage]
    assert [left for left, _stage in moves[1:]] == [stage for _left, stage in moves[:-1]]
    assert moves[-1][1] == run.stage
    assert Certificate.objects.filter(organisation=run.organisation).count() == (run.stage == RunStage.ISSUED)


@pytest.mark.parametrize("stage", sorted(RunStage), ids=str)
def test_every_stage_leads_to_an_end(stage):
    reached, waiting = set(), [stage]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting += MAY_FOLLOW[here]
    assert reached & RUN_ENDED


def test_every_stage_is_reached_from_the_draft():
    reached, waiting = set(), [RunStage.DRAFT]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting += MAY_FOLLOW[here]
    assert reached == set(RunStage)
