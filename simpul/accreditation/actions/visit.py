"""The visit: scores with notes and photographs, the minutes that both sides sign, and handing over to the second person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.files import keep, leaves_no_file_behind
from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.accreditation.actions.run import Moving
from simpul.accreditation.models import Accreditation, Assignment, Evidence, Lock, Score, Visit
from simpul.accreditation.queries.run import (
    is_repeated,
    locked,
    locked_row,
    own_assignment,
    require_declared,
    require_stage,
    require_version,
    visit_round,
)
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.typed import (
    LONGEST_MET,
    LONGEST_MINUTES,
    LONGEST_NAME,
    LONGEST_TITLE,
    LONGEST_WORDS,
    Signature,
    Told,
)
from simpul.accreditation.queries.visit import (
    ASSESSOR,
    BODY,
    REFUSED,
    has_answered,
    has_signed,
    is_fully_signed,
    is_locked,
    is_signed_by_assessors,
    own_scores,
    sheets,
    unfinished,
)
from simpul.accreditation.stages import Part, Stage
from simpul.catalogue.accreditation import Item, norms


@action(Permission.ACCREDITATION_SCORE)
def score(
    accreditation: Accreditation, /, *, by: User, at: datetime, answers: Mapping[str, Told]
) -> list[Score]:
    """Keep an assessor's own scores on some items; None is "could not be seen". The same again is not kept anew.

    Only by who is named as assessor and declared to be free, during the visit, until locked. Raises Clash where
    the same assessor answered an item anew on another device since the page was opened.
    """
    current = locked(accreditation)
    mine = _own(current, by)
    items = {item.code: item for item in scheme_of(current).items}
    newest = own_scores(mine)
    made = []
    for code, told in answers.items():
        words = _checked(items.get(code), told)
        earlier = newest.get(code)
        if earlier is not None and (earlier.value, earlier.words) == (told.value, words):
            continue
        if earlier is not None and earlier.pk != told.seen:
            raise Clash(items[code].text.id, _shown(earlier.value), _shown(told.value))
        row = Score(accreditation=current, assignment=mine, item=code, value=told.value, words=words)
        row.at, row.by, row.by_name = at, by.pk, str(by)
        row.save(force_insert=True)
        made.append(row)
    return made


def _own(accreditation: Accreditation, by: User) -> Assignment:
    """The assessor's own assignment, while scores are still taken under it."""
    require_stage(accreditation, Stage.VISIT)
    mine = require_declared(own_assignment(accreditation, by.pk, Part.ASSESSOR), by)
    if is_locked(mine):
        raise Refusal(_("Nilai Anda sudah dikunci dan tidak dapat ditambah atau diubah lagi."))
    return mine


def _checked(item: Item | None, told: Told) -> str:
    if item is None:
        raise Refusal(_("Butir itu tidak ada dalam skema ini. Muat ulang halaman ini."))
    if told.value is not None and not 0 <= told.value <= item.most:
        raise Refusal(_("Nilai harus dari 0 sampai %(most)s.") % {"most": item.most})
    return fitting(told.words, _("Catatan"), LONGEST_WORDS)


def _shown(value: int | None) -> str:
    return _("tidak dapat dilihat") if value is None else str(value)


@leaves_no_file_behind
@action(Permission.ACCREDITATION_SCORE)
def add_photo(
    accreditation: Accreditation,
    /,
    *,
    by: User,
    key: UUID,
    at: datetime,
    item: str,
    file_name: str,
    data: bytes,
    title: str = "",
) -> Evidence:
    """Keep a photograph of what was seen for one item, without its place and time. Pressed twice it is one."""
    current = locked(accreditation)
    if repeated := made_before(Evidence, key, accreditation_id=current.pk):
        return repeated
    _own(current, by)
    found = {known.code: known for known in scheme_of(current).items}.get(item)
    if found is None:
        raise Refusal(_("Butir itu tidak ada dalam skema ini. Muat ulang halaman ini."))
    row = Evidence(pk=key, accreditation=current, item=item, is_of_visit=True)
    row.at, row.by, row.by_name = at, by.pk, str(by)
    row.title = fitting(title, _("Judul"), LONGEST_TITLE) or found.text.id[:LONGEST_TITLE]
    keep(row, data, file_name=file_name, most=norms().evidence_most_bytes)
    row.save(force_insert=True)
    return row


@action(Permission.ACCREDITATION_SCORE)
def lock(accreditation: Accreditation, /, *, by: User, at: datetime) -> Lock:
    """The assessor has finished: every item has a score or could not be seen. Nothing is added any more."""
    current = locked(accreditation)
    mine = own_assignment(current, by.pk, Part.ASSESSOR)
    round_ = visit_round(current)
    repeated: Lock | None = Lock.objects.filter(assignment=mine, round=round_).first() if mine else None
    if repeated is not None:
        return repeated
    mine = _own(current, by)
    lacking = [sheet for sheet in sheets(mine, scheme_of(current)) if not sheet.is_done]
    if lacking:
        told = "; ".join(f"{sheet.title} ({sheet.scored}/{sheet.of})" for sheet in lacking)
        raise Refusal(
            _("Masih ada butir tanpa nilai: %(standards)s. Pilih nilai, atau “tidak dapat dilihat”.")
            % {"standards": told}
        )
    row = Lock(accreditation=current, assignment=mine, round=round_, at=at, by=by.pk, by_name=str(by))
    row.save(force_insert=True)
    return row


