"""How cases are worked: models, roles, kinds of help, the words of the law for the stages, an office's norms.

All of it is data with a source and a mark of how sure it is; what an office may change are its norms.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from simpul.catalogue.casework.reader import (
    FOLDER,
    read_aspects,
    read_entries,
    read_functional,
    read_models,
    read_norms,
    read_stages,
)
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

__all__ = [
    "EVALUATIONS",
    "FOLDER",
    "LISTS",
    "REQUIRED_PARTS",
    "UNITS",
    "Aspect",
    "Crosswalk",
    "Entry",
    "Level",
    "Norm",
    "WorkingModel",
    "aims",
    "common_norm_entries",
    "common_norms",
    "components",
    "crosswalk",
    "crosswalks",
    "end_reasons",
    "entry",
    "functional_instruments",
    "functions",
    "manager_tasks",
    "norm_entries",
    "norms",
    "prescreening",
    "principles",
    "professions",
    "roles",
    "seed_steps",
    "service_kinds",
    "service_principles",
    "settings",
    "spm_services",
    "support_aspects",
    "working_model",
    "working_models",
]


@cache
def working_models() -> tuple[WorkingModel, ...]:
    """The four models by which a case can be worked. Raises CatalogueError."""
    return read_models(FOLDER / "models.toml")


def working_model(code: str) -> WorkingModel | None:
    """One model; None where none was chosen, or where the code is no longer known."""
    return next((found for found in working_models() if found.code == code), None)


@cache
def functional_instruments() -> tuple[str, ...]:
    """How the codes of instruments begin that count as a functional assessment."""
    return read_functional(FOLDER / "models.toml")


@cache
def _lists() -> dict[str, tuple[Entry, ...]]:
    return {**read_entries(FOLDER / "practice.toml"), **read_entries(FOLDER / "lists.toml")}


def roles() -> tuple[Entry, ...]:
    """The eight roles of a case manager."""
    return _lists()["roles"]


def manager_tasks() -> tuple[Entry, ...]:
    """The five tasks of a case manager, in their order."""
    return _lists()["manager_tasks"]


def professions() -> tuple[Entry, ...]:
    """Who may stand in a team."""
    return _lists()["professions"]


def service_kinds() -> tuple[Entry, ...]:
    """Kinds of help that a plan can hold."""
    return _lists()["service_kinds"]


def end_reasons() -> tuple[Entry, ...]:
    """Why an episode ends."""
    return _lists()["end_reasons"]


def principles() -> tuple[Entry, ...]:
    """The five principles of case management."""
    return _lists()["principles"]


def service_principles() -> tuple[Entry, ...]:
    """The seven principles of the relation with a client, in words for the client."""
    return _lists()["service_principles"]


def functions() -> tuple[Entry, ...]:
    """The six functions of case management."""
    return _lists()["functions"]


def components() -> tuple[Entry, ...]:
    """The six components of case management."""
    return _lists()["components"]


def aims() -> tuple[Entry, ...]:
    """The four aims of case management."""
    return _lists()["aims"]


def seed_steps() -> tuple[Entry, ...]:
    """The eight steps in their order; `Crosswalk.seed_step` counts them from 1."""
    return _lists()["seed_steps"]


def prescreening() -> tuple[Entry, ...]:
    """What needs another service first; never a reason to turn somebody away."""
    return _lists()["prescreening"]


def settings() -> tuple[Entry, ...]:
    """In or outside an institution."""
    return _lists()["settings"]


def spm_services() -> tuple[Entry, ...]:
    """Services of the minimum standard, as they are counted."""
    return _lists()["spm_services"]


@cache
def support_aspects() -> tuple[Aspect, ...]:
    """What is asked about the people around a client and about the providers. Raises CatalogueError."""
    return read_aspects(FOLDER / "support.toml")


def entry(name: str, code: str) -> Entry:
    """One entry of the list with that name ("roles", "working_models", …). Raises KeyError."""
    listed: tuple[Entry, ...] = working_models() if name == "working_models" else _lists()[name]
    found = {known.code: known for known in listed}
    return found[code]


@cache
def crosswalks() -> Mapping[str, Crosswalk]:
    """The names of every stage in the law, by the code of the stage."""
    return MappingProxyType({found.stage: found for found in read_stages(FOLDER / "stages.toml")})


def crosswalk(stage: str) -> Crosswalk:
    """The names of one stage. Raises KeyError."""
    return crosswalks()[stage]


@cache
def norm_entries() -> tuple[Norm, ...]:
    """Every norm that an office may change, with its title, limits, source and mark, in the order of the page."""
    return read_norms(FOLDER / "norms.toml")


@cache
def common_norm_entries() -> tuple[Norm, ...]:
    """The norms that are the same for every office."""
    return read_norms(FOLDER / "norms.toml", "common")


def norms() -> Mapping[str, Any]:
    """The default values by code; norms of several parts (caseload, …) are mappings by part. Fresh each time."""
    return _values(norm_entries())


def common_norms() -> Mapping[str, Any]:
    """The values that are the same for every office, in the same shape. Fresh each time."""
    return _values(common_norm_entries())


def _values(entries: tuple[Norm, ...]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for norm in entries:
        if norm.part:
            values.setdefault(norm.code, {})[norm.part] = norm.value
        else:
            values[norm.code] = list(norm.value) if isinstance(norm.value, tuple) else norm.value
    return values
