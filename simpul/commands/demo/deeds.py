"""What happened with the bodies of the example office, as told in bodies.toml: who did what, on which day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from simpul.access.models import User
from simpul.catalogue import holidays
from simpul.commands.demo.office import key_of, organisation_key, read
from simpul.organisations.models import Organisation

OPENS = time(9, 0)


@dataclass(frozen=True)
class Deed:
    """One line of the story of a body; `told` is what stands in the file, with its days put in."""

    number: int
    users: Mapping[str, User]
    today: date
    told: Mapping[str, Any]

    @property
    def body(self) -> Organisation:
        """As it stands now."""
        found: Organisation = Organisation.objects.get(pk=organisation_key(self.told["of"]))
        return found

    @property
    def by(self) -> User:
        return self.users[self.told["by"]]

    @property
    def ago(self) -> int:
        """How many days before the day of the demo; told as working days where an office's clock runs."""
        if "working_ago" in self.told:
            return (self.today - _working_day_before(self.today, self.told["working_ago"])).days
        days: int = self.told["ago"]
        return days

    def on(self, later: int = 0) -> date:
        """A day on which an office is open: so many days after the deed's own, or the last open day before."""
        day = self.today - timedelta(days=self.ago - later)
        while not holidays.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def when(self, later: int = 0, *, minutes: int = 0) -> dict[str, Any]:
        """A day and a moment for an action, in the hours of an office."""
        on = self.on(later)
        at = datetime.combine(on, OPENS, tzinfo=timezone.get_default_timezone())
        return {"on": on, "at": at + timedelta(minutes=minutes)}

    def key(self, *parts: str) -> UUID:
        """The same on every machine, so that addresses of the demo can be written down."""
        return key_of("deed", self.told.get("of", "office"), self.told["do"], str(self.number), *parts)

    def words(self, *names: str) -> dict[str, Any]:
        """What is told under these names, where it is told."""
        return {name: self.told[name] for name in names if name in self.told}


Doer = Callable[[Deed], None]


def read_deeds(today: date, users: Mapping[str, User]) -> list[Deed]:
    """Every line about bodies, in the order of the days on which it was begun."""
    told = enumerate(read("bodies.toml")["deed"])
    deeds = [Deed(number, users, today, put_days(line, today)) for number, line in told]
    return sorted(deeds, key=lambda deed: -deed.ago)


def put_days(told: Any, today: date) -> Any:
    """The same with each { days_ago = 3 } or { days_ahead = 3 } as the day it means; with years_ago in that year."""
    if isinstance(told, list):
        return [put_days(one, today) for one in told]
    if not isinstance(told, dict):
        return told
    match told:
        case {"years_ago": int(years), "days_ahead": int(days)}:
            day = today + timedelta(days=days)
            # The 29th is not in every year.
            return day.replace(year=day.year - years, day=min(day.day, 28))
        case {"days_ago": int(days)}:
            return today - timedelta(days=days)
        case {"days_ahead": int(days)}:
            return today + timedelta(days=days)
    return {name: put_days(one, today) for name, one in told.items()}


def _working_day_before(today: date, number: int) -> date:
    """The last working day since which so many working days have passed."""
    day = today
    while holidays.working_days_between(day, today) < number or not holidays.is_working_day(day):
        day -= timedelta(days=1)
    return day
