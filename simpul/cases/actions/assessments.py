"""Assessments: started, filled in as long as it takes, completed once, and never changed after that."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal
from simpul.access.rows import made_before
from simpul.cases.actions.reminders import Reminder
from simpul.cases.models import Assessment, Case, Occasion, TaskKind
from simpul.cases.queries import drafts
from simpul.cases.queries.assessments import (
    draft_with,
    instrument_of,
    question_of,
    required_open,
    title_of,
)
from simpul.cases.queries.case import require_ready
from simpul.cases.queries.locks import locked_case, locked_row
from simpul.cases.queries.office import norms_for
from simpul.catalogue.instruments import Instrument
from simpul.engines.scoring import score
from simpul.instruments.queries import available
from simpul.people.queries import require_not_limited


@action(Permission.CASE_ASSESS)
def start(
    case: Case,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    instrument: str,
    is_further: bool = False,
) -> Assessment:
    """A draft with the newest version of an instrument. The first with it is the baseline, a later one a re-assessment.

    `is_further` makes a later one additional: it stands beside the schedule and the comparison. A repeated key
    gives the same draft. Raises ConsentNeeded without a legal basis, Refusal otherwise.
    """
    current = locked_case(case)
    if repeated := made_before(Assessment, key, case_id=case.pk):
        return repeated
    require_ready(current, on)
    found = {offered.code: offered for offered in available(by)}.get(instrument)
    if found is None:
        raise Refusal(_("Instrumen itu tidak ditawarkan lagi. Pilih instrumen lain."))
    if draft := draft_with(current, instrument):
        raise Refusal(
            _("Asesmen dengan instrumen ini sedang diisi sejak %(day)s oleh %(who)s. Lanjutkan draf itu.")
            % {"day": date_format(draft.on, "j F Y"), "who": draft.by_name}
        )
    draft = Assessment(pk=key, case=current, instrument=found.code, on=on, at=at, by=by.pk, by_name=str(by))
    draft.instrument_version, draft.digest = str(found.version), found.digest
    draft.occasion = _occasion(current, found.code, is_further=is_further)
    draft.save(force_insert=True)
    return draft


@action(Permission.CASE_ASSESS)
def save_draft(
    assessment: Assessment,
    /,
    *,
    by: User,
    version: int,
    on: date,
    at: datetime,
    held_on: date,
    sources: Collection[str] = (),
    client_view: str = "",
    family_view: str = "",
    observed: str = "",
    strengths: str = "",
    conclusion: str = "",
    answers: Mapping[str, Any] | None = None,
) -> Assessment:
    """Keep what was filled in so far; nothing has to be complete. `answers` as AnswersForm.cleaned_answers gives them.

    The same sent twice changes nothing. Raises Clash, with both values of all that differs, when somebody was faster.
    """
    current = _locked(assessment)
    _require_draft(current)
    require_ready(current.case, on)
    instrument = _required_instrument(current)
    mine = {
        "held_on": drafts.day(current.case, held_on, on),
        "sources": drafts.sources(sources),
        "client_view": drafts.words("client_view", client_view),
        "family_view": drafts.words("family_view", family_view),
        "observed": drafts.words("observed", observed),
        "strengths": drafts.words("strengths", strengths),
        "conclusion": drafts.words("conclusion", conclusion),
        "answers": drafts.answers(instrument, answers or {}),
    }
    theirs = drafts.kept(current)
    if mine == theirs:
        return current
    if current.version != version:
        raise drafts.clash(instrument, theirs, mine)
    drafts.fill(current, mine)
    current.version = version + 1
    current.save()
    return current


@action(Permission.CASE_ASSESS)
def complete(assessment: Assessment, /, *, by: User, version: int, on: date, at: datetime) -> Assessment:
    """Freeze an assessment with its scores. The baseline and a re-assessment remind of the next one.

    Sent twice it is completed once. Raises Clash when the draft was changed since it was read, Refusal while
    something is missing that must be there.
    """
    current = _locked(assessment)
    if current.completed_at is not None and current.version == version + 1:
        return current
    _require_draft(current)
    require_ready(current.case, on)
    _require_read(current, version)
    instrument = _required_instrument(current)
    answers = current.answers or {}
    _require_whole(current, instrument, answers)
    baseline = _baseline_before(current)
    current.scores = [found.to_json() for found in score(instrument.scheme(), answers)]
    # The draft may have waited while the text was put right: this is the text that was answered.
    current.digest = instrument.digest
    current.completed_at, current.version = at, version + 1
    current.save()
    if current.occasion != Occasion.FURTHER:
        _remind(current, baseline or current, instrument, by=by, at=at)
    return current


@action(Permission.CASE_ASSESS)
def discard(assessment: Assessment, /, *, by: User, version: int, on: date, at: datetime) -> None:
    """Throw a draft away that was started by mistake. What was completed stays."""
    current = _locked(assessment)
    _require_draft(current)
    require_not_limited(current.case.person_id)
    _require_read(current, version)
    current.delete()


# --- what must hold ---


def _locked(assessment: Assessment) -> Assessment:
    try:
        return locked_row(assessment)
    except Assessment.DoesNotExist as gone:
        raise Refusal(
            _("Draf ini sudah dihapus. Mulai asesmen baru dari halaman asesmen kasusnya.")
        ) from gone


def _require_draft(assessment: Assessment) -> None:
    if assessment.completed_at is not None:
        raise Refusal(
            _("Asesmen ini sudah selesai, jadi tidak diubah lagi. Bila ada yang berubah, buat asesmen ulang.")
        )


def _require_read(assessment: Assessment, version: int) -> None:
    if assessment.version != version:
        raise Clash(_("Draf asesmen"), _("isian yang lebih baru"), _("isian yang tadi Anda baca"))


def _required_instrument(assessment: Assessment) -> Instrument:
    found = instrument_of(assessment)
    if found is None:
        raise Refusal(_("Pertanyaan instrumen ini tidak tersimpan lagi. Hapus draf ini dan mulai lagi."))
    return found


def _occasion(case: Case, instrument: str, *, is_further: bool) -> Occasion:
    earlier = Assessment.objects.filter(case=case, instrument=instrument, occasion=Occasion.BASELINE)
    if not earlier.exists():
        return Occasion.BASELINE
    return Occasion.FURTHER if is_further else Occasion.REASSESSMENT


def _require_whole(assessment: Assessment, instrument: Instrument, answers: Mapping[str, Any]) -> None:
    if not any(item.code in answers for item in instrument.items):
        raise Refusal(_("Belum ada satu pun jawaban. Isi dahulu bersama orang itu."))
    if lacking := required_open(instrument, answers):
        told = {"number": len(lacking), "questions": "; ".join(map(question_of, lacking))}
        raise Refusal(
            ngettext(
                "%(number)s pertanyaan wajib belum dijawab: %(questions)s",
                "%(number)s pertanyaan wajib belum dijawab: %(questions)s",
                len(lacking),
            )
            % told
        )
    if not assessment.sources:
        raise Refusal(_("Pilih dahulu dari mana keterangannya: orang itu sendiri, keluarga, yang terlihat."))


def _baseline_before(assessment: Assessment) -> Assessment | None:
    """The baseline that a later assessment stands beside; None for the baseline itself."""
    if assessment.occasion == Occasion.BASELINE:
        return None
    baseline: Assessment = Assessment.objects.get(
        case=assessment.case_id, instrument=assessment.instrument, occasion=Occasion.BASELINE
    )
    if assessment.on < baseline.on:
        raise Refusal(
            _("Tanggalnya sebelum asesmen awal, %(day)s. Periksa tanggal asesmen ini.")
            % {"day": date_format(baseline.on, "j F Y")}
        )
    return baseline


def _remind(
    assessment: Assessment, baseline: Assessment, instrument: Instrument, *, by: User, at: datetime
) -> None:
    """The waiting one is done with this; the next waits behind the same baseline."""
    reminder = Reminder(assessment.case, TaskKind.REASSESSMENT, baseline.pk)
    reminder.done(by=by, at=at)
    due_on = assessment.on + timedelta(days=norms_for(assessment.case)["reassess_days"])
    words = _("Asesmen ulang: %(title)s") % {"title": title_of(instrument)}
    reminder.put(by=by, at=at, due_on=due_on, words=words)
