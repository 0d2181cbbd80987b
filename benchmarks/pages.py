"""How long a page takes when a whole province is in the database: for one person alone, then for 16 at once.

    python -m benchmarks.pages --people 20000
    DATABASE_URL=postgresql://… python -m benchmarks.pages --people 1000000     # an empty database

Makes the invented crowd of `simpul demo --people` all over the country, of whom each reader reaches those of one province
(about one in six). First each page in alternating rounds through the
whole stack (middleware, session, gate, record of readings, templates), in one process and without a network: the median
and the 95th percentile in milliseconds, the size compressed, the number of queries, the ratio to the floor, an empty page
through the same stack. Then 16 people at once at `simpul serve` with its two processes, by HTTP: once with a second
between a person's pages, as people work, and once without any pause; beside them the same people at a plain Django site
over the same rows (`plain_site.py`: no reach, no seals, no record), by the same server.
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
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import django

from benchmarks.machine import peak_mb, watched
from benchmarks.together import Taken, at_once, late, served

NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
PROVINCE = "32"
# So many different people are looked for and opened.
SEEN = 500
FLOOR, ONE = "floor: the language switch, no page", "one person"
BY_NAME, BY_WORD = "Orang: looked for by whole name", "Orang: by one word of the name"
SIMPUL = ["-m", "simpul", "serve", "--workers", "2", "--port"]
PLAIN = [
    *(
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--workers",
        "2",
        "--blocking-threads",
        "4",
        "--log-level",
        "warning",
    ),
    *("benchmarks.plain_site:application", "--port"),
]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=10, help="of each run with many at once; 0: none")
    parser.add_argument("--users", type=int, default=16)
    parser.add_argument("--pauses", type=float, nargs="+", default=[1.0, 0.0], metavar="SECONDS")
    parser.add_argument("--data", help="the folder of a benchmarks.crowd that made the people already")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="simpul-bench-") as folder:
        os.environ["SIMPUL_DATA"] = arguments.data or folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
        django.setup()
        pages = Pages(arguments.people, arguments.users)
        with watched():
            pages.report(arguments.rounds)
        print(f"memory of this process at most {peak_mb():,.0f} MB")
        if arguments.seconds:
            pages.together(arguments.seconds, arguments.pauses)


class Pages:
    """A database full of invented people, and a browser signed in to it."""

    def __init__(self, count: int, users: int) -> None:
        from django.conf import settings
        from django.core.management import call_command
        from django.test import Client

        settings.ALLOWED_HOSTS = ["testserver"]
        self.random, self.count = random.Random(7), count
        call_command("migrate", verbosity=0)
        self.load_regions()
        self.users = [self.add_user(number) for number in range(users + 1)]
        self.user = self.users[0]
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

    def add_user(self, number: int):
        from simpul.access.models import Grant, User

        user = User.objects.create_user(f"bench-{number}", password=None, name=f"Rekan {number}")
        Grant.objects.create(user=user, role="dinas_officer", region=PROVINCE, granted_at=NOW)
        return user

    def fill(self):
        from django.db import connection

        from simpul.commands.demo.crowd import gather
        from simpul.people.models import Person

        if Person.objects.count() < self.count:
            gather(self.count, NOW.date(), NOW, told=lambda *_: None)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        # From all over, so that what a page reads does not lie together.
        here = Person.objects.filter(region__startswith=f"{PROVINCE}.")
        keys = list(here.values_list("pk", flat=True))
        return list(Person.objects.filter(pk__in=self.random.sample(keys, min(SEEN, len(keys)))))

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

    def addresses(self, chance: random.Random | None = None) -> dict[str, tuple[str, dict[str, str] | None]]:
        """One address of each kind, and what is sent to it; a different person at every visit."""
        person = (chance or self.random).choice(self.people)
        return {
            FLOOR: ("/bahasa/", None),
            "Hari ini": ("/", None),
            "Orang: nobody asked for yet": ("/orang/", None),
            BY_NAME: ("/orang/", {"name": person.name}),
            BY_WORD: ("/orang/", {"name": person.name.split()[0]}),
            ONE: (f"/orang/{person.pk}/", None),
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
        floor = statistics.median(times[FLOOR])
        print(f"{'page':40} {'median ms':>9} {'p95 ms':>8} {'x floor':>8} {'kB gz':>6} {'queries':>8}")
        for name, values in times.items():
            p95 = statistics.quantiles(values, n=20)[-1]
            middle = statistics.median(values)
            print(
                f"{name:40} {middle:9.1f} {p95:8.1f} {middle / floor:8.1f} {sizes[name] / 1000:6.1f} {queries[name]:8}"
            )

    # --- many at once ---

    def together(self, seconds: float, pauses: list[float]) -> None:
        sessions = [self.session_of(user) for user in self.users[1:]]
        for pause in pauses:
            print(f"\n{len(sessions)} at once, {pause:g} s between a person's pages:")
            with watched():
                ours = self.at_server(SIMPUL, self.addresses, sessions, seconds, pause)
                plain = self.at_server(
                    PLAIN, self.plain_addresses, sessions, seconds, pause, "benchmarks.plain_settings"
                )
            tell(ours, plain)

    def at_server(
        self,
        command: list[str],
        pages: Callable[[random.Random], Any],
        sessions: list[str],
        seconds: float,
        pause: float,
        settings: str = "simpul.config.settings",
    ) -> Taken:
        with served(command, DJANGO_SETTINGS_MODULE=settings) as server:
            taken = at_once(server, sessions, pages, seconds=seconds, pause=pause)
            each = taken.processor / max(len(taken.all), 1) * 1000
            print(
                f"  {command[1]}: {server.mb():,.0f} MB; {each:.1f} ms of its processor a page",
                flush=True,
            )
        if taken.refused:
            print(f"  refused: {taken.refused}")
        return taken

    def session_of(self, user) -> str:
        from django.test import Client

        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client.cookies["sessionid"].value

    def plain_addresses(self, chance: random.Random) -> dict[str, tuple[str, None]]:
        """What the plain site has beside ours, by the same names."""
        person = chance.choice(self.people)
        return {
            FLOOR: ("/", None),
            BY_NAME: (f"/orang/?{urlencode({'name': person.name})}", None),
            BY_WORD: (f"/orang/?{urlencode({'name': person.name.split()[0]})}", None),
            ONE: (f"/orang/{person.pk}/", None),
        }

    def visit(self, address: str, sent: dict[str, str] | None) -> tuple[float, int, int]:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            started = time.perf_counter()
            response = self.client.get(address) if sent is None else self.client.post(address, sent)
            seconds = time.perf_counter() - started
        assert response.status_code in {200, 302}, f"{address} answered {response.status_code}"
        return seconds, len(gzip.compress(response.content)), len(captured)


def tell(ours: Taken, plain: Taken) -> None:
    """Each page of ours, beside that of the plain site where there is one."""
    print(
        f"  {'page':40} {'pages':>6} {'p50 ms':>8} {'p95 ms':>8} {'plain p50':>10} {'plain p95':>10} {'p95 x plain':>12}"
    )
    every = {**ours.times, "all pages": ours.all}
    rivals = {**plain.times, "all pages": plain.all}
    for name, times in every.items():
        line = f"  {name:40} {len(times):6} {statistics.median(times):8.0f} {late(times):8.0f}"
        if rival := rivals.get(name):
            line += f" {statistics.median(rival):10.0f} {late(rival):10.0f} {late(times) / late(rival):12.2f}"
        print(line, flush=True)


if __name__ == "__main__":
    main()
