"""Invented instruments of an office, and the spreadsheets that hold them."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from simpul.access.reach import Where
from simpul.catalogue.instruments import Domain, Instrument, Item, Level
from simpul.catalogue.text import Text
from simpul.instruments import actions, queries
from simpul.instruments.forms import csv_template

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
DAY = date(2026, 11, 22)


def text(words):
    return Text(words, words)


LEVELS = tuple(
    Level(value, text(name), text(f"{name} sekali"))
    for value, name in ((1, "Buruk"), (2, "Sedang"), (3, "Baik"))
)


def instrument(code="semangat", **details):
    items = (
        Item("tidur", text("Bagaimana tidurnya?"), levels=LEVELS),
        Item("cemas", text("Seberapa cemas?"), levels=LEVELS, is_reversed=True),
        Item("anak", text("Berapa anaknya?"), kind="number", minimum=0, maximum=20),
        Item("cerita", text("Apa ceritanya?"), kind="text"),
    )
    known = {
        "version": 1,
        "title": text("Semangat hidup"),
        "about": text("Tentang sebulan terakhir."),
        "source": "LKS Tunas Bahari",
        "verified": "design",
        "valid_from": DAY,
        "domains": (Domain("hidup", text("Hidup sehari-hari"), items, fewest_answered=1),),
    }
    return Instrument(code, **{**known, **details})


def required(found, code):
    """The same instrument, with one item that must be answered."""
    domain = found.domains[0]
    items = tuple(replace(item, required=item.code == code) for item in domain.items)
    return replace(found, domains=(replace(domain, items=items),))


def added(by, found=None, *, where=None, key=None):
    """One stored version."""
    home = Where(organisation=by.standing_grants[0].organisation, region=by.standing_grants[0].region)
    return actions.add(where or home, by=by, key=key or uuid4(), instrument=found or instrument(), at=AT)


def sheet_after(sheet, row, column, value):
    """The example file as CSV bytes, with one cell of a sheet changed. Rows count from 1, the heading being the first."""
    rows = list(csv.reader(io.StringIO(csv_template().removeprefix("\ufeff"))))
    start = rows.index([f"[{sheet}]"])
    heading = rows[start + 1]
    changed = rows[start + row]
    changed += [""] * (len(heading) - len(changed))
    changed[heading.index(column)] = value
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


# --- sheets ---

PARTICIPANT = UUID("5a1c0c1e-3f0b-4a53-8a3e-0d5b6a7c8d01")


def begun(by, *, code="session-evaluation", version=None, participant=PARTICIPANT, key=None, **details):
    """A draft of a shipped instrument, where this person may fill it in."""
    details.setdefault("label", "Wan Aminah")
    return actions.begin(
        queries.where_to_fill(by),
        by=by,
        key=key or uuid4(),
        instrument=code,
        version=version,
        participant=participant,
        on=DAY,
        at=AT,
        **details,
    )


SESSION = {"clear": 4, "fits": 3, "asked": 2, "trainer": 4, "time": 3, "place": 3, "apply": 2}


def locked(by, answers=None, **details):
    """The same, answered and locked."""
    sheet = begun(by, **details)
    sheet = actions.answer(sheet, by=by, version=1, answers=answers or SESSION, at=AT)
    return actions.lock(sheet, by=by, version=2, at=AT)
