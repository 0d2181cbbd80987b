"""An instrument as XLSForm, and an example to begin with: the same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simpul.catalogue.instruments import Domain, Instrument, Item, Level, get
from simpul.catalogue.text import Text
from simpul.instruments.forms.xlsform.columns import (
    BAND_COLUMNS,
    BANDS,
    CHOICES,
    ENGLISH,
    HELP,
    INDONESIAN,
    SETTINGS,
    SURVEY,
)
from simpul.ui.sheets import Sheet, as_xlsx

Cells = dict[str, str]
_EXAMPLE = "session-evaluation"


def xlsform_example() -> bytes:
    """A whole instrument to write over, with a sheet that explains our own columns."""
    return xlsform_of(get(_EXAMPLE))


def xlsform_of(instrument: Instrument) -> bytes:
    """The instrument as a workbook that reads back as it was, but for its version, which is counted anew."""
    lists = _lists(instrument)
    sheets = [
        sheet_of("survey", SURVEY, list(_survey(instrument, lists))),
        sheet_of("choices", CHOICES, list(_choices(lists))),
        sheet_of("settings", SETTINGS, [_settings(instrument)]),
    ]
    if bands := list(_bands(instrument)):
        sheets.append(sheet_of(BANDS, BAND_COLUMNS, bands))
    explained = [{"sheet": sheet, "column": column, "arti": str(told)} for sheet, column, told in HELP]
    sheets.append(sheet_of("petunjuk", ("sheet", "column", "arti"), explained))
    return as_xlsx(*sheets)


def sheet_of(title: str, columns: Sequence[str], rows: Sequence[Cells]) -> Sheet:
    """One sheet of text cells, each under its heading."""
    return Sheet(title, columns, [[row.get(column, "") for column in columns] for row in rows])


def _lists(instrument: Instrument) -> dict[tuple[Level, ...], str]:
    """A name for each different list of levels: items that share one share its name."""
    found: dict[tuple[Level, ...], str] = {}
    for item in instrument.items:
        if item.levels:
            found.setdefault(item.levels, f"daftar_{len(found) + 1}")
    return found


def _survey(instrument: Instrument, lists: dict[tuple[Level, ...], str]) -> Iterator[Cells]:
    for domain in instrument.domains:
        yield _opened(domain)
        for item in domain.items:
            yield _asked(item, lists)
        yield {"type": "end_group"}


def _opened(domain: Domain) -> Cells:
    return {
        "type": "begin_group",
        "name": _name(domain.code),
        **_said("label", domain.title),
        "simpul_method": domain.method,
        "simpul_direction": domain.direction,
        "simpul_fewest": _number(domain.fewest_answered),
        "simpul_at_least": _number(domain.at_least),
        "simpul_asks": domain.asks.id if domain.asks else "",
        "simpul_asks_en": domain.asks.en if domain.asks else "",
        "simpul_reliability": _number(domain.reliability),
        "simpul_sd": _number(domain.standard_deviation),
        "simpul_measured_in": domain.measured_in,
    }


def _asked(item: Item, lists: dict[tuple[Level, ...], str]) -> Cells:
    kinds = {"number": "integer", "text": "text"}
    bounds = [
        f". {sign} {bound}"
        for sign, bound in ((">=", item.minimum), ("<=", item.maximum))
        if bound is not None
    ]
    return {
        "type": kinds.get(item.kind) or f"select_one {lists[item.levels]}",
        "name": _name(item.code),
        **_said("label", item.question),
        **(_said("hint", item.hint) if item.hint else {}),
        "required": "yes" if item.required else "",
        "constraint": " and ".join(bounds) if item.kind == "number" else "",
        "simpul_kind": item.kind if item.levels else "",
        "simpul_reversed": "yes" if item.is_reversed else "",
    }


def _choices(lists: dict[tuple[Level, ...], str]) -> Iterator[Cells]:
    for levels, name in lists.items():
        for level in levels:
            is_told = level.description != level.label
            yield {
                "list_name": name,
                "name": str(level.value),
                **_said("label", level.label),
                "simpul_score": str(level.value),
                "simpul_meaning": level.description.id if is_told else "",
                "simpul_meaning_en": level.description.en if is_told else "",
            }


def _settings(instrument: Instrument) -> Cells:
    note = instrument.note
    return {
        "form_title": instrument.title.id,
        "form_id": instrument.code,
        "version": str(instrument.version),
        "default_language": INDONESIAN,
        "simpul_title_en": instrument.title.en,
        "simpul_about": instrument.about.id,
        "simpul_about_en": instrument.about.en,
        "simpul_note": note.id if note else "",
        "simpul_note_en": note.en if note else "",
        "simpul_source": instrument.source,
        "simpul_purpose": instrument.purposes[0],
        "simpul_valid_from": instrument.valid_from.isoformat(),
    }


def _bands(instrument: Instrument) -> Iterator[Cells]:
    for domain in instrument.domains:
        for band in domain.bands:
            yield {
                "aspect": domain.code,
                "code": band.code,
                "label": band.label.id,
                "label_en": band.label.en,
                "from_score": f"{band.from_score:g}",
            }


def _said(column: str, text: Text) -> Cells:
    return {f"{column}::{INDONESIAN}": text.id, f"{column}::{ENGLISH}": text.en}


def _name(code: str) -> str:
    return code if code[0].isalpha() else f"_{code}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
