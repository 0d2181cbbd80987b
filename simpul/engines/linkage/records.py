"""People in the form in which they are compared: names by their one form, births with how exactly they are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from simpul.engines.matching.names import name_key, sound_of, tokens
from simpul.engines.matching.nik import cleaned

# Days that registers write when only the year is known. Source: practice of population registration in Indonesia.
ROUGH_DAYS = frozenset({(1, 1), (7, 1), (12, 31)})

_DISTRICT_SIGNS, _REGENCY_SIGNS, _VILLAGE_SIGNS = 8, 5, 13


@dataclass(frozen=True, slots=True)
class Record:
    """One person as they are compared. What is empty or None is not known, and says nothing.

    `words` are those of the name in their common form, sorted; `sound` the consonants of each, sorted; `first` and
    `longest` the consonants of one word. `mother` is a name key, `region` a code with dots, `nik` only digits.
    """

    key: str
    words: str = ""
    sound: str = ""
    first: str = ""
    longest: str = ""
    mother: str = ""
    earliest: date | None = None
    latest: date | None = None
    sex: str = ""
    nik: str = ""
    region: str = ""

    @classmethod
    def of(
        cls,
        key: str,
        name: str,
        *,
        mother: str = "",
        earliest: date | None = None,
        latest: date | None = None,
        sex: str = "",
        nik: str = "",
        region: str = "",
    ) -> Self:
        """From names as people write them. `latest` is `earliest` where the day of birth is known."""
        words = tokens(name)
        sounds = [sound_of(word) for word in words]
        return cls(
            key=key,
            words=" ".join(sorted(words)),
            sound=" ".join(sorted(sounds)),
            first=sounds[0] if sounds else "",
            longest=sound_of(max(words, key=lambda word: (len(word), word))) if words else "",
            mother=name_key(mother),
            earliest=earliest,
            latest=latest or earliest,
            sex=sex,
            nik=cleaned(nik),
            region=region,
        )


# Every column that a comparison or a key looks at, in the order of `_row`.
COLUMNS = (
    "unique_id", "name", "sound", "words", "first", "longest", "initials", "has_initial", "mother", "born", "born_exactly",
    "born_first", "born_last", "born_year", "nik", "village", "district", "regency", "sex",
)  # fmt: skip


def columns(records: Iterable[Record]) -> Mapping[str, list[Any]]:
    """The records as columns, None where nothing is known."""
    held: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    appends = [held[name].append for name in COLUMNS]
    for record in records:
        for append, value in zip(appends, _row(record), strict=True):
            append(value)
    return held


def _row(record: Record) -> tuple[Any, ...]:
    words = record.words.split()
    first = record.earliest.isoformat() if record.earliest else None
    last = record.latest.isoformat() if record.latest else None
    born = first if first == last else None
    is_rough = record.earliest is not None and (record.earliest.month, record.earliest.day) in ROUGH_DAYS
    region = record.region
    return (
        record.key,
        record.words or None,
        record.sound or None,
        words or None,
        record.first or None,
        record.longest or None,
        " ".join(sorted(word[0] for word in words)) or None,
        int(any(len(word) == 1 for word in words)),
        record.mother or None,
        born,
        None if is_rough else born,
        first,
        last,
        first[:4] if first and last and first[:4] == last[:4] else None,
        record.nik or None,
        region if len(region) >= _VILLAGE_SIGNS else None,
        region[:_DISTRICT_SIGNS] if len(region) >= _DISTRICT_SIGNS else None,
        region[:_REGENCY_SIGNS] if len(region) >= _REGENCY_SIGNS else None,
        record.sex or None,
    )
