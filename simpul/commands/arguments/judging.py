"""Judging and comparing: one person, a file, a table, the whole register, two tests."""

from __future__ import annotations

from pathlib import Path

from simpul.commands.arguments.kinds import Parser, day, show_examples
from simpul.commands.language import _


def screen(made: Parser) -> None:
    made.add_argument("file", nargs="?", type=Path, help=_("berkas orang: .csv, .xlsx atau .parquet"))
    made.add_argument(
        "--list", metavar=_("DAFTAR"), help=_("daftar jenis yang dipakai (bawaan: permensos-8-2012)")
    )
    made.add_argument(
        "--on", type=day, metavar=_("HARI"), help=_("menurut keadaan pada hari ini (bawaan: hari ini)")
    )
    made.add_argument("--out", type=Path, metavar=_("BERKAS"), help=_("berkas hasil: .parquet atau .csv"))
    made.add_argument(
        "--refused",
        type=Path,
        metavar=_("BERKAS"),
        help=_("berkas baris yang ditolak (bawaan: di samping hasil)"),
    )
    made.add_argument(
        "--template",
        type=Path,
        metavar=_("BERKAS"),
        help=_("tulis berkas kosong dengan judul kolom dan penjelasannya"),
    )
    show_examples(
        made,
        [
            ("simpul screen --template warga.csv", _("kolom apa saja yang dikenal")),
            ("simpul screen warga.xlsx --out hasil.csv", ""),
            (
                "simpul screen warga.parquet --list permensos-8-2012 --on 2026-11-21 --out hasil.parquet",
                "",
            ),
            ("", _("Selesai dengan kode 0: semua baris; 3: sebagian ditolak; 1: tidak ada yang dikerjakan.")),
        ],
    )


def screen_register(made: Parser) -> None:
    made.add_argument(
        "--edition", metavar=_("DAFTAR"), help=_("daftar jenis yang dipakai (bawaan: daftar kantor ini)")
    )
    made.add_argument(
        "--on", type=day, metavar=_("HARI"), help=_("menurut keadaan pada hari ini (bawaan: hari ini)")
    )
    made.add_argument("--anew", action="store_true", help=_("buka lagi semua jawaban dari awal"))
    show_examples(made, [("simpul screen-register --edition seed004-28", _("mencoba daftar lain"))])


def screen_table(made: Parser) -> None:
    column, day_word = _("KOLOM"), _("HARI")
    made.add_argument(
        "--database",
        default="",
        metavar=_("ALAMAT"),
        help=_("postgresql://… atau berkas SQLite; diubah di tempat"),
    )
    made.add_argument(
        "--table", required=True, metavar=_("TABEL"), help=_("tabel orang, satu baris satu orang")
    )
    made.add_argument("--key", default="id", metavar=column, help=_("kolom kunci (bawaan: id)"))
    made.add_argument(
        "--map",
        nargs="+",
        action="extend",
        default=[],
        metavar=_("KOLOM=FAKTA"),
        help=_("kolom yang namanya lain daripada faktanya"),
    )
    made.add_argument(
        "--list", metavar=_("DAFTAR"), help=_("daftar jenis yang dipakai (bawaan: permensos-8-2012)")
    )
    made.add_argument(
        "--on", type=day, metavar=day_word, help=_("menurut keadaan pada hari ini (bawaan: hari ini)")
    )
    made.add_argument(
        "--into", default="", metavar=_("TABEL"), help=_("tabel hasil (bawaan: TABEL_verdicts)")
    )
    made.add_argument(
        "--sql",
        choices=("postgres", "sqlite", "duckdb", "spark"),
        help=_("tampilkan perintah SQL saja, jangan jalankan apa pun"),
    )
    _add_changed(made)
    _show_table_examples(made)


def _add_changed(made: Parser) -> None:
    """For following a table: only who changed, and only what their change touches."""
    who = made.add_mutually_exclusive_group()
    who.add_argument(
        "--changed-keys",
        type=Path,
        metavar=_("BERKAS"),
        help=_("hanya orang dengan kunci di berkas ini, satu tiap baris"),
    )
    who.add_argument(
        "--changed-since", type=day, metavar=_("HARI"), help=_("hanya orang yang berubah sejak hari ini")
    )
    made.add_argument(
        "--changed-column",
        default="updated_at",
        metavar=_("KOLOM"),
        help=_("kolom waktu perubahan (bawaan: updated_at)"),
    )
    made.add_argument(
        "--changed-facts",
        nargs="+",
        action="extend",
        default=[],
        metavar=_("FAKTA"),
        help=_("fakta yang berubah; jenis lain tidak dinilai ulang"),
    )


