"""R8: who is cared for by each body: at the start, in, out by reason, at the end. Nobody stands in between."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from simpul.access.models import User
from simpul.cases.queries.numbers import WITHOUT, counted
from simpul.engines.disclosure.counting import Flow
from simpul.organisations.queries import named
from simpul.population.facts import codes_in
from simpul.population.queries.register import Register, register_on
from simpul.recaps.facts import Asked, Column, Definition, Line, Recap, Rows, Table
from simpul.recaps.queries.casework import reason_names
from simpul.recaps.queries.people import (
    SEXES,
    UNKNOWN,
    day_words,
    edition_of,
    edition_told,
    named_type,
    sex_words,
    summed,
)
from simpul.recaps.queries.reached import CaseReach, case_reach, period_heading
from simpul.recaps.queries.restricted import known_to, left_out, shown_needs

_NO_END = date.max


@dataclass(frozen=True, slots=True)
class Spell:
    """One unbroken time in which a body cares for somebody, however many cases it has of them meanwhile."""

    person: UUID
    body: str
    sex: str
    since: date
    until: date
    reason: str = ""


def spells(scope: CaseReach) -> list[Spell]:
    """Everybody who was in care on any day of the period."""
    reasons: dict[UUID, str] = dict(counted.by_reason(scope).rows.values_list("pk", "ended_because"))
    rows = (
        scope.cases()
        .filter(opened_on__lte=scope.until)
        .exclude(closed_on__lt=scope.since)
        .order_by("person", "organisation", "opened_on", "pk")
        .values_list("person", "organisation", "person__sex", "opened_on", "closed_on", "pk")
    )
    held: dict[tuple[UUID, str], list[Spell]] = defaultdict(list)
    for person, body, sex, opened, closed, case in rows:
        key = (person, str(body) if body else WITHOUT)
        one = Spell(*key, sex or UNKNOWN, opened, closed or _NO_END, reasons.get(case) or WITHOUT)
        held[key] = _joined(held[key], one)
    return [one for some in held.values() for one in some]


def _joined(earlier: list[Spell], one: Spell) -> list[Spell]:
    """A case opened before the last one ended goes on with the same time; the reason is that of the last to end."""
    if not earlier or earlier[-1].until < one.since:
        return [*earlier, one]
    last = earlier[-1]
    ends = max(last, one, key=lambda spell: spell.until)
    return [
        *earlier[:-1],
        Spell(last.person, last.body, last.sex, min(last.since, one.since), ends.until, ends.reason),
    ]


def flow_of(some: Iterable[Spell], since: date, until: date) -> Flow:
    """Who was there on the eve of the period, came, left by reason, and is there at its end."""
    start = new = 0
    leaving: Counter[str] = Counter()
    for one in some:
        start += one.since < since
        new += one.since >= since
        if one.until <= until:
            leaving[one.reason] += 1
    return Flow(start, new, dict(leaving))


def beneficiaries(user: User, asked: Asked) -> Recap:
    """R8: one table by body, one by type of need."""
    scope = case_reach(user, asked)
    found = spells(scope)
    by_body: dict[str, list[Spell]] = defaultdict(list)
    for one in found:
        by_body[one.body].append(one)
    names = named({UUID(body) for body in by_body if body != WITHOUT})
    called = {str(key): name for key, name in names.items()} | {WITHOUT: _("Kantor, tanpa lembaga")}
    order = sorted(by_body, key=lambda body: (body == WITHOUT, called.get(body, body)))
    lines = [Line(body, called.get(body, body), _cells(by_body[body], asked)) for body in order]
    bodies = Table(
        "bodies",
        _("Penerima manfaat menurut lembaga"),
        _("orang dalam satu lembaga"),
        _("Lembaga"),
        _columns("person"),
        tuple(lines),
        summed(lines) if lines else None,
        (
            _("Siapa yang didampingi dua lembaga dihitung pada tiap lembaga."),
            _("Siapa yang keluar lalu masuk lagi dalam jangka ini dihitung pada keduanya."),
            _(
                "Kasus dengan kerahasiaan lebih tinggi hanya dihitung bagi yang berwenang mengetahui kasus itu."
            ),
        ),
    )
    tables = [bodies, *_by_type(user, found, asked)]
    heading = period_heading(asked, _("orang yang didampingi dalam kasus"), _("kasus dalam Simpul"))
    edition = edition_of(asked)
    told = (*heading, edition_told(edition), *left_out(user, edition))
    return Recap("R8", str(_TITLE), asked, tuple(tables), told)


def _cells(some: list[Spell], asked: Asked) -> tuple[int, ...]:
    """Start, new, left and end by sex, then why they left."""
    flows = {sex: flow_of((one for one in some if one.sex == sex), asked.since, asked.until) for sex in SEXES}
    cells: list[int] = []
    for part in ("start", "new", "left", "end"):
        by_sex = [getattr(flow, part) for flow in flows.values()]
        cells += [*by_sex, sum(by_sex)]
    leaving = Counter[str]()
    for flow in flows.values():
        leaving.update(flow.leaving)
    return (*cells, *(leaving[reason] for reason in _reasons()))


def _reasons() -> tuple[str, ...]:
    return tuple(reason_names())


def _columns(rows: str) -> tuple[Column, ...]:
    return tuple(_named_columns(rows))


def _named_columns(rows: str) -> Iterator[Column]:
    parts = {
        "start": _("Awal"),
        "new": pgettext("recap", "Masuk"),
        "left": pgettext("recap", "Keluar"),
        "end": _("Akhir"),
    }
    for part, group in parts.items():
        for sex, words in sex_words().items():
            yield Column(f"{part}:{sex}", words, group, rows=rows)
        yield Column(f"{part}:all", pgettext("recap", "Jumlah"), group, rows=rows)
    for reason, words in reason_names().items():
        yield Column(f"why:{reason}", words, _("Keluar menurut alasan"), rows=rows)


def _by_type(user: User, found: list[Spell], asked: Asked) -> list[Table]:
    """The same people by what a worker decided of them, as the register of the last day has it."""
    register = register_on(asked.until, asked.edition or None)
    if register is None or not found:
        return []
    by_type = _types_of(found, user, asked, register)
    shown = shown_needs(user, edition_of(asked), register)
    # Those of a type that this reader may not know stand here too, and nothing tells them apart.
    names = {need.code: named_type(need) for need in shown} | {WITHOUT: _("Tanpa jenis dalam tabel ini")}
    lines = [Line(code, names[code], _cells(by_type[code], asked)) for code in names if code in by_type]
    notes = (
        _(
            "Jenis menurut register tanggal %(day)s. Satu orang dapat punya beberapa jenis, jadi jumlah ke bawah tidak ditulis."
        )
        % {"day": day_words(register.on)},
        _(
            "Tanpa jenis dalam tabel ini: belum ada jenis yang ditetapkan, atau jenisnya tidak dihitung di sini."
        ),
    )
    return [
        Table(
            "types",
            _("Penerima manfaat menurut jenis"),
            _("kejadian jenis (orang × jenis)"),
            _("Jenis"),
            _columns("found"),
            tuple(lines),
            None,
            notes,
        )
    ]


def _types_of(found: list[Spell], user: User, asked: Asked, register: Register) -> dict[str, list[Spell]]:
    """Each in every type that has a line for this reader; whoever is in none of them stands under WITHOUT."""
    shown = {need.code for need in shown_needs(user, edition_of(asked), register)}
    keys = [str(one.person) for one in found]
    people = known_to(user, register).people.filter(pl.col("person").is_in(keys))
    rows = people.select("person", "confirmed").iter_rows()
    types = {person: shown.intersection(codes_in(word, register.types)) for person, word in rows}
    by_type: dict[str, list[Spell]] = defaultdict(list)
    for one in found:
        for code in types.get(str(one.person), ()) or (WITHOUT,):
            by_type[code].append(one)
    return by_type


def behind_beneficiaries(user: User, asked: Asked, table: str, line: str, column: str) -> Rows | None:
    """The people behind one number: of one line, or of the total of the table by body."""
    part, _colon, which = column.partition(":")
    found = spells(case_reach(user, asked))
    if table == "types":
        register = register_on(asked.until, asked.edition or None)
        found = _types_of(found, user, asked, register).get(line, []) if register else []
    elif line:
        found = [one for one in found if one.body == line]
    # Somebody with two bodies, or who left and came again, adds more than one.
    times = Counter(str(one.person) for one in found if _is_in(one, part, which, asked))
    return Rows("found" if table == "types" else "person", tuple(times), tuple(times.values()))


def _is_in(one: Spell, part: str, which: str, asked: Asked) -> bool:
    left = one.until <= asked.until
    if part == "why":
        return left and one.reason == which
    parts: Mapping[str, bool] = {
        "start": one.since < asked.since,
        "new": one.since >= asked.since,
        "left": left,
        "end": not left,
    }
    return parts.get(part, False) and which in ("all", one.sex)


_TITLE = gettext_lazy("Rekap penerima manfaat per lembaga")

DEFINITIONS = (
    Definition(
        "R8",
        _TITLE,
        gettext_lazy(
            "Di tiap lembaga: yang ada pada awal, yang masuk, yang keluar dan mengapa, yang ada pada akhir."
        ),
        beneficiaries,
        behind_beneficiaries,
        frozenset({"area", "period", "edition"}),
    ),
)
