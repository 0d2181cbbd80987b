"""Why a criterion of a source of help is answered as it is, in one plain sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from simpul.catalogue.sources.reader import FOLDER, Facts
from simpul.catalogue.sources.shapes import SourceFact
from simpul.catalogue.tables import read
from simpul.catalogue.text import Text
from simpul.engines.rules import Answer, Finding


def why(criterion: Finding, facts: Facts, language: str) -> str:
    """What is known, or what is missing, behind the answer of one criterion."""
    return "; ".join(_told(leaf, facts, language) for leaf in _leaves(criterion))


def missing(criterion: Finding, facts: Facts) -> tuple[SourceFact, ...]:
    """The facts that a criterion still waits for, each once."""
    if criterion.answer is not Answer.UNKNOWN:
        return ()
    names = (leaf.about for leaf in _leaves(criterion) if leaf.answer is Answer.UNKNOWN)
    return tuple(facts[name] for name in dict.fromkeys(names) if name in facts)


def _leaves(finding: Finding) -> Iterator[Finding]:
    if not finding.parts:
        yield finding
    for part in finding.parts:
        yield from _leaves(part)


def _told(leaf: Finding, facts: Facts, language: str) -> str:
    fact = facts.get(leaf.about)
    if fact is None:
        return leaf.about
    if "value" not in leaf.values:
        return _say("unknown", language, label=_label(fact, language))
    if leaf.kind == "age":
        return _age(leaf.values, fact, language)
    if leaf.kind == "among":
        label = fact.choice_label(str(leaf.values["value"])).in_language(language)
        return _say("choice", language, label=_label(fact, language), value=label)
    return _say("yes" if leaf.values["value"] else "no", language, label=_label(fact, language))


def _age(values: Mapping[str, Any], fact: SourceFact, language: str) -> str:
    name = {"<=": "at_most", ">=": "at_least", "between": "between"}[str(values["operator"])]
    bound = _say(name, language, **{key: values[key] for key in ("low", "high", "bound") if key in values})
    return _say("age", language, label=_label(fact, language), value=values["value"], bound=bound)


def _label(fact: SourceFact, language: str) -> str:
    return (fact.years or fact.question).in_language(language)


@cache
def _phrases() -> Mapping[str, Text]:
    whole = read(FOLDER / "phrases.toml")
    return {name: whole.text(name) for name in whole.data}


def _say(name: str, language: str, /, **filled: object) -> str:
    return _phrases()[name].in_language(language).format(**filled)
