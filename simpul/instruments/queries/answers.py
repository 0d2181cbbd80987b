"""Answers held against their instrument: what may be kept, what is still open, and what two people typed differently."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal, fitting
from simpul.catalogue.instruments import Instrument, Item
from simpul.engines.scoring import REASONS, STATES
from simpul.instruments.models import LONGEST_CODE
from simpul.instruments.queries.words import level_words

LONGEST_TEXT = 4000
LONGEST_REASON = 1000
LONGEST_LABEL = 200
_CODE = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")


def checked_answers(instrument: Instrument, given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they are kept: empty ones left out, texts trimmed. Raises Refusal for what the instrument does not know."""
    known = {item.code: item for item in instrument.items}
    if unknown := [code for code in given if code not in known and code != REASONS]:
        raise Refusal(
            _("Butir “%(code)s” tidak ada dalam instrumen ini. Muat ulang halamannya.") % {"code": unknown[0]}
        )
    kept: dict[str, Any] = {}
    for item in instrument.items:
        answer = given.get(item.code)
        if isinstance(answer, str):
            answer = fitting(answer, _("Jawaban"), LONGEST_TEXT)
        if answer is not None and answer != "":
            kept[item.code] = _allowed(item, answer)
    if reasons := _reasons(given.get(REASONS) or {}, known):
        kept[REASONS] = reasons
    return kept


def _reasons(given: Mapping[str, Any], known: Mapping[str, Item]) -> dict[str, str]:
    said = {code: fitting(str(text), _("Alasan"), LONGEST_REASON) for code, text in given.items()}
    return {code: text for code, text in said.items() if text and code in known}


def _allowed(item: Item, answer: Any) -> Any:
    if isinstance(answer, Mapping):
        fits = item.kind != "text" and answer.get("state") in STATES
        answer = {"state": answer.get("state")}
    elif item.kind == "text":
        fits = isinstance(answer, str)
    elif item.kind == "number":
        fits = type(answer) is int and is_within(item, answer)
    else:
        fits = type(answer) is int and answer in [level.value for level in item.levels]
    if not fits:
        raise Refusal(
            _("Jawaban untuk “%(question)s” tidak dikenal instrumen ini. Pilih jawaban lain.")
            % {"question": said_question(item)}
        )
    return answer


def is_within(item: Item, number: int) -> bool:
    """Whether a number lies within what the item allows."""
    least = number if item.minimum is None else item.minimum
    most = number if item.maximum is None else item.maximum
    return least <= number <= most


def open_required(instrument: Instrument, answers: Mapping[str, Any]) -> list[Item]:
    """The items that must be answered and are not."""
    return [item for item in instrument.items if item.required and item.code not in answers]


def require_whole(instrument: Instrument, answers: Mapping[str, Any]) -> None:
    """Raises Refusal where nothing was answered, or not what must be."""
    if not any(item.code in answers for item in instrument.items):
        raise Refusal(_("Belum ada satu pun jawaban."))
    if lacking := open_required(instrument, answers):
        told = {"number": len(lacking), "questions": "; ".join(map(said_question, lacking))}
        raise Refusal(
            ngettext(
                "%(number)s pertanyaan wajib belum dijawab: %(questions)s",
                "%(number)s pertanyaan wajib belum dijawab: %(questions)s",
                len(lacking),
            )
            % told
        )


def said_question(item: Item) -> str:
    """The question in the language of the page."""
    return item.question.in_language(get_language() or "id")


def wave_code(wave: str) -> str:
    """A wave as it is kept. Raises Refusal where it could be read in two ways."""
    kept = wave.strip().lower()
    if kept and (len(kept) > LONGEST_CODE or not _CODE.fullmatch(kept)):
        raise Refusal(
            _(
                "Gelombang ditulis dengan huruf kecil, angka dan tanda hubung saja, misalnya “sebelum” atau “2026-11”."
            )
        )
    return kept


def differences(
    instrument: Instrument, theirs: Mapping[str, Any], mine: Mapping[str, Any]
) -> tuple[str, str]:
    """Both values of every answer or reason that differs, in words: for a refusal that shows both."""
    held, typed = _as_read(instrument, theirs), _as_read(instrument, mine)
    differing = [label for label in held if held[label] != typed[label]]
    return _listed(differing, held), _listed(differing, typed)


def _as_read(instrument: Instrument, answers: Mapping[str, Any]) -> dict[str, str]:
    reasons = answers.get(REASONS, {})
    read = {}
    for item in instrument.items:
        question = said_question(item)
        read[question] = level_words(item, answers[item.code]) if item.code in answers else ""
        read[_("Alasan: %(question)s") % {"question": question}] = str(reasons.get(item.code, ""))
    return read


def _listed(labels: list[str], values: Mapping[str, str]) -> str:
    return "; ".join(f"{label}: {values[label] or _('(kosong)')}" for label in labels)
