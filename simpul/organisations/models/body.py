"""What is stored about a body that helps: who it is, what it is for, whom it serves and where."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import (
    PROTECT,
    BinaryField,
    BooleanField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
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
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed
from simpul.organisations.stages import (
    Accounting,
    ChangeState,
    Formality,
    Giver,
    HelpForm,
    Kind,
    LegalStatus,
    Legitimation,
    Nature,
    Owner,
    Unit,
)


class OrganisationQuerySet(Reachable):
    to_organisation = "pk"
    to_region = "region"


class Organisation(Model):
    """A body that helps. What is here is public, except an address that must stay secret (a safe house).

    Lists of codes are JSON lists of text: `need_types` of the edition that the office uses, `service_systems` of
    ServiceSystem. `goals` is a list of {"kind": a GoalKind, "words": text}. `version` rises with every change that
    counts. Empty text and None mean "not known", never "no".
    """

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

    parent = ForeignKey("self", PROTECT, null=True, blank=True, related_name="branches")
    phone = CharField(max_length=40, blank=True)
    email = CharField(max_length=200, blank=True)
    website = CharField(max_length=200, blank=True)
    latitude = FloatField(null=True, blank=True)
    longitude = FloatField(null=True, blank=True)

    vision = TextField(blank=True)
    mission = TextField(blank=True)
    goals = JSONField(default=list, blank=True)

    legal_status = CharField(max_length=16, choices=LegalStatus.choices, blank=True)
    legitimation = CharField(max_length=12, choices=Legitimation.choices, blank=True)
    nature = CharField(max_length=12, choices=Nature.choices, blank=True)
    owner = CharField(max_length=12, choices=Owner.choices, blank=True)
    formality = CharField(max_length=8, choices=Formality.choices, blank=True)
    has_statutes = BooleanField(null=True, blank=True)
    deed_number = CharField(max_length=60, blank=True)
    deed_on = DateField(null=True, blank=True)
    notary = CharField(max_length=200, blank=True)
    approval_number = CharField(max_length=60, blank=True)
    approval_on = DateField(null=True, blank=True)
    npwp = CharField(max_length=16, blank=True)
    nib = CharField(max_length=13, blank=True)

    need_types = JSONField(default=list, blank=True)
    service_systems = JSONField(default=list, blank=True)
    is_direct = BooleanField(null=True, blank=True)
    capacity = PositiveIntegerField(null=True, blank=True)
    # Whole rupiah in the last full year; together they give the share of own income.
    yearly_budget = PositiveBigIntegerField(null=True, blank=True)
    yearly_own_income = PositiveBigIntegerField(null=True, blank=True)

    # What the last confirmation by an officer said, so that lists need not judge twenty thousand rows.
    level = CharField(max_length=10, blank=True)
    confirmed_type = CharField(max_length=1, blank=True)
    is_closed = BooleanField(default=False)
    version = PositiveIntegerField(default=1)
    verified_on = DateField(null=True, blank=True)
    verified_by_name = CharField(max_length=200, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["region", "name"], name="organisation_region"),
            Index(fields=["name", "id"], name="organisation_name"),
            # Numbers and maps are counted from this alone; the rows themselves are long.
            Index(
                fields=["is_closed", "region", "confirmed_type", "is_address_secret", "kind", "id"],
                name="organisation_counted",
            ),
        )
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

    @property
    def organisation_key(self) -> uuid.UUID:
        """For the record of events: an organisation's own events are kept with it."""
        return self.id


class OfOrganisationQuerySet(Reachable):
    to_organisation = "organisation"
    to_region = "organisation__region"


