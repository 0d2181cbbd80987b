"""Who may be named for a run, who may not and why, and whether enough are named and free of conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from simpul.access.models import Grant, User
from simpul.access.permissions import Permission
from simpul.access.reach import within
from simpul.access.roles import ROLES, Role
from simpul.accreditation.models import Accreditation, Assignment, DeskLine, Score, Step, Validated, Vote
from simpul.accreditation.queries.run import standing
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.stages import ENDED, Part, Stage
from simpul.engines.matching.names import name_key
from simpul.organisations.models import Officer, Organisation, Staff

NEEDED = {
    Part.ASSESSOR: Permission.ACCREDITATION_SCORE,
    Part.COMPANION: Permission.ACCREDITATION_SCORE,
    Part.VALIDATOR: Permission.ACCREDITATION_VALIDATE,
}
# A validator may also be named late, and anew after an appeal.
WHEN = {
    Part.ASSESSOR: (Stage.ASSIGNMENT, Stage.VISIT),
    Part.COMPANION: (Stage.ASSIGNMENT, Stage.VISIT),
    Part.VALIDATOR: (Stage.ASSIGNMENT, Stage.VISIT, Stage.VALIDATION, Stage.APPEAL),
}
# Who let it into one of these did so for an office: recommended it, took the file, began the visit.
_OF_THE_OFFICES = (Stage.APPLICATION, Stage.ASSIGNMENT, Stage.VISIT)


def _office_steps(accreditation: Accreditation) -> QuerySet[Any]:
    steps = Step.objects.filter(accreditation=accreditation, stage__in=_OF_THE_OFFICES)
    # That is the validator's own.
    found: QuerySet[Any] = steps.exclude(left=Stage.VALIDATION)
    return found


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who holds the role here. `barred` says in words why they may not be named; empty for who may."""

    user: UUID
    name: str
    barred: str


def candidates(accreditation: Accreditation, part: Part) -> tuple[Candidate, ...]:
    """Everybody who holds the role for this part where the body is, those who may be named first."""
    organisation = accreditation.organisation
    bars = Bars.of(accreditation)
    holders: dict[UUID, User] = {}
    roles = [name for name, role in ROLES.items() if _fits(role, part)]
    grants = Grant.objects.filter(role__in=roles, withdrawn_at=None, user__is_active=True)
    for grant in grants.select_related("user").order_by("user__name", "user_id"):
        if _covers(grant, organisation):
            holders[grant.user_id] = grant.user
    found = tuple(Candidate(user.pk, str(user), bars.why(user, part)) for user in holders.values())
    return tuple(sorted(found, key=lambda one: bool(one.barred)))


def _fits(role: Role, part: Part) -> bool:
    # A Dinas accompanies its bodies and does not score them: it watches them, and recommended them.
    is_of_the_dinas = Permission.REGISTRATION_CHECK in role.permissions
    return NEEDED[part] in role.permissions and not (is_of_the_dinas and part != Part.COMPANION)


def _covers(grant: Grant, organisation: Organisation) -> bool:
    at_home = grant.organisation is None or grant.organisation == organisation.pk
    return at_home and (not grant.region or within(organisation.region, grant.region))


