"""Invented content for the page of all components."""

from __future__ import annotations

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from simpul.catalogue import editions
from simpul.engines.reasons import Finding
from simpul.ui.fields import DayField

STEPS = [
    _("Pendekatan awal"),
    _("Asesmen"),
    _("Rencana"),
    _("Intervensi"),
    _("Evaluasi"),
    _("Bimbingan lanjut"),
]

NAMES = [
    "Ibu Siti A.",
    "Dafa",
    "Raden Ayu Siti Nurhaliza Kusumaningtyas binti Haji Muhammad Syafruddin Prawiranegara",
]


class ExampleForm(forms.Form):
    """One field of every shape."""

    name = forms.CharField(label=_("Nama"), help_text=_("Tulis seperti orangnya menulis; satu kata boleh."))
    nik = forms.CharField(
        label=_("NIK"), required=False, widget=forms.TextInput({"size": 18, "inputmode": "numeric"})
    )
    born = DayField(label=_("Tanggal lahir"), required=False, help_text=_("Misalnya 1 Maret 1959."))
    income = forms.IntegerField(label=_("Penghasilan"), min_value=0)
    sex = forms.ChoiceField(
        label=_("Jenis kelamin"),
        widget=forms.RadioSelect,
        choices=[("L", _("Laki-laki")), ("P", _("Perempuan")), ("unknown", _("Tidak tahu"))],
    )
    needs = forms.MultipleChoiceField(
        label=_("Yang diperlukan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("food", _("Makan")), ("bed", _("Tempat tidur")), ("talk", _("Teman bicara"))],
    )
    village = forms.ChoiceField(
        label=_("Desa"), choices=[("", _("Pilih desa")), ("1", "Pangke"), ("2", "Tebing")]
    )
    story = forms.CharField(label=_("Cerita"), widget=forms.Textarea({"rows": 4}), required=False)
    photo = forms.FileField(label=_("Foto kartu"), required=False)
    agreed = forms.BooleanField(label=_("Ibu Siti sudah mendengar penjelasan dan setuju"))


def wrong_form() -> ExampleForm:
    """The same form, sent with mistakes in every field that can have one."""
    sent = {
        "name": "",
        "born_day": "31",
        "born_month": "Februari",
        "born_year": "1959",
        "income": "banyak",
        "village": "9",
    }
    form = ExampleForm(sent)
    form.add_error(
        None, _("Data ini sudah diubah rekan Anda sejak Anda membukanya. Periksa lagi sebelum menyimpan.")
    )
    return form


def edition() -> editions.Edition:
    return editions.default()


def findings() -> list[Finding]:
    """One finding of each answer, judged from the catalogue's own examples."""
    found: dict[str, Finding] = {}
    for need in edition().types:
        for example in need.examples:
            if need.node is not None and str(example.expect) not in found:
                found[str(example.expect)] = need.judge(example.facts, example.on)
    return list(found.values())


def middle_page() -> Page[int]:
    return Paginator(range(1, 64), 20).page(2)
