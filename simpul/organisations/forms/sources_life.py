"""What was typed about the life of a source of help: papers, hours, the public list, stopping, erasing."""

from __future__ import annotations

import uuid
from typing import Any

from django.forms import (
    BooleanField,
    CharField,
    ChoiceField,
    DecimalField,
    Form,
    HiddenInput,
    IntegerField,
    RadioSelect,
    TextInput,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.organisations.models import Source
from simpul.organisations.models.sources import (
    Capacity,
    EraseReason,
    Mode,
    PaperKind,
    StopReason,
    StrikeReason,
)
from simpul.ui.fields import DayField

NUMBER = {"inputmode": "numeric", "autocomplete": "off", "size": "6"}


class TrainingForm(Form):
    """A training or a certificate."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    kind = ChoiceField(label=_("Jenis"), choices=PaperKind.choices, widget=RadioSelect)
    name = CharField(
        label=_("Nama pelatihan atau sertifikat"),
        max_length=200,
        error_messages={"required": _("Tulis nama pelatihan atau sertifikatnya.")},
    )
    issuer = CharField(label=_("Penyelenggara atau penerbit"), required=False, max_length=200)
    number = CharField(label=_("Nomor"), required=False, max_length=80)
    held_on = DayField(label=_("Tanggal selesai atau terbit"), required=False)
    hours = IntegerField(
        label=_("Lamanya, dalam jam pelajaran"),
        required=False,
        min_value=1,
        max_value=10_000,
        widget=TextInput(NUMBER),
    )
    valid_to = DayField(
        label=_("Berlaku sampai"),
        required=False,
        help_text=_("Kosongkan bila tidak ada batasnya atau belum diketahui."),
    )


class HoursForm(Form):
    """Hours given on one day."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    given_on = DayField(label=_("Hari"), error_messages={"required": _("Isi tanggalnya.")})
    hours = DecimalField(
        label=_("Jam"),
        max_digits=4,
        decimal_places=2,
        localize=True,
        widget=TextInput({"inputmode": "decimal", "autocomplete": "off", "size": "5"}),
        error_messages={
            "required": _("Isi berapa jam."),
            "invalid": _("Jam ditulis dengan angka, misalnya 2,5."),
        },
    )
    activity = CharField(
        label=_("Kegiatan"),
        max_length=200,
        help_text=_("Kegiatannya saja, tanpa nama orang yang dilayani."),
        error_messages={"required": _("Tulis kegiatannya.")},
    )


class StrikeForm(Form):
    """Why a row is wrong."""

    reason = ChoiceField(label=_("Mengapa dicoret?"), choices=StrikeReason.choices, widget=RadioSelect)


class ListingForm(Form):
    """Who agrees to stand in the public list, and how."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    capacity = ChoiceField(label=_("Siapa yang menyetujui?"), choices=Capacity.choices, widget=RadioSelect)
    given_by = CharField(
        label=_("Nama yang menyetujui"),
        max_length=200,
        error_messages={"required": _("Tulis nama yang menyetujui.")},
    )
    mode = ChoiceField(label=_("Dengan cara apa?"), choices=Mode.choices, widget=RadioSelect)
    has_read = BooleanField(
        label=_("Penjelasan di atas sudah dibacakan atau dibaca, dan sudah dimengerti"),
        error_messages={"required": _("Bacakan dulu penjelasannya, lalu centang.")},
    )

    def __init__(self, data: Any = None, *, source: Source) -> None:
        super().__init__(data)
        field: Any = self.fields["capacity"]
        is_person = source.unit == "person"
        fitting = [one for one in Capacity if (one == Capacity.HEAD) != is_person]
        field.choices = [(one.value, one.label) for one in fitting]
        field.initial = fitting[0].value


class StopForm(Form):
    """Since when it no longer serves, and why."""

    since = DayField(label=_("Berhenti sejak"), error_messages={"required": _("Isi tanggalnya.")})
    reason = ChoiceField(label=_("Mengapa?"), choices=StopReason.choices, widget=RadioSelect)


class EraseForm(Form):
    """On which ground the data are erased."""

    reason = ChoiceField(label=_("Atas dasar apa?"), choices=EraseReason.choices, widget=RadioSelect)
    sure = BooleanField(
        label=_("Saya mengerti bahwa ini tidak dapat dibatalkan"),
        error_messages={"required": _("Centang bila memang akan dihapus.")},
    )
