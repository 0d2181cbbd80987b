"""What a listing repeats for lists and searches: its region, and the words by which it is found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from simpul.catalogue import casework
from simpul.catalogue import services as catalogue
from simpul.organisations.queries.secret_words import open_text
from simpul.places.models import PROVINCE_SIGNS
from simpul.services.models import Place, Service
from simpul.services.queries.places import first_region, places_of

_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def derive(service: Service, places: Iterable[Place] | None = None) -> None:
    """Sets `region`, `province` and `searched` on the row, which is not saved here.

    Whoever changes a listing or its places calls this, and raises `modified_at` and `version` along with it.
    """
    rows = places_of([service])[service.pk] if places is None else places
    service.region = first_region(rows, service.organisation)
    service.province = service.region[:PROVINCE_SIGNS]
    service.searched = searched_words(service)


def searched_words(service: Service) -> str:
    """Every word by which somebody may look for it, in small letters, each once."""
    body = service.organisation
    kinds = {kind.code: kind for kind in casework.service_kinds()}
    kind = kinds.get(service.kind)
    own = (service.name, service.alternate_name, body.name, body.short_name, service.about)
    # A word by which a secret place is found leads there as well as one that is read.
    told = [open_text(body, words) for words in own]
    told += [kind.title.id, kind.about.id] if kind else []
    for code in service.situations:
        if situation := catalogue.situation(code):
            told += [situation.title.id, situation.about.id]
    return " ".join(dict.fromkeys(plain(" ".join(told)).split()))


def plain(text: str) -> str:
    """Small letters and digits with single spaces: for what is searched and for what somebody types."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_WORDS.sub(" ", letters).strip()
