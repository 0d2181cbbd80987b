"""Whether a body may be accredited at all: each condition in three answers, with why and where to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal
from simpul.accreditation.models import Accreditation, Decision
from simpul.accreditation.stages import Stage
from simpul.catalogue.accreditation import Condition, Scheme
from simpul.engines.reasons import Answer, Finding
from simpul.organisations.models import Flag, Organisation, Sanction
from simpul.organisations.queries.certificates import newest_of, standing_of, standing_on
from simpul.organisations.queries.oversight_flags import stands_on
from simpul.organisations.queries.registration_sanctions import standing_on_day
from simpul.organisations.stages import REGISTERED_BY, FlagKind, Kind, LegalStatus, Owner, SanctionStep

# Paragraph (1) of the article of 2009 asks these of bodies of the community. A body of the state is neither a legal
# entity of its own nor registered; paragraph (2), which is about them, is in no text that we have.
_OF_THE_COMMUNITY = ("legal_entity", "registered")
_OF_THE_STATE = (Kind.DINAS, Kind.GOVERNMENT)


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition as it is shown: `because` is why, `mend` what to do, at `href` where there is such a page."""

    answer: Answer
    title: str
    because: str
    mend: str = ""
    href: str = ""
    source: str = ""
    verified: str = ""


def eligibility(organisation: Organisation, scheme: Scheme, on: date) -> Finding:
    """Whether the conditions of the scheme are met on that day, and nothing else stands in the way.

    A condition that only people can confirm is not known here; the secretariat looks at it in the papers.
    """
    asked = [one for one in scheme.conditions if _is_asked(one, organisation)]
    parts = [_condition(organisation, condition, on) for condition in asked]
    if len(asked) < len(scheme.conditions):
        parts.append(Finding(Answer.YES, "of_the_state", str(organisation.pk)))
    parts += [_not_closed(organisation), _not_stopped(organisation, on)]
    return Finding(min(part.answer for part in parts), "eligibility", scheme.code, {"on": on}, tuple(parts))


def _is_asked(condition: Condition, organisation: Organisation) -> bool:
    is_of_the_state = organisation.kind in _OF_THE_STATE or organisation.owner == Owner.GOVERNMENT
    return not (is_of_the_state and condition.rule in _OF_THE_COMMUNITY)


def _condition(organisation: Organisation, condition: Condition, on: date) -> Finding:
    if condition.rule == "registered":
        return _registered(organisation, condition.code, on)
    answers = {
        "legal_entity": _yes_if(organisation.legal_status, LegalStatus.LEGAL_ENTITY),
        "direct": Answer.of(organisation.is_direct),
    }
    told = {"rule": condition.rule}
    return Finding(answers.get(condition.rule, Answer.UNKNOWN), "condition", condition.code, told)


def _yes_if(value: str, wanted: str) -> Answer:
    return Answer.of(value == wanted if value else None)


def _registered(organisation: Organisation, code: str, on: date) -> Finding:
    """Yes with a certificate that holds; no where one was given and holds no more; else not known to Simpul.

    A foreign body has a licence where others have a registration.
    """
    told: dict[str, object] = {"rule": "registered"}
    held = [standing_of(organisation, on, kind) for kind in REGISTERED_BY]
    standing = next((one for one in held if one), None)
    given = [one for one in (newest_of(organisation, kind) for kind in REGISTERED_BY) if one]
    newest = standing or max(given, key=lambda one: (one.issued_on, one.at), default=None)
    if newest is None:
        return Finding(Answer.UNKNOWN, "condition", code, told)
    told |= {
        "number": newest.number,
        "valid_to": newest.valid_to,
        "standing": str(standing_on(newest, on).value),
    }
    return Finding(Answer.of(standing is not None), "condition", code, told)


def _not_closed(organisation: Organisation) -> Finding:
    return Finding(Answer.of(not organisation.is_closed), "open", str(organisation.pk))


def _not_stopped(organisation: Organisation, on: date) -> Finding:
    """No standing suspension, by a flag or by a sanction from the stop upward.

    A sanction stands until it is lifted: its last day is the one by which the body should have mended it.
    """
    flags = Flag.objects.filter(stands_on(on), organisation=organisation, kind=FlagKind.SUSPENSION)
    heavy = (SanctionStep.STOP, SanctionStep.REVOCATION)
    sanctions = Sanction.objects.filter(standing_on_day(on), organisation=organisation, step__in=heavy)
    stopped = flags.exists() or sanctions.exists()
    return Finding(Answer.of(not stopped), "not_stopped", str(organisation.pk))


def earlier_of(organisation: Organisation) -> Accreditation | None:
    """The last accreditation that ended with a grade: a new run renews it."""
    runs = Accreditation.objects.filter(organisation=organisation, stage=Stage.ACCREDITED)
    found: Accreditation | None = runs.order_by("-at").first()
    return found


