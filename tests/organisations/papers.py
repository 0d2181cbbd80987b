"""Invented papers of a body."""

import uuid
from datetime import UTC, date, datetime

from simpul.organisations.actions import papers as actions
from simpul.organisations.models import Certificate, Paper
from simpul.organisations.queries.papers_told import Told

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def told(**details):
    return Told(**{"number": "470/12/2026", "issuer": "Lurah Sungai Raya", **details})


def added(body, by, *, kind="domicile", key=None, file=None, act=actions.add_paper, **details):
    return act(
        body, by=by, key=key or uuid.uuid4(), on=TODAY, at=AT, kind=kind, told=told(**details), file=file
    )


def a_paper(body, **details):
    """A row as it stands, without anybody having written it."""
    return Paper.objects.create(
        organisation=body, at=AT, by_name="Bu Salmah", **{"kind": "domicile", **details}
    )


def a_certificate(body, **details):
    number = str(uuid.uuid4())
    kept = {
        "kind": "registration",
        "number": number,
        "issuer": "Dinas Sosial Kabupaten Karimun",
        "issuer_region": "21.02",
        "issued_on": date(2024, 3, 1),
        "valid_to": date(2027, 2, 28),
        "code": number[:12],
        "at": AT,
        "by_name": "Pak Lukman",
        **details,
    }
    return Certificate.objects.create(organisation=body, **kept)
