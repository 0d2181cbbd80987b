"""Invented assessments of an invented case, with an office's own instrument or one that Simpul brings along."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

from simpul.access.models import User
from simpul.cases.actions.assessments import complete, save_draft, start
from simpul.cases.models import Assessment, Case
from simpul.catalogue.instruments import Domain, Instrument, Item
from simpul.instruments.queries import find
from tests.instruments.factories import LEVELS, added, instrument, text
from tests.screening.factories import NOW, TODAY

WG, SUPPORT, OWN = "wg-short-set", "family-support", "semangat"
VIEW = "Saya ingin bisa tidur tanpa takut."
ALL_GOOD = {"tidur": 3, "cemas": 1, "lelah": 1}


def own_instrument(*, measured: bool = True, fewest: int = 3, **details: Any) -> Instrument:
    """Two domains, the better end of one at the top and of the other at the bottom."""
    study = (
        {"reliability": 0.91, "standard_deviation": 0.5, "measured_in": "Contoh (2020)"} if measured else {}
    )
    life = (
        Item("tidur", text("Bagaimana tidurnya?"), levels=LEVELS),
        Item("cemas", text("Seberapa cemas?"), levels=LEVELS, is_reversed=True),
        Item("cerita", text("Apa ceritanya?"), kind="text"),
        Item("anak", text("Berapa anaknya?"), kind="number", minimum=0, maximum=20),
    )
    load = (Item("lelah", text("Seberapa lelah?"), levels=LEVELS),)
    domains = (
        Domain("hidup", text("Hidup sehari-hari"), life, fewest_answered=min(fewest, 2), **study),
        Domain("beban", text("Beban"), load, direction="lower_is_better", **study),
    )
    return instrument(OWN, **({"domains": domains} | details))


def owned(by: User, found: Instrument | None = None) -> Instrument:
    """The same, kept by the office of a supervisor."""
    added(by, found or own_instrument())
    return found or own_instrument()


def reworded(found: Instrument, code: str) -> Instrument:
    """The next version, with one question in other words."""
    domains = tuple(
        replace(
            domain,
            items=tuple(
                replace(item, question=text("Dengan kata lain?")) if item.code == code else item
                for item in domain.items
            ),
        )
        for domain in found.domains
    )
    return replace(found, domains=domains)


def when(days: int = 0, minutes: int = 100) -> dict[str, Any]:
    """So many days after the day of the tests."""
    return {"on": TODAY + timedelta(days=days), "at": NOW + timedelta(days=days, minutes=minutes)}


def begun(case: Case, by: User, code: str = WG, *, days: int = 0, **details: Any) -> Assessment:
    details.setdefault("key", uuid.uuid4())
    return start(case, by=by, instrument=code, **when(days), **details)


def filled(
    draft: Assessment, by: User, *, days: int = 0, version: int | None = None, **typed: Any
) -> Assessment:
    """What was typed into a draft, on a day."""
    moment = when(days, 110)
    typed = {"held_on": moment["on"], "sources": ["self"], "answers": {}} | typed
    return save_draft(draft, by=by, version=draft.version if version is None else version, **moment, **typed)


def done(draft: Assessment, by: User, *, days: int = 0, version: int | None = None) -> Assessment:
    version = draft.version if version is None else version
    return complete(draft, by=by, version=version, **when(days, 120))


def assessed(
    case: Case,
    by: User,
    code: str = WG,
    answers: dict[str, Any] | None = None,
    *,
    days: int = 0,
    **details: Any,
) -> Assessment:
    """A completed assessment, all items at the first level without `answers`."""
    further = {"is_further": True} if details.pop("is_further", False) else {}
    draft = begun(case, by, code, days=days, **further)
    if answers is None:
        used = find(draft.instrument, draft.instrument_version)
        answers = {item.code: item.levels[0].value for item in used.items if item.kind == "scale"}
    return done(filled(draft, by, days=days, answers=answers, **details), by, days=days)
