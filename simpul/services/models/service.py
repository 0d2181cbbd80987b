"""A service as its owner keeps it: what, for whom, where, when, with how much room, and since when nobody confirmed it."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import (
    PROTECT,
    BooleanField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    F,
    FloatField,
    ForeignKey,
    Index,
    JSONField,
    Model,
    PositiveBigIntegerField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    TextField,
    TimeField,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.reach import Reachable
from simpul.organisations.models import OfOrganisation
from simpul.organisations.models.body import OfOrganisationQuerySet
from simpul.services.stages import Cost, Frequency, Listing, PlaceKind, Sex, WaitingOrder


class ServiceQuerySet(OfOrganisationQuerySet):
    def public(self) -> ServiceQuerySet:
        """What anybody may find: open or paused, of a body that stands."""
        return self.filter(listing__in=(Listing.OPEN, Listing.PAUSED), organisation__is_closed=False)


class Service(OfOrganisation):
    """What one body offers. Everything here may be read by the public; nothing here tells where a shelter stands.

    `kind` is a code of catalogue.casework service kinds, `situations` codes of catalogue.services situations (the
    plain words by which the public looks), `need_types` PPKS codes of `need_edition`, `accesses` codes of
    catalogue.services accesses, `languages` ISO 639 codes, `papers` the papers that somebody should bring, in plain
    words. Ages in completed years, both ends included. `rule` is a condition in the closed language of the
    catalogue's criteria over its facts, "" where there is none; `rule_words` says the same to people.
    `days_waiting` is what its owner expects, `cost_amount` whole rupiah. `capacity` and `free` count people who can
    be served at one time; None is not known. `region` and `province` repeat the first place's, for lists.
    `modified_at` rises with every change of what is public here or in its rows below. `hsds` keeps what an imported
    HSDS record held beside all this, so that it goes out again as it came in.
    """

    name = CharField(max_length=200)
    alternate_name = CharField(max_length=200, blank=True)
    kind = CharField(max_length=40)
    about = TextField(blank=True)
    listing = CharField(max_length=8, choices=Listing.choices, default=Listing.DRAFT)
    situations = JSONField(default=list, blank=True)
    need_types = JSONField(default=list, blank=True)
    need_edition = CharField(max_length=60, blank=True)
    age_from = PositiveSmallIntegerField(null=True, blank=True)
    age_to = PositiveSmallIntegerField(null=True, blank=True)
    sex = CharField(max_length=1, choices=Sex.choices, blank=True)
    rule = TextField(blank=True)
    rule_words = TextField(blank=True)
    is_for_emergencies = BooleanField(default=False)
    # Where what is given happens: a code of organisations.stages.ServiceSystem.
    setting = CharField(max_length=12, blank=True)
    languages = JSONField(default=list, blank=True)
    accesses = JSONField(default=list, blank=True)
    cost = CharField(max_length=12, choices=Cost.choices, default=Cost.UNKNOWN)
    cost_amount = PositiveBigIntegerField(null=True, blank=True)
    cost_words = CharField(max_length=300, blank=True)
    papers = JSONField(default=list, blank=True)
    procedure = TextField(blank=True)
    contact_name = CharField(max_length=200, blank=True)
    phone = CharField(max_length=40, blank=True)
    email = CharField(max_length=200, blank=True)
    website = CharField(max_length=200, blank=True)
    alert = CharField(max_length=300, blank=True)

    capacity = PositiveIntegerField(null=True, blank=True)
    free = PositiveIntegerField(null=True, blank=True)
    free_on = DateField(null=True, blank=True)
    days_waiting = PositiveSmallIntegerField(null=True, blank=True)
    waiting_order = CharField(max_length=10, choices=WaitingOrder.choices, default=WaitingOrder.ARRIVAL)
    takes_referrals = BooleanField(default=True)

    region = CharField(max_length=13, blank=True)
    province = CharField(max_length=2, blank=True)
    # The words by which it is searched, in small letters.
    searched = TextField(blank=True)
    confirmed_on = DateField(null=True, blank=True)
    confirmed_by_name = CharField(max_length=200, blank=True)
    begins_on = DateField(null=True, blank=True)
    ends_on = DateField(null=True, blank=True)
    modified_at = DateTimeField()
    hsds = JSONField(default=dict, blank=True)
    version = PositiveIntegerField(default=1)

    objects = ServiceQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        indexes = (
            Index(fields=["listing", "kind", "region"], name="service_found"),
            Index(fields=["modified_at", "id"], name="service_modified"),
            Index(fields=["organisation", "name"], name="service_of"),
            Index(fields=["listing", "confirmed_on"], name="service_confirmed"),
        )
        constraints = (
            CheckConstraint(
                name="service_has_a_name",
                condition=~Q(name=""),
                violation_error_message=_("Nama layanan wajib diisi."),
            ),
            CheckConstraint(
                name="service_ages_go_up",
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_from__lte=F("age_to")),
                violation_error_message=_("Umur termuda tidak bisa melebihi umur tertua."),
            ),
            CheckConstraint(
                name="service_room_is_within_capacity",
                condition=Q(free=None) | Q(capacity=None) | Q(free__lte=F("capacity")),
                violation_error_message=_("Tempat kosong tidak bisa melebihi daya tampung."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Place(OfOrganisation):
    """Where a body serves. Of a place that is a contact point, no address or position is ever kept here."""

    kind = CharField(max_length=14, choices=PlaceKind.choices, default=PlaceKind.PHYSICAL)
    name = CharField(max_length=200, blank=True)
    address = TextField(blank=True)
    region = CharField(max_length=13, blank=True)
    postal_code = CharField(max_length=10, blank=True)
    latitude = FloatField(null=True, blank=True)
    longitude = FloatField(null=True, blank=True)
    transport = TextField(blank=True)
    # Only by boat or aeroplane: kilometres then say little.
    is_island = BooleanField(default=False)
    accesses = JSONField(default=list, blank=True)
    phone = CharField(max_length=40, blank=True)
    ended_on = DateField(null=True, blank=True)
    modified_at = DateTimeField()
    hsds = JSONField(default=dict, blank=True)
    version = PositiveIntegerField(default=1)

    class Meta:
        indexes = (Index(fields=["region"], name="service_place_region"),)
        constraints = (
            CheckConstraint(
                name="contact_point_tells_no_address",
                condition=~Q(kind=PlaceKind.CONTACT_POINT)
                | Q(address="", postal_code="", latitude=None, longitude=None),
                violation_error_message=_("Titik hubung tidak boleh memuat alamat atau koordinat."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class OfServiceQuerySet(Reachable):
    to_organisation = "service__organisation"
    to_region = "service__organisation__region"


class OfService(Model):
    """A row that belongs to one service and is reached as it is."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = ForeignKey(Service, PROTECT, related_name="+")

    objects = OfServiceQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def organisation_key(self) -> uuid.UUID:
        """For the record of events: kept with the body."""
        return self.service.organisation_id


