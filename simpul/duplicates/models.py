"""Two records that may be one person, what was decided, and what a merge moved."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import (
    CASCADE,
    PROTECT,
    BinaryField,
    CharField,
    CheckConstraint,
    DateTimeField,
    F,
    FloatField,
    ForeignKey,
    Index,
    JSONField,
    Model,
    PositiveIntegerField,
    Q,
    TextChoices,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.permissions import Permission
from simpul.access.reach import HoldsGrants, Reachable
from simpul.access.secrets import Sealed
from simpul.people.models import Person


class PairState(TextChoices):
    OPEN = "open", _("Perlu diputuskan")
    UNSURE = "unsure", _("Belum yakin")
    DIFFERENT = "different", _("Dua orang berbeda")
    SAME = "same", _("Sudah digabung")
    # The next search did not find them any more: something was corrected meanwhile.
    FADED = "faded", _("Tidak mirip lagi")


# A reason in a few sentences.
REASON_LENGTH = 1000
WAITING = (PairState.OPEN, PairState.UNSURE)


class OfTwo(Reachable):
    """Rows about two people, for who reaches both."""

    sides: tuple[str, str]

    def covered(self, user: HoldsGrants, permission: Permission) -> Q:
        """Each of the two may be reached by another grant."""
        reach = Q()
        for side in self.sides:
            reach &= _one_side(side)(self.model).covered(user, permission)
        return reach


def _one_side(side: str) -> type[Reachable]:
    held = {"to_organisation": f"{side}__organisation", "to_region": f"{side}__region"}
    return type(f"Reach{side.title()}", (Reachable,), held)


class PairQuerySet(OfTwo):
    sides = ("left", "right")

    def standing(self) -> PairQuerySet:
        """Both are records of their own: none was merged, none erased."""
        return self.filter(
            left__merged_into=None, right__merged_into=None, left__erased_at=None, right__erased_at=None
        )


class Pair(Model):
    """Two records that may be one person. Which one is `left` says nothing: the one with the lesser key.

    `parts` are what was compared, how it agrees and how many bits that speaks for one person; with `start` they add
    up to `bits`. Codes alone: the words are made where they are shown. `because` is why it was decided so.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # A person is only ever deleted when a whole import is taken back, and what was found of them goes along.
    left = ForeignKey(Person, CASCADE, related_name="+")
    right = ForeignKey(Person, CASCADE, related_name="+")
    probability = FloatField()
    bits = FloatField()
    start = FloatField()
    parts = JSONField(default=list)
    found_at = DateTimeField()
    state = CharField(max_length=10, choices=PairState.choices, default=PairState.OPEN)
    decided_at = DateTimeField(null=True)
    decided_by = UUIDField(null=True)
    decided_by_name = CharField(max_length=200, blank=True)
    because_sealed = BinaryField(null=True)
    version = PositiveIntegerField(default=1)

    because: Any = Sealed("because_sealed", "pair.because")
    objects = PairQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["state", "-bits"], name="pair_waiting"),)
        constraints = (
            UniqueConstraint(
                name="pair_stands_once",
                fields=["left", "right"],
                violation_error_message=_("Kedua catatan ini sudah ada dalam daftar."),
            ),
            CheckConstraint(
                name="pair_is_of_two",
                condition=Q(left__lt=F("right")),
                violation_error_message=_("Pilih dua catatan yang berbeda."),
            ),
            CheckConstraint(
                name="pair_state_is_known",
                condition=Q(state__in=PairState.values),
                violation_error_message=_("Keputusan itu tidak dikenal. Pilih dari daftar."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.left_id} {self.right_id}"

    @property
    def about_person(self) -> None:
        """It is about two."""

    @property
    def about_people(self) -> list[uuid.UUID]:
        return [self.left_id, self.right_id]

    @property
    def people(self) -> tuple[Person, Person]:
        return self.left, self.right

    @property
    def organisation(self) -> uuid.UUID | None:
        return self.left.organisation

    @property
    def region(self) -> str:
        return str(self.left.region)

    @property
    def waits(self) -> bool:
        return self.state in WAITING


class MergeQuerySet(OfTwo):
    sides = ("survivor", "loser")


class Merge(Model):
    """One record merged into another one: who, when, why, and exactly which rows were moved, so that it can be undone.

    `moved` is a list of {table, field, keys}; `before` what the pair said. The rows themselves hold no copy.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = ForeignKey(Pair, PROTECT, related_name="merges")
    survivor = ForeignKey(Person, PROTECT, related_name="+")
    loser = ForeignKey(Person, PROTECT, related_name="+")
    moved = JSONField(default=list)
    before = JSONField(default=dict)
    at = DateTimeField()
    by = UUIDField()
    by_name = CharField(max_length=200)
    because_sealed = BinaryField(null=True)
    undone_at = DateTimeField(null=True)
    undone_by = UUIDField(null=True)
    undone_by_name = CharField(max_length=200, blank=True)
    undone_because_sealed = BinaryField(null=True)

    because: Any = Sealed("because_sealed", "merge.because")
    undone_because: Any = Sealed("undone_because_sealed", "merge.undone_because")
    objects = MergeQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["at"], name="merge_newest"),)
        constraints = (
            UniqueConstraint(
                name="merge_stands_once",
                fields=["loser"],
                condition=Q(undone_at=None),
                violation_error_message=_("Catatan ini sudah digabung."),
            ),
            CheckConstraint(
                name="merge_is_of_two",
                condition=~Q(loser=F("survivor")),
                violation_error_message=_("Pilih dua catatan yang berbeda."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.loser_id} → {self.survivor_id}"

    @property
    def about_person(self) -> None:
        """It is about two."""

    @property
    def about_people(self) -> list[uuid.UUID]:
        return [self.survivor_id, self.loser_id]

    @property
    def organisation(self) -> uuid.UUID | None:
        return self.survivor.organisation

    @property
    def region(self) -> str:
        return str(self.survivor.region)

    @property
    def stands(self) -> bool:
        return self.undone_at is None
