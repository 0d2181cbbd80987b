"""Sources of help (PSKS): the twelve types with their criteria, older lists, local types, skills, reminders."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from simpul.catalogue.sources.reader import (
    FOLDER,
    read_edition,
    read_facts,
    read_local,
    read_norms,
    read_older,
    read_skills,
)
from simpul.catalogue.sources.shapes import (
    PAPERS,
    UNITS,
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
from simpul.catalogue.sources.wording import missing, why

__all__ = [
    "FOLDER",
    "PAPERS",
    "UNITS",
    "Criterion",
    "Edition",
    "Norm",
    "OlderEdition",
    "OlderType",
    "Rule",
    "Skill",
    "SourceFact",
    "SourceType",
    "Variant",
    "edition",
    "facts",
    "local_types",
    "missing",
    "norm",
    "older_editions",
    "skill_titles",
    "skills",
    "source_type",
    "source_types",
    "why",
]


@cache
def facts() -> Mapping[str, SourceFact]:
    """What criteria rest on, by name."""
    return read_facts(FOLDER / "facts.toml")


@cache
def edition() -> Edition:
    """The list in force: Permensos 8/2012."""
    return read_edition(FOLDER, facts())


@cache
def local_types() -> tuple[SourceType, ...]:
    """Types that regions count beside the list."""
    return read_local(FOLDER / "local.toml", facts())


@cache
def source_types() -> Mapping[str, SourceType]:
    """Every type by its code: the official ones in their order, then the local ones."""
    return {known.code: known for known in (*edition().types, *local_types())}


def source_type(code: str) -> SourceType | None:
    """One type; None where the code is not known (any longer)."""
    return source_types().get(code)


@cache
def older_editions() -> tuple[OlderEdition, ...]:
    """The older lists by name, with their way to the list in force."""
    return read_older(FOLDER / "older.toml", {known.code for known in edition().types})


@cache
def skills() -> tuple[Skill, ...]:
    """The skills that are offered, in the order of the page."""
    return read_skills(FOLDER / "practice.toml")


def skill_titles(codes: list[str], language: str) -> list[str]:
    """The names of skills; a code that is no longer offered stands as it is."""
    titles = {skill.code: skill.title.in_language(language) for skill in skills()}
    return [titles.get(code, code) for code in codes]


@cache
def _norms() -> Mapping[str, Norm]:
    return read_norms(FOLDER / "practice.toml")


def norm(code: str) -> Norm:
    """One number of practice. KeyError where there is none."""
    return _norms()[code]
