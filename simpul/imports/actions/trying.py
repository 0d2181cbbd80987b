"""What a file would do is kept beside it, for who decides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.rows import current
from simpul.imports.actions.sending import _require_open
from simpul.imports.models import Batch
from simpul.imports.stages import State


@action(Permission.IMPORT_MAKE)
def keep_picture(
    batch: Batch,
    /,
    *,
    by: User,
    version: int,
    counts: dict[str, int],
    picture: dict[str, Any],
    refused: list[list[Any]],
    at: datetime,
) -> Batch:
    """Keep what a try showed. Raises Refusal where the columns were named anew meanwhile."""
    held = current(batch, version)
    _require_open(held)
    held.counts, held.picture, held.refused = counts, picture, refused
    held.state = State.TRIED
    held.save()
    return held
