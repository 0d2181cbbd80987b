"""How cases are worked, from the catalogue: what the page that explains it shows."""

from __future__ import annotations

from dataclasses import dataclass

from simpul.cases.queries.gates import ENTRY, gate_words
from simpul.cases.stages import SIDE, WAY, Stage
from simpul.catalogue import casework
from simpul.catalogue.casework import Entry
from simpul.catalogue.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One of the eight steps, the stages of ours that belong to it, and their names in the law."""

    number: int
    entry: Entry
    stages: tuple[Stage, ...]
    pp39: tuple[Text, ...]
    atensi: tuple[Text, ...]
    verified: str


@dataclass(frozen=True, slots=True)
class Model:
    """A working model with its steps and roles by name, and what it requires."""

    entry: casework.WorkingModel
    steps: tuple[Stage, ...]
    roles: tuple[Entry, ...]
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entrance:
    """A stage, and what has to be there before it, in words."""

    stage: Stage
    gates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """Everything on the page that explains how cases are worked."""

    aims: tuple[Entry, ...]
    functions: tuple[Entry, ...]
    components: tuple[Entry, ...]
    steps: tuple[Step, ...]
    entrances: tuple[Entrance, ...]
    side: tuple[Stage, ...]
    models: tuple[Model, ...]
    roles: tuple[Entry, ...]
    manager_tasks: tuple[Entry, ...]
    professions: tuple[Entry, ...]
    principles: tuple[Entry, ...]
    service_principles: tuple[Entry, ...]


def ways() -> Ways:
    """From the catalogue alone."""
    return Ways(
        aims=casework.aims(),
        functions=casework.functions(),
        components=casework.components(),
        steps=tuple(_step(number, entry) for number, entry in enumerate(casework.seed_steps(), start=1)),
        entrances=tuple(
            Entrance(stage, tuple(gate_words(code) for code in codes)) for stage, codes in ENTRY.items()
        ),
        side=tuple(stage for stage in Stage if stage in SIDE),
        models=tuple(_model(model) for model in casework.working_models()),
        roles=casework.roles(),
        manager_tasks=casework.manager_tasks(),
        professions=casework.professions(),
        principles=casework.principles(),
        service_principles=casework.service_principles(),
    )


def _step(number: int, entry: Entry) -> Step:
    named = [(stage, casework.crosswalk(stage)) for stage in WAY]
    ours = [(stage, names) for stage, names in named if names.seed_step == number]
    return Step(
        number=number,
        entry=entry,
        stages=tuple(stage for stage, _names in ours),
        pp39=tuple(dict.fromkeys(names.pp39 for _stage, names in ours)),
        atensi=tuple(dict.fromkeys(names.atensi for _stage, names in ours)),
        verified=ours[0][1].verified,
    )


def _model(model: casework.WorkingModel) -> Model:
    return Model(
        entry=model,
        steps=tuple(Stage(code) for code in model.expected_steps),
        roles=tuple(casework.entry("roles", code) for code in model.expected_roles),
        required=tuple(gate_words(code) for code in model.required_parts),
    )
