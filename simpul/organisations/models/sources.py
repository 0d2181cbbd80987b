"""Sources of help (PSKS): volunteers, families, bodies and networks that can take part."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar, Self

from django.db.models import (
    PROTECT,
    BinaryField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    Exists,
    ForeignKey,
    Index,
    JSONField,
    Model,
    OuterRef,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    TextChoices,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed
from simpul.catalogue import sources as catalogue
from simpul.engines.rules.ages import latest_start
from simpul.organisations.models.body import Organisation
from simpul.organisations.stages import SourceUnit

# The text that somebody agreed to; a new wording gets a new number and a file of its own.
LISTING_TEXT = "2"
# Those that also said: under the body through which somebody serves.
_TELLS_THE_BODY = ("2",)


class Sex(TextChoices):
    FEMALE = "P", _("Perempuan")
    MALE = "L", _("Laki-laki")


class Day(TextChoices):
    """Days of the week, Monday first, as `date.isoweekday` counts them."""

    MONDAY = "1", _("Senin")
    TUESDAY = "2", _("Selasa")
    WEDNESDAY = "3", _("Rabu")
    THURSDAY = "4", _("Kamis")
    FRIDAY = "5", _("Jumat")
    SATURDAY = "6", _("Sabtu")
    SUNDAY = "7", _("Minggu")


class PaperKind(TextChoices):
    TRAINING = "training", _("Pelatihan")
    COMPETENCE = "competence", _("Sertifikat kompetensi")
    PRACTICE = "practice", _("Surat Tanda Registrasi (STR)")


class StopReason(TextChoices):
    """Why somebody no longer serves. Codes, because a reason in words would tell about a person."""

    ENDED = "ended", _("Masa tugas selesai")
    OWN_WISH = "own_wish", _("Mengundurkan diri")
    MOVED = "moved", _("Pindah")
    OTHER_TASK = "other_task", _("Mendapat tugas lain")
    DISSOLVED = "dissolved", _("Lembaga atau jejaringnya bubar")
    DIED = "died", _("Meninggal")
    NOT_FITTING = "not_fitting", _("Tidak lagi memenuhi kriteria")
    OTHER = "other", _("Alasan lain")


class EraseReason(TextChoices):
    """On which ground the data are erased: UU 27/2022 art. 43 and 44."""

    REQUESTED = "requested", _("Diminta oleh yang bersangkutan")
    NOT_NEEDED = "not_needed", _("Tidak diperlukan lagi")
    RETENTION = "retention", _("Masa simpan berakhir")
    UNLAWFUL = "unlawful", _("Dikumpulkan tanpa dasar yang sah")


class StrikeReason(TextChoices):
    WRONG = "wrong", _("Salah tulis")
    TWICE = "twice", _("Tercatat dua kali")
    NOT_THEIRS = "not_theirs", _("Bukan miliknya")


class Capacity(TextChoices):
    """Who agrees to be listed in public."""

    SELF = "self", _("Yang bersangkutan sendiri")
    PARENT = "parent", _("Orang tua")
    GUARDIAN = "guardian", _("Wali")
    HEAD = "head", _("Ketua atau kepala keluarga")


class Mode(TextChoices):
    WRITTEN = "written", _("Tertulis")
    SPOKEN = "spoken", _("Lisan, dicatat petugas")
    SIGNED = "signed", _("Bahasa isyarat")


class SourceQuerySet(Reachable):
    # The body through which somebody serves, or the body itself; none for who serves alone.
    to_organisation = "organisation"
    to_region = "region"

    def serving_on(self, on: date) -> Self:
        """Who can be called on that day: begun, the period not over, not stopped. The one definition for every count."""
        begun = Q(serves_since__lte=on) | Q(serves_since=None, registered_on__lte=on)
        not_over = Q(serves_until=None) | Q(serves_until__gte=on)
        return self.filter(begun, not_over, Q(inactive_since=None) | Q(inactive_since__gt=on))

    def listed_on(self, on: date) -> Self:
        """Who serves on that day and agreed to stand in the public list."""
        agreed = Listing.objects.fitting_on(on).filter(source=OuterRef("pk"))
        return self.serving_on(on).filter(Exists(agreed), erased_at=None)

    def listed_with_body_on(self, on: date) -> Self:
        """Those of them whose text also said that they are named under the body through which they serve."""
        agreed = Listing.objects.fitting_on(on).filter(
            source=OuterRef("pk"), text_version__in=_TELLS_THE_BODY
        )
        return self.serving_on(on).filter(Exists(agreed), erased_at=None)


class Source(Model):
    """One source of help of one of the twelve types (or a local one), who may be a person, family, body or network.

    `type_code` and `edition` are of the catalogue of sources. `answers` holds {fact: true or false} as told about the
    criteria: what is not there is not known. Ages are judged from `born` on the day asked. Contact, identity and
    answers (health, faith) are sealed: a volunteer is a person too.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    type_code = CharField(max_length=20)
    edition = CharField(max_length=40)
    unit = CharField(max_length=12, choices=SourceUnit.choices)
    name = CharField(max_length=200)
    # The name as its spellings meet, for finding who is there already.
    name_key = CharField(max_length=250, blank=True)
    organisation = ForeignKey(Organisation, PROTECT, null=True, blank=True, related_name="+")
    region = CharField(max_length=13)
    province = CharField(max_length=2)
    sex = CharField(max_length=1, blank=True, choices=Sex.choices)
    born = DateField(null=True, blank=True)
    nik_sealed = BinaryField(null=True)
    nik: Any = Sealed("nik_sealed", "source.nik")
    nik_index = BinaryField(max_length=16, null=True)
    phone_sealed = BinaryField(null=True)
    phone: Any = Sealed("phone_sealed", "source.phone")
    address_sealed = BinaryField(null=True)
    address: Any = Sealed("address_sealed", "source.address")
    education = CharField(max_length=20, blank=True)
    letter_number = CharField(max_length=80, blank=True)
    letter_on = DateField(null=True, blank=True)
    letter_issuer = CharField(max_length=200, blank=True)
    serves_since = DateField(null=True, blank=True)
    serves_until = DateField(null=True, blank=True)
    answers_sealed = BinaryField(null=True)
    answers: Any = Sealed("answers_sealed", "source.answers", as_json=True)
    # Codes of skills in the catalogue of sources; the region codes that are served; days of Day; hours in words.
    skills = JSONField(default=list, blank=True)
    areas = JSONField(default=list, blank=True)
    free_days = JSONField(default=list, blank=True)
    availability = CharField(max_length=200, blank=True)
    founded_year = PositiveSmallIntegerField(null=True, blank=True)
    # Active members only: in a body with passive membership every resident is a member.
    members_male = PositiveIntegerField(null=True, blank=True)
    members_female = PositiveIntegerField(null=True, blank=True)
    youngest_born = DateField(null=True, blank=True)
    oldest_born = DateField(null=True, blank=True)
    chair = CharField(max_length=200, blank=True)
    activities = CharField(max_length=500, blank=True)
    last_met_on = DateField(null=True, blank=True)
    last_report_on = DateField(null=True, blank=True)
    notes_sealed = BinaryField(null=True)
    notes: Any = Sealed("notes_sealed", "source.notes")
    inactive_since = DateField(null=True, blank=True)
    inactive_because = CharField(max_length=12, choices=StopReason.choices, blank=True)
    erased_at = DateTimeField(null=True, blank=True)
    erased_because = CharField(max_length=12, choices=EraseReason.choices, blank=True)
    version = PositiveIntegerField(default=1)
    registered_on = DateField()
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    objects = SourceQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["region", "type_code"], name="source_region"),
            Index(fields=["nik_index"], name="source_nik"),
            Index(fields=["name_key", "region"], name="source_name"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def organisation_key(self) -> uuid.UUID | None:
        """For the record of events: kept with the body through which somebody serves."""
        return self.organisation_id

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def is_of_people(self) -> bool:
        """Whether the row is about one person or family, and not about a body."""
        return self.unit in (SourceUnit.PERSON, SourceUnit.FAMILY)

    def serves_on(self, on: date) -> bool:
        """The same as `SourceQuerySet.serving_on`, for one row at hand."""
        has_begun = (self.serves_since or self.registered_on) <= on
        is_over = self.serves_until is not None and self.serves_until < on
        return has_begun and not is_over and (self.inactive_since is None or self.inactive_since > on)


class OfSourceQuerySet(Reachable):
    to_organisation = "source__organisation"
    to_region = "source__region"


class OfSource(Model):
    """A row that belongs to one source and is reached as it is."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = ForeignKey(Source, PROTECT, related_name="+")
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    objects = OfSourceQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def region(self) -> str:
        """For the record of events."""
        return str(self.source.region)

    @property
    def organisation_key(self) -> uuid.UUID | None:
        return self.source.organisation_key


class ListingQuerySet(OfSourceQuerySet):
    def standing_on(self, on: date) -> Self:
        """Agreements that hold on that day: withdrawn ones end with the day before."""
        return self.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on), given_on__lte=on)

    def fitting_on(self, on: date) -> Self:
        """Those of them whose giver may still agree on that day: a child's elders no longer once it is grown up.

        Of a person without a birth date nobody knows who may agree, so nothing that was agreed holds.
        """
        grown_up = Q(source__born__lte=latest_start(catalogue.norm("self_consent_years").value, on))
        by_elders = (
            Q(capacity__in=(Capacity.PARENT, Capacity.GUARDIAN), source__born__isnull=False) & ~grown_up
        )
        by_a_person = Q(source__unit=SourceUnit.PERSON) & (Q(capacity=Capacity.SELF) & grown_up | by_elders)
        return self.standing_on(on).filter(
            by_a_person | ~Q(source__unit=SourceUnit.PERSON) & Q(capacity=Capacity.HEAD)
        )


class Listing(OfSource):
    """Somebody agreed to stand in the public list: who, how, to which text. Withdrawn, it stays as history."""

    given_on = DateField()
    capacity = CharField(max_length=10, choices=Capacity.choices)
    mode = CharField(max_length=10, choices=Mode.choices)
    text_version = CharField(max_length=10)
    given_by_sealed = BinaryField(null=True)
    given_by: Any = Sealed("given_by_sealed", "listing.given_by")
    withdrawn_on = DateField(null=True, blank=True)
    withdrawn_at = DateTimeField(null=True, blank=True)
    withdrawn_by_name = CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = ListingQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["source", "given_on"], name="listing_of_source"),)

    def __str__(self) -> str:
        return f"{self.given_on}"


class Training(OfSource):
    """A training followed or a certificate held; `valid_to` None where it does not run out or nobody knows."""

    name = CharField(max_length=200)
    issuer = CharField(max_length=200, blank=True)
    number = CharField(max_length=80, blank=True)
    kind = CharField(max_length=12, choices=PaperKind.choices)
    held_on = DateField(null=True, blank=True)
    hours = PositiveIntegerField(null=True, blank=True)
    valid_to = DateField(null=True, blank=True)
    struck_because = CharField(max_length=12, choices=StrikeReason.choices, blank=True)

    class Meta:
        indexes = (Index(fields=["source", "kind"], name="training_of_source"),)

    def __str__(self) -> str:
        return self.name

    def is_valid_on(self, on: date) -> bool:
        """Held already, and not run out: the last day still counts."""
        return (self.held_on is None or self.held_on <= on) and (self.valid_to is None or self.valid_to >= on)


class HoursGiven(OfSource):
    """Hours given to a body or an activity on one day."""

    on = DateField()
    hours = DecimalField(max_digits=6, decimal_places=2)
    organisation = ForeignKey(Organisation, PROTECT, null=True, blank=True, related_name="+")
    activity = CharField(max_length=200)
    struck_because = CharField(max_length=12, choices=StrikeReason.choices, blank=True)

    class Meta:
        indexes = (Index(fields=["source", "on"], name="hours_of_source"),)

    def __str__(self) -> str:
        return f"{self.on}: {self.hours}"
