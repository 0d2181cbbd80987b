"""What happens to stimulus money. Who decides is never who asked; entries are only ever reversed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access import files
from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import current, made_before, written
from simpul.catalogue.organisations.papers import largest_file
from simpul.organisations.queries.belonging import require_outsider
from simpul.programmes.models import Member, MoneyEntry, Proof, Stimulus
from simpul.programmes.queries.kept import require_chosen, require_helped, require_past, require_running
from simpul.programmes.queries.money import first_handed_on, left_to_grant, totals
from simpul.programmes.queries.plans import agreed_plan, lines_of
from simpul.programmes.queries.told import Agreed, Handed, Spent
from simpul.programmes.stages import MONEY_MAY_FOLLOW, Entry, MoneyState
from simpul.ui.fields import LARGEST_AMOUNT
from simpul.ui.templatetags.ui import rupiah


def _ask(
    member: Member, /, *, by: User, key: UUID, on: date, at: datetime, amount: int, words: str
) -> Stimulus:
    """A body asks for money for its agreed action plan. Sent twice it is one."""
    if repeated := made_before(Stimulus, key, member=member, asked=amount):
        return repeated
    current(member)
    require_helped(member)
    if agreed_plan(member) is None:
        raise Refusal(_("Bantuan stimulan diajukan setelah rencana aksi disepakati."))
    if member.stimuli.exclude(
        state__in=(MoneyState.CLOSED, MoneyState.REFUSED, MoneyState.WITHDRAWN)
    ).exists():
        raise Refusal(_("Lembaga ini masih punya bantuan stimulan yang berjalan."))
    row = Stimulus(
        pk=key,
        programme=member.programme,
        member=member,
        state_since=on,
        asked=_amount(amount),
        words=fitting(words, _("Keterangan"), 2000),
        **written(by, at),
    )
    row.save(force_insert=True)
    return row


def _spend(stimulus: Stimulus, /, *, by: User, key: UUID, on: date, at: datetime, spent: Spent) -> MoneyEntry:
    """Money was spent. Sent twice it is one. Raises Refusal for more than is there, and for a strange line."""
    if repeated := made_before(MoneyEntry, key, stimulus=stimulus, amount=spent.amount, on=spent.on):
        return repeated
    row = _running(stimulus)
    require_past(spent.on, on)
    _require_handed(row, spent.on)
    if spent.line is not None and spent.line not in lines_of(row.member):
        raise Refusal(_("Baris itu tidak ada dalam rencana aksi yang disepakati."))
    _require_there(row, _amount(spent.amount))
    entry = _entry(row, Entry.SPENDING, spent.amount, spent.on, key=key, by=by, at=at)
    entry.words = fitting(spent.words, _("Untuk apa"), 500, is_needed=True)
    entry.voucher, entry.line = fitting(spent.voucher, _("Nomor bukti"), 60), spent.line
    entry.save(force_insert=True)
    if spent.file is not None:
        _prove(entry, spent.file, by=by, at=at)
    return entry


def _reverse(entry: MoneyEntry, /, *, by: User, key: UUID, on: date, at: datetime, words: str) -> MoneyEntry:
    """A wrong entry is taken back by another that names it, and says why. Sent twice it is one."""
    if repeated := made_before(MoneyEntry, key, reverses=entry):
        return repeated
    row = _running(entry.stimulus)
    if entry.kind == Entry.REVERSAL or entry.reversals.exists():
        raise Refusal(_("Catatan ini sudah dibatalkan, atau ia sendiri suatu pembatalan."))
    if entry.kind == Entry.INSTALMENT and totals(row).balance < entry.amount:
        raise Refusal(_("Uang itu sudah dibelanjakan. Batalkan belanjanya lebih dulu."))
    made = _entry(row, Entry.REVERSAL, entry.amount, on, key=key, by=by, at=at)
    made.words, made.reverses = fitting(words, _("Alasan"), 500, is_needed=True), entry
    made.save(force_insert=True)
    return made


def _reverse_spending(
    entry: MoneyEntry, /, *, by: User, key: UUID, on: date, at: datetime, words: str
) -> MoneyEntry:
    """A body takes back what it noted itself: what it spent, never what it was given."""
    if entry.kind != Entry.SPENDING:
        raise Refusal(_("Penyerahan dan pengembalian dibatalkan oleh pengelola program."))
    return _reverse(entry, by=by, key=key, on=on, at=at, words=words)


def _reverse_by_office(
    entry: MoneyEntry, /, *, by: User, key: UUID, on: date, at: datetime, words: str
) -> MoneyEntry:
    """Any entry, by somebody who is not of the body."""
    require_outsider(entry.member.organisation_id, by)
    return _reverse(entry, by=by, key=key, on=on, at=at, words=words)


def _account(stimulus: Stimulus, /, *, by: User, version: int, on: date, words: str) -> Stimulus:
    """The body accounts for the money: in its own words, with the entries as they stand."""
    row = _running(stimulus)
    current(row, version)
    row.reported_by = by.pk
    row.account_words = fitting(words, _("Pertanggungjawaban"), 8000, is_needed=True)
    row.reported_on, row.answer = on, ""
    return _move(row, MoneyState.REPORTED, on)


ask = action(Permission.PROGRAMME_TAKE_PART)(_ask)
ask_for_body = action(Permission.PROGRAMME_MANAGE)(_ask)
spend = files.leaves_no_file_behind(action(Permission.PROGRAMME_TAKE_PART)(_spend))
spend_for_body = files.leaves_no_file_behind(action(Permission.PROGRAMME_MANAGE)(_spend))
reverse_spending = action(Permission.PROGRAMME_TAKE_PART)(_reverse_spending)
reverse_entry = action(Permission.PROGRAMME_MANAGE)(_reverse_by_office)
account = action(Permission.PROGRAMME_TAKE_PART)(_account)
account_for_body = action(Permission.PROGRAMME_MANAGE)(_account)


@action(Permission.PROGRAMME_DECIDE, tells=("granted",))
def approve(stimulus: Stimulus, /, *, by: User, version: int, on: date, granted: int, words: str) -> Stimulus:
    """So much is granted, not more than was asked for or than the programme has left.

    Never by who asked, and never about one's own body.
    """
    row = _decided(stimulus, version, by=by, on=on, words=words)
    if not 0 < granted <= row.asked:
        raise Refusal(
            _("Yang disetujui lebih dari nol dan paling banyak yang diajukan: %s.") % rupiah(row.asked)
        )
    # Two who grant at once must not both see the same money left.
    left = left_to_grant(current(row.programme))
    if left is not None and granted > left:
        raise Refusal(_("Anggaran program tinggal %s. Setujui paling banyak itu.") % rupiah(left))
    row.granted = granted
    return _move(row, MoneyState.APPROVED, on)


@action(Permission.PROGRAMME_DECIDE)
def refuse(stimulus: Stimulus, /, *, by: User, version: int, on: date, words: str) -> Stimulus:
    """Nothing is granted; why is said to the body."""
    row = _decided(stimulus, version, by=by, on=on, words=words)
    if not row.decided_because:
        raise Refusal(_("Tulis alasan penolakan: lembaga membacanya."))
    return _move(row, MoneyState.REFUSED, on)


@action(Permission.PROGRAMME_MANAGE)
def sign(stimulus: Stimulus, /, *, by: User, version: int, on: date, agreed: Agreed) -> Stimulus:
    """Both sides signed. Raises Refusal for days that cannot be."""
    require_outsider(stimulus.member.organisation_id, by)
    row = current(stimulus, version)
    require_past(agreed.on, on)
    if agreed.account_due_on <= agreed.on:
        raise Refusal(_("Batas pertanggungjawaban harus sesudah perjanjian."))
    row.agreement_number = fitting(agreed.number, _("Nomor perjanjian"), 80, is_needed=True)
    row.signed_by = fitting(agreed.signed_by, _("Yang menandatangani"), 200, is_needed=True)
    row.agreed_on, row.account_due_on = agreed.on, agreed.account_due_on
    return _move(row, MoneyState.AGREED, on)


@action(Permission.PROGRAMME_MANAGE)
def hand_over(
    stimulus: Stimulus, /, *, by: User, key: UUID, on: date, at: datetime, handed: Handed
) -> MoneyEntry:
    """Money is handed over before a witness, in one or several instalments. Sent twice it is one.

    Raises Refusal for more than was granted, for a witness who is the receiver, and for who granted it themselves.
    """
    require_outsider(stimulus.member.organisation_id, by)
    if repeated := made_before(MoneyEntry, key, stimulus=stimulus, amount=handed.amount, on=handed.on):
        return repeated
    row = current(stimulus)
    require_chosen(row.member)
    if by.pk == row.decided_by:
        raise Refusal(_("Yang menyetujui tidak menyerahkan uangnya. Mintalah pengelola program yang lain."))
    if row.state not in (MoneyState.AGREED, MoneyState.RUNNING):
        raise Refusal(_("Uang diserahkan setelah perjanjian ditandatangani."))
    require_past(handed.on, on)
    if row.agreed_on is not None and handed.on < row.agreed_on:
        raise Refusal(_("Penyerahan tidak bisa sebelum perjanjian."))
    left = int(row.granted or 0) - totals(row).received
    if _amount(handed.amount) > left:
        raise Refusal(_("Yang masih dapat diserahkan %s.") % rupiah(left))
    received = fitting(handed.received_by, _("Penerima"), 200, is_needed=True)
    witness = fitting(handed.witness, _("Saksi"), 200, is_needed=True)
    if received.casefold() == witness.casefold():
        raise Refusal(_("Saksi harus orang lain daripada penerima."))
    entry = _entry(row, Entry.INSTALMENT, handed.amount, handed.on, key=key, by=by, at=at)
    entry.received_by, entry.witness = received, witness
    entry.words = fitting(handed.words, _("Keterangan"), 500)
    entry.save(force_insert=True)
    if row.state == MoneyState.AGREED:
        _move(row, MoneyState.RUNNING, on)
    return entry


@action(Permission.PROGRAMME_MANAGE)
def take_back(
    stimulus: Stimulus,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    amount: int,
    given_on: date,
    words: str,
) -> MoneyEntry:
    """What was not spent came back. Sent twice it is one."""
    require_outsider(stimulus.member.organisation_id, by)
    if repeated := made_before(MoneyEntry, key, stimulus=stimulus, amount=amount, on=given_on):
        return repeated
    row = _running(stimulus)
    require_past(given_on, on)
    _require_handed(row, given_on)
    _require_there(row, _amount(amount))
    entry = _entry(row, Entry.RETURN, amount, given_on, key=key, by=by, at=at)
    entry.words = fitting(words, _("Keterangan"), 500)
    entry.save(force_insert=True)
    return entry


@action(Permission.PROGRAMME_DECIDE)
def withdraw(stimulus: Stimulus, /, *, by: User, version: int, on: date, words: str) -> Stimulus:
    """What was asked for or granted comes to nothing before money was handed over; why is kept."""
    row = _decided(stimulus, version, by=by, on=on, words=words)
    if not row.decided_because:
        raise Refusal(_("Tulis alasan penarikan: lembaga membacanya."))
    return _move(row, MoneyState.WITHDRAWN, on)


@action(Permission.PROGRAMME_DECIDE)
def accept(stimulus: Stimulus, /, *, by: User, version: int, on: date) -> Stimulus:
    """The account is accepted. Raises Refusal while money is unaccounted for."""
    row = current(stimulus, version)
    _require_other(row, by)
    if by.pk == row.reported_by or MoneyEntry.objects.filter(stimulus=row, by=by.pk).exists():
        raise Refusal(_("Yang mencatat uang tidak menerima pertanggungjawabannya. Mintalah pejabat lain."))
    if left := totals(row).balance:
        raise Refusal(_("Masih ada %s yang belum dibelanjakan atau dikembalikan.") % rupiah(left))
    row.closed_by_name = str(by)
    return _move(row, MoneyState.CLOSED, on)


@action(Permission.PROGRAMME_DECIDE)
def ask_again(stimulus: Stimulus, /, *, by: User, version: int, on: date, words: str) -> Stimulus:
    """The account goes back to the body, with what is missing."""
    row = current(stimulus, version)
    _require_other(row, by)
    row.answer = fitting(words, _("Yang perlu diperbaiki"), 2000, is_needed=True)
    return _move(row, MoneyState.RUNNING, on)


def _decided(stimulus: Stimulus, version: int, *, by: User, on: date, words: str) -> Stimulus:
    row = current(stimulus, version)
    _require_other(row, by)
    row.decided_on, row.decided_by, row.decided_by_name = on, by.pk, str(by)
    row.decided_because = fitting(words, _("Alasan"), 2000)
    return row


def _require_other(row: Stimulus, by: User) -> None:
    require_outsider(row.member.organisation_id, by)
    if row.by == by.pk:
        raise Refusal(_("Yang mengajukan tidak memutuskan. Mintalah pejabat lain."))


def _running(stimulus: Stimulus) -> Stimulus:
    row = current(stimulus)
    # Also of a body that left: money that was handed over is still accounted for.
    require_running(row.programme)
    if row.state != MoneyState.RUNNING:
        raise Refusal(_("Uang belum diserahkan, atau sudah dipertanggungjawabkan."))
    return row


def _move(row: Stimulus, to: MoneyState, on: date) -> Stimulus:
    if to not in MONEY_MAY_FOLLOW[MoneyState(row.state)]:
        raise Refusal(_("Langkah itu tidak mengikuti “%s”.") % MoneyState(row.state).label)
    row.state, row.state_since = to, on
    row.version += 1
    row.save()
    return row


def _amount(amount: int) -> int:
    if not 0 < amount <= LARGEST_AMOUNT:
        raise Refusal(_("Jumlah uang harus lebih dari nol rupiah."))
    return amount


def _require_there(row: Stimulus, amount: int) -> None:
    left = totals(row).balance
    if amount > left:
        raise Refusal(
            _(
                "Sisa uang stimulan %s. Bila lembaga menambah dari uangnya sendiri, catat di sini hanya bagian stimulan."
            )
            % rupiah(left)
        )


def _require_handed(row: Stimulus, day: date) -> None:
    first = first_handed_on(row)
    if first is not None and day < first:
        raise Refusal(_("Uang itu baru diserahkan sesudahnya. Periksa tanggalnya."))


def _entry(
    row: Stimulus, kind: Entry, amount: int, on: date, *, key: UUID, by: User, at: datetime
) -> MoneyEntry:
    details = {"programme": row.programme, "member": row.member, **written(by, at)}
    return MoneyEntry(pk=key, stimulus=row, kind=kind, amount=amount, on=on, **details)


def _prove(entry: MoneyEntry, file: tuple[str, bytes], *, by: User, at: datetime) -> None:
    name, data = file
    proof = Proof(programme=entry.programme, member=entry.member, of=entry.pk, **written(by, at))
    files.keep(proof, data, file_name=name, most=largest_file())
    proof.save(force_insert=True)
