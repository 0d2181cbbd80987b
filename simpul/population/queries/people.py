"""Who is known on a day, and whom the rules may be asked about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import polars as pl
from django.utils import timezone

from simpul.cases.models import Case
from simpul.cases.stages import Kind, Stage
from simpul.people.models import Consent, Person
from simpul.population.stages import Gone
from simpul.screening.queries import PURPOSE

_PIECE = 20_000
_SCHEMA = {
    "person": pl.String(),
    "household": pl.String(),
    "organisation": pl.String(),
    "region": pl.String(),
    "sex": pl.String(),
    "born_earliest": pl.Date(),
    "born_latest": pl.Date(),
    "version": pl.Int32(),
    "is_limited": pl.Boolean(),
}


def end_of(on: date) -> datetime:
    """The moment at which the day is over, in the office's own time."""
    return timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))


def naive(at: datetime) -> datetime:
    """A moment as the columns hold it."""
    return at.astimezone(UTC).replace(tzinfo=None)


def people_on(on: date) -> pl.DataFrame:
    """Everybody registered by the end of that day and not erased; merged people are who they were merged into.

    With ages, `gone`, and `judged`: not for whoever died, may only be read about, or took the consent back.
    """
    frame = pl.concat([pl.DataFrame(schema=_SCHEMA), *_pieces(on)])
    died = list(map(str, _died_by(on)))
    left_alone = list(map(str, withdrawn_by(on)))
    return frame.with_columns(
        age(pl.col("born_latest"), on).alias("age_least"),
        age(pl.col("born_earliest"), on).alias("age_most"),
        pl.when(pl.col("person").is_in(died))
        .then(pl.lit(str(Gone.DIED)))
        .otherwise(pl.lit(""))
        .alias("gone"),
    ).with_columns(
        ((pl.col("gone") == "") & ~pl.col("is_limited") & ~pl.col("person").is_in(left_alone)).alias("judged")
    )


def _pieces(on: date) -> Iterator[pl.DataFrame]:
    rows = Person.objects.filter(erased_at=None, registered_at__lt=end_of(on))
    if any(field.name == "merged_into" for field in Person._meta.get_fields()):
        rows = rows.filter(merged_into=None)
    columns = (
        "pk",
        "household_id",
        "organisation",
        "region",
        "sex",
        "born_earliest",
        "born_latest",
        "version",
    )
    piece: list[tuple[Any, ...]] = []
    for pk, home, office, *plain, limited in rows.values_list(*columns, "limited_since").iterator(_PIECE):
        piece.append((str(pk), str(home), office and str(office), *plain, limited is not None))
        if len(piece) == _PIECE:
            yield pl.DataFrame(piece, schema=_SCHEMA, orient="row")
            piece = []
    yield pl.DataFrame(piece, schema=_SCHEMA, orient="row")


def age(born: pl.Expr, on: date) -> pl.Expr:
    """Completed years, as `people.facts.age_span` counts them."""
    later_this_year = (born.dt.month() > on.month) | (
        (born.dt.month() == on.month) & (born.dt.day() > on.day)
    )
    years = on.year - born.dt.year().cast(pl.Int32) - later_this_year.cast(pl.Int32)
    return years.clip(lower_bound=0).cast(pl.Int16)


def _died_by(on: date) -> set[UUID]:
    """Whose own case was ended by their death."""
    rows = Case.objects.filter(kind=Kind.PERSON, stage=Stage.DIED, closed_on__lte=on)
    return set(rows.values_list("person_id", flat=True))


def withdrawn_by(on: date) -> set[UUID]:
    """Who agreed to be screened, took it back, and for whom no other basis stands. They are left alone."""
    rows = Consent.objects.filter(purpose=PURPOSE)
    taken_back = rows.filter(withdrawn_on__lte=on)
    based = rows.standing_on(on).filter(person__in=taken_back.values("person"))
    return set(taken_back.values_list("person_id", flat=True)) - set(
        based.values_list("person_id", flat=True)
    )
