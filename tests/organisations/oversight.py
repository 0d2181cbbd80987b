"""Invented flags and reports of a body."""

import uuid
from datetime import UTC, date, datetime

from simpul.organisations.actions import oversight as flags
from simpul.organisations.actions import oversight_reports as reports
from simpul.organisations.models import Flag

TODAY = date(2027, 1, 20)
LAST_YEAR = date(2026, 1, 1)
AT = datetime(2027, 1, 20, 3, 0, tzinfo=UTC)
TOLD = {
    "activities": "Kelas membaca dua kali seminggu.",
    "difficulties": "",
    "plan": "Kelas berhitung.",
    "served": {"other": {"male": 3, "female": 12}},
    "money": {"income": 12_500_000, "own_income": None, "spent": 11_000_000},
}


def raised(body, by, *, key=None, on=TODAY, kind="warning", words="Papan nama belum dipasang.", **details):
    key = key or uuid.uuid4()
    return flags.raise_flag(body, by=by, key=key, on=on, at=AT, kind=kind, words=words, **details)


def a_flag(body, **details):
    """A row as it stands, without anybody having raised it."""
    kept = {"kind": "warning", "on": TODAY, "at": AT, "by_name": "Ibu Farida", **details}
    flag = Flag(organisation=body, **kept)
    flag.words = "Papan nama belum dipasang."
    flag.save()
    return flag


def started(body, by, *, key=None, on=TODAY, since=LAST_YEAR):
    return reports.start_report(body, by=by, key=key or uuid.uuid4(), on=on, at=AT, since=since)


def written(body, by, **told):
    report = started(body, by)
    return reports.write_report(report, by=by, version=report.version, told={**TOLD, **told})


def sent(body, by, *, on=TODAY):
    report = written(body, by)
    return reports.send_report(report, by=by, on=on, version=report.version)
