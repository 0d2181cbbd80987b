"""Giving the page of rights, taking down what the client thinks, and the wishes about who is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.cases.models import Case, RightsGiven, Satisfaction
from simpul.cases.models.voice import Entered
from simpul.cases.queries.case import require_day_of, require_open, require_ready
from simpul.cases.queries.locks import locked_case
from simpul.cases.queries.voice import LONGEST_HOW, LONGEST_WORDS, PURPOSE
from simpul.catalogue import rights
from simpul.catalogue.instruments import Instrument
from simpul.engines.scoring import REASONS, AnswerError, score
from simpul.instruments.queries import available
from simpul.people.queries import require_not_limited


@action(Permission.CASE_NOTE)
def give_rights(
    case: Case, /, *, by: User, key: UUID, on: date, at: datetime, how: str, given_on: date | None = None
) -> RightsGiven:
    """Note that the newest page of rights was given and explained, and `how`: read aloud, on paper, by whom helped.

    Needs no legal basis: it comes before the first question. A repeated key gives the same row.
    """
    current, day = locked_case(case), given_on or on
    if repeated := made_before(RightsGiven, key, case_id=case.pk):
        return repeated
    require_open(current)
    require_not_limited(current.person_id)
    require_day_of(current, day, on)
    told = fitting(how, _("Caranya"), LONGEST_HOW)
    if not told:
        raise Refusal(
            _("Tulis bagaimana lembar ini diberikan, misalnya: dibacakan, lalu diberikan di kertas.")
        )
    given = RightsGiven(pk=key, case=current, on=day, at=at, by=by.pk, by_name=str(by))
    given.text_version, given.how = rights.newest().version, told
    given.save(force_insert=True)
    return given


@action(Permission.CASE_NOTE)
def record_satisfaction(
    case: Case,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    instrument: str,
    entered: str,
    answers: Mapping[str, Any],
    words: str = "",
    asked_on: date | None = None,
) -> Satisfaction:
    """Keep what the client thinks, who entered it and how. `answers` as AnswersForm.cleaned_answers gives them.

    Answers or words have to be there. A repeated key gives the same row. Raises ConsentNeeded without a legal basis.
    """
    current, day = locked_case(case), asked_on or on
    if repeated := made_before(Satisfaction, key, case_id=case.pk):
        return repeated
    require_ready(current, on)
    require_day_of(current, day, on)
    found = _offered(by, instrument)
    said = fitting(words, _("Kata-katanya sendiri"), LONGEST_WORDS)
    given = _answers(found, answers)
    if not said and not set(given) - {REASONS}:
        raise Refusal(_("Belum ada jawaban. Isi paling sedikit satu, atau tulis kata-katanya sendiri."))
    if entered not in Entered.values:
        raise Refusal(_("Pilih bagaimana jawaban ini diperoleh."))
    row = Satisfaction(pk=key, case=current, instrument=found.code, on=day, at=at, by=by.pk, by_name=str(by))
    row.instrument_version, row.entered = str(found.version), entered
    row.words, row.answers = said or None, given or None
    row.scores = [made.to_json() for made in score(found.scheme(), given)]
    row.save(force_insert=True)
    return row


@action(Permission.CASE_NOTE)
def note_wishes(case: Case, /, *, by: User, version: int, on: date, at: datetime, wishes: str) -> Case:
    """Note who may and who may not be told what, as the client wishes. Empty takes the note away.

    The same words sent twice change nothing. Raises Clash when the case was changed since the page was opened.
    """
    current, said = locked_case(case), fitting(wishes, _("Keinginan"), LONGEST_WORDS)
    held = current.wishes or ""
    if said == held:
        return current
    if current.version != version:
        raise Clash(
            _("Keinginan tentang siapa yang diberi tahu"), held or _("(kosong)"), said or _("(kosong)")
        )
    require_ready(current, on)
    current.wishes, current.version = said or None, version + 1
    current.save(update_fields=["wishes_sealed", "version"])
    return current


# --- what must hold ---


def _offered(by: User, code: str) -> Instrument:
    found = {offered.code: offered for offered in available(by, PURPOSE)}.get(code)
    if found is None:
        raise Refusal(_("Formulir itu tidak ditawarkan lagi. Pilih formulir lain."))
    return found


def _answers(instrument: Instrument, given: Mapping[str, Any]) -> dict[str, Any]:
    try:
        score(instrument.scheme(), given)
    except AnswerError as error:
        raise Refusal(_("Ada jawaban yang tidak dikenal formulir ini. Muat ulang halamannya.")) from error
    for answer in given.values():
        if isinstance(answer, str):
            fitting(answer, _("Jawaban"), LONGEST_WORDS)
    return {code: answer for code, answer in given.items() if answer not in (None, "")}
