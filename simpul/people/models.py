"""What is stored about people: households, persons, consents, facts."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from datetime import date
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
    Model,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    TextChoices,
    UUIDField,
)
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed, blind_index
from simpul.catalogue import facts as catalogue_facts
from simpul.engines.matching.likeness import Card
from simpul.engines.matching.nik import masked
from simpul.engines.rules import Answer, DateRange
from simpul.people.facts import age_span

# The version of templates/people/consent_text_1.html; a changed text is a new file with a new number.
CONSENT_TEXT = "1"
# What is said of a fact fills at least so many characters before it is sealed: a name's length would betray it.
SAID_LENGTH = 160


class Sex(TextChoices):
    MALE = "L", _("Laki-laki")
    FEMALE = "P", _("Perempuan")


class NikAbsent(TextChoices):
    NONE_YET = "none_yet", _("Belum punya NIK")
    UNKNOWN = "unknown", _("Punya, tetapi nomornya tidak diketahui")
    UNWILLING = "unwilling", _("Tidak mau menunjukkan")


class Relation(TextChoices):
    HEAD = "head", _("Kepala keluarga")
    SPOUSE = "spouse", _("Istri atau suami")
    CHILD = "child", _("Anak")
    CHILD_IN_LAW = "child_in_law", _("Menantu")
    GRANDCHILD = "grandchild", _("Cucu")
    PARENT = "parent", _("Orang tua atau mertua")
    RELATIVE = "relative", _("Saudara atau kerabat lain")
    OTHER = "other", _("Lainnya")


class Moving(TextChoices):
    EVERYBODY = "everybody", _("Semua yang serumah pindah bersama")
    ALONE = "alone", _("Hanya orang ini; ia mendapat rumah tangga sendiri")


class Purpose(TextChoices):
    SCREENING = "screening", _("Penapisan kebutuhan dan pendampingan")
    REFERRAL = "referral", _("Rujukan: data dibagikan kepada lembaga lain yang membantu")


class Basis(TextChoices):
    CONSENT = "consent", _("Persetujuan")
    VITAL_INTEREST = "vital_interest", _("Keadaan darurat: keselamatan jiwa orang ini atau orang lain")
    LEGAL_DUTY = "legal_duty", _("Kewajiban hukum")
    PUBLIC_SERVICE = "public_service", _("Tugas pelayanan publik menurut peraturan")


class Capacity(TextChoices):
    SELF = "self", _("Orang itu sendiri")
    PARENT = "parent", _("Orang tua")
    GUARDIAN = "guardian", _("Wali")
    COMPANION = "companion", _("Orang itu sendiri bersama pendampingnya")


class Mode(TextChoices):
    WRITTEN = "written", _("Tertulis, ditandatangani")
    SPOKEN = "spoken", _("Lisan")
    SIGN_LANGUAGE = "sign_language", _("Bahasa isyarat")
    EASY_READ = "easy_read", _("Bacaan mudah dengan gambar")
    AUDIO = "audio", _("Rekaman suara")
    COMPANION = "companion", _("Melalui pendamping")


class State(TextChoices):
    KNOWN = "known", _("Diketahui")
    UNKNOWN = "unknown", _("Tidak tahu")
    REFUSED = "refused", _("Tidak mau menjawab")


class Source(TextChoices):
    SELF = "self", _("Orang itu sendiri")
    FAMILY = "family", _("Keluarga atau tetangga")
    OBSERVATION = "observation", _("Dilihat petugas")
    DOCUMENT = "document", _("Dokumen")
    OFFICIAL = "official", _("Keterangan resmi")


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


class Person(Model):
    """Somebody known here. Name as its owner writes it; everything else may be missing.

    `name_key`, the sounds, `mother_name_key` and `born_year` are derived, for finding people again.
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
    nik_absent_because = CharField(max_length=12, choices=NikAbsent.choices, blank=True)
    phone_sealed = BinaryField(null=True)
    relation_to_head = CharField(max_length=12, choices=Relation.choices, blank=True)
    version = PositiveIntegerField(default=1)
    registered_at = DateTimeField()
    registered_by = UUIDField()

    nik = Sealed("nik_sealed", "person.nik")
    phone = Sealed("phone_sealed", "person.phone")
    objects = PersonQuerySet.as_manager()

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


class ConsentQuerySet(Reachable):
    """Reach by the organisation that keeps the record and by where the person lives."""

    def standing_on(self, on: date) -> ConsentQuerySet:
        """Given on or before that day and not withdrawn by then."""
        return self.filter(given_on__lte=on).filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))


