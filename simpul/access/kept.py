"""Answers that are dear to count, kept in memory for as long as nothing was changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from simpul.access.models import Event

T = TypeVar("T")

MOST = 500
# Further on the whole is counted anew sooner than so many events are read.
_MOST_EVENTS = 500


@dataclass(frozen=True, slots=True)
class _Stand:
    """The newest event that was seen, and what was answered since the last change before it."""

    number: int
    mac: bytes
    answers: dict[Hashable, Any] = field(default_factory=dict)


class Kept:
    """Answers about what is not about people, such as how many bodies are registered.

    Whatever changes anything is recorded in the transaction that changes it, and the record has one order: as long as
    it has no newer event but readings, and what is about one person, nothing that was counted has changed. That is
    asked each time, so that all processes and servers agree. Inside a transaction nothing is kept: it may never come
    to be. The key has to say everything that decides the answer: who may see how much, the day, and the language
    where there are words.
    """

    def __init__(self) -> None:
        self._stand: _Stand | None = None

    def answer(self, key: Hashable, ask: Callable[[], T]) -> T:
        """What was answered to this key, or what `ask` answers now."""
        if connection.in_atomic_block:
            return ask()
        stand = self._stand = _now(self._stand)
        if stand is None:
            return ask()
        if key in stand.answers:
            found: T = stand.answers[key]
            return found
        answered = ask()
        if len(stand.answers) >= MOST:
            stand.answers.clear()
        stand.answers[key] = answered
        return answered


def _now(stand: _Stand | None) -> _Stand | None:
    """The same answers where nothing was changed since, none where something was; None without any record."""
    if stand is not None:
        newer = Event.objects.in_order().filter(number__gte=stand.number)
        rows = list(newer.values_list("number", "mac", "is_reading", "person")[:_MOST_EVENTS])
        if _is_the_same(stand, rows):
            return _Stand(rows[-1][0], bytes(rows[-1][1]), stand.answers)
    newest = Event.objects.order_by("-number").values_list("number", "mac").first()
    return _Stand(newest[0], bytes(newest[1])) if newest else None


def _is_the_same(stand: _Stand, rows: list[tuple[Any, ...]]) -> bool:
    """Whether the record still has the event that was the newest, and after it nothing that changes more than a person."""
    if not rows or len(rows) == _MOST_EVENTS or (rows[0][0], bytes(rows[0][1])) != (stand.number, stand.mac):
        return False
    return all(is_reading or person is not None for _, _, is_reading, person in rows[1:])


def key_of(rows: QuerySet[Any, Any]) -> Hashable:
    """A question as a key: its SQL with all that is asked for, and so whose rows they are."""
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return "nothing"
    return sql, repr(params)
