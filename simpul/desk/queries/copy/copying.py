"""What a copy of somebody's data is made of, and how other people are kept out of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.functional import Promise

from simpul.access.models import User
from simpul.cases.models import Concerned, ConcernedKind
from simpul.engines.rules import DateRange
from simpul.people.models import Capacity, Consent, Person
from simpul.people.queries import may_see_hidden, others_at_home
from simpul.ui.templatetags.ui import tanggal

# Shorter parts of a name are also ordinary words.
SHORTEST_NAME = 3
WITHHELD = "[…]"


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing kept: its key for machines, its name for people, and the value, also in words."""

    key: str
    label: str
    value: Any
    words: str


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What one subject keeps about the person."""

    key: str
    title: str
    rows: tuple[Row, ...]


@dataclass
class Copying:
    """One copy being made: of whom, by whom, on which day, and how much was left out because it is about others.

    `with_words`: the worker read what colleagues wrote in their own words, and gives it along.
    """

    person: Person
    viewer: User
    on: date
    with_words: bool = False
    left_out: int = field(default=0)

    def words(self, text: str | None) -> str | None:
        """What somebody wrote in their own words: without the names of others, or left out as a whole."""
        if not text:
            return None
        if not self.with_words:
            return self.others(text)
        masked, count = self._names.subn(WITHHELD, text) if self._names else (text, 0)
        self.left_out += count
        return masked

    def others(self, text: str | None) -> str | None:
        """What is about somebody else: left out and counted."""
        self.left_out += bool(text)
        return None

    @cached_property
    def sees_all(self) -> bool:
        return may_see_hidden(self.person, self.viewer)

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        """The names of others that are known here: at home, around a case, who agreed, who was a witness."""
        whole = {name for other in others_at_home(self.person) for name in (other.name, other.called)}
        for consent in Consent.objects.filter(person=self.person):
            whole |= {consent.witness or "", (consent.given_by or "") if is_another(consent) else ""}
        around = Concerned.objects.filter(case__person=self.person, kind=ConcernedKind.PERSON)
        whole |= {one.name or "" for one in around}
        own = set(_parts(f"{self.person.name} {self.person.called}"))
        parts = {part for name in whole for part in _parts(name)} - own
        if not parts:
            return None
        longest_first = sorted(parts, key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)


def _parts(name: str) -> list[str]:
    return [part for part in re.findall(r"\w+", name.lower()) if len(part) >= SHORTEST_NAME]


def is_another(consent: Consent) -> bool:
    return consent.capacity != Capacity.SELF


def row(*cells: tuple[str, str | Promise, Any] | tuple[str, str | Promise, Any, str]) -> Row:
    """A row of (key, label, value) or (key, label, value, words); what is empty is not shown."""
    return tuple(_cell(*cell) for cell in cells if cell[2] not in (None, "", []))


def _cell(key: str, label: str | Promise, value: Any, words: str = "") -> Cell:
    return Cell(key, str(label), _plain(value), words or _told(value))


def _plain(value: Any) -> Any:
    """As JSON holds it."""
    if isinstance(value, DateRange):
        return {"earliest": value.earliest.isoformat(), "latest": value.latest.isoformat()}
    return value.isoformat() if isinstance(value, date | datetime) else value


def _told(value: Any) -> str:
    if isinstance(value, datetime):
        return tanggal(value, "jam")
    if isinstance(value, date | DateRange):
        return tanggal(value)
    return "; ".join(value) if isinstance(value, list) else str(value)
