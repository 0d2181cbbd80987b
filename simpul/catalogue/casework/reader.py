"""Reads the catalogue of casework from TOML, each fault named with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from simpul.catalogue.casework.shapes import (
    EVALUATIONS,
    LISTS,
    REQUIRED_PARTS,
    UNITS,
    Aspect,
    Crosswalk,
    Entry,
    Level,
    Norm,
    WorkingModel,
)
from simpul.catalogue.facts import ROOT
from simpul.catalogue.tables import VERIFIED, Table, as_text, read
from simpul.catalogue.text import Text

FOLDER = ROOT / "casework"

# fmt: off
_ENTRY = ("code", "title", "about", "source", "verified")
_MODEL = ("tasks", "expected_steps", "expected_roles", "required_parts", "caseload_norm", "evaluation")
_NORM = ("code", "part", "title", "unit", "value", "least", "most", "source", "verified")
_NORM_KINDS = ("norm", "common")
# fmt: on


def read_entries(path: Path) -> dict[str, tuple[Entry, ...]]:
    """The lists of one file by name. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys(*LISTS)
    found = {}
    for name in whole.data:
        tables = tuple(whole.tables(name))
        for table in tables:
            table.check_keys(*_ENTRY)
        found[name] = tuple(_entry(table) for table in tables)
        _require_once([entry.code for entry in found[name]], whole, name)
    return found


def _entry(table: Table) -> Entry:
    return Entry(
        code=table.string("code"),
        title=table.text("title"),
        about=table.text("about"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
    )


def _require_once(codes: list[str], whole: Table, name: str) -> None:
    if len(codes) != len(set(codes)):
        raise whole.error(f"a code stands twice in {name}", name)


def read_models(path: Path) -> tuple[WorkingModel, ...]:
    """The working models. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("working_model", "functional_instruments")
    found = tuple(_model(table) for table in whole.tables("working_model"))
    _require_once([model.code for model in found], whole, "working_model")
    return found


def read_functional(path: Path) -> tuple[str, ...]:
    """How the codes of instruments for functioning begin. Raises CatalogueError."""
    return read(path).strings("functional_instruments")


def _model(table: Table) -> WorkingModel:
    table.check_keys(*_ENTRY, *_MODEL)
    parts = table.strings("required_parts")
    if unknown := set(parts) - set(REQUIRED_PARTS):
        raise table.error(f"{sorted(unknown)} are not parts; there are {', '.join(REQUIRED_PARTS)}")
    entry = _entry(table)
    return WorkingModel(
        code=entry.code,
        title=entry.title,
        about=entry.about,
        source=entry.source,
        verified=entry.verified,
        tasks=tuple(_texts(table, "tasks")),
        expected_roles=table.strings("expected_roles"),
        required_parts=parts,
        caseload_norm=table.whole("caseload_norm"),
        evaluation=table.one_of("evaluation", EVALUATIONS),
        expected_steps=table.strings("expected_steps"),
    )


def _texts(table: Table, key: str) -> Iterator[Text]:
    for data in table.data.get(key, ()):
        yield as_text(data, lambda why: table.error(why, key), key)


def read_aspects(path: Path) -> tuple[Aspect, ...]:
    """What is asked about network and providers. Raises CatalogueError, also where a scale leaves a step out."""
    whole = read(path)
    whole.check_keys("aspect")
    found = tuple(_aspect(table) for table in whole.tables("aspect"))
    _require_once([aspect.code for aspect in found], whole, "aspect")
    return found


def _aspect(table: Table) -> Aspect:
    table.check_keys(*_ENTRY, "level")
    entry = _entry(table)
    levels = tuple(map(_level, table.tables("level")))
    if [level.value for level in levels] != list(range(1, len(levels) + 1)):
        raise table.error("the levels do not rise from 1 by one", "level")
    return Aspect(
        code=entry.code,
        title=entry.title,
        about=entry.about,
        source=entry.source,
        verified=entry.verified,
        levels=levels,
    )


def _level(table: Table) -> Level:
    table.check_keys("value", "title", "about")
    return Level(table.whole("value"), table.text("title"), table.text("about"))


def read_stages(path: Path) -> tuple[Crosswalk, ...]:
    """The names of stages elsewhere. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("stage")
    found = tuple(_crosswalk(table) for table in whole.tables("stage"))
    _require_once([crosswalk.stage for crosswalk in found], whole, "stage")
    return found


def _crosswalk(table: Table) -> Crosswalk:
    table.check_keys("code", "pp39", "atensi", "seed_step", "source", "verified")
    return Crosswalk(
        stage=table.string("code"),
        pp39=table.text("pp39"),
        atensi=table.text("atensi"),
        seed_step=table.optional_whole("seed_step"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
    )


def read_norms(path: Path, kind: str = "norm") -> tuple[Norm, ...]:
    """The norms of one kind: "norm" for what an office may change, "common" for what is the same for all.

    Raises CatalogueError, also where a value breaks its own limits.
    """
    whole = read(path)
    whole.check_keys(*_NORM_KINDS)
    found = tuple(_norm(table) for table in whole.tables(kind))
    _require_once([norm.key for norm in found], whole, kind)
    return found


def _norm(table: Table) -> Norm:
    table.check_keys(*_NORM)
    value = table.data.get("value")
    norm = Norm(
        code=table.string("code"),
        part=table.string("part", "-") if "part" in table.data else "",
        title=table.text("title"),
        unit=table.one_of("unit", UNITS),
        value=tuple(value) if isinstance(value, list) else value if isinstance(value, int) else 0,
        least=table.optional_whole("least") or 0,
        most=table.optional_whole("most") or 0,
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
    )
    if not norm.allows(value):
        raise table.error("the default is not within its own limits", "value")
    return norm
