"""Households and persons."""

from __future__ import annotations

import uuid
from datetime import date

from django.db.models import (
    PROTECT,
    BinaryField,
    BooleanField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    F,
    ForeignKey,
    Index,
    Manager,
    Model,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    UUIDField,
)
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed
from simpul.catalogue import facts as catalogue_facts
from simpul.engines.matching.likeness import Card
from simpul.engines.matching.nik import masked
from simpul.engines.rules import Answer, DateRange
from simpul.people.facts import age_span
from simpul.people.models.choices import NikAbsent, Relation, Sex

# What stands where a name stood, after everything about somebody was erased.
ERASED_NAME = "Data sudah dihapus"


class HouseholdQuerySet(Reachable):
    """Reach by the organisation that keeps the record and by where the household lives."""


class Household(Model):
    """People who live together and share what they have; one person alone is a household too."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = UUIDField(null=True)
    region = CharField(max_length=13, blank=True)
    province = CharField(max_length=2, blank=True)
    address_sealed = BinaryField(null=True)
    kk_sealed = BinaryField(null=True)
    kk_index = BinaryField(max_length=16, null=True)
    version = PositiveIntegerField(default=1)
    registered_at = DateTimeField()

    address = Sealed("address_sealed", "household.address")
    kk = Sealed("kk_sealed", "household.kk")
    objects = HouseholdQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["kk_index"], name="household_kk"),)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def about_person(self) -> None:
        """A household is several people."""

    @property
    def about_people(self) -> list[uuid.UUID]:
        """Everybody who lives there: what is done with their home stands in the trail of each."""
        return list(self.members.values_list("pk", flat=True))


class PersonQuerySet(Reachable):
    """Reach by the organisation that keeps the record and by where the person lives."""


class PersonManager(Manager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Everybody once: a record that was merged into another one stands in no list and no count."""

    def get_queryset(self) -> PersonQuerySet:
        rows: PersonQuerySet = super().get_queryset()
        return rows.filter(merged_into=None)