@action(Permission.ACCREDITATION_SCORE)
def write_minutes(
    accreditation: Accreditation,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    held_on: date,
    met_with: str,
    minutes: str,
) -> Visit:
    """Write the minutes of one visit. Pressed twice it is one."""
    current = locked(accreditation)
    if repeated := made_before(Visit, key, accreditation_id=current.pk):
        return repeated
    _require_assessor(current, by)
    row = Visit(pk=key, accreditation=current, at=at, by=by.pk, by_name=str(by))
    _fill(row, on, held_on, met_with, minutes)
    row.save(force_insert=True)
    return row


@action(Permission.ACCREDITATION_SCORE)
def change_minutes(
    visit: Visit,
    /,
    *,
    by: User,
    version: int,
    on: date,
    at: datetime,
    held_on: date,
    met_with: str,
    minutes: str,
) -> Visit:
    """Mend the minutes while nobody has signed them. Raises Clash where somebody changed them meanwhile."""
    held = locked_row(visit)
    _require_assessor(held.accreditation, by)
    if held.signed:
        raise Refusal(
            _(
                "Berita acara ini sudah ditandatangani. Buat berita acara tambahan bila ada yang perlu ditambahkan."
            )
        )
    if held.version != version:
        if (held.on, held.met_with, held.minutes) == (held_on, met_with.strip(), minutes.strip()):
            return held
        raise Clash(_("Berita acara"), str(held.minutes)[:200], minutes[:200])
    _fill(held, on, held_on, met_with, minutes)
    held.version += 1
    held.save()
    return held


def _require_assessor(accreditation: Accreditation, by: User) -> Assignment:
    require_stage(accreditation, Stage.VISIT)
    return require_declared(own_assignment(accreditation, by.pk, Part.ASSESSOR), by)


def _fill(row: Visit, on: date, held_on: date, met_with: str, minutes: str) -> None:
    if held_on > on:
        raise Refusal(_("Tanggal kunjungan tidak boleh di masa depan. Periksa tanggalnya."))
    row.on = held_on
    row.met_with = fitting(met_with, _("Bertemu dengan"), LONGEST_MET, is_needed=True)
    row.minutes = fitting(minutes, _("Isi berita acara"), LONGEST_MINUTES, is_needed=True)


@action(Permission.ACCREDITATION_SCORE)
def sign_as_assessor(visit: Visit, /, *, by: User, version: int, at: datetime, signature: Signature) -> Visit:
    """An assessor signs the minutes. Signed by the body and all assessors, they are locked."""
    held = locked_row(visit)
    if has_signed(held, ASSESSOR, by.pk):
        return held
    _require_assessor(held.accreditation, by)
    return _signed(held, ASSESSOR, by, version, at, signature)


@action(Permission.ACCREDITATION_APPLY)
def sign_as_body(visit: Visit, /, *, by: User, version: int, at: datetime, signature: Signature) -> Visit:
    """The body signs the minutes, agreeing with them or saying with what it does not agree."""
    held = locked_row(visit)
    if has_signed(held, BODY):
        return held
    require_stage(held.accreditation, Stage.VISIT)
    return _signed(held, BODY, by, version, at, signature)


@action(Permission.ACCREDITATION_SCORE)
def note_refusal(visit: Visit, /, *, by: User, version: int, at: datetime, signature: Signature) -> Visit:
    """An assessor notes that the body does not sign, and why: after all assessors signed. Pressed twice it is one.

    The body may still sign while the visit goes on.
    """
    held = locked_row(visit)
    if has_answered(held):
        return held
    _require_assessor(held.accreditation, by)
    if not is_signed_by_assessors(held):
        raise Refusal(_("Semua asesor menandatangani dahulu, baru dicatat bahwa lembaga tidak bersedia."))
    return _signed(held, REFUSED, by, version, at, signature)


def _signed(held: Visit, side: str, by: User, version: int, at: datetime, signature: Signature) -> Visit:
    # Who signs has read this very text.
    if held.version != version:
        raise Clash(_("Berita acara"), str(held.minutes)[:200], _("tanda tangan Anda"))
    words = fitting(
        signature.words, _("Keberatan atau catatan"), LONGEST_WORDS, is_needed=not signature.agrees
    )
    held.signed = [
        *held.signed,
        {
            "side": side,
            "user": str(by.pk),
            "name": fitting(signature.name, _("Nama"), LONGEST_NAME, is_needed=True),
            "title": fitting(signature.title, _("Jabatan"), LONGEST_NAME, is_needed=True),
            "at": at.isoformat(),
            "agrees": signature.agrees,
            "words": words,
        },
    ]
    if is_fully_signed(held):
        held.locked_at = at
    held.save(update_fields=["signed", "locked_at"])
    return held


@action(Permission.ACCREDITATION_SCORE)
def finish(
    accreditation: Accreditation, /, *, by: User, version: int, on: date, at: datetime
) -> Accreditation:
    """Hand the visit over to the second person: all scores locked, all minutes signed by both sides."""
    current = locked(accreditation)
    if is_repeated(current, Stage.VALIDATION, by=by, version=version):
        return current
    require_version(current, version, Stage.VALIDATION)
    _require_assessor(current, by)
    if why := unfinished(current):
        raise Refusal(why)
    return Moving(current, by, on, at).to(Stage.VALIDATION)
