"""By which scheme a body is judged: the catalogue's and those that an office entered itself."""

from __future__ import annotations

from datetime import date

from simpul.access.reach import within
from simpul.accreditation.models import Accreditation, OwnScheme
from simpul.catalogue import accreditation as catalogue
from simpul.catalogue.accreditation import Scheme
from simpul.organisations.models import Organisation


def scheme_of(accreditation: Accreditation) -> Scheme:
    """The scheme as it stood when the run began, whatever became of it since."""
    return catalogue.from_words(accreditation.scheme_words)


def schemes_for(organisation: Organisation, on: date) -> tuple[Scheme, ...]:
    """The schemes in force for this body on that day, usable or not: an office's own first.

    A scheme of the catalogue is left out where the office entered its own under the same code or name of the
    regulation.
    """
    own = tuple(
        catalogue.from_words(row.words)
        for row in OwnScheme.objects.filter(valid_from__lte=on).order_by("-valid_from", "code")
        if _is_open(row, on) and (not row.region or within(str(organisation.region), row.region))
    )
    own = tuple(scheme for scheme in own if scheme.holds_on(on))
    named = {scheme.code for scheme in own} | {scheme.regulation for scheme in own}
    shipped = tuple(
        scheme
        for scheme in catalogue.in_force(on)
        if scheme.code not in named and scheme.regulation not in named
    )
    return own + shipped


def _is_open(row: OwnScheme, on: date) -> bool:
    return row.closed_on is None or on < row.closed_on
