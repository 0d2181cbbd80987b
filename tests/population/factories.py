"""Registers of invented people, from plain words instead of a night's work."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from simpul.access.files import leaves_no_file_behind
from simpul.population.actions.keeping import _keep_row
from simpul.population.facts import CAUSES, COLUMNS, VERDICTS, WORDS, mask_of
from simpul.population.models import KeptRegister
from simpul.population.queries.register import Register
from tests.access.factories import ORGANISATION

ON = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
TYPES = ("ABT", "AT", "LUT", "PD")
EDITION = "permensos-8-2012"
VILLAGE = "21.02.10.2003"


def row(**told: Any) -> dict[str, Any]:
    """One person; words are told as codes: `row(sex="P", age=70, confirmed=("LUT",), rule_yes=("LUT", "PD"))`."""
    age = told.pop("age", None)
    return {
        "person": str(uuid.uuid4()),
        "household": str(uuid.uuid4()),
        "organisation": str(ORGANISATION),
        "region": VILLAGE,
        "sex": "P",
        "age_least": age,
        "age_most": age,
        "gone": "",
        "judged": True,
        "version": 1,
        "faded": 0,
        "unlikely": 0,
        **dict.fromkeys((*VERDICTS, *CAUSES), ()),
        **told,
    }


def register_of(
    rows: Iterable[Mapping[str, Any]],
    *,
    types: tuple[str, ...] = TYPES,
    on: date = ON,
    edition: str = EDITION,
    digest: str = "0" * 64,
) -> Register:
    """A register in memory, of rows as `row` makes them."""
    lines = [
        {name: mask_of(told[name], types) if name in WORDS else _text(told[name]) for name in COLUMNS}
        for told in rows
    ]
    people = pl.DataFrame(lines, schema=dict(COLUMNS)) if lines else pl.DataFrame(schema=dict(COLUMNS))
    return Register(on, edition, digest, AT, types, people)


def kept(register: Register) -> KeptRegister:
    """The same, kept as a night keeps it: `register_on` finds it."""
    made = KeptRegister(
        on=register.on,
        edition=register.edition,
        digest=register.digest,
        at=register.made_at,
        by_name="Simpul",
    )
    leaves_no_file_behind(_keep_row)(made, register.people, register.types)
    made.save()
    return made


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, uuid.UUID) else value
