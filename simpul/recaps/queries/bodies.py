"""R5 to R7: sources of help, the register of organisations, and what kinds of them there are where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.organisations.models import Organisation, Source, Staff
from simpul.organisations.queries.office_asked import NO_TYPE
from simpul.organisations.queries.office_asked import Asked as ListAsked
from simpul.organisations.queries.office_counts import counts_of
from simpul.organisations.queries.office_files import headings, rows
from simpul.organisations.queries.office_list import condition, watched
from simpul.organisations.queries.sources_counts import TypeCount, counts_by_area, counts_by_type
from simpul.organisations.stages import LegalStatus
from simpul.places.queries import children_of, lies_in_on, names_of
from simpul.recaps.facts import Asked, Column, Definition, Line, Recap, Rows, Table
from simpul.recaps.queries.people import UNKNOWN, day_words, sex_words
from simpul.recaps.queries.people import whole as as_whole
from simpul.recaps.queries.reached import bodies_in, with_codes_on

_PERSON = "person"


def bodies_within(user: User, asked: Asked) -> QuerySet[Any]:
    """The organisations that count: within reach, in the area, not closed."""
    found: QuerySet[Any] = watched(user, Permission.RECAP_VIEW).filter(is_closed=False)
    return found.filter(bodies_in(asked.area, asked.until))


def _heading(asked: Asked, of: str) -> tuple[tuple[str, str], ...]:
    return (
        (_("Keadaan pada"), day_words(asked.until)),
        (_("Yang dihitung"), of),
        (_("Sumber"), _("register lembaga Simpul")),
    )


# --- R5 ---


def sources(user: User, asked: Asked) -> Recap:
    """R5: who serves on the day, by type; types of persons by sex, types of bodies by number, never together."""
    among = Source.objects.reachable(user, Permission.RECAP_VIEW)
    counts = counts_by_type(asked.area, asked.until, among=among)
    official = [one for one in counts if not one.type.is_local]
    persons = [one for one in official if one.type.unit == _PERSON]
    others = [one for one in official if one.type.unit != _PERSON]
    sexes = sex_words()
    columns = tuple(
        Column(key, words, rows="source")
        for key, words in (*sexes.items(), ("all", pgettext("recap", "Jumlah")))
    )
    people = Table(
        "persons",
        _("Orang menurut jenis"),
        _("orang"),
        _("Jenis"),
        columns,
        tuple(
            Line(one.type.code, _named(one), (one.male, one.female, one.untold, one.total)) for one in persons
        ),
        None,
        (_("Jumlah ke bawah tidak ditulis: satu orang dapat tercatat pada beberapa jenis."),),
    )
    bodies = Table(
        "bodies",
        _("Lembaga dan kelompok menurut jenis"),
        _("lembaga atau kelompok"),
        _("Jenis"),
        (Column("all", pgettext("recap", "Jumlah"), rows="source"),),
        tuple(Line(one.type.code, _named(one), (one.total,)) for one in others),
    )
    by_area = _sources_by_area(asked, among, counts)
    own = [one for one in counts if one.type.is_local]
    local = Table(
        "local",
        _("Jenis milik kantor, di luar dua belas jenis"),
        _("orang atau lembaga, menurut jenisnya"),
        _("Jenis"),
        (Column("all", pgettext("recap", "Jumlah"), rows="source"),),
        tuple(Line(one.type.code, _named(one), (one.total,)) for one in own),
    )
    heading = _heading(asked, _("yang bertugas pada hari itu"))
    return Recap(
        "R5", str(_TITLES["R5"]), asked, (people, bodies, by_area, *([local] if own else [])), heading
    )


def _named(one: TypeCount) -> str:
    return str(one.type.display.in_language(get_language() or "id"))


def _sources_by_area(asked: Asked, among: Any, counts: Iterable[TypeCount]) -> Table:
    found = counts_by_area(asked.area, asked.until, among=among)
    places = {region.code: region.title for region in children_of(asked.area, asked.until)}
    names = names_of([code for code in found if code not in places])
    places |= {code: names[code].name if code in names else code for code in found if code not in places}
    codes = [one.type.code for one in counts]
    columns = tuple(Column(one.type.code, _named(one), rows="source") for one in counts)
    lines = []
    for code, words in places.items():
        held = {one.type.code: one.total for one in found.get(code, ())}
        lines.append(Line(code, words, tuple(held.get(kind, 0) for kind in codes)))
    return Table(
        "areas",
        _("Tiap jenis menurut wilayah"),
        _("orang atau lembaga, menurut jenisnya"),
        _("Wilayah"),
        columns,
        tuple(lines),
    )


def sources_behind(user: User, asked: Asked, table: str, line: str, column: str) -> Rows | None:
    """Who serves, of one type and sex, or of one type in one area."""
    rows = Source.objects.reachable(user, Permission.RECAP_VIEW).serving_on(asked.until)
    rows = rows.filter(lies_in_on("region", asked.area, asked.until))
    kind, area = (column, line) if table == "areas" else (line, "")
    rows = rows.filter(type_code=kind)
    if area:
        # What is kept at the whole area itself stands in a line of its own.
        here = Q(region=area) if area == asked.area else lies_in_on("region", area, asked.until)
        rows = rows.filter(here)
    elif column in ("L", "P"):
        rows = rows.filter(sex=column)
    elif column == UNKNOWN:
        rows = rows.exclude(sex__in=("L", "P"))
    return keys_of("source", rows)


def keys_of(kind: str, rows: QuerySet[Any]) -> Rows:
    return Rows(kind, tuple(str(key) for key in rows.order_by().values_list("pk", flat=True)))


# --- R6 ---


def register(user: User, asked: Asked) -> Recap:
    """R6: one line for each organisation, as the office's own list tells it, and who works there."""
    bodies = list(bodies_within(user, asked).order_by("name", "pk"))
    with_codes_on(bodies, asked.until)
    staff = _staff(bodies)
    head, *columns = headings()
    made = (*columns, _("Petugas"), _("Pekerja sosial bersertifikat"))
    lines = [
        Line(str(body.pk), told[0], (*told[1:], *staff.get(body.pk, (0, 0))))
        for body, told in zip(bodies, rows(bodies, asked.until), strict=True)
    ]
    table = Table(
        "register",
        str(_TITLES["R6"]),
        _("lembaga"),
        head,
        tuple(_register_columns(made, len(columns))),
        tuple(lines),
        None,
        (_("Alamat rumah aman dan rumah perorangan tidak ditulis."),),
        each="organisation",
    )
    return Recap("R6", str(_TITLES["R6"]), asked, (table,), _heading(asked, _("lembaga yang masih berjalan")))


