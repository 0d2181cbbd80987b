"""Reads what the catalogue says about capacity programmes from TOML, each fault named with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from simpul.catalogue.facts import ROOT
from simpul.catalogue.programmes.shapes import BodyFact, Choice, Criterion, Named, Norms
from simpul.catalogue.tables import VERIFIED, Table, read
from simpul.engines.rules import FactKind, FactSpec, Node, RuleError, parse

FOLDER = ROOT / "programmes"
_SOURCED = ("source", "verified")


@cache
def norms() -> Norms:
    """Raises CatalogueError."""
    return read_norms(FOLDER / "norms.toml")


@cache
def body_facts() -> Mapping[str, BodyFact]:
    """Every fact about a body by its code, in the order of the catalogue. Raises CatalogueError."""
    return read_facts(FOLDER / "facts.toml")[0]


@cache
def named_conditions() -> Mapping[str, Named]:
    """The words of the field for conditions, by their code. Raises CatalogueError."""
    return read_facts(FOLDER / "facts.toml")[1]


@cache
def criteria() -> tuple[Criterion, ...]:
    """The criteria of the published programme. Raises CatalogueError."""
    return read_criteria(FOLDER / "criteria.toml")


def node_of(rule: str) -> Node:
    """A rule about a body as the engine judges it. Raises RuleError."""
    return parse(rule, facts=_specs(body_facts()), names=_names())


@cache
def _names() -> Mapping[str, Node]:
    specs = _specs(body_facts())
    return {code: parse(named.rule, facts=specs) for code, named in named_conditions().items()}


def _specs(facts: Mapping[str, BodyFact]) -> dict[str, FactSpec]:
    return {code: fact.spec for code, fact in facts.items()}


# --- reading ---


def read_norms(path: Path) -> Norms:
    """The numbers of practice; each of them must be there. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("norm")
    values = {}
    for table in whole.tables("norm"):
        table.check_keys("code", "value", "title", *_SOURCED)
        table.text("title")
        table.string("source")
        table.one_of("verified", VERIFIED)
        values[table.string("code")] = _above_zero(table)
    if set(values) != set(Norms.__dataclass_fields__):
        raise whole.error(f"there must be exactly the norms {', '.join(Norms.__dataclass_fields__)}", "norm")
    return Norms(**values)


def _above_zero(table: Table) -> int:
    value = table.whole("value")
    if value < 1:
        raise table.error("a norm is above zero", "value")
    return value


def read_facts(path: Path) -> tuple[Mapping[str, BodyFact], Mapping[str, Named]]:
    """The facts about a body, and the words for conditions over them. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("fact", "named")
    facts: dict[str, BodyFact] = {}
    for table in whole.tables("fact"):
        fact = _fact(table)
        if fact.code in facts:
            raise table.error(f"the fact {fact.code!r} stands twice", "code")
        facts[fact.code] = fact
    named: dict[str, Named] = {}
    for table in whole.tables("named"):
        one = _named(table, facts)
        if one.code in facts or one.code in named:
            raise table.error(f"the word {one.code!r} stands twice", "code")
        named[one.code] = one
    return MappingProxyType(facts), MappingProxyType(named)


def _fact(table: Table) -> BodyFact:
    table.check_keys("code", "kind", "label", "about", "choices", *_SOURCED)
    kind = FactKind(table.one_of("kind", tuple(FactKind)))
    choices = tuple(Choice(one.string("code"), one.text("label")) for one in table.tables("choices"))
    if bool(choices) != (kind is FactKind.CHOICE):
        raise table.error("a choice has choices, and nothing else has", "choices")
    return BodyFact(
        code=table.string("code"),
        kind=kind,
        label=table.text("label"),
        about=table.text("about"),
        choices=choices,
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
    )


def _named(table: Table, facts: Mapping[str, BodyFact]) -> Named:
    table.check_keys("code", "rule", "label", *_SOURCED)
    _require_readable(table, _specs(facts), {})
    return Named(
        code=table.string("code"),
        rule=table.string("rule"),
        label=table.text("label"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
    )


def read_criteria(path: Path) -> tuple[Criterion, ...]:
    """The criteria, their rules over the facts beside them. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("criterion")
    facts, named = read_facts(path.with_name("facts.toml"))
    specs = _specs(facts)
    names = {code: parse(one.rule, facts=specs) for code, one in named.items()}
    found = []
    for table in whole.tables("criterion"):
        table.check_keys("code", "words", "rule", *_SOURCED)
        _require_readable(table, specs, names)
        found.append(
            Criterion(
                code=table.string("code"),
                words=table.text("words"),
                rule=table.string("rule"),
                source=table.string("source"),
                verified=table.one_of("verified", VERIFIED),
            )
        )
    if len({one.code for one in found}) != len(found) or not found:
        raise whole.error("each criterion stands once, and there is at least one", "criterion")
    return tuple(found)


def _require_readable(table: Table, specs: dict[str, FactSpec], names: Mapping[str, Node]) -> None:
    try:
        parse(table.string("rule"), facts=specs, names=names)
    except RuleError as error:
        raise table.error(error.sentence, "rule") from error
