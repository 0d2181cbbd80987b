"""The sheets and columns of an XLSForm that Simpul reads and writes, its own among them.

Other programs pass over our columns (their names begin with simpul_), so that the same file works there too.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INDONESIAN, ENGLISH = "Bahasa Indonesia (id)", "English (en)"
BANDS = "simpul_bands"
SHEETS = ("survey", "choices", "settings", BANDS)

SURVEY = (
    "type", "name", f"label::{INDONESIAN}", f"label::{ENGLISH}", f"hint::{INDONESIAN}", f"hint::{ENGLISH}",
    "required", "constraint", "simpul_kind", "simpul_reversed", "simpul_aspect", "simpul_method",
    "simpul_direction", "simpul_fewest", "simpul_at_least", "simpul_asks", "simpul_asks_en",
    "simpul_reliability", "simpul_sd", "simpul_measured_in",
)  # fmt: skip
CHOICES = (
    "list_name", "name", f"label::{INDONESIAN}", f"label::{ENGLISH}", "simpul_score", "simpul_meaning",
    "simpul_meaning_en",
)  # fmt: skip
SETTINGS = (
    "form_title", "form_id", "version", "default_language", "simpul_title_en", "simpul_about", "simpul_about_en",
    "simpul_note", "simpul_note_en", "simpul_source", "simpul_purpose", "simpul_valid_from",
)  # fmt: skip
BAND_COLUMNS = ("aspect", "code", "label", "label_en", "from_score")

YES_NO = {"yes": True, "no": False, "true()": True, "false()": False, "true": True, "false": False, "ya": True, "tidak": False}  # fmt: skip
METHODS = {"mean": "mean", "sum": "sum", "highest": "highest"}
DIRECTIONS = {"higher_is_better": "higher_is_better", "lower_is_better": "lower_is_better"}
KINDS = {"scale": "scale", "choice": "choice"}
# Questions that a telephone answers by itself; they are nothing that somebody is asked.
SILENT = frozenset(
    {
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "phonenumber",
        "email",
        "audit",
        "start-geopoint",
        "note",
    }
)

# What the sheet of help says about our own columns, and about what is not taken.
HELP: tuple[tuple[str, str, Promise], ...] = (
    ("survey", "type", _("Yang dibaca: select_one, integer, text, begin_group dan end_group. Jenis lain ditolak dengan barisnya.")),
    ("survey", "name", _("Kode butir. Garis bawah di depan angka dihilangkan: _1a dibaca sebagai 1a.")),
    ("survey", "begin_group", _("Satu kelompok menjadi satu aspek. Kelompok di dalam kelompok tidak dibaca.")),
    ("survey", "constraint", _("Untuk angka saja: . >= 0 and . <= 20")),
    ("survey", "simpul_kind", _("scale: dinilai; choice: pilihan tanpa urutan. Kosong: scale bila semua pilihan berupa angka.")),
    ("survey", "simpul_reversed", _("yes, bila tingkat tertinggi justru yang paling tidak baik.")),
    ("survey", "simpul_aspect", _("Kode aspek, bila butir tidak berada dalam kelompoknya.")),
    ("survey", "simpul_method", _("Pada baris begin_group: mean (rata-rata), sum (jumlah) atau highest (tertinggi).")),
    ("survey", "simpul_direction", _("Pada baris begin_group: higher_is_better atau lower_is_better.")),
    ("survey", "simpul_fewest", _("Pada baris begin_group: berapa jawaban yang diperlukan. Kosong: semua.")),
    ("survey", "simpul_at_least", _("Pada baris begin_group: mulai tingkat berapa satu butir saja sudah berarti ya.")),
    ("survey", "simpul_asks", _("Pada baris begin_group: pertanyaan aspek yang dijawab oleh simpul_at_least.")),
    ("survey", "simpul_reliability", _("Pada baris begin_group: keandalan di bawah 1, dengan simpul_sd dan simpul_measured_in.")),
    ("choices", "simpul_score", _("Nilai pilihan, bilangan bulat. Kosong: nama pilihannya, bila berupa angka.")),
    ("choices", "simpul_meaning", _("Seperti apa tingkat ini dalam kehidupan sehari-hari.")),
    ("settings", "form_id", _("Kode instrumen: huruf kecil, angka, tanda hubung.")),
    ("settings", "simpul_about", _("Untuk siapa dan bagaimana diisi.")),
    ("settings", "simpul_source", _("Dari mana instrumen ini.")),
    ("settings", "simpul_purpose", _("assessment, satisfaction, learning, accreditation, session, organisation atau survey.")),
    (BANDS, "from_score", _("Batas kurang, cukup dan baik: mulai nilai berapa. Yang pertama dari nilai terendah.")),
)  # fmt: skip
