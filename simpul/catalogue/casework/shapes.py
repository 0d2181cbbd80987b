"""What the catalogue of casework is made of."""

from __future__ import annotations

from dataclasses import dataclass

from simpul.catalogue.text import Text

LISTS = (
    "aims",
    "functions",
    "components",
    "seed_steps",
    "prescreening",
    "principles",
    "service_principles",
    "roles",
    "manager_tasks",
    "professions",
    "service_kinds",
    "end_reasons",
    "settings",
    "spm_services",
)
REQUIRED_PARTS = ("functional_assessment", "strengths_inventory", "professional_team")
EVALUATIONS = ("effect", "process")
UNITS = ("days", "hours", "months", "bytes", "cases", "times", "yes_no")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing with a name: its code never changes its meaning, since it is stored."""

    code: str
    title: Text
    about: Text
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a scale; its value is stored, so it never changes its meaning."""

    value: int
    title: Text
    about: Text


@dataclass(frozen=True, slots=True)
class Aspect(Entry):
    """One thing beside the client that helps them on or not, in levels from 1, the least, upwards."""

    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class WorkingModel(Entry):
    """One way to work a case. `expected_steps` are stages; `required_parts` are codes of REQUIRED_PARTS.

    `caseload_norm` is how many such cases one worker can carry. `evaluation` says whether its result is seen in
    the effect on the client or in the process of the services.
    """

    tasks: tuple[Text, ...]
    expected_roles: tuple[str, ...]
    required_parts: tuple[str, ...]
    caseload_norm: int
    evaluation: str
    expected_steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The names of one of our stages elsewhere; `seed_step` counts the eight old steps from 1."""

    stage: str
    pp39: Text
    atensi: Text
    seed_step: int | None
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Norm:
    """One number of practice, which an office may change unless it is common to all.

    `part` tells apart norms of one code, such as caseloads.
    `least` and `most` are the limits of each whole number; both are 0 where the answer is yes or no.
    """

    code: str
    part: str
    title: Text
    unit: str
    value: int | bool | tuple[int, ...]
    least: int
    most: int
    source: str
    verified: str

    @property
    def key(self) -> str:
        """One word for forms: the code, and the part after two underscores."""
        return f"{self.code}__{self.part}" if self.part else self.code

    def allows(self, value: object) -> bool:
        """Whether an office may set this value."""
        if self.unit == "yes_no":
            return isinstance(value, bool)
        if isinstance(self.value, tuple):
            return self._is_rising(value)
        return self._is_whole(value)

    def _is_rising(self, value: object) -> bool:
        if not isinstance(value, (list, tuple)) or not value:
            return False
        return all(self._is_whole(one) for one in value) and list(value) == sorted(set(value))

    def _is_whole(self, value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most
