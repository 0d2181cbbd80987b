"""`simpul user`: who may sign in, as what, and where."""

from __future__ import annotations

import getpass
import sys
import uuid
from argparse import Namespace

from django.utils import timezone

from simpul.access import actions
from simpul.access.gate import THE_MACHINE
from simpul.access.models import Grant, User
from simpul.access.queries import user_called
from simpul.access.reach import Where
from simpul.access.roles import PUBLIC, ROLES
from simpul.commands.language import _
from simpul.commands.stop import DONE, USAGE, Stop
from simpul.commands.terminal import err, out, table
from simpul.organisations.models import Organisation
from simpul.places import queries as places


def run(options: Namespace) -> int:
    steps = {
        "add": add,
        "list": list_users,
        "roles": list_roles,
        "password": password,
        "deactivate": deactivate,
    }
    return steps[options.step](options)


def add(options: Namespace) -> int:
    """A new user, or one more role for somebody who is there already."""
    where = Where(organisation_named(options.organisation), region_named(options.region))
    if where == Where() and not options.everywhere:
        raise Stop(_("Sebutkan tempat hak itu berlaku: --organisation, --region, atau --everywhere."), USAGE)
    user = User.objects.filter(username__iexact=options.username).first()
    if user is None:
        user = actions.add_user(
            where,
            by=THE_MACHINE,
            username=options.username,
            name=options.name or options.username,
            password=typed_password(from_stdin=options.password_stdin),
            role=options.role,
        )
    else:
        actions.grant(where, by=THE_MACHINE, user=user, role=options.role)
    sentence = _("%(name)s dapat masuk sebagai %(role)s dengan nama pengguna %(username)s.")
    err().print(sentence % {"name": user, "role": ROLES[options.role].display, "username": user.username})
    return DONE


def organisation_named(text: str) -> uuid.UUID | None:
    """The one organisation of that key or name. Raises Stop when there is none, or more than one."""
    if not text:
        return None
    try:
        found = list(Organisation.objects.filter(pk=uuid.UUID(text)))
    except ValueError:
        named = Organisation.objects.filter(name__icontains=text) | Organisation.objects.filter(
            short_name__iexact=text
        )
        found = list(named.order_by("name")[:6])
    if not found:
        raise Stop(_("Tidak ada lembaga bernama %s. Daftarkan dulu lembaganya di halaman Lembaga.") % text)
    if len(found) > 1:
        raise Stop(
            _("Ada beberapa lembaga: %s. Tulis namanya lebih lengkap.")
            % "; ".join(each.name for each in found)
        )
    return found[0].pk


def region_named(code: str) -> str:
    if code and places.is_loaded() and not places.is_known(code):
        raise Stop(_("Wilayah %s tidak ada. Cari kodenya: simpul regions find NAMA") % code)
    return code


def typed_password(*, from_stdin: bool) -> str:
    """Asked twice at the keyboard, never echoed and never an argument, where others on the machine could read it."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise Stop(_("Kata sandi tidak dapat ditanyakan di sini. Pakai --password-stdin."), USAGE)
    first = getpass.getpass(_("Kata sandi: "))
    if first != getpass.getpass(_("Sekali lagi: ")):
        raise Stop(_("Kedua kata sandi tidak sama. Tidak ada yang diubah."))
    return first


def list_users(_options: Namespace) -> int:
    users = User.objects.prefetch_related("grants").order_by("username")
    shown = table(_("Nama pengguna"), _("Nama"), _("Peran"), _("Di mana"), _("Keadaan"))
    organisations = dict(Organisation.objects.values_list("pk", "name"))
    for user in users:
        standing = [grant for grant in user.grants.all() if grant.withdrawn_at is None]
        state = _("aktif") if user.is_active else _("ditutup")
        for place, grant in enumerate(standing or [None]):
            first = (user.username, user.name) if place == 0 else ("", "")
            role = str(ROLES[grant.role].display) if grant else _("belum ada")
            where = where_in_words(grant, organisations) if grant else ""
            shown.add_row(*first, role, where, state if place == 0 else "")
    if not users:
        err().print(_("Belum ada pengguna. Tambah: simpul user add --help"))
        return DONE
    out().print(shown)
    return DONE


def where_in_words(grant: Grant, organisations: dict[uuid.UUID, str]) -> str:
    parts = []
    if grant.organisation:
        parts.append(organisations.get(grant.organisation, str(grant.organisation)))
    if grant.region:
        parts.append(places.path(grant.region))
    return " · ".join(parts) or _("di mana saja")


def list_roles(_options: Namespace) -> int:
    shown = table(_("Peran"), _("Nama"), _("Artinya"))
    for role in ROLES.values():
        if role is not PUBLIC:
            shown.add_row(role.name, str(role.display), str(role.description))
    out().print(shown)
    return DONE


def password(options: Namespace) -> int:
    user = user_named(options.username)
    actions.change_password(user, by=THE_MACHINE, password=typed_password(from_stdin=options.password_stdin))
    err().print(_("Kata sandi %s sudah diganti.") % user.username)
    return DONE


def deactivate(options: Namespace) -> int:
    user = user_named(options.username)
    actions.deactivate(user, by=THE_MACHINE, at=timezone.now())
    err().print(_("Akun %s sudah ditutup. Catatan kegiatannya tetap ada.") % user.username)
    return DONE


def active_user(username: str) -> User:
    """Who acts in a command, in any case of letters. Raises Stop when nobody can sign in so."""
    user = user_called(username)
    if user is None:
        raise Stop(_("Tidak ada pengguna aktif bernama %s. Lihat: simpul user list") % username)
    return user


def user_named(username: str) -> User:
    user: User | None = User.objects.filter(username__iexact=username).first()
    if user is None:
        raise Stop(_("Tidak ada pengguna bernama %s. Lihat: simpul user list") % username)
    return user
