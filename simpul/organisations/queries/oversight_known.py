"""What Simpul fills into a report by itself: counts of what is recorded, never people, and never who is helped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.catalogue import editions
from simpul.catalogue.organisations import bodies
from simpul.organisations.models import Certificate, Officer, Organisation, Paper, ServedArea, Staff
from simpul.organisations.queries.certificates import valid_on
from simpul.organisations.queries.help_received import standing, totals
from simpul.organisations.queries.papers_days import Nearness, nearness, words_of
from simpul.organisations.queries.papers_running import certificates_of
from simpul.organisations.queries.papers_words import kind_title
from simpul.organisations.stages import CertificateKind, ServiceSystem, Unit
from simpul.ui.templatetags.ui import rupiah, tanggal

Known = dict[str, Any]
# By how many dots its code has: province, regency, kecamatan, village.
_LEVELS = ("provinces", "regencies", "districts", "villages")
OTHER_NEED = "other"


def known_of(organisation: Organisation, on: date, *, since: date, until: date) -> Known:
    """What is recorded about a body on that day, and the help received from `since` to `until`, as a report keeps it."""
    officers = list(Officer.objects.filter(organisation=organisation, ended_on=None))
    staff = list(
        Staff.objects.filter(organisation=organisation, ended_on=None).select_related("organisation")
    )
    papers = Paper.objects.filter(organisation=organisation, replaced_by=None, removed_at=None)
    received = standing().filter(organisation=organisation, received_on__range=(since, until))
    certificates = Certificate.objects.filter(valid_on(on), organisation=organisation)
    return {
        "on": on.isoformat(),
        "officers": dict(Counter(officer.unit for officer in officers)),
        "officers_ended": sum(officer.until is not None and officer.until < on for officer in officers),
        "staff": dict(Counter(person.profession for person in staff)),
        "staff_certified": sum(_is_certified(person, on) for person in staff),
        "papers": [[row.kind, nearness(row.valid_to, on).value] for row in papers.order_by("kind", "pk")],
        "level": organisation.level,
        "areas": _areas(organisation),
        "capacity": organisation.capacity,
        "needs": list(organisation.need_types),
        "systems": list(organisation.service_systems),
        "help": asdict(totals(received, on)),
        "certificates": [
            [row.kind, row.number, row.valid_to.isoformat() if row.valid_to else "", row.grade]
            for row in certificates.order_by("kind", "-issued_on", "pk")
        ],
    }


def _is_certified(person: Staff, on: date) -> bool:
    over = sum(one.near is Nearness.OVER for one in certificates_of(person, on))
    return len(person.certificates) > over


def _areas(organisation: Organisation) -> dict[str, int]:
    """How many regions of each level were declared."""
    codes = ServedArea.objects.filter(organisation=organisation, ended_on=None).values_list("code", flat=True)
    return dict(Counter(_LEVELS[code.count(".")] for code in set(codes)))


# --- in words ---


def known_lines(known: Known) -> tuple[tuple[str, str], ...]:
    """Label and text of each line; what is not recorded says so."""
    return tuple((label, text or _("belum tercatat")) for label, text in _lines(known))


def _lines(known: Known) -> Iterator[tuple[str, str]]:
    yield _("Kepengurusan"), _counted(known.get("officers", {}), _of_choices(Unit))
    if ended := known.get("officers_ended"):
        yield (
            _("Masa jabatan yang sudah berakhir"),
            ngettext("%(number)s orang", "%(number)s orang", ended) % {"number": ended},
        )
    professions = {one.code: one.title.in_language(get_language() or "id") for one in bodies.professions()}
    yield _("Pegawai"), _counted(known.get("staff", {}), professions)
    certified = known.get("staff_certified", 0)
    yield (
        _("Pegawai bersertifikat yang masih berlaku"),
        ngettext("%(number)s orang", "%(number)s orang", certified) % {"number": certified},
    )
    yield _("Wilayah layanan"), _counted(known.get("areas", {}), _area_names())
    capacity = known.get("capacity")
    yield _("Daya tampung"), str(capacity) if capacity is not None else ""
    yield _("Jenis PPKS yang dilayani"), ", ".join(need_names(known.get("needs", ())).values())
    systems = _of_choices(ServiceSystem)
    yield _("Sistem layanan"), ", ".join(systems.get(code, code) for code in known.get("systems", ()))
    yield _("Tanda daftar dan akreditasi"), "; ".join(map(_certificate, known.get("certificates", ())))
    if received := known.get("help", {}):
        # Earlier reports told the help of the year in which they were filled.
        of_year = _("Bantuan diterima tahun %(year)s") % received if "year" in received else ""
        yield (
            of_year or _("Bantuan diterima pada masa laporan"),
            _help(received) if received["number"] else "",
        )
    yield _("Surat"), "; ".join(_paper(*row) for row in known.get("papers", ()))


def need_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of kinds of need in the edition that the office uses; a code that it lacks stays as it is."""
    edition = editions.get(settings.SIMPUL_EDITION)
    names = {need.code: need.display.in_language(get_language() or "id") for need in edition.types}
    return {code: _("Lainnya") if code == OTHER_NEED else names.get(code, code) for code in codes}


def _counted(counts: dict[str, int], names: dict[str, str]) -> str:
    ordered = [code for code in names if code in counts] + sorted(set(counts) - set(names))
    return ", ".join(f"{names.get(code, code)}: {counts[code]}" for code in ordered)


def _of_choices(choices: Any) -> dict[str, str]:
    return {code: str(words) for code, words in choices.choices}


def _area_names() -> dict[str, str]:
    return {
        "provinces": _("provinsi"),
        "regencies": _("kabupaten/kota"),
        "districts": _("kecamatan"),
        "villages": _("desa/kelurahan"),
    }


def _certificate(row: list[str]) -> str:
    kind, number, valid_to, grade = row
    words = _of_choices(CertificateKind).get(kind, kind)
    told = f"{words} {number}" + (f" ({grade})" if grade else "")
    return told + (f", {_('sampai')} {tanggal(date.fromisoformat(valid_to))}" if valid_to else "")


def _help(received: dict[str, int]) -> str:
    words = ngettext(
        "%(number)s bantuan, uang %(money)s, %(owed)s belum dipertanggungjawabkan",
        "%(number)s bantuan, uang %(money)s, %(owed)s belum dipertanggungjawabkan",
        received["number"],
    )
    return words % {**received, "money": rupiah(received["rupiah"])}


def _paper(kind: str, near: str) -> str:
    return f"{kind_title(kind)}: {words_of(Nearness(near))}"