class OfOrganisation(Model):
    """A row that belongs to one organisation and is reached as it is."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = ForeignKey(Organisation, PROTECT, related_name="+")

    objects = OfOrganisationQuerySet.as_manager()

    class Meta:
        abstract = True


class Listed(OfOrganisation):
    """A row of a list that an organisation keeps (officers, staff, …). It ends, it is never removed."""

    position = PositiveSmallIntegerField(default=0)
    since = DateField(null=True, blank=True)
    until = DateField(null=True, blank=True)
    # Set when the row left the list: an officer whose term has run out may still stand in it.
    ended_on = DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Officer(Listed):
    """Who holds an office, for which term (`since` to `until`), and what the office is to do."""

    unit = CharField(max_length=12, choices=Unit.choices)
    title = CharField(max_length=120)
    name = CharField(max_length=200)
    job = TextField(blank=True)
    phone_sealed = BinaryField(null=True)
    phone: Any = Sealed("phone_sealed", "officer.phone")

    class Meta(Listed.Meta):
        abstract = False
        indexes = (
            Index(fields=["until", "organisation"], condition=Q(ended_on=None), name="officer_term_ends"),
        )

    def __str__(self) -> str:
        return f"{self.title}: {self.name}"


def day_written(written: object) -> date | None:
    """A day as JSON holds it; None for what is no day."""
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None


class FirstEnd(DateField):
    """The nearest last day among the `certificates` of a row, found anew at every saving.

    So that what runs out is asked of the database, and not read out of the lists of a hundred thousand people.
    """

    def pre_save(self, model_instance: Model, add: bool) -> date | None:
        held: Iterable[Mapping[str, object]] = model_instance.certificates  # type: ignore[attr-defined]
        days = (day_written(one.get("valid_to")) for one in held)
        first = min((day for day in days if day is not None), default=None)
        setattr(model_instance, self.attname, first)
        return first

    def deconstruct(self) -> Any:
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.DateField", arguments, options


class Staff(Listed):
    """Somebody who works there. `certificates` is a list of {"name", "number", "issuer", "issued_on", "valid_to"}."""

    name = CharField(max_length=200)
    # social_worker, educator, expert, support, companion: catalogue classification/staff
    profession = CharField(max_length=20)
    title = CharField(max_length=120, blank=True)
    is_paid = BooleanField(null=True, blank=True)
    certificates = JSONField(default=list, blank=True)
    first_end = FirstEnd(null=True, editable=False)

    class Meta(Listed.Meta):
        abstract = False
        indexes = (
            Index(
                fields=["first_end", "organisation"],
                condition=Q(ended_on=None),
                name="staff_certificate_ends",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Facility(Listed):
    """A place or thing the body has: a room, a vehicle, a signboard. `code` is of the catalogue of facilities."""

    code = CharField(max_length=40)
    name = CharField(max_length=200, blank=True)
    amount = PositiveIntegerField(default=1)
    condition = CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name or self.code


class Account(Listed):
    """A bank account in the body's own name. Never public."""

    bank = CharField(max_length=120)
    holder = CharField(max_length=200)
    number_sealed = BinaryField(null=True)
    number: Any = Sealed("number_sealed", "account.number")

    def __str__(self) -> str:
        return self.bank


class HelpReceived(Listed):
    """Help that a body received: what, from whom, when, and how far it has answered for it. Never public.

    `rupiah` is whole rupiah: the money, or what goods and services are reckoned to be worth. `quantity` says how many
    of what. Givers may be people who do not want to be known, so they are sealed.
    """

    received_on = DateField()
    what = CharField(max_length=200)
    form = CharField(max_length=10, choices=HelpForm.choices)
    rupiah = PositiveBigIntegerField(null=True, blank=True)
    quantity = CharField(max_length=200, blank=True)
    giver_kind = CharField(max_length=10, choices=Giver.choices)
    giver_sealed = BinaryField(null=True)
    giver: Any = Sealed("giver_sealed", "help_received.giver")
    purpose_sealed = BinaryField(null=True)
    purpose: Any = Sealed("purpose_sealed", "help_received.purpose")
    accounting = CharField(max_length=10, choices=Accounting.choices)
    account_by = DateField(null=True, blank=True)
    accounted_on = DateField(null=True, blank=True)
    note_sealed = BinaryField(null=True)
    note: Any = Sealed("note_sealed", "help_received.note")

    class Meta(Listed.Meta):
        abstract = False
        indexes = (
            Index(fields=["organisation", "received_on"], name="help_of_organisation"),
            Index(fields=["received_on", "organisation"], condition=Q(ended_on=None), name="help_by_day"),
        )

    def __str__(self) -> str:
        return self.what


class ServedArea(OfOrganisation):
    """A region really served: a village, or a whole kecamatan, kabupaten/kota or province by its code.

    `code_list_on` is the day of the code list in which the code was chosen.
    """

    code = CharField(max_length=13)
    since = DateField(null=True, blank=True)
    ended_on = DateField(null=True, blank=True)
    code_list_on = DateField(null=True, blank=True)

    class Meta:
        indexes = (Index(fields=["code"], name="served_area_code"),)

    def __str__(self) -> str:
        return self.code


class Change(OfOrganisation):
    """What one part of the record was and should become; once accepted, the history of that part.

    `part` names it (identity, purpose, legal, service, officers, …), `before` and `after` hold all its fields as
    they were read and as they were asked for. Sealed, because phone numbers and accounts are among them. Also
    what an officer changes directly stands here, accepted at once.
    """

    part = CharField(max_length=20)
    base_version = PositiveIntegerField()
    before_sealed = BinaryField(null=True)
    before: Any = Sealed("before_sealed", "change.before", as_json=True)
    after_sealed = BinaryField(null=True)
    after: Any = Sealed("after_sealed", "change.after", as_json=True)
    because = TextField(blank=True)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)
    state = CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.WAITING)
    decided_at = DateTimeField(null=True)
    decided_by = UUIDField(null=True)
    decided_by_name = CharField(max_length=200, blank=True)
    answer = TextField(blank=True)

    class Meta:
        indexes = (Index(fields=["organisation", "state", "at"], name="change_of_organisation"),)

    def __str__(self) -> str:
        return f"{self.part}: {self.state}"
