"""Types of sources of help that an office counts for itself, beside the official twelve."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    Model,
    PositiveIntegerField,
    Q,
    TextField,
    UniqueConstraint,
    UUIDField,
)

from simpul.access.reach import Reachable
from simpul.organisations.stages import SourceUnit


class LocalTypeQuerySet(Reachable):
    to_organisation = None
    to_region = "region"


class LocalType(Model):
    """A type of one office. `region` is the area it holds for, `code` stands in the sources of that type.

    It ends and is never removed: sources keep their type. Its `unit` never changes, because theirs would not follow.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = CharField(max_length=20, unique=True)
    region = CharField(max_length=13)
    title = CharField(max_length=120)
    unit = CharField(max_length=12, choices=SourceUnit.choices)
    definition = TextField()
    basis = CharField(max_length=300, blank=True)
    ended_on = DateField(null=True, blank=True)
    version = PositiveIntegerField(default=1)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    objects: ClassVar = LocalTypeQuerySet.as_manager()

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=["region", "title"], condition=Q(ended_on=None), name="local_type_named_once"
            ),
        )

    def __str__(self) -> str:
        return self.title
