"""By which lists the register may be judged: those of Simpul, and to try them those of the office."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from simpul.catalogue import editions
from simpul.catalogue.editions import Edition
from simpul.catalogue.own import OwnList, own_lists
from simpul.screening.queries import judgeable_editions

# In the data folder of the office.
FOLDER = "editions"


def lists_of_office() -> tuple[OwnList, ...]:
    """The lists that the office keeps in its data folder, also those that cannot be tried."""
    return own_lists(Path(settings.DATA) / FOLDER)


def lists_with_rules() -> tuple[Edition, ...]:
    """Every list by which somebody can be judged, the office's own last."""
    return (*judgeable_editions(), *(own.edition for own in lists_of_office() if own.edition))


def list_called(code: str) -> Edition:
    """The list of that code, of Simpul or of the office. KeyError if there is none."""
    for own in lists_of_office():
        if own.edition and own.code == code:
            return own.edition
    return editions.get(code)
