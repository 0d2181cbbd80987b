"""Schemes as plain words that JSON can hold, and back again with every check.

The same reader takes the catalogue's own files, what an accreditation kept when it began, and what an office typed
in. A text is written {"id": …, "en": …}, or as one plain text that stands for both languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar

from simpul.catalogue.accreditation.faults import SENTENCES
from simpul.catalogue.accreditation.shapes import (
    CONDITION_RULES,
    Condition,
    Document,
    Grade,
    Item,
    Scheme,
    Standard,
)
from simpul.catalogue.tables import VERIFIED
from simpul.catalogue.text import Text

T = TypeVar("T")
# Long enough for any regulation, short enough for a column and a page.
_LONGEST_CODE, _LONGEST_GRADE, _LONGEST_TEXT = 40, 20, 2_000
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_MOST_POINTS, _MOST_WEIGHT, _MOST_MONTHS, _MOST_DAYS = 100, 100, 240, 3_650
# Words that a finding keeps for itself.
_TAKEN = frozenset({"yes", "no", "unknown"})


class SchemeFault(ValueError):
    """A scheme that cannot be used. `place` is where the mistake stands ("standards 2, items 3, weight")."""

    def __init__(self, fault: str, place: str, **values: object) -> None:
        self.fault, self.place = fault, place
        sentence = SENTENCES[fault]
        self.sentence = Text(sentence.id.format(**values), sentence.en.format(**values))
        super().__init__(f"{place}: {self.sentence.en}" if place else self.sentence.en)


def to_words(scheme: Scheme) -> dict[str, Any]:
    """The scheme as JSON can hold it; `from_words` reads it back to the same scheme."""
    words: dict[str, Any] = _plain(scheme)
    return words


def from_words(words: Any) -> Scheme:
    """The scheme that was written so. Raises SchemeFault, naming the place of the first mistake."""
    whole = _Words(words, "")
    whole.check_keys(Scheme)
    scheme = Scheme(
        code=whole.code("code"),
        regulation=whole.string("regulation"),
        title=whole.text("title"),
        valid_from=whole.day("valid_from"),
        valid_to=whole.optional_day("valid_to"),
        **whole.marks(),
        about=whole.text("about", is_needed=False) or Text("", ""),
        missing=whole.text("missing", is_needed=False),
        is_example_weights=whole.flag("is_example_weights"),
        weights_source=whole.string("weights_source", is_needed=False),
        weights_verified=whole.one_of("weights_verified", VERIFIED, "design"),
        assessors=whole.whole("assessors", 1, 9, 2),
        wait_months=whole.whole("wait_months", 0, _MOST_MONTHS),
        appeal_days=whole.whole("appeal_days", 0, _MOST_DAYS),
        answer_days=whole.whole("answer_days", 1, _MOST_DAYS),
        watch_months=whole.whole("watch_months", 1, _MOST_MONTHS),
        reminder_months=whole.wholes("reminder_months", 1, _MOST_MONTHS),
        time_source=whole.string("time_source", is_needed=False),
        time_verified=whole.one_of("time_verified", VERIFIED, "design"),
        conditions=whole.all_of("conditions", _condition),
        documents=whole.all_of("documents", _document),
        standards=whole.all_of("standards", _standard),
        grades=whole.all_of("grades", _grade),
    )
    _check(scheme)
    return scheme


class _Words:
    """A mapping that knows where it stands. Each question asked of it fails with the place of the answer."""

    def __init__(self, data: Any, place: str) -> None:
        if not isinstance(data, Mapping):
            raise SchemeFault("not_a_table", place)
        self.data = data
        self.place = place

    def at(self, key: str) -> str:
        return f"{self.place}, {key}" if self.place else key

    def check_keys(self, shape: type) -> None:
        known = {field.name for field in fields(shape)}
        for key in self.data:
            if key not in known:
                raise SchemeFault("unknown_word", self.at(str(key)), word=key)

    def string(self, key: str, *, is_needed: bool = True) -> str:
        value = self.data.get(key, "")
        if not isinstance(value, str):
            raise SchemeFault("not_a_text", self.at(key))
        if is_needed and not value.strip():
            raise SchemeFault("missing", self.at(key))
        if len(value) > _LONGEST_TEXT or "\0" in value:
            raise SchemeFault("too_long", self.at(key), most=_LONGEST_TEXT)
        return value.strip()

    def code(self, key: str, most: int = _LONGEST_CODE) -> str:
        value = self.string(key)
        if len(value) > most or not _CODE.fullmatch(value) or value in _TAKEN:
            raise SchemeFault("not_a_code", self.at(key), most=most)
        return value

    def text(self, key: str, *, is_needed: bool = True) -> Any:
        value = self.data.get(key)
        if value is None or value == "":
            if is_needed:
                raise SchemeFault("missing", self.at(key))
            return None
        if isinstance(value, str):
            value = {"id": value, "en": value}
        both = _Words(value, self.at(key))
        return Text(both.string("id"), both.string("en", is_needed=False) or both.string("id"))

    def whole(self, key: str, least: int, most: int, default: int | None = None) -> int:
        value = self.data.get(key, default)
        if type(value) is not int or not least <= value <= most:
            raise SchemeFault("not_a_number", self.at(key), least=least, most=most)
        return value

    def wholes(self, key: str, least: int, most: int) -> tuple[int, ...]:
        values = self._list(key)
        if not all(type(value) is int and least <= value <= most for value in values):
            raise SchemeFault("not_a_number", self.at(key), least=least, most=most)
        return tuple(sorted(set(values), reverse=True))

    def codes(self, key: str) -> tuple[str, ...]:
        values = self._list(key)
        if not all(isinstance(value, str) for value in values):
            raise SchemeFault("not_a_text", self.at(key))
        return tuple(values)

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise SchemeFault("not_yes_or_no", self.at(key))
        return value

    def optional_day(self, key: str) -> date | None:
        value = self.data.get(key)
        if value is None or type(value) is date:
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise SchemeFault("not_a_day", self.at(key)) from error

    def day(self, key: str) -> date:
        value = self.optional_day(key)
        if value is None:
            raise SchemeFault("missing", self.at(key))
        return value

    def one_of(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.data.get(key, default)
        if value not in allowed:
            raise SchemeFault("not_one_of", self.at(key), allowed=", ".join(allowed))
        return str(value)

    def marks(self) -> dict[str, str]:
        """Where a line comes from and how sure it is; what an office types in is its own word."""
        return {
            "source": self.string("source", is_needed=False),
            "verified": self.one_of("verified", VERIFIED, "secondary"),
        }

    def all_of(self, key: str, read: Callable[[_Words], T]) -> tuple[T, ...]:
        return tuple(
            read(_Words(one, self.at(f"{key} {number}")))
            for number, one in enumerate(self._list(key), start=1)
        )

    def _list(self, key: str) -> Any:
        values = self.data.get(key, ())
        if not isinstance(values, (list, tuple)):
            raise SchemeFault("not_a_list", self.at(key))
        return values


def _condition(words: _Words) -> Condition:
    words.check_keys(Condition)
    rule = words.one_of("rule", CONDITION_RULES, "confirmed")
    return Condition(code=words.code("code"), text=words.text("text"), rule=rule, **words.marks())


def _document(words: _Words) -> Document:
    words.check_keys(Document)
    return Document(code=words.code("code"), text=words.text("text"), **words.marks())


def _standard(words: _Words) -> Standard:
    words.check_keys(Standard)
    return Standard(
        code=words.code("code"),
        title=words.text("title"),
        weight=words.whole("weight", 1, _MOST_WEIGHT),
        items=words.all_of("items", _item),
        **words.marks(),
    )


def _item(words: _Words) -> Item:
    words.check_keys(Item)
    most = words.whole("most", 1, _MOST_POINTS, 4)
    return Item(
        code=words.code("code"),
        text=words.text("text"),
        evidence_hint=words.text("evidence_hint", is_needed=False),
        most=most,
        weight=words.whole("weight", 1, _MOST_WEIGHT, 1),
        required_for=words.codes("required_for"),
        required_at=words.whole("required_at", 1, most, 1),
        **words.marks(),
    )


def _grade(words: _Words) -> Grade:
    words.check_keys(Grade)
    return Grade(
        code=words.code("code", _LONGEST_GRADE),
        label=words.text("label"),
        min_score=words.whole("min_score", 0, 100),
        min_per_standard=words.whole("min_per_standard", 0, 100, 0),
        validity_months=words.whole("validity_months", 1, _MOST_MONTHS),
        **words.marks(),
        validity_source=words.string("validity_source", is_needed=False),
        validity_verified=words.one_of("validity_verified", VERIFIED, "secondary"),
    )


def _check(scheme: Scheme) -> None:
    """What no single line can tell: codes once, weights of a whole, grades in their order."""
    if scheme.valid_to is not None and scheme.valid_to < scheme.valid_from:
        raise SchemeFault("ends_before_it_begins", "valid_to")
    if bool(scheme.standards) != bool(scheme.grades):
        raise SchemeFault("missing", "grades" if scheme.standards else "standards")
    if not scheme.is_usable and scheme.missing is None:
        raise SchemeFault("missing", "standards")
    lists: tuple[tuple[str, Iterable[Any]], ...] = (
        # The desk's checklist holds both.
        ("documents", (*scheme.conditions, *scheme.documents)),
        ("standards", scheme.standards),
        ("items", scheme.items),
        ("grades", scheme.grades),
    )
    for name, entries in lists:
        _require_once(name, [entry.code for entry in entries])
    _check_standards(scheme)
    _check_grades(scheme)


def _require_once(name: str, codes: list[str]) -> None:
    for code in codes:
        if codes.count(code) > 1:
            raise SchemeFault("twice", name, code=code)


def _check_standards(scheme: Scheme) -> None:
    for number, standard in enumerate(scheme.standards, start=1):
        if not standard.items:
            raise SchemeFault("missing", f"standards {number}, items")
    total = sum(standard.weight for standard in scheme.standards)
    if scheme.standards and total != _MOST_WEIGHT:
        raise SchemeFault("not_a_hundred", "standards", total=total)
    known = {grade.code for grade in scheme.grades}
    for item in scheme.items:
        if unknown := set(item.required_for) - known:
            raise SchemeFault("unknown_grade", f"items {item.code}, required_for", code=min(unknown))


def _check_grades(scheme: Scheme) -> None:
    bounds = [grade.min_score for grade in scheme.grades]
    if any(better <= worse for better, worse in pairwise(bounds)):
        raise SchemeFault("grades_out_of_order", "grades")


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return value.id if value.id == value.en else {"id": value.id, "en": value.en}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, str | int) or value is None:
        return value
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
