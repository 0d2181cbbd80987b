"""Invented agreements, forums and mediations."""

import uuid
from datetime import UTC, date, datetime

from simpul.access.reach import Where
from simpul.partners.actions import agreements, forums, mediation
from simpul.partners.queries.told import About, Asked, Minutes, Terms

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
FOUNDED = date(2020, 5, 2)


def terms(**details):
    kept = {
        "partner": "Puskesmas Tebing",
        "ways": ("coordination",),
        "subject": "Pemeriksaan kesehatan tiap bulan",
        "number": "",
        "since": date(2026, 1, 1),
        "until": None,
        **details,
    }
    return Terms(**kept)


def an_agreement(body, by, *, key=None, **details):
    return agreements.make(body, by=by, key=key or uuid.uuid4(), at=AT, terms=terms(**details))


def in_force(body, by, **details):
    row = an_agreement(body, by, **details)
    return agreements.put_in_force(row, by=by, version=row.version)


def a_forum(by, *, organisation=None, region="21.02", key=None, **details):
    about = About(**{"called": "Forum Jejaring Karimun", "aim": "", "chair": "", "since": FOUNDED, **details})
    where = Where(organisation=organisation, region=region)
    return forums.found_forum(where, by=by, key=key or uuid.uuid4(), at=AT, about=about)


def a_member(forum, by, called="LKS Tunas Bahari", *, on=FOUNDED):
    return forums.join(forum, by=by, key=uuid.uuid4(), on=on, at=AT, called=called)


def minutes(**details):
    kept = {
        "on": date(2026, 11, 2),
        "place": "Aula kecamatan",
        "agenda": "Rencana tahun depan",
        "minutes": "",
        "came": (),
        "guests": "",
        **details,
    }
    return Minutes(**kept)


def a_meeting(forum, by, *, key=None, **details):
    return forums.meet(forum, by=by, key=key or uuid.uuid4(), on=TODAY, at=AT, minutes=minutes(**details))


def a_mediation(body, by, *, key=None, **details):
    asked = Asked(
        **{
            "counterpart_kind": "industry",
            "counterpart": "PT Benang Laut",
            "matter": "Upah per potong terlambat dibayar",
            "mediator": "Dinas Tenaga Kerja",
            **details,
        }
    )
    return mediation.ask(body, by=by, key=key or uuid.uuid4(), on=TODAY, at=AT, asked=asked)
