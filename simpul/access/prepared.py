"""Large questions whose SQL is made once: building and compiling them takes far longer than their answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet
from django.utils import timezone

Asked = UUID | date | str


@dataclass(frozen=True, slots=True)
class _Made:
    """A question compiled: which of its parameters are given anew each time, as place, name, form of the value."""

    rows: QuerySet[Any, Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, str, int], ...]
    # What PostgreSQL prepares, once on each connection: planning these takes it longer than answering.
    planned: str


class Prepared:
    """A question that differs only in a few values from one time to the next.

    `build` takes the shape and the values by name, and gives a queryset. It is called once for each shape, with
    values that stand for others; whatever decides which conditions there are, such as a missing value,
    therefore belongs to the shape. Threads may share it: what is kept is only read.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._made: dict[Hashable, _Made] = {}

    def rows(self, *shape: Hashable, **values: Asked) -> list[Any]:
        """What the queryset gives for these values, asked of the database once."""
        # The zone stands in the SQL wherever a moment is read as a day.
        key = (connection.vendor, timezone.get_current_timezone_name(), shape, *values)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = _made(self._build, shape, values)
        params = list(made.params)
        for place, name, form in made.places:
            params[place] = _forms(values[name])[form]
        # Each time has a compiler of its own, because a connection belongs to its thread.
        compiler = copy(made.compiler)
        compiler.connection, compiler.as_sql = (
            connections[DEFAULT_DB_ALIAS],
            lambda *_, **__: (made.sql, params),
        )
        if made.planned:
            compiler.execute_sql = lambda *_, **__: _asked_of_a_plan(made, params)
        rows = made.rows.all()
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(rows)


def _made(
    build: Callable[..., QuerySet[Any, Any]], shape: tuple[Hashable, ...], values: dict[str, Asked]
) -> _Made:
    standing_for = {name: _stand_in(place, value) for place, (name, value) in enumerate(values.items())}
    rows = build(*shape, **standing_for)
    compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    compiler.connection = None
    # By type as well: a key as the database's own type and the same as text are told apart.
    forms = {
        (type(form), form): (name, number)
        for name, value in standing_for.items()
        for number, form in enumerate(_forms(value))
    }
    places = tuple(
        (place, *forms[type(value), value])
        for place, value in enumerate(params)
        if isinstance(value, UUID | date | str) and (type(value), value) in forms
    )
    _check(standing_for, sql, params, places)
    planned = _planned(sql, params, [place for place, _, _ in places]) if _prepares() else ""
    return _Made(rows, compiler, sql, tuple(params), places, planned)


def _prepares() -> bool:
    """Whether a connection keeps what it prepared: PostgreSQL's do, unless a pool hands them round."""
    threshold = connection.settings_dict["OPTIONS"].get("prepare_threshold")
    return connection.vendor == "postgresql" and threshold is not None


def _planned(sql: str, params: Any, given: list[int]) -> str:
    """The question as PostgreSQL numbers what is given anew, everything else written out."""
    at, number = count(), {place: f"${nth}" for nth, place in enumerate(given, 1)}
    numbered = re.sub(
        "%[%s]", lambda found: found[0] if found[0] == "%%" else number.get(next(at), "%s"), sql
    )
    kept = [value for place, value in enumerate(params) if place not in number]
    return str(connection.ops.compose_sql(numbered, kept))  # type: ignore[attr-defined]


def _asked_of_a_plan(made: _Made, params: list[Any]) -> list[list[tuple[Any, ...]]]:
    """The rows as a compiler gives them: in pieces, here one."""
    connection.ensure_connection()
    planned = _planning_cursor()(connection.connection)
    planned.question = made.planned, [params[place] for place, _, _ in made.places]
    with connection._prepare_cursor(planned) as cursor:  # type: ignore[attr-defined]
        cursor.execute(made.sql, params)
        return [cursor.fetchall()]


@cache
def _planning_cursor() -> Any:
    """A cursor that is told the question as Django writes it, and asks it as PostgreSQL prepared it."""
    from psycopg import RawCursor

    class PlanningCursor(RawCursor[Any]):
        question: tuple[str, list[Any]]

        def execute(self, query: Any, params: Any = None, **_told: Any) -> Any:
            return super().execute(*self.question, prepare=True)

    return PlanningCursor


def _check(
    standing_for: dict[str, Asked], sql: str, params: Any, places: tuple[tuple[int, str, int], ...]
) -> None:
    """A value that is not given anew would answer about nobody, or about somebody else."""
    given = {place for place, _, _ in places}
    kept = [sql, *(str(value) for place, value in enumerate(params) if place not in given)]
    for name, value in standing_for.items():
        hidden = any(str(form) in text for form in _forms(value) for text in kept)
        if hidden or name not in {found for _, found, _ in places}:
            raise ValueError(f"The value of {name} cannot be given anew in this question.")


def _stand_in(place: int, value: Asked) -> Asked:
    """Something of the same type that stands nowhere else."""
    if isinstance(value, UUID):
        return uuid5(NAMESPACE_OID, f"stands for {place}")
    if isinstance(value, date):
        return date.min + timedelta(days=place)
    return f"<{place}>"


def _forms(value: Asked) -> tuple[Any, ...]:
    """A value as the databases take it: by its own type, or as text."""
    if isinstance(value, UUID):
        return value, value.hex, str(value)
    return (value, value.isoformat()) if isinstance(value, date) else (value,)
