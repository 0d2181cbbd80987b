"""The body judges itself, with evidence, and asks for the recommendation that its Dinas gives or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.files import destroy, keep, leaves_no_file_behind
from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.accreditation.actions.run import Moving
from simpul.accreditation.models import Accreditation, Evidence, SelfScore
from simpul.accreditation.queries.run import (
    is_repeated,
    locked,
    locked_row,
    require_stage,
    require_version,
)
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.scores import self_scores_of
from simpul.accreditation.queries.self_assessment import WITH_THE_BODY, progress_of
from simpul.accreditation.queries.typed import LONGEST_NUMBER, LONGEST_TITLE, LONGEST_WORDS, Told
from simpul.accreditation.stages import Stage
from simpul.catalogue.accreditation import Item, norms
from simpul.organisations.queries.belonging import require_outsider


@action(Permission.ACCREDITATION_APPLY)
def assess(
    accreditation: Accreditation, /, *, by: User, at: datetime, answers: Mapping[str, Told]
) -> list[SelfScore]:
    """Keep what the body gives itself on some items; what is the same as before is not kept again.

    Earlier answers stay as history. Raises Clash where somebody answered an item anew since the page was opened.
    """
    current = locked(accreditation)
    require_stage(current, *WITH_THE_BODY)
    scheme = scheme_of(current)
    items = {item.code: item for item in scheme.items}
    newest = self_scores_of(current)
    made = []
    for code, told in answers.items():
        words = _checked(items.get(code), told)
        earlier = newest.get(code)
        if earlier is not None and (earlier.value, earlier.words) == (told.value, words):
            continue
        _require_seen(items[code], earlier, told)
        row = SelfScore(accreditation=current, item=code, value=told.value, words=words)
        row.at, row.by, row.by_name = at, by.pk, str(by)
        row.save(force_insert=True)
        made.append(row)
    return made


def _checked(item: Item | None, told: Told) -> str:
    if item is None:
        raise Refusal(_("Butir itu tidak ada dalam skema ini. Muat ulang halaman ini."))
    if told.value is not None and not 0 <= told.value <= item.most:
        raise Refusal(_("Nilai harus dari 0 sampai %(most)s.") % {"most": item.most})
    return fitting(told.words, _("Penjelasan"), LONGEST_WORDS)


def _require_seen(item: Item, earlier: SelfScore | None, told: Told) -> None:
    if earlier is not None and earlier.pk != told.seen:
        raise Clash(item.text.id, _shown(earlier.value), _shown(told.value))


def _shown(value: int | None) -> str:
    return _("belum tahu") if value is None else str(value)


@leaves_no_file_behind
@action(Permission.ACCREDITATION_APPLY)
def add_evidence(
    accreditation: Accreditation,
    /,
    *,
    by: User,
    key: UUID,
    at: datetime,
    item: str,
    title: str,
    file_name: str,
    data: bytes,
) -> Evidence:
    """Keep a photograph, scan or PDF that shows what an item claims. Pressed twice it is one file."""
    current = locked(accreditation)
    if repeated := made_before(Evidence, key, accreditation_id=current.pk):
        return repeated
    require_stage(current, *WITH_THE_BODY)
    if item not in {known.code for known in scheme_of(current).items}:
        raise Refusal(_("Butir itu tidak ada dalam skema ini. Muat ulang halaman ini."))
    row = Evidence(pk=key, accreditation=current, item=item, at=at, by=by.pk, by_name=str(by))
    row.title = fitting(title, _("Judul"), LONGEST_TITLE, is_needed=True)
    keep(row, data, file_name=file_name, most=norms().evidence_most_bytes)
    row.save(force_insert=True)
    return row


@action(Permission.ACCREDITATION_APPLY)
def remove_evidence(row: Evidence, /, *, by: User, at: datetime) -> Evidence:
    """Destroy a file of the body's own; that there was one, and who took it away, stays."""
    held = locked_row(row)
    if not held.is_there:
        return held
    require_stage(held.accreditation, *WITH_THE_BODY)
    if held.is_of_visit:
        raise Refusal(_("Foto visitasi tidak dapat dihapus oleh lembaga."))
    destroy(held, at=at, by_name=str(by))
    held.save()
    return held


@action(Permission.ACCREDITATION_APPLY)
def ask_recommendation(
    accreditation: Accreditation, /, *, by: User, version: int, on: date, at: datetime
) -> Accreditation:
    """The self-assessment is done: the Dinas is asked for its recommendation. Every item has to be answered."""
    current = locked(accreditation)
    if is_repeated(current, Stage.RECOMMENDATION, by=by, version=version):
        return current
    require_version(current, version, Stage.RECOMMENDATION)
    lacking = [one for one in progress_of(current, scheme_of(current)) if not one.is_done]
    if lacking:
        told = "; ".join(f"{one.title} ({one.answered}/{one.of})" for one in lacking)
        raise Refusal(
            _(
                "Evaluasi diri belum lengkap: %(standards)s. Butir yang belum diketahui dapat dijawab “belum tahu”."
            )
            % {"standards": told}
        )
    return Moving(current, by, on, at).to(Stage.RECOMMENDATION)


@action(Permission.ACCREDITATION_RECOMMEND)
def recommend(
    accreditation: Accreditation,
    /,
    *,
    by: User,
    version: int,
    on: date,
    at: datetime,
    number: str,
    signed_on: date,
    words: str = "",
) -> Accreditation:
    """The Dinas recommends the body: number and date of the letter."""
    current = locked(accreditation)
    if is_repeated(current, Stage.APPLICATION, by=by, version=version):
        return current
    require_version(current, version, Stage.APPLICATION)
    require_outsider(current.organisation_id, by)
    if signed_on > on:
        raise Refusal(_("Tanggal surat tidak boleh di masa depan. Periksa tanggalnya."))
    return Moving(current, by, on, at).to(
        Stage.APPLICATION,
        recommendation_number=fitting(number, _("Nomor surat"), LONGEST_NUMBER, is_needed=True),
        recommendation_on=signed_on,
        recommendation_words=fitting(words, _("Catatan"), LONGEST_WORDS),
        recommended_by_name=str(by),
    )


@action(Permission.ACCREDITATION_RECOMMEND)
def do_not_recommend(
    accreditation: Accreditation, /, *, by: User, version: int, on: date, at: datetime, words: str
) -> Accreditation:
    """The Dinas does not recommend the body yet, and says what to mend; the self-assessment is open again."""
    current = locked(accreditation)
    if is_repeated(current, Stage.SELF_ASSESSMENT, by=by, version=version):
        return current
    require_version(current, version, Stage.SELF_ASSESSMENT)
    require_outsider(current.organisation_id, by)
    why = fitting(words, _("Yang perlu diperbaiki"), LONGEST_WORDS, is_needed=True)
    return Moving(current, by, on, at).to(
        Stage.SELF_ASSESSMENT, words=why, recommendation_words=why, recommended_by_name=str(by)
    )
