"""An instrument as words for a paper form, blank or filled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.catalogue.instruments import Instrument, Item
from simpul.catalogue.text import Text
from simpul.engines.scoring import REASONS
from simpul.instruments.models import AnswerSheet
from simpul.instruments.queries.records import SCORED_KINDS
from simpul.instruments.queries.sheets import wave_title
from simpul.instruments.queries.words import level_words

_LINES_FOR_WORDS = 3


def paper_words(
    instrument: Instrument, sheet: AnswerSheet | None = None, *, is_named: bool = False
) -> dict[str, Any]:
    """What the paper says, as plain values. Without a sheet it is blank; without names own words are left out."""
    answers: Mapping[str, Any] = (sheet.answers or {}) if sheet else {}
    language = "en" if (get_language() or "id").startswith("en") else "id"
    return {
        "lang": language,
        "title": _said(instrument.title),
        "about": _said(instrument.about),
        "mark": _("%(code)s, versi %(version)s") % {"code": instrument.code, "version": instrument.version},
        "source": _("Sumber: %(source)s") % {"source": instrument.source},
        "pages": _("Halaman {page} dari {total}"),
        "head": _head(sheet, is_named=is_named),
        "aspects": [
            {
                "title": _said(domain.title),
                "items": [
                    _item(item, answers, is_blank=sheet is None, is_named=is_named)
                    for item in domain.items
                    if sheet is None or is_named or item.kind in SCORED_KINDS
                ],
            }
            for domain in instrument.domains
        ],
    }


def _head(sheet: AnswerSheet | None, *, is_named: bool) -> list[dict[str, str]]:
    told = {
        _("Kode peserta"): "",
        _("Gelombang"): "",
        _("Tanggal diisi"): "",
        _("Diisi oleh"): "",
    }
    if sheet is not None:
        told = {
            _("Kode peserta"): sheet.code,
            **({_("Nama"): sheet.label} if is_named and sheet.label else {}),
            _("Gelombang"): wave_title(sheet.wave) if sheet.wave else "–",
            _("Tanggal diisi"): date_format(sheet.on, "j F Y"),
            **({_("Diisi oleh"): sheet.by_name} if is_named else {}),
        }
    return [{"label": label, "value": value} for label, value in told.items()]


def _item(item: Item, answers: Mapping[str, Any], *, is_blank: bool, is_named: bool) -> dict[str, Any]:
    answer = answers.get(item.code)
    return {
        "question": _said(item.question),
        "hint": _said(item.hint) if item.hint else "",
        "options": [
            {
                "words": f"{level.value} · {_said(level.label)}",
                "told": _said(level.description) if level.description != level.label else "",
                "is_ticked": answer == level.value,
            }
            for level in item.levels
        ],
        "asides": _asides(answer) if item.kind != "text" else [],
        "answer": "" if is_blank or item.levels else level_words(item, answer),
        "because": str(answers.get(REASONS, {}).get(item.code, "")) if is_named else "",
        "lines": (_LINES_FOR_WORDS if item.kind == "text" else 1) if is_blank and not item.levels else 0,
    }


def _asides(answer: Any) -> list[dict[str, Any]]:
    state = answer.get("state") if isinstance(answer, Mapping) else ""
    named = {
        "unknown": _("Tidak tahu"),
        "refused": _("Tidak mau menjawab"),
        "not_applicable": _("Tidak berlaku"),
    }
    return [{"words": words, "is_ticked": state == code} for code, words in named.items()]


def _said(text: Text) -> str:
    return text.in_language(get_language() or "id")
