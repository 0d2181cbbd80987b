"""R10: the minimum standard of service (PP 2/2018 art. 10): what an office aims at, and whom it served."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.catalogue import casework
from simpul.catalogue.casework import Entry
from simpul.places.models import PROVINCE_SIGNS, REGENCY_SIGNS
from simpul.recaps.facts import Asked, Cell, Column, Definition, Line, Recap, Rows, Table
from simpul.recaps.models import Target
from simpul.recaps.queries.casework import share
from simpul.recaps.queries.people import SEXES, UNKNOWN, sex_words, unit_words
from simpul.recaps.queries.reached import case_reach, period_heading

# PP 2/2018: in institutions and of a province's disasters answers the province, for all else the kabupaten or kota.
_ENDINGS = {REGENCY_SIGNS: ("_community", "_regency"), PROVINCE_SIGNS: ("_residential", "_province")}


def services_of(area: str) -> tuple[Entry, ...]:
    """The five services for which an area of this size answers; none for other areas."""
    endings = _ENDINGS.get(len(area))
    return tuple(one for one in casework.spm_services() if endings and one.code.endswith(endings))


def named_service(one: Entry) -> str:
    return str(one.title.in_language(get_language() or "id"))


def targets_of(area: str, year: int) -> dict[str, Target]:
    """What holds now: the newest of each service."""
    rows = Target.objects.filter(region=area, year=year).order_by("at", "pk")
    return {row.service: row for row in rows}


def standards(user: User, asked: Asked) -> Recap:
    """R10: five services of the area asked about."""
    title, services = str(_TITLE), services_of(asked.area)
    if not services:
        return Recap("R10", title, asked, (), limits=(_("Pilih satu provinsi, kabupaten atau kota: sasaran SPM ditetapkan untuknya."),))  # fmt: skip
    if asked.since.year != asked.until.year:
        return Recap("R10", title, asked, (), limits=(_("Sasaran SPM berlaku satu tahun. Pilih hari pertama dan terakhir dalam tahun yang sama."),))  # fmt: skip
    targets, served = targets_of(asked.area, asked.until.year), _served(user, asked)
    lines = [
        Line(one.code, named_service(one), _cells(one.code, targets.get(one.code), served))
        for one in services
    ]
    table = Table(
        "standards",
        title,
        unit_words("person"),
        _("Layanan"),
        tuple(_columns()),
        tuple(lines),
        None,
        tuple(_notes(services, targets, asked)),
    )
    heading = period_heading(asked, _("orang dengan kasus dari layanan itu dalam jangka ini"), _("kasus dalam Simpul, dan sasaran yang dicatat kantor"))  # fmt: skip
    return Recap("R10", title, asked, (table,), heading)


def _served(user: User, asked: Asked) -> Counter[tuple[str, str]]:
    """Distinct people by service and sex."""
    return Counter((service, sex or UNKNOWN) for service, sex, _person in _people(user, asked))


def _people(user: User, asked: Asked) -> Iterable[tuple[str, str, UUID]]:
    """Who had such a case on any day of the period, once for each service."""
    rows = (
        case_reach(user, asked)
        .cases()
        .exclude(spm_service="")
        .filter(Q(closed_on=None) | Q(closed_on__gte=asked.since), opened_on__lte=asked.until)
        .values_list("spm_service", "person__sex", "person")
    )
    found: Iterable[tuple[str, str, UUID]] = rows.distinct()
    return found


def behind(user: User, asked: Asked, _table: str, line: str, column: str) -> Rows | None:
    """The people behind one number of those served."""
    if column not in (*SEXES, "all"):
        return None
    found = (
        str(person)
        for service, sex, person in _people(user, asked)
        if service == line and column in ("all", sex or UNKNOWN)
    )
    return Rows("client", tuple(found))


def _cells(code: str, target: Target | None, served: Counter[tuple[str, str]]) -> tuple[Cell, ...]:
    by_sex = [served[code, sex] for sex in SEXES]
    whole = sum(by_sex)
    aim = target.number if target else None
    return (aim, *by_sex, whole, share(whole, aim or 0), target.budget if target else None)


def _columns() -> Iterable[Column]:
    yield Column("target", _("Sasaran"))
    for sex, words in sex_words().items():
        yield Column(sex, words, _("Dilayani"), rows="client")
    yield Column("all", pgettext("recap", "Jumlah"), _("Dilayani"), rows="client")
    yield Column("share", _("Tercapai, persen"))
    yield Column("budget", _("Anggaran, rupiah"))


def plain_notes(services: Iterable[Entry], targets: Collection[str], year: int) -> Iterable[str]:
    """Notes in which nobody typed anything and no worker is named: everybody may read them."""
    missing = [named_service(one) for one in services if one.code not in targets]
    if missing:
        yield _("Belum ada sasaran tahun %(year)s untuk: %(services)s. Tanpa sasaran tidak ada persen.") % {
            "year": year,
            "services": "; ".join(missing),
        }
    yield _("Yang dihitung hanya kasus dalam Simpul yang layanan SPM-nya diisi.")


def _notes(services: Iterable[Entry], targets: dict[str, Target], asked: Asked) -> Iterable[str]:
    yield from plain_notes(services, targets, asked.until.year)
    sources = {f"{row.source} ({row.by_name})" for row in targets.values()}
    for source in sorted(sources):
        yield _("Sumber sasaran dan anggaran: %(source)s") % {"source": source}


_TITLE = gettext_lazy("Standar pelayanan minimal (SPM)")

DEFINITIONS = (
    Definition(
        "R10",
        _TITLE,
        gettext_lazy("Lima layanan dasar menurut PP 2/2018: sasaran, yang dilayani, anggaran."),
        standards,
        behind,
        frozenset({"area", "period"}),
    ),
)
