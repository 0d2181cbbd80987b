"""How long `simpul demo --people` takes to make an invented population, beside making the same by Django's own models.

    python -m benchmarks.crowd --people 1000000
    DATABASE_URL=postgresql://… python -m benchmarks.crowd --people 1000000     # an empty database

The command runs as anybody would run it, in a folder of its own: once for tables, regions and the example office, then once
more for the people. The rival makes the same people (same names, numbers sealed and findable) as rows of the models and
keeps them with `bulk_create`, in one process, for a part that is counted up. Goal: 1,000,000 in under 2 minutes, all of it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from random import Random
from time import perf_counter

from benchmarks.cases import prepare, said
from benchmarks.machine import largest_child_mb, spent, watched

GOAL, GOAL_PEOPLE = 120, 1_000_000
ON, AT = date(2026, 11, 22), datetime(2026, 11, 22, 2, tzinfo=UTC)
# So many by the models: the rate is the same, the wait is not.
PART = 5_000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--data", help="an empty folder that is kept, for benchmarks.pages --data")
    arguments = parser.parse_args()
    count = arguments.people
    with tempfile.TemporaryDirectory(prefix="simpul-bench-") as folder, watched():
        os.environ["SIMPUL_DATA"] = arguments.data or folder
        office = commanded()
        people = commanded("--people", str(count))
        per_person = people / count
        print(f"{office:8.1f} s  tables, regions, example office")
        print(f"{people:8.1f} s  {count:,} people: {count / people:,.0f} a second")
        whole = office + people
        goal = f" (goal {GOAL} s for {GOAL_PEOPLE:,}: {said(whole < GOAL)})" if count == GOAL_PEOPLE else ""
        print(f"{whole:8.1f} s  together, {spent():.1f} s of the processor, without that of a database{goal}")
        print(f"memory at most, the largest process: {largest_child_mb():,.0f} MB")
        prepare()
        rival = by_models()
        print(f"by the models, counted up: {rival * count:,.1f} s; {rival / per_person:.1f} times as long")


def commanded(*options: str) -> float:
    """Seconds of one `simpul demo` that starts no server."""
    began = perf_counter()
    subprocess.run([sys.executable, "-m", "simpul", "demo", "--no-serve", *options], check=True)
    return perf_counter() - began


def by_models() -> float:
    """Seconds a person, by Django's models and `bulk_create`; everything is taken back."""
    from django.db import transaction

    from simpul.commands.demo.crowd import Margins, _Maker, _villages
    from simpul.people.models import Household, Person

    margins = Margins.of("")
    people = _Maker(Random(1), margins, _villages(margins.regencies), ON).people(PART, first=0)
    with transaction.atomic():
        began = perf_counter()
        homes = {
            one.household: Household(
                id=one.household, region=one.region, province=one.region[:2], registered_at=AT
            )
            for one in people
        }
        Household.objects.bulk_create(homes.values(), batch_size=1_000)
        Person.objects.bulk_create([as_row(one) for one in people], batch_size=1_000)
        took = perf_counter() - began
        transaction.set_rollback(True)
    return took / PART


def as_row(one):
    """One person as the page of registering derives everything."""
    from uuid import UUID

    from simpul.engines.rules import DateRange
    from simpul.people.actions.record import _fill
    from simpul.people.models import Person

    row = Person(id=one.key, household_id=one.household, registered_at=AT, registered_by=UUID(int=0))
    estimated = one.earliest is not None and one.earliest != one.latest
    _fill(
        row,
        {
            "name": one.name,
            "mother": one.mother,
            "sex": one.sex,
            "born": DateRange(one.earliest, one.latest) if estimated else one.earliest,
            "nik": one.nik,
            "region": one.region,
            "relation_to_head": one.relation,
        },
        ON,
    )
    return row


if __name__ == "__main__":
    main()
