"""What actions of many subjects ask alike of a row: as it stands now, who writes it, and whether it was sent before."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from simpul.access import chain
from simpul.access.models import User
from simpul.access.refusal import Refusal

M = TypeVar("M", bound=Model)


class KeyTaken(Refusal):
    """A form that was sent before with something else in it: what is typed now would be lost while it seemed saved."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Formulir ini sudah pernah dikirim dengan isian lain. Isian Anda belum disimpan: buka formulirnya lagi."
            )
        )


def current(row: M, version: int | None = None) -> M:
    """The row as it stands now, kept for this action.

    Raises Refusal where somebody changed it after `version` was read: then nothing is overwritten.
    """
    rows: Any = type(row)._default_manager.select_for_update(of=("self",))
    found: M = rows.get(pk=row.pk)
    if version is not None and found.version != version:  # type: ignore[attr-defined]
        raise Refusal(
            _(
                "Catatan ini sudah diubah orang lain. Isian Anda belum disimpan: buka lagi, periksa, lalu simpan."
            )
        )
    return found


def key_in(text: str) -> uuid.UUID | None:
    """The key that somebody sent; None, which no row has, for what is no key."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def written(by: User, at: datetime) -> dict[str, Any]:
    """When a new row is written, and by whom."""
    return {"at": at, "by": by.pk, "by_name": str(by)}


def made_before(model: type[M], key: uuid.UUID, **same: Any) -> M | None:
    """The row of a form that was sent twice. `same` names what must be as it is sent now, words as they were typed.

    Of two that are sent at the same moment the second waits until the first is done, and then finds its row.
    Raises KeyTaken where the form was sent before with something else in it, or about something else.
    """
    chain.one_of_a_key_at_a_time(key)
    row = model._default_manager.filter(pk=key).first()
    if row is not None and any(getattr(row, name) != _kept(value) for name, value in same.items()):
        raise KeyTaken
    return row


def _kept(value: Any) -> Any:
    """Words as `fitting` keeps them; anything else as it is."""
    return value.replace("\r\n", "\n").replace("\0", "").strip() if isinstance(value, str) else value
