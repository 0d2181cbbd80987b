"""Screening everybody: a piece after the other in memory, then kept in one go. Broken off, the older register stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import polars as pl
from django.conf import settings
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext_lazy, ngettext

from simpul.access.files import leaves_no_file_behind
from simpul.access.gate import THE_MACHINE, Machine, require
from simpul.access.jobs import Progress, task
from simpul.access.models import Job, User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed
from simpul.catalogue.editions import Edition
from simpul.catalogue.nightly import nights
from simpul.population.actions.keeping import (
    Cabinet,
    Made,
    _keep_row,
    _one_at_a_time,
    _without_forgotten,
    keep_screened,
)
from simpul.population.facts import COLUMNS
from simpul.population.models import Asked, Forgotten, KeptRegister
from simpul.population.queries.causes import with_causes
from simpul.population.queries.judging import (
    decided_words,
    doubts_of,
    known_on,
    noted_last,
    said_last,
    told_last,
    types_of,
    words_of,
)
from simpul.population.queries.lists import list_called
from simpul.population.queries.opening import OF_HOMES, OF_PEOPLE, OF_WORKERS, Shelf
from simpul.population.queries.people import people_on
from simpul.population.queries.register import NIGHT, ON_DEMAND, Register, kept_rows, read_register
from simpul.screening.models import Screening

# Measured: what is opened about so many takes about 300 MB while it is judged.
_IN_A_DRAWER = 32_768


@task(NIGHT, says=gettext_lazy("Menapis seluruh register"), nightly_at=nights().hours[NIGHT])
def night(job: Job, progress: Progress) -> str:
    """Each night, from the facts valid on the new day."""
    on = timezone.localdate(job.wanted_at)
    return _told(screen(Where(), by=THE_MACHINE, on=on, at=job.wanted_at, progress=progress))


@task(ON_DEMAND, says=gettext_lazy("Menapis seluruh register"))
def on_demand(job: Job, progress: Progress) -> str:
    """As somebody asked, with the rights that they have now."""
    asked = Asked.objects.get(pk__in=[job.about])
    by = job.wanted_by_user()
    grants = by.grants_with(Permission.POPULATION_SCREEN) if by else []
    if by is None or not grants:
        raise NotAllowed
    where = Where(grants[0].organisation, grants[0].region)
    codes = dict.fromkeys((settings.SIMPUL_EDITION, asked.edition or settings.SIMPUL_EDITION))
    made = screen(
        where, by=by, on=asked.on, at=job.wanted_at, codes=list(codes), anew=asked.anew, progress=progress
    )
    return _told(made)


def _told(made: Sequence[KeptRegister]) -> str:
    people = made[0].people
    words = ngettext("%(people)s orang ditapis.", "%(people)s orang ditapis.", people)
    return words % {"people": localize(people)}


@leaves_no_file_behind
def screen(
    where: Where,
    *,
    by: User | Machine,
    on: date,
    at: datetime,
    codes: Sequence[str] = (),
    anew: bool = False,
    progress: Progress = lambda done, total: None,
) -> tuple[KeptRegister, ...]:
    """Judge everybody known on a day by these editions (none: the usual one), from the same facts, and keep it.

    Nothing holds the database meanwhile: only keeping it is a transaction. Raises Refusal where another process is at
    it, or what is sealed does not open.
    """
    require(by, Permission.POPULATION_SCREEN, where)
    with _one_at_a_time():
        work = _Work(on, at, [list_called(code) for code in codes or (settings.SIMPUL_EDITION,)], anew)
        made = work.done(progress)
        _without_forgotten(made)
        return keep_screened(where, by=by, made=made)


@dataclass(frozen=True)
class _Step:
    """What came out of one drawer for one edition."""

    edition: str
    people: pl.DataFrame


class _Work:
    """One screening of everybody."""

    def __init__(self, on: date, at: datetime, chosen: Sequence[Edition], anew: bool) -> None:
        self.on, self.at, self.chosen = on, at, chosen
        # Before anybody is read: who is erased from here on may still come to stand in what is made.
        self.forgotten = list(Forgotten.objects.values_list("pk", flat=True))
        self.people = people_on(on)
        of = drawers_for(self.people.height)
        self.cabinet = Cabinet(of, at=at, forgotten=self.forgotten, anew=anew)
        self.screenings = _finished_screenings()
        self.before: dict[str, Register | None] = {}
        for edition in chosen:
            row = kept_rows(edition.code, on).first()
            self.before[edition.code] = read_register(row) if row else None

    def done(self, progress: Progress) -> Made:
        total = self.people.height
        homes, of_homes = self._homes()
        pieces: dict[str, list[pl.DataFrame]] = {edition.code: [] for edition in self.chosen}
        count = 0
        for number in range(self.cabinet.of):
            progress(count, total)
            for step in self._judged(number, homes, of_homes):
                pieces[step.edition].append(step.people)
            count += pieces[self.chosen[0].code][-1].height
        made = Made(drawers=self.cabinet.made, forgotten=self.forgotten)
        for edition in self.chosen:
            row = KeptRegister(on=self.on, edition=edition.code, digest=edition.digest, at=self.at)
            _keep_row(row, pl.concat(pieces[edition.code]), types_of(edition))
            made.registers.append(row)
        progress(total, total)
        return made

    def _homes(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """What was said last about every home, and when: people of one home lie in different drawers."""
        said, noted = [], []
        for number in range(self.cabinet.of):
            lines = self.cabinet.lines(OF_HOMES, number)
            said.append(said_last(lines, self.on))
            noted.append(noted_last(lines))
        return pl.concat(said), pl.concat(noted)

    def _judged(self, number: int, homes: pl.DataFrame, of_homes: pl.DataFrame) -> Iterator[_Step]:
        people = self.people.filter(Shelf(number, self.cabinet.of).holds("person"))
        lines = self.cabinet.lines(OF_PEOPLE, number)
        decisions = self.cabinet.lines(OF_WORKERS, number)
        told = told_last(people, said_last(lines, self.on), homes)
        known = known_on(people, told, self.on)
        people = people.with_columns(doubts_of(people, told, known, self.on).get_columns())
        noted = _noted(people, noted_last(lines), of_homes)
        for edition in self.chosen:
            before = self.before[edition.code]
            words = words_of(known, edition, self.on)
            between = words if before is None or before.on == self.on else words_of(known, edition, before.on)
            decided = decided_words(decisions, self.screenings, edition, self.on)
            piece = _pieced(people, words, decided)
            types = types_of(edition)
            whole = with_causes(piece, before, between, noted, types=types, digest=edition.digest)
            yield _Step(edition.code, whole.select(*COLUMNS))


def drawers_for(people: int) -> int:
    """How many drawers so many people are laid into: 1, 2, 4, … so that each can be made out of the one before."""
    of = 1
    while of * _IN_A_DRAWER < people:
        of *= 2
    return of


def _finished_screenings() -> pl.DataFrame:
    rows = Screening.objects.filter(finished_at__isnull=False).values_list("pk", "edition", "finished_at")
    lines = [(str(key), edition, at.astimezone(UTC)) for key, edition, at in rows.iterator(20_000)]
    schema = {"screening": pl.String(), "edition": pl.String(), "finished_at": pl.Datetime("us", "UTC")}
    frame = pl.DataFrame(lines, schema=schema, orient="row")
    return frame.with_columns(pl.col("finished_at").dt.replace_time_zone(None))


def _noted(people: pl.DataFrame, own: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """When anything was said last of each person or their home."""
    return (
        people.select("person", "household")
        .join(own, left_on="person", right_on="subject", how="left")
        .join(homes, left_on="household", right_on="subject", how="left", suffix="_home")
        .select("person", pl.max_horizontal("noted_at", "noted_at_home").alias("noted_at"))
    )


def _pieced(people: pl.DataFrame, words: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """People with their four words; the rules are silent on whom they were not asked about."""
    zero = pl.lit(0, dtype=pl.UInt64)
    frame = people.with_columns(words.get_columns()).join(
        decided, on="person", how="left", maintain_order="left"
    )
    return frame.with_columns(
        pl.col("confirmed").fill_null(0),
        pl.col("refused").fill_null(0),
        *(pl.when("judged").then(word).otherwise(zero).alias(word) for word in ("rule_yes", "rule_unknown")),
    )
