"""Checks: everything that can be wrong in a catalogue, named by file and line, with a sentence.

Run by `simpul check --catalogue` and by the tests, on the shipped catalogue or on a copy of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from simpul.catalogue import contradictions, editions, examples, facts, words
from simpul.catalogue.facts import ROOT, Fact, FactBook
from simpul.catalogue.needs import Criterion, Edition, NeedType
from simpul.catalogue.tables import CatalogueError, Report, Table, read, shown
from simpul.catalogue.text import LANGUAGES
from simpul.catalogue.witnesses import walk, witness
from simpul.engines.rules import Answer, DateRange, FactKind, Named, Value

FEWEST_EXAMPLES = 6
_POINTING = re.compile(r"\b(itu|tersebut|di sana)\b")
# Any day does for trying out a rule where an edition has no examples.
_ANY_DAY = date(2026, 11, 21)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


def check(root: Path = ROOT) -> list[Problem]:
    """All problems of the catalogue in that folder; an empty list is a clean bill."""
    problems: list[Problem] = []

    def report(error: CatalogueError) -> None:
        problems.append(Problem(error.file, error.line, error.sentence))

    try:
        book = facts.read_book(root, report)
        found = list(_editions(root, book, report))
        problems += _across(root, found, report)
        for edition in found:
            for need in edition.types:
                problems += _type(need, book)
            problems += _examples(edition, book, report)
        problems += _dangling(book)
        problems += _unused(book, found, list(contradictions.read_kinds(root, book, report)))
    except CatalogueError as error:
        report(error)
    problems += _hurtful(root)
    return sorted(set(problems))


def _editions(root: Path, book: FactBook, report: Report) -> Iterator[Edition]:
    for head in editions.heads(root).values():
        if head.string("kind", "list") == "list":
            try:
                yield editions.read_edition(head, book, report)
            except CatalogueError as error:
                report(error)


def _across(root: Path, found: list[Edition], report: Report) -> Iterator[Problem]:
    """What holds between files: one default, groups and crosswalks that name types which exist."""
    types = {edition.code: {need.code for need in edition.types} for edition in found}
    defaults = [edition for edition in found if edition.is_default]
    if len(defaults) != 1:
        yield Problem(shown(root / "screening"), 1, f"{len(defaults)} editions are the default; one must be")
    for head in editions.heads(root).values():
        if head.string("kind", "list") == "grouping":
            grouping = _read(lambda head=head: editions.read_grouping(head), report)  # type: ignore[misc]
            for group in grouping.groups if grouping else ():
                for member in set(group.members) - types.get(grouping.of, set()):
                    yield Problem(grouping.file, group.line, f"{member!r} is no type of {grouping.of}")
    for path in sorted((root / "crosswalks").glob("*.toml")):
        crosswalk = _read(lambda path=path: editions.read_crosswalk(path), report)  # type: ignore[misc]
        if crosswalk:
            yield from _crosswalk(crosswalk, types)


def _read(reader: Callable[[], Any], report: Report) -> Any:
    try:
        return reader()
    except CatalogueError as error:
        report(error)
        return None


def _crosswalk(crosswalk: editions.Crosswalk, types: dict[str, set[str]]) -> Iterator[Problem]:
    sources = types.get(crosswalk.source, set())
    seen: set[str] = set()
    for step in crosswalk.steps:
        if step.source not in sources or step.source in seen:
            yield Problem(crosswalk.file, step.line, f"{step.source!r} is no type here, or is there twice")
        seen.add(step.source)
        for target in set(step.targets) - types.get(crosswalk.target, set()):
            yield Problem(crosswalk.file, step.line, f"{target!r} is no type of {crosswalk.target}")
    for missing in sorted(sources - seen):
        yield Problem(crosswalk.file, 1, f"nothing is said about {missing!r}")


def _type(need: NeedType, book: FactBook) -> Iterator[Problem]:
    """What one type can answer, and whether each criterion has a part in it."""
    if need.node is None:
        for criterion in need.criteria:
            yield Problem(need.file, criterion.line, f"{need.code}: a criterion without a rule that uses it")
        return
    used = {node.code.partition(".")[2] for node in walk(need.node) if isinstance(node, Named)}
    for criterion in need.criteria:
        yield from _use(need, criterion, used)
    seen = witness(need, book.specs, _ANY_DAY)
    if True not in seen.answers:
        yield Problem(need.file, need.line, f"{need.code} can never be yes")
    elif False not in seen.answers:
        yield Problem(need.file, need.line, f"{need.code} can never be no")
    else:
        for criterion in need.criteria:
            if criterion.code in seen.idle:
                sentence = f"{need.code}: the criterion {criterion.code!r} can never change the verdict"
                yield Problem(need.file, criterion.line, sentence)


def _use(need: NeedType, criterion: Criterion, used: set[str]) -> Iterator[Problem]:
    if not criterion.supporting and criterion.code not in used:
        sentence = f"{need.code}: the rule does not use {criterion.code!r}; use it or mark it supporting"
        yield Problem(need.file, criterion.line, sentence)
    if criterion.supporting and criterion.code in used:
        sentence = f"{need.code}: {criterion.code!r} is only a supporting sign, but the rule uses it"
        yield Problem(need.file, criterion.line, sentence)


def _examples(edition: Edition, book: FactBook, report: Report) -> Iterator[Problem]:
    """Whether the examples are enough, understandable, and judged as the experts expect."""
    judgeable = {need.code: need for need in edition.types if need.node}
    unread = editions.codes_written(edition.path) - {need.code for need in edition.types}
    found: dict[str, list[examples.Example]] = {code: [] for code in judgeable}
    for example in examples.read_folder(edition.path, report):
        if example.type not in judgeable:
            # A type that could not be read was reported already, and its examples are not to blame.
            if example.type not in unread:
                yield Problem(example.file, example.line, f"{example.type!r} has no rule in {edition.code}")
            continue
        found[example.type].append(example)
        wrong = list(_wrong_facts(example, book))
        yield from wrong
        if not wrong:
            yield from _disagreement(judgeable[example.type], example)
    for code, theirs in found.items():
        need = judgeable[code]
        if len(theirs) < FEWEST_EXAMPLES:
            sentence = f"{code} has {len(theirs)} examples; at least {FEWEST_EXAMPLES} are needed"
            yield Problem(need.file, need.line, sentence)
        for answer in set(Answer) - {example.expect for example in theirs}:
            yield Problem(need.file, need.line, f"{code} has no example that is {answer}")


def _disagreement(need: NeedType, example: examples.Example) -> Iterator[Problem]:
    answer = need.judge(example.facts, example.on).answer
    if answer != example.expect:
        sentence = f"{need.code}: the example expects {example.expect}, the rule says {answer}"
        yield Problem(example.file, example.line, sentence)


def _wrong_facts(example: examples.Example, book: FactBook) -> Iterator[Problem]:
    for name, value in example.facts.items():
        fact = book.facts.get(name)
        if fact is None or fact.derived:
            yield Problem(example.file, example.line, f"{name!r} is no fact that is asked")
        elif value is not None and not _fits(fact, value):
            yield Problem(example.file, example.line, f"{value!r} is no answer to {name!r}")


def _fits(fact: Fact, value: Value) -> bool:
    if fact.kind is FactKind.BOOL:
        return isinstance(value, bool)
    if fact.kind is FactKind.CHOICE:
        return value in fact.spec.choices
    if fact.kind is FactKind.DATE:
        return isinstance(value, (date, DateRange))
    if isinstance(value, bool) or not isinstance(value, int):
        return False
    return (fact.minimum is None or fact.minimum <= value) and (fact.maximum is None or value <= fact.maximum)


def _dangling(book: FactBook) -> Iterator[Problem]:
    """Questions that point at something, as "that difficulty" does, though nothing makes sure it was named."""
    for fact in book.facts.values():
        if not fact.derived and not fact.asked_if and _POINTING.search(fact.question.id):
            sentence = f"{fact.name!r} points at something said before, so it needs 'asked_if'"
            yield Problem(fact.file, fact.line, sentence)


def _unused(
    book: FactBook, found: Iterable[Edition], kinds: Iterable[contradictions.Kind]
) -> Iterator[Problem]:
    """Facts that no rule, no sign and no condition on a question looks at: nobody may be asked for them."""
    used: set[str] = set()
    conditions = [node for spec in book.specs.values() for node in (spec.asked_if, spec.follows) if node]
    for node in [*conditions, *(kind.when for kind in kinds)]:
        used |= node.facts() | {part.code for part in walk(node) if isinstance(part, Named)}
    for edition in found:
        for need in edition.types:
            for criterion in need.criteria:
                used |= criterion.node.facts()
                used |= {node.code for node in walk(criterion.node) if isinstance(node, Named)}
    for fact in book.facts.values():
        if fact.name not in used:
            yield Problem(fact.file, fact.line, f"no rule uses the fact {fact.name!r}")


def _hurtful(root: Path) -> Iterator[Problem]:
    """Words that hurt in any text that can reach a screen. `official` is the one place where they may stand."""
    for path in sorted(root.rglob("*.toml")):
        if path.name != "words.toml":
            try:
                yield from _hurtful_below(read(path))
            except CatalogueError:
                continue  # reported by whoever reads the file for its content


def _hurtful_below(table: Table) -> Iterator[Problem]:
    for key, value in table.data.items():
        if isinstance(value, dict) and set(value) == set(LANGUAGES):
            for language in LANGUAGES:
                for word in words.hurtful_in(str(value[language]), language):
                    yield Problem(table.file, table.line(key), f"{key!r} holds a word that hurts: {word!r}")
        elif isinstance(value, dict):
            yield from _hurtful_below(table.table(key))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for part in table.tables(key):
                yield from _hurtful_below(part)
