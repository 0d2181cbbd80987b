"""Kinds of working together, and the states of agreements, decisions and mediations."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Cooperation(TextChoices):
    """What two bodies do together, as the seed on case management names it."""

    COORDINATION = "coordination", _("Koordinasi")
    CONSULTATION = "consultation", _("Konsultasi")
    LEGALISATION = "legalisation", _("Legalisasi atau pengukuhan")
    JOINT_SERVICE = "joint_service", _("Layanan bersama")
    FUNDING = "funding", _("Dukungan dana")
    TRAINING = "training", _("Pelatihan dan pembinaan")
    OTHER = "other", _("Lainnya")


class AgreementState(TextChoices):
    DRAFT = "draft", _("Disusun")
    STANDING = "standing", _("Berlaku")
    ENDED = "ended", _("Berakhir")


class FollowUpState(TextChoices):
    OPEN = "open", _("Belum")
    DONE = "done", _("Selesai")
    DROPPED = "dropped", _("Tidak jadi")


class Party(TextChoices):
    """Between whom a mediator stands, for those who work at home (putting-out)."""

    WORKERS = "workers", _("Organisasi pekerja rumahan")
    INDUSTRY = "industry", _("Pemberi kerja atau industri")
    GOVERNMENT = "government", _("Pemerintah")
    OTHER = "other", _("Pihak lain")


class MediationStage(TextChoices):
    ASKED = "asked", _("Diminta")
    ACCEPTED = "accepted", _("Disanggupi mediator")
    TALKING = "talking", _("Perundingan")
    AGREED = "agreed", _("Sepakat")
    NOT_AGREED = "not_agreed", _("Tidak sepakat")
    KEPT = "kept", _("Kesepakatan dijalankan")
    BROKEN = "broken", _("Kesepakatan tidak dijalankan")
    WITHDRAWN = "withdrawn", _("Ditarik")


_M = MediationStage
MEDIATION_MAY_FOLLOW: dict[MediationStage, frozenset[MediationStage]] = {
    _M.ASKED: frozenset({_M.ACCEPTED, _M.WITHDRAWN}),
    _M.ACCEPTED: frozenset({_M.TALKING, _M.WITHDRAWN}),
    _M.TALKING: frozenset({_M.AGREED, _M.NOT_AGREED, _M.WITHDRAWN}),
    _M.AGREED: frozenset({_M.KEPT, _M.BROKEN}),
    _M.NOT_AGREED: frozenset({_M.TALKING}),
    _M.BROKEN: frozenset({_M.TALKING}),
    _M.KEPT: frozenset(),
    _M.WITHDRAWN: frozenset(),
}
