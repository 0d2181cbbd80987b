"""What is stored about organisations."""

from __future__ import annotations

import uuid

from django.db.models import (
    BooleanField,
    CharField,
    CheckConstraint,
    Index,
    Model,
    PositiveSmallIntegerField,
    Q,
    TextChoices,
    TextField,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.reach import Reachable


class Kind(TextChoices):
    LKS = "lks", _("Lembaga Kesejahteraan Sosial (LKS)")
    LKSA = "lksa", _("Lembaga Kesejahteraan Sosial Anak (LKSA)")
    DINAS = "dinas", _("Dinas Sosial")
    FORUM = "forum", _("Forum atau jejaring")
    GOVERNMENT = "government", _("Lembaga pemerintah lain")
    OTHER = "other", _("Lainnya")


class OrganisationQuerySet(Reachable):
    to_organisation = "pk"
    to_region = "region"


class Organisation(Model):
    """A body that helps. What is here is public, except an address that must stay secret (a safe house)."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = CharField(max_length=200)
    short_name = CharField(max_length=40, blank=True)
    kind = CharField(max_length=12, choices=Kind.choices)
    region = CharField(max_length=13)
    province = CharField(max_length=2)
    address = TextField(blank=True)
    is_address_secret = BooleanField(default=False)
    founded_year = PositiveSmallIntegerField(null=True, blank=True)
    legal_note = TextField(blank=True)
    about = TextField(blank=True)
    source = CharField(max_length=300, blank=True)
    # True for the bodies of the published paper that the demo office is made of.
    is_published_example = BooleanField(default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["region", "name"], name="organisation_region"),)
        constraints = (
            CheckConstraint(
                name="organisation_has_a_name",
                condition=~Q(name=""),
                violation_error_message=_("Nama lembaga wajib diisi."),
            ),
            CheckConstraint(
                name="organisation_kind_is_known",
                condition=Q(kind__in=Kind.values),
                violation_error_message=_("Jenis lembaga itu tidak dikenal."),
            ),
        )

    def __str__(self) -> str:
        return self.short_name or self.name
