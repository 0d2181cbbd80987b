"""Facts: what is asked about a person or household, once, for all editions of the list of needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from simpul.catalogue.tables import SENSITIVITIES, CatalogueError, Report, Table, read, refuse
from simpul.catalogue.text import Text
from simpul.engines.rules import (
    Answer,
    AtLeast,
    FactKind,
    Facts,
    FactSpec,
    Named,
    Node,
    Readings,
    RuleError,
    parse,
)
from simpul.engines.rules import completed as complete

ROOT = Path(__file__).parent
PAINFUL = 2
# fmt: off
_KEYS = (
    "kind", "of", "topic", "question", "label", "years", "why", "hint", "choices", "unit", "minimum", "maximum",
    "pain", "care", "proof", "sensitivity", "asked_if", "otherwise", "follows", "volunteered_only", "holds_for", "early",
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

    asked_if: on which condition the question is put (empty: always); `otherwise` is what its no says about this fact
    (None: nothing, it stays not known). follows: the expression that a yes or no follows from where it was not given,
    and whose facts are asked where it was asked in vain. volunteered_only: taken when told, never put forward. early: easy and
    concrete, so it opens the talk. holds_for: for how
    many months an answer may be taken as still true (None: it does not fade).
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
    asked_if: str = ""
    otherwise: bool | int | str | None = None
    follows: str = ""
    volunteered_only: bool = False
    early: bool = False
    holds_for: int | None = None

    @property
    def spec(self) -> FactSpec:
        """What a rule may say about the fact, without the condition on its question: `specs` has that too."""
        codes = tuple(choice.code for choice in self.choices)
        return FactSpec(
            self.name,
            self.kind,
            codes,
            self.minimum,
            self.maximum,
            volunteered=self.volunteered_only,
            early=self.early,
        )

    @property
    def is_settled_by_others(self) -> bool:
        """Whether other answers can settle it."""
        return self.otherwise is not None or bool(self.follows)

    def choice_label(self, code: str) -> Text:
        """The words for a choice; the code itself where an older answer is no longer offered."""
        return next((choice.label for choice in self.choices if choice.code == code), Text(code, code))


@dataclass(frozen=True, slots=True)
class FactBook:
    """All facts of one catalogue, and the conditions derived from them."""

    facts: Mapping[str, Fact]
    specs: Mapping[str, FactSpec]
    derived: Mapping[str, Node]


@dataclass(frozen=True, slots=True)
class Asking:
    """What decides which questions are put: the condition on each that has one, and those never put forward."""

    asked_if: Mapping[str, Node]
    volunteered: frozenset[str]


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


def asking() -> Asking:
    """The conditions on questions for OpenFacts(asked_if=…), and what goes into `skip` of next_question."""
    conditions = {name: spec.asked_if for name, spec in specs().items() if spec.asked_if}
    volunteered = frozenset(name for name, spec in specs().items() if spec.volunteered)
    return Asking(conditions, volunteered)


def may_be_put(name: str, known: Facts, on: date) -> Answer:
    """Whether the question may be put to this person: a no for a child who must not be asked, for example.

    Not known: something else is asked first. KeyError for a fact that is not asked.
    """
    condition = specs()[name].asked_if
    return condition.verdict(completed(known, on), on) if condition else Answer.YES


def completed(known: Facts, on: date) -> Facts:
    """What was told, and what it settles: see Fact.otherwise. What was told always stays."""
    return complete(known, tuple(specs().values()), on)


def topic_label(topic: str) -> Text:
    """The name of a group of questions."""
    return _labels("topic")[topic]


def proof_label(proof: str) -> Text:
    """The name of a way to prove a fact."""
    return _labels("proof")[proof]


def verified_label(mark: str) -> Text:
    """How sure we are of a text of law: "source", "secondary", "seed", "memory" or "design", in words."""
    return _labels("verified")[mark]


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
    derived = _derived(facts, asked, report)
    return FactBook(facts, _with_conditions(facts, asked, derived, report), derived)


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
        asked_if=table.string("asked_if") if "asked_if" in table.data else "",
        otherwise=table.data.get("otherwise"),
        follows=table.string("follows") if "follows" in table.data else "",
        volunteered_only=table.flag("volunteered_only"),
        early=table.flag("early"),
        holds_for=_months(table),
    )
    _check(fact, table)
    return fact


def _months(table: Table) -> int | None:
    """For how long an answer holds. `{ months = 12 }`; None where nothing is said."""
    if "holds_for" not in table.data:
        return None
    duration = table.table("holds_for")
    duration.check_keys("months")
    months = duration.whole("months")
    if months < 1:
        raise table.error("'holds_for' is at least 1 month", "holds_for")
    return months


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
    _check_otherwise(fact, table)
    if (fact.kind is FactKind.CHOICE) != bool(fact.choices):
        raise table.error(f"{fact.name!r}: a choice has 'choices', and nothing else has", "kind")
    if (fact.kind is FactKind.NUMBER) != (fact.unit is not None):
        raise table.error(f"{fact.name!r}: a number has a 'unit', and nothing else has", "kind")
    if fact.kind is not FactKind.BOOL and fact.label is None:
        raise table.error(f"{fact.name!r} needs a 'label': a few words for it in a sentence", "kind")


def _check_otherwise(fact: Fact, table: Table) -> None:
    value = fact.otherwise
    if fact.follows and fact.kind is not FactKind.BOOL:
        raise table.error(f"{fact.name!r}: only a yes or no can follow from others", "follows")
    if value is None:
        return
    fits = {
        FactKind.BOOL: isinstance(value, bool),
        FactKind.NUMBER: isinstance(value, int) and not isinstance(value, bool),
        FactKind.CHOICE: value in fact.spec.choices,
        FactKind.DATE: False,
    }
    if not fact.asked_if or not fits[fact.kind]:
        raise table.error(f"{fact.name!r}: 'otherwise' is an answer, and needs 'asked_if'", "otherwise")


def _with_conditions(
    facts: Mapping[str, Fact], asked: Mapping[str, FactSpec], derived: Mapping[str, Node], report: Report
) -> dict[str, FactSpec]:
    """The specs with the conditions on their questions, and what they follow from."""
    found: dict[str, FactSpec] = {}

    def read_condition(fact: Fact, text: str, *, settles: bool) -> Node | None:
        if not text:
            return None
        node = parse(text, facts=asked, names=derived, file=fact.file, line=fact.line)
        _check_condition(fact, node)
        settled = sorted(name for name in node.facts() if facts[name].is_settled_by_others)
        if settled and settles:
            sentence = f"{fact.name!r} is settled by {settled[0]!r}, which is settled by others itself"
            raise CatalogueError(fact.file, fact.line, sentence)
        return node

    for name, spec in asked.items():
        fact = facts[name]
        found[name] = spec
        try:
            found[name] = replace(
                spec,
                asked_if=read_condition(fact, fact.asked_if, settles=fact.otherwise is not None),
                follows=read_condition(fact, fact.follows, settles=True),
                otherwise=fact.otherwise,
            )
        except (RuleError, CatalogueError) as error:
            report(CatalogueError(error.file, error.line, error.sentence))
    return found


def _check_condition(fact: Fact, condition: Node) -> None:
    """A condition on a question is plain, and never rests on the fact itself."""
    waiting = [condition]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.children())
        if isinstance(node, (AtLeast, Readings)):
            raise CatalogueError(fact.file, fact.line, "a condition on a question is made of AND, OR and NOT")
    if fact.name in condition.facts():
        raise CatalogueError(fact.file, fact.line, f"{fact.name!r} would have to be known to be asked")


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
