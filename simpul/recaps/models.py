"""What is stored about recaps: which are due when, what was handed in, what an office aims at."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import (
    PROTECT,
    BinaryField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    F,
    ForeignKey,
    Index,
    JSONField,
    Model,
    PositiveBigIntegerField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    TextField,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed
from simpul.recaps.stages import Every, From


class DueQuerySet(Reachable):
    to_organisation = None

    def standing(self) -> DueQuerySet:
        return self.filter(withdrawn_at=None)


class Due(Model):
    """An office wants a recap from each body of its area, or from each region below it, so many days after a period.

    The days are the office's own: no regulation that we have sets them (reports.md, periods: from memory).
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = CharField(max_length=13, blank=True)
    code = CharField(max_length=4)
    every = CharField(max_length=8, choices=Every.choices)
    days = PositiveSmallIntegerField()
    asked_from = CharField(max_length=8, choices=From.choices, default=From.BODIES)
    first = DateField()
    note = CharField(max_length=300, blank=True)
    made_at = DateTimeField()
    made_by_name = CharField(max_length=200)
    withdrawn_at = DateTimeField(null=True)
    withdrawn_by_name = CharField(max_length=200, blank=True)

    objects = DueQuerySet.as_manager()

    class Meta:
        constraints = (
            UniqueConstraint(
                name="due_once_in_an_area",
                fields=["region", "code", "every"],
                condition=Q(withdrawn_at=None),
                violation_error_message=_("Rekap itu sudah diminta untuk wilayah dan jangka yang sama."),
            ),
            CheckConstraint(
                name="due_is_as_known",
                condition=Q(every__in=Every.values) & Q(asked_from__in=["bodies", "regions"]),
                violation_error_message=_("Pilih dari daftar: jangka dan siapa yang melapor."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.every} {self.region}"


class Delivery(Model):
    """A recap handed in for a period: its numbers as they stood then, with who answers for them. Never changed.

    A body hands in its own, an area's office that of its area; a corrected one is another row, and the newest holds.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = CharField(max_length=4)
    since = DateField()
    until = DateField()
    organisation = UUIDField(null=True)
    region = CharField(max_length=13, blank=True)
    numbers = JSONField()
    digest = CharField(max_length=64)
    note = TextField(blank=True)
    replaces = ForeignKey("self", PROTECT, null=True, related_name="replaced_by")
    at = DateTimeField()
    by = UUIDField()
    by_name = CharField(max_length=200)

    objects = Reachable.as_manager()

    class Meta:
        indexes = (Index(fields=["code", "since", "region"], name="delivery_of_period"),)
        constraints = (
            CheckConstraint(
                name="delivery_has_a_period",
                condition=Q(until__gte=F("since")),
                violation_error_message=_("Jangka rekap berakhir sebelum dimulai."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.since}"


class TargetQuerySet(Reachable):
    to_organisation = None


class Target(Model):
    """How many people an office means to serve in a year, and with how much money: as a named paper says.

    One of the minimum standard (PP 2/2018). Added, never changed: the newest of an area, year and service holds.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = CharField(max_length=5)
    year = PositiveSmallIntegerField()
    service = CharField(max_length=40)
    number = PositiveIntegerField()
    budget = PositiveBigIntegerField(null=True)
    source = CharField(max_length=300)
    at = DateTimeField()
    by = UUIDField()
    by_name = CharField(max_length=200)

    objects = TargetQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["region", "year", "service", "at"], name="target_of_area"),)
        constraints = (
            CheckConstraint(
                name="target_names_its_source",
                condition=~Q(source=""),
                violation_error_message=_("Sebutkan dari surat atau dokumen mana sasaran itu."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.region} {self.year} {self.service}"


class ReleaseQuerySet(Reachable):
    to_organisation = None

    def shown(self) -> ReleaseQuerySet:
        """Those that everybody may read now."""
        return self.exclude(published_at=None).filter(withdrawn_at=None)

    def known(self) -> ReleaseQuerySet:
        """Those that somebody outside may have read, also where they were withdrawn since; the latest last."""
        return self.exclude(published_at=None).order_by("published_at", "pk")


class Release(Model):
    """Public numbers of an area for a month: prepared, looked at, published by another; from then on never changed.

    `numbers` is what everybody may know and holds no hidden count. `workings` says why each cell is hidden and what
    an outsider could compute; it is for who prepares and publishes, since a reason tells more than its sign.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = CharField(max_length=13)
    period = CharField(max_length=7)
    on = DateField(null=True)
    edition = CharField(max_length=60, blank=True)
    numbers: Any = JSONField(null=True)
    beside = JSONField(default=dict)
    mark = CharField(max_length=64, blank=True)
    workings_sealed = BinaryField(null=True)
    workings: Any = Sealed("workings_sealed", "release.workings", as_json=True)
    at = DateTimeField()
    by = UUIDField()
    by_name = CharField(max_length=200)
    dropped_at = DateTimeField(null=True)
    published_at = DateTimeField(null=True)
    published_by = UUIDField(null=True)
    published_by_name = CharField(max_length=200, blank=True)
    withdrawn_at = DateTimeField(null=True)
    withdrawn_by_name = CharField(max_length=200, blank=True)
    withdrawn_because = CharField(max_length=300, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["region", "published_at"], name="release_of_area"),)
        constraints = (
            UniqueConstraint(
                name="release_shown_once",
                fields=["region", "period"],
                condition=Q(published_at__isnull=False, withdrawn_at=None),
                violation_error_message=_("Angka wilayah itu untuk bulan itu sudah terbit."),
            ),
            CheckConstraint(
                name="release_published_is_whole",
                condition=Q(published_at=None) | (Q(numbers__isnull=False, on__isnull=False) & ~Q(mark="")),
                violation_error_message=_("Angka itu belum selesai disiapkan."),
            ),
            CheckConstraint(
                name="release_published_by_another",
                condition=Q(published_by=None) | ~Q(published_by=F("by")),
                violation_error_message=_("Yang menyiapkan angka tidak menerbitkannya sendiri."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.region} {self.period}"

    @property
    def stage(self) -> str:
        """Where it stands, for the words of a page: preparing, ready, dropped, shown or withdrawn."""
        if self.dropped_at:
            return "dropped"
        if self.withdrawn_at:
            return "withdrawn"
        if self.published_at:
            return "shown"
        return "ready" if self.mark else "preparing"
