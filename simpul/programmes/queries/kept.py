"""What actions and pages of programmes ask alike: whether the programme still runs, and whether a day has come."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal
from simpul.programmes.models import Member, Programme
from simpul.programmes.stages import ENDED, Arm, MemberState


def is_over(programme: Programme) -> bool:
    """Whether it is finished or was stopped: then it is only read."""
    return programme.stage in ENDED


def is_taking_part(member: Member) -> bool:
    """Whether anything can still be noted of this body: pages offer nothing that `require_chosen` refuses."""
    return not is_over(member.programme) and member.state == MemberState.CHOSEN


def is_helped(member: Member) -> bool:
    """The same of what `require_helped` refuses."""
    return is_taking_part(member) and member.arm == Arm.PROGRAMME


def require_running(programme: Programme) -> None:
    """Raises Refusal for a programme that is over: what it left behind is read, not changed."""
    if is_over(programme):
        raise Refusal(_("Program ini sudah selesai. Catatannya dapat dibaca, tetapi tidak diubah lagi."))


def require_chosen(member: Member) -> None:
    """Raises Refusal for a body that does not take part (any more), or whose programme is over."""
    require_running(member.programme)
    if member.state != MemberState.CHOSEN:
        raise Refusal(_("Lembaga ini tidak (lagi) ikut program."))


def require_helped(member: Member) -> None:
    """The same, and for a body of the comparison: with help it would no longer be one."""
    require_chosen(member)
    if member.arm != Arm.PROGRAMME:
        raise Refusal(_("Lembaga pembanding hanya diukur. Tanpa itu pembandingannya tidak berarti lagi."))


def require_past(day: date, today: date) -> None:
    """Raises Refusal for a day that has not come."""
    if day > today:
        raise Refusal(_("Tanggal itu belum tiba. Catat setelah terjadi."))
