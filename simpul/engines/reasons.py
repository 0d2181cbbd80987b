"""The shape of a reason: what every engine returns.

A Finding is an answer and why, built while the answer is built, so that the explanation can never disagree
with it. It holds plain values only; sentences for people are made from it elsewhere, in their language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Answer(IntEnum):
    """No, not known, yes, in this order: "all of" is then the least answer and "any of" the greatest."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    def __str__(self) -> str:
        return self.name.lower()

    @classmethod
    def of(cls, truth: bool | None) -> Answer:
        """The answer for True, False or None (not known)."""
        if truth is None:
            return cls.UNKNOWN
        return cls.YES if truth else cls.NO


_ANSWERS: dict[str, Answer] = {str(answer): answer for answer in Answer}


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer and its reasons, nested as the judgement was.

    kind says what was judged ("type", "criterion", "all", "compare", …), about names it by its code, and
    values holds what a sentence about it needs: {"value": 67, "operator": ">=", "bound": 60}.
    """

    answer: Any
    kind: str
    about: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[Finding, ...] = ()

    def lines(self, depth: int = 0) -> Iterator[str]:
        """The whole tree as indented text, for developers and logs without people in them."""
        values = " ".join(f"{name}={value}" for name, value in self.values.items())
        yield "  " * depth + " ".join(filter(None, (f"{self.answer!s}:", self.kind, self.about, values)))
        for part in self.parts:
            yield from part.lines(depth + 1)

    def to_json(self) -> dict[str, Any]:
        """A dictionary that json can write: dates become ISO text, an Answer its word."""
        return {
            "answer": _plain(self.answer),
            "kind": self.kind,
            "about": self.about,
            "values": {name: _plain(value) for name, value in self.values.items()},
            "parts": [part.to_json() for part in self.parts],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Finding:
        """The Finding that to_json wrote. ISO text becomes a date again, a list a tuple."""
        answer = data["answer"]
        return cls(
            answer=_ANSWERS.get(answer, answer) if isinstance(answer, str) else answer,
            kind=data["kind"],
            about=data.get("about", ""),
            values={name: _restored(value) for name, value in data.get("values", {}).items()},
            parts=tuple(cls.from_json(part) for part in data.get("parts", ())),
        )


def _plain(value: Any) -> Any:
    if isinstance(value, Answer):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def _restored(value: Any) -> Any:
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        return date.fromisoformat(value)
    if isinstance(value, list):
        return tuple(_restored(item) for item in value)
    return value
