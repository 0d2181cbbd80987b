"""The papers of assessment: one with any instrument, and the comparison with the first."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from simpul.cases.models import Assessment, Occasion
from simpul.cases.queries.answered import instrument_of, question_of, said_answer, shown_of, title_of
from simpul.cases.queries.comparisons import Comparison, DomainRow, comparison_of
from simpul.cases.queries.papers.filling import Filling, day, lines_of, said
from simpul.cases.queries.papers.shapes import Block, Boxes, Field, Option, Section, Words, boxes, section
from simpul.catalogue.instruments import Domain, Instrument, Item
from simpul.instruments.queries import ScoreLine
from simpul.people.models import Source


def assessment(filling: Filling) -> tuple[Section, ...]:
    """The instrument item by item with its levels, its scores, and what was said and seen in words."""
    held = filling.picked.assessment
    instrument = instrument_of(held) if held else filling.picked.instrument
    return (
        _about(held, instrument),
        *_domains(filling, held, instrument),
        _scores(filling, held),
        _in_words(filling, held),
        section(_("Tanda tangan"), filling.signatures()),
    )


def _domains(filling: Filling, held: Assessment | None, instrument: Instrument | None) -> tuple[Section, ...]:
    """The items; of an assessment whose answers may not be read none, or empty boxes would tell a lie."""
    if instrument is None or (held and not filling.is_told):
        return ()
    answers = (held.answers or {}) if held else {}
    return tuple(_domain(domain, instrument, answers) for domain in instrument.domains)


def _about(held: Assessment | None, instrument: Instrument | None) -> Section:
    return section(
        _("Tentang asesmen ini"),
        Field(_("Instrumen"), title_of(instrument) if instrument else ""),
        Field(_("Versi"), str(instrument.version) if instrument else ""),
        Words((said(instrument.about),)) if instrument and not held else None,
        Field(_("Tanggal"), day(held.on) if held else ""),
        boxes(_("Kesempatan"), Occasion.choices, {held.occasion} if held else ()),
        boxes(_("Sumber"), Source.choices, held.sources if held else ()),
        Field(_("Petugas"), held.by_name if held else ""),
    )


def _domain(domain: Domain, instrument: Instrument, answers: dict[str, Any]) -> Section:
    return section(
        title_of(domain), *(_item(item, instrument, answers.get(item.code)) for item in domain.items)
    )


def _item(item: Item, instrument: Instrument, answer: Any) -> Block:
    if not item.levels:
        lines = 2 if item.kind == "text" else 1
        return Field(question_of(item), said_answer(instrument, item.code, answer), lines)
    options = [
        Option(_level(said(level.label), said(level.description)), level.value == answer)
        for level in item.levels
    ]
    state = answer.get("state") if isinstance(answer, dict) else None
    if state:
        options.append(Option(said_answer(instrument, item.code, answer), is_ticked=True))
    else:
        options.append(Option(_("tidak tahu, atau tidak mau menjawab")))
    return Boxes(question_of(item), tuple(options))


def _level(label: str, description: str) -> str:
    return f"{label}: {description}" if description and description != label else label


def _scores(filling: Filling, held: Assessment | None) -> Section:
    rows: list[tuple[str, ...]] = []
    if held:
        lines = shown_of(held, is_told=filling.is_told).lines
        rows = [(line.title, line.figure, line.span, line.words) for line in lines]
    head = (_("Bagian"), _("Nilai"), _("Rentang"), _("Keterangan"))
    return section(_("Hasil"), filling.table("", head, rows, widths=(4, 2, 4, 4)))


def _in_words(filling: Filling, held: Assessment | None) -> Section:
    return section(
        _("Dengan kata-kata"),
        Field(_("Pandangan orang itu sendiri"), filling.words(held, "client_view"), lines=3),
        Field(_("Pandangan keluarga"), filling.others(held.family_view if held else ""), lines=3),
        Field(_("Yang dilihat petugas"), filling.words(held, "observed"), lines=3),
        Field(_("Kekuatan dan yang dapat diandalkan"), filling.words(held, "strengths"), lines=3),
        Field(_("Masalah utama dan kesimpulan"), filling.words(held, "conclusion"), lines=3),
    )


def comparison(filling: Filling) -> tuple[Section, ...]:
    """The same instrument then and now, domain by domain, and what can be said of the change."""
    found = None
    if filling.case and filling.picked.compared:
        found = comparison_of(filling.case, filling.picked.compared, is_told=filling.is_told)
    head = (_("Bagian"), _("Awal"), _("Kini"), _("Perubahan"), _("Yang dapat dikatakan"))
    rows = [_change(row) for row in found.rows] if found else []
    table = filling.table("", head, rows, widths=(4, 2, 2, 2, 6), empty=8)
    return (
        _about_comparison(found),
        section(_("Perubahan per bagian"), table),
        section(
            _("Kesimpulan"),
            Field(_("Ringkasan"), _summary(found)),
            Field(_("Pandangan klien tentang perubahan ini"), lines=3),
            Field(_("Langkah berikutnya"), lines=3),
        ),
        section(_("Tanda tangan"), filling.signatures()),
    )


def _about_comparison(found: Comparison | None) -> Section:
    baseline, now = (found.baseline, found.now) if found else (None, None)
    return section(
        _("Tentang asesmen ini"),
        Field(_("Instrumen"), found.title if found else ""),
        Field(_("Asesmen awal"), day(baseline.on) if baseline else ""),
        Field(_("Asesmen ulang"), day(now.on) if now else ""),
    )


def _change(row: DomainRow) -> tuple[str, ...]:
    unanswered = _("Belum dijawab: %(count)s butir.") % {"count": row.open} if row.open else ""
    words = row.verdict or (row.direction_words if row.now else "")
    return (
        row.title,
        _figure(row.baseline),
        _figure(row.now),
        row.difference,
        lines_of((words, row.basis, unanswered)),
    )


def _figure(line: ScoreLine | None) -> str:
    return line.figure if line else ""


def _summary(found: Comparison | None) -> str:
    if found is None or found.now is None:
        return ""
    return _(
        "Membaik %(better)s, tetap %(same)s, memburuk %(worse)s, belum dapat dikatakan %(unsaid)s bagian. Lebih dari kesalahan pengukuran: %(beyond)s."
    ) % {
        "better": found.better,
        "same": found.same,
        "worse": found.worse,
        "unsaid": found.unsaid,
        "beyond": found.beyond_error,
    }
