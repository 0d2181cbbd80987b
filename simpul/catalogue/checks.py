"""Checks: everything that can be wrong in a catalogue, named by file and line, with a sentence.

Run by `simpul check --catalogue` and by the tests, on the shipped catalogue or on a copy of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from simpul.catalogue import agreement, beside, contradictions, editions, examples, facts, words
from simpul.catalogue.facts import ROOT, Fact, FactBook
from simpul.catalogue.needs import Criterion, Edition, NeedType
from simpul.catalogue.problems import Problem
from simpul.catalogue.tables import CatalogueError, Report, Table, read, shown
from simpul.catalogue.text import LANGUAGES, Text
from simpul.catalogue.witnesses import walk, witness
from simpul.engines.rules import Answer, DateRange, FactKind, Named, Value

FEWEST_EXAMPLES = 6
_POINTING = re.compile(r"\b(itu|tersebut|di sana)\b")
# Any day does for trying out a rule where an edition has no examples.
_ANY_DAY = date(2026, 11, 21)


def check(root: Path = ROOT) -> list[Problem]:
    """All problems of the catalogue in that folder; an empty list is a clean bill."""
    problems: list[Problem] = []

    def report(error: CatalogueError) -> None:
        problems.append(Problem.of(error))

    try:
        book = facts.read_book(root, report)
        faulty: set[str] = set()
        found = list(_editions(root, book, report, faulty))
        problems += _across(root, found, report, faulty)
        for edition in found:
            for need in edition.types:
                problems += _type(need, book)
            problems += _examples(edition, book, report)
        problems += _dangling(book)
        problems += agreement.open_gates(book)
        kinds = list(contradictions.read_kinds(root, book, report))
        # A rule that could not be read may use what nobody else does.
        if not faulty:
            problems += _unused(book, found, kinds)
    except CatalogueError as error:
        report(error)
    beside.read_all(root, report)
    problems += _hurtful(root)
    return sorted(set(problems))


def _editions(root: Path, book: FactBook, report: Report, faulty: set[str]) -> Iterator[Edition]:
    """The editions; `faulty` gathers the codes of those that could not be read whole."""
    for code, head in editions.heads(root).items():

        def report_of(error: CatalogueError, code: str = code) -> None:
            faulty.add(code)
            report(error)

        if head.string("kind", "list") == "list":
            try:
                yield editions.read_edition(head, book, report_of)
            except CatalogueError as error:
                report_of(error)


def _across(root: Path, found: list[Edition], report: Report, faulty: set[str]) -> Iterator[Problem]:
    """What holds between files: one default, groups and crosswalks that name types which exist.

    Where an edition could not be read whole, nobody can tell which of its types are missing: it is left out.
    """
    types = {edition.code: {need.code for need in edition.types} for edition in found}
    defaults = [head for head in editions.heads(root).values() if head.flag("default")]
    if len(defaults) != 1:
        said = Text(
            f"ada {len(defaults)} daftar bawaan; harus tepat satu",
            f"{len(defaults)} editions are the default; one must be",
        )
        yield Problem.at(shown(root / "screening"), 1, said)
    for head in editions.heads(root).values():
        if head.string("kind", "list") == "grouping":
            grouping = _read(lambda head=head: editions.read_grouping(head), report)  # type: ignore[misc]
            if grouping and grouping.of not in faulty:
                yield from _grouping(grouping, types.get(grouping.of, set()))
    for path in sorted((root / "crosswalks").glob("*.toml")):
        crosswalk = _read(lambda path=path: editions.read_crosswalk(path), report)  # type: ignore[misc]
        if crosswalk:
            yield from _crosswalk(crosswalk, types, faulty)


def _grouping(grouping: editions.Grouping, types: set[str]) -> Iterator[Problem]:
    for group in grouping.groups:
        for member in sorted(set(group.members) - types):
            yield Problem.at(grouping.file, group.line, _no_type_of(member, grouping.of))


def _no_type_of(code: str, edition: str) -> Text:
    return Text(f"{code!r} bukan jenis dalam {edition}", f"{code!r} is no type of {edition}")


def _read(reader: Callable[[], Any], report: Report) -> Any:
    try:
        return reader()
    except CatalogueError as error:
        report(error)
        return None


def _crosswalk(
    crosswalk: editions.Crosswalk, types: dict[str, set[str]], faulty: set[str]
) -> Iterator[Problem]:
    sources = types.get(crosswalk.source, set())
    knows_sources, knows_targets = crosswalk.source not in faulty, crosswalk.target not in faulty
    seen: set[str] = set()
    for step in crosswalk.steps:
        if step.source in seen or (knows_sources and step.source not in sources):
            said = Text(
                f"{step.source!r} bukan jenis di sini, atau tertulis dua kali",
                f"{step.source!r} is no type here, or is there twice",
            )
            yield Problem.at(crosswalk.file, step.line, said)
        seen.add(step.source)
        for target in sorted(set(step.targets) - types.get(crosswalk.target, set())) if knows_targets else ():
            yield Problem.at(crosswalk.file, step.line, _no_type_of(target, crosswalk.target))
    for missing in sorted(sources - seen):
        said = Text(f"belum ada keterangan tentang {missing!r}", f"nothing is said about {missing!r}")
        yield Problem.at(crosswalk.file, 1, said)


def _type(need: NeedType, book: FactBook) -> Iterator[Problem]:
    """What one type can answer, and whether each criterion has a part in it."""
    if need.node is None:
        for criterion in need.criteria:
            said = Text(
                f"{need.code}: kriteria ini tidak dipakai aturan mana pun",
                f"{need.code}: a criterion without a rule that uses it",
            )
            yield Problem.at(need.file, criterion.line, said)
        return
    used = {node.code.partition(".")[2] for node in walk(need.node) if isinstance(node, Named)}
    for criterion in need.criteria:
        yield from _use(need, criterion, used)
        yield from agreement.unsaid_ages(need, criterion)
    seen = witness(need, book.specs, _ANY_DAY)
    if True not in seen.answers:
        said = Text(f"{need.code} tidak pernah bisa ya", f"{need.code} can never be yes")
        yield Problem.at(need.file, need.line, said)
    elif False not in seen.answers:
        said = Text(f"{need.code} tidak pernah bisa tidak", f"{need.code} can never be no")
        yield Problem.at(need.file, need.line, said)
    else:
        for criterion in need.criteria:
            if criterion.code in seen.idle:
                said = Text(
                    f"{need.code}: kriteria {criterion.code!r} tidak pernah mengubah hasil",
                    f"{need.code}: the criterion {criterion.code!r} can never change the verdict",
                )
                yield Problem.at(need.file, criterion.line, said)


def _use(need: NeedType, criterion: Criterion, used: set[str]) -> Iterator[Problem]:
    if not criterion.supporting and criterion.code not in used:
        said = Text(
            f"{need.code}: aturan tidak memakai {criterion.code!r}; pakai, atau tandai 'supporting'",
            f"{need.code}: the rule does not use {criterion.code!r}; use it or mark it supporting",
        )
        yield Problem.at(need.file, criterion.line, said)
    if criterion.supporting and criterion.code in used:
        said = Text(
            f"{need.code}: {criterion.code!r} hanya tanda pendukung, tetapi aturan memakainya",
            f"{need.code}: {criterion.code!r} is only a supporting sign, but the rule uses it",
        )
        yield Problem.at(need.file, criterion.line, said)


def _examples(edition: Edition, book: FactBook, report: Report) -> Iterator[Problem]:
    """Whether the examples are enough, understandable, and judged as the experts expect."""
    judgeable = {need.code: need for need in edition.types if need.node}
    unread = editions.codes_written(edition.path) - {need.code for need in edition.types}
    found: dict[str, list[examples.Example]] = {code: [] for code in judgeable}
    for example in examples.read_folder(edition.path, report):
        if example.type not in judgeable:
            # A type that could not be read was reported already, and its examples are not to blame.
            if example.type not in unread:
                said = Text(
                    f"{example.type!r} tidak punya aturan dalam {edition.code}",
                    f"{example.type!r} has no rule in {edition.code}",
                )
                yield Problem.at(example.file, example.line, said)
            continue
        found[example.type].append(example)
        wrong = list(_wrong_facts(example, book))
        yield from wrong
        if not wrong:
            yield from agreement.disagreement(edition, judgeable[example.type], example)
    for code, theirs in found.items():
        yield from _too_few(judgeable[code], theirs)


def _too_few(need: NeedType, theirs: list[examples.Example]) -> Iterator[Problem]:
    code = need.code
    if len(theirs) < FEWEST_EXAMPLES:
        said = Text(
            f"{code} punya {len(theirs)} contoh; perlu sedikitnya {FEWEST_EXAMPLES}",
            f"{code} has {len(theirs)} examples; at least {FEWEST_EXAMPLES} are needed",
        )
        yield Problem.at(need.file, need.line, said)
    for answer in set(Answer) - {example.expect for example in theirs}:
        said = Text(f"{code} tidak punya contoh yang {answer}", f"{code} has no example that is {answer}")
        yield Problem.at(need.file, need.line, said)


def _wrong_facts(example: examples.Example, book: FactBook) -> Iterator[Problem]:
    for name, value in example.facts.items():
        fact = book.facts.get(name)
        if fact is None or fact.derived:
            said = Text(f"{name!r} bukan fakta yang ditanyakan", f"{name!r} is no fact that is asked")
            yield Problem.at(example.file, example.line, said)
        elif value is not None and not _fits(fact, value):
            said = Text(f"{value!r} bukan jawaban untuk {name!r}", f"{value!r} is no answer to {name!r}")
            yield Problem.at(example.file, example.line, said)


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
            said = Text(
                f"{fact.name!r} menunjuk hal yang disebut sebelumnya, jadi perlu 'asked_if'",
                f"{fact.name!r} points at something said before, so it needs 'asked_if'",
            )
            yield Problem.at(fact.file, fact.line, said)


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
            said = Text(
                f"tidak ada aturan yang memakai fakta {fact.name!r}", f"no rule uses the fact {fact.name!r}"
            )
            yield Problem.at(fact.file, fact.line, said)


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
                    said = Text(
                        f"{key!r} memuat kata yang menyakitkan: {word!r}",
                        f"{key!r} holds a word that hurts: {word!r}",
                    )
                    yield Problem.at(table.file, table.line(key), said)
        elif isinstance(value, dict):
            yield from _hurtful_below(table.table(key))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for part in table.tables(key):
                yield from _hurtful_below(part)
