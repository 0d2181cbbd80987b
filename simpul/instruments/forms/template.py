"""The spreadsheet that an office fills in: a small whole example to write over, and a sheet of help."""

from __future__ import annotations

import csv
import io

from django.utils.translation import gettext as _

from simpul.instruments.forms.sheets import DIRECTIONS, HEAD, HEADINGS, KINDS, USES, WAYS
from simpul.ui.sheets import Sheet, as_xlsx

Rows = list[tuple[str, ...]]


def _example() -> dict[str, Rows]:
    """An instrument of three items in two parts. It is read back without a fault, which a test holds."""
    return {
        "instrumen": [
            HEADINGS["instrumen"],
            ("kode", "semangat-belajar"),
            ("judul", "Semangat belajar anak"),
            ("tentang", "Diisi bersama anak, tentang sebulan terakhir."),
            ("catatan", "Keandalan belum diukur."),
            ("sumber", "Disusun sendiri oleh lembaga"),
            ("kegunaan", "asesmen"),
        ],
        "bagian": [
            HEADINGS["bagian"],
            ("sekolah", "Di sekolah", "", "makin tinggi makin baik", "rata-rata", "1"),
            ("rumah", "Di rumah", "", "makin tinggi makin baik", "jumlah"),
        ],
        "butir": [
            HEADINGS["butir"],
            ("sekolah", "hadir", "Seberapa sering anak masuk sekolah?", "", "Lihat buku hadir bila ada.", "skala", "sering"),
            ("sekolah", "bolos", "Seberapa sering anak pulang sebelum waktunya?", "", "", "skala", "sering", "ya"),
            ("rumah", "belajar", "Seberapa sering anak belajar di rumah?", "", "", "skala", "sering"),
            ("rumah", "cita-cita", "Apa cita-citanya?", "", "", "teks"),
        ],
        "tingkat": [
            HEADINGS["tingkat"],
            ("sering", "0", "Tidak pernah", "", "Tidak satu kali pun sebulan terakhir."),
            ("sering", "1", "Kadang-kadang", "", "Satu atau dua kali seminggu."),
            ("sering", "2", "Hampir setiap hari", "", "Lebih dari dua kali seminggu."),
        ],
        "batas": [
            HEADINGS["batas"],
            ("sekolah", "kurang", "Kurang", "", "0"),
            ("sekolah", "cukup", "Cukup", "", "0,75"),
            ("sekolah", "baik", "Baik", "", "1,5"),
        ],
    }  # fmt: skip


def _help() -> Rows:
    """What belongs where, one line each."""
    return [
        (_("lembar"), _("kolom"), _("arti")),
        ("instrumen", "isian", _("Nama isian. Yang dikenal: %(known)s.") % {"known": ", ".join(HEAD)}),
        ("instrumen", "kegunaan", ", ".join(USES)),
        ("bagian", "kode", _("Nama pendek tanpa spasi, huruf kecil.")),
        ("bagian", "arah", ", ".join(DIRECTIONS)),
        ("bagian", "cara", ", ".join(WAYS)),
        ("bagian", "paling_sedikit", _("Berapa butir harus terjawab supaya nilai diketahui. Kosong: semua.")),
        ("bagian", "keandalan", _("Angka di bawah 1 dari penelitian. Kosong bila belum diketahui.")),
        ("bagian", "simpangan_baku", _("Simpangan baku nilai bagian ini dari penelitian yang sama.")),
        ("bagian", "sumber_keandalan", _("Penelitian asal kedua angka itu.")),
        ("butir", "bagian", _("Kode bagian dari lembar “bagian”.")),
        ("butir", "jenis", ", ".join(KINDS)),
        ("butir", "tingkat", _("Nama kelompok dari lembar “tingkat”. Kosong untuk angka dan teks.")),
        ("butir", "terbalik", _("ya, bila tingkat tertinggi justru yang paling tidak baik.")),
        ("butir", "wajib", _("ya, bila harus dijawab; “tidak tahu” juga jawaban.")),
        ("tingkat", "kelompok", _("Nama yang sama untuk semua tingkat satu skala.")),
        ("tingkat", "keterangan", _("Seperti apa tingkat ini dalam kehidupan sehari-hari.")),
        ("batas", "bagian", _("Kode bagian. Lembar ini boleh dikosongkan atau dihapus.")),
        ("batas", "mulai", _("Mulai nilai berapa nama ini dipakai; yang pertama dari nilai terendah.")),
        ("", "…_inggris", _("Boleh dikosongkan; lalu teks Indonesia yang dipakai.")),
    ]


def csv_template() -> str:
    """All sheets in one file: a line such as [butir] begins that sheet."""
    written = io.StringIO(newline="")
    # The mark in front tells spreadsheets that this is UTF-8.
    written.write("\ufeff")
    out = csv.writer(written)
    for sheet, rows in _example().items():
        out.writerow([f"[{sheet}]"])
        out.writerows(rows)
    return written.getvalue()


def xlsx_template() -> bytes:
    """The same as a workbook, with a sheet of help in front."""
    sheets = {"petunjuk": _help(), **_example()}
    return as_xlsx(*(Sheet(name, rows[0], rows[1:]) for name, rows in sheets.items()))
