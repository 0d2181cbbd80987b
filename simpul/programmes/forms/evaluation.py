"""What was typed before an extract leaves, and numbers of a paper that are checked."""

from __future__ import annotations

import uuid
from typing import Any

from django.forms import (
    BooleanField,
    CharField,
    Form,
    HiddenInput,
    IntegerField,
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from simpul.engines.statistics import CountedTable, MeansOnly, read_counts, read_means, sentence

_LONGEST = 20_000
# Enough to mend by; the next try shows the next.
_MOST_FAULTS = 5


class RunForm(Form):
    """The button that runs an evaluation; pressed twice it runs once."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)


class ExtractForm(Form):
    """What for, and for whom; and that the rules for such data are known."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    purpose = CharField(
        label=_("Untuk apa?"),
        max_length=300,
        widget=Textarea({"rows": 3}),
        help_text=_("Misalnya judul penelitian dan pertanyaannya. Disimpan selamanya bersama ekstrak."),
    )
    for_whom = CharField(
        label=_("Untuk siapa?"),
        max_length=200,
        help_text=_("Lembaga atau kelompok peneliti yang menerima berkas ini."),
    )
    agreed = BooleanField(
        label=_("Penerima tidak akan mencoba mengenali orangnya dan menghapus berkas setelah selesai."),
        error_messages={"required": _("Pastikan dulu hal ini dengan penerima, lalu centang.")},
    )


class PrintedForm(Form):
    """Numbers of a paper or a report, typed over. Nothing of it is kept."""

    people = IntegerField(
        label=_("Banyaknya orang"),
        min_value=1,
        max_value=1_000_000,
        widget=TextInput({"inputmode": "numeric", "size": 8, "autocomplete": "off"}),
        help_text=_("Semua orang dalam tabel itu, misalnya 30."),
    )
    counts = CharField(
        label=_("Jumlah dan persen"),
        required=False,
        max_length=_LONGEST,
        widget=Textarea({"rows": 8}),
        help_text=_(
            "Satu baris satu kategori: nama; jumlah; persen, misalnya baik; 18; 60,00. Judul tabel pada barisnya sendiri. Boleh ditempel dari lembar sebar."
        ),
    )
    means = CharField(
        label=_("Rata-rata"),
        required=False,
        max_length=_LONGEST,
        widget=Textarea({"rows": 6}),
        help_text=_(
            "Satu baris satu aspek: nama; sebelum; sesudah; selisih, misalnya Legalitas; 9,300; 10,400; 1,100. Nilai tiap orang harus bilangan bulat."
        ),
    )
    tables: tuple[CountedTable, ...] = ()
    aspects: tuple[MeansOnly, ...] = ()

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or {}
        if self.errors:
            return kept
        people = kept["people"]
        counts, means = read_counts(kept["counts"], people), read_means(kept["means"], people)
        for name, faults in (("counts", counts.faults), ("means", means.faults)):
            for fault in faults[:_MOST_FAULTS]:
                self.add_error(name, sentence(fault, get_language() or "id"))
        if not (self.errors or counts.found or means.found):
            self.add_error(
                "counts", gettext("Tulis sekurang-kurangnya satu baris, di sini atau pada rata-rata.")
            )
        self.tables, self.aspects = counts.found, means.found
        return kept
