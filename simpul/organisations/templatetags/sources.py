"""Words of the catalogue on pages about sources of help."""

from __future__ import annotations

from django.template import Library
from django.utils.translation import get_language

from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.text import Text
from simpul.organisations.queries.sources_list import type_name

register = Library()


@register.filter
def text_of(text: Text | None) -> str:
    """A text of the catalogue in the language of this page; nothing for nothing."""
    return text.in_language(get_language() or "id") if text else ""


@register.filter
def sureness_of(mark: str) -> str:
    """How sure we are of a text, in words."""
    return text_of(catalogue_facts.verified_label(mark)) if mark else ""


@register.filter
def type_of(code: str) -> str:
    """The name of a type of source of help."""
    return type_name(code, get_language() or "id")
