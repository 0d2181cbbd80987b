"""The rows of a file for research: made of a register, coarser where people would stand alone, under keys of its own."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal
from simpul.catalogue import disclosure, editions
from simpul.catalogue.disclosure import rules
from simpul.catalogue.needs import NeedType
from simpul.engines.disclosure import UNKNOWN, Anonymity, Step, Suggestion, k_anonymity, small_sign
from simpul.places.models import DISTRICT_SIGNS, REGENCY_SIGNS
from simpul.population.facts import lies_in
from simpul.population.queries.register import Register, kept_rows, read_register
from simpul.research.models import Extract
from simpul.screening.facts import HIGHLY_RESTRICTED

TYPES = "types"
NONE = "?"
_KEY_SIGNS = 12
# How many people of one home are recorded: the last class is open.
_SIZES = ((1, "1"), (2, "2"), (4, "3-4"), (6, "5-6"))
_LARGEST = "7+"
_BUCKETS = ((9, "5-9"), (19, "10-19"), (49, "20-49"))

Row = dict[str, str]


@dataclass(frozen=True)
class Made:
    """Rows that may leave, in the order of the register, with whose they are, and how they came to be safe."""

    people: tuple[str, ...]
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    steps: Mapping[str, str]
    left_out: int
    smallest: int
    classes: Mapping[str, int]

    def standing(self) -> dict[str, Any]:
        """The table of k-anonymity: numbers of groups, no row."""
        small = 0 < self.left_out < rules().threshold
        return {
            "k": rules().k,
            "smallest": self.smallest,
            "rows": len(self.rows),
            "left_out": small_sign(rules().threshold) if small else self.left_out,
            "steps": dict(self.steps),
            "classes": dict(self.classes),
        }


def open_types(edition: str) -> list[NeedType]:
    """The types that a file for research may hold: of persons, and none that is highly restricted."""
    return [
        need
        for need in editions.get(edition).types
        if need.unit == "person" and need.sensitivity != HIGHLY_RESTRICTED
    ]


def made_of(extract: Extract) -> Made:
    """The rows of an extract. Takes seconds to minutes: only in a background job.

    Raises Refusal where there is no register of that day, where nobody is in it, and where no way makes it safe.
    """
    row = kept_rows(extract.edition).filter(on=extract.on).first()
    if row is None:
        raise Refusal(_("Register hari itu tidak disimpan lagi. Minta hari lain."))
    people, rows = _rows(read_register(row), extract)
    if not rows:
        raise Refusal(_("Tidak ada orang yang cocok di wilayah itu."))
    return _safe(people, rows, tuple(rows[0]))


def _rows(register: Register, extract: Extract) -> tuple[list[str], list[Row]]:
    """Who is here, consented to being counted by rules, and is of one of the types that were asked for."""
    chosen = extract.types or [need.code for need in open_types(extract.edition)]
    of_types = reduce(or_, (register.of_type(code, "confirmed") for code in chosen if code in register.types))
    living = register.people.filter((pl.col("gone") == "") & lies_in(extract.region))
    homes = dict(living.group_by("household").agg(pl.len()).iter_rows())
    frame = living.filter(pl.col("judged") & of_types).sort("person")
    frame = frame.with_columns(
        register.of_type(code, "confirmed").alias(f"is {code}") for code in extract.types
    )
    people, rows = [], []
    for told in frame.iter_rows(named=True):
        people.append(told["person"])
        rows.append(_row(told, extract, homes))
    return people, rows


def _row(told: Mapping[str, Any], extract: Extract, homes: Mapping[str, int]) -> Row:
    made: Row = {}
    if "sex" in extract.variables:
        made["sex"] = told["sex"] or NONE
    if "age" in extract.variables:
        made["age"] = _band(told["age_least"], told["age_most"])
    if "area" in extract.variables:
        region = told["region"]
        made["area"] = region[:DISTRICT_SIGNS] if len(region) >= DISTRICT_SIGNS else NONE
    if "household" in extract.variables:
        count = homes[told["household"]]
        made["household"] = next((words for most, words in _SIZES if count <= most), _LARGEST)
    if extract.types:
        made[TYPES] = "".join("1" if told[f"is {code}"] else "0" for code in extract.types)
    return made


def _band(least: int | None, most: int | None) -> str:
    if least is None or most is None:
        return UNKNOWN
    bands = disclosure.bands("full")
    first, last = bands.of(least), bands.of(most)
    return first if first == last else UNKNOWN


# --- making it safe ---


def _ladders() -> dict[str, list[Step]]:
    """What each column may become, from fine to coarse."""
    return {
        "age": [Step("compact", _compact)],
        "area": [Step("regency", lambda value: str(value)[:REGENCY_SIGNS])],
        TYPES: [Step("count", lambda value: f"n{str(value).count('1')}")],
    }


def _compact(value: object) -> str:
    full, compact = disclosure.bands("full"), disclosure.bands("compact")
    first = next((band.first for band in full.bands if band.code == value), None)
    return compact.of(first)


def _safe(people: Sequence[str], rows: Sequence[Row], columns: tuple[str, ...]) -> Made:
    """Each at least k alike in everything, and in each group that is alike without types more than one set of types.

    Where the second fails after the first holds, such groups are left out as far as the share allows.
    """
    limits = rules()
    share = limits.left_out_percent / 100
    found = k_anonymity(rows, columns, k=limits.k, ladders=_ladders(), suppress=share)
    way = _way(found)
    made = _applied(people, rows, columns, way)
    made = _diverse(made, tuple(column for column in columns if column != TYPES))
    after = k_anonymity(made.rows, columns, k=limits.k, suppress=0.0)
    if after.below or len(rows) - len(made.rows) > share * len(rows) or not made.rows:
        raise Refusal(
            _(
                "Dengan pilihan ini sebagian orang tetap dapat dikenali. Minta lebih sedikit kolom, lebih sedikit jenis, atau wilayah yang lebih luas."
            )
        )
    sizes = Counter(tuple(row[column] for column in columns) for row in made.rows)
    return replace(
        made, left_out=len(rows) - len(made.rows), smallest=after.smallest, classes=_sizes(sizes.values())
    )


def _way(found: Anonymity) -> Suggestion:
    if found.holds:
        return Suggestion({}, (), found.smallest, 0.0)
    if not found.suggestions:
        raise Refusal(
            _(
                "Terlalu sedikit orang: tidak ada cara yang membuat berkas ini aman. Minta wilayah yang lebih luas."
            )
        )
    return found.suggestions[0]


def _applied(people: Sequence[str], rows: Sequence[Row], columns: tuple[str, ...], way: Suggestion) -> Made:
    """The rows as the suggestion has them; a column that says nothing any more stays, with a star."""
    gone = set(way.suppressed)
    ladders = _ladders()
    steps = {name: code for name, code in way.steps.items() if code}

    def coarser(name: str, value: str) -> str:
        code = steps.get(name)
        step = next((one for one in ladders.get(name, ()) if one.code == code), None)
        return value if code is None else str(step.coarser(value)) if step else "*"

    kept = [number for number in range(len(rows)) if number not in gone]
    return Made(
        tuple(people[number] for number in kept),
        tuple({name: coarser(name, rows[number][name]) for name in columns} for number in kept),
        columns,
        steps,
        0,
        0,
        {},
    )


def _diverse(made: Made, open_columns: tuple[str, ...]) -> Made:
    """Without groups of which everybody has one and the same set of types, which would tell it of each of them."""
    if TYPES not in made.columns or made.steps.get(TYPES) == "*" or not made.rows:
        return made
    if len(made.rows[0][TYPES]) == 1:
        return made  # one type alone: that everybody has it is what the file says of all of them
    found = k_anonymity(
        made.rows,
        open_columns,
        k=2,
        sensitive=(TYPES,),
        l_diversity=rules().diversity,
        ladders={},
        suppress=1.0,
    )
    gone = {number for one in found.poor for number in one.rows}
    kept = [number for number in range(len(made.rows)) if number not in gone]
    return replace(
        made,
        people=tuple(made.people[number] for number in kept),
        rows=tuple(made.rows[number] for number in kept),
    )


def _sizes(sizes: Iterable[int]) -> dict[str, int]:
    """How many people stand in groups of which size."""
    found: Counter[str] = Counter()
    for size in sizes:
        found[next((words for most, words in _BUCKETS if size <= most), "50+")] += size
    return {words: found[words] for words in (*(words for _most, words in _BUCKETS), "50+") if found[words]}


# --- keys ---


def keyed(made: Made, salt: str) -> list[tuple[str, Row]]:
    """Each row under a key that only this extract's own salt makes, in the order of the keys."""
    pairs = ((_key(person, salt), row) for person, row in zip(made.people, made.rows, strict=True))
    return sorted(pairs, key=lambda pair: pair[0])


def _key(person: str, salt: str) -> str:
    told = hmac.new(salt.encode(), person.encode(), hashlib.sha256).hexdigest()
    return f"O-{told[:_KEY_SIGNS].upper()}"
