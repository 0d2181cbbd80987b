"""How long a list of people takes from the file to the register, beside registering them one by one.

    python -m benchmarks.importing --people 100000
    DATABASE_URL=postgresql://… python -m benchmarks.importing --people 100000        # an empty database

Makes a list of invented people (NIK, name, sex, birth date, family card, address, village), sends it, tries it, loads it,
tries it again and undoes it, through the very actions and readers that the pages and `simpul import` use: sealing and the
record of events included. The rival is the action of the page of one person, row by row, on a part of the same list.
`--profile` prints where the time of loading goes.
"""

from __future__ import annotations

import argparse
import cProfile
import csv
import io
import os
import pstats
import random
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from benchmarks.cases import prepare
from benchmarks.machine import peak_mb, watched

GIVEN = [
    "Siti",
    "Ahmad",
    "Nur",
    "Sri",
    "Dewi",
    "Muhammad",
    "Budi",
    "Agus",
    "Eko",
    "Ani",
    "Rina",
    "Dian",
    "Hadi",
    "Joko",
    "Wati",
    "Fitri",
    "Yusuf",
    "Rahma",
    "Slamet",
    "Tuti",
]
FAMILY = [
    "Aminah",
    "Saputra",
    "Lestari",
    "Wulandari",
    "Hidayat",
    "Santoso",
    "Rahayu",
    "Pratama",
    "Kusuma",
    "Hasanah",
    "Siregar",
    "Nasution",
    "Lubis",
]
HEADINGS = ("No", "NIK", "Nama Lengkap", "JK", "Tanggal Lahir", "No KK", "Alamat", "RT/RW", "Kode Desa")
MOST_ALONE = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--form", choices=("csv", "xlsx"), default="csv")
    parser.add_argument("--profile", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="simpul-bench-") as folder:
        os.environ["SIMPUL_DATA"] = folder
        prepare()
        with watched():
            Office(arguments.people, arguments.form, profile=arguments.profile).run()


