"""Words of the catalogue of services in templates, and numbers as a telephone dials them."""

from __future__ import annotations

import re

from django.template import Library
from django.utils.translation import get_language

from simpul.catalogue import services as catalogue
from simpul.catalogue.casework import Entry
from simpul.catalogue.services import Emergency
from simpul.services.models import Service
from simpul.services.queries.open_words import OpenWords
from simpul.services.queries.open_words import open_name as open_name_of
from simpul.services.queries.open_words import open_words as open_words_of

register = Library()
_NOT_DIALLED = re.compile(r"[^0-9+]")


@register.filter
def entry_title(entry: Entry) -> str:
    """What an entry is called, in the language of the page."""
    return str(entry.title.in_language(get_language() or "id"))


@register.filter
def entry_about(entry: Entry) -> str:
    """Its explanation in the language of the page."""
    return str(entry.about.in_language(get_language() or "id"))


@register.filter
def dialled(phone: str) -> str:
    """A number without spaces and dashes, for a link that a telephone dials; of several the first."""
    return _NOT_DIALLED.sub("", re.split(r"[/,;]", phone, maxsplit=1)[0])


@register.filter
def open_name(service: Service) -> str:
    """Its name as whoever does not keep it may read it. The service comes with its organisation."""
    return open_name_of(service)


@register.filter
def open_words(service: Service) -> OpenWords:
    """All its words as whoever does not keep it may read them, without its hours."""
    return open_words_of(service)


@register.simple_tag
def emergency_numbers() -> tuple[Emergency, ...]:
    """The numbers to call in danger, for pages that no view of this subject makes."""
    return catalogue.emergencies()
