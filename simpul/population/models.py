"""What is kept of a screening of everybody. Who stands where is in sealed files alone, never in these tables."""

from __future__ import annotations

import uuid

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Index,
    Model,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.files import Filed


class KeptRegister(Filed):
    """Everybody as one edition judged them on one day: a sealed Parquet file, and what may be said of it openly.

    `at` and `by` say when and by whom it was made; without `by` Simpul made it at night. `is_needed`: something that
    was given out rests on it, and it stays for as long as that does.
    """

    on = DateField()
    edition = CharField(max_length=60)
    digest = CharField(max_length=64)
    people = PositiveIntegerField(default=0)
    is_needed = BooleanField(default=False)

    class Meta:
        indexes = (Index(fields=["edition", "on", "at"], name="register_of_day"),)

    def __str__(self) -> str:
        return f"{self.edition} {self.on}"


class Asked(Model):
    """That somebody wants everybody screened: for which day, and by which edition beside the usual one."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    on = DateField()
    edition = CharField(max_length=60, blank=True)
    anew = BooleanField(default=False)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.edition} {self.on}"


class Drawer(Filed):
    """Facts that were opened once, sealed together: so that a night opens only what was said since.

    `kind` is whose they are (people, homes) or decisions; `number` of `of`: all are laid into so many drawers by their key. Can be thrown away at any time.
    """

    kind = CharField(max_length=10)
    number = PositiveSmallIntegerField()
    of = PositiveSmallIntegerField()
    facts = PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            UniqueConstraint(
                name="population_drawer_once",
                fields=["kind", "of", "number"],
                violation_error_message=_("Simpanan ini sudah ada. Jalankan penapisan sekali lagi."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number}/{self.of}"


class Forgotten(Model):
    """Somebody, or a home, about whom all was erased and who still stands in files: left out at once, and taken out
    of the files at night."""

    subject = UUIDField(primary_key=True, editable=False)

    def __str__(self) -> str:
        return str(self.subject)
