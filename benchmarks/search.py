"""The one search page at work: how long each kind of question takes, beside a plain search of the table.

    python -m benchmarks.search --people 1000000 --rounds 50
    DATABASE_URL=postgresql://… python -m benchmarks.search --people 1000000     # an empty database

Fills a database with the invented crowd of `simpul demo --people` and with invented bodies, then asks the same
questions in alternating rounds, within one province. Simpul is the whole search (people, cases, bodies, services) and
the people of it alone. Rivals: every word of the text `icontains` in the name, fifty rows; and, where the extension
can be made, the same fifty by pg_trgm with an index of its own. A rival finds what it finds: `found` says how often
the person asked for was among the answers. The work lists of data quality are counted once each at the end.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import django

ON, AT = date(2026, 11, 22), datetime(2026, 11, 22, 2, tzinfo=UTC)
PROVINCE = "32"
LIMIT = 50
BODIES = 20_000
WORDS = [
    "Kasih",
    "Ibu",
    "Bina",
    "Insani",
    "Tunas",
    "Bahari",
    "Harapan",
    "Mulia",
    "Cahaya",
    "Nurani",
    "Budi",
    "Luhur",
    "Karya",
    "Sejahtera",
    "Al",
    "Ikhlas",
]
Ask = Callable[[str, str], list[Any]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="simpul-bench-") as folder:
        os.environ["SIMPUL_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
        django.setup()
        Search(arguments.people).report(arguments.rounds)


class Search:
    """A filled database, and somebody who looks for people in one province."""

    def __init__(self, count: int) -> None:
        from django.core.management import call_command
        from django.db import connection

        from simpul.access.models import Grant, User
        from simpul.commands.demo.crowd import gather

        call_command("migrate", verbosity=0)
        self.random = random.Random(7)
        self.viewer = User.objects.create(username="officer", name="Petugas")
        Grant.objects.create(user=self.viewer, role="dinas_officer", region=PROVINCE)
        started = time.perf_counter()
        gather(count, ON, AT, told=lambda *_: None)
        self.fill_bodies()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.vendor = connection.vendor
        print(
            f"{count:,} people, {BODIES:,} bodies in {time.perf_counter() - started:.0f} s on {self.vendor}"
        )
        self.has_trigrams = self.made_trigrams()

    def fill_bodies(self) -> None:
        from simpul.organisations.models import Organisation

        Organisation.objects.bulk_create(
            [
                Organisation(
                    id=uuid.UUID(int=self.random.getrandbits(128), version=4),
                    name=f"Yayasan {' '.join(self.random.sample(WORDS, 3))} {number}",
                    kind="lks",
                    region=f"{PROVINCE}.{self.random.randint(1, 20):02}",
                    province=PROVINCE,
                )
                for number in range(BODIES)
            ],
            batch_size=1_000,
        )

    def made_trigrams(self) -> bool:
        from django.db import DatabaseError, connection

        if self.vendor != "postgresql":
            return False
        try:
            with connection.cursor() as cursor:
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
                cursor.execute("CREATE INDEX bench_name ON people_person USING gin (name gin_trgm_ops)")
        except DatabaseError as error:
            print(f"pg_trgm is not there: {str(error).splitlines()[0]}")
            return False
        return True

    # --- who answers ---

    def simpul(self, text: str, _nik: str) -> list[Any]:
        from simpul.desk.queries.found import asked_of, found

        groups = found(asked_of(text), self.viewer, on=ON)
        return [one.person.pk for group in groups if group.kind == "people" for one in group.rows]

    def simpul_people(self, text: str, nik: str) -> list[Any]:
        from simpul.people.queries import search

        return [one.person.pk for one in search(self.viewer, name="" if nik else text, nik=nik, limit=LIMIT)]

    def plain(self, text: str, nik: str) -> list[Any]:
        from simpul.access.permissions import Permission
        from simpul.people.models import Person
        from simpul.people.queries import nik_fingerprint

        rows = Person.objects.reachable(self.viewer, Permission.PERSON_SEARCH)
        if nik:
            rows = rows.filter(nik_index=nik_fingerprint(nik))
        else:
            for word in text.split():
                rows = rows.filter(name__icontains=word)
        return [person.pk for person in rows.order_by("name", "pk")[:LIMIT]]

    def trigrams(self, text: str, nik: str) -> list[Any]:
        from simpul.people.models import Person

        if nik:
            return self.plain(text, nik)
        sql = (
            "SELECT * FROM people_person WHERE name %% %s AND merged_into_id IS NULL"
            " AND (region = %s OR region LIKE %s) ORDER BY similarity(name, %s) DESC LIMIT %s"
        )
        values = [text, PROVINCE, f"{PROVINCE}.%", text, LIMIT]
        return [person.pk for person in Person.everybody.raw(sql, values)]

    # --- what is asked ---

    def questions(self, rounds: int) -> dict[str, list[tuple[str, str, Any]]]:
        """By kind: the text, the NIK in it, and the key of who is asked for (None where many or none fit)."""
        from simpul.people.models import Person

        within = Person.objects.filter(region__startswith=f"{PROVINCE}.", nik_index__isnull=False)
        keys = list(within.order_by("pk").values_list("pk", flat=True)[: rounds * 40])
        people = [Person.objects.get(pk=key) for key in self.random.sample(keys, min(rounds, len(keys)))]
        return {
            "full name": [(one.name, "", one.pk) for one in people],
            "one word": [("Siti", "", None)] * rounds,
            "misspelt": [(self.slipped(one.name), "", one.pk) for one in people],
            "NIK": [(one.nik, one.nik, one.pk) for one in people],
            "nothing": [(f"Xq{number}wz Vrkt", "", None) for number in range(rounds)],
        }

    def slipped(self, name: str) -> str:
        """With one consonant gone wrong, as fingers do."""
        places = [place for place, letter in enumerate(name) if letter in "bdgklmnrst" and place > 0]
        place = self.random.choice(places) if places else 0
        return f"{name[:place]}{self.random.choice('bdgklmnrst')}{name[place + 1 :]}"

    def report(self, rounds: int) -> None:
        names: dict[str, Ask] = {
            "Simpul, whole page": self.simpul,
            "Simpul, people": self.simpul_people,
            "icontains": self.plain,
        }
        if self.has_trigrams:
            names["pg_trgm"] = self.trigrams
        started = time.perf_counter()
        self.simpul("Yayasan", "")
        print(f"first search, with the names of all bodies: {(time.perf_counter() - started) * 1e3:.0f} ms\n")
        print(
            f"{'question':12}{'who':22}{'p50 ms':>9}{'p95 ms':>9}{'found':>8}{'against Simpul, people':>26}"
        )
        for kind, questions in self.questions(rounds).items():
            self.report_kind(kind, names, questions)
        self.report_lists()

    def report_kind(self, kind: str, names: dict[str, Ask], questions: list[tuple[str, str, Any]]) -> None:
        taken: dict[str, list[float]] = {who: [] for who in names}
        right = dict.fromkeys(names, 0)
        for text, nik, wanted in questions:
            for who, ask in names.items():
                started = time.perf_counter()
                keys = ask(text, nik)
                taken[who].append((time.perf_counter() - started) * 1e3)
                right[who] += wanted in keys
        base = statistics.median(taken["Simpul, people"])
        for who, times in taken.items():
            middle, late = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            share = f"{right[who] / len(times):.0%}" if questions[0][2] else "–"
            print(f"{kind:12}{who:22}{middle:9.1f}{late:9.1f}{share:>8}{middle / base:26.1f}")

    def report_lists(self) -> None:
        from django.urls import reverse

        from simpul.desk.queries.quality import checks_of, examined, number_of
        from simpul.desk.queries.quality_seen import Scope, Seen

        # Reading all addresses for the first time belongs to the start of a server.
        reverse("desk:quality")
        seen = Seen(self.viewer, Scope(), ON, AT)
        print(f"\n{'work list':16}{'rows':>10}{'count ms':>10}{'page ms':>10}")
        for check in checks_of(self.viewer):
            started = time.perf_counter()
            number = None if check.is_examined else number_of(check.rows(seen), seen)
            between = time.perf_counter()
            if check.is_examined:
                examined(check, seen, 1)
            else:
                check.lines(list(check.rows(seen)[:LIMIT]), seen)
            counted, cut = (between - started) * 1e3, (time.perf_counter() - between) * 1e3
            print(f"{check.code:16}{'–' if number is None else f'{number:,}':>10}{counted:10.1f}{cut:10.1f}")


if __name__ == "__main__":
    main()
