"""What was said and decided, opened: one line for each row, about one person or one home.

Unsealing is what costs. So all that was opened once is kept together (`Drawer`), and each night only those whose mark
is another one are opened again: how many rows there are about them, and when the newest was noted. Both are told by
the indexes alone, and they show what was added, taken away, and laid to somebody else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from uuid import UUID

import polars as pl
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import Count, Max, Q, QuerySet

from simpul.access.secrets import FORMAT, NONCE, SealBroken, ring
from simpul.people.models import Fact
from simpul.screening.models import Decision

# So many are asked for by their keys at once; beyond it a range is read whole.
_AT_ONCE = 2_000
_PIECE = 50_000
_BITS = 128

LINE: Mapping[str, pl.DataType] = {
    "subject": pl.String(),
    "about": pl.String(),
    "name": pl.String(),
    "state": pl.String(),
    "value": pl.String(),
    "noted_at": pl.Datetime("us"),
    "valid_from": pl.Date(),
    "valid_until": pl.Date(),
}
MARK: Mapping[str, pl.DataType] = {"subject": pl.String(), "count": pl.Int64(), "newest": pl.Datetime("us")}


@dataclass(frozen=True)
class Shelf:
    """The keys that lie in one of many equal drawers: those from `first` to before `after` (None: to the end)."""

    number: int
    of: int

    @property
    def first(self) -> UUID:
        return UUID(int=(self.number << _BITS) // self.of)

    @property
    def after(self) -> UUID | None:
        return None if self.number + 1 == self.of else UUID(int=((self.number + 1) << _BITS) // self.of)

    def keys(self, path: str) -> Q:
        """The condition that a key lies here."""
        here = Q(**{f"{path}__gte": self.first})
        return here if self.after is None else here & Q(**{f"{path}__lt": self.after})

    def holds(self, column: str) -> pl.Expr:
        """The same over a column of texts."""
        here = pl.col(column) >= str(self.first)
        return here if self.after is None else here & (pl.col(column) < str(self.after))


@dataclass(frozen=True)
class Source:
    """A table of sealed rows about somebody. `path` leads to the subject, `noted` to the moment."""

    kind: str
    rows: Callable[[], QuerySet[Any]]
    path: str
    noted: str
    read: Callable[[QuerySet[Any]], Iterator[tuple[Any, ...]]]

    def marks(self, shelf: Shelf) -> pl.DataFrame:
        """By which it is seen whether anything about somebody has changed."""
        found = (
            self.rows()
            .filter(shelf.keys(self.path))
            .order_by()
            .values_list(self.path)
            .annotate(Count("pk"), Max(self.noted))
        )
        lines = ((str(key), count, _moment(newest)) for key, count, newest in found.iterator(_PIECE))
        return _frame(lines, MARK)

    def lines(self, shelf: Shelf, subjects: list[str] | None) -> pl.DataFrame:
        """Everything about these, opened; about everybody of the shelf for None. Raises SealBroken."""
        if subjects is None:
            return self._opened(shelf.keys(self.path))
        pieces = [
            self._opened(Q(**{f"{self.path}__in": subjects[start : start + _AT_ONCE]}))
            for start in range(0, len(subjects), _AT_ONCE)
        ]
        return pl.concat(pieces) if pieces else pl.DataFrame(schema=dict(LINE))

    def _opened(self, which: Q) -> pl.DataFrame:
        return _frame(self.read(self.rows().filter(which).order_by(self.noted, "pk")), LINE)


def _frame(lines: Iterable[tuple[Any, ...]], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Rows as a frame, a piece at a time: as objects they take ten times the room."""
    waiting, pieces = iter(lines), []
    while piece := list(islice(waiting, _PIECE)):
        pieces.append(pl.DataFrame(piece, schema=dict(schema), orient="row"))
    return pl.concat(pieces) if pieces else pl.DataFrame(schema=dict(schema))


def _moment(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)


class _Opener:
    """Opens many sealed values of one field, each bound to its row, without looking for the key every time."""

    def __init__(self, context: str) -> None:
        self._context, self._keys = context, ring()
        self._ciphers: dict[int, AESGCM] = {}

    def __call__(self, key: UUID, sealed: bytes) -> dict[str, Any]:
        context = f"{self._context}:{key}"
        sealed = bytes(sealed)
        try:
            if sealed[0] != FORMAT:
                raise SealBroken(context)
            cipher = self._ciphers.get(sealed[1]) or self._cipher(sealed[1])
            opened = cipher.decrypt(sealed[2 : 2 + NONCE], sealed[2 + NONCE :], context.encode())
        except (InvalidTag, KeyError, IndexError, ValueError) as error:
            raise SealBroken(context) from error
        held: dict[str, Any] = json.loads(opened)
        return held

    def _cipher(self, number: int) -> AESGCM:
        made = self._ciphers[number] = AESGCM(self._keys.derived("seal", number))
        return made


def _facts(path: str) -> Callable[[QuerySet[Fact]], Iterator[tuple[Any, ...]]]:
    def read(rows: QuerySet[Fact]) -> Iterator[tuple[Any, ...]]:
        opened = _Opener(Fact.said.context)
        columns = ("pk", path, "said_sealed", "state", "noted_at", "valid_from", "valid_until")
        for key, subject, sealed, state, noted, since, until in rows.values_list(*columns).iterator(_PIECE):
            said = opened(key, sealed)
            value = _plain(said["value"])
            yield str(subject), "", str(said["name"]), state, value, _moment(noted), since, until

    return read


def _decisions(rows: QuerySet[Decision]) -> Iterator[tuple[Any, ...]]:
    opened = _Opener(Decision.verdict.context)
    columns = ("pk", "screening__person", "screening", "verdict_sealed", "decided_at")
    for key, person, screening, sealed, decided_at in rows.values_list(*columns).iterator(_PIECE):
        said = opened(key, sealed) or {}
        decided, code = said.get("decided", ""), said.get("type", "")
        yield str(person), str(screening), code, "known", decided, _moment(decided_at), None, None


def _plain(value: Any) -> str | None:
    """A value as one text: an estimated date is its two ends."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case {"earliest": earliest, "latest": latest}:
            return f"{earliest}|{latest}"
        case _:
            return str(value)


OF_HOMES = Source(
    "home", lambda: Fact.objects.filter(person=None), "household_id", "noted_at", _facts("household_id")
)
OF_PEOPLE = Source(
    "person", lambda: Fact.objects.filter(household=None), "person_id", "noted_at", _facts("person_id")
)
OF_WORKERS = Source("decision", Decision.objects.all, "screening__person", "decided_at", _decisions)
SOURCES = (OF_HOMES, OF_PEOPLE, OF_WORKERS)
