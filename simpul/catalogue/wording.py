"""Wording: a Finding told as one plain sentence for people, in Indonesian or English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from simpul.catalogue import facts
from simpul.catalogue.facts import ROOT, Fact
from simpul.catalogue.needs import Edition, NeedType
from simpul.catalogue.tables import read
from simpul.catalogue.text import Text
from simpul.engines.rules import Answer, DateRange, FactKind, Finding, Value

RUPIAH = "rupiah"


def sentence(finding: Finding, edition: Edition, language: str = "id") -> str:
    """One sentence for one node of a Finding; its parts are sentences of their own.

    A code that the edition does not know (any longer) is shown as it is.
    """
    return _first_upper(_TELLERS[finding.kind](finding, edition, language))


def value(fact: Fact | str, known: Value | None, language: str = "id") -> str:
    """A value of a fact in words: "Ya", "Rp900.000", "1 Maret 2026", "Perempuan"."""
    fact = facts.get(fact) if isinstance(fact, str) else fact
    if known is None:
        return _say("value", "unknown", language)
    if isinstance(known, bool):
        return _say("value", "yes" if known else "no", language)
    if isinstance(known, DateRange):
        return _range(known.earliest, known.latest, language)
    if isinstance(known, date):
        return day(known, language)
    if isinstance(known, int):
        return _amount(fact, known, language)
    return fact.choice_label(known).in_language(language)


def day(known: date, language: str = "id") -> str:
    """A day as people write it: "1 Maret 2026", in English "1 March 2026"."""
    return f"{known.day} {_say('month', str(known.month), language)} {known.year}"


def number(known: int, language: str = "id") -> str:
    """A whole number with its thousands parted: 1.400.000, in English 1,400,000."""
    parted = f"{known:,}"
    return parted if language.startswith("en") else parted.replace(",", ".")


def open_question(name: str, language: str = "id") -> str:
    """What is still missing: "Belum diketahui: apakah …?"."""
    return _say("fact", "unknown", language, question=_first_lower(_about(name, language)))


@cache
def _phrases() -> Mapping[str, Mapping[str, Text]]:
    whole = read(ROOT / "phrases.toml")
    return {
        group: {name: whole.table(group).text(name) for name in whole.data[group]} for group in whole.data
    }


def _say(group: str, name: str, language: str, /, **filled: object) -> str:
    return _phrases()[group][name].in_language(language).format(**filled)


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _first_lower(words: str) -> str:
    # Abbreviations such as HIV stay as they are.
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _amount(fact: Fact, known: int, language: str) -> str:
    words = number(known, language)
    if fact.unit is None:
        return words
    if fact.unit.id.startswith(RUPIAH):
        return f"Rp{words}"
    return f"{words} {fact.unit.in_language(language)}"


def _range(earliest: date, latest: date, language: str) -> str:
    whole_year = date(earliest.year, 1, 1), date(earliest.year, 12, 31)
    if (earliest, latest) == whole_year:
        return _say("value", "year", language, year=earliest.year)
    return _say("value", "between", language, earliest=day(earliest, language), latest=day(latest, language))


def _fact(name: str) -> Fact | None:
    return facts.all_facts().get(name)


def _about(name: str, language: str) -> str:
    """What a fact is about: its question where it is a yes or no, its label otherwise."""
    fact = _fact(name)
    if fact is None:
        return name
    words = fact.question if fact.kind is FactKind.BOOL or fact.label is None else fact.label
    return words.in_language(language)


def _label(name: str, language: str) -> str:
    fact = _fact(name)
    return fact.label.in_language(language) if fact and fact.label else _about(name, language)


def _type(finding: Finding, edition: Edition, language: str) -> str:
    need = _need(edition, finding.about)
    name = need.display.in_language(language) if need else finding.about
    return _say("type", str(finding.answer), language, name=name)


def _need(edition: Edition, code: str) -> NeedType | None:
    return next((need for need in edition.types if need.code == code), None)


def _criterion(finding: Finding, edition: Edition, language: str) -> str:
    owner, _, code = finding.about.partition(".")
    group, words = "criterion", finding.about
    if need := _need(edition, owner):
        for criterion in need.criteria:
            if criterion.code == code:
                group = "sign" if criterion.supporting else "criterion"
                words = criterion.text.in_language(language)
        for reading in need.readings:
            if reading.code == code:
                group, words = "reading", reading.text.in_language(language)
    return _say(group, str(finding.answer), language, text=words)


def _derived(finding: Finding, _edition: Edition, language: str) -> str:
    return _say("criterion", str(finding.answer), language, text=_label(finding.about, language))


def _counted(finding: Finding, _edition: Edition, language: str) -> str:
    answers = [part.answer for part in finding.parts]
    counts = {
        "of": len(answers),
        "met": answers.count(Answer.YES),
        "unmet": answers.count(Answer.NO),
        "open": answers.count(Answer.UNKNOWN),
        **finding.values,
    }
    return _say(finding.kind, str(finding.answer), language, **counts)


def _not(finding: Finding, _edition: Edition, language: str) -> str:
    return _say("not", str(finding.answer), language)


def _readings(finding: Finding, _edition: Edition, language: str) -> str:
    answers = {part.answer for part in finding.parts}
    differ = {Answer.YES, Answer.NO} <= answers
    return _say("readings", "differ" if differ else str(finding.answer), language)


def _is_true(finding: Finding, _edition: Edition, language: str) -> str:
    if "value" not in finding.values:
        return open_question(finding.about, language)
    answer = _say("value", "yes" if finding.values["value"] else "no", language)
    return _say("fact", "known", language, question=_about(finding.about, language), answer=answer)


def _among(finding: Finding, _edition: Edition, language: str) -> str:
    if "value" not in finding.values:
        return open_question(finding.about, language)
    fact = _fact(finding.about)
    known = finding.values["value"]

    def words(code: str) -> str:
        return fact.choice_label(code).in_language(language) if fact else code

    choices = ", ".join(words(code) for code in finding.values["choices"])
    label = _label(finding.about, language)
    return _say("among", "known", language, label=label, value=words(known), choices=choices)


def _compare(finding: Finding, _edition: Edition, language: str) -> str:
    found = finding.values
    if "other" in found:
        return _two_numbers(finding, language)
    if "value" not in found and "earliest" not in found:
        return open_question(finding.about, language)

    def words(known: Any) -> str:
        fact = _fact(finding.about)
        return value(fact, known, language) if fact else str(known)

    seen = words(found["value"]) if "value" in found else _range(found["earliest"], found["latest"], language)
    label = _label(finding.about, language)
    return _say("compare", "known", language, label=label, value=seen, bound=_bound(found, words, language))


def _two_numbers(finding: Finding, language: str) -> str:
    left, right = finding.about, finding.values["other"]
    missing = [name for name, key in ((left, "value"), (right, "bound")) if key not in finding.values]
    if missing:
        labels = ", ".join(_first_lower(_label(name, language)) for name in missing)
        return _say("compare", "one_unknown", language, labels=labels)
    first, second = finding.values["value"], finding.values["bound"]
    relation = "less" if first < second else "more" if first > second else "same"
    return _say(
        "compare",
        "both",
        language,
        label=_label(left, language),
        value=value(left, first, language),
        relation=_say("relation", relation, language),
        other=_first_lower(_label(right, language)),
        bound=value(right, second, language),
    )


def _age(finding: Finding, _edition: Edition, language: str) -> str:
    found = finding.values
    fact = _fact(finding.about)
    if "value" in found:
        seen = _say("age", "years", language, n=found["value"])
    elif "fewest" in found:
        seen = _say("age", "range", language, low=found["fewest"], high=found["most"])
    else:
        return open_question(finding.about, language)
    label = fact.years.in_language(language) if fact and fact.years else _label(finding.about, language)

    def words(years: Any) -> str:
        return _say("age", "years", language, n=years)

    return _say("age", "known", language, label=label, value=seen, bound=_bound(found, words, language))


def _bound(found: Mapping[str, Any], words: Callable[[Any], str], language: str) -> str:
    operator = found["operator"]
    if operator == "between":
        # The unit is said once: "6 sampai 17 tahun".
        low = str(found["low"]) if isinstance(found["low"], int) else words(found["low"])
        return _say("bound", operator, language, low=low, high=words(found["high"]))
    return _say("bound", operator, language, bound=words(found["bound"]))


_TELLERS: Mapping[str, Callable[[Finding, Edition, str], str]] = {
    "type": _type,
    "criterion": _criterion,
    "derived": _derived,
    "all": _counted,
    "any": _counted,
    "at_least": _counted,
    "not": _not,
    "readings": _readings,
    "fact": _is_true,
    "among": _among,
    "compare": _compare,
    "age": _age,
}
