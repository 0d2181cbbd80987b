"""The shapes of what goes in and out."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, Field

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def iso(value: object) -> object:
    """Only YYYY-MM-DD: the validator beneath would take 0 for 1 January 1970."""
    if isinstance(value, dt.date) or (isinstance(value, str) and ISO_DATE.fullmatch(value)):
        return value
    raise ValueError("a date is written YYYY-MM-DD")


Day = Annotated[dt.date, BeforeValidator(iso, json_schema_input_type=dt.date)]


class TextShape(Schema):
    id: str
    en: str


class EditionShape(Schema):
    code: str
    title: TextShape
    source: str
    verified: str
    is_judgeable: bool
    digest: str


class TypeShape(Schema):
    code: str
    number: int
    display: TextShape
    definition: TextShape | None
    unit: str
    source: str
    verified: str


class EditionWithTypes(EditionShape):
    types: list[TypeShape]


class FactsToJudge(Schema):
    """Facts by name; a fact left out is not known. Dates are ISO text, ranges {"earliest", "latest"}.

    `skip` names facts that were asked in vain: they are not the next question.
    """

    edition: str = Field(max_length=60)
    on: Day
    facts: dict[str, Any] = Field(default_factory=dict, max_length=200)
    skip: list[str] = Field(default_factory=list, max_length=200)


class Judged(Schema):
    edition: str
    digest: str
    on: dt.date
    findings: dict[str, dict[str, Any]]
    sentences: dict[str, str]
    open_facts: dict[str, list[str]]
    next_question: str | None


class RegionShape(Schema):
    code: str
    name: str
    kind: str
    parents: str


class Refused(Schema):
    detail: str
