"""How the secrets of one-time codes and recovery codes lie in the database: sealed, as text."""

from __future__ import annotations

import base64

from simpul.access.secrets import SealBroken, is_under_active_key, seal, unseal

# The library hands over the text alone, so it can be bound to its kind but not to its row.
CONTEXT = "second_factor"
MARK = "sealed:"


def sealed_text(text: str) -> str:
    return MARK + base64.b64encode(seal(text, CONTEXT)).decode()


def opened_text(held: str) -> str:
    """Raises SealBroken for anything that we did not seal."""
    return unseal(_bytes(held), CONTEXT)


def is_old_text(held: str) -> bool:
    """Whether this is sealed, and by a key that is no longer the active one."""
    return held.startswith(MARK) and not is_under_active_key(_bytes(held))


def _bytes(held: str) -> bytes:
    if not held.startswith(MARK):
        raise SealBroken(CONTEXT)
    return base64.b64decode(held.removeprefix(MARK))
