"""Names of bodies and services in the memory of this process, looked through with slips of typing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Sum

from simpul.access.kept import Kept
from simpul.engines.matching.letters import Letters
from simpul.organisations.models import Organisation
from simpul.organisations.queries.bodies import is_place_secret
from simpul.organisations.queries.secret_words import open_text
from simpul.services.models import Service

Named = Iterable[tuple[UUID, str]]


class Names:
    """An index made once, and anew when `stand` tells that the table is another.

    Whether anything was changed at all is asked of the record of events first: most of the time nothing was, and then
    not even the table is counted. Inside a transaction nothing is kept, as in `Kept`.
    """

    def __init__(self, stand: Callable[[], Hashable], rows: Callable[[], Named]) -> None:
        self._stand, self._rows = stand, rows
        self._kept = Kept()
        self._held: tuple[Hashable, Letters[UUID]] | None = None

    def letters(self) -> Letters[UUID]:
        """The names as they are now."""
        if connection.in_atomic_block:
            return Letters(self._rows())
        stand, held = self._kept.answer("stand", self._stand), self._held
        if held is None or held[0] != stand:
            # Two threads may make it at once: one of them for nothing, both the same.
            held = self._held = (stand, Letters(self._rows()))
        return held[1]


def _stand_of_bodies() -> Hashable:
    told = Organisation.objects.aggregate(Count("pk"), Sum("version"))
    return (*told.values(), *_ends(Organisation))


def _bodies() -> Named:
    rows = Organisation.objects.order_by("name", "pk").values_list("pk", "name", "short_name")
    return [(key, f"{name} {short}") for key, name, short in rows]


def _stand_of_services() -> Hashable:
    told = Service.objects.aggregate(Count("pk"), Sum("version"), Max("modified_at"))
    return (*told.values(), *_ends(Service))


def _ends(model: type[Organisation] | type[Service]) -> tuple[UUID | None, UUID | None]:
    """The first and the last key, so that another database with as many rows is not taken for the same."""
    keys = model.objects.order_by("pk").values_list("pk", flat=True)
    return keys.first(), keys.last()


def _services() -> Named:
    # All services: an owner finds a draft too. Who may see which is for the question after this to say.
    fields = ("name", "alternate_name", *(f"organisation__{name}" for name in _OF_A_BODY))
    rows = Service.objects.select_related("organisation").only(*fields).order_by("name", "pk")
    return [(row.pk, _said(row)) for row in rows]


_OF_A_BODY = ("name", "short_name", "kind", "region", "address", "is_address_secret")


def _said(service: Service) -> str:
    """Its names and its body's. A word by which a secret place is found leads there as well as one that is read."""
    body = service.organisation
    words = (service.name, service.alternate_name, body.name, body.short_name)
    if is_place_secret(body):
        return " ".join(open_text(body, one) for one in words if one)
    return " ".join(one for one in words if one)


BODIES = Names(_stand_of_bodies, _bodies)
SERVICES = Names(_stand_of_services, _services)
