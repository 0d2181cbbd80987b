"""An evaluation as plain values that json can write: the same scores give the same bytes."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from simpul.engines.reasons import Finding
from simpul.engines.statistics.evaluation import Evaluation
from simpul.engines.statistics.wording import NAMES

# Grows whenever a name in the record changes its meaning.
FORMAT = 2
# Lists of people, wherever they stand.
_PEOPLE = frozenset({NAMES, "dropouts", "newcomers", "outliers", "moved"})


def to_json(evaluation: Evaluation, *, with_scores: bool = False, with_people: bool = True) -> dict[str, Any]:
    """Dictionaries, lists, texts and numbers. Without `with_scores` the pairs of scores of each person stay out.

    Without `with_people` those who left, came late, moved or lie far out are counted, not named.
    """
    record: dict[str, Any] = {"format": FORMAT, **_plain(evaluation)}
    if not with_scores:
        for aspect in record["aspects"]:
            del aspect["scores"]
    return record if with_people else _unnamed(record)


def to_text(evaluation: Evaluation, *, with_scores: bool = False, with_people: bool = True) -> str:
    """The record as it stands in a file; ends with a line break."""
    record = to_json(evaluation, with_scores=with_scores, with_people=with_people)
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Finding):
        return value.to_json()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value


def _unnamed(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: len(held) if name in _PEOPLE and isinstance(held, list) else _unnamed(held)
            for name, held in value.items()
        }
    return [_unnamed(one) for one in value] if isinstance(value, list) else value
