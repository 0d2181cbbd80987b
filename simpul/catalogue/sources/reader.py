"""Reads the catalogue of sources of help from TOML, each fault named with file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from simpul.catalogue.facts import ROOT
from simpul.catalogue.sources.shapes import (
    GIVEN,
    HOWS,
    NORM_UNITS,
    PAPERS,
    UNITS,
    Choice,
    Criterion,
    Edition,
    Norm,
    OlderEdition,
    OlderType,
    Rule,
    Skill,
    SourceFact,
    SourceType,
    Variant,
)
from simpul.catalogue.tables import VERIFIED, CatalogueError, Table, as_text, read
from simpul.engines.rules import FactKind, RuleError, parse

FOLDER = ROOT / "sources"

Facts = Mapping[str, SourceFact]
# fmt: off
_HEAD = ("code", "title", "source", "verified", "valid_from")
_TYPE = ("code", "number", "subtype", "official", "display", "unit", "definition", "source", "verified", "note", "criterion")
_VARIANT = ("of", "code", "title", "source", "verified", "valid_from", "valid_to", "region", "note", "criterion")
_FACT = ("given", "kind", "question", "years", "choices", "proof", "paper")
# fmt: on


def read_all(folder: Path) -> None:
    """Everything of a folder, for checking. Raises CatalogueError at the first fault."""
    facts = read_facts(folder / "facts.toml")
    edition = read_edition(folder, facts)
    local = read_local(folder / "local.toml", facts)
    _require_once([known.code for known in (*edition.types, *local)], read(folder / "local.toml"))
    read_older(folder / "older.toml", {known.code for known in edition.types})
    read_skills(folder / "practice.toml")
    read_norms(folder / "practice.toml")
    _require_used(facts, edition, read(folder / "facts.toml"))


def read_facts(path: Path) -> dict[str, SourceFact]:
    """What criteria rest on, by name. Raises CatalogueError."""
    whole = read(path)
    return {name: _fact(name, whole.table(name)) for name in whole.data}


def _fact(name: str, table: Table) -> SourceFact:
    table.check_keys(*_FACT)
    given = table.one_of("given", GIVEN)
    kind = FactKind(table.one_of("kind", tuple(FactKind), FactKind.BOOL))
    choices = tuple(_choices(table))
    if (given == "paper") != ("paper" in table.data):
        raise table.error("a fact that follows from papers names its 'paper', and no other does", "paper")
    if (given == "record") == (kind is FactKind.BOOL):
        raise table.error("a yes or no is answered; the record holds dates and choices", "kind")
    if (kind is FactKind.CHOICE) != bool(choices):
        raise table.error("a choice has 'choices', and nothing else has", "choices")
    return SourceFact(
        name=name,
        kind=kind,
        given=given,
        question=table.text("question"),
        proof=table.text("proof"),
        years=table.text("years") if kind is FactKind.DATE else None,
        choices=choices,
        paper=table.one_of("paper", PAPERS) if given == "paper" else "",
    )


def _choices(table: Table) -> Iterator[Choice]:
    for data in table.data.get("choices", ()):
        label = as_text(data.get("label", {}), lambda why: table.error(why, "choices"), "label")
        yield Choice(str(data.get("code", "")), label)


def read_edition(folder: Path, facts: Facts) -> Edition:
    """The list in force with the other rules about its types. Raises CatalogueError."""
    whole = read(folder / "permensos-8-2012.toml")
    whole.check_keys(*_HEAD, "default", "type")
    others = list(read_variants(folder / "variants.toml", facts))
    types = tuple(
        _type(table, facts, number=table.whole("number"), others=others) for table in whole.tables("type")
    )
    _require_once([known.code for known in types], whole, "type")
    if stray := {variant.of for variant in others} - {known.code for known in types}:
        raise read(folder / "variants.toml").error(f"{sorted(stray)} are no types of the list", "of")
    return Edition(
        code=whole.string("code"),
        title=whole.text("title"),
        source=whole.string("source"),
        verified=whole.one_of("verified", VERIFIED),
        valid_from=whole.day("valid_from"),
        types=types,
    )


def read_local(path: Path, facts: Facts) -> tuple[SourceType, ...]:
    """The types that regions count beside the list. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("type")
    return tuple(_type(table, facts, number=0, others=[]) for table in whole.tables("type"))


