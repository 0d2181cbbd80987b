"""How bodies of the example office are registered: one certificate in hand, one file returned, one in the queue."""

from __future__ import annotations

from typing import Any

from simpul.access.reach import Where
from simpul.commands.demo.deeds import Deed, Doer
from simpul.engines.days import months_later
from simpul.organisations.actions import registration as applicant
from simpul.organisations.actions import registration_checks as desk
from simpul.organisations.actions import registration_decisions as decisions
from simpul.organisations.actions.registration_rules import set_rules
from simpul.organisations.models import Registration
from simpul.organisations.queries.registration_lines import MET, WRONG, asked_now, line_row, seen_of

SUBMITTED, RETURNED, ISSUED = "submitted", "returned", "issued"


def _rules(deed: Deed) -> None:
    """The office settles its own name and what it asks for beside the law's list."""
    where = Where(region=deed.told["region"])
    details = deed.words("called", "own_titles", "taken")
    set_rules(where, by=deed.by, at=deed.when()["at"], version=0, **details)


def _register(deed: Deed) -> None:
    """An application, brought to where the story says it ends."""
    run = _submitted(deed)
    if deed.told["ends"] == SUBMITTED:
        return
    checked = _checked(deed, run)
    if deed.told["ends"] == ISSUED:
        _issue(deed, checked)


def _submitted(deed: Deed) -> Registration:
    when = deed.when()
    run = applicant.start(deed.body, by=deed.by, key=deed.key(), kind=deed.told["kind"], **when)
    for demand in asked_now(run, when["on"]):
        seen = seen_of(line_row(run, demand.code))
        applicant.bring(run, by=deed.by, code=demand.code, seen=seen, words=deed.told["words"], **when)
    return applicant.submit(run, by=deed.by, version=run.version, **deed.when(minutes=40))


def _checked(deed: Deed, run: Registration) -> Registration:
    """Taken up three days later and checked line by line; returned where a line is to be mended."""
    now: dict[str, Any] = {"by": deed.users[deed.told["officer"]], **deed.when(3)}
    run = desk.take_up(run, version=run.version, **now)
    wrong = deed.told.get("wrong", {})
    found = {
        line["code"]: (WRONG, wrong[line["code"]]) if line["code"] in wrong else (MET, "")
        for line in run.told["lines"]
    }
    run = desk.check_lines(run, version=run.version, found=found, **now)
    if deed.told["ends"] == RETURNED:
        return desk.return_run(run, version=run.version, **now)
    return desk.pass_to_decision(run, version=run.version, **now)


def _issue(deed: Deed, run: Registration) -> None:
    now: dict[str, Any] = {"by": deed.users[deed.told["decider"]], **deed.when(5)}
    run = decisions.approve(run, version=run.version, words=deed.told["answer"], **now)
    valid_to = months_later(now["on"], deed.told["months"])
    decisions.issue(run, version=run.version, valid_to=valid_to, **now)


DOERS: dict[str, Doer] = {"rules": _rules, "register": _register}