def again_from(organisation: Organisation) -> date | None:
    """From which day a body that was not accredited may begin anew; None where nothing says so."""
    runs = Accreditation.objects.filter(
        organisation=organisation, stage__in=(Stage.ACCREDITED, Stage.NOT_ACCREDITED)
    )
    newest = runs.order_by("-at").first()
    if newest is None or newest.stage != Stage.NOT_ACCREDITED:
        return None
    decision = Decision.objects.filter(accreditation=newest).order_by("at").last()
    return decision.again_from if decision else None


# --- in words ---


def reasons(finding: Finding, scheme: Scheme, organisation: Organisation) -> tuple[Reason, ...]:
    """Each condition in the words of the page."""
    conditions = {condition.code: condition for condition in scheme.conditions}
    return tuple(_reason(part, conditions.get(part.about), organisation) for part in finding.parts)


def _reason(part: Finding, condition: Condition | None, organisation: Organisation) -> Reason:
    page = reverse("organisations:organisation", args=[organisation.pk])
    if condition is None:
        return _other(part, page)
    title = condition.text.in_language(get_language() or "id")
    marks = {"source": condition.source, "verified": condition.verified}
    if part.values.get("rule") == "registered":
        because, mend = _registered_words(part)
    else:
        because, mend = _recorded_words(part, str(part.values.get("rule", "")))
    return Reason(part.answer, title, because, mend, page if mend else "", **marks)


def _recorded_words(part: Finding, rule: str) -> tuple[str, str]:
    """Why, and what to do, for what stands in the body's own record."""
    if rule == "confirmed":
        return _("Diperiksa sekretariat dari berkasnya."), ""
    if part.answer is Answer.YES:
        return _("Begitu tercatat dalam data lembaga."), ""
    if part.answer is Answer.UNKNOWN:
        return _("Belum tercatat dalam data lembaga."), _(
            "Lengkapi data lembaga, lalu buka halaman ini lagi."
        )
    return (
        _("Dalam data lembaga tercatat tidak."),
        _("Bila keliru, perbaiki data lembaga. Bila benar, syarat ini perlu dipenuhi dahulu."),
    )


def _registered_words(part: Finding) -> tuple[str, str]:
    number = part.values.get("number")
    if part.answer is Answer.YES:
        return _("Tanda daftar %(number)s berlaku.") % {"number": number}, ""
    if part.answer is Answer.NO:
        return (
            _("Tanda daftar %(number)s tidak berlaku lagi.") % {"number": number},
            _("Perpanjang tanda daftar dahulu."),
        )
    return (
        _("Di sini belum ada tanda daftar lembaga ini."),
        _("Ajukan pendaftaran, atau minta Dinas Sosial mencatat tanda daftar yang sudah ada."),
    )


def _other(part: Finding, page: str) -> Reason:
    if part.kind == "of_the_state":
        return Reason(
            part.answer,
            _("Lembaga pemerintah"),
            _(
                "Badan hukum dan tanda daftar diminta dari lembaga milik masyarakat. Syarat bagi lembaga pemerintah tidak ada dalam naskah yang kami miliki; sekretariat memeriksanya dari berkas."
            ),
        )
    if part.kind == "open":
        is_open = part.answer is Answer.YES
        because = _("Lembaga ini berjalan.") if is_open else _("Lembaga ini tercatat sudah tutup.")
        return Reason(part.answer, _("Lembaga masih berjalan"), because, "", "" if is_open else page)
    if part.answer is Answer.YES:
        return Reason(part.answer, _("Tidak sedang dihentikan"), _("Tidak ada penghentian yang berlaku."))
    return Reason(
        part.answer,
        _("Tidak sedang dihentikan"),
        _("Ada penghentian sementara yang masih berlaku."),
        _("Selesaikan dahulu dengan Dinas Sosial."),
        page,
    )


# --- what it stops ---


def _told(found: tuple[Reason, ...]) -> str:
    return "; ".join(
        f"{reason.title} ({reason.because} {reason.mend})".replace(" )", ")") for reason in found
    )


def require_may_start(finding: Finding, scheme: Scheme, organisation: Organisation) -> None:
    """Raises Refusal for a condition that is surely not met; what is not known may be mended on the way."""
    unmet = tuple(one for one in reasons(finding, scheme, organisation) if one.answer is Answer.NO)
    if unmet:
        raise Refusal(_("Akreditasi belum dapat dimulai: %(why)s") % {"why": _told(unmet)})


def require_may_apply(finding: Finding, scheme: Scheme, organisation: Organisation) -> None:
    """Raises Refusal while a condition is not met or not known, but for those that the secretariat confirms."""
    confirmed = {condition.code for condition in scheme.conditions if condition.rule == "confirmed"}
    shown = zip(finding.parts, reasons(finding, scheme, organisation), strict=True)
    open_ones = tuple(
        reason for part, reason in shown if part.answer is not Answer.YES and part.about not in confirmed
    )
    if open_ones:
        raise Refusal(_("Permohonan belum dapat diajukan: %(why)s") % {"why": _told(open_ones)})
