"""How long everybody takes at night: the first time, and the next night with what was said since.

    python -m benchmarks.nightly --people 20000
    DATABASE_URL=postgresql://… python -m benchmarks.nightly --people 100000     # an empty database

Makes invented people with sealed answers (about 14 each, and 5 for each home of three), screens them from nothing, then
notes one new answer for one in a hundred and screens them again. The rival is the same done one person after another by
`judge`, which opens each answer and judges each type with its reasons; it is run for a part and counted up.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import django

ON = date(2026, 11, 22)
AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
PIECE = 5_000
AT_HOME = 3
ONE_BY_ONE = 200
OWN, OF_HOME = 14, 5


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=20_000)
    arguments = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)
    with tempfile.TemporaryDirectory(prefix="simpul-bench-") as folder:
        os.environ["SIMPUL_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
        django.setup()
        Nightly(arguments.people, Path(folder)).report()


class Nightly:
    """A database full of invented people."""

    def __init__(self, count: int, folder: Path) -> None:
        from django.core.management import call_command

        from simpul.catalogue import facts

        self.random, self.count, self.folder = random.Random(7), count, folder
        call_command("migrate", verbosity=0)
        asked = facts.asked_facts().values()
        self.own = [fact for fact in asked if fact.of != "household" and fact.name not in ("born", "sex")]
        self.of_home = [fact for fact in asked if fact.of == "household"]
        with told("people made"):
            for start in range(0, count, PIECE):
                self.fill(start, min(PIECE, count - start))

    def fill(self, start: int, count: int) -> None:
        from simpul.people.models import Fact, Household, Person

        homes = [Household(id=self.key(), registered_at=AT) for _ in range(-(-count // AT_HOME))]
        people = [self.person(start + place, homes[place // AT_HOME]) for place in range(count)]
        Household.objects.bulk_create(homes)
        Person.objects.bulk_create(people, batch_size=1_000)
        rows = [self.answer(fact, person=one) for one in people for fact in self.random.sample(self.own, OWN)]
        rows += [
            self.answer(fact, household=home)
            for home in homes
            for fact in self.random.sample(self.of_home, OF_HOME)
        ]
        Fact.objects.bulk_create(rows, batch_size=1_000)

    def key(self) -> uuid.UUID:
        return uuid.UUID(int=self.random.getrandbits(128), version=4)

    def person(self, number: int, home):
        from simpul.people.models import Person

        born = ON - timedelta(days=self.random.randrange(30_000))
        return Person(
            id=self.key(),
            household=home,
            region=f"21.02.{number % 9 + 1:02}.1001",
            name=f"Orang {number}",
            name_key=f"orang {number}",
            name_sound="orang",
            name_first="orang",
            name_long="orang",
            sex=self.random.choice("LP"),
            born_earliest=born,
            born_latest=born,
            registered_at=AT - timedelta(days=1),
            registered_by=uuid.UUID(int=1),
        )

    def answer(self, fact, at: datetime = AT - timedelta(hours=2), **about):
        from simpul.people.models import Fact

        row = Fact(
            id=self.key(),
            state="known",
            source="self",
            noted_at=at,
            noted_by=uuid.UUID(int=1),
            noted_by_name="Yanti",
            valid_from=ON - timedelta(days=2),
            **about,
        )
        row.say(fact.name, self.value(fact))
        return row

    def value(self, fact):
        match str(fact.kind):
            case "bool":
                return self.random.random() < 0.2
            case "number":
                return self.random.randint(fact.minimum or 0, min(fact.maximum or 1_000_000, 1_000_000))
            case "choice":
                return self.random.choice(fact.spec.choices)
            case _:
                return (ON - timedelta(days=self.random.randrange(2_000))).isoformat()

    def report(self) -> None:
        first = self.screened("first night, all opened", ON, AT)
        self.sizes()
        self.say_more()
        second = self.screened("next night, 1 % new", ON + timedelta(days=1), AT + timedelta(days=1))
        self.screened("the same day again", ON + timedelta(days=1), AT + timedelta(days=1, hours=1))
        self.screened(
            "with another list", ON + timedelta(days=1), AT + timedelta(days=1, hours=2), other=True
        )
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{'memory at most':<34}{peak:>10,.0f} MB")
        rival = self.one_by_one()
        print(f"{'ratio, first night':<34}{rival / first:>10,.0f} x")
        print(f"{'ratio, next night':<34}{rival / second:>10,.0f} x")

    def screened(self, words: str, on: date, at: datetime, *, other: bool = False) -> float:
        from simpul.access.gate import THE_MACHINE
        from simpul.access.reach import Where
        from simpul.population import reactions

        judging = [0.0]
        words_of = reactions.words_of

        def timed(*given):
            begun = time.perf_counter()
            found = words_of(*given)
            judging[0] += time.perf_counter() - begun
            return found

        reactions.words_of = timed
        codes = ("permensos-8-2012", "seed004-28") if other else ()
        begun, begun_cpu = time.perf_counter(), time.process_time()
        made = reactions.screen(Where(), by=THE_MACHINE, on=on, at=at, codes=codes)
        took, cpu = time.perf_counter() - begun, time.process_time() - begun_cpu
        reactions.words_of = words_of
        assert made[0].people == self.count
        print(
            f"{words:<34}{took:>10.2f} s   {self.count / took:>12,.0f} people/s; processor {cpu:.2f} s, judging alone {judging[0]:.2f} s"
        )
        return took

    def sizes(self) -> None:
        from simpul.population.models import Drawer, KeptRegister

        register = KeptRegister.objects.latest("at").size
        drawers = sum(Drawer.objects.values_list("size", flat=True))
        print(
            f"{'register, sealed':<34}{register / 1e6:>10.1f} MB  {register / self.count:>12.0f} bytes a person"
        )
        print(
            f"{'what was opened, sealed':<34}{drawers / 1e6:>10.1f} MB  {drawers / self.count:>12.0f} bytes a person"
        )

    def say_more(self) -> None:
        from simpul.people.models import Fact, Person

        people = list(Person.objects.order_by("pk")[: self.count // 100])
        at = AT + timedelta(hours=8)
        rows = [self.answer(self.random.choice(self.own), at=at, person=one) for one in people]
        Fact.objects.bulk_create(rows, batch_size=1_000)

    def one_by_one(self) -> float:
        from simpul.catalogue import editions
        from simpul.people.models import Person
        from simpul.people.queries import known_values

        edition, on = editions.default(), ON + timedelta(days=1)
        people = list(Person.objects.order_by("?")[:ONE_BY_ONE])
        begun = time.perf_counter()
        for person in people:
            edition.judge(known_values(person, on), on)
        took = (time.perf_counter() - begun) / len(people) * self.count
        print(f"{'one by one with judge':<34}{took:>10.1f} s   {self.count / took:>12,.0f} people/s")
        return took


@contextmanager
def told(words: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    print(f"{words:<34}{time.perf_counter() - begun:>10.1f} s")


if __name__ == "__main__":
    main()
