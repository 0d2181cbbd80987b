"""The parts of a copy about help: screenings with their reasons, and cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.permissions import Permission
from simpul.cases.models import Case, StageMove
from simpul.catalogue import editions, wording
from simpul.desk.queries.copy.copying import Copying, Row, Section, row
from simpul.engines.reasons import Answer, Finding
from simpul.screening.facts import HIGHLY_RESTRICTED, highly_restricted
from simpul.screening.models import Screening
from simpul.screening.queries import decisive, findings_of, newest_decisions, without
from simpul.ui.templatetags.ui import answer_word, tanggal


def screenings(copying: Copying) -> Section:
    """Each screening with its findings, the reasons for them, and what a worker decided."""
    rows = Screening.objects.reachable(copying.viewer, Permission.PERSON_COPY)
    rows = rows.filter(person=copying.person).order_by("started_at", "pk")
    told = [entry for one in rows for entry in (_screening(one, copying), *_findings(one, copying))]
    return Section("screenings", _("Penapisan"), tuple(told))


def _screening(one: Screening, copying: Copying) -> Row:
    return row(
        ("screening", _("Penapisan"), str(one.pk), tanggal(one.on)),
        ("on", _("Tanggal"), one.on),
        (
            "edition",
            _("Daftar"),
            one.edition,
            editions.get(one.edition).title.in_language(get_language() or "id"),
        ),
        ("started_by", _("Dimulai oleh"), one.started_by_name),
        ("finished_at", _("Selesai"), one.finished_at),
        ("urgency", _("Seberapa mendesak"), one.urgency, one.get_urgency_display()),
        ("decided_by", _("Diputuskan oleh"), one.decided_by_name),
        ("ending", _("Berakhir"), one.ending, one.get_ending_display()),
        ("ending_because", _("Alasan"), copying.words(one.ending_because)),
    )


def _findings(one: Screening, copying: Copying) -> Iterator[Row]:
    if one.finished_at is None:
        return
    edition, language = editions.get(one.edition), get_language() or "id"
    decided = newest_decisions(one)
    for code, finding in findings_of(one, copying.on).items():
        if not _is_told(edition.type(code), finding, decided.get(code), copying):
            continue
        need = edition.type(code)
        told = finding if copying.sees_all else without(finding, highly_restricted())
        decision = decided.get(code)
        yield row(
            ("screening", _("Penapisan"), str(one.pk), tanggal(one.on)),
            ("type", _("Jenis"), code, need.display.in_language(language)),
            ("answer", _("Hasil"), str(finding.answer), answer_word(finding)),
            (
                "reasons",
                _("Sebab"),
                list(_reasons(told, edition, language)),
                _decisive(told, edition, language),
            ),
            ("decided", _("Keputusan petugas"), decision.decided if decision else None, _decided(decision)),
            ("decided_because", _("Alasan"), copying.words(decision.because if decision else None)),
            ("decided_by", _("Diputuskan oleh"), decision.decided_by_name if decision else None),
        )


def _is_told(need: editions.NeedType, finding: Finding, decision: Any, copying: Copying) -> bool:
    """Whether a finding stands in the copy: a very sensitive type that is merely open is no more than a suspicion."""
    if need.sensitivity != HIGHLY_RESTRICTED:
        return True
    if not copying.sees_all:
        copying.others(need.code)
        return False
    return finding.answer is not Answer.UNKNOWN or (decision is not None and decision.decided == "yes")


def _decided(decision: Any) -> str:
    words = {"yes": _("sesuai"), "no": _("tidak sesuai"), "unknown": _("belum pasti")}
    return words.get(decision.decided, decision.decided) if decision else ""


def _reasons(finding: Finding, edition: editions.Edition, language: str) -> Iterator[str]:
    """Every reason as a sentence, from the whole to the parts: for machines, and for who wants to check."""
    for part in finding.parts:
        yield wording.sentence(part, edition, language)
        yield from _reasons(part, edition, language)


def _decisive(finding: Finding, edition: editions.Edition, language: str) -> str:
    """On paper, what made the answer; all the reasons together would be many pages that nobody reads."""
    sentences = (wording.sentence(part, edition, language) for part in decisive(finding))
    return "; ".join(dict.fromkeys(sentences))


def cases(copying: Copying) -> Section:
    """Each case and the stages it went through."""
    rows = Case.objects.reachable(copying.viewer, Permission.PERSON_COPY).filter(person=copying.person)
    told = [entry for one in rows.order_by("opened_at", "pk") for entry in _case(one, copying)]
    return Section("cases", _("Kasus"), tuple(told))


def _case(one: Case, copying: Copying) -> Iterator[Row]:
    copying.others(one.referral_words)
    yield row(
        ("number", _("Kasus"), one.number),
        ("stage", _("Tahap"), one.stage, one.get_stage_display()),
        ("urgency", _("Seberapa mendesak"), one.urgency, one.get_urgency_display()),
        ("opened_on", _("Dibuka"), one.opened_on),
        ("worker", _("Petugas"), one.worker_name),
        ("summary", _("Ringkasan"), copying.words(one.summary)),
        ("risk", _("Bahaya yang perlu segera ditangani"), copying.words(one.risk)),
    )
    for move in StageMove.objects.filter(case=one).order_by("at", "pk"):
        yield row(
            ("number", _("Kasus"), one.number),
            ("stage", _("Menjadi"), move.stage_to, move.get_stage_to_display()),
            ("at", _("Pada"), move.at),
            ("by", _("Oleh"), move.by_name),
            ("because", _("Alasan"), copying.words(move.because)),
        )
