"""Invented judgements of network and providers, and preparations for a service."""

from __future__ import annotations

import uuid
from typing import Any

from simpul.access.models import User
from simpul.cases.actions.linking import prepare_client
from simpul.cases.actions.support import review_support
from simpul.cases.models import Case, PlanStep, Preparation, SupportReview
from tests.screening.factories import when

TETANGGA = "Bu Halimah mengantar makanan tiap sore"
PRACTISED = "Bermain peran menyapa petugas loket"


def judged(
    case: Case, by: User, network: int | None = 1, providers: int | None = 2, **details: Any
) -> SupportReview:
    """At the start without `moment`."""
    typed = {"key": uuid.uuid4(), "moment": "baseline"} | details
    minutes = typed.pop("minutes", 140)
    return review_support(case, by=by, network=network, providers=providers, **typed, **when(minutes))


def prepared(step: PlanStep, by: User, **details: Any) -> Preparation:
    """Something was practised without `details`."""
    typed = details or {"practised": PRACTISED}
    typed.setdefault("key", uuid.uuid4())
    minutes = typed.pop("minutes", 150)
    return prepare_client(step, by=by, **typed, **when(minutes))
