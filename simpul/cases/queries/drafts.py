"""What was filled into the draft of an assessment: made clean, kept, and told when two were at it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.refusal import Clash, Refusal, fitting
from simpul.cases.models import Assessment, Case
from simpul.cases.queries.assessments import (
    LONGEST_REASON,
    LONGEST_TEXT,
    LONGEST_WORDS,
    WORDS,
    question_of,
    said_answer,
    source_names,
    title_of,
)
from simpul.catalogue.instruments import Instrument, Item
from simpul.engines.scoring import REASONS, STATES, AnswerError, score
from simpul.people.models import Source

_LABELS: dict[str, Promise] = {
    "held_on": gettext_lazy("Tanggal asesmen"),
    "sources": gettext_lazy("Sumber"),
    "client_view": gettext_lazy("Pandangan orang itu sendiri"),
    "family_view": gettext_lazy("Pandangan keluarga"),
    "observed": gettext_lazy("Yang dilihat petugas"),
    "strengths": gettext_lazy("Kekuatan dan yang dapat diandalkan"),
    "conclusion": gettext_lazy("Masalah utama dan kesimpulan"),
}


def day(case: Case, held_on: date, on: date) -> date:
    """The day of an assessment: of the case, and not still to come."""
    if held_on > on:
        raise Refusal(_("Tanggal asesmen belum tiba. Periksa tanggalnya."))
    if held_on < case.opened_on:
        raise Refusal(
            _("Tanggal itu sebelum kasus dibuka, %(day)s. Periksa tanggalnya.")
            % {"day": date_format(case.opened_on, "j F Y")}
        )
    return held_on


def sources(codes: Collection[str]) -> list[str]:
    """Where it was learnt, in the order of the list, so that two who mean the same write the same."""
    if set(codes) - set(Source.values):
        raise Refusal(_("Pilih sumber dari daftar."))
    return [code for code in Source.values if code in codes]


def words(name: str, text: str) -> str:
    """One of the texts around the answers."""
    return fitting(text, str(_LABELS[name]), LONGEST_WORDS)


def answers(instrument: Instrument, given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they are kept. What the instrument does not know is refused, whatever the form let through."""
    try:
        score(instrument.scheme(), given)
    except AnswerError as error:
        raise Refusal(_("Ada jawaban yang tidak dikenal instrumen ini. Muat ulang halamannya.")) from error
    cleaned: dict[str, Any] = {}
    for item in instrument.items:
        answer = given.get(item.code)
        answer = fitting(answer, _("Jawaban"), LONGEST_TEXT) if isinstance(answer, str) else answer
        if answer not in (None, ""):
            cleaned[item.code] = _allowed(item, answer)
    known = {item.code for item in instrument.items}
    said = {code: fitting(text, _("Alasan"), LONGEST_REASON) for code, text in given.get(REASONS, {}).items()}
    if reasons := {code: text for code, text in said.items() if text and code in known}:
        cleaned[REASONS] = reasons
    return cleaned


def _allowed(item: Item, answer: Any) -> Any:
    """The same answer where this kind of item may have it."""
    if isinstance(answer, Mapping):
        fits = item.kind != "text" and answer.get("state") in STATES
        answer = {"state": answer.get("state")}
    elif item.kind == "text":
        fits = isinstance(answer, str)
    elif item.kind == "number":
        fits = type(answer) is int and _within(item, answer)
    else:
        fits = answer in [level.value for level in item.levels]
    if not fits:
        raise Refusal(_("Ada jawaban yang tidak dikenal instrumen ini. Muat ulang halamannya."))
    return answer


def _within(item: Item, number: int) -> bool:
    least = number if item.minimum is None else item.minimum
    most = number if item.maximum is None else item.maximum
    return least <= number <= most


def kept(assessment: Assessment) -> dict[str, Any]:
    """What a draft holds, as it is compared with what was typed."""
    told = {name: getattr(assessment, name) or "" for name in WORDS}
    around = {"held_on": assessment.on, "sources": assessment.sources, "answers": assessment.answers or {}}
    return around | told


def fill(assessment: Assessment, checked: Mapping[str, Any]) -> None:
    """Put what was checked into the row."""
    assessment.on, assessment.sources = checked["held_on"], checked["sources"]
    for name in WORDS:
        setattr(assessment, name, checked[name] or None)
    assessment.answers = checked["answers"] or None


# --- two at once ---


def clash(instrument: Instrument, theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Clash:
    """Both values of everything that differs, item by item, in words."""
    held, typed = _as_read(instrument, theirs), _as_read(instrument, mine)
    differing = [label for label in held if held[label] != typed[label]]
    return Clash(_("Draf asesmen"), _listed(differing, held), _listed(differing, typed))


def _listed(labels: list[str], values: Mapping[str, str]) -> str:
    return "; ".join(f"{label}: {values[label] or _('(kosong)')}" for label in labels)


def _as_read(instrument: Instrument, values: Mapping[str, Any]) -> dict[str, str]:
    read = {str(_LABELS[name]): str(values[name]) for name in WORDS}
    read[str(_LABELS["held_on"])] = date_format(values["held_on"], "j F Y")
    read[str(_LABELS["sources"])] = ", ".join(source_names(values["sources"]))
    given, reasons = values["answers"], values["answers"].get(REASONS, {})
    for domain in instrument.domains:
        # Two domains may put the same question.
        for item in domain.items:
            answer = said_answer(instrument, item.code, given.get(item.code))
            told = [part for part in (answer, reasons.get(item.code, "")) if part]
            read[f"{title_of(domain)}, {question_of(item)}"] = " – ".join(told)
    return read
