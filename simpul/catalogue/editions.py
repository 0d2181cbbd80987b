"""The editions of the list of needs, read from `screening/` once and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from simpul.catalogue import facts
from simpul.catalogue.facts import ROOT, FactBook
from simpul.catalogue.needs import (
    PRINTED,
    UNITS,
    Criterion,
    Crosswalk,
    Edition,
    Group,
    Grouping,
    NeedType,
    Reading,
    Step,
)
from simpul.catalogue.tables import (
    SENSITIVITIES,
    VERIFIED,
    CatalogueError,
    Report,
    Table,
    read,
    refuse,
)
from simpul.catalogue.text import Text
from simpul.engines.rules import FactSpec, Named, Node, Readings, RuleError, parse

__all__ = [
    "Crosswalk",
    "Edition",
    "Grouping",
    "NeedType",
    "all_editions",
    "crosswalks",
    "default",
    "get",
    "groupings",
]

HOWS = ("one_to_one", "by_age", "review", "none")
MAIN = "main"
_MAIN_READING = Text("Bacaan pertama", "First reading")
# fmt: off
_TYPE_KEYS = (
    "code", "number", "official", "display", "unit", "sensitivity", "definition", "source", "verified", "rule",
    "rule_verified", "rule_note", "rule_reading", "criterion", "reading", "uu11", "atensi", "printed",
)
# fmt: on


@cache
def default() -> Edition:
    """The edition that is used where none is named."""
    return next(get(code) for code, head in _heads().items() if head.flag("default"))


@cache
def get(code: str) -> Edition:
    """The edition of that code. KeyError if there is none; CatalogueError if it is faulty."""
    return read_edition(_heads()[code], facts.book(), refuse)


@cache
def all_editions() -> tuple[Edition, ...]:
    """Every edition, the newest first."""
    editions = [get(code) for code, head in _heads().items() if head.string("kind", "list") == "list"]
    return tuple(sorted(editions, key=lambda edition: edition.valid_from, reverse=True))


@cache
def groupings() -> tuple[Grouping, ...]:
    """The layers of groups over editions."""
    return tuple(
        read_grouping(head) for head in _heads().values() if head.string("kind", "list") == "grouping"
    )


@cache
def crosswalks() -> tuple[Crosswalk, ...]:
    """The ways from one edition to another."""
    return tuple(read_crosswalk(path) for path in sorted((ROOT / "crosswalks").glob("*.toml")))


@cache
def _heads() -> dict[str, Table]:
    return heads(ROOT)


def heads(root: Path) -> dict[str, Table]:
    """The head of each edition and grouping by its code, which is also the name of its folder."""
    return {path.parent.name: read(path) for path in sorted((root / "screening").glob("*/edition.toml"))}


def read_edition(head: Table, book: FactBook, report: Report) -> Edition:
    """One edition with all its types; each fault goes to report and the faulty part is left out."""
    head.check_keys("code", "kind", "title", "source", "valid_from", "valid_to", "verified", "default")
    folder = Path(head.file).resolve().parent
    code = head.string("code")
    if code != folder.name:
        raise head.error(f"the code {code!r} differs from the folder {folder.name!r}", "code")
    return Edition(
        code=code,
        title=head.text("title"),
        source=head.string("source"),
        verified=head.one_of("verified", VERIFIED),
        valid_from=head.day("valid_from"),
        valid_to=head.optional_day("valid_to"),
        is_default=head.flag("default"),
        types=tuple(sorted(_types(folder, book, report), key=lambda need: need.number)),
        digest=_digest(folder, book),
        path=folder,
    )


def type_files(folder: Path) -> list[Path]:
    """The files of an edition that hold types."""
    return [
        path
        for path in sorted(folder.glob("*.toml"))
        if path.name != "edition.toml" and not path.name.endswith(".examples.toml")
    ]


def codes_written(folder: Path) -> set[str]:
    """The codes of all types in the files of an edition, also of those that cannot be read."""
    return {
        str(table.data.get("code", "")) for path in type_files(folder) for table in read(path).tables("type")
    }


def _digest(folder: Path, book: FactBook) -> str:
    """What a verdict depends on: the texts of the edition, and the derived facts they use."""
    found = hashlib.sha256()
    for path in [folder / "edition.toml", *type_files(folder)]:
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for name, fact in sorted(book.facts.items()):
        settled = f"{fact.asked_if}\0{fact.otherwise}\0{fact.follows}" if fact.is_settled_by_others else ""
        found.update(f"{name}\0{fact.derived}\0{settled}\0".encode())
    return found.hexdigest()


def _types(folder: Path, book: FactBook, report: Report) -> Iterator[NeedType]:
    codes: set[str] = set()
    numbers: set[int] = set()
    for path in type_files(folder):
        whole = read(path)
        whole.check_keys("type")
        for table in whole.tables("type"):
            try:
                need = _type(table, path, book)
                _check_new(table, need, codes, numbers)
                yield need
            except CatalogueError as error:
                report(error)
            except RuleError as error:
                report(CatalogueError(error.file, error.line, error.sentence))


def _check_new(table: Table, need: NeedType, codes: set[str], numbers: set[int]) -> None:
    if need.code in codes:
        raise table.error(f"the code {need.code!r} is used twice in this edition", "code")
    if need.number in numbers:
        raise table.error(f"the number {need.number} is used twice in this edition", "number")
    codes.add(need.code)
    numbers.add(need.number)


def _type(table: Table, path: Path, book: FactBook) -> NeedType:
    table.check_keys(*_TYPE_KEYS)
    code = table.string("code")
    verified = table.one_of("verified", VERIFIED)
    has_rule = "rule" in table.data
    criteria = tuple(_criteria(table, code, book, verified))
    names: dict[str, Node] = {criterion.code: criterion.node for criterion in criteria}
    readings = tuple(_readings(table, code, names)) if has_rule else ()
    return NeedType(
        code=code,
        number=table.whole("number"),
        official=table.string("official"),
        display=table.text("display"),
        unit=table.one_of("unit", UNITS),
        sensitivity=table.one_of("sensitivity", SENSITIVITIES),
        definition=table.text("definition") if has_rule else table.optional_text("definition"),
        source=table.string("source"),
        verified=verified,
        rule=table.string("rule", ""),
        rule_verified=table.one_of("rule_verified", VERIFIED) if has_rule else "",
        rule_note=table.optional_text("rule_note"),
        criteria=criteria,
        readings=readings if len(readings) > 1 else (),
        node=_node(readings),
        settled=_settled(criteria, book),
        printed=table.one_of("printed", PRINTED) if "printed" in table.data else "",
        uu11=table.string("uu11", ""),
        atensi=table.string("atensi", ""),
        path=path.resolve(),
        file=table.file,
        line=table.line(),
    )


def _settled(criteria: tuple[Criterion, ...], book: FactBook) -> tuple[FactSpec, ...]:
    """The facts of these criteria that the no of a condition settles."""
    used = frozenset().union(*(criterion.node.facts() for criterion in criteria))
    return tuple(spec for name, spec in book.specs.items() if name in used and spec.is_settled_by_others)


def _criteria(table: Table, owner: str, book: FactBook, verified: str) -> Iterator[Criterion]:
    seen: set[str] = set()
    for part in table.tables("criterion"):
        part.check_keys("code", "text", "when", "supporting", "verified", "note", "text_says")
        code = part.string("code")
        if code in seen:
            raise part.error(f"the criterion {code!r} is there twice", "code")
        seen.add(code)
        when = part.string("when")
        node = parse(when, facts=book.specs, names=book.derived, file=part.file, line=part.line("when"))
        yield Criterion(
            code=code,
            text=part.text("text"),
            when=when,
            # Findings name a criterion together with its type, so that a sentence can be made from them alone.
            node=Named("criterion", f"{owner}.{code}", node),
            supporting=part.flag("supporting"),
            verified=part.one_of("verified", VERIFIED, verified),
            note=part.optional_text("note"),
            line=part.line(),
            when_line=part.line("when"),
            text_says=part.string("text_says", ""),
        )


def _readings(table: Table, owner: str, names: dict[str, Node]) -> Iterator[Reading]:
    """The main reading and any further ones, over the codes of the criteria alone."""
    yield Reading(
        code=MAIN,
        rule=table.string("rule"),
        text=table.optional_text("rule_reading") or _MAIN_READING,
        source=table.string("source"),
        verified=table.one_of("rule_verified", VERIFIED),
        node=_rule(table, owner, MAIN, names),
        line=table.line("rule"),
    )
    for part in table.tables("reading"):
        part.check_keys("code", "rule", "text", "source", "verified")
        code = part.string("code")
        if code == MAIN or code in names:
            raise part.error(f"the reading {code!r} has the name of a criterion or of the main rule", "code")
        yield Reading(
            code=code,
            rule=part.string("rule"),
            text=part.text("text"),
            source=part.string("source"),
            verified=part.one_of("verified", VERIFIED),
            node=_rule(part, owner, code, names),
            line=part.line("rule"),
        )


def _rule(table: Table, owner: str, code: str, names: dict[str, Node]) -> Node:
    node = parse(table.string("rule"), facts={}, names=names, file=table.file, line=table.line("rule"))
    return Named("criterion", f"{owner}.{code}", node)


def _node(readings: tuple[Reading, ...]) -> Node | None:
    if not readings:
        return None
    if len(readings) == 1:
        node = readings[0].node
        return node.node if isinstance(node, Named) else node
    return Readings(tuple((reading.code, reading.node) for reading in readings))


def read_grouping(head: Table) -> Grouping:
    """One layer of groups. Raises CatalogueError."""
    head.check_keys(
        "code", "kind", "of", "title", "source", "valid_from", "verified", "members_verified", "group"
    )
    return Grouping(
        code=head.string("code"),
        of=head.string("of"),
        title=head.text("title"),
        source=head.string("source"),
        verified=head.one_of("verified", VERIFIED),
        members_verified=head.one_of("members_verified", VERIFIED),
        valid_from=head.day("valid_from"),
        groups=tuple(
            Group(
                group.string("code"),
                group.whole("number"),
                group.text("display"),
                group.strings("members"),
                group.line(),
            )
            for group in head.tables("group")
        ),
        file=head.file,
    )


def read_crosswalk(path: Path) -> Crosswalk:
    """One way between editions. Raises CatalogueError."""
    table = read(path)
    table.check_keys("from", "to", "source", "verified", "map")
    return Crosswalk(
        source=table.string("from"),
        target=table.string("to"),
        verified=table.one_of("verified", VERIFIED),
        basis=table.string("source"),
        steps=tuple(_step(part) for part in table.tables("map")),
        file=table.file,
    )


def _step(table: Table) -> Step:
    table.check_keys("from", "to", "how", "remark")
    how = table.one_of("how", HOWS)
    targets = table.strings("to")
    if (how == "none") != (not targets):
        raise table.error("'to' names no type where 'how' is none, and only there", "to")
    return Step(table.string("from"), targets, how, table.optional_text("remark"), table.line())
