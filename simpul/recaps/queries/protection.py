"""R14: how requests of people about their data were answered, and what left as a file, month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import reduce
from operator import or_

from django.db.models import Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.models import Event, Grant, User
from simpul.access.permissions import Permission
from simpul.people.models import DataRequest
from simpul.recaps.facts import Asked, Column, Definition, Line, Recap, Table
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


def _requests(user: User, asked: Asked, months: tuple[date, ...]) -> Table:
    rows = DataRequest.objects.reachable(user, Permission.RECAP_VIEW).filter(
        received_at__date__range=(asked.since, asked.until)
    )
    if asked.area:
        rows = rows.filter(Q(person__region=asked.area) | Q(person__region__startswith=f"{asked.area}."))
    end = timezone.make_aware(datetime.combine(asked.until, time.max))
    found: Counter[tuple[date, str]] = Counter()
    for received, due, answered in rows.order_by().values_list("received_at", "due_at", "answered_at"):
        month = timezone.localtime(received).date().replace(day=1)
        found[month, _standing(due, answered, end)] += 1
    lines = []
    for month in months:
        told = [found[month, one] for one in (_IN_TIME, _LATE, _WAITING, _WAITING_LATE, _NO_CLOCK)]
        lines.append(Line(month.isoformat(), _month_words(month), (sum(told), *told)))
    columns = (
        Column("all", _("Diterima")),
        Column(_IN_TIME, _("tepat waktu"), _("Dijawab")),
        Column(_LATE, _("terlambat"), _("Dijawab")),
        Column(_WAITING, _("masih ada waktu"), _("Menunggu")),
        Column(_WAITING_LATE, _("terlambat"), _("Menunggu")),
        Column(_NO_CLOCK, _("Tanpa batas waktu")),
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


def _exports(user: User, asked: Asked, months: tuple[date, ...]) -> Table:
    leaves = Q(permission__in=EXPORTS) | Q(details__has_key="file")
    rows = Event.objects.filter(_reached(user), leaves, at__date__range=(asked.since, asked.until))
    if asked.area:
        rows = rows.filter(_in(asked.area))
    by_month = rows.annotate(month=TruncMonth("at")).order_by().values_list("month", "permission")
    found = Counter(
        (timezone.localtime(month).date(), permission if permission in EXPORTS else _OTHER)
        for month, permission in by_month
    )
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
    each = (Column(one.value, word) for one, word in zip(EXPORTS, words, strict=True))
    columns = (Column("all", _("Semua")), *each, Column(_OTHER, _("berkas lain")))
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
    return reduce(or_, map(_covered, user.grants_with(Permission.RECAP_VIEW)), Q(pk__in=[]))


def _covered(grant: Grant) -> Q:
    covered = Q(pk__isnull=False)
    if grant.organisation is not None:
        covered &= Q(organisation=grant.organisation)
    return covered & _in(grant.region) if grant.region else covered


def _in(area: str) -> Q:
    return Q(region=area) | Q(region__startswith=f"{area}.")


_TITLE = gettext_lazy("Pelindungan data")

DEFINITIONS = (
    Definition(
        "R14",
        _TITLE,
        gettext_lazy(
            "Permintaan orang atas datanya: berapa yang dijawab tepat waktu; dan apa yang keluar sebagai berkas."
        ),
        protection,
        uses=frozenset({"area", "period"}),
    ),
)
