"""Who had a hand in one accreditation, so that somebody else validates and others still decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.accreditation.models import (
    Accreditation,
    Appeal,
    Assignment,
    DeskLine,
    Evidence,
    Score,
    SelfScore,
    Step,
    Validated,
)
from simpul.accreditation.stages import Part, Stage

# Until it comes to the second person. Who moved it there recommended, checked, accepted, returned or handed it over.
_BEFORE_VALIDATION = (
    "",
    Stage.SELF_ASSESSMENT,
    Stage.RECOMMENDATION,
    Stage.APPLICATION,
    Stage.DESK_CHECK,
    Stage.RETURNED,
    Stage.ASSIGNMENT,
    Stage.VISIT,
)


@dataclass(frozen=True, slots=True)
class Hand:
    """A way to have had a hand in one accreditation: rows of `model` that name somebody in `column`."""

    model: type[Model]
    column: str
    words: Promise
    narrowed: Q = field(default_factory=Q)

    def of(self, user: User) -> Any:
        """The rows of everything in which this person had this hand."""
        return self._rows.filter(**{self.column: user.pk})

    def among(self, accreditation: Accreditation, users: Collection[UUID]) -> Any:
        """Which of these people had this hand in one accreditation, as a query that can be joined to others."""
        rows = self._rows.filter(accreditation=accreditation, **{f"{self.column}__in": users})
        return rows.order_by().values_list(self.column, flat=True)

    @property
    def _rows(self) -> Any:
        return self.model._default_manager.filter(self.narrowed)


_CHECKED = Hand(DeskLine, "by", _("Anda memeriksa berkas lembaga ini."))
_BY_THE_BODY = (
    Hand(SelfScore, "by", _("Anda mengisi evaluasi diri lembaga ini.")),
    Hand(Evidence, "by", _("Anda mengunggah bukti pada akreditasi ini.")),
    Hand(Appeal, "by", _("Anda mengajukan keberatan lembaga ini.")),
)
_MOVED = _("Anda memberi rekomendasi, menerima, mengembalikan, atau meneruskan berkas lembaga ini.")

# What keeps from voting and deciding. One table for the list, the single row and the counting of votes, so that they
# cannot drift apart.
BEFORE_THE_VOTE = (
    Hand(Assignment, "user", _("Anda ditugaskan pada akreditasi ini.")),
    Hand(Score, "by", _("Anda menilai lembaga ini.")),
    Hand(Validated, "by", _("Anda memvalidasi nilai lembaga ini.")),
    _CHECKED,
    *_BY_THE_BODY,
    Hand(Step, "by", _MOVED, Q(left__in=(*_BEFORE_VALIDATION, Stage.VALIDATION))),
)
# What keeps from validating. A validator may send it back to the visit and look at it again afterwards.
BEFORE_VALIDATION = (
    Hand(
        Assignment,
        "user",
        _("Anda ditugaskan dalam visitasi lembaga ini."),
        Q(part__in=(Part.ASSESSOR, Part.COMPANION)),
    ),
    Hand(Score, "by", _("Anda menilai lembaga ini.")),
    _CHECKED,
    *_BY_THE_BODY,
    Hand(Step, "by", _MOVED, Q(left__in=_BEFORE_VALIDATION)),
)


def hand_in(accreditation: Accreditation, user: User, hands: Iterable[Hand]) -> str:
    """Which of these hands somebody had in it, in words; empty for none."""
    for hand in hands:
        if hand.of(user).filter(accreditation=accreditation).exists():
            return str(hand.words)
    return ""


def with_a_hand(
    accreditation: Accreditation, users: Collection[UUID], hands: tuple[Hand, ...]
) -> frozenset[UUID]:
    """Those of these people who had one of these hands in it: `hand_in` for many, in one question."""
    first, *others = (hand.among(accreditation, users) for hand in hands)
    return frozenset(first.union(*others)) if users else frozenset()
