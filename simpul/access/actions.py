"""What can be done with users, their rights and the keys."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from simpul.access import chain, rotation
from simpul.access.files import amiss
from simpul.access.gate import Machine, action, require
from simpul.access.models import Grant, User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.access.roles import NEAR_PEOPLE, PUBLIC, ROLES, Role

# Ministry of Home Affairs codes: province, regency, district, village, with dots between.
_REGION = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")


class UsernameRefused(Refusal):
    """The name to sign in with is taken or cannot be one."""


class NameMissing(Refusal):
    """A user needs the name that colleagues know."""

    def __init__(self) -> None:
        super().__init__(_("Nama belum diisi. Tulis nama orangnya seperti rekan-rekan mengenalnya."))


class WeakPassword(Refusal):
    """The password would be guessed. Says why."""


class UnknownRole(Refusal):
    """No such role, or one that needs no account."""

    def __init__(self, role: str) -> None:
        known = ", ".join(f"{held.name} ({held.display})" for held in ROLES.values() if held is not PUBLIC)
        super().__init__(
            _("Peran “%(role)s” tidak dapat diberikan. Pilih salah satu: %(known)s.")
            % {"role": role, "known": known}
        )


class PlaceNeeded(Refusal):
    """A role near people holds somewhere, never everywhere."""

    def __init__(self, role: Role) -> None:
        super().__init__(
            _("Peran %(role)s membuka data orang, jadi harus disertai lembaga atau wilayah kerja.")
            % {"role": role.display}
        )


class RegionRefused(Refusal):
    """Not the code of a province, regency, district or village."""

    def __init__(self, region: str) -> None:
        super().__init__(
            _("“%(region)s” bukan kode wilayah. Tulis dengan titik, misalnya 21.02 atau 21.02.01.")
            % {"region": region}
        )


class OwnGrant(Refusal):
    """Nobody gives rights to themselves."""

    def __init__(self) -> None:
        super().__init__(_("Anda tidak dapat memberi hak kepada diri sendiri. Mintalah pengelola lain."))


@action(Permission.USER_MANAGE, tells=("username", "role", "organisation", "region"))
def add_user(
    where: Where,
    /,
    *,
    by: User | Machine,
    username: str,
    name: str,
    password: str,
    role: str,
    organisation: UUID | None = None,
    region: str = "",
) -> User:
    """A new person who signs in, with one role in one place (`where`, when none is named).

    Raises UsernameRefused, NameMissing, WeakPassword, UnknownRole, PlaceNeeded, RegionRefused.
    """
    place = Where(organisation or where.organisation, region or where.region)
    user = User(username=_checked_username(username), name=name.strip())
    if not user.name:
        raise NameMissing
    granted = _checked_grant(user, role, place, by)
    _set_password(user, password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise UsernameRefused(_taken(user.username)) from error
    granted.save()
    return user


@action(Permission.USER_MANAGE, tells=("user", "role"))
def grant(where: Where, /, *, by: User | Machine, user: User, role: str) -> Grant:
    """Give somebody a role in a place. Given twice it is one grant.

    Raises OwnGrant, UnknownRole, PlaceNeeded, RegionRefused.
    """
    if by.pk == user.pk:
        raise OwnGrant
    granted = _checked_grant(user, role, where, by)
    standing: Grant | None = user.grants.filter(
        role=role, organisation=where.organisation, region=where.region, withdrawn_at=None
    ).first()
    if standing is not None:
        return standing
    granted.save()
    user.forget_grants()
    return granted


@action(Permission.USER_MANAGE)
def withdraw_grant(granted: Grant, /, *, by: User | Machine, at: datetime, because: str = "") -> Grant:
    """Take a role away. That it once stood is kept."""
    if granted.withdrawn_at is None:
        granted.withdrawn_at = at
        granted.save(update_fields=["withdrawn_at"])
        granted.user.forget_grants()
    return granted


@action(Permission.USER_MANAGE)
def change_password(user: User, /, *, by: User | Machine, password: str) -> User:
    """Set a new password for somebody who lost theirs; where they are signed in, they are signed out.

    Raises WeakPassword.
    """
    _set_password(user, password)
    user.save(update_fields=["password"])
    return user


@action(Permission.USER_MANAGE)
def deactivate(user: User, /, *, by: User | Machine, at: datetime, because: str = "") -> User:
    """Close an account: no signing in, and every role withdrawn. What the person did stays recorded."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.grants.filter(withdrawn_at=None).update(withdrawn_at=at)
    user.forget_grants()
    return user


@action(Permission.KEYS_ROTATE)
def rotate_keys(where: Where, /, *, by: User | Machine) -> int:
    """Add a fresh key, with its number as the answer; then everything sealed is sealed again with it.

    Killed in between, nothing is lost: `rotation.reseal_all` goes on where this stopped.
    Raises KeysUnwritable.
    """
    # Of two rotations at once, one would overwrite the key that the other has begun to seal with.
    chain.one_at_a_time()
    ring = settings.SIMPUL_KEYS.current().rotated()
    ring.write()
    # After the commit, because each piece is a transaction of its own.
    transaction.on_commit(rotation.reseal_all)
    return int(ring.active)


def _checked_username(username: str) -> str:
    wanted = User.normalize_username(username.strip()).lower()
    field = User._meta.get_field("username")
    try:
        field.clean(wanted, None)
    except ValidationError as error:
        raise UsernameRefused(
            _("Nama pengguna hanya boleh huruf, angka dan tanda @ . + - _ tanpa spasi, paling banyak 150.")
        ) from error
    if User.objects.filter(username__iexact=wanted).exists():
        raise UsernameRefused(_taken(wanted))
    return wanted


def _taken(username: str) -> str:
    return _("Nama pengguna “%(username)s” sudah dipakai. Pilih yang lain.") % {"username": username}


def _checked_grant(user: User, role: str, place: Where, by: User | Machine) -> Grant:
    found = ROLES.get(role)
    if found is None or found is PUBLIC:
        raise UnknownRole(role)
    if place.region and not _REGION.fullmatch(place.region):
        raise RegionRefused(place.region)
    if role in NEAR_PEOPLE and place.organisation is None and not place.region:
        raise PlaceNeeded(found)
    # Nobody gives what lies beyond their own reach.
    require(by, Permission.USER_MANAGE, place)
    return Grant(user=user, role=role, organisation=place.organisation, region=place.region)


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error
    user.set_password(password)


@action(Permission.SYSTEM_MANAGE)
def note_restored(where: Where, /, *, by: User | Machine, because: str) -> None:
    """Record that all data are those of a backup, `because` says of which; the file of the record goes on anew."""


@action(Permission.SYSTEM_MANAGE)
def sweep_files(where: Where, /, *, by: User | Machine, at: datetime) -> int:
    """Destroy files that belong to no row, of a write that was broken off. Gives how many.

    Only what is older than a day, because the row of a fresh one may still be on its way.
    """
    before = (at - timedelta(days=1)).timestamp()
    old = [path for path in amiss().strays if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
