"""Many invented people with random answers, put into the tables at once."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.facts import Fact as Question
from simpul.engines.rules import FactKind
from simpul.people.models import Fact, Household, Person
from tests.access.factories import ORGANISATION

ON = date(2026, 11, 22)
AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
REGIONS = ("21.02.10.2003", "21.02.01.1001", "21.03.01.2001", "")


def random_people(count: int, seed: int, *, share: float = 0.4) -> list[Person]:
    """So many people in homes of one to three, of each question a share answered, some of them twice."""
    chance = random.Random(seed)
    people: list[Person] = []
    homes: list[Household] = []
    while len(people) < count:
        home = Household(id=key(chance), organisation=ORGANISATION, region="", registered_at=AT)
        homes.append(home)
        people += [_person(chance, home, len(people) + place) for place in range(chance.randint(1, 3))]
    Household.objects.bulk_create(homes)
    Person.objects.bulk_create(people[:count])
    facts = [fact for person in people[:count] for fact in _answers(chance, share, person=person)]
    facts += [fact for home in homes for fact in _answers(chance, share, household=home)]
    Fact.objects.bulk_create(facts, batch_size=2_000)
    return people[:count]


def key(chance: random.Random) -> uuid.UUID:
    return uuid.UUID(int=chance.getrandbits(128), version=4)


def _person(chance: random.Random, home: Household, number: int) -> Person:
    first = date(1930, 1, 1) + timedelta(days=chance.randrange(35_000))
    last = first + timedelta(days=chance.choice((0, 0, 0, 700)))
    is_known = chance.random() < 0.9
    return Person(
        id=key(chance),
        household=home,
        organisation=chance.choice((ORGANISATION, ORGANISATION, None)),
        region=chance.choice(REGIONS),
        name=f"Orang {number}",
        name_key=f"orang {number}",
        name_sound="orang",
        name_first="orang",
        name_long="orang",
        sex=chance.choice(("L", "P", "P", "")),
        born_earliest=first if is_known else None,
        born_latest=last if is_known else None,
        registered_at=AT,
        registered_by=uuid.UUID(int=1),
    )


def _answers(chance: random.Random, share: float, **about: Any) -> list[Fact]:
    """Answers to questions about a person or a home, some of them old, over, or not known."""
    of = "household" if "household" in about else "person"
    rows = []
    for question in catalogue_facts.asked_facts().values():
        if question.of != of or chance.random() > share:
            continue
        rows += [answer(chance, question, **about) for _ in range(chance.choice((1, 1, 2)))]
    return rows


def answer(chance: random.Random, question: Question, **about: Any) -> Fact:
    """One random answer, noted at a random moment of the last years."""
    state = chance.choice(("known",) * 6 + ("unknown", "refused"))
    since = ON - timedelta(days=chance.randrange(-20, 900))
    row = Fact(
        id=key(chance),
        state=state,
        source="self",
        noted_at=AT - timedelta(minutes=chance.randrange(1_000_000)),
        noted_by=uuid.UUID(int=1),
        noted_by_name="Yanti",
        valid_from=since,
        valid_until=since + timedelta(days=400) if chance.random() < 0.1 else None,
        **about,
    )
    row.say(question.name, _value(chance, question) if state == "known" else None)
    return row


def _value(chance: random.Random, question: Question) -> Any:
    match question.kind:
        case FactKind.BOOL:
            return chance.random() < 0.5
        case FactKind.NUMBER:
            least = question.minimum or 0
            return chance.randint(least, min(question.maximum or least + 20, least + 20))
        case FactKind.CHOICE:
            return chance.choice(question.spec.choices)
        case _:
            day = date(1950, 1, 1) + timedelta(days=chance.randrange(27_000))
            if chance.random() < 0.7:
                return day.isoformat()
            return {"earliest": day.isoformat(), "latest": (day + timedelta(days=500)).isoformat()}