class Consent(Model):
    """The legal basis on which a person's data are used for one purpose: consent, or another with its reason."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = ForeignKey(Person, PROTECT, related_name="consents")
    organisation = UUIDField(null=True)
    region = CharField(max_length=13, blank=True)
    purpose = CharField(max_length=12, choices=Purpose.choices)
    basis = CharField(max_length=16, choices=Basis.choices)
    basis_because_sealed = BinaryField(null=True)
    capacity = CharField(max_length=10, choices=Capacity.choices, blank=True)
    given_by_sealed = BinaryField(null=True)
    text_version = CharField(max_length=10, blank=True)
    mode = CharField(max_length=14, choices=Mode.choices, blank=True)
    witness_sealed = BinaryField(null=True)
    given_at = DateTimeField()
    # The days beside the moments, because a day is what pages and rules ask about.
    given_on = DateField()
    recorded_by = UUIDField()
    recorded_by_name = CharField(max_length=200)
    withdrawn_at = DateTimeField(null=True)
    withdrawn_on = DateField(null=True)
    withdrawn_because_sealed = BinaryField(null=True)

    # Reasons in a worker's own words tell of violence and illness; a witness is a person too.
    basis_because = Sealed("basis_because_sealed", "consent.basis_because")
    given_by = Sealed("given_by_sealed", "consent.given_by")
    witness = Sealed("witness_sealed", "consent.witness")
    withdrawn_because = Sealed("withdrawn_because_sealed", "consent.withdrawn_because")
    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["person", "purpose", "given_at"], name="consent_person"),)
        constraints = (
            CheckConstraint(
                name="consent_says_who_and_how",
                condition=~Q(basis=Basis.CONSENT) | (~Q(capacity="") & ~Q(mode="") & ~Q(text_version="")),
                violation_error_message=_(
                    "Persetujuan harus menyebut siapa yang memberi, caranya, dan naskahnya."
                ),
            ),
            CheckConstraint(
                name="consent_other_basis_has_a_reason",
                condition=Q(basis=Basis.CONSENT) | Q(basis_because_sealed__isnull=False),
                violation_error_message=_("Dasar selain persetujuan harus disertai alasan."),
            ),
            CheckConstraint(
                name="consent_is_withdrawn_after_it_was_given",
                condition=Q(withdrawn_at=None, withdrawn_on=None)
                | Q(withdrawn_at__isnull=False, withdrawn_on__isnull=False, withdrawn_at__gte=F("given_at")),
                violation_error_message=_("Pencabutan tidak bisa sebelum persetujuan diberikan."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} ({self.basis})"

    @property
    def about_person(self) -> uuid.UUID:
        return self.person_id

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None

    def has_lapsed_on(self, on: date) -> bool:
        """Whether somebody else agreed for a child who is grown up by that day, and decides alone now."""
        if (
            self.capacity not in (Capacity.PARENT, Capacity.GUARDIAN)
            or self.person.is_child_on(on) is not False
        ):
            return False
        # A guardian of somebody who was grown up already was named by a court, not by age.
        return self.capacity == Capacity.PARENT or self.person.is_child_on(self.given_on) is not False

    @property
    def can_be_withdrawn(self) -> bool:
        return self.stands and self.basis == Basis.CONSENT


def fact_fingerprint(name: str) -> bytes:
    """By which a fact of that name is found while its name stays sealed."""
    return blind_index(name, "fact.name")


class FactQuerySet(Reachable):
    """Reach by the organisation that keeps the record and by where the person lives."""

    def named(self, name: str) -> FactQuerySet:
        return self.named_any([name])

    def named_any(self, names: Iterable[str]) -> FactQuerySet:
        return self.filter(name_index__in=[fact_fingerprint(name) for name in names])

    def valid_on(self, on: date) -> FactQuerySet:
        return self.filter(valid_from__lte=on).filter(Q(valid_until=None) | Q(valid_until__gte=on))


class Fact(Model):
    """One thing said about a person or a household. Never changed: what is said later supersedes it.

    That somebody spoke of violence or an illness at all is as private as what was said: name, value and proof
    are sealed together, and `name_index` finds the name.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = ForeignKey(Person, PROTECT, null=True, related_name="facts_said")
    household = ForeignKey(Household, PROTECT, null=True, related_name="facts_said")
    organisation = UUIDField(null=True)
    region = CharField(max_length=13, blank=True)
    name_index = BinaryField(max_length=16)
    said_sealed = BinaryField()
    state = CharField(max_length=8, choices=State.choices)
    source = CharField(max_length=12, choices=Source.choices)
    noted_at = DateTimeField()
    noted_by = UUIDField()
    noted_by_name = CharField(max_length=200)
    valid_from = DateField()
    valid_until = DateField(null=True)

    said = Sealed("said_sealed", "fact.said")
    objects = FactQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["person", "name_index", "noted_at"], name="fact_person"),
            Index(fields=["household", "name_index", "noted_at"], name="fact_household"),
        )
        constraints = (
            CheckConstraint(
                name="fact_is_about_a_person_or_a_household",
                condition=Q(person__isnull=False, household=None) | Q(person=None, household__isnull=False),
                violation_error_message=_("Fakta harus tentang satu orang atau satu rumah tangga."),
            ),
            CheckConstraint(
                name="fact_state_is_known_here",
                condition=Q(state__in=State.values),
                violation_error_message=_(
                    "Pilih salah satu: diketahui, tidak tahu, atau tidak mau menjawab."
                ),
            ),
            CheckConstraint(
                name="fact_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("Masa berlaku berakhir sebelum dimulai."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    def say(self, name: str, value: Any, proof: str = "") -> None:
        """Seal what is said; the state comes first. `value` as JSON holds it, None unless it is known.

        Raises ValueError where state and value do not agree: the database cannot see it.
        """
        if (self.state == State.KNOWN) is (value is None):
            raise ValueError("A known fact has a value, any other has none.")
        said = json.dumps({"name": name, "value": value, "proof": proof})
        self.said = said.ljust(SAID_LENGTH)
        self.name_index = fact_fingerprint(name)
        self.__dict__.pop("_opened", None)

    @cached_property
    def _opened(self) -> dict[str, Any]:
        """Opened once, however much of it is read."""
        opened: dict[str, Any] = json.loads(self.said)
        return opened

    @property
    def name(self) -> str:
        return str(self._opened["name"])

    @property
    def value(self) -> Any:
        return self._opened["value"]

    @property
    def proof(self) -> str:
        return str(self._opened["proof"])

    @property
    def about_person(self) -> uuid.UUID | None:
        return self.person_id

    @property
    def about_people(self) -> list[uuid.UUID]:
        """Everybody in the household that the fact is about, if it is about one."""
        return self.household.about_people if self.household else []
