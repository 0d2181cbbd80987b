"""The part of a copy about referrals: what went to whom with whose consent, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from simpul.cases.queries.plans import kind_name
from simpul.desk.queries.copy.copying import Copying, Row, Section, row
from simpul.desk.queries.copy.of_cases import case_of, of_cases
from simpul.people.models import Capacity
from simpul.referrals.models import Referral
from simpul.referrals.queries.loop_shared import to_whom
from simpul.referrals.stages import Share


def referrals(copying: Copying) -> Section:
    """Each referral with exactly what was shared. Messages are letters between bodies: counted, not given."""
    rows = of_cases(Referral, copying)
    return Section("referrals", _("Rujukan"), tuple(entry for one in rows for entry in _told(one, copying)))


def _told(one: Referral, copying: Copying) -> Iterator[Row]:
    for message in one.messages.all():
        copying.others(message.words)
    if one.consent_capacity != Capacity.SELF:
        copying.others(one.consent_by)
    told = (one.shared or {}).get("told", ())
    names = {str(share): str(share.label) for share in Share}
    yield row(
        case_of(one),
        ("referral", _("Nomor rujukan"), one.number),
        ("to_whom", _("Kepada"), to_whom(one)),
        ("kind", _("Jenis layanan"), one.need_kind, kind_name(one.need_kind)),
        ("stage", _("Keadaan"), one.stage, one.get_stage_display()),
        ("basis", _("Dasar"), one.basis, one.get_basis_display()),
        ("consented_on", _("Disetujui pada"), one.consented_on),
        ("consent_withdrawn_on", _("Persetujuan dicabut pada"), one.consent_withdrawn_on),
        ("sent_at", _("Dikirim"), one.sent_at),
        (
            "shared",
            _("Yang dibagikan"),
            [f"{names.get(line['share'], line['share'])}: {copying.words(line['text'])}" for line in told]
            if copying.with_words
            else [names.get(line["share"], line["share"]) for line in told],
        ),
        ("words", _("Keterangan untuk penerima"), copying.words(one.words)),
        ("preparation", _("Persiapan"), copying.words(one.preparation)),
        ("outcome", _("Hasilnya"), copying.words(one.outcome)),
        ("told", _("Kata orang itu sendiri"), one.told, one.get_told_display() if one.told else ""),
        ("told_words", _("Kata-katanya"), copying.words(one.told_words)),
        ("by", _("Petugas"), one.by_name),
    )
