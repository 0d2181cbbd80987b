"""TOML files as tables that know the line they stand on, so that every fault names file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from simpul.catalogue.text import LANGUAGES, Text

Place = tuple[str | int, ...]
VERIFIED = ("source", "secondary", "seed", "memory", "design")
SENSITIVITIES = ("normal", "restricted", "highly_restricted")

_HEADER = re.compile(r"\s*(\[\[|\[)\s*([\w.\-]+)\s*\]")
_KEY = re.compile(r"\s*([\w\-]+)\s*=")


class CatalogueError(ValueError):
    """Something in the catalogue that cannot be accepted: file, line and a sentence about it."""

    def __init__(self, file: str, line: int, sentence: str) -> None:
        self.file = file
        self.line = line
        self.sentence = sentence
        super().__init__(f"{file}:{line}: {sentence}")


# What happens to a fault: it is raised when the catalogue is used, collected when it is checked.
Report = Callable[[CatalogueError], None]


def refuse(error: CatalogueError) -> None:
    """The strict report: a faulty catalogue is not used at all."""
    raise error


class Table:
    """One table of a TOML file. Each question asked of it fails with the line of the answer."""

    def __init__(self, data: Mapping[str, Any], place: Place, lines: Mapping[Place, int], file: str) -> None:
        self.data = data
        self.place = place
        self.file = file
        self._lines = lines

    def line(self, key: str = "") -> int:
        """The line of a key, or of the table's own head where the key is missing."""
        return self._lines.get((*self.place, key)) or self._lines.get(self.place, 1)

    def error(self, sentence: str, key: str = "") -> CatalogueError:
        return CatalogueError(self.file, self.line(key), sentence)

    def check_keys(self, *known: str) -> None:
        """Refuses a key that nobody reads: it is usually a slip of the pen."""
        for key in self.data:
            if key not in known:
                raise self.error(f"{key!r} is not a known word here", key)

    def _value(self, key: str, kind: type, wanted: str) -> Any:
        if key not in self.data:
            raise self.error(f"{key!r} is missing")
        value = self.data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise self.error(f"{key!r} must be {wanted}", key)
        return value

    def string(self, key: str, default: str | None = None) -> str:
        if key not in self.data and default is not None:
            return default
        value: str = self._value(key, str, "a text")
        if not value.strip():
            raise self.error(f"{key!r} is empty", key)
        return value

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self.string(key, default)
        if value not in allowed:
            raise self.error(f"{key!r} is {value!r}; it must be one of: {', '.join(allowed)}", key)
        return value

    def whole(self, key: str) -> int:
        value: int = self._value(key, int, "a whole number")
        return value

    def optional_whole(self, key: str) -> int | None:
        return self.whole(key) if key in self.data else None

    def flag(self, key: str) -> bool:
        return bool(self._value(key, bool, "true or false")) if key in self.data else False

    def optional_day(self, key: str) -> date | None:
        if key not in self.data:
            return None
        value: date = self._value(key, date, "a day such as 2026-11-21")
        return value

    def day(self, key: str) -> date:
        value = self.optional_day(key)
        if value is None:
            raise self.error(f"{key!r} is missing")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        values = self._value(key, list, "a list of texts") if key in self.data else []
        if not all(isinstance(value, str) for value in values):
            raise self.error(f"{key!r} must be a list of texts", key)
        return tuple(values)

    def text(self, key: str) -> Text:
        return as_text(
            self._value(key, dict, "a text { id = …, en = … }"), lambda why: self.error(why, key), key
        )

    def optional_text(self, key: str) -> Text | None:
        return self.text(key) if key in self.data else None

    def tables(self, key: str) -> Iterator[Table]:
        """The tables of an array of tables, in their order."""
        values = self._value(key, list, "an array of tables") if key in self.data else []
        for number, data in enumerate(values):
            yield Table(data, (*self.place, key, number), self._lines, self.file)

    def table(self, key: str) -> Table:
        return Table(self._value(key, dict, "a table"), (*self.place, key), self._lines, self.file)


def as_text(data: Mapping[str, Any], error: Callable[[str], CatalogueError], key: str) -> Text:
    """A Text out of { id = …, en = … }; a missing or empty language is a fault."""
    for language in LANGUAGES:
        words = data.get(language)
        if not isinstance(words, str) or not words.strip():
            raise error(f"{key!r} has no translation in {language!r}")
    if len(data) > len(LANGUAGES):
        raise error(f"{key!r} has more than the languages {', '.join(LANGUAGES)}")
    return Text(**data)


def read(path: Path) -> Table:
    """The whole file as one table. Raises CatalogueError where it is not TOML."""
    source = path.read_text(encoding="utf-8")
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise CatalogueError(shown(path), int(found[1]) if found else 1, f"not readable: {error}") from error
    return Table(data, (), places(source), shown(path))


def shown(path: Path) -> str:
    """The path as a person at the command line would type it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def places(source: str) -> dict[Place, int]:
    """The line of every table head and of every key directly below it.

    tomllib does not tell lines. Keys inside texts of several lines are not told apart; the catalogue has none.
    """
    lines: dict[Place, int] = {}
    current: Place = ()
    counts: dict[Place, int] = {}
    for number, line in enumerate(source.splitlines(), start=1):
        if head := _HEADER.match(line):
            current = _opened(head[2].split("."), head[1] == "[[", counts)
            lines[current] = number
        elif key := _KEY.match(line):
            lines.setdefault((*current, key[1]), number)
    return lines


def _opened(names: list[str], is_array: bool, counts: dict[Place, int]) -> Place:
    """The place of a head: each array on the way means its latest table."""
    place: Place = ()
    for depth, name in enumerate(names, start=1):
        place = (*place, name)
        if is_array and depth == len(names):
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place
