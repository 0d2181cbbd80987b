"""Running Simpul on a machine: server, database, users, keys, copies."""

from __future__ import annotations

import argparse
from pathlib import Path

from simpul.commands.arguments.kinds import Parser, add_address, count, day, show_examples
from simpul.commands.language import _


def demo(made: Parser) -> None:
    add_address(made)
    made.add_argument(
        "--on", type=day, metavar=_("HARI"), help=_("hari ini menurut data contoh (bawaan: hari ini)")
    )
    made.add_argument(
        "--no-serve", action="store_true", help=_("siapkan data contoh saja, jangan jalankan halaman")
    )
    made.add_argument(
        "--people",
        type=count,
        default=0,
        help=_("tambahkan sekian orang rekaan menurut susunan penduduk Indonesia"),
    )
    made.add_argument(
        "--area", default="", help=_("hanya dari provinsi atau kabupaten/kota ini, misalnya 21.02")
    )
    show_examples(
        made,
        [
            ("simpul demo --people 100000 --area 21.02", _("kantor contoh dengan kabupaten yang penuh")),
            ("simpul demo", _("lalu buka http://127.0.0.1:8000")),
            ("simpul demo --port 8080", _("bila port 8000 sudah dipakai")),
            ("SIMPUL_DATA=/tmp/coba simpul demo", _("dengan folder data lain")),
        ],
    )


def serve(made: Parser) -> None:
    add_address(made)
    made.add_argument("--workers", type=count, default=2, help=_("jumlah proses (bawaan: 2)"))
    show_examples(
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


def work(made: Parser) -> None:
    made.add_argument("--once", action="store_true", help=_("kerjakan yang menunggu sekarang, lalu berhenti"))
    made.add_argument("--until-closed", action="store_true", help=argparse.SUPPRESS)
    show_examples(
        made, [("simpul work --once", _("misalnya dari jadwal komputer, bila serve tidak dipakai"))]
    )


def migrate(made: Parser) -> None:
    # For `restore` alone: the moment of the backup, to be recorded.
    made.add_argument("--restored", default="", help=argparse.SUPPRESS)
    show_examples(made, [("simpul migrate", _("aman diulang; yang sudah siap dilewati"))])


def user(made: Parser) -> None:
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
    show_examples(
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


def keys(made: Parser) -> None:
    steps = made.add_subparsers(dest="step", metavar=_("LANGKAH"), required=True)
    steps.add_parser("rotate", help=_("buat kunci baru dan sandikan ulang semua data peka dengannya"))
    show_examples(made, [("simpul keys rotate", _("buat cadangan dulu: simpul backup"))])


def backup(made: Parser) -> None:
    made.add_argument("file", type=Path, help=_("berkas cadangan yang dibuat, misalnya simpul.tar.gz"))
    made.add_argument(
        "--with-keys",
        action="store_true",
        help=_("sertakan kunci; siapa pun yang memegang berkas itu dapat membaca data peka"),
    )
    show_examples(
        made,
        [
            (
                "simpul backup /media/usb/simpul-2026-11-21.tar.gz",
                _("tanpa kunci: simpan kunci di tempat lain"),
            ),
            ("simpul backup simpul.tar.gz --with-keys", _("dengan kunci: simpan di lemari terkunci")),
        ],
    )


def restore(made: Parser) -> None:
    made.add_argument("file", type=Path, help=_("berkas cadangan dari 'simpul backup'"))
    made.add_argument(
        "--replace",
        action="store_true",
        help=_("ganti data yang sudah ada; yang lama dipindahkan ke samping"),
    )
    show_examples(
        made,
        [
            ("SIMPUL_DATA=/srv/simpul simpul restore simpul.tar.gz", _("ke folder data yang kosong")),
            ("simpul restore simpul.tar.gz --replace", _("hentikan 'simpul serve' dulu")),
        ],
    )


def check(made: Parser) -> None:
    made.add_argument(
        "--catalogue", action="store_true", help=_("katalog: pertanyaan, jenis, aturan, contoh")
    )
    made.add_argument(
        "--audit", action="store_true", help=_("catatan kegiatan: tidak ada yang diubah atau dihapus")
    )
    made.add_argument("--data", action="store_true", help=_("basis data: utuh, dan data peka dapat dibuka"))
    show_examples(made, [("simpul check", _("semuanya")), ("simpul check --catalogue", "")])


def regions(made: Parser) -> None:
    steps = made.add_subparsers(dest="step", metavar=_("LANGKAH"), required=True)
    steps.add_parser("load", help=_("muat daftar wilayah yang dibawa Simpul"))
    find = steps.add_parser("find", help=_("cari wilayah menurut nama"))
    find.add_argument("name", nargs="+", help=_("nama atau bagiannya"))
    show_examples(made, [("simpul regions find meral", _("nama, kode dan induknya"))])
