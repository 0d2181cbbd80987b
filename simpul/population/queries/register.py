"""Everybody known on a day, one row each, in memory: what was decided, and what the rules suggest, as bits."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache, reduce
from operator import and_, or_
from uuid import UUID

import polars as pl
from django.conf import settings
from django.db.models import QuerySet

from simpul.access.files import opened
from simpul.access.models import Grant, Job
from simpul.access.permissions import Permission
from simpul.access.reach import HoldsGrants
from simpul.population.facts import COLUMNS, has, lies_in
from simpul.population.models import Asked, Forgotten, KeptRegister

# The night's work, and what somebody asked for: whichever of them is under way.
TASKS = NIGHT, ON_DEMAND = "population.night", "population.screen"
# Under this name a file tells the order of its types.
TYPES = "types"


@dataclass(frozen=True)
class Register:
    """Everybody known on a day, one row each; bit i of a word is types[i].

    Columns: `person`, `household`, `organisation` (null without one), `region` (domicile, may be ""), `sex` ("L", "P",
    ""), `age_least`, `age_most` (completed years, null where not known), `confirmed`, `refused` (a worker's newest
    decision is yes, is no), `rule_yes`, `rule_unknown` (what the rules say from the facts valid on the day), `gone`
    ("" for who is here, "died"), `judged` (False: the rules were not asked), `faded` and `unlikely` (how many answers
    are too old, how many contradict each other; null in files of before these were counted). Erased and merged people are in none.
    """

    on: date
    edition: str
    digest: str
    made_at: datetime
    types: tuple[str, ...]
    people: pl.DataFrame
    key: UUID | None = None

    def place(self, code: str) -> int:
        """Which bit a type is. KeyError for a type that the edition has not."""
        if code not in self.types:
            raise KeyError(code)
        return self.types.index(code)

    def of_people(self, people: pl.DataFrame) -> Register:
        """The same with only these people."""
        return replace(self, people=people)

    def of_type(self, code: str, word: str) -> pl.Expr:
        """Whether the type is set in that word ("confirmed", "refused", "rule_yes", "rule_unknown")."""
        return has(word, self.place(code))


def register_on(on: date | None = None, edition: str | None = None) -> Register | None:
    """The newest that is kept of that day or before it (None: of any); None where there is none.

    Without an edition the one that the office uses. Whoever was erased meanwhile is left out.
    """
    row = kept_rows(edition, on).first()
    return read_register(row) if row else None


def kept_rows(edition: str | None = None, on: date | None = None) -> QuerySet[KeptRegister]:
    """What is kept of an edition, the newest first."""
    rows = KeptRegister.objects.filter(edition=edition or settings.SIMPUL_EDITION, removed_at=None)
    if on is not None:
        rows = rows.filter(on__lte=on)
    return rows.order_by("-on", "-at")


def read_register(row: KeptRegister) -> Register:
    """The register of one row. Raises Refusal where its file is gone or was altered."""
    held = _read(row.pk, row.file_key)
    if forgotten := [str(key) for key in Forgotten.objects.values_list("pk", flat=True)]:
        held = held.of_people(held.people.filter(~pl.col("person").is_in(forgotten)))
    return held


# Two, because they are compared; each page asks for the same ones again.
@lru_cache(maxsize=2)
def _read(key: UUID, file_key: str) -> Register:
    row = KeptRegister.objects.get(pk=key)
    data = opened(row)
    told = pl.read_parquet_metadata(io.BytesIO(data))
    return Register(
        on=row.on,
        edition=row.edition,
        digest=row.digest,
        made_at=row.at,
        types=tuple(told[TYPES].split()),
        people=_whole(pl.read_parquet(io.BytesIO(data))),
        key=row.pk,
    )


def _whole(people: pl.DataFrame) -> pl.DataFrame:
    """A file that an older Simpul made, with the columns that have come since: of them nothing is known."""
    return people.with_columns(
        pl.lit(None, dtype=kind).alias(name) for name, kind in COLUMNS.items() if name not in people.columns
    )


def within(register: Register, user: HoldsGrants, permission: Permission) -> Register:
    """Only the rows for which this person holds the permission: by organisation and area, as `Reachable`."""
    return register.of_people(register.people.filter(reached(user, permission)))


def reached(user: HoldsGrants, permission: Permission) -> pl.Expr:
    """The condition behind `within`."""
    grants = user.grants_with(permission)
    return reduce(or_, map(_covered, grants), pl.lit(False))


def _covered(grant: Grant) -> pl.Expr:
    tests = [pl.lit(True)]
    if grant.organisation is not None:
        tests.append(pl.col("organisation").eq_missing(pl.lit(str(grant.organisation))))
    if grant.region:
        tests.append(lies_in(grant.region))
    return reduce(and_, tests)


@dataclass(frozen=True)
class Newest:
    """What is kept and what is under way: for the head of a page."""

    kept: KeptRegister | None
    job: Job | None
    asked: Asked | None

    @property
    def is_running(self) -> bool:
        return self.job is not None and self.job.is_open


def newest(edition: str | None = None) -> Newest:
    """The newest kept register of an edition, and the newest job, whatever became of it."""
    job = Job.objects.filter(task__in=TASKS).order_by("-wanted_at", "-pk").first()
    asked = Asked.objects.filter(pk=job.about).first() if job and job.about else None
    return Newest(kept_rows(edition).first(), job, asked)
