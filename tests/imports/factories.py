"""Invented lists as offices write them, sent and loaded the way the pages do it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

from simpul.access.models import User
from simpul.access.reach import Where
from simpul.imports import actions
from simpul.imports.models import Batch
from simpul.imports.queries.planning import looked_at, picture_of, plan_of
from simpul.ui.sheets import Sheet, as_csv, as_xlsx
from tests.access.factories import ORGANISATION, REGION, user_with

ON = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
VILLAGE = "21.02.10.2003"
HEADINGS = ("NIK", "Nama", "L/P", "Tgl Lahir")
AMINAH = ("2102105203540001", "Siti Aminah", "P", "12-03-1954")
RIZKI = ("2102100505180002", "Rizki Pratama", "L", "5 Mei 2018")


def supervisor(**details) -> User:
    """Who supervises one LKS in Karimun."""
    return user_with("case_supervisor", **{"organisation": ORGANISATION, "region": REGION, **details})


def officer(**details) -> User:
    """Who works for the Dinas of Karimun."""
    return user_with("dinas_officer", **{"region": REGION, **details})


def csv(*rows, headings=HEADINGS) -> bytes:
    return as_csv([headings, *rows])


def xlsx(*rows, headings=HEADINGS) -> bytes:
    return as_xlsx(Sheet("Daftar", headings, rows))


def about(**details) -> actions.About:
    """A list that the Dinas made last month."""
    kept = {
        "kind": "people",
        "list_name": "Daftar lansia Desa Pangke",
        "listed_on": date(2026, 10, 1),
        "basis": "public_service",
        "basis_because": "Pendataan menurut tugas dinas",
        "default_region": VILLAGE,
        **details,
    }
    return actions.About(**kept)


def sent(
    by: User, data: bytes, *, where: Where | None = None, key=None, file_name="daftar.csv", **details
) -> Batch:
    where = where or Where(by.standing_grants[0].organisation, by.standing_grants[0].region)
    return actions.send(
        where,
        by=by,
        key=key or uuid4(),
        data=data,
        looked=looked_at(data),
        file_name=file_name,
        about=about(**details),
        on=ON,
        at=AT,
    )


def plan(batch: Batch, by: User):
    return plan_of(batch, by, ON)


def tried(by: User, data: bytes, **details) -> Batch:
    """A file as it stands after its try."""
    batch = sent(by, data, **details)
    seen = plan(batch, by)
    return actions.keep_picture(
        batch,
        by=by,
        version=batch.version,
        counts=seen.counts,
        picture=picture_of(seen, batch.picture),
        refused=seen.refused,
        at=AT,
    )


def loaded(by: User, data: bytes, **details) -> Batch:
    """A file that is loaded."""
    batch = tried(by, data, **details)
    return actions.run(batch, by=by, plan=plan(batch, by), version=batch.version, on=ON, at=AT)
