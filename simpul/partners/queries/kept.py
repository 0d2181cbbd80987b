"""What the actions of working together ask alike: the body that a name means."""

from __future__ import annotations

from simpul.organisations.models import Organisation


def body_named(name: str) -> Organisation | None:
    """The body of the register that is named exactly so, in full or in short; None where none or several are."""
    found = list(Organisation.objects.filter(name__iexact=name).order_by("pk")[:2])
    found = found or list(Organisation.objects.filter(short_name__iexact=name).order_by("pk")[:2])
    return found[0] if len(found) == 1 else None
