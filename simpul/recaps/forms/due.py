"""What an office asks for, what is handed in, and what an office aims at, checked."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.forms import CharField, ChoiceField, Form, HiddenInput, IntegerField, Textarea, UUIDField
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.organisations.queries.office import areas_of
from simpul.organisations.queries.office_map import area_choices
from simpul.recaps.queries import RECAPS
from simpul.recaps.queries.due import BY_BODIES
from simpul.recaps.queries.standards import named_service, services_of
from simpul.recaps.stages import Every, From, period_of
from simpul.ui.fields import RupiahField

_MOST_DAYS = 366


class DueForm(Form):
    """Which recap, from whom, how often, within how many days."""

    once = UUIDField(widget=HiddenInput, initial=uuid4)
    wilayah = ChoiceField(label=_("Wilayah"))
    rekap = ChoiceField(label=_("Rekap"))
    dari = ChoiceField(label=_("Diminta dari"), choices=From.choices)
    setiap = ChoiceField(label=_("Setiap"), choices=Every.choices)
    hari = IntegerField(
        label=_("Batas waktu, hari sesudah jangka berakhir"), min_value=1, max_value=_MOST_DAYS, initial=10
    )
    catatan = CharField(
        label=_("Catatan"), max_length=300, required=False, widget=Textarea(attrs={"rows": 2})
    )

    def __init__(self, typed: Any = None, *, viewer: User, on: date) -> None:
        # The first of all recaps is about areas, which bodies are never asked for.
        super().__init__(typed, initial={"rekap": BY_BODIES[0]})
        self.on = on
        tops = areas_of(viewer, Permission.RECAP_DELIVER)
        fields: dict[str, Any] = self.fields
        fields["wilayah"].choices = area_choices(tops[0], tops)
        fields["rekap"].choices = [(one.code, f"{one.code} · {one.title}") for one in RECAPS.values()]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("dari") == From.BODIES and told.get("rekap") not in (*BY_BODIES, None):
            self.add_error(
                "rekap",
                _(
                    "Rekap itu tentang wilayah, bukan tentang satu lembaga. Pilih rekap lain, atau minta dari wilayah."
                ),
            )
        return told

    @property
    def where(self) -> Where:
        return Where(region=self.cleaned_data["wilayah"])

    def details(self) -> dict[str, Any]:
        """For the action; asked for from the period that runs now."""
        told = self.cleaned_data
        return {
            "key": told["once"],
            "recap": told["rekap"],
            "every": told["setiap"],
            "days": told["hari"],
            "asked_from": told["dari"],
            "first": period_of(self.on, told["setiap"]).since,
            "note": told["catatan"],
        }


class DeliverForm(Form):
    """Handing in what is shown."""

    once = UUIDField(widget=HiddenInput, initial=uuid4)
    seen = CharField(widget=HiddenInput, max_length=64)
    catatan = CharField(
        label=_("Catatan untuk kantor"),
        max_length=1000,
        required=False,
        widget=Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya apa yang belum lengkap. Jangan menulis tentang orang."),
    )


class TargetForm(Form):
    """What an office aims at in a year."""

    once = UUIDField(widget=HiddenInput, initial=uuid4)
    tahun = IntegerField(label=_("Tahun"), min_value=2018, max_value=2100)
    layanan = ChoiceField(label=_("Layanan"))
    orang = IntegerField(label=_("Sasaran, orang"), min_value=0, max_value=100_000_000)
    anggaran = RupiahField(label=_("Anggaran"), required=False)
    sumber = CharField(
        label=_("Sumber"),
        max_length=300,
        help_text=_("Surat atau dokumen yang menetapkannya, dengan nomor dan tanggal."),
    )

    def __init__(self, typed: Any = None, *, area: str, on: date) -> None:
        super().__init__(typed, initial={"tahun": on.year})
        fields: dict[str, Any] = self.fields
        fields["layanan"].choices = [(one.code, named_service(one)) for one in services_of(area)]

    def details(self) -> dict[str, Any]:
        """For the action."""
        told = self.cleaned_data
        return {
            "key": told["once"],
            "year": told["tahun"],
            "service": told["layanan"],
            "number": told["orang"],
            "budget": told["anggaran"],
            "source": told["sumber"],
        }