def _register_columns(made: tuple[str, ...], words_only: int) -> Iterable[Column]:
    """The columns of the office's own list, then the two of staff, which alone are numbers."""
    for place, words in enumerate(made):
        is_number = place >= words_only
        yield Column(str(place), words, is_number=is_number, rows="staff" if is_number else "")


_CERTIFIED = Q(profession="social_worker") & ~Q(certificates=[])


def _staff(bodies: Iterable[Organisation]) -> dict[Any, tuple[int, int]]:
    """How many work there, and how many of them are social workers with a certificate."""
    held = (
        Staff.objects.filter(organisation__in=[body.pk for body in bodies], ended_on=None)
        .order_by()
        .values("organisation")
        .annotate(all=Count("pk"), certified=Count("pk", filter=_CERTIFIED))
    )
    return {row["organisation"]: (row["all"], row["certified"]) for row in held}


def staff_behind(user: User, asked: Asked, _table: str, line: str, column: str) -> Rows | None:
    """Who works in one body."""
    rows = Staff.objects.filter(organisation__in=bodies_within(user, asked).filter(pk=line), ended_on=None)
    # One heading stands above the lines themselves; then the two columns of staff follow those of words.
    all_, certified = (str(len(headings()) - 1 + place) for place in range(2))
    if column not in (all_, certified):
        return None
    return keys_of("staff", rows.filter(_CERTIFIED) if column == certified else rows)


# --- R7 ---


def kinds(user: User, asked: Asked) -> Recap:
    """R7: for each region just below, by legal status, registration, type and accreditation."""
    whole = bodies_within(user, asked)
    inside = _counted(whole, asked.until)
    lines = area_lines(whole, asked, inside, lambda bodies: _counted(bodies, asked.until))
    table = Table(
        "kinds",
        str(_TITLES["R7"]),
        _("lembaga"),
        _("Wilayah"),
        tuple(_kind_columns()),
        tuple(lines),
        Line("", pgettext("recap", "Jumlah"), inside),
    )
    return Recap("R7", str(_TITLES["R7"]), asked, (table,), _heading(asked, _("lembaga yang masih berjalan")))


