"""R11: stimulus money of programmes, and help that bodies received: whole rupiah, goods apart."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.organisations.models import Organisation
from simpul.organisations.queries.help_received import (
    HelpAsked,
    Totals,
    headings,
    late_on,
    rows_of,
    totals,
    within_reach,
)
from simpul.organisations.stages import OWED, HelpForm
from simpul.programmes.models import MoneyEntry, Stimulus
from simpul.programmes.queries.money import is_late, totals_of
from simpul.programmes.stages import Entry
from simpul.recaps.facts import Asked, Cell, Column, Definition, Line, Recap, Rows, Table
from simpul.recaps.queries.people import summed
from simpul.recaps.queries.reached import bodies_in, period_heading, with_codes_on

_SUMS = ("asked", "granted", "received", "spent", "returned", "balance")


def money(user: User, asked: Asked) -> Recap:
    """R11: by programme and by body, then help received by who gave it, and each of it."""
    stimuli = list(_stimuli(user, asked))
    sums = totals_of(stimuli)
    helped = _helped(user, asked)
    tables = (_programmes(stimuli, sums, asked), _recipients(stimuli, sums, asked), _givers(helped, asked), _received(helped, asked))  # fmt: skip
    heading = period_heading(
        asked,
        _("bantuan stimulan yang diajukan, dan bantuan yang diterima lembaga, dalam jangka ini"),
        _("catatan program dan lembaga dalam Simpul"),
    )
    return Recap("R11", str(_TITLE), asked, tables, heading)


def _helped(user: User, asked: Asked) -> QuerySet[Any]:
    rows = within_reach(user, HelpAsked(), asked.until, Permission.RECAP_VIEW)
    inside = Organisation.objects.filter(bodies_in(asked.area, asked.until)).values("pk")
    return rows.filter(organisation__in=inside, received_on__range=(asked.since, asked.until))


def _stimuli(user: User, asked: Asked) -> QuerySet[Any]:
    """Asked for, decided or moved in the period: whichever of it happened."""
    days = (asked.since, asked.until)
    moved = MoneyEntry.objects.filter(on__range=days).order_by().values("stimulus")
    rows = Stimulus.objects.reachable(user, Permission.RECAP_VIEW).filter(
        Q(at__date__range=days) | Q(decided_on__range=days) | Q(pk__in=moved)
    )
    if asked.area:
        rows = rows.filter(
            member__organisation__in=Organisation.objects.filter(bodies_in(asked.area, asked.until)).values(
                "pk"
            )
        )
    found: QuerySet[Any] = rows.select_related("programme", "member__organisation").order_by(
        "programme__title", "member__organisation__name", "pk"
    )
    return found


def _amounts(row: Stimulus, sums: dict[Any, Any]) -> tuple[int, ...]:
    held = sums[row.pk]
    return (int(row.asked), int(row.granted or 0), held.received, held.spent, held.returned, held.balance)


def _amount_columns(rows: str = "") -> tuple[Column, ...]:
    words = (_("Diajukan"), _("Disetujui"), _("Diserahkan"), _("Dibelanjakan"), _("Dikembalikan"), _("Sisa"))
    return tuple(Column(key, told, _("rupiah"), rows=rows) for key, told in zip(_SUMS, words, strict=True))


def _programmes(stimuli: list[Stimulus], sums: dict[Any, Any], asked: Asked) -> Table:
    by_programme: dict[str, list[Stimulus]] = {}
    titles = {}
    for row in stimuli:
        by_programme.setdefault(str(row.programme_id), []).append(row)
        titles[str(row.programme_id)] = row.programme.title
    lines = []
    for key, rows in by_programme.items():
        amounts = [sum(column) for column in zip(*(_amounts(row, sums) for row in rows), strict=True)]
        late = sum(is_late(row, asked.until) for row in rows)
        lines.append(Line(key, titles[key], (len(rows), *amounts, late)))
    columns = (
        Column("number", _("Bantuan"), rows="stimulus"),
        *_amount_columns("stimulus"),
        Column("late", _("Laporan lewat batas"), rows="stimulus"),
    )
    total = summed(lines) if lines else None
    notes = (_("Uang dijumlahkan dari semua catatan bantuan itu sampai sekarang, juga di luar jangka."),)
    return Table("programmes", _("Bantuan stimulan menurut program"), _("bantuan, dan rupiah"), _("Program"), columns, tuple(lines), total, notes)  # fmt: skip


def _recipients(stimuli: list[Stimulus], sums: dict[Any, Any], asked: Asked) -> Table:
    """Each stimulus: who, how much, handed over when, how the account of it stands."""
    standing = MoneyEntry.objects.filter(
        stimulus__in=[row.pk for row in stimuli], kind=Entry.INSTALMENT, reversals__isnull=True
    )
    handed: dict[Any, Any] = {}
    for key, on in standing.order_by("on").values_list("stimulus", "on"):
        handed.setdefault(key, on)
    lines = []
    for row in stimuli:
        words: tuple[Cell, ...] = (
            row.programme.title,
            handed.get(row.pk),
            str(row.get_state_display()),
            row.account_due_on,
        )
        lines.append(Line(str(row.pk), row.member.organisation.name, (*words, *_amounts(row, sums))))
    columns = (
        Column("programme", _("Program"), is_number=False),
        Column("handed", _("Diserahkan pertama"), is_number=False),
        Column("state", _("Keadaan"), is_number=False),
        Column("due", _("Laporan paling lambat"), is_number=False),
        *_amount_columns(),
    )
    return Table("recipients", _("Penerima bantuan stimulan"), _("bantuan, dan rupiah"), _("Lembaga"), columns, tuple(lines), each="stimulus")  # fmt: skip


# --- help received ---


def _givers(helped: QuerySet[Any], asked: Asked) -> Table:
    """Once by who gave, each told as the page of help tells it."""
    kinds = dict(helped.model._meta.get_field("giver_kind").flatchoices)
    lines = []
    for kind, words in kinds.items():
        found = totals(helped.filter(giver_kind=kind), asked.until)
        if found.number:
            lines.append(Line(str(kind), str(words), _told(found)))
    columns = (
        Column("number", _("Kali"), rows="help"),
        Column("rupiah", _("Uang, rupiah"), rows="help"),
        Column("owed", _("Belum dipertanggungjawabkan"), rows="help"),
        Column("late", _("Lewat batas"), rows="help"),
    )
    whole = Line("", pgettext("recap", "Jumlah"), _told(totals(helped, asked.until)))
    notes = (_("Nilai barang dan jasa tidak dijumlahkan dengan uang."),)
    return Table("givers", _("Bantuan yang diterima lembaga"), _("bantuan, dan rupiah"), _("Jenis pemberi"), columns, tuple(lines), whole, notes)  # fmt: skip


def _told(found: Totals) -> tuple[int, ...]:
    return (found.number, found.rupiah, found.owed, found.late)


def _received(helped: QuerySet[Any], asked: Asked) -> Table:
    head, *columns = headings()
    each = list(helped)
    with_codes_on((one.organisation for one in each), asked.until)
    lines = [
        Line(str(one.pk), told[0], told[1:])
        for one, told in zip(each, rows_of(each, asked.until), strict=True)
    ]
    made = tuple(Column(str(place), words, is_number=False) for place, words in enumerate(columns))
    return Table(
        "received", _("Tiap bantuan yang diterima"), _("bantuan"), head, made, tuple(lines), each="help"
    )


# --- the rows behind a number ---


def behind(user: User, asked: Asked, table: str, line: str, column: str) -> Rows | None:
    """The stimuli or the help behind one number, each with what it adds; of every line as in a total."""
    if table == "programmes":
        return _behind_programmes([row for row in _stimuli(user, asked) if line in ("", str(row.programme_id))], asked, column)  # fmt: skip
    return _behind_givers(_helped(user, asked), asked, line, column) if table == "givers" else None


def _behind_programmes(stimuli: list[Stimulus], asked: Asked, column: str) -> Rows | None:
    if column == "late":
        stimuli = [row for row in stimuli if is_late(row, asked.until)]
    keys = tuple(str(row.pk) for row in stimuli)
    if column not in _SUMS:
        return Rows("stimulus", keys) if column in ("number", "late") else None
    sums, place = totals_of(stimuli), _SUMS.index(column)
    return Rows("stimulus", keys, tuple(_amounts(row, sums)[place] for row in stimuli))


def _behind_givers(helped: QuerySet[Any], asked: Asked, line: str, column: str) -> Rows | None:
    asks = {
        "number": Q(),
        "rupiah": Q(form=HelpForm.MONEY),
        "owed": Q(accounting__in=OWED),
        "late": late_on(asked.until),
    }
    if column not in asks:
        return None
    found = helped.filter(asks[column], **({"giver_kind": line} if line else {}))
    told = [(str(key), rupiah or 0) for key, rupiah in found.values_list("pk", "rupiah")]
    adds = tuple(rupiah for _key, rupiah in told) if column == "rupiah" else ()
    return Rows("help", tuple(key for key, _rupiah in told), adds)


_TITLE = gettext_lazy("Bantuan dan uang stimulan")

DEFINITIONS = (
    Definition(
        "R11",
        _TITLE,
        gettext_lazy("Siapa menerima berapa, kapan diserahkan, dan bagaimana dipertanggungjawabkan."),
        money,
        behind,
        frozenset({"area", "period"}),
    ),
)
