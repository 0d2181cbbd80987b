"""Keys of what has no row of its own: the same thing has the same key on every day and in every office."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID, uuid5

# Drawn once for Simpul's HSDS keys. Never changed: other registers keep what was made from it.
NAMESPACE = UUID("6f1c5a0e-8d0b-5e0c-9f56-3a1d0b6b7c30")


# A page holds some thousand of them, mostly those of the page before.
@lru_cache(maxsize=32_768)
def key_of(kind: str, *parts: object) -> str:
    """The key of a part of something: `kind` is a table of the standard, `parts` what makes it one of its kind."""
    return str(uuid5(NAMESPACE, "/".join([kind, *map(str, parts)])))
