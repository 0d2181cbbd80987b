"""Schemes that an office entered itself, because their text is not in the catalogue."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import CharField, DateField, DateTimeField, JSONField, Model, TextField, UUIDField

from simpul.access.reach import Reachable


class OwnSchemeQuerySet(Reachable):
    to_organisation = None
    to_region = "region"


class OwnScheme(Model):
    """A scheme typed in from a regulation that the office holds. A new version is a new row; used ones stay.

    `words` has the shape of the catalogue's schemes, so that one reader checks both.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = CharField(max_length=60, unique=True)
    regulation = CharField(max_length=200)
    source = TextField()
    region = CharField(max_length=13, blank=True)
    valid_from = DateField()
    closed_on = DateField(null=True, blank=True)
    words: Any = JSONField()
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    objects = OwnSchemeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.code
