"""What the office's desk does: takes a file up, checks it line by line, returns it, looks on the spot, passes it on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.files import keep, leaves_no_file_behind
from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import made_before
from simpul.catalogue import registration as catalogue
from simpul.catalogue.organisations.papers import largest_file
from simpul.organisations.actions.registration_run import LONGEST_WORDS, HeldRun, Moment
from simpul.organisations.models import FieldVisit, Registration, Requirement, VisitPhoto
from simpul.organisations.queries.registration_lines import (
    ANSWERS,
    EXEMPT,
    LOCAL_ANSWERS,
    MISSING,
    SETTLED,
    WRONG,
    asked_now,
)
from simpul.organisations.queries.registration_rules import said
from simpul.organisations.stages import RunStage

MOST_PHOTOS = 10
LONGEST_NOTE = 500
_LONGEST_WHO = 300
_SEEN = ("yes", "no", "unknown")


@action(Permission.REGISTRATION_CHECK)
def take_up(registration: Registration, /, *, by: User, on: date, at: datetime, version: int) -> Registration:
    """Begin the desk check. Who does so cannot decide the same application later."""
    held = HeldRun.taken(registration, Moment(by, on, at))
    if held.is_done_already(version, RunStage.DESK_CHECK):
        return held.run
    held.require_own_office(Permission.REGISTRATION_CHECK)
    held.require_version(version, RunStage.DESK_CHECK.label)
    return held.move(RunStage.DESK_CHECK)


@action(Permission.REGISTRATION_CHECK)
def check_lines(
    registration: Registration,
    /,
    *,
    by: User,
    on: date,
    at: datetime,
    version: int,
    found: Mapping[str, tuple[str, str]],
) -> Registration:
    """Keep what the desk found of each line: an answer with a note. A line left out, or "", stays unchecked.

    A line that is missing or wrong needs a note, because the applicant mends it by that; so does one that is not asked
    of this body, which only an office's own addition can be.
    """
    held = HeldRun.taken(registration, Moment(by, on, at))
    held.require_own_office(Permission.REGISTRATION_CHECK)
    held.require_stage(RunStage.DESK_CHECK)
    asked = {demand.code: demand for demand in asked_now(held.run, on)}
    fresh = [
        line
        for line in held.lines()
        if line.code in found and _is_new(line, *found[line.code], is_local=asked[line.code].is_local)
    ]
    if not fresh and held.run.version != version:
        return held.run
    held.require_version(version, _("pemeriksaan berkas"))
    for line in fresh:
        line.answer = found[line.code][0]
        line.note = _fitting_note(said(asked[line.code].title), *found[line.code])
        line.checked_at, line.checked_by_name = at, str(by)
        line.save()
    held.save()
    held.note(RunStage.DESK_CHECK, RunStage.DESK_CHECK)
    return held.run


def _is_new(line: Requirement, answer: str, note: str, *, is_local: bool) -> bool:
    if answer and answer not in dict(LOCAL_ANSWERS if is_local else ANSWERS):
        raise Refusal(_("Pilih hasil pemeriksaan dari daftar."))
    return (line.answer, line.note) != (answer, note.strip())


def _fitting_note(title: str, answer: str, note: str) -> str:
    kept = fitting(note, _("Catatan"), LONGEST_NOTE)
    if answer in (MISSING, WRONG) and not kept:
        raise Refusal(_("%(line)s: tulis apa yang kurang; pemohon membacanya.") % {"line": title})
    if answer == EXEMPT and not kept:
        raise Refusal(
            _("%(line)s: tulis mengapa tidak diminta dari lembaga ini; pejabat membacanya.") % {"line": title}
        )
    return kept


@action(Permission.REGISTRATION_CHECK)
def return_run(
    registration: Registration, /, *, by: User, on: date, at: datetime, version: int, words: str = ""
) -> Registration:
    """Give it back with the list of what is to be mended. The clock stands still until it is sent again."""
    held = HeldRun.taken(registration, Moment(by, on, at))
    if held.is_done_already(version, RunStage.RETURNED):
        return held.run
    held.require_own_office(Permission.REGISTRATION_CHECK)
    held.require_version(version, RunStage.RETURNED.label)
    held.require_stage(RunStage.DESK_CHECK, RunStage.FIELD_VISIT)
    said = fitting(words, _("Pesan"), LONGEST_WORDS)
    if not said and not any(line.answer in (MISSING, WRONG) for line in held.lines()):
        raise Refusal(_("Tandai baris yang harus diperbaiki, atau tulis apa yang harus dilakukan pemohon."))
    return held.move(RunStage.RETURNED, said)


@action(Permission.REGISTRATION_CHECK)
def send_to_visit(
    registration: Registration, /, *, by: User, on: date, at: datetime, version: int, words: str = ""
) -> Registration:
    """The file is checked; now somebody looks on the spot."""
    held = HeldRun.taken(registration, Moment(by, on, at))
    if held.is_done_already(version, RunStage.FIELD_VISIT):
        return held.run
    held.require_own_office(Permission.REGISTRATION_CHECK)
    held.require_version(version, RunStage.FIELD_VISIT.label)
    _require_checked(held)
    return held.move(RunStage.FIELD_VISIT, fitting(words, _("Pesan"), LONGEST_WORDS))


@leaves_no_file_behind
@action(Permission.REGISTRATION_CHECK)
def record_visit(
    registration: Registration,
    /,
    *,
    by: User,
    on: date,
    at: datetime,
    key: UUID,
    day: date,
    who: str,
    met_with: str = "",
    answers: Mapping[str, str],
    words: str = "",
    is_as_told: bool | None = None,
    photos: Sequence[tuple[str, bytes]] = (),
) -> FieldVisit:
    """What was seen on the spot, with photographs. Added, never changed; a repeated key gives the same visit.

    `answers` hold "yes", "no" or "unknown" by the code of each line of the form. The words are sealed.
    """
    held = HeldRun.taken(registration, Moment(by, on, at))
    if found := made_before(FieldVisit, key, registration_id=held.run.pk):
        return found
    held.require_own_office(Permission.REGISTRATION_CHECK)
    held.require_stage(RunStage.FIELD_VISIT)
    if day > on or (held.run.submitted_on is not None and day < held.run.submitted_on):
        raise Refusal(_("Tanggal kunjungan antara hari permohonan diajukan dan hari ini."))
    if len(photos) > MOST_PHOTOS:
        raise Refusal(_("Paling banyak %(most)s foto untuk satu kunjungan.") % {"most": MOST_PHOTOS})
    visit = FieldVisit(
        id=key,
        registration=held.run,
        on=day,
        who=fitting(who, _("Yang berkunjung"), _LONGEST_WHO, is_needed=True),
        met_with=fitting(met_with, _("Yang ditemui"), _LONGEST_WHO),
        answers=_fitting_answers(answers),
        is_as_told=is_as_told,
        at=at,
        by=by.pk,
        by_name=str(by),
    )
    visit.words = fitting(words, _("Catatan"), LONGEST_WORDS) or None
    visit.save(force_insert=True)
    for file_name, data in photos:
        _keep_photo(visit, held.moment, file_name, data)
    return visit


def _fitting_answers(answers: Mapping[str, str]) -> dict[str, str]:
    known = [line.code for line in catalogue.visit_lines()]
    return {code: answers[code] for code in known if answers.get(code) in _SEEN}


def _keep_photo(visit: FieldVisit, moment: Moment, file_name: str, data: bytes) -> None:
    photo = VisitPhoto(visit=visit, at=moment.at, by=moment.by.pk, by_name=str(moment.by))
    keep(photo, data, file_name=file_name, most=largest_file())
    photo.save(force_insert=True)


@action(Permission.REGISTRATION_CHECK)
def pass_to_decision(
    registration: Registration, /, *, by: User, on: date, at: datetime, version: int, words: str = ""
) -> Registration:
    """Lay it before who decides, with what the desk advises.

    Raises Refusal where lines are unchecked, or where lines are not met and no words say why it goes on.
    """
    held = HeldRun.taken(registration, Moment(by, on, at))
    if held.is_done_already(version, RunStage.DECISION):
        return held.run
    held.require_own_office(Permission.REGISTRATION_CHECK)
    held.require_version(version, RunStage.DECISION.label)
    held.require_stage(RunStage.DESK_CHECK, RunStage.FIELD_VISIT)
    _require_checked(held)
    said = fitting(words, _("Saran"), LONGEST_WORDS)
    if not said and any(line.answer not in SETTLED for line in held.lines()):
        raise Refusal(_("Ada persyaratan yang belum terpenuhi. Tulis mengapa berkas tetap diteruskan."))
    if held.stage == RunStage.FIELD_VISIT and not FieldVisit.objects.filter(registration=held.run).exists():
        raise Refusal(_("Catat dulu hasil kunjungan lapangannya."))
    return held.move(RunStage.DECISION, said)


def _require_checked(held: HeldRun) -> None:
    if held.stage == RunStage.DESK_CHECK and any(not line.answer for line in held.lines()):
        raise Refusal(_("Masih ada baris yang belum diperiksa. Periksa semuanya dulu."))
