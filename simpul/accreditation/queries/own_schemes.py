"""Schemes that offices entered, and whether they were used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.accreditation.models import Accreditation, OwnScheme
from simpul.catalogue.accreditation import Scheme, from_words, schemes
from simpul.engines.scoring.grading import grade


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One entered scheme in the list. `is_used`: a run began with it, so it never changes."""

    row: OwnScheme
    scheme: Scheme
    is_used: bool

    def is_open(self, on: date) -> bool:
        return self.row.closed_on is None or on < self.row.closed_on


def own_schemes(user: User) -> list[OwnRow]:
    """Those of this office, the newest first."""
    used = Exists(Accreditation.objects.filter(scheme=OuterRef("code")))
    rows = OwnScheme.objects.reachable(user, Permission.ACCREDITATION_SECRETARY).annotate(used=used)
    return [OwnRow(row, from_words(row.words), row.used) for row in rows.order_by("-at", "pk")]


def free_code(code: str) -> str:
    """The code, or with the next number behind it where the catalogue or an office has it already."""
    taken = {scheme.code for scheme in schemes()} | set(OwnScheme.objects.values_list("code", flat=True))
    if code not in taken:
        return code
    return next(tried for number in count(2) if (tried := f"{code}-{number}") not in taken)


def home_of(user: User) -> str:
    """The area whose scheme somebody of the secretariat enters; empty for all of Indonesia."""
    grants = user.grants_with(Permission.ACCREDITATION_SECRETARY)
    return min((grant.region for grant in grants), default="")


def gaps(scheme: Scheme) -> list[str]:
    """What a scheme does not say, in words: it can be kept so, and completed by a new version."""
    found = []
    if not scheme.is_usable:
        found.append(_("Belum ada standar, butir atau peringkat, jadi belum dapat dipakai menilai."))
    if not scheme.conditions:
        found.append(_("Belum ada syarat yang diperiksa sebelum lembaga mengajukan."))
    if not scheme.documents:
        found.append(_("Belum ada daftar berkas untuk verifikasi."))
    if not scheme.source:
        found.append(_("Sumber peraturannya belum ditulis."))
    if scheme.is_example_weights:
        found.append(_("Bobot dan batas nilai hanya contoh, bukan ketentuan."))
    if not scheme.reminder_months:
        found.append(_("Belum ada jadwal pengingat sebelum sertifikat berakhir."))
    found += [
        _("%(item)s: belum ada petunjuk bukti.") % {"item": item.code}
        for item in scheme.items
        if item.evidence_hint is None
    ]
    return found


def best_reachable(scheme: Scheme) -> str:
    """The grade of a body with full scores: shows whoever enters a scheme that its grades can be reached."""
    if not scheme.is_usable:
        return ""
    finding = grade(scheme.for_grading, {item.code: item.most for item in scheme.items})
    return str(finding.answer)
