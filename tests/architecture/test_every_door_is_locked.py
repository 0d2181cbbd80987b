"""Every address names its permission, or stands on the short public list with a reason."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from simpul.access.doors import OWN_ACCOUNT, PUBLIC
from simpul.api.addresses import api

# Guarded by the interface's own check, which the last test here holds.
INTERFACE = "api-1:"


def every_door(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from every_door(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern):
            yield pytest.param(f"{prefix}{entry.name}", entry.callback, id=f"{prefix}{entry.name}")


DOORS = list(every_door())
NAMES = {door.values[0] for door in DOORS}


@pytest.mark.parametrize(("name", "view"), DOORS)
def test_a_view_names_its_permission_or_is_on_a_list(name, view):
    is_guarded = hasattr(view, "permission") or name.startswith(INTERFACE)
    assert is_guarded or name in PUBLIC or name in OWN_ACCOUNT, (
        f"'{name}' has no @needs(...) and is on no list"
    )


@pytest.mark.parametrize(("name", "view"), DOORS)
def test_a_door_opens_without_signing_in_only_when_it_is_public(name, view):
    stands_open = not getattr(view, "login_required", True)
    # Signing out twice must not ask to sign in first.
    assert not stands_open or name in PUBLIC or name.startswith(INTERFACE) or name == "account_logout"


def test_the_lists_hold_only_addresses_that_exist():
    assert set(PUBLIC) | set(OWN_ACCOUNT) <= NAMES


def test_each_public_address_gives_its_reason():
    assert all(reason.strip() for reason in PUBLIC.values())


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["editions", "editions/permensos-8-2012", "judge", "regions?q=pangke"])
def test_the_interface_answers_nobody_who_is_not_signed_in(client, address):
    ask = client.post if address == "judge" else client.get
    assert api.auth is not None
    assert ask(f"/api/{address}").status_code == 401
