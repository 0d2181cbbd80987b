"""Naming assessors, companions and validators, their declarations, and the beginning of the visit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import made_before
from simpul.accreditation.actions.run import Moving
from simpul.accreditation.models import Accreditation, Assignment
from simpul.accreditation.queries.assignment import WHEN, candidates, lacking
from simpul.accreditation.queries.run import (
    is_repeated,
    locked,
    locked_row,
    require_stage,
    require_version,
)
from simpul.accreditation.queries.typed import LONGEST_WORDS
from simpul.accreditation.stages import Part, Stage
from simpul.catalogue.accreditation import norms
from simpul.organisations.queries.belonging import require_outsider

# A day beyond this is a slip in the year, and days after the last of the calendar cannot be reckoned.
FARTHEST = timedelta(days=3660)


@action(Permission.ACCREDITATION_SECRETARY)
def name(
    accreditation: Accreditation,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    user: UUID,
    part: str,
    since: date,
    until: date | None = None,
) -> Assignment:
    """Name somebody who holds the role, and nothing to do with the body, from one day to another.

    Until they declare to be free of conflicts they see nothing. Pressed twice it is one assignment.
    """
    current = locked(accreditation)
    if repeated := made_before(Assignment, key, accreditation_id=current.pk):
        return repeated
    if part not in Part.values:
        raise Refusal(_("Tugas itu tidak dikenal. Muat ulang halaman ini, lalu pilih lagi."))
    require_stage(current, *WHEN[Part(part)])
    require_outsider(current.organisation_id, by)
    _require_near(on, since)
    last = until or max(since, on) + timedelta(days=norms().visit_days)
    if last < max(since, on):
        raise Refusal(_("Hari terakhir tugas tidak boleh sebelum hari pertamanya atau sudah lewat."))
    _require_near(on, last)
    row = Assignment(pk=key, accreditation=current, user=user, part=part, since=since, until=last)
    row.user_name = _name_of(current, user, Part(part))
    row.at, row.by, row.by_name = at, by.pk, str(by)
    row.save(force_insert=True)
    return row


def _require_near(on: date, day: date) -> None:
    # Whoever is named for ever reads the file for ever; and a slip in the year is found here.
    if day > on + FARTHEST:
        raise Refusal(_("Tanggal itu terlalu jauh dari hari ini. Periksa tahunnya."))


def _name_of(accreditation: Accreditation, user: UUID, part: Part) -> str:
    found = {one.user: one for one in candidates(accreditation, part)}.get(user)
    if found is None:
        raise Refusal(_("Orang itu tidak memegang peran ini untuk wilayah lembaga. Pilih dari daftar."))
    if found.barred:
        raise Refusal(
            _("%(name)s tidak dapat ditugaskan. %(why)s") % {"name": found.name, "why": found.barred}
        )
    return found.name


@action(Permission.ACCREDITATION_SECRETARY)
def prolong(assignment: Assignment, /, *, by: User, on: date, at: datetime, until: date) -> Assignment:
    """Move the last day of an assignment that stands, also when it has just passed: the work is not done anew."""
    held = locked_row(assignment)
    if held.until == until:
        return held
    require_stage(held.accreditation, *WHEN[Part(held.part)])
    require_outsider(held.accreditation.organisation_id, by)
    if held.withdrawn_on is not None:
        raise Refusal(_("Penugasan ini sudah diakhiri. Tugaskan lagi bila masih diperlukan."))
    if until < max(held.since, on):
        raise Refusal(_("Hari terakhir tugas tidak boleh sebelum hari pertamanya atau sudah lewat."))
    _require_near(on, until)
    held.until = until
    held.save(update_fields=["until"])
    return held


@action(Permission.ACCREDITATION_SECRETARY)
def end(assignment: Assignment, /, *, by: User, on: date, at: datetime, words: str) -> Assignment:
    """End somebody's assignment. What they scored is kept, and counts no more. Pressed twice it is one end.

    Why is about a person, so it stays in the row and never enters the record.
    """
    held = locked_row(assignment)
    if held.withdrawn_on is not None:
        return held
    require_stage(held.accreditation, *WHEN[Part(held.part)])
    require_outsider(held.accreditation.organisation_id, by)
    held.withdrawn_on = on
    held.withdrawn_because = fitting(words, _("Alasan"), LONGEST_WORDS, is_needed=True)
    held.save(update_fields=["withdrawn_on", "withdrawn_because_sealed"])
    return held


@action(Permission.ACCREDITATION_SCORE)
def declare(
    assignment: Assignment, /, *, by: User, on: date, at: datetime, has_conflict: bool, words: str = ""
) -> Assignment:
    """An assessor or companion declares whether there is a conflict of interests; with one, the assignment ends."""
    held = locked_row(assignment)
    if held.part == Part.VALIDATOR:
        raise Refusal(_("Tugas ini milik penyelia."))
    return _declared(held, by, on, at, has_conflict, words)


@action(Permission.ACCREDITATION_VALIDATE)
def declare_as_validator(
    assignment: Assignment, /, *, by: User, on: date, at: datetime, has_conflict: bool, words: str = ""
) -> Assignment:
    """The same by the second person, who checks the scores."""
    held = locked_row(assignment)
    if held.part != Part.VALIDATOR:
        raise Refusal(_("Tugas ini milik asesor."))
    return _declared(held, by, on, at, has_conflict, words)


def _declared(
    held: Assignment, by: User, on: date, at: datetime, has_conflict: bool, words: str
) -> Assignment:
    if held.user != by.pk:
        raise Refusal(_("Pernyataan ini hanya dapat diisi oleh orang yang ditugaskan."))
    if held.has_conflict == has_conflict or held.withdrawn_on is not None:
        return held
    require_stage(held.accreditation, *WHEN[Part(held.part)])
    held.declaration = fitting(words, _("Penjelasan"), LONGEST_WORDS, is_needed=has_conflict)
    held.has_conflict, held.declared_at = has_conflict, at
    if has_conflict:
        held.withdrawn_on = on
        held.withdrawn_because = _("Menyatakan ada benturan kepentingan.")
    held.save()
    return held


@action(Permission.ACCREDITATION_SECRETARY)
def begin_visit(
    accreditation: Accreditation, /, *, by: User, version: int, on: date, at: datetime
) -> Accreditation:
    """Enough assessors are named and free of conflicts: the visit may begin."""
    current = locked(accreditation)
    if is_repeated(current, Stage.VISIT, by=by, version=version):
        return current
    require_version(current, version, Stage.VISIT)
    require_stage(current, Stage.ASSIGNMENT)
    require_outsider(current.organisation_id, by)
    if why := lacking(current):
        raise Refusal(why)
    return Moving(current, by, on, at).to(Stage.VISIT)


@action(Permission.ACCREDITATION_SECRETARY)
def name_anew(
    accreditation: Accreditation, /, *, by: User, version: int, on: date, at: datetime, words: str
) -> Accreditation:
    """Back from the visit to the naming, as when a conflict comes to light later. Why stays out of the record."""
    current = locked(accreditation)
    if is_repeated(current, Stage.ASSIGNMENT, by=by, version=version):
        return current
    require_version(current, version, Stage.ASSIGNMENT)
    require_stage(current, Stage.VISIT)
    require_outsider(current.organisation_id, by)
    said = fitting(words, _("Alasan"), LONGEST_WORDS, is_needed=True)
    return Moving(current, by, on, at).to(Stage.ASSIGNMENT, words=said)
