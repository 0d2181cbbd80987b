"""Complaints: made by anybody without an account, taken up, answered by somebody they are not about."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import Machine, action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.secrets import sealed_fields
from simpul.cases.models import Complaint, ComplaintState
from simpul.cases.queries.complaints import (
    LONGEST_ABOUT,
    LONGEST_ANSWER,
    LONGEST_COMPLAINT,
    LONGEST_CONTACT,
    code_fingerprint,
    days_to_answer,
    is_about,
    kept_until,
)

_SHORTEST = 5


@action(Permission.COMPLAINT_MAKE)
def complain(
    where: Where,
    /,
    *,
    by: Machine,
    key: UUID,
    on: date,
    at: datetime,
    code: str,
    words: str,
    about: str = "",
    name: str = "",
    contact: str = "",
) -> Complaint:
    """Take in a complaint to the office at `where`. The sender keeps `code`; here only its fingerprint stays.

    A repeated key gives the same complaint, unless other words come with it. Raises Refusal without words.
    """
    said = fitting(words, _("Pengaduan"), LONGEST_COMPLAINT)
    repeated: Complaint | None = Complaint.objects.filter(pk=key).first()
    if repeated is not None:
        if repeated.words != said:
            raise Refusal(
                _(
                    "Pengaduan dari halaman ini sudah terkirim. Salin tulisan Anda, lalu buka halaman pengaduan yang baru untuk menambahkannya."
                )
            )
        return repeated
    if len(said) < _SHORTEST:
        raise Refusal(_("Ceritakan apa yang terjadi, satu kalimat saja sudah cukup."))
    due_on = on + timedelta(days=days_to_answer(where))
    made = Complaint(
        pk=key, organisation=where.organisation, region=where.region, received_at=at, due_on=due_on
    )
    made.code_index, made.words = code_fingerprint(code), said
    made.about = fitting(about, _("Tentang siapa"), LONGEST_ABOUT) or None
    made.name = fitting(name, _("Nama"), LONGEST_CONTACT) or None
    made.contact = fitting(contact, _("Cara menghubungi"), LONGEST_CONTACT) or None
    made.save(force_insert=True)
    return made


@action(Permission.COMPLAINT_RECEIVE)
def take_up(complaint: Complaint, /, *, by: User, version: int, on: date, at: datetime) -> Complaint:
    """Say that one looks into it, so that nobody else begins as well. Sent twice it is taken up once."""
    current = _locked(complaint)
    if (current.version, current.taken_by_name) == (version + 1, str(by)):
        return current
    _require_another(current, by)
    if current.version != version:
        raise Clash(_("Pengaduan ini"), _state_words(current), _("diperiksa oleh %(who)s") % {"who": by})
    if current.state == ComplaintState.ANSWERED:
        raise Refusal(_("Pengaduan ini sudah dijawab."))
    current.state, current.taken_by_name, current.version = ComplaintState.LOOKED_INTO, str(by), version + 1
    current.save()
    return current


@action(Permission.COMPLAINT_ANSWER)
def answer_complaint(
    complaint: Complaint, /, *, by: User, version: int, on: date, at: datetime, answer: str, notes: str = ""
) -> Complaint:
    """Answer the sender, who reads it with the code; `notes` stay in the office. An answer is given once.

    Refused to whoever the complaint is about. Raises Clash when somebody was faster.
    """
    current = _locked(complaint)
    said = fitting(answer, _("Jawaban"), LONGEST_ANSWER)
    kept = fitting(notes, _("Catatan kantor"), LONGEST_ANSWER)
    _require_another(current, by)
    if current.version != version:
        if (current.answer, current.answered_by_name) == (said, str(by)):
            return current
        raise Clash(_("Jawaban pengaduan ini"), current.answer or _state_words(current), said)
    if current.state == ComplaintState.ANSWERED:
        raise Refusal(_("Pengaduan ini sudah dijawab, dan pengirimnya mungkin sudah membacanya."))
    if len(said) < _SHORTEST:
        raise Refusal(_("Tulis jawabannya. Pengirim membacanya dengan kode yang ia simpan."))
    current.state, current.answer, current.notes = ComplaintState.ANSWERED, said, kept or None
    current.answered_at, current.answered_by_name, current.version = at, str(by), version + 1
    current.save()
    return current


@action(Permission.COMPLAINT_ANSWER)
def erase_complaint(complaint: Complaint, /, *, by: User, on: date, at: datetime) -> Complaint:
    """Destroy what an answered complaint says, once its time to keep is over. It still counts.

    Pressed twice it is erased once. Raises Refusal before its time, and to whoever it is about.
    """
    current = _locked(complaint)
    if current.is_erased:
        return current
    _require_another(current, by)
    until = kept_until(current)
    if until is None:
        raise Refusal(_("Pengaduan ini belum dijawab. Jawab dahulu; isinya baru dapat dihapus kemudian."))
    if until >= on:
        raise Refusal(
            _("Pengaduan ini masih disimpan sampai %(day)s, supaya jawabannya dapat diperiksa lagi.")
            % {"day": f"{until:%d-%m-%Y}"}
        )
    for name in sealed_fields(Complaint):
        setattr(current, name, None)
    # The sender's code opens nothing any more either.
    current.code_index, current.version = b"", current.version + 1
    current.save()
    return current


def _locked(complaint: Complaint) -> Complaint:
    found: Complaint = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    return found


def _require_another(complaint: Complaint, by: User) -> None:
    if is_about(complaint, by):
        raise Refusal(
            _("Pengaduan ini menyebut nama Anda, jadi rekan lain atau Dinas Sosial yang menjawabnya.")
        )


def _state_words(complaint: Complaint) -> str:
    if complaint.taken_by_name and complaint.state == ComplaintState.LOOKED_INTO:
        return _("diperiksa oleh %(who)s") % {"who": complaint.taken_by_name}
    return complaint.get_state_display()
