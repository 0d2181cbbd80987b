"""How long a page takes when a whole regency is in the database.

    python -m benchmarks.pages --people 100000 --rounds 40
    DATABASE_URL=postgresql://… python -m benchmarks.pages --people 100000     # an empty database

Makes invented people, then asks for each page in alternating rounds through the whole stack (middleware,
session, gate, record of readings, templates), in one process and without a network. Prints the median and
the 95th percentile in milliseconds, the size of the answer compressed, the number of queries, and the ratio
to the floor: an empty page through the same stack.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import statistics
import tempfile
import time
import uuid
from datetime import UTC, date, datetime, timedelta

import django

SYLLABLES = [
    "ba",
    "di",
    "ka",
    "la",
    "ma",
    "na",
    "ra",
    "sa",
    "ti",
    "wi",
    "yu",
    "sri",
    "nur",
    "har",
    "su",
    "mar",
    "yan",
    "to",
    "ni",
    "ri",
    "a",
    "dar",
    "wan",
    "fi",
    "ra",
    "lin",
    "da",
    "ma",
]
VILLAGES = [f"21.02.{district:02}.{village}" for district in range(1, 10) for village in range(1001, 1006)]
NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="simpul-bench-") as folder:
        os.environ["SIMPUL_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
        django.setup()
        pages = Pages(arguments.people)
        pages.report(arguments.rounds)


class Pages:
    """A database full of invented people, and a browser signed in to it."""

    def __init__(self, count: int) -> None:
        from django.conf import settings
        from django.core.management import call_command
        from django.test import Client

        settings.ALLOWED_HOSTS = ["testserver"]
        self.random, self.count = random.Random(7), count
        call_command("migrate", verbosity=0)
        self.load_regions()
        self.organisation = uuid.uuid4()
        self.user = self.add_user()
        started = time.perf_counter()
        self.people = self.fill()
        self.begun, self.finished = self.screened()
        print(
            f"{count} people made in {time.perf_counter() - started:.1f} s on {settings.DATABASES['default']['ENGINE']}"
        )
        self.client = Client()
        self.client.force_login(self.user, backend="django.contrib.auth.backends.ModelBackend")

    def load_regions(self) -> None:
        from simpul.access.gate import THE_MACHINE
        from simpul.access.reach import Where
        from simpul.places.actions import load_regions

        load_regions(Where(), by=THE_MACHINE)

    def add_user(self):
        from simpul.access.models import Grant, User

        user = User.objects.create_user("bench", password=None, name="Bench")
        Grant.objects.create(
            user=user, role="case_supervisor", organisation=self.organisation, granted_at=NOW
        )
        return user

    def fill(self):
        from simpul.people.models import Household, Person

        households = [self.household(Household) for _ in range(max(1, self.count // 4))]
        Household.objects.bulk_create(households, batch_size=2000)
        people = [self.person(Person, self.random.choice(households)) for _ in range(self.count)]
        Person.objects.bulk_create(people, batch_size=2000)
        return people

    def household(self, model):
        return model(
            organisation=self.organisation,
            region=self.random.choice(VILLAGES),
            province="21",
            registered_at=NOW,
        )

    def person(self, model, household):
        from simpul.engines.matching import names

        name = " ".join("".join(self.random.choices(SYLLABLES, k=3)).title() for _ in range(2))
        born = date(1930, 1, 1) + timedelta(days=self.random.randrange(35_000))
        return model(
            household=household,
            organisation=self.organisation,
            region=household.region,
            regency="21.02",
            province="21",
            name=name,
            name_key=names.name_key(name),
            name_sound=names.name_sound(name),
            name_first=names.first_sound(name),
            name_long=names.longest_sound(name),
            sex=self.random.choice("LP"),
            born_earliest=born,
            born_latest=born,
            born_year=born.year,
            nik_absent_because="none_yet",
            registered_at=NOW,
            registered_by=self.user.pk,
        )

    def screened(self):
        """An interview begun and one finished, of two people."""
        from simpul.people.actions import record_consent
        from simpul.screening import actions

        for person in self.people[:2]:
            on = {"by": self.user, "on": NOW.date(), "at": NOW}
            basis = {"basis": "public_service", "basis_because": "bench", "purpose": "screening"}
            record_consent(person, key=uuid.uuid4(), **basis, **on)
            screening = actions.start(person, key=uuid.uuid4(), **on)
            yield screening
        actions.finish(screening, **on)

    def addresses(self) -> dict[str, tuple[str, dict[str, str] | None]]:
        """One address of each kind, and what is sent to it; a different person at every visit."""
        person = self.random.choice(self.people)
        return {
            "floor: the language switch, no page": ("/bahasa/", None),
            "Hari ini": ("/", None),
            "Orang: nobody asked for yet": ("/orang/", None),
            "Orang: looked for by whole name": ("/orang/", {"name": person.name}),
            "Orang: by one word of the name": ("/orang/", {"name": person.name.split()[0]}),
            "one person": (f"/orang/{person.pk}/", None),
            "one question of an interview": (f"/penapisan/{self.begun.pk}/tanya/", None),
            "the result with all reasons": (f"/penapisan/{self.finished.pk}/", None),
            "Kasus": ("/kasus/", None),
            "types of the default edition": ("/penapisan/jenis/", None),
            "region by name": ("/wilayah/cari/?region_find=pangke", None),
        }

    def report(self, rounds: int) -> None:
        times: dict[str, list[float]] = {}
        sizes: dict[str, int] = {}
        queries: dict[str, int] = {}
        for turn in range(rounds + 2):
            for name, (address, sent) in self.addresses().items():
                seconds, sizes[name], queries[name] = self.visit(address, sent)
                if turn >= 2:  # the first two rounds warm templates and connections
                    times.setdefault(name, []).append(seconds * 1000)
        floor = statistics.median(times["floor: the language switch, no page"])
        print(f"{'page':40} {'median ms':>9} {'p95 ms':>8} {'x floor':>8} {'kB gz':>6} {'queries':>8}")
        for name, values in times.items():
            p95 = statistics.quantiles(values, n=20)[-1]
            middle = statistics.median(values)
            print(
                f"{name:40} {middle:9.1f} {p95:8.1f} {middle / floor:8.1f} {sizes[name] / 1000:6.1f} {queries[name]:8}"
            )

    def visit(self, address: str, sent: dict[str, str] | None) -> tuple[float, int, int]:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            started = time.perf_counter()
            response = self.client.get(address) if sent is None else self.client.post(address, sent)
            seconds = time.perf_counter() - started
        assert response.status_code in {200, 302}, f"{address} answered {response.status_code}"
        return seconds, len(gzip.compress(response.content)), len(captured)


if __name__ == "__main__":
    main()