def _type(table: Table, facts: Facts, *, number: int, others: list[Variant]) -> SourceType:
    table.check_keys(*_TYPE)
    code = table.string("code")
    return SourceType(
        code=code,
        number=number,
        subtype=table.string("subtype") if "subtype" in table.data else "",
        official=table.string("official"),
        display=table.text("display"),
        unit=table.one_of("unit", UNITS),
        definition=table.text("definition"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
        note=table.optional_text("note"),
        rule=Rule(tuple(_criteria(table, facts))),
        variants=tuple(variant for variant in others if variant.of == code),
        is_local=number == 0,
    )


def read_variants(path: Path, facts: Facts) -> Iterator[Variant]:
    """The other rules about types. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("variant")
    for table in whole.tables("variant"):
        table.check_keys(*_VARIANT)
        starts, ends = table.day("valid_from"), table.optional_day("valid_to")
        if ends is not None and ends < starts:
            raise table.error("this rule ends before it begins", "valid_to")
        yield Variant(
            of=table.string("of"),
            code=table.string("code"),
            title=table.text("title"),
            source=table.string("source"),
            verified=table.one_of("verified", VERIFIED),
            valid_from=starts,
            valid_to=ends,
            region=table.string("region") if "region" in table.data else "",
            note=table.text("note"),
            rule=Rule(tuple(_criteria(table, facts))),
        )


def _criteria(table: Table, facts: Facts) -> Iterator[Criterion]:
    specs = {name: fact.spec for name, fact in facts.items()}
    parts = tuple(table.tables("criterion"))
    _require_once([part.string("code") for part in parts], table, "criterion")
    for part in parts:
        part.check_keys("code", "text", "when", "supporting")
        when = part.string("when")
        try:
            node = parse(when, facts=specs, file=part.file, line=part.line("when"))
        except RuleError as error:
            raise CatalogueError(error.file, error.line, error.sentence) from error
        yield Criterion(part.string("code"), part.text("text"), when, node, part.flag("supporting"))


def read_older(path: Path, known: Collection[str]) -> tuple[OlderEdition, ...]:
    """The older lists and their way to the types of the list in force. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("edition")
    found = []
    for table in whole.tables("edition"):
        table.check_keys(*_HEAD, "type")
        types = tuple(_older(part, known) for part in table.tables("type"))
        _require_once([one.code for one in types], table, "type")
        found.append(
            OlderEdition(
                code=table.string("code"),
                title=table.text("title"),
                source=table.string("source"),
                verified=table.one_of("verified", VERIFIED),
                valid_from=table.day("valid_from"),
                types=types,
            )
        )
    return tuple(found)


def _older(table: Table, known: Collection[str]) -> OlderType:
    table.check_keys("code", "official", "display", "to", "how", "remark")
    how, to = table.one_of("how", HOWS), table.strings("to")
    if (how == "none") != (not to):
        raise table.error("'to' names no type where 'how' is none, and only there", "to")
    if stray := set(to) - set(known):
        raise table.error(f"{sorted(stray)} are no types of the list", "to")
    remark = table.optional_text("remark")
    if how == "review" and remark is None:
        raise table.error("who reviews needs a 'remark': what to look at", "how")
    return OlderType(table.string("code"), table.string("official"), table.text("display"), to, how, remark)


def read_skills(path: Path) -> tuple[Skill, ...]:
    """The skills that are offered. Raises CatalogueError."""
    tables = tuple(read(path).tables("skill"))
    for table in tables:
        table.check_keys("code", "title")
    found = tuple(Skill(table.string("code"), table.text("title")) for table in tables)
    _require_once([skill.code for skill in found], read(path), "skill")
    return found


def read_norms(path: Path) -> dict[str, Norm]:
    """The numbers of practice by code. Raises CatalogueError."""
    found = {}
    for table in read(path).tables("norm"):
        table.check_keys("code", "title", "unit", "value", "source", "verified")
        norm = Norm(
            code=table.string("code"),
            title=table.text("title"),
            unit=table.one_of("unit", NORM_UNITS),
            value=table.whole("value"),
            source=table.string("source"),
            verified=table.one_of("verified", VERIFIED),
        )
        if norm.value < 1:
            raise table.error("a norm is at least 1", "value")
        found[norm.code] = norm
    return found


def _require_once(codes: Iterable[str], whole: Table, name: str = "") -> None:
    listed = list(codes)
    if len(listed) != len(set(listed)):
        raise whole.error("a code stands here twice", name)


def _require_used(facts: Facts, edition: Edition, whole: Table) -> None:
    rules = [rule for known in edition.types for rule in (known.rule, *(v.rule for v in known.variants))]
    used = {name for rule in rules for name in rule.facts()}
    if unused := sorted(set(facts) - used):
        raise whole.table(unused[0]).error(f"no criterion uses the fact {unused[0]!r}")