class AtPlace(OfService):
    """That a service is given at a place (HSDS: service_at_location)."""

    service = ForeignKey(Service, PROTECT, related_name="at_places")
    place = ForeignKey(Place, PROTECT, related_name="services")
    ended_on = DateField(null=True, blank=True)
    hsds = JSONField(default=dict, blank=True)

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=["service", "place"],
                name="service_once_at_a_place",
                condition=Q(ended_on=None),
                violation_error_message=_("Layanan ini sudah tercatat di tempat itu."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.service_id} @ {self.place_id}"


class Area(OfService):
    """A region whose people a service takes: a code of any level. A service without one takes those of its body's area."""

    service = ForeignKey(Service, PROTECT, related_name="areas")
    code = CharField(max_length=13)
    hsds = JSONField(default=dict, blank=True)

    class Meta:
        indexes = (Index(fields=["code"], name="service_area_code"),)
        constraints = (UniqueConstraint(fields=["service", "code"], name="service_area_once"),)

    def __str__(self) -> str:
        return self.code


class Hours(OfService):
    """When a service is open, as a repeating rule (HSDS schedule, RFC 5545 RRULE). `place` None is every place.

    `by_day` is "MO,TU" or, by month, "1MO,-1FR"; `by_month_day` "1,15". Times are of the place's own zone, `zone`
    in hours east of UTC (7 WIB, 8 WITA, 9 WIT). No times is "by appointment".
    """

    service = ForeignKey(Service, PROTECT, related_name="hours")
    place = ForeignKey(Place, PROTECT, null=True, blank=True, related_name="hours")
    frequency = CharField(max_length=8, choices=Frequency.choices, blank=True)
    interval = PositiveSmallIntegerField(default=1)
    by_day = CharField(max_length=60, blank=True)
    by_month_day = CharField(max_length=60, blank=True)
    starts_on = DateField(null=True, blank=True)
    valid_from = DateField(null=True, blank=True)
    valid_to = DateField(null=True, blank=True)
    opens_at = TimeField(null=True, blank=True)
    closes_at = TimeField(null=True, blank=True)
    zone = PositiveSmallIntegerField(default=7)
    words = CharField(max_length=300, blank=True)
    hsds = JSONField(default=dict, blank=True)

    class Meta:
        constraints = (
            CheckConstraint(
                name="service_hours_have_an_end",
                condition=Q(opens_at=None, closes_at=None)
                | Q(opens_at__isnull=False, closes_at__isnull=False),
                violation_error_message=_("Jam buka dan jam tutup diisi berdua."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.by_day} {self.opens_at}–{self.closes_at}"


class Confirmation(OfService):
    """Somebody said that a listing still holds, or what changed in its room. Added, never changed.

    `capacity` and `free` are what was said then, None for not known. `is_room_only`: only the room was told, and
    the rest of the listing not looked at.
    """

    service = ForeignKey(Service, PROTECT, related_name="confirmations")
    on = DateField()
    capacity = PositiveIntegerField(null=True)
    free = PositiveIntegerField(null=True)
    is_room_only = BooleanField(default=False)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    class Meta:
        indexes = (Index(fields=["service", "at"], name="confirmation_of_service"),)

    def __str__(self) -> str:
        return f"{self.service_id}: {self.on}"


class Outside(Model):
    """An HSDS record that Simpul has no row of its own for (a programme, funding, a taxonomy of another register).

    Kept whole, by its key and kind, so that an import goes out again as it came in. Public by nature.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = CharField(max_length=40)
    source = CharField(max_length=200)
    words: Any = JSONField()
    modified_at = DateTimeField()

    class Meta:
        indexes = (Index(fields=["kind", "source"], name="hsds_outside"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
