"""What an office watches: flags about a body, and the reports that the body owes."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import (
    PROTECT,
    BinaryField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKey,
    Index,
    JSONField,
    Model,
    PositiveIntegerField,
    Q,
    TextField,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed
from simpul.organisations.models.body import OfOrganisation, Organisation
from simpul.organisations.stages import FlagKind, ReportState


class Flag(OfOrganisation):
    """Something that those who must should know about a body: a warning, a stop, a complaint upheld.

    `office` is the office that raised it ("21.02", "21", "" for the ministry) and alone lifts it; None where that
    was not kept: then the office that registers the body lifts it.
    """

    office = CharField(max_length=13, null=True, blank=True)
    kind = CharField(max_length=12, choices=FlagKind.choices)
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "flag.words")
    on = DateField()
    until = DateField(null=True, blank=True)
    lifted_on = DateField(null=True, blank=True)
    lifted_because_sealed = BinaryField(null=True)
    lifted_because: Any = Sealed("lifted_because_sealed", "flag.lifted_because")
    lifted_by_name = CharField(max_length=200, blank=True)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    class Meta:
        indexes = (Index(fields=["organisation", "lifted_on"], name="flag_of_organisation"),)

    def __str__(self) -> str:
        return self.kind


class ReportQuerySet(Reachable):
    """A body reaches its own; an office what is meant for it: a kabupaten sees no report to the province."""

    to_organisation = "organisation"
    to_region = "region"


class Report(Model):
    """What a body reports to the office that registered it, for one period (`since` to `until`).

    `region` is that office: "21.02", "21", or empty for the ministry. `known` is what Simpul filled in by itself
    when it was made, `told` what the body wrote; counts only, never lists of people.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = ForeignKey(Organisation, PROTECT, related_name="+")
    region = CharField(max_length=13, blank=True)
    since = DateField()
    until = DateField()
    due_on = DateField()
    state = CharField(max_length=8, choices=ReportState.choices, default=ReportState.DRAFT)
    known = JSONField(default=dict)
    told_sealed = BinaryField(null=True)
    told: Any = Sealed("told_sealed", "report.told", as_json=True)
    sent_on = DateField(null=True, blank=True)
    received_on = DateField(null=True, blank=True)
    answer = TextField(blank=True)
    version = PositiveIntegerField(default=1)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    objects = ReportQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["region", "state", "due_on"], name="report_queue"),)
        constraints = (
            UniqueConstraint(
                fields=["organisation", "since", "until"],
                name="report_once_a_period",
                violation_error_message=_("Laporan untuk masa itu sudah ada."),
            ),
            UniqueConstraint(
                fields=["organisation"],
                condition=Q(state="draft"),
                name="report_one_draft",
                violation_error_message=_("Masih ada draf laporan. Selesaikan dulu."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"
