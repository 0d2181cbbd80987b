"""The life of an accreditation as a table: what may follow what."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    SELF_ASSESSMENT = "self_assessment", _("Evaluasi diri")
    RECOMMENDATION = "recommendation", _("Menunggu rekomendasi Dinas")
    APPLICATION = "application", _("Siap diajukan")
    DESK_CHECK = "desk_check", _("Verifikasi berkas")
    RETURNED = "returned", _("Dikembalikan untuk dilengkapi")
    ASSIGNMENT = "assignment", _("Penugasan asesor")
    VISIT = "visit", _("Visitasi")
    VALIDATION = "validation", _("Validasi")
    PLENARY = "plenary", _("Pleno")
    ACCREDITED = "accredited", _("Terakreditasi")
    NOT_ACCREDITED = "not_accredited", _("Tidak terakreditasi")
    APPEAL = "appeal", _("Keberatan")
    WITHDRAWN = "withdrawn", _("Ditarik pemohon")


_S = Stage
MAY_FOLLOW: dict[Stage, frozenset[Stage]] = {
    _S.SELF_ASSESSMENT: frozenset({_S.RECOMMENDATION, _S.WITHDRAWN}),
    # Without a recommendation the body mends its self-assessment.
    _S.RECOMMENDATION: frozenset({_S.APPLICATION, _S.SELF_ASSESSMENT, _S.WITHDRAWN}),
    _S.APPLICATION: frozenset({_S.DESK_CHECK, _S.WITHDRAWN}),
    _S.DESK_CHECK: frozenset({_S.RETURNED, _S.ASSIGNMENT, _S.WITHDRAWN}),
    _S.RETURNED: frozenset({_S.DESK_CHECK, _S.WITHDRAWN}),
    _S.ASSIGNMENT: frozenset({_S.VISIT, _S.WITHDRAWN}),
    # Without scores that can be used (a conflict found later) other assessors are named.
    _S.VISIT: frozenset({_S.VALIDATION, _S.ASSIGNMENT, _S.WITHDRAWN}),
    # Once validated it runs to its decision: nobody withdraws from a result that is not liked.
    _S.VALIDATION: frozenset({_S.PLENARY, _S.VISIT}),
    _S.PLENARY: frozenset({_S.ACCREDITED, _S.NOT_ACCREDITED, _S.VALIDATION}),
    _S.ACCREDITED: frozenset({_S.APPEAL}),
    _S.NOT_ACCREDITED: frozenset({_S.APPEAL}),
    # An appeal confirms or changes the result; it is not appealed twice (kept in its row).
    _S.APPEAL: frozenset({_S.ACCREDITED, _S.NOT_ACCREDITED}),
    _S.WITHDRAWN: frozenset(),
}
DECIDED = frozenset({_S.ACCREDITED, _S.NOT_ACCREDITED})
ENDED = DECIDED | {_S.WITHDRAWN}


class Part(TextChoices):
    """What somebody is named for in one accreditation."""

    ASSESSOR = "assessor", _("Asesor")
    COMPANION = "companion", _("Pendamping dari Dinas")
    VALIDATOR = "validator", _("Penyelia")


class Round(TextChoices):
    """Which decision: the plenary's, or the one after an appeal."""

    PLENARY = "plenary", _("Pleno")
    APPEAL = "appeal", _("Setelah keberatan")
