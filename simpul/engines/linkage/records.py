"""People in the form in which they are compared: names by their one form, births with how exactly they are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter
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


# Every column that a comparison or a key looks at, made by the database from the fields of a record: for a million
# people that is five times as fast as Python. Empty is not known.
_KNOWN_DAY = "earliest = latest"
_IS_ROUGH = " OR ".join(
    f"(month(earliest) = {month} AND day(earliest) = {day})" for month, day in sorted(ROUGH_DAYS)
)
_AS_WORDS = "string_split(words, ' ')"
DERIVED = {
    "unique_id": "key",
    "name": "nullif(words, '')",
    "sound": "nullif(sound, '')",
    "words": f"CASE WHEN words <> '' THEN {_AS_WORDS} END",
    "first": "nullif(first, '')",
    "longest": "nullif(longest, '')",
    # The words are sorted, and so are their first letters.
    "initials": f"nullif(array_to_string(list_transform({_AS_WORDS}, lambda word: word[1]), ' '), '')",
    "has_initial": f"CAST(len(list_filter({_AS_WORDS}, lambda word: length(word) = 1)) > 0 AS TINYINT)",
    "mother": "nullif(mother, '')",
    "born": f"CASE WHEN {_KNOWN_DAY} THEN CAST(earliest AS VARCHAR) END",
    "born_exactly": f"CASE WHEN {_KNOWN_DAY} AND NOT ({_IS_ROUGH}) THEN CAST(earliest AS VARCHAR) END",
    "born_first": "CAST(earliest AS VARCHAR)",
    "born_last": "CAST(latest AS VARCHAR)",
    "born_year": "CASE WHEN year(earliest) = year(latest) THEN CAST(year(earliest) AS VARCHAR) END",
    "nik": "nullif(nik, '')",
    "village": f"CASE WHEN length(region) >= {_VILLAGE_SIGNS} THEN region END",
    "district": f"CASE WHEN length(region) >= {_DISTRICT_SIGNS} THEN region[1:{_DISTRICT_SIGNS}] END",
    "regency": f"CASE WHEN length(region) >= {_REGENCY_SIGNS} THEN region[1:{_REGENCY_SIGNS}] END",
    "sex": "nullif(sex, '')",
}
COLUMNS = tuple(DERIVED)


def fields_of(records: Iterable[Record]) -> Mapping[str, Sequence[Any]]:
    """The fields of all records, each as one sequence."""
    names = [field.name for field in fields(Record)]
    held = zip(*map(attrgetter(*names), records), strict=True)
    return dict(zip(names, held, strict=False)) or dict.fromkeys(names, ())
