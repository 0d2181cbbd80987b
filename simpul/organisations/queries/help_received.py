"""Help that bodies received: what of it is still to be answered for, the list of an office, and the totals of a body."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.organisations.models import HelpReceived, Organisation
from simpul.organisations.queries.changes import sight_of
from simpul.organisations.queries.office_list import in_area
from simpul.organisations.queries.secret_words import tells_place
from simpul.organisations.queries.waiting import Waiting
from simpul.organisations.stages import OWED, HelpForm
from simpul.places.models import REGENCY_SIGNS

# How an address asks for the state of the answer.
OWES, LATE, SETTLED = "belum", "lewat", "selesai"


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """What a list of help was narrowed to. Empty means not asked; `year` 0 is every year."""

    year: int = 0
    state: str = ""
    area: str = ""

    @property
    def address(self) -> str:
        asked = {"tahun": str(self.year or ""), "keadaan": self.state, "wilayah": self.area}
        return urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True, slots=True)
class Totals:
    """How many times help came, the money among it, and how often an answer is owed or late. The one definition."""

    number: int
    rupiah: int
    owed: int
    late: int


@dataclass(frozen=True, slots=True)
class HelpPanel:
    """Help on the page of its body: this year, and whatever is still to be answered for, of any year."""

    year: int
    of_year: Totals
    ever: Totals
    may_take: bool


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One row of the list. Words that would give a safe house away are empty for who may not know where it is."""

    row: HelpReceived
    what: str
    quantity: str
    purpose: str
    note: str
    is_late: bool


def standing() -> QuerySet[HelpReceived]:
    """What was not taken off the list as wrong, the newest first."""
    found: QuerySet[HelpReceived] = HelpReceived.objects.filter(ended_on=None).select_related("organisation")
    return found.order_by("-received_on", "pk")


def late_on(on: date) -> Q:
    """An answer is late after its last day."""
    return Q(accounting__in=OWED, account_by__lt=on)


def totals(rows: QuerySet[HelpReceived], on: date) -> Totals:
    """What goods are reckoned to be worth is no money that came in, so it is not added to it."""
    found = rows.order_by().aggregate(
        number=Count("pk"),
        rupiah=Sum("rupiah", filter=Q(form=HelpForm.MONEY)),
        owed=Count("pk", filter=Q(accounting__in=OWED)),
        late=Count("pk", filter=late_on(on)),
    )
    return Totals(found["number"], found["rupiah"] or 0, found["owed"], found["late"])


def panel(organisation: Organisation, user: User, on: date) -> HelpPanel | None:
    """The totals for the body itself and its offices; None for others, and where nothing is recorded."""
    if not is_within_reach(organisation, user, Permission.ORGANISATION_INSIDE):
        return None
    rows = standing().filter(organisation=organisation)
    ever = totals(rows, on)
    if not ever.number:
        return None
    rights = (Permission.ORGANISATION_EDIT, Permission.ORGANISATION_EXPORT)
    may_take = any(is_within_reach(organisation, user, right) for right in rights)
    return HelpPanel(on.year, totals(rows.filter(received_on__year=on.year), on), ever, may_take)


# --- the list of an office ---


def within_reach(
    user: User, asked: HelpAsked, on: date, permission: Permission = Permission.ORGANISATION_WATCH
) -> QuerySet[HelpReceived]:
    """What the bodies within reach received, narrowed to what was asked, the newest first."""
    bodies = Organisation.objects.reachable(user, permission).filter(in_area(asked.area))
    rows = standing().filter(organisation__in=bodies.values("pk"))
    if asked.year:
        rows = rows.filter(received_on__year=asked.year)
    conditions = {OWES: Q(accounting__in=OWED), LATE: late_on(on), SETTLED: ~Q(accounting__in=OWED)}
    return rows.filter(conditions.get(asked.state, Q()))


def lines_of(rows: Any, user: User | None, on: date) -> list[HelpLine]:
    """Rows in words as this person may read them; for a file, which may be read by anybody, `user` is None."""
    knows: dict[Any, bool] = {}
    found = []
    for row in rows:
        body = row.organisation
        if body.pk not in knows:
            knows[body.pk] = user is not None and sight_of(body, user).knows_place
        line = HelpLine(
            row,
            row.what,
            row.quantity,
            row.purpose or "",
            row.note or "",
            row.accounting in OWED and bool(row.account_by and row.account_by < on),
        )
        found.append(line if knows[body.pk] else _without_place(line, body))
    return found


def _without_place(line: HelpLine, body: Organisation) -> HelpLine:
    texts = {name: getattr(line, name) for name in ("what", "quantity", "purpose", "note")}
    hidden: dict[str, Any] = {
        name: _("Dirahasiakan") for name, text in texts.items() if tells_place(body, text)
    }
    return replace(line, **hidden) if hidden else line


def headings() -> tuple[str, ...]:
    """The columns of the file, in the language of who asks."""
    return (
        _("Lembaga"),
        _("Kode wilayah"),
        _("Diterima tanggal"),
        _("Bantuan apa"),
        _("Bentuk bantuan"),
        _("Nilai dalam rupiah"),
        _("Banyaknya barang atau jasa"),
        _("Jenis pemberi"),
        _("Dari siapa"),
        _("Untuk apa"),
        _("Pertanggungjawaban"),
        _("Paling lambat"),
        _("Diserahkan"),
        _("Catatan"),
    )


def rows_of(rows: Iterable[HelpReceived], on: date) -> list[tuple[Any, ...]]:
    """One row of the file for each help; numbers and days stay numbers and days."""
    return [_cells(line) for line in lines_of(rows, None, on)]


def _cells(line: HelpLine) -> tuple[Any, ...]:
    row = line.row
    return (
        row.organisation.name,
        row.organisation.region[:REGENCY_SIGNS],
        row.received_on,
        line.what,
        row.get_form_display(),
        row.rupiah,
        line.quantity,
        row.get_giver_kind_display(),
        row.giver or "",
        line.purpose,
        row.get_accounting_display(),
        row.account_by,
        row.accounted_on,
        line.note,
    )


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """How many answers are late with the bodies that this officer watches."""
    if not user.can(Permission.ORGANISATION_VERIFY) or not user.can(Permission.ORGANISATION_WATCH):
        return ()
    number = within_reach(user, HelpAsked(state=LATE), on).order_by().count()
    if not number:
        return ()
    words = ngettext(
        "%(number)s pertanggungjawaban bantuan lewat batas",
        "%(number)s pertanggungjawaban bantuan lewat batas",
        number,
    ) % {"number": number}
    href = f"{reverse('organisations:office-help')}?{HelpAsked(state=LATE).address}"
    return (Waiting(words, number, href, is_late=True),)
