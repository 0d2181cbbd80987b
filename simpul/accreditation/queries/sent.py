"""Forms that are sent twice: what the first press made, found by its key."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal
from simpul.accreditation.models import Accreditation, OfAccreditation

R = TypeVar("R", bound=OfAccreditation)


def sent_before(model: type[R], key: UUID, accreditation: Accreditation, **same: Any) -> R | None:
    """The row that this form made already; None for the first press. To be asked once the accreditation is locked.

    Raises Refusal where the key belongs to something else: another run, or other people (`same`).
    """
    found: R | None = model.objects.filter(pk=key).first()
    if found is None:
        return None
    wanted = {"accreditation_id": accreditation.pk, **same}
    if any(getattr(found, name) != value for name, value in wanted.items()):
        raise Refusal(_("Formulir ini sudah pernah dipakai. Buka formulir baru, lalu isi lagi."))
    return found
