"""The second person confirms or corrects every item, and sends it on to the plenary or back to the visit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.accreditation.actions.run import Moving
from simpul.accreditation.models import Accreditation, Validated
from simpul.accreditation.queries.run import is_repeated, locked, require_version
from simpul.accreditation.queries.scores import joined_since
from simpul.accreditation.queries.validation import (
    LONGEST_WORDS,
    Held,
    ItemRow,
    barred_from_validating,
    finding_of,
    item_rows,
    unsettled,
)
from simpul.accreditation.stages import Stage
from simpul.engines.reasons import Answer


class NotIndependent(Refusal):
    """Somebody who may not look at this as a second person. Says why."""


class ItemNotSettled(Refusal):
    """Something is still open before it can go on."""


@action(Permission.ACCREDITATION_VALIDATE)
def validate(
    accreditation: Accreditation, /, *, by: User, seen: int, held: Mapping[str, Held], at: datetime
) -> Accreditation:
    """Confirm or correct items. What is said again as it stands adds nothing, so sent twice it is kept once.

    `seen` is how many validated values there were when the page was made. Raises Clash where another person said
    something else of the same item since, NotIndependent, Refusal for a correction without a reason.
    """
    current = _to_validate(accreditation, by)
    rows = item_rows(current)
    told = {code: _checked(rows, code, one) for code, one in held.items()}
    fresh = {code: one for code, one in told.items() if not _is_said(rows[code], one)}
    if seen != Validated.objects.filter(accreditation=current).count():
        _require_no_clash(rows, fresh, seen)
    _add(current, fresh, by=by, at=at)
    return current


@action(Permission.ACCREDITATION_VALIDATE)
def confirm_agreed(accreditation: Accreditation, /, *, by: User, at: datetime) -> int:
    """Confirm every item on which all assessors agree and that was not looked at yet. Says how many."""
    current = _to_validate(accreditation, by)
    agreed = {
        code: Held(row.agreed)
        for code, row in item_rows(current).items()
        if row.held is None and row.agreed is not None
    }
    _add(current, agreed, by=by, at=at)
    return len(agreed)


@action(Permission.ACCREDITATION_VALIDATE)
def send_to_plenary(
    accreditation: Accreditation, /, *, by: User, version: int, on: date, at: datetime, words: str = ""
) -> Accreditation:
    """All items were looked at and the grade can be told. Sent twice it goes once.

    Raises ItemNotSettled where something is open that still decides.
    """
    current = locked(accreditation)
    if is_repeated(current, Stage.PLENARY, by=by, version=version):
        return current
    require_version(current, version, Stage.PLENARY)
    _require_allowed(current, by)
    _require_validation(current)
    if joined := joined_since(current):
        raise ItemNotSettled(
            _(
                "%(names)s kini bagian dari lembaga ini, jadi nilainya tidak dihitung. Kembalikan ke visitasi, supaya sekretariat menugaskan penggantinya."
            )
            % {"names": ", ".join(row.user_name for row in joined)}
        )
    if left := unsettled(current):
        raise ItemNotSettled(
            ngettext(
                "Masih ada %(count)s butir yang belum divalidasi. Konfirmasi atau koreksi dulu.",
                "Masih ada %(count)s butir yang belum divalidasi. Konfirmasi atau koreksi dulu.",
                len(left),
            )
            % {"count": len(left)}
        )
    if finding_of(current).answer is Answer.UNKNOWN:
        raise ItemNotSettled(
            _(
                "Peringkatnya belum dapat ditentukan, karena butir yang tidak dapat dilihat masih menentukan. Kembalikan ke visitasi, atau isi nilainya dengan alasan."
            )
        )
    said = fitting(words, _("Catatan"), LONGEST_WORDS)
    return Moving(current, by, on, at).to(Stage.PLENARY, words=said)


@action(Permission.ACCREDITATION_VALIDATE)
def send_back_to_visit(
    accreditation: Accreditation, /, *, by: User, version: int, on: date, at: datetime, words: str
) -> Accreditation:
    """It has to be seen again. Afterwards every item is looked at anew. Sent twice it goes once."""
    current = locked(accreditation)
    if is_repeated(current, Stage.VISIT, by=by, version=version):
        return current
    require_version(current, version, Stage.VISIT)
    _require_allowed(current, by)
    _require_validation(current)
    said = fitting(words, _("Alasan"), LONGEST_WORDS, is_needed=True)
    return Moving(current, by, on, at).to(Stage.VISIT, words=said)


# --- what must hold ---


def _to_validate(accreditation: Accreditation, by: User) -> Accreditation:
    current = locked(accreditation)
    _require_allowed(current, by)
    return current


def _require_allowed(accreditation: Accreditation, by: User) -> None:
    if why := barred_from_validating(accreditation, by):
        raise NotIndependent(why)


def _require_validation(accreditation: Accreditation) -> None:
    if accreditation.stage != Stage.VALIDATION:
        raise Refusal(_("Pemeriksaan ulang tidak diteruskan dari sini; pleno memutuskan keberatannya."))


def _checked(rows: Mapping[str, ItemRow], code: str, one: Held) -> Held:
    if code not in rows:
        raise Refusal(_("Butir itu tidak ada dalam skema ini. Muat ulang halamannya."))
    row = rows[code]
    if one.value is not None and not 0 <= one.value <= row.item.most:
        raise Refusal(
            _("%(item)s: nilainya dari 0 sampai %(most)s.") % {"item": row.title, "most": row.item.most}
        )
    because = fitting(one.because, row.title, LONGEST_WORDS)
    if not because and not row.is_confirmation(one.value):
        raise Refusal(
            _("%(item)s: nilai ini berbeda dari nilai asesor. Tulis alasannya.") % {"item": row.title}
        )
    return Held(one.value, because)


def _is_said(row: ItemRow, one: Held) -> bool:
    # After an appeal the other person's yes to what stood before is a word of its own.
    held = row.held if row.is_settled else None
    return held is not None and (held.value, held.because) == (one.value, one.because)


def _require_no_clash(rows: Mapping[str, ItemRow], fresh: Mapping[str, Held], seen: int) -> None:
    for code, one in fresh.items():
        held = rows[code].held
        if held is None:
            continue
        # The count at which this row was added tells whether the page had it already.
        earlier = Validated.objects.filter(accreditation=held.accreditation_id, at__lt=held.at).count()
        if earlier >= seen:
            raise Clash(rows[code].title, _said(held.value), _said(one.value))


def _said(value: int | None) -> str:
    return _("tidak dapat dilihat") if value is None else str(value)


def _add(accreditation: Accreditation, fresh: Mapping[str, Held], *, by: User, at: datetime) -> None:
    Validated.objects.bulk_create(
        Validated(
            accreditation=accreditation,
            item=code,
            value=one.value,
            because=one.because,
            at=at,
            by=by.pk,
            by_name=str(by),
        )
        for code, one in fresh.items()
    )
