"""What happens to organisations: they are registered."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import Machine, action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.organisations.models import Kind, Organisation
from simpul.places.models import PROVINCE_SIGNS

FIRST_YEAR = 1800
NAME_LENGTH = 200


class OrganisationIncomplete(Refusal):
    """Something that every organisation has is missing or cannot be so."""


@action(Permission.ORGANISATION_REGISTER)
def register(
    where: Where,
    /,
    *,
    by: User | Machine,
    key: UUID,
    name: str,
    kind: str,
    on: date,
    short_name: str = "",
    address: str = "",
    is_address_secret: bool = False,
    founded_year: int | None = None,
    legal_note: str = "",
    about: str = "",
    source: str = "",
    is_published_example: bool = False,
) -> Organisation:
    """A new organisation in the region of `where`. A repeated key gives the same one again."""
    plain = " ".join(name.split())
    if not plain or len(plain) > NAME_LENGTH:
        raise OrganisationIncomplete(
            _("Tulis nama lembaga, paling banyak %(most)s huruf.") % {"most": NAME_LENGTH}
        )
    if kind not in Kind.values:
        raise OrganisationIncomplete(_("Pilih jenis lembaga dari daftar."))
    if not where.region:
        raise OrganisationIncomplete(_("Pilih wilayah tempat lembaga itu berada."))
    if founded_year is not None and not FIRST_YEAR <= founded_year <= on.year:
        raise OrganisationIncomplete(
            _("Tahun berdiri antara %(first)s dan %(last)s.") % {"first": FIRST_YEAR, "last": on.year}
        )
    made: Organisation
    # Of two at once the later one finds what the first made: there is no row yet that could be locked.
    made, _is_new = Organisation.objects.get_or_create(
        id=key,
        defaults={
            "name": plain,
            "short_name": short_name.strip(),
            "kind": kind,
            "region": where.region,
            "province": where.region[:PROVINCE_SIGNS],
            "address": address.strip(),
            "is_address_secret": is_address_secret,
            "founded_year": founded_year,
            "legal_note": legal_note.strip(),
            "about": about.strip(),
            "source": source.strip(),
            "is_published_example": is_published_example,
        },
    )
    return made
