"""R14: how requests of people about their data were answered, and what left as a file, month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from simpul.access.models import Event, User
from simpul.access.permissions import Permission
from simpul.people.models import DataRequest
from simpul.places.queries import lies_in_on
from simpul.recaps.facts import Asked, Column, Definition, Line, Recap, Rows, Table
from simpul.recaps.queries.behind import covered_by
from simpul.recaps.queries.casework import share
from simpul.recaps.queries.people import summed, whole
from simpul.recaps.queries.reached import period_heading
from simpul.recaps.stages import Every, period_of

# With each of these something leaves the office on paper or as a file; every time is in the record.
EXPORTS = (
    Permission.PERSON_COPY,
    Permission.SCREENING_PRINT,
    Permission.CASE_PRINT,
    Permission.ORGANISATION_EXPORT,
    Permission.RECAP_EXPORT,
)
# Numbers, answers, unmet needs, files for research: noted by `access/exports.py` with the name of the file.
_OTHER = "other"
_IN_TIME, _LATE, _WAITING, _WAITING_LATE, _NO_CLOCK = "in_time", "late", "waiting", "waiting_late", "no_clock"


def protection(user: User, asked: Asked) -> Recap:
    """R14: requests by the month in which they came, files by the month in which they left."""
    months = tuple(_months(asked))
    tables = (_requests(user, asked, months), _exports(user, asked, months))
    heading = period_heading(
        asked,
        _("permintaan atas data orang, dan berkas yang keluar"),
        _("catatan permintaan dan catatan kejadian"),
    )
    return Recap("R14", str(_TITLE), asked, tables, heading)


def _months(asked: Asked) -> Iterator[date]:
    first = asked.since.replace(day=1)
    while first <= asked.until:
        yield first
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _month_words(first: date) -> str:
    return period_of(first, Every.MONTH).words


def _standing_requests(user: User, asked: Asked) -> Iterator[tuple[UUID, date, str]]:
    """Each request that came in the period: its key, its month, and how it stood at the end of the period."""
    rows = DataRequest.objects.reachable(user, Permission.RECAP_VIEW).filter(
        received_at__date__range=(asked.since, asked.until)
    )
    rows = rows.filter(lies_in_on("person__region", asked.area, asked.until))
    end = timezone.make_aware(datetime.combine(asked.until, time.max))
    told = rows.order_by().values_list("pk", "received_at", "due_at", "answered_at")
    for key, received, due, answered in told:
        yield key, timezone.localtime(received).date().replace(day=1), _standing(due, answered, end)


def _requests(user: User, asked: Asked, months: tuple[date, ...]) -> Table:
    found = Counter((month, stands) for _key, month, stands in _standing_requests(user, asked))
    lines = []
    for month in months:
        told = [found[month, one] for one in (_IN_TIME, _LATE, _WAITING, _WAITING_LATE, _NO_CLOCK)]
        lines.append(Line(month.isoformat(), _month_words(month), (sum(told), *told)))
    columns = (
        Column("all", pgettext("recap", "Diterima"), rows="request"),
        Column(_IN_TIME, _("tepat waktu"), _("Dijawab"), rows="request"),
        Column(_LATE, _("terlambat"), _("Dijawab"), rows="request"),
        Column(_WAITING, _("masih ada waktu"), _("Menunggu"), rows="request"),
        Column(_WAITING_LATE, _("terlambat"), _("Menunggu"), rows="request"),
        Column(_NO_CLOCK, _("Tanpa batas waktu"), rows="request"),
        Column("share", _("Tepat waktu, persen")),
    )
    notes = (
        _(
            "Persen tepat waktu: dari yang dijawab dan yang menunggu lewat batasnya, menurut keadaan pada akhir jangka."
        ),
        _("Pelanggaran data (kebocoran) belum dicatat dalam Simpul, jadi tidak dihitung di sini."),
    )
    total = _with_share(summed(lines))
    return Table(
        "requests",
        _("Permintaan orang atas datanya"),
        _("permintaan"),
        _("Bulan"),
        columns,
        tuple(_with_share(line) for line in lines),
        total,
        notes,
    )


def _standing(due: datetime | None, answered: datetime | None, end: datetime) -> str:
    """How one stood at the end of the period."""
    if answered is not None and answered > end:
        answered = None
    if due is None:
        return _NO_CLOCK
    if answered is None:
        return _WAITING_LATE if due < end else _WAITING
    return _IN_TIME if answered <= due else _LATE


def _with_share(line: Line) -> Line:
    _all, in_time, late, _waiting, waiting_late, _none = (whole(cell) for cell in line.cells)
    return Line(line.key, line.words, (*line.cells, share(in_time, in_time + late + waiting_late)))


# --- what left ---


def _leaving(user: User, asked: Asked) -> Iterator[tuple[int, date, str]]:
    """Each file or paper that left in the period: the number of the event, its month, and by which permission."""
    leaves = Q(permission__in=EXPORTS) | Q(details__has_key="file")
    rows = Event.objects.filter(_reached(user), leaves, at__date__range=(asked.since, asked.until))
    rows = rows.filter(lies_in_on("region", asked.area, asked.until))
    for number, at, permission in rows.order_by().values_list("number", "at", "permission"):
        month = timezone.localtime(at).date().replace(day=1)
        yield number, month, permission if permission in EXPORTS else _OTHER


def _exports(user: User, asked: Asked, months: tuple[date, ...]) -> Table:
    found = Counter((month, permission) for _number, month, permission in _leaving(user, asked))
    lines = []
    for month in months:
        told = [found[month, one] for one in (*(held.value for held in EXPORTS), _OTHER)]
        lines.append(Line(month.isoformat(), _month_words(month), (sum(told), *told)))
    words = (
        _("salinan data seorang"),
        _("kertas penapisan"),
        _("kertas kasus"),
        _("daftar lembaga"),
        _("rekap"),
    )
    each = (Column(one.value, word, rows="event") for one, word in zip(EXPORTS, words, strict=True))
    columns = (
        Column("all", _("Semua"), rows="event"),
        *each,
        Column(_OTHER, _("berkas lain"), rows="event"),
    )
    return Table(
        "exports",
        _("Berkas dan kertas yang keluar"),
        _("kali"),
        _("Bulan"),
        columns,
        tuple(lines),
        summed(lines),
    )


def _reached(user: User) -> Q:
    """Events of the offices and areas for which this person reads recaps."""
    return reduce(or_, map(covered_by, user.grants_with(Permission.RECAP_VIEW)), Q(pk__in=[]))


# --- the rows behind a number ---


def behind(user: User, asked: Asked, table: str, line: str, column: str) -> Rows | None:
    """The requests or events behind one number; of every month where none is named, as in a total."""
    sources: Mapping[str, tuple[str, Callable[[User, Asked], Iterable[tuple[Any, date, str]]]]] = {
        "requests": ("request", _standing_requests),
        "exports": ("event", _leaving),
    }
    if table not in sources:
        return None
    kind, source = sources[table]
    found = (
        str(key)
        for key, month, one in source(user, asked)
        if line in ("", month.isoformat()) and column in ("all", one)
    )
    return Rows(kind, tuple(found))


_TITLE = gettext_lazy("Pelindungan data")

DEFINITIONS = (
    Definition(
        "R14",
        _TITLE,
        gettext_lazy(
            "Permintaan orang atas datanya: berapa yang dijawab tepat waktu; dan apa yang keluar sebagai berkas."
        ),
        protection,
        behind,
        frozenset({"area", "period"}),
    ),
)
