"""What comes from other registers and goes to them."""

from __future__ import annotations

from pathlib import Path

from simpul.commands.arguments.kinds import Parser, day, show_examples
from simpul.commands.language import _


def hsds(made: Parser) -> None:
    steps = made.add_subparsers(dest="step", metavar=_("LANGKAH"), required=True)
    export = steps.add_parser("export", help=_("tulis semua layanan yang boleh dilihat siapa saja"))
    export.add_argument(
        "--out", type=Path, required=True, metavar=_("FOLDER"), help=_("folder baru atau kosong")
    )
    export.add_argument(
        "--format",
        choices=("json", "tabular"),
        default="json",
        help=_("json, atau tabular: tabel CSV (bawaan: json)"),
    )
    bring = steps.add_parser(
        "import", help=_("masukkan layanan dari folder: semuanya atau tidak sama sekali")
    )
    bring.add_argument("folder", type=Path, help=_("folder dengan JSON atau tabel CSV menurut standar"))
    bring.add_argument("--user", required=True, help=_("atas nama siapa; ia harus berhak mengimpor"))
    bring.add_argument("--region", default="", help=_("wilayah lembaga baru, misalnya 21.02"))
    bring.add_argument("--source", default="", help=_("nama daftar asalnya (bawaan: nama folder)"))
    bring.add_argument("--dry-run", action="store_true", help=_("tunjukkan saja apa yang akan terjadi"))
    show_examples(
        made,
        [
            ("simpul hsds export --out layanan --format tabular", ""),
            (
                "simpul hsds import layanan --user budi --region 21.02 --dry-run",
                _("lihat dulu apa yang akan terjadi"),
            ),
        ],
    )


def import_(made: Parser) -> None:
    kinds = ("people", "facts", "facts_down", "organisations", "sources", "services", "sheets")
    bases = ("public_service", "legal_duty", "consent", "vital_interest")
    made.add_argument("file", type=Path, help=_("XLSX, ODS atau CSV, apa adanya"))
    made.add_argument("--kind", choices=kinds, default="people", help=_("isi berkas (bawaan: people)"))
    made.add_argument(
        "--as", dest="user", required=True, help=_("atas nama siapa; ia harus berhak mengimpor")
    )
    made.add_argument("--office", default="", help=_("untuk kantor mana, bila ada lebih dari satu"))
    made.add_argument("--region", default="", help=_("desa semua orang yang barisnya tidak menyebutnya"))
    made.add_argument("--list-name", default="", help=_("nama daftar (bawaan: nama berkas)"))
    made.add_argument("--listed-on", type=day, metavar=_("HARI"), help=_("tanggal daftar (bawaan: hari ini)"))
    made.add_argument("--basis", choices=bases, default="public_service", help=_("dasar pemakaian data"))
    made.add_argument("--because", default="", help=_("penjelasan dasar itu, misalnya nomor surat"))
    made.add_argument("--instrument", default="", help=_("kode instrumen yang dijawab"))
    made.add_argument("--mapping", choices=("proposed", "remembered"), default="proposed", help=_("susunan kolom: ditebak atau yang diingat, atau hanya yang diingat"))  # fmt: skip
    made.add_argument("--refused", type=Path, metavar=_("BERKAS"), help=_("tulis baris yang ditolak ke sini"))
    made.add_argument("--dry-run", action="store_true", help=_("tunjukkan saja apa yang akan terjadi"))
    show_examples(
        made,
        [
            ("simpul import warga.xlsx --as rahma --because 'Surat 470/12' --dry-run", _("lihat dulu")),
            ("simpul import dtsen.csv --as rahma --because 'BAST 3/2026' --refused ditolak.csv", ""),
        ],
    )


def recap(made: Parser) -> None:
    day_word = _("HARI")
    made.add_argument("code", metavar=_("REKAP"), help=_("R1 sampai R15"))
    made.add_argument("--area", default="", metavar=_("WILAYAH"), help=_("kode wilayah, misalnya 21.02"))
    made.add_argument(
        "--on",
        type=day,
        metavar=day_word,
        help=_("keadaan pada hari itu, atau hari terakhir (bawaan: hari ini)"),
    )
    made.add_argument("--since", type=day, metavar=day_word, help=_("hari pertama, untuk rekap satu jangka"))
    made.add_argument("--edition", default="", metavar=_("DAFTAR"), help=_("daftar jenis lain"))
    made.add_argument(
        "--suggested", action="store_true", help=_("yang disarankan aturan dan belum diputuskan")
    )
    made.add_argument("--by-service", action="store_true", help=_("menurut tempat layanan"))
    made.add_argument(
        "--as",
        dest="user",
        required=True,
        help=_("atas nama siapa; dicatat sebagai yang mengeluarkan berkas"),
    )
    made.add_argument(
        "--out", type=Path, required=True, metavar=_("BERKAS"), help=_("nama berkas .xlsx, .csv atau .pdf")
    )
    show_examples(made, [("simpul recap R2 --area 21.02 --as budi --out rekap.xlsx", "")])