def area_lines(
    whole: QuerySet[Any],
    asked: Asked,
    inside: tuple[int, ...],
    of: Callable[[QuerySet[Any]], tuple[int, ...]],
) -> list[Line]:
    """A line for each region just below; last what lies in none of them, so that the lines add up to `inside`."""
    places = {region.code: region.title for region in children_of(asked.area, asked.until)}
    lines = [
        Line(code, words, of(whole.filter(bodies_in(code, asked.until)))) for code, words in places.items()
    ]
    rest = tuple(
        all_ - sum(as_whole(line.cells[place]) for line in lines) for place, all_ in enumerate(inside)
    )
    if any(rest):
        lines.append(Line(UNKNOWN, _("Tidak diketahui lebih rinci"), rest))
    return lines


def bodies_behind(user: User, asked: Asked, _table: str, line: str, column: str) -> Rows | None:
    """The bodies of one line by which `counts_of` counts them: each of its numbers is one of the office's lists."""
    rows = bodies_within(user, asked)
    if line == UNKNOWN:
        for region in children_of(asked.area, asked.until):
            rows = rows.exclude(bodies_in(region.code, asked.until))
    elif line:
        rows = rows.filter(bodies_in(line, asked.until))
    if column in (*LegalStatus.values, _NO_LEGAL_STATUS):
        return keys_of("organisation", rows.filter(legal_status="" if column == _NO_LEGAL_STATUS else column))
    asks = _ASKS.get(column)
    return keys_of("organisation", rows.filter(condition(asks, asked.until))) if asks else None


_NO_LEGAL_STATUS = "legal?"
_ALL = ListAsked(state="semua")
# By the codes of `counts_of`: what each is called in the lists.
_ASKS = {
    "all": _ALL,
    "registered": _ALL.but(registered="ya"),
    "registered_ending": _ALL.but(registered="habis"),
    "not_registered": _ALL.but(registered="tidak"),
    "accredited": _ALL.but(accredited="ya"),
    "accredited_ending": _ALL.but(accredited="habis"),
    "papers_ending": _ALL.but(papers="segera"),
    "papers_ended": _ALL.but(papers="habis"),
    **{type_: _ALL.but(type=type_) for type_ in (*"ABCD", NO_TYPE)},
}
_COUNTED = ("all", "registered", "not_registered", "A", "B", "C", "D", NO_TYPE, "accredited")


def _counted(bodies: QuerySet[Any], on: date) -> tuple[int, ...]:
    found = counts_of(bodies, on)
    by_status: Counter[str] = Counter(bodies.order_by().values_list("legal_status", flat=True))
    told = [by_status[status] for status in (*LegalStatus.values, "")]
    return (*(found[code] for code in _COUNTED), *told)


def _kind_columns() -> Iterable[Column]:
    types, registers, legal = _("Tipe"), _("Tanda daftar"), _("Badan hukum")
    yield body_column("all", _("Semua"))
    yield body_column("registered", _("terdaftar"), registers)
    yield body_column("not_registered", _("belum terdaftar"), registers)
    for letter in "ABCD":
        yield body_column(letter, letter, types)
    yield body_column(NO_TYPE, _("belum ditetapkan"), types)
    yield body_column("accredited", _("terakreditasi"), _("Akreditasi"))
    for status in LegalStatus:
        yield body_column(status.value, str(status.label), legal)
    yield body_column(_NO_LEGAL_STATUS, _("tidak diketahui"), legal)


def body_column(key: str, words: str, group: str = "") -> Column:
    return Column(key, words, group, rows="organisation")


_TITLES = {
    "R5": gettext_lazy("Rekap sumber bantuan (PSKS)"),
    "R6": gettext_lazy("Register lembaga"),
    "R7": gettext_lazy("Rekap lembaga menurut wilayah"),
}

DEFINITIONS = (
    Definition(
        "R5",
        _TITLES["R5"],
        gettext_lazy(
            "Dua belas jenis, dan jenis milik kantor: orang menurut kelamin, lembaga menurut jumlah."
        ),
        sources,
        sources_behind,
        frozenset({"area"}),
    ),
    Definition(
        "R6",
        _TITLES["R6"],
        gettext_lazy(
            "Satu baris tiap lembaga: tanda daftar, tipe, akreditasi, siapa yang dilayani, petugas."
        ),
        register,
        staff_behind,
        frozenset({"area"}),
    ),
    Definition(
        "R7",
        _TITLES["R7"],
        gettext_lazy(
            "Berapa lembaga yang berbadan hukum, terdaftar, bertipe dan terakreditasi di tiap wilayah."
        ),
        kinds,
        bodies_behind,
        frozenset({"area"}),
    ),
)
