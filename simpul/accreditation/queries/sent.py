"""Forms that are sent twice: what the first press made, found by its key."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from simpul.access.rows import made_before
from simpul.accreditation.models import Accreditation, OfAccreditation

R = TypeVar("R", bound=OfAccreditation)


def sent_before(model: type[R], key: UUID, accreditation: Accreditation, **same: Any) -> R | None:
    """The row that this form made already; None for the first press. To be asked once the accreditation is locked.

    Raises KeyTaken where the key belongs to something else: another run, or other people (`same`).
    """
    return made_before(model, key, accreditation_id=accreditation.pk, **same)
