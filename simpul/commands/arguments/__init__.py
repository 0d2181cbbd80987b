"""What each command understands, and the help that teaches it. Light, so that `--help` answers at once."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from simpul.commands.arguments import exchanging, judging, running
from simpul.commands.arguments.kinds import AsWritten, Parser, add_language, show_examples
from simpul.commands.language import _


def parser() -> Parser:
    """The whole command line, in the chosen language."""
    top = _parser(
        argparse.ArgumentParser,
        prog="simpul",
        about=_("Simpul: dari keadaan seseorang ke temuan dengan alasan, lalu ke pendampingan."),
        examples=[
            ("simpul demo", _("lihat Simpul dengan data contoh")),
            ("simpul interview", _("jawab beberapa pertanyaan, lihat temuannya")),
            ("simpul screen warga.csv --out hasil.parquet", _("tapis satu berkas penuh")),
            (_("simpul PERINTAH --help"), _("penjelasan dan contoh satu perintah")),
        ],
    )
    subparsers = top.add_subparsers(dest="command", metavar=_("PERINTAH"), title=_("perintah"))
    for name, summary, add in _commands():
        made = subparsers.add_parser(name, help=summary, description=summary, formatter_class=AsWritten)
        add(made)
        add_language(made, default=argparse.SUPPRESS)
    return top


def _parser(make: Callable[..., Parser], *, prog: str, about: str, examples: list[tuple[str, str]]) -> Parser:
    made = make(prog=prog, description=about, formatter_class=AsWritten)
    show_examples(made, examples)
    add_language(made, default=None)
    return made


def _commands() -> list[tuple[str, str, Callable[[Parser], None]]]:
    return [
        ("demo", _("Jalankan Simpul dengan kantor contoh di komputer ini."), running.demo),
        ("serve", _("Jalankan halaman Simpul untuk kantor Anda."), running.serve),
        ("work", _("Kerjakan tugas panjang yang menunggu; dijalankan sendiri oleh serve."), running.work),
        ("migrate", _("Siapkan atau perbarui basis data dan daftar wilayah."), running.migrate),
        ("user", _("Kelola siapa yang boleh masuk."), running.user),
        ("keys", _("Ganti kunci penyandi data peka."), running.keys),
        ("screen", _("Tapis semua orang dalam satu berkas."), judging.screen),
        (
            "screen-table",
            _("Tapis semua orang dalam satu tabel basis data kantor Anda."),
            judging.screen_table,
        ),
        (
            "screen-register",
            _("Tapis semua orang yang dikenal kantor ini, tanpa menunggu malam."),
            judging.screen_register,
        ),
        (
            "interview",
            _("Tanya jawab di layar ini: satu orang, langsung dengan temuannya."),
            judging.interview,
        ),
        (
            "evaluate",
            _("Bandingkan tes sebelum dan sesudah: apa yang berubah, seberapa pasti."),
            judging.evaluate,
        ),
        (
            "recount",
            _("Hitung ulang angka yang tercetak dalam laporan: mana yang keliru, mana yang tidak mungkin."),
            judging.recount,
        ),
        ("backup", _("Simpan cadangan utuh ke satu berkas, juga sewaktu Simpul dipakai."), running.backup),
        ("restore", _("Pulihkan semua dari satu berkas cadangan."), running.restore),
        ("check", _("Periksa katalog, catatan kegiatan dan data; sebut apa yang salah."), running.check),
        ("regions", _("Muat atau lihat daftar wilayah."), running.regions),
        ("hsds", _("Tukar daftar layanan dengan daftar lain (Open Referral HSDS 3.0)."), exchanging.hsds),
        (
            "import",
            _("Muat berkas kantor: orang, keterangan, lembaga, PSKS, layanan, jawaban."),
            exchanging.import_,
        ),
        ("recap", _("Tulis satu rekap ke berkas: XLSX, CSV atau PDF."), exchanging.recap),
    ]
