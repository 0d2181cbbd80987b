"""What is asked when a file is sent, and what its columns are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.forms import (
    CharField,
    ChoiceField,
    FileField,
    FileInput,
    Form,
    HiddenInput,
    IntegerField,
    RadioSelect,
    Select,
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.access.reach import Where
from simpul.imports.models import Batch
from simpul.imports.queries.about import About
from simpul.imports.queries.fields import FACT, ITEM, WITH_FACTS, field_of
from simpul.imports.queries.page import choices_for, instruments_for, kinds_for, offices_of, question_named
from simpul.imports.stages import OF_PEOPLE, Decided, Kind
from simpul.instruments.queries import find
from simpul.people.models import Basis, Source
from simpul.places import queries as places
from simpul.places.models import VILLAGE_SIGNS
from simpul.ui.fields import DayField

READABLE = ".xlsx,.xls,.ods,.csv,.txt,.tsv"
# A column that is a question of the catalogue; which one, is written beside it.
QUESTION = "question:"


class SendForm(Form):
    """An office's file, and what is asked once about the whole list."""

    once = UUIDField(widget=HiddenInput)
    file = FileField(
        label=_("Berkas"),
        help_text=_("XLSX, ODS atau CSV, apa adanya: baris judul di atas tabel tidak perlu dihapus."),
        widget=FileInput({"accept": READABLE}),
        error_messages={
            "required": _("Pilih berkasnya."),
            "empty": _("Berkas itu kosong. Periksa apakah datanya sudah tersimpan, lalu kirim lagi."),
            "invalid": _("Pilih berkasnya."),
        },
    )
    kind = ChoiceField(label=_("Isi berkas"), widget=RadioSelect)
    office = ChoiceField(label=_("Untuk"))
    instrument = ChoiceField(
        label=_("Instrumen yang dijawab"), required=False, help_text=_("Hanya untuk jawaban instrumen.")
    )
    list_name = CharField(
        label=_("Nama daftar"),
        max_length=120,
        help_text=_("Seperti disebut pembuatnya, misalnya: Daftar lansia Desa Pangke 2026."),
    )
    listed_on = DayField(label=_("Tanggal daftar itu dibuat"))
    source = ChoiceField(
        label=_("Dari siapa keterangannya"), choices=Source.choices, initial=Source.OFFICIAL.value
    )
    valid_until = DayField(
        label=_("Berlaku sampai"), required=False, help_text=_("Kosongkan bila tidak disebut.")
    )
    basis = ChoiceField(
        label=_("Atas dasar apa data ini dipakai"),
        choices=Basis.choices,
        initial=Basis.PUBLIC_SERVICE.value,
        widget=RadioSelect,
    )
    basis_because = CharField(
        label=_("Penjelasan dasar itu"),
        required=False,
        max_length=1000,
        widget=Textarea({"rows": 2}),
        help_text=_("Misalnya nomor surat atau perjanjian penyerahan data. Disimpan bersama impor ini."),
    )

    def __init__(self, *args: Any, user: User, **details: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **details})
        self.offices = {office.code: office for office in offices_of(user)}
        names = [(code, office.name) for code, office in self.offices.items()]
        self._choose("kind", kinds_for(user))
        self._choose("office", names)
        self.fields["basis_because"].depends = True  # type: ignore[attr-defined]
        instruments = instruments_for(user)
        self._choose("instrument", [("", "—"), *instruments])
        if len(names) == 1:
            self.fields["office"].widget = HiddenInput()
            self.fields["office"].initial = names[0][0]
        self.fields["instrument"].depends = True  # type: ignore[attr-defined]
        if not instruments:
            del self.fields["instrument"]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, ChoiceField):
            field.choices = choices

    def clean_listed_on(self) -> date:
        day: date = self.cleaned_data["listed_on"]
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("basis") not in ("", None, Basis.CONSENT) and not cleaned.get("basis_because"):
            self.add_error(
                "basis_because",
                gettext(
                    "Tulis alasan mengapa data dipakai tanpa persetujuan, supaya dapat diperiksa kemudian."
                ),
            )
        if cleaned.get("kind") == Kind.SHEETS and not cleaned.get("instrument"):
            self.add_error(
                "instrument" if "instrument" in self.fields else None,
                gettext("Pilih instrumen yang dijawab dalam berkas itu."),
            )
        return cleaned

    @property
    def where(self) -> Where:
        """For whom the file is sent."""
        return self.offices[self.cleaned_data["office"]].where

    @property
    def sent(self) -> UploadedFile:
        """The file itself."""
        held: UploadedFile = self.cleaned_data["file"]
        return held

    def about(self) -> About:
        """What was told about the list."""
        told = self.cleaned_data
        return About(
            kind=told["kind"],
            list_name=told["list_name"],
            listed_on=told["listed_on"],
            basis=told["basis"],
            basis_because=told["basis_because"],
            source=told["source"],
            valid_until=told["valid_until"],
            instrument=told.get("instrument", "") if told["kind"] == Kind.SHEETS else "",
        )


