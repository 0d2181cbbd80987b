"""Contradictions: answers that cannot well be true together. They are shown to be cleared up, and refuse nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from simpul.catalogue import facts
from simpul.catalogue.facts import ROOT, FactBook
from simpul.catalogue.tables import CatalogueError, Report, Table, read, refuse
from simpul.catalogue.text import Text
from simpul.engines.rules import Answer, Facts, Node, RuleError, parse


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Answers that do not fit together: the facts they are about, and a sentence that says what to look at."""

    code: str
    facts: tuple[str, ...]
    sentence: Text


@dataclass(frozen=True, slots=True)
class Kind:
    """One way in which answers can contradict each other."""

    contradiction: Contradiction
    when: Node
    file: str
    line: int


def found(known: Facts, on: date) -> tuple[Contradiction, ...]:
    """What does not fit together in these facts, as far as it is certain. FactError for a wrong type."""
    return tuple(kind.contradiction for kind in _kinds() if kind.when.verdict(known, on) is Answer.YES)


def rules() -> Mapping[str, Node]:
    """The condition of each by its code: for judging many at once."""
    return {kind.contradiction.code: kind.when for kind in _kinds()}


@cache
def _kinds() -> tuple[Kind, ...]:
    return tuple(read_kinds(ROOT, facts.book(), refuse))


def read_kinds(root: Path, book: FactBook, report: Report) -> Iterator[Kind]:
    """The table of a catalogue; each fault goes to report and the entry is left out."""
    path = root / "contradictions.toml"
    if not path.exists():
        return
    whole = read(path)
    whole.check_keys("contradiction")
    codes: set[str] = set()
    for table in whole.tables("contradiction"):
        try:
            kind = _kind(table, book)
            if kind.contradiction.code in codes:
                raise table.error(f"the code {kind.contradiction.code!r} is there twice", "code")
            codes.add(kind.contradiction.code)
            yield kind
        except CatalogueError as error:
            report(error)
        except RuleError as error:
            report(CatalogueError(error.file, error.line, error.sentence))


def _kind(table: Table, book: FactBook) -> Kind:
    table.check_keys("code", "when", "sentence")
    line = table.line("when")
    when = parse(table.string("when"), facts=book.specs, names=book.derived, file=table.file, line=line)
    about = tuple(name for name in book.specs if name in when.facts())
    return Kind(
        Contradiction(table.string("code"), about, table.text("sentence")), when, table.file, table.line()
    )