@dataclass(frozen=True, slots=True)
class Bars:
    """What keeps people from being named for one run, asked for once for all of them."""

    works_there: frozenset[UUID]
    names_there: frozenset[str]
    named: frozenset[UUID]
    scored: frozenset[UUID]
    decided: frozenset[UUID]
    checked: frozenset[UUID]
    at_the_visit: frozenset[UUID]
    ever_named_before_appeal: frozenset[UUID]
    in_conflict: frozenset[UUID]

    @classmethod
    def of(cls, accreditation: Accreditation) -> Bars:
        place = accreditation.organisation_id
        there = {"organisation": place, "ended_on": None}
        names = [
            *Officer.objects.filter(**there).values_list("name", flat=True),
            *Staff.objects.filter(**there).values_list("name", flat=True),
        ]
        here = {"accreditation": accreditation}
        assigned = Assignment.objects.filter(**here)
        return cls(
            works_there=frozenset(
                Grant.objects.filter(organisation=place, withdrawn_at=None).values_list("user_id", flat=True)
            ),
            names_there=frozenset(key for key in map(name_key, names) if key),
            named=frozenset(assigned.filter(withdrawn_on=None).values_list("user", flat=True)),
            scored=frozenset(Score.objects.filter(**here).values_list("assignment__user", flat=True)),
            decided=frozenset(
                {
                    *Vote.objects.filter(**here).values_list("user", flat=True),
                    *Validated.objects.filter(**here).values_list("by", flat=True),
                }
            ),
            checked=frozenset(
                {
                    *DeskLine.objects.filter(**here).values_list("by", flat=True),
                    *_office_steps(accreditation).values_list("by", flat=True),
                }
            ),
            at_the_visit=frozenset(
                assigned.filter(part__in=(Part.ASSESSOR, Part.COMPANION)).values_list("user", flat=True)
            ),
            ever_named_before_appeal=frozenset(
                assigned.values_list("user", flat=True) if accreditation.stage == Stage.APPEAL else ()
            ),
            in_conflict=frozenset(assigned.filter(has_conflict=True).values_list("user", flat=True)),
        )

    def why(self, user: User, part: Part) -> str:
        """Why this person may not be named for this part; empty for who may."""
        if user.pk in self.named:
            return _("Orang ini sudah ditugaskan di sini.")
        if user.pk in self.works_there:
            return _("Orang ini bekerja untuk lembaga yang dinilai.")
        if name_key(str(user)) in self.names_there:
            return _("Namanya sama dengan pengurus atau tenaga lembaga yang dinilai.")
        if user.pk in self.in_conflict:
            return _("Orang ini menyatakan ada benturan kepentingan dengan lembaga ini.")
        if part != Part.COMPANION and user.pk in self.checked:
            return _(
                "Orang ini merekomendasikan lembaga atau memeriksa berkasnya di sini, jadi tidak ikut menilai."
            )
        if part == Part.VALIDATOR and user.pk in self.scored:
            return _("Orang ini sudah memberi nilai di sini. Yang menilai tidak memeriksa nilainya sendiri.")
        if part == Part.VALIDATOR and user.pk in self.at_the_visit:
            return _("Orang ini pernah ditugaskan pada visitasi di sini, jadi tidak memeriksa nilainya.")
        if self.ever_named_before_appeal and user.pk in self.ever_named_before_appeal | self.decided:
            return _("Orang ini sudah memeriksa atau memutuskan di sini, jadi tidak memeriksa ulang.")
        if part != Part.VALIDATOR and user.pk in self.decided:
            return _("Orang ini sudah memeriksa atau memutuskan di sini, jadi tidak ikut menilai.")
        return ""


def lacking(accreditation: Accreditation) -> str:
    """What is still missing before the visit can begin, in words; empty when nothing is."""
    wanted = scheme_of(accreditation).assessors
    team = standing(accreditation, Part.ASSESSOR, Part.COMPANION)
    assessors = [row for row in team if row.part == Part.ASSESSOR]
    if len(assessors) < wanted:
        return _("Perlu %(wanted)s asesor, baru ada %(there)s.") % {"wanted": wanted, "there": len(assessors)}
    if waiting := [row.user_name for row in team if row.has_conflict is None]:
        return _("Belum mengisi pernyataan benturan kepentingan: %(names)s.") % {"names": ", ".join(waiting)}
    return ""


def all_assignments(accreditation: Accreditation) -> tuple[Assignment, ...]:
    """Everybody who was ever named, those who are named now first."""
    rows = Assignment.objects.filter(accreditation=accreditation).order_by("withdrawn_on", "part", "at", "pk")
    return tuple(sorted(rows, key=lambda row: row.withdrawn_on is not None))


def own_today(user: UUID, on: date) -> tuple[Assignment, ...]:
    """What this person is named for today in runs that have not ended, the soonest to end first."""
    rows = Assignment.objects.filter(user=user, withdrawn_on=None, since__lte=on)
    rows = rows.exclude(accreditation__stage__in=ENDED)
    rows = rows.select_related("accreditation__organisation").order_by("until", "at", "pk")
    return tuple(row for row in rows if row.until is None or row.until >= on)
