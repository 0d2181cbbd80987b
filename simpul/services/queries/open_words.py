"""The texts of a listing as everybody may read them: without those that would give a secret place away.

Words are checked when they are written, but a body may become secret long after that: then they are held back here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.catalogue import casework
from simpul.organisations.queries.bodies import is_place_secret
from simpul.organisations.queries.secret_words import open_text, tells_place
from simpul.services.models import Hours, Service
from simpul.services.queries.hours import words_of
from simpul.services.queries.parts import PARTS


@dataclass(frozen=True, slots=True)
class OpenWords:
    """Every free text of one listing that is told to everybody; empty where it is held back.

    The name is never empty: in its stead stands the kind of help.
    """

    name: str
    alternate_name: str
    about: str
    rule_words: str
    cost_words: str
    papers: tuple[str, ...]
    procedure: str
    alert: str
    contact_name: str
    website: str
    hours: tuple[str, ...]


def kind_words(code: str) -> str:
    """A kind of help in words; the code where the catalogue has it no more."""
    language = get_language() or "id"
    titles = {kind.code: str(kind.title.in_language(language)) for kind in casework.service_kinds()}
    return titles.get(code, code)


def open_words(service: Service, hours: Iterable[Hours] = ()) -> OpenWords:
    """What may be told of a listing. The service comes with its organisation."""
    rows = list(hours)
    words = _opening(service, rows)
    return OpenWords(
        name=words(service.name) or kind_words(service.kind),
        alternate_name=words(service.alternate_name),
        about=words(service.about),
        rule_words=words(service.rule_words),
        cost_words=words(service.cost_words),
        papers=tuple(paper for paper in service.papers if words(paper)),
        procedure=words(service.procedure),
        alert=words(service.alert),
        contact_name=words(service.contact_name),
        website=words(service.website),
        hours=tuple(words_of(rows, words)),
    )


def open_name(service: Service) -> str:
    """What a listing is called to whoever does not keep it: its kind of help where its name is held back."""
    return open_text(service.organisation, service.name) or kind_words(service.kind)


def held_back(service: Service, hours: Iterable[Hours] = ()) -> list[tuple[str, str]]:
    """For the owner: the part and the label of each field whose words nobody else is told."""
    rows = list(hours)
    words = _opening(service, rows)
    if words is str:
        return []
    told = [
        (part.code, str(field.label))
        for part in PARTS.values()
        for field in part.fields
        if any(one and not words(one) for one in _lines(getattr(service, field.name)))
    ]
    is_in_hours = any(row.words and not words(row.words) for row in rows)
    return [*told, ("hours", _("Jam buka"))] if is_in_hours else told


def _lines(value: Any) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, str)]


def _opening(service: Service, hours: Iterable[Hours]) -> Callable[[str], str]:
    """What opens one text. All texts are looked at together first: most tell nothing, and each look asks once."""
    body = service.organisation
    if not is_place_secret(body) or not tells_place(body, "\n".join(_texts(service, hours))):
        return str
    return lambda text: open_text(body, text)


def _texts(service: Service, hours: Iterable[Hours]) -> list[str]:
    return [
        service.name,
        service.alternate_name,
        service.about,
        service.rule_words,
        service.cost_words,
        *service.papers,
        service.procedure,
        service.alert,
        service.contact_name,
        service.website,
        *(row.words for row in hours),
    ]
