"""What each command understands, and the help that teaches it. Light, so that `--help` answers at once."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from simpul.commands.language import LANGUAGES, _

Parser = argparse.ArgumentParser


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
        made = subparsers.add_parser(name, help=summary, description=summary, formatter_class=_AsWritten)
        add(made)
        _add_language(made, default=argparse.SUPPRESS)
    return top


class _AsWritten(argparse.RawDescriptionHelpFormatter):
    """Examples keep their lines."""


def _parser(make: Callable[..., Parser], *, prog: str, about: str, examples: list[tuple[str, str]]) -> Parser:
    made = make(prog=prog, description=about, formatter_class=_AsWritten)
    _examples(made, examples)
    _add_language(made, default=None)
    return made


def _examples(made: Parser, examples: list[tuple[str, str]]) -> None:
    """Each a command with its meaning below it; without a command, a remark of its own."""
    lines = [_("contoh:")]
    for words, meaning in examples:
        lines += [f"  {words}"] if words else [""]
        lines += [f"      {meaning}" if words else meaning] if meaning else []
    made.epilog = "\n".join(lines)


def _add_language(made: Parser, default: str | None) -> None:
    made.add_argument(
        "--language",
        choices=LANGUAGES,
        default=default,
        help=_("bahasa perintah ini: id atau en (bawaan: id, atau SIMPUL_LANGUAGE)"),
    )


def _commands() -> list[tuple[str, str, Callable[[Parser], None]]]:
    return [
        ("demo", _("Jalankan Simpul dengan kantor contoh di komputer ini."), _demo),
        ("serve", _("Jalankan halaman Simpul untuk kantor Anda."), _serve),
        ("migrate", _("Siapkan atau perbarui basis data dan daftar wilayah."), _migrate),
        ("user", _("Kelola siapa yang boleh masuk."), _user),
        ("keys", _("Ganti kunci penyandi data peka."), _keys),
        ("screen", _("Tapis semua orang dalam satu berkas."), _screen),
        ("interview", _("Tanya jawab di layar ini: satu orang, langsung dengan temuannya."), _interview),
        ("evaluate", _("Bandingkan tes sebelum dan sesudah: apa yang berubah, seberapa pasti."), _evaluate),
        ("backup", _("Simpan cadangan utuh ke satu berkas, juga sewaktu Simpul dipakai."), _backup),
        ("restore", _("Pulihkan semua dari satu berkas cadangan."), _restore),
        ("check", _("Periksa katalog, catatan kegiatan dan data; sebut apa yang salah."), _check),
        ("regions", _("Muat atau lihat daftar wilayah."), _regions),
        ("hsds", _("Tukar daftar layanan dengan daftar lain (Open Referral HSDS 3.0)."), _hsds),
    ]


def day(text: str) -> date:
    """A day written as 2026-11-21; argparse shows the sentence of the error."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("%r bukan tanggal; tulis tahun-bulan-hari, misalnya 2026-11-21") % text
        ) from None


def count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(_("%r bukan bilangan 1 atau lebih") % text)
    return int(text)


def port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(_("%r bukan nomor port; pilih 1 sampai 65535") % text)
    return int(text)


def _add_address(made: Parser) -> None:
    made.add_argument(
        "--host",
        default="127.0.0.1",
        help=_("alamat yang mendengarkan (bawaan: 127.0.0.1, hanya komputer ini)"),
    )
    made.add_argument("--port", type=port, default=8000, help=_("nomor port (bawaan: 8000)"))


def _demo(made: Parser) -> None:
    _add_address(made)
    made.add_argument(
        "--on", type=day, metavar=_("HARI"), help=_("hari ini menurut data contoh (bawaan: hari ini)")
    )
    made.add_argument(
        "--no-serve", action="store_true", help=_("siapkan data contoh saja, jangan jalankan halaman")
    )
    _examples(
        made,
        [
            ("simpul demo", _("lalu buka http://127.0.0.1:8000")),
            ("simpul demo --port 8080", _("bila port 8000 sudah dipakai")),
            ("SIMPUL_DATA=/tmp/coba simpul demo", _("dengan folder data lain")),
        ],
    )


def _serve(made: Parser) -> None:
    _add_address(made)
    made.add_argument("--workers", type=count, default=2, help=_("jumlah proses (bawaan: 2)"))
    _examples(
        made,
        [
            ("simpul serve", _("hanya untuk komputer ini")),
            ("simpul serve --port 8080 --workers 4", ""),
            (
                "SIMPUL_HOSTS=simpul.kantor.go.id SIMPUL_HTTPS=1 simpul serve",
                _("di belakang HTTPS: docs/operations.md"),
            ),
        ],
    )


def _migrate(made: Parser) -> None:
    # For `restore` alone: the moment of the backup, to be recorded.
    made.add_argument("--restored", default="", help=argparse.SUPPRESS)
    _examples(made, [("simpul migrate", _("aman diulang; yang sudah siap dilewati"))])


