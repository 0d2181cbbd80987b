"""What the published paper tells of its five organisations beside their names: where they serve, what they have.

Nothing is added to it. It does not name the kecamatan of Ar Raudhah, so the area of that body stays open. Of one body it
says that it has just begun to grow, and so a type is confirmed for that one alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from simpul.access.models import User
from simpul.commands.demo.deeds import Deed
from simpul.commands.demo.office import read
from simpul.organisations.actions.changes import change_directly
from simpul.organisations.actions.standing import confirm_type, see_indicators
from simpul.organisations.queries.parts import ROWS, mark_of, values_of
from simpul.organisations.queries.standing_types import type_of


def steps(today: date, users: Mapping[str, User]) -> list[Callable[[], None]]:
    """One step for each of the five."""
    told = read("published.toml")
    return [
        partial(_describe, Deed(number, users, today, {**told["all"], **row}), told["note"])
        for number, row in enumerate(told["organisation"])
    ]


def _describe(deed: Deed, note: str) -> None:
    told = deed.told
    if "areas" in told:
        _serve(deed, told["areas"], note)
    answers = dict.fromkeys(told["has"], "yes") | dict.fromkeys(told["lacks"], "no")
    see_indicators(
        deed.body, by=deed.by, answers=answers, was={}, seen="paper", note=note, **deed.when(minutes=10)
    )
    if "type" in told:
        confirm(deed, told["type"])


def _serve(deed: Deed, areas: list[str], note: str) -> None:
    rows: list[dict[str, Any]] = [{"id": str(deed.key(code)), "code": code} for code in areas]
    change_directly(
        deed.body,
        by=deed.by,
        key=deed.key("area"),
        part="area",
        values={ROWS: rows},
        read=mark_of(values_of(deed.body, "area")),
        because=note,
        **deed.when(),
    )


def confirm(deed: Deed, told: Mapping[str, Any]) -> None:
    """The type of a body, with why it is that one; so many days `later`."""
    body, when = deed.body, deed.when(told.get("later", 0), minutes=20)
    mark = type_of(body, when["on"]).mark(body)
    confirm_type(
        body,
        by=deed.by,
        key=deed.key("type"),
        confirmed=told["code"],
        mark=mark,
        because=told["because"],
        **when,
    )
