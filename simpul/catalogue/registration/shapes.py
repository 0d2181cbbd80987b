"""What the catalogue of registration is made of."""

from __future__ import annotations

from dataclasses import dataclass

from simpul.catalogue.text import Text

APPLIES = ("all", "legal_entity", "no_legal_entity", "foreign")
ENTRIES = ("ground", "visit_line", "sanction", "duty")
UNITS = ("days", "months")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing with a name; its code is stored, so it never changes its meaning."""

    code: str
    title: Text
    about: Text
    source: str
    verified: str
    only_foreign: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand(Entry):
    """One thing that an applicant brings. `applies` is of APPLIES, `paper` the kind of paper that fits.

    With `only_words` no file may be attached: it would tell of people who are served.
    """

    applies: str = "all"
    paper: str = ""
    only_words: bool = False
    is_local: bool = False

    def is_asked_of(self, legal_status: str, *, is_foreign: bool = False) -> bool:
        """Whether a body of this legal status brings it; where that is not known, only what all bring.

        The legal forms are those of Indonesian law; a foreign body brings its own instead.
        """
        return self.applies in ("all", "foreign" if is_foreign else legal_status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme(Entry):
    """One list of demands. `missing` says what of the regulation is not known; `follows` whose list is used then.

    `missing_foreign` says what is not known about foreign bodies.
    """

    demands: tuple[Demand, ...]
    follows: str = ""
    missing: Text | None = None
    missing_foreign: Text | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """One number that an office may set for itself, within its limits."""

    code: str
    title: Text
    unit: str
    value: int
    least: int
    most: int
    source: str
    verified: str

    def allows(self, value: int) -> bool:
        return self.least <= value <= self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """The default pattern of numbers."""

    value: str
    title: Text
    source: str
    verified: str
