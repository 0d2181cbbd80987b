"""What people type as an answer, in either language, and how an answer is written to a file again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from simpul.catalogue.facts import Fact
from simpul.commands.language import _
from simpul.engines.rules import DateRange, FactKind, Value
from simpul.people.facts import born_from_age

YES = frozenset({"ya", "y", "iya", "yes", "betul", "benar", "true"})
NO = frozenset({"tidak", "t", "tdk", "bukan", "belum", "no", "n", "false"})
DOES_NOT_KNOW = frozenset({"tidak tahu", "tt", "?", "does not know", "don't know", "dk"})
WILL_NOT_SAY = frozenset({"tidak mau", "tm", "tidak mau menjawab", "does not want to say", "won't say", "ws"})
BACK = frozenset({"kembali", "back", "<"})
FINISH = frozenset({"selesai", "finish", "done", "stop"})
MORE = frozenset({"lain", "ada", "other", "more"})

_NUMERIC_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_AGE = re.compile(
    r"(?:umur|usia|age|kira-kira|about)?\s*(\d{1,3})(?:\s*(?:-|–|sampai|to)\s*(\d{1,3}))?\s*(?:tahun|years?|th)?"
)


class NotAnAnswer(ValueError):
    """What was typed is no answer to this question; the message says what would be."""


def read(fact: Fact, text: str, on: date) -> Value:
    """The value meant by what was typed. Raises NotAnAnswer."""
    words = " ".join(text.split()).lower()
    if fact.kind is FactKind.BOOL:
        return _yes_or_no(words)
    if fact.kind is FactKind.CHOICE:
        return _choice(fact, words)
    if fact.kind is FactKind.NUMBER:
        return _number(fact, words)
    return _day(words, on)


def _yes_or_no(words: str) -> bool:
    if words in YES | NO:
        return words in YES
    raise NotAnAnswer(_("Jawab ya, tidak, tidak tahu, atau tidak mau."))


def _choice(fact: Fact, words: str) -> str:
    if words.isdigit() and 1 <= int(words) <= len(fact.choices):
        return fact.choices[int(words) - 1].code
    for choice in fact.choices:
        if words in {choice.code.lower(), choice.label.id.lower(), choice.label.en.lower()}:
            return choice.code
    raise NotAnAnswer(_("Pilih nomor 1 sampai %s, tidak tahu, atau tidak mau.") % len(fact.choices))


def _number(fact: Fact, words: str) -> int:
    digits = words.removeprefix("rp").strip().replace(".", "").replace(" ", "")
    if not digits.isascii() or not digits.isdigit():
        raise NotAnAnswer(_("Tulis bilangan bulat, misalnya 1.500.000."))
    number = int(digits)
    if fact.minimum is not None and number < fact.minimum:
        raise NotAnAnswer(_("Paling sedikit %s.") % fact.minimum)
    if fact.maximum is not None and number > fact.maximum:
        raise NotAnAnswer(_("Paling banyak %s.") % fact.maximum)
    return number


def _day(words: str, on: date) -> date | DateRange:
    """A whole day, only a year, or an age; the last two are estimates."""
    try:
        if found := _NUMERIC_DAY.fullmatch(words):
            day, month, year = (int(part) for part in found.groups())
            return _not_later(date(year, month, day), on)
        if re.fullmatch(r"\d{4}", words):
            return _not_later(DateRange(date(int(words), 1, 1), min(date(int(words), 12, 31), on)), on)
        if found := _AGE.fullmatch(words):
            return _from_age(int(found[1]), int(found[2] or found[1]), on)
        return _not_later(date.fromisoformat(words), on)
    except NotAnAnswer:
        raise
    except ValueError:
        raise NotAnAnswer(
            _(
                "Tulis tanggal seperti 17-8-1954, tahun saja seperti 1954, atau umur seperti 70 tahun atau 60-70 tahun."
            )
        ) from None


def _not_later(when: date | DateRange, on: date) -> date | DateRange:
    earliest = when.earliest if isinstance(when, DateRange) else when
    if earliest > on:
        raise NotAnAnswer(_("Tanggal itu belum terjadi pada %s.") % on.isoformat())
    return when


def _from_age(youngest: int, oldest: int, on: date) -> DateRange:
    earliest, latest = (
        born_from_age(max(youngest, oldest), 0, on),
        born_from_age(min(youngest, oldest), 0, on),
    )
    return DateRange(earliest.earliest, latest.latest)


# --- A file of answers: TOML, one line for each fact ---


def from_toml(facts: Mapping[str, Fact], name: str, written: Any) -> Value:
    """A value as the file has it. Raises NotAnAnswer with a sentence that names the fact."""
    fact = facts[name]
    value: Any = written
    if isinstance(written, dict) and set(written) == {"earliest", "latest"}:
        value = DateRange(written["earliest"], written["latest"])
    kinds: dict[FactKind, tuple[type, ...]] = {
        FactKind.BOOL: (bool,),
        FactKind.NUMBER: (int,),
        FactKind.CHOICE: (str,),
        FactKind.DATE: (date, DateRange),
    }
    is_right = isinstance(value, kinds[fact.kind]) and (
        fact.kind is FactKind.BOOL or not isinstance(value, bool)
    )
    if is_right and fact.kind is FactKind.CHOICE:
        is_right = value in {choice.code for choice in fact.choices}
    if not is_right:
        raise NotAnAnswer(
            _("%(fact)s: nilai %(value)r tidak dapat dipakai.") % {"fact": name, "value": written}
        )
    return value


def as_toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, DateRange):
        return f"{{ earliest = {value.earliest}, latest = {value.latest} }}"
    return f'"{value}"' if isinstance(value, str) else str(value)
