"""Many invented people, by published margins of sex, age and region: `simpul demo --people 1000000`.

Nobody in it exists: names are put together by chance, and a NIK begins with a district number (99) that was never
given out. The same count, area and day give the same people; only their keys and seals differ.
"""

from __future__ import annotations

import csv
import uuid
from bisect import bisect_right
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from importlib import resources
from multiprocessing import get_context
from os import cpu_count
from random import Random

from simpul.access.gate import THE_MACHINE
from simpul.access.reach import Where
from simpul.commands.demo.office import read
from simpul.commands.framework import start
from simpul.commands.language import _
from simpul.commands.stop import Stop
from simpul.people.actions import settle
from simpul.people.queries.crowd import Settled, Settler, settled
from simpul.places import queries as places

Told = Callable[[int, int], None]

# So many people are made by one process at a time, and kept in memory by the other.
_CHUNK = 10_000
# Four of ten households are made of so many people or fewer.
_SIZES = (1, 2, 2, 3, 3, 4, 4, 4, 5, 6)
_NEVER_GIVEN = "99"
_WOMEN = 40
_GROUP = 5
_ADULT = 17


@dataclass(frozen=True)
class Margins:
    """How many live where, and how old they are: running totals to draw from."""

    regencies: tuple[str, ...]
    totals: tuple[int, ...]
    male: dict[str, float]

    @classmethod
    def of(cls, area: str) -> Margins:
        """Raises Stop for an area that the table does not know."""
        table = resources.files("simpul.commands.demo").joinpath("population_2024.csv").read_text()
        rows = [row for row in csv.DictReader(table.splitlines()) if row["code"].startswith(area)]
        if not rows:
            raise Stop(
                _("Wilayah %s tidak ada. Pilih kode provinsi atau kabupaten/kota, misalnya 21 atau 21.02.")
                % area
            )
        totals, sum_ = [], 0
        for row in rows:
            sum_ += int(row["male"]) + int(row["female"])
            totals.append(sum_)
        male = {row["code"]: int(row["male"]) / (int(row["male"]) + int(row["female"])) for row in rows}
        return cls(tuple(row["code"] for row in rows), tuple(totals), male)

    @cached_property
    def ages(self) -> tuple[tuple[float, int], ...]:
        """Running share of each group of five years, with its first age."""
        steps, sum_ = [], 0.0
        for band in read("crowd.toml")["ages"]["bands"]:
            whole = sum(band["within"])
            for place, part in enumerate(band["within"]):
                sum_ += band["share"] * part / whole
                steps.append((sum_, band["from"] + _GROUP * place))
        return tuple(steps)


def gather(count: int, on: date, at: datetime, *, area: str = "", told: Told) -> None:
    """Make so many people and keep them. Progress is told after each chunk."""
    margins = Margins.of(area)
    villages = _villages(margins.regencies)
    seeds = range(-(-count // _CHUNK))
    sizes = [min(_CHUNK, count - _CHUNK * seed) for seed in seeds]
    with ProcessPoolExecutor(
        max(1, (cpu_count() or 2) - 1), mp_context=get_context("spawn"), initializer=start
    ) as pool:
        jobs = (
            pool.submit(_chunk, seed, size, margins, villages, on, at)
            for seed, size in zip(seeds, sizes, strict=True)
        )
        settle(Where(), by=THE_MACHINE, chunks=_told(_a_few_ahead(jobs), count, told))


def _villages(regencies: tuple[str, ...]) -> dict[str, list[str]]:
    found = {code: [row.code for row in places.villages_in(code)] for code in regencies}
    return {code: codes or [code] for code, codes in found.items()}


def _a_few_ahead(jobs: Iterator[Future[Settled]]) -> Iterator[Settled]:
    """In order, with few waiting: all at once would fill the memory."""
    ahead: list[Future[Settled]] = []
    for job in jobs:
        ahead.append(job)
        if len(ahead) > 2 * (cpu_count() or 2):
            yield ahead.pop(0).result()
    for job in ahead:
        yield job.result()


def _told(chunks: Iterator[Settled], count: int, told: Told) -> Iterator[Settled]:
    done = 0
    told(0, count)
    for chunk in chunks:
        yield chunk
        done += len(chunk.people)
        told(done, count)


# --- one chunk, in a process of its own ---


def _chunk(
    seed: int, size: int, margins: Margins, villages: dict[str, list[str]], on: date, at: datetime
) -> Settled:
    # Repeatable, not secret.
    maker = _Maker(Random(seed), margins, villages, on)  # noqa: S311
    return settled(maker.people(size, first=seed * _CHUNK), at=at)


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, int], dict[str, list[str]]]:
    told = read("crowd.toml")
    return told["unknown"], told["names"]


class _Maker:
    """Draws one person after the other, households together."""

    def __init__(self, random: Random, margins: Margins, villages: dict[str, list[str]], on: date) -> None:
        self.random, self.margins, self.villages, self.on = random, margins, villages, on
        self.unknown, self.names = _words()

    def people(self, size: int, *, first: int) -> list[Settler]:
        made: list[Settler] = []
        while len(made) < size:
            made += self._household(min(self.random.choice(_SIZES), size - len(made)), first + len(made))
        return made

    def _household(self, size: int, first: int) -> list[Settler]:
        drawn = self.random.randrange(self.margins.totals[-1])
        regency = self.margins.regencies[bisect_right(self.margins.totals, drawn)]
        where = regency if self._one_of("village") else self.random.choice(self.villages[regency])
        home = uuid.UUID(int=self.random.getrandbits(128), version=4)
        people = [self._person(home, regency, where, first + place) for place in range(size)]
        if size > 1 and (heads := [one for one in people if self._is_adult(one)]):
            heads[0].relation = "head"
        return people

    def _person(self, home: uuid.UUID, regency: str, where: str, number: int) -> Settler:
        sex = "L" if self.random.random() < self.margins.male[regency] else "P"
        born = self._born()
        nik = "" if self._one_of("nik") else self._nik(regency, sex, born, number)
        earliest = latest = None if self._one_of("born") else born
        if earliest is not None and self._one_of("year_only"):
            earliest, latest = date(born.year, 1, 1), min(date(born.year, 12, 31), self.on)
        return Settler(
            key=uuid.UUID(int=self.random.getrandbits(128), version=4),
            household=home,
            region=where,
            name=self._name("male" if sex == "L" else "female"),
            mother=self._name("female"),
            sex=sex,
            earliest=earliest,
            latest=latest,
            nik=nik,
        )

    def _born(self) -> date:
        share = self.random.random() * self.margins.ages[-1][0]
        group = next(start for until, start in self.margins.ages if share <= until)
        days = int((group + self.random.random() * _GROUP) * 365.25)
        return self.on - timedelta(days=days)

    def _nik(self, regency: str, sex: str, born: date, number: int) -> str:
        day = born.day + (_WOMEN if sex == "P" else 0)
        return f"{regency.replace('.', '')}{_NEVER_GIVEN}{day:02}{born:%m%y}{1 + number % 9999:04}"

    def _name(self, kind: str) -> str:
        first, last = self.names[kind], self.names["last"]
        parts = [self.random.choice(first)]
        if self.random.random() < 0.55:
            parts.append(self.random.choice(first))
        if self.random.random() < 0.7 or len(parts) == 1:
            parts.append(self.random.choice(last))
        return " ".join(dict.fromkeys(parts))

    def _is_adult(self, one: Settler) -> bool:
        return one.earliest is not None and (self.on - one.earliest).days > _ADULT * 366

    def _one_of(self, what: str) -> bool:
        return self.random.random() * 1000 < self.unknown[what]
