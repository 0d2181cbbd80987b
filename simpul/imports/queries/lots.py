"""Many rows in lots: a database takes so many at once."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
LOT = 1_000


def lots(rows: Iterable[T], size: int = LOT) -> Iterator[list[T]]:
    """The rows in lots of at most so many."""
    held: list[T] = []
    for row in rows:
        held.append(row)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held


@contextmanager
def unswept() -> Iterator[None]:
    """While a large file is in memory, nobody looks through all of it for rubbish again and again: there is none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
