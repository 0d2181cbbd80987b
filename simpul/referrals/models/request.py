"""A request for help from outside, before anybody is registered: by somebody for themselves, for another, or by a body."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import (
    PROTECT,
    BinaryField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKey,
    Index,
    JSONField,
    Model,
    PositiveIntegerField,
    UUIDField,
)

from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed
from simpul.cases.models import Case
from simpul.organisations.models import Organisation
from simpul.people.models import Person
from simpul.referrals.stages import Agreed, ForWhom, RequestState
from simpul.services.models import Service


class HelpRequestQuerySet(Reachable):
    # Where the need is; a request that was passed on to a body is reached by that body too.
    to_region = "region"


class HelpRequest(Model):
    """What somebody without an account asked for. Names and words are sealed; lists show only kind, place and time.

    The sender keeps a reference number ("SB-7Q4K-9MXR-2HTW") by which the state is asked; only its keyed mark is
    stored beside `short`, its first part ("SB-7Q4K"), by which the duty officer and the sender speak of it.
    `situations` are codes of catalogue.services situations; `safe_ways` of stages.SafeWay: how they may be reached
    without danger. `organisation` is the body on whose duty list it lies; None where the area's office keeps it.
    `emergency` is what was said of danger now; `is_urgent` also where nothing was said and the situation is one:
    these stand first. `agreed` tells whether the one for whom somebody else asks knows of it. After `erase_on` its
    words are destroyed, on `erased_at`; that it was there still counts.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    short = CharField(max_length=12)
    reference_mark = CharField(max_length=64, unique=True)
    for_whom = CharField(max_length=8, choices=ForWhom.choices)
    situations = JSONField(default=list)
    emergency = CharField(max_length=8, blank=True)  # "yes", "no", "" not said
    is_urgent = BooleanField(default=False)
    agreed = CharField(max_length=10, choices=Agreed.choices, blank=True)
    region = CharField(max_length=13)
    province = CharField(max_length=2)
    organisation = UUIDField(null=True)
    service = ForeignKey(Service, PROTECT, null=True, related_name="+")
    name_sealed = BinaryField(null=True)
    name: Any = Sealed("name_sealed", "help_request.name")
    phone_sealed = BinaryField(null=True)
    phone: Any = Sealed("phone_sealed", "help_request.phone")
    safe_ways = JSONField(default=list)
    safe_words_sealed = BinaryField(null=True)
    safe_words: Any = Sealed("safe_words_sealed", "help_request.safe_words")
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "help_request.words")
    # Of a body that asks for somebody else.
    from_body = CharField(max_length=200, blank=True)
    from_organisation = ForeignKey(Organisation, PROTECT, null=True, related_name="+")
    state = CharField(max_length=12, choices=RequestState.choices, default=RequestState.NEW)
    state_since = DateTimeField()
    answer_by = DateTimeField()
    taken_by = UUIDField(null=True)
    taken_by_name = CharField(max_length=200, blank=True)
    # What the sender reads under the reference; never names, never where somebody is.
    answer_sealed = BinaryField(null=True)
    answer: Any = Sealed("answer_sealed", "help_request.answer")
    person = ForeignKey(Person, PROTECT, null=True, related_name="+")
    case = ForeignKey(Case, PROTECT, null=True, related_name="+")
    double_of = ForeignKey("self", PROTECT, null=True, related_name="+")
    erase_on = DateField(null=True)
    erased_at = DateTimeField(null=True)
    version = PositiveIntegerField(default=1)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200, blank=True)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["state", "region", "at"], name="help_request_duty"),
            Index(fields=["organisation", "state", "at"], name="help_request_of_body"),
        )

    def __str__(self) -> str:
        return self.short

    @property
    def about_person(self) -> uuid.UUID | None:
        """Nobody, until somebody was registered from it."""
        return self.person_id


class RequestStep(Model):
    """That a request came to a state, and what was noted by whom. Added, never changed."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = ForeignKey(HelpRequest, PROTECT, related_name="steps")
    state = CharField(max_length=12, choices=RequestState.choices)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200, blank=True)
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "request_step.words")

    class Meta:
        indexes = (Index(fields=["request", "at"], name="step_of_request"),)

    def __str__(self) -> str:
        return self.state
