"""Files that leave: who took what out, and why where answers or rows of people are in them."""

from __future__ import annotations

from django.db import transaction

from simpul.access.gate import record, require
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where


def note_export(*, by: User, permission: Permission, file: str, asked: str = "", because: str = "") -> None:
    """Record that a file leaves, before it is made, at the place from which this person sees what is in it.

    `file` names it, `asked` what it was narrowed to; neither holds a fact about a person. `because` is kept sealed.
    Raises NotAllowed.
    """
    grant = next(iter(by.grants_with(permission)), None)
    where = Where(grant.organisation, grant.region) if grant else Where()
    require(by, permission, where)
    with transaction.atomic():
        told = {"file": file, "asked": asked} if asked else {"file": file}
        record(permission, where, by, told, because=because, is_reading=True)
