"""Facts: what is asked about a person or household, once, for all editions of the list of needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from simpul.catalogue.tables import SENSITIVITIES, CatalogueError, Report, Table, read, refuse
from simpul.catalogue.text import Text
from simpul.engines.rules import FactKind, FactSpec, Named, Node, RuleError, parse

ROOT = Path(__file__).parent
PAINFUL = 2
# fmt: off
_KEYS = (
    "kind", "of", "topic", "question", "label", "years", "why", "hint", "choices", "unit", "minimum", "maximum",
    "pain", "care", "proof", "sensitivity",
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a fact that is a choice."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: how to ask it kindly, why, how it may hurt, how it can be proved.

    pain: 0 harmless, 1 private, 2 painful, 3 very painful. `derived` is the rule of a fact that follows from
    others and is never asked; it is empty for a fact that is asked. `years` names the completed years since a date.
    """

    name: str
    kind: FactKind
    topic: str
    question: Text
    label: Text | None
    file: str
    line: int
    of: str = "person"
    why: Text | None = None
    hint: Text | None = None
    years: Text | None = None
    choices: tuple[Choice, ...] = ()
    unit: Text | None = None
    minimum: int | None = None
    maximum: int | None = None
    pain: int = 0
    care: Text | None = None
    proof: tuple[str, ...] = ()
    sensitivity: str = "normal"
    derived: str = ""

    @property
    def spec(self) -> FactSpec:
        """What a rule may say about the fact."""
        codes = tuple(choice.code for choice in self.choices)
        return FactSpec(self.name, self.kind, codes, self.minimum, self.maximum)

    def choice_label(self, code: str) -> Text:
        """The words for a choice; the code itself where an older answer is no longer offered."""
        return next((choice.label for choice in self.choices if choice.code == code), Text(code, code))


@dataclass(frozen=True, slots=True)
class FactBook:
    """All facts of one catalogue, and the conditions derived from them."""

    facts: Mapping[str, Fact]
    specs: Mapping[str, FactSpec]
    derived: Mapping[str, Node]


def all_facts() -> Mapping[str, Fact]:
    """Every fact by its name, derived ones too, in the order of the files."""
    return book().facts


def asked_facts() -> dict[str, Fact]:
    """The facts that are asked: all but the derived ones."""
    return {name: fact for name, fact in book().facts.items() if not fact.derived}


def get(name: str) -> Fact:
    """The fact of that name. KeyError if there is none."""
    return book().facts[name]


def specs() -> Mapping[str, FactSpec]:
    """What rules may say about each fact that is asked: for the engines."""
    return book().specs


def topic_label(topic: str) -> Text:
    """The name of a group of questions."""
    return _labels("topic")[topic]


def proof_label(proof: str) -> Text:
    """The name of a way to prove a fact."""
    return _labels("proof")[proof]


@cache
def _labels(group: str) -> dict[str, Text]:
    table = read(ROOT / "labels.toml").table(group)
    return {name: table.text(name) for name in table.data}


@cache
def book(root: Path = ROOT) -> FactBook:
    """The facts of a catalogue, read once. Raises CatalogueError."""
    return read_book(root, refuse)


def read_book(root: Path, report: Report) -> FactBook:
    """The facts of a catalogue; each fault goes to report and the fact is left out."""
    facts: dict[str, Fact] = {}
    for table, name in _tables(root):
        try:
            if name in facts:
                raise table.error(f"the fact {name!r} is already in {facts[name].file}")
            facts[name] = _fact(table, name)
        except CatalogueError as error:
            report(error)
    asked = {name: fact.spec for name, fact in facts.items() if not fact.derived}
    return FactBook(facts, asked, _derived(facts, asked, report))


def _tables(root: Path) -> Iterator[tuple[Table, str]]:
    for path in sorted((root / "facts").glob("*.toml")):
        whole = read(path)
        for name in whole.data:
            yield whole.table(name), name


def _fact(table: Table, name: str) -> Fact:
    if "derived" in table.data:
        table.check_keys("derived", "topic", "label")
        label = table.text("label")
        return Fact(
            name, FactKind.BOOL, table.string("topic"), label, label, table.file, table.line(),
            derived=table.string("derived"),
        )  # fmt: skip
    table.check_keys(*_KEYS)
    kind = FactKind(table.one_of("kind", tuple(FactKind)))
    fact = Fact(
        name=name,
        kind=kind,
        topic=table.string("topic"),
        question=table.text("question"),
        label=table.optional_text("label"),
        file=table.file,
        line=table.line(),
        of=table.one_of("of", ("person", "household")),
        why=table.text("why"),
        hint=table.optional_text("hint"),
        years=table.optional_text("years"),
        choices=tuple(_choices(table)),
        unit=table.optional_text("unit"),
        minimum=table.optional_whole("minimum"),
        maximum=table.optional_whole("maximum"),
        pain=table.whole("pain"),
        care=table.optional_text("care"),
        proof=table.strings("proof"),
        sensitivity=table.one_of("sensitivity", SENSITIVITIES),
    )
    _check(fact, table)
    return fact


def _choices(table: Table) -> Iterator[Choice]:
    for choice in table.tables("choices"):
        try:
            yield Choice(choice.string("code"), choice.text("label"))
        except CatalogueError as error:
            # Choices stand inside a list, which has no line of its own.
            raise table.error(error.sentence, "choices") from error


def _check(fact: Fact, table: Table) -> None:
    if fact.pain >= PAINFUL and fact.care is None:
        raise table.error(
            f"{fact.name!r} is painful to ask, so it needs 'care': guidance for the asker", "pain"
        )
    if (fact.kind is FactKind.CHOICE) != bool(fact.choices):
        raise table.error(f"{fact.name!r}: a choice has 'choices', and nothing else has", "kind")
    if (fact.kind is FactKind.NUMBER) != (fact.unit is not None):
        raise table.error(f"{fact.name!r}: a number has a 'unit', and nothing else has", "kind")
    if fact.kind is not FactKind.BOOL and fact.label is None:
        raise table.error(f"{fact.name!r} needs a 'label': a few words for it in a sentence", "kind")


def _derived(facts: Mapping[str, Fact], asked: Mapping[str, FactSpec], report: Report) -> dict[str, Node]:
    """The conditions of the derived facts; one may use those before it."""
    nodes: dict[str, Node] = {}
    for fact in facts.values():
        if fact.derived:
            try:
                node = parse(fact.derived, facts=asked, names=nodes, file=fact.file, line=fact.line)
                nodes[fact.name] = Named("derived", fact.name, node)
            except RuleError as error:
                report(CatalogueError(error.file, error.line, error.sentence))
    return nodes
