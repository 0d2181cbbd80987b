"""Agreement: what has to fit together inside a catalogue, so that no text promises what a rule does not do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from simpul.catalogue import wording
from simpul.catalogue.examples import Example
from simpul.catalogue.facts import FactBook
from simpul.catalogue.needs import Criterion, Edition, NeedType
from simpul.catalogue.problems import Problem
from simpul.catalogue.text import LANGUAGES, Text
from simpul.engines.rules import AgeBetween, AgeCompare, Answer, FactKind, Finding, Named, Node, Operator

HIGHLY_RESTRICTED = "highly_restricted"
MOST_REASONS = 3
_ANSWERS = {
    Answer.YES: Text("ya", "yes"),
    Answer.NO: Text("tidak", "no"),
    Answer.UNKNOWN: Text("belum pasti", "not known"),
}
# "Under 18" speaks of 17 and "above 60" of 61: the words before a number move it by one.
_SPELT = {
    "satu": 1,
    "one": 1,
    "two": 2,
    "dua": 2,
    "tiga": 3,
    "three": 3,
    "empat": 4,
    "four": 4,
    "lima": 5,
    "five": 5,
}
_NUMBER = re.compile(
    r"\b(?P<below>(?:sebelum|di bawah|kurang dari|belum(?: genap)?|under|below|before|(?:less|younger) than) )?"
    r"(?P<above>(?:di atas|lebih dari|above|over|(?:more|older) than) )?"
    rf"(?P<number>\d+|{'|'.join(_SPELT)})\b"
)
_INCLUSIVE = {Operator.MORE: 1, Operator.LESS: -1}


def open_gates(book: FactBook) -> Iterator[Problem]:
    """Yes or no questions that are less secret than a highly restricted fact which hangs on their answer.

    A date or a choice (born, kind of work) is no such gate: it only says whom a question concerns.
    """
    for name, spec in book.specs.items():
        fact = book.facts[name]
        if fact.sensitivity != HIGHLY_RESTRICTED:
            continue
        for condition in filter(None, (spec.asked_if, spec.follows)):
            for gate in sorted(condition.facts()):
                theirs = book.facts[gate]
                if theirs.kind is FactKind.BOOL and theirs.sensitivity != HIGHLY_RESTRICTED:
                    said = Text(
                        f"{gate!r} membuka atau menjawab {name!r}, jadi harus 'highly_restricted' juga",
                        f"{gate!r} opens or settles {name!r}, so it must be 'highly_restricted' too",
                    )
                    yield Problem.at(theirs.file, theirs.line, said)


def unsaid_ages(need: NeedType, criterion: Criterion) -> Iterator[Problem]:
    """Age bounds of a criterion that do not stand in its text. `text_says` tells why, where that is meant."""
    if criterion.text_says:
        return
    bounds = set(_age_bounds(criterion.node.node if isinstance(criterion.node, Named) else criterion.node))
    for language in LANGUAGES:
        text = criterion.text.in_language(language)
        for bound in sorted(bounds - _ages_in(text)):
            said = Text(
                f"{need.code}: batas umur {bound} pada 'when' tidak ada dalam teks {language!r}: “{text}”",
                f"{need.code}: the age bound {bound} of 'when' is not in the text in {language!r}: “{text}”",
            )
            yield Problem.at(need.file, criterion.when_line, said)


def _age_bounds(node: Node) -> Iterator[int]:
    """The first and last years of age that hold. Nought is no bound, and a derived fact has words of its own."""
    if isinstance(node, AgeBetween):
        yield from (years for years in (node.low, node.high) if years)
    elif isinstance(node, AgeCompare):
        # Until yesterday, the anniversary itself still counts: "at most five years" is what the text says.
        yield node.years + (0 if node.until_yesterday else _INCLUSIVE.get(node.operator, 0))
    elif not isinstance(node, Named):
        for child in node.children():
            yield from _age_bounds(child)


def _ages_in(text: str) -> set[int]:
    return {
        int(_SPELT.get(found["number"], found["number"])) + bool(found["above"]) - bool(found["below"])
        for found in _NUMBER.finditer(text.lower())
    }


def disagreement(edition: Edition, need: NeedType, example: Example) -> Iterator[Problem]:
    """An example that is judged otherwise than its writer expects, and the criteria that made it so."""
    finding = need.judge(example.facts, example.on)
    if finding.answer == example.expect:
        return
    expected, got = _ANSWERS[example.expect], _ANSWERS[finding.answer]
    reasons = {reason.about: reason for reason in _deciding(finding.parts[0])}.values()
    because = {
        language: "; ".join(
            wording.sentence(reason, edition, language) for reason in islice(reasons, MOST_REASONS)
        )
        for language in LANGUAGES
    }
    said = Text(
        f"{need.code}, contoh “{example.name.id}”: diharapkan {expected.id}, "
        f"aturan berkata {got.id} karena: {because['id']}",
        f"{need.code}, example “{example.name.en}”: {expected.en} is expected, "
        f"the rule says {got.en} because: {because['en']}",
    )
    yield Problem.at(example.file, example.line, said)


def _deciding(finding: Finding) -> Iterator[Finding]:
    """The criteria from which the answer follows."""
    if finding.kind == "criterion":
        yield finding
        return
    turns = finding.kind in ("not", "readings")
    for part in finding.parts:
        if turns or part.answer == finding.answer:
            yield from _deciding(part)
