"""The application, and the secretariat's check of its papers: complete, or returned with a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.accreditation.actions.run import Moving
from simpul.accreditation.models import Accreditation, DeskLine
from simpul.accreditation.queries.desk import Checked, CheckLine, checklist, wanting
from simpul.accreditation.queries.eligibility import eligibility, require_may_apply
from simpul.accreditation.queries.run import is_repeated, locked, require_stage, require_version
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.typed import LONGEST_WORDS, Looked
from simpul.accreditation.stages import Stage
from simpul.organisations.queries.belonging import require_outsider


@action(Permission.ACCREDITATION_APPLY)
def apply(
    accreditation: Accreditation, /, *, by: User, version: int, on: date, at: datetime
) -> Accreditation:
    """Hand the run to the secretariat, for the first time or mended. The conditions are looked at once more."""
    current = locked(accreditation)
    if is_repeated(current, Stage.DESK_CHECK, by=by, version=version):
        return current
    require_version(current, version, Stage.DESK_CHECK)
    scheme = scheme_of(current)
    found = eligibility(current.organisation, scheme, on)
    require_may_apply(found, scheme, current.organisation)
    first = current.applied_on or on
    return Moving(current, by, on, at).to(Stage.DESK_CHECK, applied_on=first, conditions=found.to_json())


@action(Permission.ACCREDITATION_SECRETARY)
def check(
    accreditation: Accreditation, /, *, by: User, at: datetime, answers: Mapping[str, Looked]
) -> list[DeskLine]:
    """Keep what the desk found for some lines; what is the same as before is not kept again.

    Raises Clash where a colleague answered a line anew since the page was opened.
    """
    current = locked(accreditation)
    require_outsider(current.organisation_id, by)
    require_stage(current, Stage.DESK_CHECK)
    lines = {line.code: line for line in checklist(current, scheme_of(current))}
    made = []
    for code, looked in answers.items():
        line, note = lines.get(code), _checked(lines.get(code), looked)
        if line is None or (line.answer, line.note) == (looked.answer, note):
            continue
        if line.row is not None and line.row.pk != looked.seen:
            raise Clash(line.text, line.answer_words, str(Checked(looked.answer).label))
        row = DeskLine(accreditation=current, code=code, answer=looked.answer, note=note)
        row.at, row.by, row.by_name = at, by.pk, str(by)
        row.save(force_insert=True)
        made.append(row)
    return made


def _checked(line: CheckLine | None, looked: Looked) -> str:
    if line is None or looked.answer not in dict(line.choices):
        raise Refusal(_("Pilihan itu tidak dikenal. Muat ulang halaman ini, lalu pilih lagi."))
    is_needed = looked.answer in (Checked.WRONG, Checked.EXEMPT)
    return fitting(
        looked.note, _("Catatan untuk “%(line)s”") % {"line": line.text}, LONGEST_WORDS, is_needed=is_needed
    )


@action(Permission.ACCREDITATION_SECRETARY)
def accept(
    accreditation: Accreditation, /, *, by: User, version: int, on: date, at: datetime
) -> Accreditation:
    """The file is complete: assessors can be named. Every line has to be met, or not asked of this body."""
    current = locked(accreditation)
    if is_repeated(current, Stage.ASSIGNMENT, by=by, version=version):
        return current
    require_version(current, version, Stage.ASSIGNMENT)
    require_outsider(current.organisation_id, by)
    require_stage(current, Stage.DESK_CHECK)
    open_lines = [line for line in checklist(current, scheme_of(current)) if not line.is_settled]
    if open_lines:
        told = "; ".join(line.text for line in open_lines)
        raise Refusal(
            _("Berkas belum lengkap: %(lines)s. Periksa baris itu, atau kembalikan kepada lembaga.")
            % {"lines": told}
        )
    return Moving(current, by, on, at).to(Stage.ASSIGNMENT, answer="")


@action(Permission.ACCREDITATION_SECRETARY)
def give_back(
    accreditation: Accreditation, /, *, by: User, version: int, on: date, at: datetime, words: str = ""
) -> Accreditation:
    """Give the file back with the list of what is missing or wrong, and words about it."""
    current = locked(accreditation)
    if is_repeated(current, Stage.RETURNED, by=by, version=version):
        return current
    require_version(current, version, Stage.RETURNED)
    require_outsider(current.organisation_id, by)
    require_stage(current, Stage.DESK_CHECK)
    said = fitting(words, _("Pesan untuk lembaga"), LONGEST_WORDS)
    if not said and not wanting(checklist(current, scheme_of(current))):
        raise Refusal(
            _("Tandai dahulu apa yang belum ada atau belum sesuai, atau tulis pesan untuk lembaga.")
        )
    return Moving(current, by, on, at).to(Stage.RETURNED, words=said, answer=said)