def rows(count: int, villages: list[str]) -> Iterator[tuple[str, ...]]:
    """Invented people in families of four; their numbers belong to nobody, because no region 99 exists."""
    chance = random.Random(11)
    for number in range(count):
        born = date(1930, 1, 1) + timedelta(days=chance.randrange(34_000))
        sex = chance.choice("LP")
        day = born.day + (40 if sex == "P" else 0)
        nik = f"99{number // 9999 % 100:02d}01{day:02d}{born.month:02d}{born.year % 100:02d}{number % 9999 + 1:04d}"
        name = f"{chance.choice(GIVEN)} {chance.choice(GIVEN)} {chance.choice(FAMILY)}{chr(97 + number % 26)}"
        card = f"99{number // 40_000:02d}01010101{number // 4 % 10_000:04d}"
        written = f"{born:%d-%m-%Y}"
        village = villages[number // 4 % len(villages)]
        yield (
            str(number + 1),
            nik,
            name,
            sex,
            written,
            card,
            f"Jalan Melati {number % 90}",
            "001/002",
            village,
        )


class Office:
    """A Dinas with a list."""

    def __init__(self, count: int, form: str, *, profile: bool) -> None:
        from django.core.management import call_command
        from django.utils import timezone

        from simpul.access.gate import THE_MACHINE
        from simpul.access.models import Grant, User
        from simpul.access.reach import Where
        from simpul.places.actions import load_regions
        from simpul.places.models import Region

        call_command("migrate", verbosity=0)
        load_regions(Where(), by=THE_MACHINE)
        self.count, self.profile, self.now = count, profile, timezone.now()
        self.on = timezone.localdate(self.now)
        self.user = User.objects.create(username="dinas", name="Petugas Dinas")
        Grant.objects.create(user=self.user, role="dinas_officer", region="21.02")
        self.where = Where(region="21.02")
        villages = Region.objects.filter(code__startswith="21.02.", level=4).values_list("code", flat=True)
        self.people = list(rows(count, list(villages[:12])))
        self.data = self._csv() if form == "csv" else self._xlsx()

    def _csv(self) -> bytes:
        out = io.StringIO()
        csv.writer(out, delimiter=";").writerows([HEADINGS, *self.people])
        return out.getvalue().encode()

    def _xlsx(self) -> bytes:
        from simpul.ui.sheets import Sheet, as_xlsx

        return as_xlsx(Sheet("Daftar", HEADINGS, self.people))

    def run(self) -> None:
        from django.db import connection

        print(f"{self.count:,} people, {len(self.data) / 1e6:.1f} MB, on {connection.vendor}")
        alone = self._one_by_one()
        batch = self._timed("sent: opened, columns proposed, sealed", self._send)
        self._timed("tried", lambda: self._try(batch))
        with self._profiled():
            took = self._timed("loaded (planned again, then written)", lambda: self._load(batch), tell=True)
        rate = self.count / took
        print(f"  import {rate:,.0f} rows/s, one by one {alone:,.0f} rows/s: {rate / alone:.1f} times")
        again = self._timed("tried again, everybody known", lambda: self._plan(batch))
        print(f"  {again.counts}")
        self._timed("undone", lambda: self._undo(batch))
        print(f"  memory at most {peak_mb():,.0f} MB")

    def _timed(self, what: str, act: Callable[[], Any], *, tell: bool = False) -> Any:
        began, worked = time.perf_counter(), time.process_time()
        result = act()
        took, worked = time.perf_counter() - began, time.process_time() - worked
        print(f"  {took:8.1f} s ({worked:.1f} s of this process)  {what}", flush=True)
        return took if tell else result

    @contextmanager
    def _profiled(self) -> Iterator[None]:
        if not self.profile:
            yield
            return
        # By the processor's time: other work on the machine shall not look like ours.
        with cProfile.Profile(time.process_time) as held:
            yield
        for order in ("cumulative", "tottime"):
            pstats.Stats(held).sort_stats(order).print_stats(60)

    def _one_by_one(self) -> float:
        """People per second by the action of the page. They are taken back, so that nobody is known yet."""
        from django.db import transaction

        from simpul.access.reach import Where
        from simpul.people.actions import register

        some = self.people[:MOST_ALONE]
        began = time.perf_counter()
        with transaction.atomic():
            for _number, nik, name, sex, born, card, address, _rt, village in some:
                day = date(int(born[6:]), int(born[3:5]), int(born[:2]))
                register(
                    Where(None, village),
                    by=self.user,
                    key=uuid.uuid4(),
                    name=name,
                    sex=sex,
                    born=day,
                    nik=nik,
                    kk=card,
                    address=address,
                    on=self.on,
                    at=self.now,
                )
            took = time.perf_counter() - began
            transaction.set_rollback(True)
        return len(some) / took

    def _send(self) -> Any:
        from simpul.imports import actions
        from simpul.imports.queries.planning import looked_at
        from simpul.people.models import Basis

        about = actions.About(
            kind="people",
            list_name="Daftar",
            listed_on=self.on,
            basis=Basis.PUBLIC_SERVICE,
            basis_because="pendataan",
        )
        return actions.send(
            self.where,
            by=self.user,
            key=uuid.uuid4(),
            data=self.data,
            looked=looked_at(self.data),
            file_name="daftar",
            about=about,
            on=self.on,
            at=self.now,
        )

    def _plan(self, batch: Any) -> Any:
        from simpul.imports.queries.planning import plan_of

        return plan_of(batch, self.user, self.on)

    def _try(self, batch: Any) -> None:
        from simpul.imports import actions
        from simpul.imports.queries.planning import picture_of

        seen = self._plan(batch)
        print(f"  {seen.counts}")
        actions.keep_picture(
            batch,
            by=self.user,
            version=batch.version,
            counts=seen.counts,
            picture=picture_of(seen, batch.picture),
            refused=seen.refused,
            at=self.now,
        )

    def _load(self, batch: Any) -> None:
        from simpul.imports import actions

        began = time.perf_counter()
        plan = self._plan(batch)
        print(f"  {time.perf_counter() - began:8.1f} s  of which planned")
        actions.run(batch, by=self.user, plan=plan, version=batch.version, on=self.on, at=self.now)

    def _undo(self, batch: Any) -> None:
        from simpul.imports import actions

        actions.undo(batch, by=self.user, at=self.now)


if __name__ == "__main__":
    main()
