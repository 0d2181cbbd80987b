"""Protecting a case, noting what was told to others, and supervisors' notes apart from the file."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.cases.models import Case, Concerned, ContactKind, Disclosure, Note, SupervisionNote, Tells
from simpul.cases.queries.glass import is_under_glass
from simpul.cases.queries.locks import locked_case
from simpul.cases.queries.privacy import level_words, referral_consent
from simpul.cases.stages import Confidentiality
from simpul.people.models import Basis, Consent
from simpul.people.queries import require_not_erased, require_not_limited

LONGEST_REASON = 500
LONGEST_WORDS = 4000
LONGEST_NAME = 200
_SHORTEST_REASON = 5
# Nobody's wish stands against these, nor a limit on the use of the data.
_WITHOUT_ASKING = frozenset({Basis.VITAL_INTEREST, Basis.LEGAL_DUTY})


@action(Permission.CASE_PROTECT)
def protect(
    case: Case, /, *, by: User, version: int, on: date, at: datetime, level: str, because: str
) -> Case:
    """Say how confidential a case is; the reason stands among its notes. Also when it is over.

    The same level sent twice changes nothing. Raises Clash when somebody was faster, Refusal for who only sees
    it through broken glass.
    """
    current = locked_case(case)
    if level not in Confidentiality.values:
        raise Refusal(_("Pilih tingkat kerahasiaan dari daftar."))
    if is_under_glass(current, by, at):
        raise Refusal(
            _("Anda melihat kasus ini karena pembukaan darurat. Yang melindunginya hanya tim dan supervisor.")
        )
    if current.version != version:
        if current.confidentiality == level:
            return current
        raise Clash(_("Kerahasiaan"), level_words(current.confidentiality), level_words(level))
    if current.confidentiality == level:
        return current
    require_not_erased(current.person_id)
    reason = _reason(because)
    current.confidentiality, current.version = level, version + 1
    current.save(update_fields=["confidentiality", "version"])
    note = Note(pk=uuid5(current.pk, f"protected {current.version}"), case=current, kind=ContactKind.NOTE)
    note.at, note.by, note.by_name, note.on = at, by.pk, str(by), on
    note.words = _("Kerahasiaan menjadi “%(level)s”. Alasan: %(because)s") % {
        "level": level_words(level),
        "because": reason,
    }
    note.save(force_insert=True)
    return current


@action(Permission.SUPERVISION_NOTE)
def note_supervision(
    case: Case,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    held_on: date,
    words: str,
    agreed: str = "",
) -> SupervisionNote:
    """Note a talk about the work on a case, apart from the client's file. Pressed twice it is one note."""
    locked_case(case)
    if repeated := made_before(SupervisionNote, key, case_id=case.pk):
        return repeated
    require_not_erased(case.person_id)
    require_not_limited(case.person_id)
    _require_past(held_on, on)
    row = SupervisionNote(pk=key, case=case, at=at, by=by.pk, by_name=str(by), on=held_on)
    row.words = fitting(words, _("Yang dibicarakan"), LONGEST_WORDS, is_needed=True)
    row.agreed = fitting(agreed, _("Yang disepakati"), LONGEST_WORDS) or None
    row.save(force_insert=True)
    return row


@action(Permission.CASE_DISCLOSE)
def disclose(
    case: Case,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    told_on: date,
    what: str,
    because: str,
    basis: str,
    basis_because: str = "",
    concerned: UUID | None = None,
    to_whom: str = "",
) -> Disclosure:
    """Note that something was told to somebody outside; also after the case is over.

    `concerned` is somebody around the client, `to_whom` anybody else. With consent, the consent to share data
    must stand, and nobody is told whom the client wants to be told nothing; any other basis needs its reason.
    Pressed twice it is one row. Raises Refusal or, while the use of the data is limited, Limited.
    """
    current = locked_case(case)
    if repeated := made_before(Disclosure, key, case_id=case.pk):
        return repeated
    if basis not in Basis.values:
        raise Refusal(_("Pilih atas dasar apa ini diberitahukan."))
    require_not_erased(current.person_id)
    if basis not in _WITHOUT_ASKING:
        require_not_limited(current.person_id)
    _require_past(told_on, on)
    listener = _listener(current, concerned, to_whom)
    row = Disclosure(pk=key, case=current, at=at, by=by.pk, by_name=str(by), on=told_on, basis=basis)
    row.concerned, row.consent = listener, _consent(current, basis, listener, told_on)
    row.basis_because = _basis_reason(basis, basis_because)
    row.what = fitting(what, _("Apa yang diberitahukan"), LONGEST_WORDS, is_needed=True)
    named = listener.name if listener else fitting(to_whom, _("Kepada siapa"), LONGEST_NAME, is_needed=True)
    row.to_whom, row.because = named, fitting(because, _("Untuk apa"), LONGEST_REASON, is_needed=True)
    row.save(force_insert=True)
    return row


def _listener(case: Case, concerned: UUID | None, to_whom: str) -> Concerned | None:
    """Whom of those around the client it is; a name typed by hand is one of them when it is the same name."""
    standing: list[Concerned] = list(Concerned.objects.filter(case=case, ended_on=None))
    if concerned is not None:
        found = next((row for row in standing if row.pk == concerned), None)
        if found is None:
            raise Refusal(_("Orang itu tidak ada dalam daftar kasus ini. Tambahkan dahulu."))
        return found
    typed = " ".join(to_whom.split()).casefold()
    return next((row for row in standing if typed and (row.name or "").casefold() == typed), None)


def _consent(case: Case, basis: str, listener: Concerned | None, told_on: date) -> Consent | None:
    if basis != Basis.CONSENT:
        return None
    if listener is not None and listener.tells == Tells.NOTHING:
        raise Refusal(
            _(
                "Penerima manfaat ingin %(name)s tidak diberi tahu apa pun. Tanyakan lagi keinginannya dan ubah catatannya, atau sebutkan dasar hukum lain."
            )
            % {"name": listener.name}
        )
    found = referral_consent(case, told_on)
    if found is None:
        raise Refusal(
            _(
                "Pada hari itu belum ada persetujuan untuk membagikan data kepada pihak lain. Catat persetujuan rujukan dahulu, atau sebutkan dasar hukum lain."
            )
        )
    return found


def _basis_reason(basis: str, because: str) -> str | None:
    if basis == Basis.CONSENT:
        return None
    kept = fitting(because, _("Mengapa dasar itu berlaku"), LONGEST_REASON)
    if len(kept) < _SHORTEST_REASON:
        raise Refusal(_("Tulis mengapa dasar itu berlaku di sini, satu kalimat saja sudah cukup."))
    return kept


def _reason(because: str) -> str:
    kept = fitting(because, _("Alasan"), LONGEST_REASON)
    if len(kept) < _SHORTEST_REASON:
        raise Refusal(_("Tulis alasannya, satu kalimat saja sudah cukup."))
    return kept


def _require_past(day: date, on: date) -> None:
    if day > on:
        raise Refusal(_("Tanggal itu belum tiba. Periksa tanggalnya."))
