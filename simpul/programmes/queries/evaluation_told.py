"""The parts of an evaluation's report beside the statistics: design, who took part, what is missing, plans, money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.instruments.queries import wave_title
from simpul.programmes.queries.evaluation_words import Words as Told
from simpul.programmes.stages import Arm, Design, MemberState, Realised
from simpul.ui.reports import Listing, Section, Table, Words
from simpul.ui.templatetags.ui import rupiah


def design_of(record: Mapping[str, Any], told: Told) -> Section:
    """What was done and how it was measured."""
    held = record["programme"]
    lines = [held["aim"], _("Rancangan: %(design)s.") % {"design": Design(held["design"]).label}]
    if told.instrument is not None:
        title = told.instrument.title.in_language(told.language)
        lines.append(_("Diukur dengan: %(title)s.") % {"title": title})
    if held["source"]:
        lines.append(_("Sumber: %(source)s") % {"source": held["source"]})
    return Section(_("Rancangan"), (Words(tuple(line for line in lines if line)),))


def flow_of(record: Mapping[str, Any], told: Told) -> Section:
    """Who was considered, chosen, left, and came to each test."""
    tables = tuple(
        Table(str(Arm(arm).label), (_("Tahap"), _("Jumlah")), tuple(_flow_rows(flow, told)), (3, 1))
        for arm, flow in record["flow"].items()
    )
    return Section(_("Perjalanan lembaga dan peserta"), tables)


def _flow_rows(flow: Mapping[str, Any], told: Told) -> Iterator[tuple[str, str]]:
    for state, number in flow["bodies"].items():
        words = _("Lembaga: %(state)s") % {"state": MemberState(state).label.lower()}
        yield words, told.number(number)
    yield _("Peserta terdaftar"), told.number(flow["people"])
    for wave, number in flow["waves"]:
        name = wave_title(wave)
        yield _("Peserta yang mengisi: %(test)s") % {"test": name.lower()}, told.number(number)
    yield _("Mengisi tes awal dan tes akhir"), told.number(flow["both"])
    yield _("Hanya tes awal"), told.number(flow["only_first"])
    yield _("Hanya tes akhir"), told.number(flow["only_last"])
    yield _("Tidak mengisi keduanya"), told.number(flow["none"])
    yield _("Peserta yang keluar"), told.number(flow["left"])


def missing_of(record: Mapping[str, Any], told: Told) -> Section:
    """What is not there, said plainly; also that nothing is missing."""
    return Section(_("Data yang tidak ada"), (Listing(tuple(_missing(record, told))),))


def _missing(record: Mapping[str, Any], told: Told) -> Iterator[str]:
    held, is_whole = record["missing"], True
    number = record["flow"][Arm.PROGRAMME]["only_first"]
    if number:
        is_whole = False
        words = ngettext(
            "%(number)d peserta mengisi tes awal tetapi tidak tes akhir.",
            "%(number)d peserta mengisi tes awal tetapi tidak tes akhir.",
            number,
        )
        yield words % {"number": number}
    for name, words in (
        ("open", _("Lembar yang belum dikunci dan tidak dihitung: %(number)s.")),
        ("strangers", _("Lembar tanpa peserta program yang dikenal, tidak dihitung: %(number)s.")),
        ("unanswered", _("Nilai aspek yang tidak dapat dihitung karena terlalu sedikit butir dijawab: %(number)s.")),
    ):  # fmt: skip
        if held[name]:
            is_whole = False
            yield words % {"number": told.number(held[name])}
    if held["aspects"]:
        is_whole = False
        yield _("Tidak dibandingkan, karena butirnya berubah antara versi instrumen: %(aspects)s.") % {
            "aspects": ", ".join(held["aspects"])
        }
    if held["comparison"]:
        is_whole = False
        yield _("Kelompok pembanding tidak ikut dihitung: terlalu kecil, atau bukan bagian rancangan.")
    if is_whole:
        yield _("Tidak ada yang kurang: semua peserta mengisi kedua tes.")


# --- plans and money ---


def plans_of(record: Mapping[str, Any], told: Told) -> Section:
    """What became of the action plans, organisation by organisation."""
    title = _("Rencana aksi dan pelaksanaannya")
    if not any(row["lines"] for row in record["plans"]):
        return Section(title, (Words((_("Belum ada rencana aksi yang disepakati."),)),))
    head = (_("Lembaga"), _("Baris"), *(str(one.label) for one in Realised), _("Belum dicatat"), _("Anggaran"), _("Dibelanjakan"))  # fmt: skip
    rows = tuple(
        (
            told.organisation(row["of"]),
            *(told.number(row[name]) for name in ("lines", *Realised.values, "open")),
            rupiah(row["budget"]),
            rupiah(row["spent"]),
        )
        for row in _ordered(record["plans"], told)
    )
    return Section(title, (Table(_("Rencana aksi menurut lembaga"), head, rows, (3, 1, 1, 1, 1, 1, 2, 2)),))


def money_of(record: Mapping[str, Any], told: Told) -> Section:
    """The stimulus money, with the sum."""
    title = _("Bantuan stimulan")
    if not record["money"]:
        return Section(title, (Words((_("Tidak ada bantuan stimulan."),)),))
    names = ("asked", "granted", "received", "spent", "returned", "balance")
    rows = [
        (told.organisation(row["of"]), *(rupiah(row[name]) for name in names))
        for row in _ordered(record["money"], told)
    ]
    sums = [sum(row[name] for row in record["money"]) for name in names]
    rows.append((_("Jumlah"), *(rupiah(value) for value in sums)))
    head = (_("Lembaga"), _("Diajukan"), _("Disetujui"), _("Diserahkan"), _("Dibelanjakan"), _("Dikembalikan"), _("Sisa"))  # fmt: skip
    return Section(
        title, (Table(_("Bantuan stimulan menurut lembaga"), head, tuple(rows), (3, 2, 2, 2, 2, 2, 2)),)
    )


def _ordered(rows: list[Mapping[str, Any]], told: Told) -> list[Mapping[str, Any]]:
    return sorted(
        rows, key=lambda row: (row["of"] not in told.labels, told.organisation(row["of"]), row["of"])
    )
