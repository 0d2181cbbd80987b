"""What the columns of a file are likely to be, by their headings and by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches

from simpul.catalogue.instruments import Instrument
from simpul.imports.queries.fields import FACT, ITEM, WITH_FACTS, fact_headings, field_of, fields_of
from simpul.imports.queries.headings import Column, Table
from simpul.imports.queries.reading import SPOILT
from simpul.imports.queries.words import heading_words, plain, plain_heading, value_words
from simpul.imports.stages import Kind

# Files of these kinds head the columns of a person alike.
_LIKE_PEOPLE = frozenset({Kind.HOUSEHOLDS, Kind.FACTS, Kind.ANSWERS_DOWN, Kind.SOURCES, Kind.ORGANISATIONS})
_SIXTEEN = re.compile(r"^\d{16}$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$|^\d{1,2}[-/. ]([A-Za-z]+|\d{1,2})[-/. ]\d{2,4}$")
# So much of a column must read alike before its content alone says what it is.
_MOSTLY = 0.8
_LOOKED_AT = 400
_CLOSE = 0.88


def proposal(table: Table, kind: str, instrument: Instrument | None = None) -> dict[str, str]:
    """The field of each column, by its place; what is not recognised is left out. Each field once."""
    found: dict[int, str] = {}
    taken: set[str] = set()

    def take(columns: Iterable[Column], guess: Callable[[Column], str]) -> None:
        for column in columns:
            code = "" if column.place in found else guess(column)
            if code and code not in taken and field_of(kind, code):
                found[column.place] = code
                taken.add(code)

    take(table.columns, lambda column: _by_heading(column, kind))
    take(table.columns, lambda column: _by_question(column, kind, instrument))
    take(table.columns, lambda column: _by_near_heading(column, kind))
    take(table.columns, lambda column: _by_content(column, taken))
    # "Kepala keluarga" beside no other name is the name; so is the one column of words.
    if "name" not in taken and kind == Kind.PEOPLE:
        take(table.columns, _looks_like_names)
    return {str(place): code for place, code in sorted(found.items())}


def _by_heading(column: Column, kind: str) -> str:
    heading = plain_heading(column.heading)
    for words in _words_of(kind):
        if code := words.get(heading) or words.get(plain(column.heading)):
            return code
    return ""


def _words_of(kind: str) -> Iterable[dict[str, str]]:
    yield dict(heading_words(kind))
    if kind in _LIKE_PEOPLE:
        known = {field.code for field in fields_of(kind)}
        asks = kind in WITH_FACTS
        yield {
            word: code
            for word, code in heading_words(Kind.PEOPLE).items()
            if code in known or (asks and code.startswith(FACT))
        }


def _by_question(column: Column, kind: str, instrument: Instrument | None) -> str:
    heading = " ".join(column.heading.split()).casefold().rstrip("?. ")
    if kind in WITH_FACTS and (name := fact_headings().get(heading)):
        return FACT + name
    if kind == Kind.SHEETS and instrument is not None:
        for item in instrument.items:
            if heading in (item.code.casefold(), item.question.id.casefold().rstrip("?. ")):
                return ITEM + item.code
    return ""


def _by_near_heading(column: Column, kind: str) -> str:
    heading = plain_heading(column.heading)
    for words in _words_of(kind):
        close = get_close_matches(heading, words, n=1, cutoff=_CLOSE) if len(heading) > 3 else []
        if close:
            return words[close[0]]
    return ""


def _by_content(column: Column, taken: set[str]) -> str:
    """Sixteen digits are a NIK, or a family card where they repeat; letters of sex and days tell themselves."""
    cells = [cell for cell in column.cells[:_LOOKED_AT] if cell]
    if len(cells) < 2:
        return ""
    if _share(cells, lambda cell: bool(_SIXTEEN.match(cell.lstrip(SPOILT).replace(" ", "")))) >= _MOSTLY:
        repeats = len(set(cells)) < len(cells) * 0.9
        return "kk" if "nik" in taken or (repeats and "kk" not in taken) else "nik"
    sexes = value_words("sex")
    if (
        len(set(cells)) > 1
        and _share(cells, lambda cell: plain(cell) in sexes and not cell.isdigit()) >= _MOSTLY
    ):
        return "sex"
    if _share(cells, lambda cell: bool(_DAY.match(cell))) >= _MOSTLY and "age" not in taken:
        return "born"
    return ""


def _looks_like_names(column: Column) -> str:
    cells = [cell for cell in column.cells[:_LOOKED_AT] if cell]
    heading = plain_heading(column.heading)
    is_words = (
        _share(cells, lambda cell: all(part.isalpha() for part in cell.replace(".", " ").split())) >= _MOSTLY
    )
    return "name" if is_words and (not heading or "nama" in heading or "kepala" in heading) else ""


def _share(cells: list[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, cells)) / len(cells) if cells else 0.0
