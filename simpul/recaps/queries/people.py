"""R1 to R4: who needs what, counted from everybody known, by area, type, sex and age.

Distinct persons and person-type pairs stand side by side and are labelled; types of families and communities count
households and communities in tables of their own (reports.md, rules of counting). What is not known has a column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial, reduce
from operator import or_

import polars as pl
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.catalogue import editions
from simpul.catalogue.needs import Edition, NeedType
from simpul.organisations.models import Organisation
from simpul.places.models import DISTRICT_SIGNS, PROVINCE_SIGNS, REGENCY_SIGNS
from simpul.places.queries import children_of, names_of, signs_below, successors_on
from simpul.population.facts import lies_in
from simpul.population.queries.register import Register, register_on, within
from simpul.recaps.facts import Asked, Cell, Column, Definition, Line, Recap, Rows, Table
from simpul.recaps.queries.ages import Band, bands, in_band
from simpul.recaps.queries.restricted import known_to, left_out, shown_needs

# The key of what nobody knows: a region, a sex, an age. It is never dropped.
UNKNOWN = "?"
SEXES = ("L", "P", UNKNOWN)
# How long the code of an area is, just below which each counts; a nation has provinces below it.
_LEVELS = {"R1": (DISTRICT_SIGNS,), "R2": (REGENCY_SIGNS,), "R3": (PROVINCE_SIGNS, 0)}
_OF_PERSONS = "person"


def sex_words() -> dict[str, str]:
    return {"L": _("Laki-laki"), "P": _("Perempuan"), UNKNOWN: _("Tidak diketahui")}


def unit_words(unit: str) -> str:
    """What one is, in words: printed with every table."""
    words = {
        "person": _("orang"),
        "family": _("keluarga (rumah tangga)"),
        "community": _("komunitas"),
        "pairs": _("kejadian jenis (orang × jenis)"),
    }
    return words.get(unit, unit)


def people_of(user: User, asked: Asked) -> Register | None:
    """Who counts: known on the day, here, within reach and in the area."""
    register = register_on(asked.until, asked.edition or None)
    if register is None:
        return None
    seen = known_to(user, within(register, user, Permission.RECAP_VIEW))
    people = in_asked_area(seen.people.filter(pl.col("gone") == ""), asked)
    return Register(seen.on, seen.edition, seen.digest, seen.made_at, seen.types, people, key=seen.key)


def in_asked_area(people: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    """Only who lives in the area, or is served there; by the codes that were in force on the day."""
    if asked.by_place:
        people = _where_served(people)
    renewed = successors_on(people["region"].unique(), asked.until)
    people = people.with_columns(pl.col("region").replace(renewed)) if renewed else people
    return people.filter(lies_in(asked.area)) if asked.area else people


def counted(register: Register, asked: Asked) -> pl.DataFrame:
    """The people with one word `counted`: confirmed, or suggested by the rules and decided by nobody yet."""
    open_ = pl.col("rule_yes") & (pl.col("confirmed") | pl.col("refused")).not_()
    word = open_ if asked.suggested else pl.col("confirmed")
    return register.people.with_columns(word.alias("counted"))


def _where_served(people: pl.DataFrame) -> pl.DataFrame:
    """The region of the body that serves somebody, instead of their own; not known without a body."""
    rows = Organisation.objects.values_list("pk", "region")
    served = pl.DataFrame(
        {"organisation": [str(pk) for pk, _region in rows], "served": [region for _pk, region in rows]},
        schema={"organisation": pl.String, "served": pl.String},
    )
    joined = people.join(served, on="organisation", how="left")
    return joined.with_columns(pl.col("served").fill_null("").alias("region")).drop("served")


# --- by area ---


def by_area(user: User, asked: Asked, *, code: str) -> Recap:
    """R1 to R3: one line for each region just below the area."""
    edition, title = edition_of(asked), str(_TITLES[code])
    if len(asked.area) not in _LEVELS[code]:
        return Recap(code, title, asked, (), limits=(_ask_for(code),))
    register = people_of(user, asked)
    if register is None:
        return Recap(code, title, asked, (), limits=(no_register(),))
    frame = counted(register, asked).with_columns(_below(asked.area))
    places = _places(asked.area, frame["below"].unique(), asked.until)
    needs = shown_needs(user, edition, register)
    persons = _types(needs, _OF_PERSONS)
    tables = [_summary(frame, persons, register, places), _matrix(frame, persons, register, places)]
    tables += _of_units(frame, needs, register, places)
    told = heading(register, edition, asked, user)
    return Recap(code, title, asked, tuple(tables), told, made_at=register.made_at)


def _ask_for(code: str) -> str:
    asks = {
        "R1": _("Pilih satu kecamatan: rekap ini menghitung desa dan kelurahannya."),
        "R2": _("Pilih satu kabupaten atau kota: rekap ini menghitung kecamatannya."),
        "R3": _("Pilih satu provinsi: rekap ini menghitung kabupaten dan kotanya."),
    }
    return asks[code]


def no_register() -> str:
    return _(
        "Belum ada penapisan seluruh register untuk hari itu dan daftar itu. Rekap dihitung darinya: jalankan di halaman Seluruh register, atau pilih hari yang lebih baru."
    )


def edition_of(asked: Asked) -> Edition:
    return editions.get(asked.edition) if asked.edition else editions.default()


def _below(area: str) -> pl.Expr:
    length = signs_below(area)
    region = pl.col("region")
    deep = region.str.len_chars() >= length
    return pl.when(deep).then(region.str.slice(0, length)).otherwise(pl.lit(UNKNOWN)).alias("below")


def _places(area: str, found: Iterable[str], on: date) -> dict[str, str]:
    """Every region just below, also those with nobody; then old codes people still have, then "not known"."""
    places = {region.code: region.title for region in children_of(area, on)}
    strays = sorted(set(found) - set(places) - {UNKNOWN})
    names = names_of(strays)
    places |= {code: f"{names[code].name if code in names else code} ({code})" for code in strays}
    return places | {UNKNOWN: _("Tidak diketahui lebih rinci")}


def _types(needs: Iterable[NeedType], unit: str) -> list[NeedType]:
    return [need for need in needs if need.unit == unit]


def _any_of(needs: Iterable[NeedType], register: Register) -> pl.Expr:
    return reduce(or_, (register.of_type(need.code, "counted") for need in needs), pl.lit(False))


def named_type(need: NeedType) -> str:
    return str(need.display.in_language(get_language() or "id"))


def sex_key() -> pl.Expr:
    return pl.when(pl.col("sex") == "").then(pl.lit(UNKNOWN)).otherwise(pl.col("sex")).alias("sex_key")


def _sex_columns(group: str = "", prefix: str = "") -> tuple[Column, ...]:
    words = sex_words()
    made = [Column(f"{prefix}{sex}", words[sex], group, rows="found") for sex in SEXES]
    return (*made, Column(f"{prefix}all", pgettext("recap", "Jumlah"), group, rows="found"))


def _summary(
    frame: pl.DataFrame, needs: list[NeedType], register: Register, places: Mapping[str, str]
) -> Table:
    """Distinct persons by sex, and beside them the person-type pairs."""
    pairs = _pairs(needs, register)
    asked = (
        frame.with_columns(sex_key(), pairs.alias("pairs"), _any_of(needs, register).alias("any"))
        .group_by("below", "sex_key")
        .agg(pl.col("any").sum().alias("persons"), pl.col("pairs").sum())
    )
    persons = {(row["below"], row["sex_key"]): row["persons"] for row in asked.iter_rows(named=True)}
    totals = dict(asked.group_by("below").agg(pl.col("pairs").sum()).iter_rows())
    lines = []
    for code, words in places.items():
        cells = [persons.get((code, sex), 0) for sex in SEXES]
        lines.append(Line(code, words, (*cells, sum(cells), totals.get(code, 0))))
    columns = (
        *_sex_columns(unit_words("person")),
        Column("pairs", _("Kejadian jenis"), unit_words("pairs"), rows="found"),
    )
    return Table(
        "persons",
        _("Orang unik menurut wilayah"),
        unit_words("person"),
        _("Wilayah"),
        columns,
        known(lines),
        summed(lines),
        (
            _(
                "Satu orang dengan beberapa jenis dihitung sekali; kejadian jenis menghitungnya pada tiap jenis."
            ),
        ),
    )


def _pairs(needs: Iterable[NeedType], register: Register) -> pl.Expr:
    """How many types somebody has."""
    each = [register.of_type(need.code, "counted").cast(pl.Int64) for need in needs]
    return pl.sum_horizontal(each or [pl.lit(0)])


def _matrix(
    frame: pl.DataFrame, needs: list[NeedType], register: Register, places: Mapping[str, str]
) -> Table:
    """Every type of person by sex: totals over types would be person-type pairs, so there is none."""
    asked = (
        frame.with_columns(sex_key())
        .group_by("below", "sex_key")
        .agg(register.of_type(need.code, "counted").sum().alias(need.code) for need in needs)
    )
    found = {(row["below"], row["sex_key"]): row for row in asked.iter_rows(named=True)}
    lines = []
    for code, words in places.items():
        cells: list[int] = []
        for need in needs:
            by_sex = [found.get((code, sex), {}).get(need.code, 0) for sex in SEXES]
            cells += [*by_sex, sum(by_sex)]
        lines.append(Line(code, words, tuple(cells)))
    columns = [column for need in needs for column in _sex_columns(named_type(need), f"{need.code}:")]
    return Table(
        "types",
        _("Tiap jenis menurut wilayah dan jenis kelamin"),
        unit_words("person"),
        _("Wilayah"),
        tuple(columns),
        known(lines),
        summed(lines),
    )


def _of_units(
    frame: pl.DataFrame, shown: list[NeedType], register: Register, places: Mapping[str, str]
) -> list[Table]:
    """Families and communities: each counted once, however many people it has, never added to persons."""
    tables = []
    for unit, title in (
        ("family", _("Keluarga menurut wilayah")),
        ("community", _("Komunitas menurut wilayah")),
    ):
        needs = _types(shown, unit)
        if not needs:
            continue
        by_need = [_homes(frame, register, need) for need in needs]
        lines = [
            Line(code, words, tuple(cell for homes in by_need for cell in homes.get(code, (0, 0))))
            for code, words in places.items()
        ]
        columns = [
            column
            for need in needs
            for column in (
                Column(
                    f"{need.code}:units", unit_words(unit).capitalize(), named_type(need), rows="household"
                ),
                Column(f"{need.code}:members", _("Orang di dalamnya"), named_type(need), rows="found"),
            )
        ]
        tables.append(
            Table(unit, title, unit_words(unit), _("Wilayah"), tuple(columns), known(lines), summed(lines))
        )
    return tables


def _homes(frame: pl.DataFrame, register: Register, need: NeedType) -> dict[str, tuple[int, int]]:
    """Distinct households and their people, by region."""
    rows = (
        frame.filter(register.of_type(need.code, "counted"))
        .group_by("below")
        .agg(pl.col("household").n_unique().alias("homes"), pl.len().alias("members"))
    )
    return {row["below"]: (row["homes"], row["members"]) for row in rows.iter_rows(named=True)}


def known(lines: list[Line]) -> tuple[Line, ...]:
    """Without the line of what is not known, where nobody stands in it."""
    return tuple(line for line in lines if line.key != UNKNOWN or any(line.cells))


def whole(cell: Cell) -> int:
    """A number as it can be added; nothing counts as 0."""
    return cell if isinstance(cell, int) else 0


def summed(lines: list[Line]) -> Line:
    """The total: each person and household stands in one line only."""
    cells = [
        sum(whole(cell) for cell in column) for column in zip(*(line.cells for line in lines), strict=True)
    ]
    return Line("", pgettext("recap", "Jumlah"), tuple(cells))


# --- by age ---


def by_age(user: User, asked: Asked) -> Recap:
    """R4: each type by sex and age band."""
    edition, title = edition_of(asked), str(_TITLES["R4"])
    register = people_of(user, asked)
    if register is None:
        return Recap("R4", title, asked, (), limits=(no_register(),))
    needs = _types(shown_needs(user, edition, register), _OF_PERSONS)
    steps = bands()
    frame = counted(register, asked).with_columns(sex_key(), in_band(steps).alias("band"))
    asked_for = frame.group_by("band", "sex_key").agg(
        register.of_type(need.code, "counted").sum().alias(need.code) for need in needs
    )
    found = {(row["band"], row["sex_key"]): row for row in asked_for.iter_rows(named=True)}
    lines = [Line(need.code, named_type(need), _by_band(found, need.code, steps)) for need in needs]
    columns = [column for band in steps for column in _sex_columns(band.words, f"{band.key}:")] + list(
        _sex_columns(_("Semua umur"), "all:")
    )
    table = Table(
        "ages",
        title,
        unit_words("person"),
        _("Jenis"),
        tuple(columns),
        tuple(lines),
        None,
        (_("Jumlah ke bawah tidak ditulis: orang yang sama dapat punya beberapa jenis."),),
    )
    whole = _everybody(frame, needs, register, steps)
    told = heading(register, edition, asked, user)
    return Recap("R4", title, asked, (table, whole), told, made_at=register.made_at)


def _by_band(
    found: Mapping[tuple[str, str], Mapping[str, int]], key: str, steps: tuple[Band, ...]
) -> tuple[int, ...]:
    cells: list[int] = []
    for band in steps:
        by_sex = [found.get((band.key, sex), {}).get(key, 0) for sex in SEXES]
        cells += [*by_sex, sum(by_sex)]
    width = len(SEXES) + 1
    totals = [sum(cells[place::width]) for place in range(width)]
    return (*cells, *totals)


def _everybody(
    frame: pl.DataFrame, needs: list[NeedType], register: Register, steps: tuple[Band, ...]
) -> Table:
    """Distinct persons with any type, by age and sex."""
    rows = frame.filter(_any_of(needs, register)).group_by("band", "sex_key").agg(pl.len().alias("persons"))
    found = {(row["band"], row["sex_key"]): row["persons"] for row in rows.iter_rows(named=True)}
    lines = []
    for band in steps:
        cells = [found.get((band.key, sex), 0) for sex in SEXES]
        lines.append(Line(band.key, band.words, (*cells, sum(cells))))
    return Table(
        "ages-persons",
        _("Orang unik menurut umur"),
        unit_words("person"),
        _("Umur"),
        _sex_columns(),
        tuple(lines),
        summed(lines),
    )


# --- what every report says ---


def heading(register: Register, edition: Edition, asked: Asked, user: User) -> tuple[tuple[str, str], ...]:
    counted_as = (
        _("disarankan aturan, belum diputuskan") if asked.suggested else _("ditetapkan pekerja sosial")
    )
    number = register.people.height
    return (
        (_("Keadaan pada"), day_words(register.on)),
        (_("Yang dihitung"), counted_as),
        (_("Menurut"), _("tempat layanan") if asked.by_place else _("tempat tinggal sekarang")),
        edition_told(edition),
        (
            _("Sumber"),
            ngettext(
                "register Simpul, %(number)s orang dikenal",
                "register Simpul, %(number)s orang dikenal",
                number,
            )
            % {"number": number},
        ),
        *left_out(user, edition),
    )


def edition_told(edition: Edition) -> tuple[str, str]:
    """Which list of types was counted by: in the heading of every recap that judges by one."""
    return _("Daftar jenis"), f"{edition.title.in_language(get_language() or 'id')} ({edition.code})"


def day_words(on: date) -> str:
    return date_format(on, "j F Y")


# --- the rows behind a number ---


def behind(user: User, asked: Asked, table: str, line: str, column: str) -> Rows | None:
    """The people or households behind one number of R1 to R4; None for what is no number."""
    register = people_of(user, asked)
    if register is None:
        return None
    frame = counted(register, asked).with_columns(
        _below(asked.area), sex_key(), in_band(bands()).alias("band")
    )
    persons = _types(shown_needs(user, edition_of(asked), register), _OF_PERSONS)
    first, colon, last = column.rpartition(":")
    sex = last if last in SEXES else ""
    need, place, key = first, "band" if table == "ages-persons" else "below", line
    if table == "ages":
        need, place, key = line, "band", "" if first == "all" else first
    try:
        of_type = register.of_type(need, "counted") if colon else _any_of(persons, register)
    except KeyError:
        return None
    found = frame.filter(of_type & _is(place, key) & _is("sex_key", sex))
    if last == "units":
        return Rows("household", tuple(found["household"].unique()))
    adds = found.select(_pairs(persons, register).alias("pairs"))["pairs"] if column == "pairs" else ()
    return Rows("found", tuple(found["person"]), tuple(adds))


def _is(column: str, key: str) -> pl.Expr:
    """Whether a row stands there; everybody does where nothing is named, as in a total."""
    return pl.col(column) == key if key else pl.lit(True)


_TITLES = {
    "R1": gettext_lazy("Rekap PPKS per desa dan kelurahan"),
    "R2": gettext_lazy("Rekap PPKS per kecamatan"),
    "R3": gettext_lazy("Rekap PPKS per kabupaten dan kota"),
    "R4": gettext_lazy("PPKS menurut jenis, kelamin dan umur"),
}
_ABOUT = {
    "R1": gettext_lazy("Satu kecamatan: tiap desa dan kelurahan, tiap jenis, laki-laki dan perempuan."),
    "R2": gettext_lazy("Satu kabupaten atau kota: tiap kecamatan."),
    "R3": gettext_lazy("Satu provinsi: tiap kabupaten dan kota; tanpa wilayah: tiap provinsi."),
    "R4": gettext_lazy("Siapa mereka: tiap jenis menurut kelompok umur dan jenis kelamin."),
}

DEFINITIONS = (
    *(
        Definition(
            code,
            _TITLES[code],
            _ABOUT[code],
            partial(by_area, code=code),
            behind,
            frozenset({"area", "edition", "suggested", "place"}),
        )
        for code in _LEVELS
    ),
    Definition(
        "R4",
        _TITLES["R4"],
        _ABOUT["R4"],
        by_age,
        behind,
        frozenset({"area", "edition", "suggested", "place"}),
    ),
)
