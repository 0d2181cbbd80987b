"""What the catalogue of services is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simpul.catalogue.casework import Entry


@dataclass(frozen=True, slots=True)
class Situation(Entry):
    """The plain words in which somebody looks for help.

    `service_kinds` are kinds of help it may lead to, `need_types` PPKS codes it may point to. With `is_emergency`
    the `numbers` (codes of Emergency, the best first) are shown before anything else. `is_guarded`: that somebody
    looks for it can endanger or shame them, so it stays out of addresses and stored pages.
    """

    service_kinds: tuple[str, ...]
    need_types: tuple[str, ...]
    is_emergency: bool
    is_guarded: bool
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Emergency(Entry):
    """A number to call at once; `dial` is what a telephone dials."""

    dial: str


@dataclass(frozen=True, slots=True)
class Norms:
    """Numbers of practice. Days and hours; `answer_days` and `request_hours` by urgency ("emergency", …).

    `remind_before_days` rises: so many days before a listing counts as unconfirmed its owner is reminded.
    `room_days`: free places said longer ago count as not known. `shared_days`: how long a receiver still reads what
    was shared after the client confirmed. `code_tries`: so many wrong codes are noted and told to the sender.
    """

    unconfirmed_days: int
    remind_before_days: tuple[int, ...]
    room_days: int
    answer_days: Mapping[str, int]
    outcome_days: int
    shared_days: int
    request_hours: Mapping[str, int]
    request_keep_days: int
    code_days: int
    code_tries: int
