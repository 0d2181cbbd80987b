"""The sources of help of the example office: six invented volunteers and bodies, from sources.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from simpul.access.models import User
from simpul.access.reach import Where
from simpul.commands.demo.deeds import Deed, put_days
from simpul.commands.demo.office import key_of, organisation_key, read
from simpul.organisations.actions.sources import answer_criteria, register_source
from simpul.organisations.actions.sources_life import agree_to_listing
from simpul.organisations.actions.sources_papers import add_hours, add_training
from simpul.organisations.models import Organisation, Source


def steps(today: date, users: Mapping[str, User]) -> list[Callable[[], None]]:
    """One step for each source of help."""
    told = read("sources.toml")
    return [
        partial(_tell, Deed(number, users, today, put_days({**told["all"], **row}, today)))
        for number, row in enumerate(told["source"])
    ]


def _tell(deed: Deed) -> None:
    told = deed.told
    source = _registered(deed)
    if "answers" in told:
        answer_criteria(source, by=deed.by, version=source.version, answers=told["answers"], on=deed.on())
    for number, training in enumerate(told.get("trainings", ())):
        add_training(source, by=deed.by, key=_key(deed, "training", number), **training, **deed.when())
    for number, (ago, hours) in enumerate(told.get("hours", ())):
        add_hours(
            source,
            by=deed.by,
            key=_key(deed, "hours", number),
            given_on=deed.today - timedelta(days=ago),
            hours=Decimal(hours),
            activity=told["activity"],
            **deed.when(),
        )
    if "agrees" in told:
        agree_to_listing(source, by=deed.by, key=_key(deed, "agrees", 0), **told["agrees"], **deed.when())


def _registered(deed: Deed) -> Source:
    told = deed.told
    details: dict[str, Any] = {"name": told["name"], **told["details"]}
    at_home = organisation_key(told["through"]) if "through" in told else None
    if at_home is not None:
        details["organisation"] = Organisation.objects.get(pk=at_home)
    return register_source(
        Where(organisation=at_home, region=told["region"]),
        by=deed.by,
        key=key_of("source", told["key"]),
        type_code=told["type"],
        details=details,
        **deed.when(),
    )


def _key(deed: Deed, what: str, number: int) -> UUID:
    return key_of("source", deed.told["key"], what, str(number))
