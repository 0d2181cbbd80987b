"""What is known of some of the invented crowd: a list of the office's own area, so that screening everybody finds something.

Nobody gave these answers. They are drawn by the shares of `crowd.toml`; some were told long ago, a few do not fit together,
as in any register.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from simpul.access.models import User
from simpul.access.reach import Where
from simpul.catalogue import facts
from simpul.commands.demo.office import read
from simpul.people.actions.bulk import Statement, Told, record_many
from simpul.people.facts import age_span
from simpul.people.models import Person, State
from simpul.people.models import Source as Teller

# Under this key the crowd was registered: by nobody.
_NOBODY = UUID(int=0)
_THOUSAND = 1000
OFFICER = "budi"


def tell_of_crowd(on: date, at: datetime) -> int:
    """The demo's officer brings answers about people of their area; says how many. Once: who has answers is left."""
    told = read("crowd.toml")["answers"]
    by = User.objects.get(username=OFFICER)
    area = next(grant.region for grant in by.standing_grants if grant.region)
    people = Person.objects.filter(registered_by=_NOBODY, region__startswith=f"{area}.", facts_said=None)
    # Repeatable, not secret.
    random, count = Random(on.toordinal()), 0  # noqa: S311
    rows = list(people.order_by("pk")[: told["most"]])
    days = told["told_days_ago"]
    for place, ago in enumerate(days):
        statements = [
            one for row in rows[place :: len(days)] for one in _said(row, told["asked"], random, on)
        ]
        since = Told(Teller.OFFICIAL, str(by), on - timedelta(days=ago))
        where: Any = Where(region=area)
        count += record_many(where, by=by, statements=statements, told=since, at=at) if statements else 0
    return count


def _said(person: Person, asked: list[dict[str, Any]], random: Random, on: date) -> Iterator[Statement]:
    answers: dict[str, Any] = {}
    first, last = person.born_earliest, person.born_latest
    span = age_span(first, last, on) if first and last else None
    for question in asked:
        name = question["fact"]
        if not _is_asked(question, span, answers):
            continue
        answers[name] = _answer(question, random)
        if facts.get(name).of == "household":
            # Of a home its head tells, or who lives alone.
            if person.relation_to_head == "head":
                yield _statement(name, answers[name], person, random, household=person.household_id)
        else:
            yield _statement(name, answers[name], person, random, person=person.pk)


def _is_asked(question: dict[str, Any], span: tuple[int, int] | None, answers: dict[str, Any]) -> bool:
    if (needed := question.get("only_if")) and not answers.get(needed):
        return False
    if "from" not in question and "to" not in question:
        return True
    return span is not None and question.get("from", 0) <= span[0] and span[1] <= question.get("to", 150)


def _answer(question: dict[str, Any], random: Random) -> Any:
    if "choices" in question:
        return random.choice(question["choices"])
    return random.random() * _THOUSAND < question["yes"]


def _statement(name: str, value: Any, about: Person, random: Random, **whose: Any) -> Statement:
    key = UUID(int=random.getrandbits(128), version=4)
    return Statement(key, name, State.KNOWN, value, Where(about.organisation, about.region), **whose)
