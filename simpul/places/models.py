"""What is stored about regions: their codes and names, and which codes were replaced."""

from __future__ import annotations

from django.db.models import (
    PROTECT,
    CharField,
    CheckConstraint,
    DateField,
    ForeignKey,
    Index,
    IntegerChoices,
    Model,
    PositiveSmallIntegerField,
    Q,
    TextChoices,
    TextField,
)
from django.utils.translation import gettext_lazy as _


class Level(IntegerChoices):
    PROVINCE = 1, _("Provinsi")
    REGENCY = 2, _("Kabupaten/kota")
    DISTRICT = 3, _("Kecamatan")
    VILLAGE = 4, _("Desa/kelurahan")


# How many signs a code has on each level: "21", "21.02", "21.02.10", "21.02.10.2003".
PROVINCE_SIGNS, REGENCY_SIGNS, DISTRICT_SIGNS, VILLAGE_SIGNS = CODE_SIGNS = (2, 5, 8, 13)


class Kind(TextChoices):
    PROVINCE = "province", _("Provinsi")
    REGENCY = "regency", _("Kabupaten")
    CITY = "city", _("Kota")
    DISTRICT = "district", _("Kecamatan")
    KELURAHAN = "kelurahan", _("Kelurahan")
    DESA = "desa", _("Desa")
    DESA_ADAT = "desa_adat", _("Desa adat")


class Region(Model):
    """One region of the code list. `name` is without "Kabupaten" or "Kota": that is the kind.

    `search_name` is the name in small letters and digits only; `search_above` the same of all above it.
    """

    code = CharField(max_length=13, primary_key=True)
    name = CharField(max_length=100)
    level = PositiveSmallIntegerField(choices=Level.choices)
    kind = CharField(max_length=10, choices=Kind.choices)
    parent = ForeignKey("self", PROTECT, null=True, related_name="children", db_index=False)
    search_name = CharField(max_length=100)
    search_above = CharField(max_length=310, blank=True)
    decree = CharField(max_length=60)
    valid_from = DateField()
    valid_to = DateField(null=True)

    class Meta:
        indexes = (Index(fields=["search_name", "level"], name="region_search"),)
        constraints = (
            CheckConstraint(
                name="region_kind_is_known",
                condition=Q(kind__in=Kind.values),
                violation_error_message=_("Jenis wilayah itu tidak dikenal."),
            ),
            CheckConstraint(
                name="region_below_a_province_has_a_parent",
                condition=Q(level=Level.PROVINCE, parent=None)
                | Q(level__gt=Level.PROVINCE, parent__isnull=False),
                violation_error_message=_("Wilayah di bawah provinsi harus punya wilayah induk."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def title(self) -> str:
        """The name as it stands within a longer line: "Kec. Meral Barat", "Kota Batam", "Pangke"."""
        if self.kind == Kind.REGENCY:
            return f"Kab. {self.name}"
        if self.kind == Kind.CITY:
            return f"Kota {self.name}"
        return f"Kec. {self.name}" if self.kind == Kind.DISTRICT else self.name


class RegionChange(Model):
    """A code that a later decree replaced."""

    old_code = CharField(max_length=13, primary_key=True)
    new_code = CharField(max_length=13)
    note = TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.old_code} → {self.new_code}"
