"""The journal of the example cases, from cases/*.toml and accompanied.toml: what was done how many days before."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from simpul.access.models import User
from simpul.cases.models import Case
from simpul.commands.demo import accompanied
from simpul.commands.demo.office import FOLDER, key_of
from simpul.people.models import Person

# After the registering and the screening of the same day.
FIRST = time(10, 30)
BETWEEN = timedelta(minutes=6)


@dataclass
class Life:
    """One example case while it is told: whose it is, and its rows by the names that the journal gives them."""

    name: str
    person_key: UUID
    key: UUID
    users: Mapping[str, User]
    today: date
    rows: dict[str, Any] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """As it stands now."""
        return Case.objects.select_related("person").get(pk=self.key)

    @property
    def person(self) -> Person:
        return Person.objects.get(pk=self.person_key)

    def fresh(self, name: str) -> Any:
        """A row as it stands now; a named one that was changed since is read again."""
        row = self.rows[name]
        return type(row)._default_manager.get(pk=row.pk)


@dataclass(frozen=True)
class Entry:
    """One line of the journal: who did what, when; `told` is what stands in the file."""

    life: Life
    number: int
    by: User
    on: date
    at: datetime
    told: Mapping[str, Any]

    @property
    def moment(self) -> dict[str, Any]:
        return {"on": self.on, "at": self.at}

    def key(self, *parts: str) -> UUID:
        """The same on every machine, so that addresses of the demo can be written down."""
        return key_of("journal", self.life.name, str(self.number), *parts)

    def words(self, *names: str) -> dict[str, Any]:
        """What is told under these names, where it is told."""
        return {name: self.told[name] for name in names if name in self.told}

    def day(self, name: str, told: Mapping[str, Any] | None = None) -> date:
        """A day told as so many days after the day of the demo; before it below zero."""
        return self.life.today + timedelta(days=(self.told if told is None else told)[name])


Doer = Callable[[Entry], None]


def case_key(household: str, person: str) -> UUID:
    return key_of("household", household, person, "case")


def read_lives(today: date, users: Mapping[str, User]) -> list[Entry]:
    """Every line of every case, in the order of the days on which it was done."""
    files = sorted((FOLDER / "cases").glob("*.toml"))
    told = [(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in files]
    entries = [
        entry for name, life in (*told, *accompanied.lives()) for entry in _entries(name, life, today, users)
    ]
    return sorted(entries, key=lambda entry: entry.at)


def _entries(name: str, told: Mapping[str, Any], today: date, users: Mapping[str, User]) -> Iterator[Entry]:
    # What concerns the whole office is told in a file of its own, of nobody.
    household, person = told.get("of", ("", ""))
    person_key = key_of("household", household, person, "person")
    life = Life(name, person_key, case_key(household, person), users, today)
    on_that_day: dict[int, int] = {}
    for number, line in enumerate(told["then"]):
        ago = line["ago"]
        on = today - timedelta(days=ago)
        on_that_day[ago] = on_that_day.get(ago, -1) + 1
        at = datetime.combine(on, FIRST, tzinfo=timezone.get_default_timezone())
        by = users[line.get("by", told["by"])]
        yield Entry(life, number, by, on, at + BETWEEN * on_that_day[ago], line)
