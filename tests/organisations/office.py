"""Invented certificates, flags and papers, written straight into their tables, for lists of an office."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from simpul.organisations.models import Certificate, Flag, Paper

_numbers = count(1)


def certificate(body, kind, *, on=None, days=400, **details):
    number, today = next(_numbers), on or timezone.localdate()
    kept = {
        "number": f"400/{number}/2026",
        "issuer": "Dinas Sosial Kabupaten Karimun",
        "issued_on": today - timedelta(days=800),
        "valid_to": today + timedelta(days=days),
        "code": f"CERT{number:08}",
        "at": timezone.now(),
        "by_name": "Ibu Farida",
        **details,
    }
    return Certificate.objects.create(organisation=body, kind=kind, **kept)


def registered(body, **details):
    return certificate(body, "registration", **details)


def accredited(body, **details):
    return certificate(body, "accreditation", **{"grade": "A", **details})


def flag(body, words="Pengaduan tentang pengasuhan", **details):
    kept = {"kind": "complaint", "on": timezone.localdate(), "at": timezone.now(), **details}
    made = Flag(organisation=body, by_name="Ibu Farida", **kept)
    made.words = words
    made.save()
    return made


def paper(body, *, days, at_day=None):
    valid_to = (at_day or timezone.localdate()) + timedelta(days=days)
    return Paper.objects.create(organisation=body, kind="domicile", valid_to=valid_to, at=timezone.now())
