"""Questions in addresses: a keyed code, because an address stays in the history of a browser and in logs."""

from __future__ import annotations

from simpul.access.secrets import blind_index
from simpul.catalogue import facts as catalogue_facts

CODE_LENGTH = 16


def question_code(name: str) -> str:
    """The code of a fact. It is made with this installation's key and tells nobody else what is asked."""
    return blind_index(name, "screening.question").hex()[:CODE_LENGTH]


def question_called(code: str) -> str | None:
    """The fact that has this code; None for none."""
    return next((name for name in catalogue_facts.all_facts() if question_code(name) == code), None)
