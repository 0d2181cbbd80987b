"""What an office does with its lists as a whole: take one out of the office."""

from __future__ import annotations

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.organisations.models import Organisation

# A page holds some twenty; more than this is not read on paper.
MOST_ON_PAPER = 2000


class TooLongForPaper(Refusal):
    """A list that nobody reads on paper."""


@action(Permission.ORGANISATION_EXPORT, tells=("form", "number", "filters"))
def take_out(where: Where, *, by: User, form: str, number: int, filters: str) -> None:
    """Record that a list leaves the office: in which form, how many bodies, narrowed to what.

    Raises TooLongForPaper.
    """
    if form == "pdf" and number > MOST_ON_PAPER:
        raise TooLongForPaper(
            _("Daftar ini terlalu panjang untuk PDF: %(number)s lembaga. Saring dahulu, atau unduh XLSX.")
            % {"number": number}
        )


@action(Permission.ORGANISATION_EDIT, tells=("form", "number"))
def take_own_help_out(organisation: Organisation, /, *, by: User, form: str, number: int) -> None:
    """Record that a body took the list of help that it received as a file."""