def _show_table_examples(made: Parser) -> None:
    show_examples(
        made,
        [
            ("simpul screen-table --database warga.sqlite --table warga --map tgl_lahir=born", ""),
            (
                "PGPASSWORD=… simpul screen-table --database postgresql://budi@server/dinsos --table dinsos.warga",
                _("hasil di tabel dinsos.warga_verdicts; data tidak keluar dari basis data"),
            ),
            (
                "simpul screen-table --database warga.sqlite --table warga --changed-keys berubah.txt",
                _("hanya orang yang berubah"),
            ),
            ("simpul screen-table --table warga --sql spark", _("perintah untuk gudang data Spark")),
            (
                "",
                _(
                    "Selesai dengan kode 0: semua baris; 3: sebagian tidak dinilai; 1: tidak ada yang berubah."
                ),
            ),
        ],
    )


def interview(made: Parser) -> None:
    made.add_argument(
        "--list", metavar=_("DAFTAR"), help=_("daftar jenis yang dipakai (bawaan: permensos-8-2012)")
    )
    made.add_argument(
        "--on", type=day, metavar=_("HARI"), help=_("menurut keadaan pada hari ini (bawaan: hari ini)")
    )
    made.add_argument(
        "--facts", type=Path, metavar=_("BERKAS"), help=_("berkas TOML dengan jawaban yang sudah ada")
    )
    made.add_argument("--save", type=Path, metavar=_("BERKAS"), help=_("simpan jawaban ke berkas TOML"))
    show_examples(
        made,
        [
            ("simpul interview", ""),
            ("simpul interview --save jawaban.toml", _("simpan, lanjutkan nanti")),
            ("simpul interview --facts jawaban.toml", _("lanjutkan dari jawaban yang ada")),
            (
                "",
                _(
                    "Jawab: ya, tidak, tidak tahu, tidak mau; 'kembali' untuk mengubah; 'selesai' untuk berhenti."
                ),
            ),
        ],
    )


def evaluate(made: Parser) -> None:
    file = _("BERKAS")
    made.add_argument(
        "before", type=Path, help=_("nilai sebelum: .csv, .xlsx atau .parquet, satu baris satu orang")
    )
    made.add_argument("after", type=Path, help=_("nilai sesudah, dengan kolom yang sama"))
    made.add_argument(
        "--by",
        default="",
        metavar=_("KOLOM"),
        help=_("kolom yang menyebut orangnya; pakai kode, jangan nama"),
    )
    made.add_argument(
        "--aspects",
        type=Path,
        metavar=file,
        help=_("buku kode: butir, aspek, dibalik, terendah, tertinggi, kategori"),
    )
    made.add_argument(
        "--organisation", default="", metavar=_("KOLOM"), help=_("kolom lembaga (bawaan: lembaga)")
    )
    made.add_argument(
        "--group", default="", metavar=_("KOLOM"), help=_("kolom kelompok, bila ada kelompok pembanding")
    )
    made.add_argument("--comparison", default="", metavar=_("KELOMPOK"), help=_("nama kelompok pembanding"))
    made.add_argument("--title", default="", metavar=_("JUDUL"), help=_("judul laporan"))
    made.add_argument("--out", type=Path, metavar=file, help=_("laporan yang dibuat, berakhir dengan .pdf"))
    made.add_argument("--json", action="store_true", help=_("tampilkan semua angka sebagai JSON"))
    show_examples(
        made,
        [
            ("simpul evaluate sebelum.csv sesudah.csv --by kode", _("tiap kolom lain satu aspek")),
            (
                "simpul evaluate sebelum.csv sesudah.csv --by kode --aspects butir.csv --out laporan.pdf",
                _("butir dijumlahkan menurut buku kode"),
            ),
            (
                "simpul evaluate sebelum.csv sesudah.csv --group kelompok --comparison pembanding --json",
                _("dengan kelompok pembanding"),
            ),
            ("", _("Isi kosong berarti tidak menjawab. Tidak ada yang dikirim ke mana pun.")),
        ],
    )


def recount(made: Parser) -> None:
    file = _("BERKAS")
    made.add_argument(
        "--people", type=int, required=True, metavar=_("JUMLAH"), help=_("banyaknya orang dalam tabel itu")
    )
    made.add_argument(
        "--counts", type=Path, metavar=file, help=_("satu baris satu kategori: nama; jumlah; persen")
    )
    made.add_argument(
        "--means",
        type=Path,
        metavar=file,
        help=_("satu baris satu aspek: nama; rata-rata sebelum; sesudah; selisih"),
    )
    show_examples(
        made,
        [
            ("simpul recount --people 30 --counts kategori.txt", _("baik; 18; 60,00 pada tiap baris")),
            (
                "simpul recount --people 30 --means rata-rata.txt",
                _("Legalitas; 9,300; 10,400; 1,100 pada tiap baris"),
            ),
            ("", _("Judul tabel pada barisnya sendiri; baris kosong mengakhiri tabel.")),
        ],
    )
