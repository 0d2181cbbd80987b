"""Where people live and with whom: homes, and moving between them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where, is_within_reach
from simpul.access.refusal import Clash, Refusal
from simpul.access.rows import KeyTaken
from simpul.people.actions.record import (
    TEXT_LENGTH,
    OutOfReach,
    _choice,
    _set_kk,
    _set_region,
    _text,
)
from simpul.people.models import Consent, Fact, Household, Moving, Person, Relation
from simpul.people.queries import require_nobody_limited, require_not_limited


class MoveUnclear(Refusal):
    """Somebody moves away and others live there: who goes along was not told."""


@action(Permission.PERSON_REGISTER)
def register_household(
    where: Where, /, *, by: User, key: UUID, at: datetime, address: str = "", kk: str = ""
) -> Household:
    """A home whose people are registered next. A repeated key gives the same home again."""
    found: Household | None = Household.objects.filter(pk=key).first()
    if found is not None:
        if not is_within_reach(found, by, Permission.PERSON_REGISTER):
            raise KeyTaken
        return found
    return _new_household(where.organisation, where.region, key=key, address=address, kk=kk, at=at)


@action(Permission.PERSON_EDIT)
def edit_household(
    household: Household, /, *, by: User, version: int, address: str | None = None, kk: str | None = None
) -> Household:
    """Change the address or the family card number of a household; None leaves it as it is."""
    require_nobody_limited(household)
    current: Household = Household.objects.select_for_update().get(pk=household.pk)
    if current.version != version:
        raise Clash(_("Alamat"), str(current.address or ""), str(address or ""))
    if address is not None:
        current.address = _text(address, _("Alamat"), TEXT_LENGTH) or None
    if kk is not None:
        _set_kk(current, kk)
    current.version += 1
    current.save()
    return current


@action(Permission.PERSON_EDIT)
def move_household(household: Household, /, *, by: User, region: str) -> Household:
    """Everybody who lives there moves to another village together. Who lives elsewhere already stays there."""
    require_nobody_limited(household)
    current: Household = Household.objects.select_for_update().get(pk=household.pk)
    before = current.region
    for member in current.members.select_for_update().filter(region=before):
        _require_reach(member, region, by)
        _set_region(member, region)
        member.version += 1
        member.save()
        _take_along(member)
    _set_region(current, region)
    current.version += 1
    current.save()
    Fact.objects.filter(household=current).update(region=region)
    return current


@action(Permission.PERSON_EDIT)
def change_household(
    person: Person,
    /,
    *,
    by: User,
    version: int,
    household: Household | None,
    key: UUID,
    at: datetime,
    relation_to_head: str = "",
) -> Person:
    """Somebody goes to live with others, or (None) in a home of their own that gets `key`.

    The village of the new home is theirs from now on. What was said about the old home stays with it. Raises
    Clash when somebody saved another version after `version`.
    """
    current: Person = Person.objects.select_for_update().get(pk=person.pk)
    if current.household_id == (household.pk if household else key):
        return current
    require_not_limited(current)
    if current.version != version:
        raise Clash(
            _("Rumah tangga"),
            _names(current.household.members.all()),
            _names(household.members.all()) if household else _("rumah tangga sendiri"),
        )
    if household is not None:
        _join(current, household, by)
    else:
        current.household = _new_household(current.organisation, current.region, key=key, at=at)
    current.relation_to_head = _choice(
        relation_to_head, Relation.values, _("hubungan dengan kepala keluarga")
    )
    current.version += 1
    current.save()
    _take_along(current)
    return current


def _join(person: Person, household: Household, by: User) -> None:
    if not is_within_reach(household, by, Permission.PERSON_EDIT):
        raise OutOfReach(
            _("Rumah tangga itu di luar jangkauan Anda. Pilih rumah tangga lain atau buat yang baru.")
        )
    if household.region and household.region != person.region:
        _require_reach(person, household.region, by)
        _set_region(person, household.region)
    person.household = household


def _move(person: Person, before: str, who: str, *, by: User, at: datetime) -> None:
    """After somebody's village changed: the home follows, or stays with the others. The caller saves."""
    home = person.household
    if not before and home.region:
        return
    others = home.members.exclude(pk=person.pk).exists()
    if others and before and who not in Moving.values:
        raise MoveUnclear(
            _("Ada yang tinggal serumah dengan orang ini. Pilih siapa yang pindah: semuanya, atau ia saja.")
        )
    if others and who == Moving.ALONE:
        key = uuid5(person.pk, f"household {person.version}")
        person.household = _new_household(person.organisation, person.region, key=key, at=at)
        person.relation_to_head = ""
    else:
        person.household = move_household(home, by=by, region=person.region)


def _new_household(
    organisation: UUID | None, region: str, *, key: UUID, at: datetime, address: str = "", kk: str = ""
) -> Household:
    household = Household(id=key, organisation=organisation, registered_at=at)
    _set_region(household, region)
    household.address = _text(address, _("Alamat"), TEXT_LENGTH) or None
    _set_kk(household, kk)
    household.save(force_insert=True)
    return household


def _take_along(person: Person) -> None:
    """The reach of what was agreed and said follows the person; what it says never changes."""
    for rows in (Consent.objects, Fact.objects):
        rows.filter(person=person).update(region=person.region)


def _require_reach(person: Person, region: str, by: User) -> None:
    if not is_within_reach(Where(person.organisation, region), by, Permission.PERSON_EDIT):
        raise OutOfReach(
            _(
                "Desa itu di luar wilayah kerja Anda. Orang yang pindah diserahkan kepada petugas di sana, tidak dipindahkan sendiri."
            )
        )


def _names(people: Iterable[Person]) -> str:
    return ", ".join(person.name for person in people)
