"""Types of highest confidentiality in recaps: whom may a reader know them of, and how they stand in addresses."""

from __future__ import annotations

import polars as pl
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.catalogue.needs import Edition, NeedType
from simpul.population.facts import VERDICTS, mask_of
from simpul.population.queries.numbers import SENSITIVE, is_secret, needs_of
from simpul.population.queries.register import Register, reached


def known_to(user: User, register: Register) -> Register:
    """The same people, without the highly restricted types of whoever this reader may not know them of.

    Before people are counted where they are served: reach goes by where they live.
    """
    told = [need.code for need in needs_of(register) if not is_secret(need)]
    kept = pl.lit(mask_of(told, register.types), dtype=pl.UInt64)
    may = reached(user, SENSITIVE)
    words = [pl.when(may).then(pl.col(word)).otherwise(pl.col(word) & kept).alias(word) for word in VERDICTS]
    return register.of_people(register.people.with_columns(words))


def shown_needs(user: User, edition: Edition, register: Register) -> list[NeedType]:
    """The types of a register that have a column or a line for this reader."""
    sees_all = user.can(SENSITIVE)
    return [
        need for need in edition.types if need.code in register.types and (sees_all or not is_secret(need))
    ]


def left_out(user: User, edition: Edition) -> tuple[tuple[str, str], ...]:
    """What the head of a recap says is not counted for this reader; nothing where all is."""
    if not any(is_secret(need) for need in edition.types):
        return ()
    if not user.can(SENSITIVE):
        return ((_("Tidak dihitung"), _("jenis dengan kerahasiaan tertinggi")),)
    if all(SENSITIVE in grant.permissions for grant in user.grants_with(Permission.RECAP_VIEW)):
        return ()
    return ((_("Tidak dihitung"), _("jenis dengan kerahasiaan tertinggi di luar wewenang pembuat rekap")),)


def in_address(key: str, edition: Edition) -> str:
    """The key of a line or column as it stands in an address: types by number, since a code tells what it is."""
    numbers = {need.code: f"n{need.number}" for need in edition.types}
    return ":".join(numbers.get(part, part) for part in key.split(":"))


def from_address(words: str, edition: Edition) -> str:
    """The key again."""
    codes = {f"n{need.number}": need.code for need in edition.types}
    return ":".join(codes.get(part, part) for part in words.split(":"))
