"""The aspects that a programme's instrument measures, in words."""

from __future__ import annotations

from django.utils.translation import get_language

from simpul.instruments.queries import find
from simpul.programmes.models import Programme


def aspects_of(programme: Programme) -> list[tuple[str, str]]:
    """Code and title of each aspect, in the instrument's order; none while no instrument is chosen."""
    if not programme.instrument or programme.instrument_version is None:
        return []
    instrument = find(programme.instrument, programme.instrument_version)
    language = get_language() or "id"
    return [(domain.code, domain.title.in_language(language)) for domain in instrument.domains]