class ColumnsForm(Form):
    """What each column is. Columns stand under their place in the file; `lines` are for the page."""

    version = IntegerField(widget=HiddenInput)
    region = CharField(required=False, max_length=VILLAGE_SIGNS, label=_("Desa atau kelurahan"))
    region_text = CharField(required=False, max_length=100)

    def __init__(self, data: Any = None, *, batch: Batch, **details: Any) -> None:
        initial = {"version": batch.version, "region": batch.default_region}
        super().__init__(data, label_suffix="", initial=initial, **details)
        self.batch = batch
        self.heads: list[dict[str, Any]] = (batch.picture or {}).get("heads", [])
        self.has_questions = batch.kind in WITH_FACTS
        choices = [("", gettext("Abaikan kolom ini")), *_choices(batch)]
        for head in self.heads:
            place, code = head["place"], batch.mapping.get(str(head["place"]), "")
            is_question = code.startswith(FACT)
            self.fields[f"col-{place}"] = ChoiceField(
                label=head["heading"] or gettext("Kolom tanpa judul"),
                required=False,
                choices=choices,
                initial=QUESTION if is_question else code,
                widget=Select,
            )
            # That a column may be left out is one of its choices.
            self.fields[f"col-{place}"].depends = True  # type: ignore[attr-defined]
            if self.has_questions:
                self.fields[f"ask-{place}"] = CharField(
                    label=gettext("Pertanyaan yang dijawab kolom ini"),
                    required=False,
                    max_length=200,
                    initial=_question_label(batch.kind, code) if is_question else "",
                    widget=TextInput({"list": "questions", "autocomplete": "off"}),
                )
                self.fields[f"ask-{place}"].depends = True  # type: ignore[attr-defined]

    def lines(self) -> list[dict[str, Any]]:
        """Each column with its fields and what stands in it."""
        return [
            {
                "head": head,
                "field": self[f"col-{head['place']}"],
                "ask": self[f"ask-{head['place']}"] if self.has_questions else None,
            }
            for head in self.heads
        ]

    def clean_region(self) -> str:
        return places.chosen(self.cleaned_data["region"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        mapping: dict[str, str] = {}
        for head in self.heads:
            place = head["place"]
            code = cleaned.get(f"col-{place}", "")
            if code == QUESTION:
                code = question_named(self.batch.kind, cleaned.get(f"ask-{place}", ""))
                if not code:
                    self.add_error(f"ask-{place}", gettext("Pilih pertanyaannya dari daftar yang muncul."))
            if code:
                mapping[str(place)] = code
        cleaned["mapping"] = mapping
        return cleaned


def _choices(batch: Batch) -> list[tuple[str, str]]:
    found = [(field.code, str(field.label)) for field in choices_for(batch.kind)]
    if batch.kind in WITH_FACTS:
        found.append((QUESTION, gettext("Jawaban atas satu pertanyaan")))
    if batch.kind == Kind.SHEETS:
        instrument = find(batch.instrument, batch.instrument_version or 0)
        found += [(ITEM + item.code, item.question.id[:120]) for item in instrument.items]
    return found


def _question_label(kind: str, code: str) -> str:
    field = field_of(kind, code)
    return str(field.label) if field else ""


class DecideForm(Form):
    """Whom or what a doubtful row is about: one of those shown, somebody new, or left out."""

    version = IntegerField(widget=HiddenInput)
    choice = ChoiceField(
        label=_("Baris ini tentang"),
        widget=RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
    )

    def __init__(self, *args: Any, likes: list[tuple[str, str]], kind: str, **details: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **details})
        field = self.fields["choice"]
        if isinstance(field, ChoiceField):
            field.choices = [*likes, *_new(kind), (Decided.SKIPPED.value, gettext("Lewati baris ini"))]


def _new(kind: str) -> list[tuple[str, str]]:
    """That it is none of them; not in lists that only add to people who are known."""
    if kind == Kind.PEOPLE:
        return [(Decided.NEW.value, gettext("Orang lain, yang belum terdata"))]
    return [] if kind in OF_PEOPLE else [(Decided.NEW.value, gettext("Yang lain, belum tercatat"))]
