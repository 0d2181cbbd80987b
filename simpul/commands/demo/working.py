"""Assessing, agreeing on goals and a plan, and looking whether services are given, in the example office."""

from __future__ import annotations

from typing import Any

from simpul.cases.actions.assessments import complete, save_draft, start
from simpul.cases.actions.goals import score_goal, set_goal
from simpul.cases.actions.linking import prepare_client
from simpul.cases.actions.plan_steps import add_step, check_service, set_step_state
from simpul.cases.actions.plans import agree, decide, start_plan, write_crisis_plan
from simpul.cases.actions.support import review_support
from simpul.commands.demo.journal import Doer, Entry

_WORDS = ("client_view", "family_view", "observed", "strengths", "conclusion")


def _assess(entry: Entry) -> None:
    """Filled in at one sitting; a draft stays one."""
    draft = start(
        entry.life.case, by=entry.by, key=entry.key(), instrument=entry.told["instrument"], **entry.moment
    )
    kept = save_draft(
        draft,
        by=entry.by,
        version=draft.version,
        held_on=entry.on,
        **entry.words("sources", "answers", *_WORDS),
        **entry.moment,
    )
    if not entry.told.get("is_draft"):
        complete(kept, by=entry.by, version=kept.version, **entry.moment)
    judge(entry)


def judge(entry: Entry) -> None:
    """How able network and providers are, where that is told: at the start unless it says otherwise."""
    if told := entry.told.get("judged"):
        both = {"moment": "baseline", "network": None, "providers": None} | told
        review_support(entry.life.case, by=entry.by, key=entry.key("judged"), **both, **entry.moment)


def _goal(entry: Entry) -> None:
    details = entry.words("words", "term", "criterion", "priority", "weight", "levels", "domain")
    if "target" in entry.told:
        details["target_on"] = entry.day("target")
    if "parent" in entry.told:
        details["parent"] = entry.life.rows[entry.told["parent"]].pk
    goal = set_goal(entry.life.case, by=entry.by, key=entry.key(), **details, **entry.moment)
    entry.life.rows[entry.told["name"]] = goal


def _score(entry: Entry) -> None:
    goal = entry.life.fresh(entry.told["goal"])
    details = entry.words("level", "moment", "seen")
    score_goal(goal, by=entry.by, key=entry.key(), **details, **entry.moment)


def _plan(entry: Entry) -> None:
    """A version of the plan with its steps; agreed when it is told how."""
    entry.life.rows["plan"] = start_plan(entry.life.case, by=entry.by, key=entry.key(), **entry.moment)
    _write(entry)


def _write(entry: Entry) -> None:
    """More steps in the version that is being written: also in one that the supervisor returned."""
    for told in entry.told["steps"]:
        entry.life.rows[told["name"]] = add_step(
            entry.life.rows["plan"],
            by=entry.by,
            key=entry.key(told["name"]),
            **_step(entry, told),
            **entry.moment,
        )
    if "crisis" in entry.told:
        plan = entry.life.fresh("plan")
        words = entry.told["crisis"]
        write_crisis_plan(plan, by=entry.by, version=plan.version, words=words, **entry.moment)
    if "agreed" in entry.told:
        plan = entry.life.fresh("plan")
        agree(
            plan,
            by=entry.by,
            version=plan.version,
            agreed_on=entry.on,
            team_agreed_on=entry.on,
            **entry.told["agreed"],
            **entry.moment,
        )


def _step(entry: Entry, told: dict[str, Any]) -> dict[str, Any]:
    """What the action wants to know of a step; days and names become days and keys."""
    plain = ("need", "service_kind", "action", "provider", "cost", "alternatives", "in_charge_name")
    details = {name: told[name] for name in plain if name in told}
    if "goal" in told:
        details["goal"] = entry.life.rows[told["goal"]].pk
    if "in_charge" in told:
        details["in_charge"] = entry.life.users[told["in_charge"]].pk
    if "due" in told:
        details["due_on"] = entry.day("due", told)
    return details


def _decide(entry: Entry) -> None:
    plan = entry.life.fresh("plan")
    details = entry.words("approved", "reason")
    decide(plan, by=entry.by, version=plan.version, **details, **entry.moment)


def _state(entry: Entry) -> None:
    step = entry.life.fresh(entry.told["step"])
    details = entry.words("to", "reason")
    set_step_state(step, by=entry.by, version=step.version, **details, **entry.moment)
    if told := entry.told.get("prepared"):
        prepare_client(step, by=entry.by, key=entry.key("prepared"), **told, **entry.moment)


def _check(entry: Entry) -> None:
    step = entry.life.fresh(entry.told["step"])
    details = entry.words("delivered", "quantity", "quality", "cost", "fits_plan", "unmet", "words")
    check_service(step, by=entry.by, key=entry.key(), **details, **entry.moment)


DOERS: dict[str, Doer] = {
    "assess": _assess,
    "goal": _goal,
    "score": _score,
    "plan": _plan,
    "again": _write,
    "decide": _decide,
    "state": _state,
    "check": _check,
}
