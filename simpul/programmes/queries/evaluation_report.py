"""The report of an evaluation as sections, made from what is stored alone: the same record, the same report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.catalogue.instruments import Domain, Instrument
from simpul.engines.reasons import Finding
from simpul.engines.statistics import (
    MEANS,
    SHORT,
    TESTS,
    Columns,
    chance,
    interval,
    label,
    method_notes,
    sentence,
)
from simpul.instruments.queries import wave_title
from simpul.programmes.models import Evaluation
from simpul.programmes.queries.evaluation_groups import TOGETHER
from simpul.programmes.queries.evaluation_pictures import Interval, Line, intervals, paired_lines
from simpul.programmes.queries.evaluation_record import LEFT_FEW, OUTLIERS_FEW
from simpul.programmes.queries.evaluation_told import (
    design_of,
    flow_of,
    missing_of,
    money_of,
    plans_of,
)
from simpul.programmes.queries.evaluation_words import Words as Told
from simpul.ui.reports import Block, Listing, Report, Section, Table, Words


def report_of(evaluation: Evaluation) -> Report:
    """The whole report in the language of this page."""
    record: Mapping[str, Any] = evaluation.result
    told = Told.of(record, get_language() or "id")
    warning = _("Data contoh: semua jawaban rekaan. Bukan hasil program yang sungguh terjadi.")
    return Report(
        title=_("Evaluasi: %(title)s") % {"title": record["programme"]["title"]},
        about=_("Sidik data %(digest)s. Laporan ini hanya memuat angka kelompok.")
        % {"digest": evaluation.digest[:16]},
        language=told.language,
        pages=_("Halaman {page} dari {total}"),
        sections=tuple(_sections(record, told)),
        warning=warning if record["programme"]["is_synthetic"] == "True" else "",
    )


def _sections(record: Mapping[str, Any], told: Told) -> Iterator[Section]:
    found = record["evaluation"]
    shown = [one for one in found["aspects"] if "withheld" not in one]
    limits = [_said(one, told) for one in found["limits"]]
    if shown:
        yield _in_short(shown, told)
    yield Section(_("Yang tidak dapat ditunjukkan oleh rancangan ini"), (Listing(tuple(limits)),))
    yield design_of(record, told)
    yield flow_of(record, told)
    yield missing_of(record, told)
    if shown:
        yield Section(_("Semua aspek"), tuple(_all_aspects(shown, told)))
    for one in found["aspects"]:
        yield Section(told.aspect(one["aspect"]), tuple(_aspect(one, record, told)), is_folded=True)
    yield plans_of(record, told)
    yield money_of(record, told)
    notes = tuple(f"{text} ({source})" for text, source in method_notes(told.language))
    yield Section(_("Cara menghitung"), (Listing(notes),), is_folded=True)
    yield Section(_("Kamus data"), tuple(_dictionary(found["aspects"], told)), is_folded=True)


def _said(finding: Mapping[str, Any], told: Told, title: str = "") -> str:
    if finding["kind"] == LEFT_FEW:
        return _left_said(finding)
    if finding["kind"] == OUTLIERS_FEW:
        return _outliers_said(finding["values"]["count"])
    return sentence(Finding.from_json(finding), told.language, title=title, named=False)


def _in_words(finding: Mapping[str, Any]) -> Mapping[str, Any]:
    """Tests by their names: a finding of the engine has their codes."""
    values = dict(finding["values"])
    for name in _OF_TESTS & values.keys():
        held = values[name]
        values[name] = wave_title(held) if isinstance(held, str) else [wave_title(one) for one in held]
    return {**finding, "values": values}


def _left_said(finding: Mapping[str, Any]) -> str:
    number = finding["values"]["left"]
    if finding["answer"] == "yes":
        words = ngettext(
            "%(number)d orang tidak ikut tes akhir. Arah perubahan tetap sama, apa pun nilainya.",
            "%(number)d orang tidak ikut tes akhir. Arah perubahan tetap sama, apa pun nilainya.",
            number,
        )
    else:
        words = ngettext(
            "%(number)d orang tidak ikut tes akhir. Nilainya dapat mengubah arah perubahan ini.",
            "%(number)d orang tidak ikut tes akhir. Nilainya dapat mengubah arah perubahan ini.",
            number,
        )
    return words % {"number": number}


def _outliers_said(number: int) -> str:
    words = ngettext(
        "%(number)d orang berubah jauh berbeda dari yang lain dan tetap dihitung. Periksa datanya.",
        "%(number)d orang berubah jauh berbeda dari yang lain dan tetap dihitung. Periksa datanya.",
        number,
    )
    return words % {"number": number}


# --- all aspects ---


# Values of a finding that name tests.
_OF_TESTS = {"waves", "first", "second"}


def _table(caption: str, columns: Columns, shown: Sequence[Mapping[str, Any]], told: Told) -> Table:
    """A table with a row for each aspect, as the engine makes it everywhere."""
    rows = tuple(columns.row(one, told.aspect(one["aspect"]), told.language) for one in shown)
    return Table(caption, columns.heads(told.language), rows, columns.widths)


def _in_short(shown: Sequence[Mapping[str, Any]], told: Told) -> Section:
    """What was seen and how sure it is, aspect by aspect."""
    table = _table(_("Yang terlihat pada setiap aspek"), SHORT, shown, told)
    return Section(_("Hasil singkat"), (table,))


def _all_aspects(shown: Sequence[Mapping[str, Any]], told: Told) -> Iterator[Block]:
    yield _table(_("Rata-rata sebelum dan sesudah"), MEANS, shown, told)
    drawn = [
        Interval(told.aspect(one["aspect"]), paired["d_z_low"], paired["d_z"], paired["d_z_high"])
        for one in shown
        if None not in ((paired := one["paired"])["d_z_low"], paired["d_z"], paired["d_z_high"])
    ]
    title = _("Ukuran pengaruh d_z dengan selang 95 %; garis putus-putus: tidak ada perubahan.")
    if picture := intervals(title, drawn, told.language):
        yield picture
    yield _table(_("Uji"), TESTS, shown, told)
    yield Words((label("explained", told.language),))


# --- one aspect ---


def _aspect(one: Mapping[str, Any], record: Mapping[str, Any], told: Told) -> Iterator[Block]:
    title = told.aspect(one["aspect"])
    if "withheld" in one:
        words = _("Tidak ditampilkan: kurang dari %(smallest)d orang menjawab pada salah satu tes.")
        yield Words((words % {"smallest": record["smallest"]},))
        return
    yield Listing(tuple(_said(_in_words(finding), told, title) for finding in one["findings"]))
    yield _waves_table(one, record, told)
    if any("mean" not in one[name] for name in ("all_before", "all_after")):
        words = _("Rata-rata semua yang menjawab tidak ditampilkan bila hanya beberapa orang ikut satu tes saja: nilai mereka akan terbaca darinya.")  # fmt: skip
        yield Words((words,))
    yield from _steps(one, told)
    if picture := _lines(one, title, told):
        yield picture
    if one["organisations"]:
        yield _organisations_table(one, told)
    if one["shift"] and one["shift"]["standings"]:
        yield _categories_table(one, told)
    if one["items"]:
        yield _items_table(one, told)


def _waves_table(one: Mapping[str, Any], record: Mapping[str, Any], told: Told) -> Table:
    first, *_between, last = record["waves"]
    between = dict(one["waves"])
    described = [(first, one["all_before"])]
    described += [(wave, between[wave]) for wave in _between if wave in between]
    described.append((last, one["all_after"]))
    rows = tuple(
        (wave_title(wave), told.number(held["n"]), told.number(held.get("mean")), told.number(held.get("sd")))
        for wave, held in described
    )  # fmt: skip
    head = (_("Tes"), _("Orang"), _("Rata-rata"), _("Simpangan baku"))
    return Table(_("Semua yang menjawab, juga yang hanya ikut satu tes"), head, rows, (3, 1, 1, 1))


def _steps(one: Mapping[str, Any], told: Told) -> Iterator[Block]:
    """Each two tests, of the people who took every one. Records of before this was compared have none."""
    found = one.get("over_waves")
    if not found:
        return
    if not found["steps"]:
        words = _("Semua tes bersama tidak ditampilkan: hanya beberapa orang melewatkan suatu tes, atau terlalu sedikit mengikuti semuanya.")  # fmt: skip
        yield Words((words,))
        return
    rows = tuple(
        (
            wave_title(step["first"]),
            wave_title(step["second"]),
            told.number(step["difference"]),
            interval(step["low"], step["high"], told.language),
            chance(step["holm_p"], told.language),
        )
        for step in found["steps"]
    )
    head = (_("Dari"), _("Ke"), *told.heads("difference", "interval", "holm_p"))
    yield Table(_("Antara dua tes, pada yang mengikuti semuanya"), head, rows, (2, 2, 1, 3, 1))


def _lines(one: Mapping[str, Any], title: str, told: Told) -> Any:
    if one["before"]["mean"] is None or one["after"]["mean"] is None:
        return None
    lines = [
        Line(told.organisation(row["organisation"]), row["before"], row["after"])
        for row in _by_name(one, told)
    ]
    lines.append(Line(_("Semua"), one["before"]["mean"], one["after"]["mean"], is_thick=True))
    aspect = one["aspect"]
    words = _("%(title)s: rata-rata sebelum dan sesudah. Garis tebal: semua; garis tipis: tiap lembaga.")
    return paired_lines(
        words % {"title": title},
        lines,
        lowest=aspect["lowest"],
        highest=aspect["highest"],
        language=told.language,
    )


def _by_name(one: Mapping[str, Any], told: Told) -> list[Mapping[str, Any]]:
    """Organisations by name, those that stand together last."""
    rows: list[Mapping[str, Any]] = one["organisations"]
    return sorted(
        rows, key=lambda row: (row["organisation"] == TOGETHER, told.organisation(row["organisation"]))
    )


def _organisations_table(one: Mapping[str, Any], told: Told) -> Table:
    names = ("organisation", "pairs", "mean_before", "mean_after", "difference")
    rows = tuple(
        (
            told.organisation(row["organisation"]),
            told.number(row["pairs"]),
            told.number(row["before"]),
            told.number(row["after"]),
            told.number(row["difference"]),
        )
        for row in _by_name(one, told)
    )
    return Table(_("Menurut lembaga"), told.heads(*names), rows, (3, 1, 1, 1, 1))


def _categories_table(one: Mapping[str, Any], told: Told) -> Table:
    rows = tuple(
        (
            told.band(one["aspect"], row),
            f"{told.number(row['before'])} ({told.number(row['before_percent'])} %)",
            f"{told.number(row['after'])} ({told.number(row['after_percent'])} %)",
        )
        for row in one["shift"]["standings"]
    )
    head = told.heads("category", "mean_before", "mean_after")
    return Table(_("Kategori: jumlah orang dan persentasenya"), head, rows, (2, 2, 2))


def _items_table(one: Mapping[str, Any], told: Told) -> Table:
    rows = tuple(
        (
            told.item(one["aspect"]["code"], item["code"]),
            told.number(item["answered"]),
            told.number(item["difficulty"]),
            told.number(item["item_total"]),
            told.number(item["alpha_without"]),
        )
        for item in one["items"]["items"]
    )
    names = ("item", "answered", "difficulty", "item_total", "alpha_without")
    return Table(_("Butir pada tes awal"), told.heads(*names), rows, (4, 1, 1, 2, 2))


# --- data dictionary ---


def _dictionary(aspects: Sequence[Mapping[str, Any]], told: Told) -> Iterator[Block]:
    rows = tuple(_meaning(one["aspect"], told) for one in aspects)
    head = (_("Aspek"), _("Kode"), _("Nilai"), _("Kategori mulai dari"))
    yield Table(_("Aspek yang diukur"), head, rows, (3, 2, 2, 4))
    if told.instrument is not None:
        yield Words((_instrument_words(told.instrument, told),))


def _meaning(aspect: Mapping[str, Any], told: Told) -> tuple[str, ...]:
    bands = ", ".join(
        f"{told.band(aspect, band)} {told.number(band['at_least'])}" for band in aspect["bands"]
    )
    span = interval(aspect["lowest"], aspect["highest"], told.language)
    return told.aspect(aspect), aspect["code"], span, bands or "-"


def _instrument_words(instrument: Instrument, told: Told) -> str:
    counted: list[Domain] = [domain for domain in instrument.domains if domain.is_scored]
    words = _("Instrumen: %(title)s, versi %(version)s, %(items)s butir. Sumber: %(source)s")
    return words % {
        "title": instrument.title.in_language(told.language),
        "version": instrument.version,
        "items": sum(len(domain.items) for domain in counted),
        "source": instrument.source,
    }