def _user(made: Parser) -> None:
    steps = made.add_subparsers(dest="step", metavar=_("LANGKAH"), required=True)
    add = steps.add_parser("add", help=_("tambah pengguna, atau beri hak lagi kepada yang sudah ada"))
    add.add_argument("username", help=_("nama untuk masuk, tanpa spasi"))
    add.add_argument("--name", help=_("nama lengkap seperti yang dilihat rekan"))
    add.add_argument("--role", required=True, help=_("peran: lihat 'simpul user roles'"))
    add.add_argument("--organisation", default="", help=_("nama atau kunci lembaga tempat hak itu berlaku"))
    add.add_argument("--region", default="", help=_("kode wilayah tempat hak itu berlaku, misalnya 21.02"))
    add.add_argument("--everywhere", action="store_true", help=_("hak berlaku di mana saja"))
    steps.add_parser("list", help=_("siapa yang boleh masuk, dengan peran dan tempatnya"))
    steps.add_parser("roles", help=_("peran yang ada dan artinya"))
    password = steps.add_parser("password", help=_("ganti kata sandi seseorang"))
    password.add_argument("username")
    deactivate = steps.add_parser("deactivate", help=_("tutup akun; catatan kegiatannya tetap"))
    deactivate.add_argument("username")
    for step in (add, password):
        step.add_argument(
            "--password-stdin",
            action="store_true",
            help=_("baca kata sandi dari masukan baku, bukan dari papan ketik"),
        )
    _examples(
        made,
        [
            (
                'simpul user add rina --name "Rina" --role caseworker --organisation "Rumah Sosial"',
                "",
            ),
            ('simpul user add budi --name "Budi" --role dinas_officer --region 21.02', ""),
            ("simpul user list", ""),
        ],
    )


def _keys(made: Parser) -> None:
    steps = made.add_subparsers(dest="step", metavar=_("LANGKAH"), required=True)
    steps.add_parser("rotate", help=_("buat kunci baru dan sandikan ulang semua data peka dengannya"))
    _examples(made, [("simpul keys rotate", _("buat cadangan dulu: simpul backup"))])


def _screen(made: Parser) -> None:
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
    _examples(
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


def _interview(made: Parser) -> None:
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
    _examples(
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


def _evaluate(made: Parser) -> None:
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
    _examples(
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


def _backup(made: Parser) -> None:
    made.add_argument("file", type=Path, help=_("berkas cadangan yang dibuat, misalnya simpul.tar.gz"))
    made.add_argument(
        "--with-keys",
        action="store_true",
        help=_("sertakan kunci; siapa pun yang memegang berkas itu dapat membaca data peka"),
    )
    _examples(
        made,
        [
            (
                "simpul backup /media/usb/simpul-2026-11-21.tar.gz",
                _("tanpa kunci: simpan kunci di tempat lain"),
            ),
            ("simpul backup simpul.tar.gz --with-keys", _("dengan kunci: simpan di lemari terkunci")),
        ],
    )


def _restore(made: Parser) -> None:
    made.add_argument("file", type=Path, help=_("berkas cadangan dari 'simpul backup'"))
    made.add_argument(
        "--replace",
        action="store_true",
        help=_("ganti data yang sudah ada; yang lama dipindahkan ke samping"),
    )
    _examples(
        made,
        [
            ("SIMPUL_DATA=/srv/simpul simpul restore simpul.tar.gz", _("ke folder data yang kosong")),
            ("simpul restore simpul.tar.gz --replace", _("hentikan 'simpul serve' dulu")),
        ],
    )


def _check(made: Parser) -> None:
    made.add_argument(
        "--catalogue", action="store_true", help=_("katalog: pertanyaan, jenis, aturan, contoh")
    )
    made.add_argument(
        "--audit", action="store_true", help=_("catatan kegiatan: tidak ada yang diubah atau dihapus")
    )
    made.add_argument("--data", action="store_true", help=_("basis data: utuh, dan data peka dapat dibuka"))
    _examples(made, [("simpul check", _("semuanya")), ("simpul check --catalogue", "")])


def _regions(made: Parser) -> None:
    steps = made.add_subparsers(dest="step", metavar=_("LANGKAH"), required=True)
    steps.add_parser("load", help=_("muat daftar wilayah yang dibawa Simpul"))
    find = steps.add_parser("find", help=_("cari wilayah menurut nama"))
    find.add_argument("name", nargs="+", help=_("nama atau bagiannya"))
    _examples(made, [("simpul regions find meral", _("nama, kode dan induknya"))])


def _hsds(made: Parser) -> None:
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
    _examples(
        made,
        [
            ("simpul hsds export --out layanan --format tabular", ""),
            (
                "simpul hsds import layanan --user budi --region 21.02 --dry-run",
                _("lihat dulu apa yang akan terjadi"),
            ),
        ],
    )
