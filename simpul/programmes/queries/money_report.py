"""The account of one body's stimulus money as a paper to sign: against the plan, entry by entry, what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.programmes.models import Stimulus
from simpul.programmes.queries.money import Posted, Totals, statement, totals
from simpul.programmes.queries.plans import agreed_plan
from simpul.programmes.stages import Entry
from simpul.ui.reports import Listing, Report, Section, Table, Words
from simpul.ui.templatetags.ui import rupiah, tanggal

_BLANK = "." * 40


def account_of(row: Stimulus) -> Report:
    """What was received, spent and given back so far; with places to sign. The same entries, the same bytes."""
    entries, sums = statement(row), totals(row)
    synthetic = _("Data contoh: semua isinya rekaan.") if row.programme.is_synthetic else ""
    return Report(
        title=_("Pertanggungjawaban bantuan stimulan"),
        about=f"{row.member.organisation.name} · {row.programme.title}",
        language=get_language() or "id",
        pages=_("Halaman {page} dari {total}"),
        sections=(
            Section(_("Ringkasan"), (Listing(tuple(f"{name}: {told}" for name, told in _facts(row, sums))),)),
            Section(_("Belanja menurut rencana aksi"), (_by_plan(row, entries),)),
            Section(_("Catatan uang"), (_statement(entries),)),
            Section(_("Tanda tangan"), (Words(tuple(_signatures(row))),)),
        ),
        warning=synthetic,
    )


def _facts(row: Stimulus, sums: Totals) -> Iterator[tuple[str, str]]:
    yield _("Keadaan"), row.get_state_display()
    yield _("Disetujui"), rupiah(row.granted)
    if row.agreed_on:
        yield _("Perjanjian"), f"{row.agreement_number}, {tanggal(row.agreed_on)}, {row.signed_by}"
        yield _("Dipertanggungjawabkan paling lambat"), tanggal(row.account_due_on)
    yield _("Diserahkan"), rupiah(sums.received)
    yield _("Dibelanjakan"), rupiah(sums.spent)
    yield _("Dikembalikan"), rupiah(sums.returned)
    yield _("Sisa pada lembaga"), rupiah(sums.balance)
    if row.reported_on:
        yield _("Pertanggungjawaban"), f"{tanggal(row.reported_on)}. {row.account_words}"


def _by_plan(row: Stimulus, entries: tuple[Posted, ...]) -> Table:
    """What this money was spent on beside the budget of each line; what belongs to no line stands last."""
    spent: Counter[object] = Counter()
    for one in entries:
        if one.row.kind == Entry.SPENDING and not one.is_reversed:
            spent[one.row.line] += int(one.row.amount)
    plan = agreed_plan(row.member)
    rows = []
    for item in plan.items.order_by("priority", "order") if plan else ():
        used = spent.pop(item.line, 0)
        rows.append((item.words, rupiah(item.budget), rupiah(used), rupiah(int(item.budget) - used)))
    if rest := sum(spent.values()):
        rows.append((_("Di luar rencana yang berlaku"), "–", rupiah(rest), "–"))
    head = (_("Yang dikerjakan"), _("Anggaran"), _("Dibelanjakan"), _("Selisih"))
    return Table("", head, tuple(rows), (4, 2, 2, 2))


def _statement(entries: tuple[Posted, ...]) -> Table:
    rows = tuple(
        (_said(one), one.row.voucher or "–", rupiah(one.row.amount), rupiah(one.balance)) for one in entries
    )
    return Table("", (_("Catatan"), _("Bukti"), _("Jumlah"), _("Sisa")), rows, (5, 1, 2, 2))


def _said(one: Posted) -> str:
    undone = _("dibatalkan") if one.is_reversed else ""
    witness = (
        _("Diterima %(who)s, disaksikan %(witness)s")
        % {"who": one.row.received_by, "witness": one.row.witness}
        if one.row.received_by
        else ""
    )
    told = (one.row.get_kind_display(), undone, one.row.words, witness)
    return f"{tanggal(one.row.on)}: {'. '.join(filter(None, told))}"


def _signatures(row: Stimulus) -> Iterator[str]:
    yield _("Untuk lembaga: %(line)s") % {"line": row.signed_by or _BLANK}
    yield _("Diterima oleh: %(line)s") % {"line": row.closed_by_name or _BLANK}
