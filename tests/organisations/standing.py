"""What tests of a body's standing share: a day, a body in a real place, answers by one hand."""

import uuid
from datetime import UTC, date, datetime, timedelta

from simpul.catalogue.organisations import standing as catalogue
from simpul.organisations.models import Indicator, ServedArea
from simpul.organisations.queries.standing_types import OWN_WORD

DAY = date(2026, 11, 22)
MOMENT = datetime(2026, 11, 22, 2, tzinfo=UTC)
PANGKE, PANGKE_BARAT, MERAL_BARAT = "21.02.10.2003", "21.02.10.2004", "21.02.10"
ALL = tuple(catalogue.indicators())


def served(body, *codes, **details):
    return ServedArea.objects.bulk_create(
        ServedArea(organisation=body, code=code, **details) for code in codes
    )


def answered(body, answers, *, seen=OWN_WORD, on=DAY, after=0):
    """Rows as an action would add them, `after` hours later than the first."""
    at = MOMENT + timedelta(hours=after)
    return Indicator.objects.bulk_create(
        Indicator(id=uuid.uuid4(), organisation=body, code=code, answer=answer, seen=seen, on=on, at=at, by_name="Ibu Farida")
        for code, answer in answers.items()
    )  # fmt: skip
