"""The services of the invented bodies of the example office, from services.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from uuid import UUID

from simpul.access.models import User
from simpul.commands.demo.deeds import Deed
from simpul.commands.demo.office import key_of, read
from simpul.services.actions.areas import set_areas
from simpul.services.actions.hours import add_hours
from simpul.services.actions.listing import add_service, change_service, open_service
from simpul.services.actions.places import add_place
from simpul.services.actions.room import confirm_listing
from simpul.services.models import Service


def steps(today: date, users: Mapping[str, User]) -> list[Callable[[], None]]:
    """One step for each listing."""
    told = read("services.toml")
    return [
        partial(_tell, Deed(number, users, today, {**told["all"], **row}))
        for number, row in enumerate(told["service"])
    ]


def service_key(body: str, name: str) -> UUID:
    return key_of("service", body, name)


def service_named(told: tuple[str, str]) -> Service:
    """A listing by its body and the name that the story gives it, as it stands now."""
    found: Service = Service.objects.select_related("organisation").get(pk=service_key(*told))
    return found


def _tell(deed: Deed) -> None:
    service = _written(deed)
    open_service(service, by=deed.by, **deed.when(minutes=60))
    confirmed = deed.when(deed.ago - deed.told["confirmed"], minutes=90)
    confirm_listing(service, by=deed.by, free=deed.told.get("free"), **confirmed)


def _written(deed: Deed) -> Service:
    """A draft with all its parts, its places, hours and areas."""
    told, at = deed.told, deed.when()["at"]
    key = service_key(told["of"], told["name"])
    service = add_service(deed.body, by=deed.by, key=key, at=at, values=told["what"])
    for part, values in told["parts"].items():
        service = change_service(
            service, by=deed.by, version=service.version, part=part, values=values, at=at
        )
    for number, place in enumerate(told["places"]):
        add_place(service, by=deed.by, key=deed.key("place", str(number)), at=at, values=place)
    for number, hours in enumerate(told["hours"]):
        add_hours(service, by=deed.by, key=deed.key("hours", str(number)), at=at, values=hours)
    return set_areas(service, by=deed.by, seen=[], codes=told["areas"], at=at)