class Person(Model):
    """Somebody known here. Name as its owner writes it; everything else may be missing.

    `name_key`, the sounds, `mother_name_key` and `born_year` are derived, for finding people again.
    `nik_confirmed`: somebody saw that the NIK says otherwise than the birth date or sex, and kept it.
    `limited_since`: read-only and not given on (UU 27/2022 art. 11); `held_since`: may not be erased, because
    of a legal process; `erased_at`: an empty shell, so that counts and the record of events stay whole.
    `merged_into`: the same person, known there; this row keeps the name and numbers by which they are found too.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    household = ForeignKey(Household, PROTECT, related_name="members")
    organisation = UUIDField(null=True)
    region = CharField(max_length=13, blank=True)
    regency = CharField(max_length=5, blank=True)
    province = CharField(max_length=2, blank=True)
    name = CharField(max_length=200)
    called = CharField(max_length=100, blank=True)
    name_key = CharField(max_length=250)
    name_sound = CharField(max_length=250)
    name_first = CharField(max_length=60)
    name_long = CharField(max_length=60)
    called_sound = CharField(max_length=120, blank=True)
    mother_name_key = CharField(max_length=250, blank=True)
    sex = CharField(max_length=1, choices=Sex.choices, blank=True)
    born_earliest = DateField(null=True)
    born_latest = DateField(null=True)
    born_year = PositiveSmallIntegerField(null=True)
    nik_sealed = BinaryField(null=True)
    nik_index = BinaryField(max_length=16, null=True)
    nik_confirmed = BooleanField(default=False)
    nik_absent_because = CharField(max_length=12, choices=NikAbsent.choices, blank=True)
    phone_sealed = BinaryField(null=True)
    relation_to_head = CharField(max_length=12, choices=Relation.choices, blank=True)
    limited_since = DateTimeField(null=True)
    limited_because_sealed = BinaryField(null=True)
    held_since = DateTimeField(null=True)
    held_because_sealed = BinaryField(null=True)
    erased_at = DateTimeField(null=True)
    # Not indexed whole: SQLite would look for nearly everybody by it instead of for one person by a key.
    merged_into = ForeignKey("self", PROTECT, null=True, related_name="merged_from", db_index=False)
    version = PositiveIntegerField(default=1)
    registered_at = DateTimeField()
    registered_by = UUIDField()

    nik = Sealed("nik_sealed", "person.nik")
    phone = Sealed("phone_sealed", "person.phone")
    limited_because = Sealed("limited_because_sealed", "person.limited_because")
    held_because = Sealed("held_because_sealed", "person.held_because")
    objects = PersonManager()
    everybody = PersonQuerySet.as_manager()

    class Meta:
        # The keys by which one person is found among a million (queries/likeness.py). None on organisation or
        # region alone: SQLite would take it instead of a key, and read everybody the organisation knows.
        indexes = (
            Index(fields=["nik_index"], name="person_nik"),
            Index(fields=["name_sound", "born_earliest"], name="person_sound_born"),
            Index(fields=["name_sound", "mother_name_key"], name="person_sound_mother"),
            Index(fields=["name_sound", "regency"], name="person_sound_regency"),
            Index(fields=["born_earliest", "regency"], name="person_born_regency"),
            Index(fields=["born_earliest", "mother_name_key"], name="person_born_mother"),
            Index(fields=["name_long", "region"], name="person_long_region"),
            Index(fields=["name_first", "region"], name="person_first_region"),
            Index(fields=["mother_name_key", "region"], name="person_mother_region"),
            Index(fields=["name_long", "regency", "born_year"], name="person_long_regency"),
            Index(fields=["called_sound"], name="person_called"),
            Index(fields=["merged_into"], name="person_merged", condition=Q(merged_into__isnull=False)),
            # Work lists of what is missing or unlikely: few rows, found without reading everybody.
            Index(
                fields=["region", "id"],
                name="person_unborn",
                condition=Q(born_earliest=None, merged_into=None),
            ),
            Index(
                fields=["organisation", "id"],
                name="person_nowhere",
                condition=Q(region="", merged_into=None),
            ),
            Index(
                fields=["household", "born_earliest"],
                name="person_head",
                condition=Q(relation_to_head=Relation.HEAD, merged_into=None),
            ),
        )
        constraints = (
            CheckConstraint(
                name="person_has_a_name",
                condition=~Q(name=""),
                violation_error_message=_("Tulis nama atau panggilan orang ini."),
            ),
            CheckConstraint(
                name="person_sex_is_known_or_empty",
                condition=Q(sex__in=["", *Sex.values]),
                violation_error_message=_("Jenis kelamin itu tidak dikenal."),
            ),
            CheckConstraint(
                name="person_birth_is_whole",
                condition=Q(born_earliest=None, born_latest=None)
                | Q(
                    born_earliest__isnull=False,
                    born_latest__isnull=False,
                    born_latest__gte=F("born_earliest"),
                ),
                violation_error_message=_("Perkiraan tanggal lahir berakhir sebelum dimulai."),
            ),
            CheckConstraint(
                name="person_nik_can_be_found",
                condition=Q(nik_sealed=None, nik_index=None)
                | Q(nik_sealed__isnull=False, nik_index__isnull=False),
                violation_error_message=_("NIK belum dapat disimpan. Isi lagi NIK itu."),
            ),
            CheckConstraint(
                name="person_has_a_nik_or_a_reason_not_both",
                condition=Q(nik_sealed=None) | Q(nik_absent_because=""),
                violation_error_message=_("Pilih salah satu: isi NIK, atau alasan tidak ada NIK."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def about_person(self) -> uuid.UUID:
        return self.pk

    @property
    def born(self) -> date | DateRange | None:
        """A day, an estimate, or nothing."""
        if self.born_earliest is None or self.born_latest is None:
            return None
        if self.born_earliest == self.born_latest:
            return self.born_earliest
        return DateRange(self.born_earliest, self.born_latest)

    def age_on(self, on: date) -> str:
        """The age in words: "67 tahun", "kira-kira 60–70 tahun", or that it is not known."""
        if self.born_earliest is None or self.born_latest is None:
            return gettext("umur belum diketahui")
        least, most = age_span(self.born_earliest, self.born_latest, on)
        if least == most:
            return ngettext("%(years)s tahun", "%(years)s tahun", least) % {"years": least}
        return gettext("kira-kira %(least)s–%(most)s tahun") % {"least": least, "most": most}

    def is_child_on(self, on: date) -> bool | None:
        """Whether the catalogue counts this person as a child on that day; None where it cannot be told."""
        answer = catalogue_facts.book().derived["is_child"].judge({"born": self.born}, on).answer
        return None if answer is Answer.UNKNOWN else answer is Answer.YES

    @property
    def is_limited(self) -> bool:
        return self.limited_since is not None

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def nik_masked(self) -> str:
        return masked(self.nik) if self.nik_sealed is not None else ""

    @property
    def card(self) -> Card:
        """What is compared with another card."""
        return Card(
            name=self.name,
            earliest=self.born_earliest,
            latest=self.born_latest,
            sex=self.sex,
            nik=bytes(self.nik_index) if self.nik_index is not None else None,
            mother=self.mother_name_key,
            region=self.region,
        )
