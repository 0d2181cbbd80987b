"""How the pages of programmes find a row: by whichever of several rights this person reaches it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model
from django.http import Http404

from simpul.access.gate import Entered, look_up
from simpul.access.permissions import Permission
from simpul.access.refusal import NotAllowed
from simpul.programmes.models import Member
from simpul.programmes.queries.plans import hand_of

M = TypeVar("M", bound=Model)
READERS = (Permission.PROGRAMME_VIEW, Permission.PROGRAMME_MENTOR, Permission.PROGRAMME_TAKE_PART)


def found(
    request: Entered, model: type[M], pk: UUID, rights: Sequence[Permission] = READERS, **details: Any
) -> M:
    """The row by the first right that reaches it; 404 where none does."""
    for right in rights:
        if request.user.can(right):
            try:
                return look_up(model, pk, by=request.user, permission=right, **details)
            except Http404:
                continue
    raise Http404


def hand(request: Entered, member: Member) -> Permission:
    """By which right this person writes for that body. Raises NotAllowed for who only reads."""
    right = hand_of(member, request.user)
    if right is None:
        raise NotAllowed
    return right
