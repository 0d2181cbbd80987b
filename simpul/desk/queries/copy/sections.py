"""Everything that is kept about one person, for that person (UU 27/2022, articles 7, 13 and 32).

A subject adds its part with one function in `SECTIONS`, the work on cases in `CASE_SECTIONS`. Other people are left out, and how much was left out is
counted: nobody's copy may tell who reported them, or what a neighbour is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.desk.queries.copy.beside import preparations, support_reviews
from simpul.desk.queries.copy.cases import (
    agreements,
    attachments,
    concerned,
    conferences,
    disclosures,
    notes,
    rights_given,
    wishes,
)
from simpul.desk.queries.copy.copying import Copying, Section, row
from simpul.desk.queries.copy.help import cases, screenings
from simpul.desk.queries.copy.people import consents, facts, household, register, requests
from simpul.desk.queries.copy.referrals import referrals
from simpul.desk.queries.copy.work import (
    assessments,
    endings,
    follow_ups,
    goals,
    plans,
    satisfactions,
    service_checks,
)
from simpul.desk.queries.trail import traces_of, trail_of
from simpul.people.models import Person

FORMAT, VERSION = "simpul.person-copy", 1


@dataclass(frozen=True, slots=True)
class Copy:
    """The whole copy. `left_out` is how many parts are about other people and were not given."""

    person: Person
    sections: tuple[Section, ...]
    left_out: int
    made_at: datetime
    made_by: str

    def as_json(self) -> dict[str, Any]:
        """For machines; the keys are written down in docs/privacy.md."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "person": str(self.person.pk),
            "made_at": self.made_at.isoformat(),
            "made_by": self.made_by,
            "left_out": self.left_out,
            "sections": {
                section.key: [{cell.key: cell.value for cell in row} for row in section.rows]
                for section in self.sections
            },
        }


def copy_of(person: Person, *, by: User, on: date, at: datetime, with_words: bool = False) -> Copy:
    """Everything kept about this person within the reach of who makes the copy."""
    copying = Copying(person, by, on, with_words)
    sections = tuple(section(copying) for section in _in_order())
    return Copy(person, tuple(one for one in sections if one.rows), copying.left_out, at, str(by))


def readers(copying: Copying) -> Section:
    """Who opened or changed the file, the newest first."""
    return Section(
        "trail",
        _("Siapa yang membuka dan mengubah"),
        tuple(
            row(
                ("at", _("Pada"), trace.at),
                ("who", _("Siapa"), trace.who),
                ("what", _("Apa"), trace.words),
                ("reading", _("Membaca saja"), trace.is_reading, _("ya") if trace.is_reading else _("tidak")),
                ("times", _("Berapa kali"), trace.times),
            )
            for trace in traces_of(trail_of(copying.person.pk, copying.viewer))
        ),
    )


SECTIONS: tuple[Callable[[Copying], Section], ...] = (
    register,
    household,
    consents,
    facts,
    screenings,
    cases,
    requests,
    readers,
)

# The parts of the work on cases, told after the cases themselves.
CASE_SECTIONS: tuple[Callable[[Copying], Section], ...] = (
    wishes,
    concerned,
    notes,
    conferences,
    assessments,
    support_reviews,
    goals,
    plans,
    preparations,
    service_checks,
    referrals,
    rights_given,
    agreements,
    satisfactions,
    disclosures,
    attachments,
    endings,
    follow_ups,
)


def _in_order() -> Iterator[Callable[[Copying], Section]]:
    for part in SECTIONS:
        yield part
        if part is cases:
            yield from CASE_SECTIONS
