"""The shapes of what surrounds a client: network and providers as they were judged, and preparing for a service."""

from __future__ import annotations

import datetime as dt

from ninja import Schema


class JudgedShape(Schema):
    """One side on one day. `level` null: it was asked and is not known. `words` are empty for who may not read them."""

    on: dt.date
    level: int | None
    name: str
    about: str
    words: str


class SideShape(Schema):
    """Network or providers: at the start and now; `change` in words, or why it cannot be said."""

    code: str
    title: str
    about: str
    first: JudgedShape | None
    now: JudgedShape | None
    change: str


class SupportShape(Schema):
    """Both sides. `is_evaluated`: they were judged for the evaluation as well."""

    is_told: bool
    is_evaluated: bool
    sides: list[SideShape]


class PartShape(Schema):
    """One of the four parts of preparing, with the day it was last done; null: not yet."""

    code: str
    title: str
    on: dt.date | None
    words: str
    others: str


class PreparedShape(Schema):
    """How far the client is prepared for one step of the plan: always all four parts."""

    is_told: bool
    parts: list[PartShape]
