"""Programmes that are measured: people with codes, their accounts, and files of answers."""

import csv
import io
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from simpul.catalogue.instruments import get
from simpul.instruments.actions import answer, lock
from simpul.programmes.actions import measuring
from simpul.programmes.models import Participant
from tests.access.factories import user_with
from tests.programmes.making import AT, TODAY, a_programme, later

INSTRUMENT = get("organisation-capacity")
FIRST, SECOND = (item.code for item in INSTRUMENT.items[:2])
ANSWERS = {FIRST: 2, SECOND: 3}


def measured(**details):
    """A programme that measures with the instrument of the paper, at the stage of its pre-test."""
    kept = {
        "stage": "pre_test",
        "instrument": INSTRUMENT.code,
        "instrument_version": INSTRUMENT.version,
        "instrument_digest": INSTRUMENT.digest,
        **details,
    }
    return a_programme(**kept)


def a_person(member, code="P01", *, user=None, **details):
    row = Participant(
        programme=member.programme,
        member=member,
        code=code,
        user=user.pk if user else None,
        since=TODAY,
        at=AT,
        by_name="Bu Ratna",
        **details,
    )
    row.name = f"Orang {code}"
    row.save()
    return row


def an_account(body, name="Pak Rahmat"):
    """Somebody of that body who may take part."""
    return user_with("participant", organisation=body.pk, name=name)


def begun(person, officer, *, wave="pre", key=None, answered_on=TODAY):
    details = {"key": key or uuid.uuid4(), "wave": wave, "answered_on": answered_on}
    return measuring.begin_sheet(person, by=officer, on=TODAY, at=later(), **details)


def filled(person, officer, *, wave="pre", answers=ANSWERS, answered_on=TODAY):
    """A locked sheet that the office copied from paper."""
    sheet = begun(person, officer, wave=wave, answered_on=answered_on)
    sheet = answer(sheet, by=officer, version=sheet.version, answers=answers, at=AT)
    return lock(sheet, by=officer, version=sheet.version, at=AT)


def a_file(*rows):
    """A CSV of answers: the columns of the first row."""
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile("jawaban.csv", written.getvalue().encode())
