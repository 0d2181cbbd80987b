"""Invented complaints of people without an account."""

from __future__ import annotations

import uuid
from typing import Any

from simpul.access.gate import THE_MACHINE
from simpul.access.reach import Where
from simpul.cases.actions.complaints import complain
from simpul.cases.models import Complaint
from tests.access.factories import ORGANISATION
from tests.screening.factories import VILLAGE, when

CODE = "K7PM2XQ9HT4W"
WORDS = "Sembako yang dijanjikan tidak pernah datang"
HERE = Where(organisation=ORGANISATION, region=VILLAGE)


def complained(
    where: Where = HERE, *, key: uuid.UUID | None = None, code: str = CODE, **changed: Any
) -> Complaint:
    details = {"words": WORDS, "key": key or uuid.uuid4(), "code": code} | changed
    return complain(where, by=THE_MACHINE, **details, **when())
