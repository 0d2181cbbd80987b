"""What the actions of programmes ask alike: the row as it stands now, and whether the programme still runs."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.refusal import Refusal
from simpul.programmes.models import Member, Programme
from simpul.programmes.stages import ENDED, MemberState

M = TypeVar("M", bound=Model)


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


def written(by: User, at: datetime) -> dict[str, Any]:
    """When a new row is written, and by whom."""
    return {"at": at, "by": by.pk, "by_name": str(by)}


def made_before(model: type[M], key: uuid.UUID, **same: Any) -> M | None:
    """The row of a form that was sent twice. `same` names what must be as it is sent now.

    Raises Refusal where the form was sent before with something else in it, or about something else: what is typed
    now would be lost while it seemed to be saved.
    """
    row = model._default_manager.filter(pk=key).first()
    if row is not None and any(getattr(row, name) != value for name, value in same.items()):
        raise Refusal(
            _(
                "Formulir ini sudah pernah dikirim dengan isian lain. Isian Anda belum disimpan: buka formulirnya lagi."
            )
        )
    return row


def require_running(programme: Programme) -> None:
    """Raises Refusal for a programme that is over: what it left behind is read, not changed."""
    if programme.stage in ENDED:
        raise Refusal(_("Program ini sudah selesai. Catatannya dapat dibaca, tetapi tidak diubah lagi."))


def require_chosen(member: Member) -> None:
    """Raises Refusal for a body that does not take part (any more), or whose programme is over."""
    require_running(member.programme)
    if member.state != MemberState.CHOSEN:
        raise Refusal(_("Lembaga ini tidak (lagi) ikut program."))


def require_past(day: date, today: date) -> None:
    """Raises Refusal for a day that has not come."""
    if day > today:
        raise Refusal(_("Tanggal itu belum tiba. Catat setelah terjadi."))
