"""What was typed about a programme, checked."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    MultipleChoiceField,
    RadioSelect,
    Textarea,
    TextInput,
    UUIDField,
)
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.access.refusal import Refusal
from simpul.catalogue.programmes import norms
from simpul.places import queries as places
from simpul.programmes.models import Programme
from simpul.programmes.queries.criteria import node_of
from simpul.programmes.queries.programme_told import MOST_WAVES, Told
from simpul.programmes.stages import Design, Stage
from simpul.ui.fields import DayField, RupiahField

_ROWS_MORE = 2


class ProgrammeForm(Form):
    """A new programme, or other words about one. The area grows by one place at a time, without a script."""

    once = UUIDField(widget=HiddenInput, required=False)
    version = IntegerField(widget=HiddenInput, required=False)
    title = CharField(label=_("Nama program"), max_length=200)
    aim = CharField(label=_("Tujuan"), max_length=4000, required=False, widget=Textarea({"rows": 3}))
    design = ChoiceField(
        label=_("Rancangan"), choices=Design.choices, widget=RadioSelect, initial=Design.ONE_GROUP
    )
    waves = IntegerField(
        label=_("Berapa kali diukur"),
        min_value=2,
        max_value=MOST_WAVES,
        initial=2,
        help_text=_("Dua kali: tes awal dan tes akhir. Lebih banyak hanya untuk beberapa gelombang."),
        widget=TextInput({"inputmode": "numeric", "size": 3}),
    )
    instrument = ChoiceField(
        label=_("Diukur dengan"),
        required=False,
        help_text=_("Tidak diubah lagi setelah peserta pertama mengisi tes."),
    )
    areas = MultipleChoiceField(
        label=_("Wilayah tempat lembaga dicari"), required=False, widget=CheckboxSelectMultiple
    )
    area = CharField(required=False, max_length=13)
    area_text = CharField(required=False, max_length=100)
    starts_on = DayField(label=_("Dimulai"))
    ends_on = DayField(label=_("Direncanakan selesai"), required=False)
    budget = RupiahField(label=_("Anggaran"), help_text=_("Dalam rupiah. Boleh dikosongkan."))
    partners = CharField(
        label=_("Mitra"),
        max_length=2000,
        required=False,
        widget=Textarea({"rows": 2}),
        help_text=_("Instansi yang diajak berkoordinasi, dan untuk apa."),
    )
    source = CharField(label=_("Sumber keterangan"), max_length=300, required=False)

    def __init__(self, instruments: list[tuple[str, str]], typed: Any = None, initial: Any = None) -> None:
        super().__init__(typed, initial=initial, label_suffix="")
        box: Any = self.fields["instrument"]
        box.choices = [("", _("dipilih nanti")), *instruments]
        codes = self._codes((initial or {}).get("areas", []))
        names = places.names_of(codes)
        areas: Any = self.fields["areas"]
        areas.choices = [(code, str(names[code])) for code in codes if code in names]

    @classmethod
    def of(cls, row: Programme, instruments: list[tuple[str, str]], typed: Any = None) -> ProgrammeForm:
        """Filled with what is recorded now. The chosen version stays on offer when a newer one is there."""
        chosen = f"{row.instrument}:{row.instrument_version}" if row.instrument else ""
        if chosen and chosen not in dict(instruments):
            instruments = [(chosen, f"{row.instrument} ({row.instrument_version})"), *instruments]
        names = ("title", "aim", "design", "starts_on", "ends_on", "budget", "partners", "source", "version")
        held = {name: getattr(row, name) for name in names}
        held |= {"waves": len(row.waves), "instrument": chosen, "areas": row.area}
        return cls(instruments, typed, held)

    def _codes(self, held: list[str]) -> list[str]:
        """The places on offer: those held, those ticked, and the one that was found last, which is then ticked."""
        if not self.is_bound:
            return held
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        ticked = data.getlist("areas")
        if (added := str(data.get("area", ""))) and added not in ticked and places.named(added):
            ticked = [*ticked, added]
            data.setlist("areas", ticked)
            data["area"] = data["area_text"] = ""
            self.data = data
        return list(dict.fromkeys([*held, *ticked]))

    @property
    def looks_up(self) -> bool:
        """Whether the button was pressed that only finds or adds a place."""
        return "area_find" in self.data or "area_add" in self.data

    def unjudged(self) -> ProgrammeForm:
        """As typed, without mistakes."""
        self._errors = ErrorDict()
        self.cleaned_data = {}
        return self

    def clean_areas(self) -> list[str]:
        areas: list[str] = self.cleaned_data["areas"]
        if not areas:
            raise ValidationError(
                gettext("Cari wilayahnya di bawah, pilih dari daftar, lalu tekan “Tambah”.")
            )
        return areas

    def told(self) -> Told:
        """What the actions are told."""
        apart = {"once", "version", "area", "area_text", "areas"}
        kept = {name: value for name, value in self.cleaned_data.items() if name not in apart}
        return Told(area=self.cleaned_data["areas"], **kept)


class CriteriaForm(Form):
    """Each criterion in words and as a rule; the empty rows at the end are for more."""

    version = IntegerField(widget=HiddenInput)

    def __init__(self, programme: Programme, typed: Any = None) -> None:
        super().__init__(typed, initial={"version": programme.version}, label_suffix="")
        self.number = min(len(programme.criteria) + _ROWS_MORE, norms().most_criteria)
        for number in range(self.number):
            held = programme.criteria[number] if number < len(programme.criteria) else {}
            self.fields[f"words_{number}"] = CharField(
                label=gettext("Kriteria %s dengan kata-kata") % (number + 1),
                max_length=300,
                required=False,
                initial=held.get("words", ""),
            )
            self.fields[f"rule_{number}"] = CharField(
                label=gettext("Aturan kriteria %s") % (number + 1),
                max_length=1000,
                required=False,
                initial=held.get("rule", ""),
                widget=TextInput({"autocapitalize": "off", "spellcheck": "false", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or {}
        for number in range(self.number):
            words, rule = kept.get(f"words_{number}", ""), kept.get(f"rule_{number}", "")
            if bool(words) != bool(rule):
                missing = f"rule_{number}" if words else f"words_{number}"
                self.add_error(missing, gettext("Isi keduanya, atau kosongkan keduanya."))
            elif rule:
                try:
                    node_of(rule)
                except Refusal as refusal:
                    self.add_error(f"rule_{number}", str(refusal))
        return kept

    def criteria(self) -> list[tuple[str, str]]:
        """Words and rule of each that was written."""
        kept = self.cleaned_data
        told = [(kept[f"words_{number}"], kept[f"rule_{number}"]) for number in range(self.number)]
        return [(words, rule) for words, rule in told if rule]


class MoveForm(Form):
    """To which stage, since when, and what was done or why."""

    version = IntegerField(widget=HiddenInput)
    to = ChoiceField(label=_("Tahap berikutnya"))
    reached_on = DayField(label=_("Tanggal"))
    words = CharField(
        label=_("Keterangan"),
        max_length=4000,
        required=False,
        widget=Textarea({"rows": 4}),
        help_text=_("Wajib bila ada tahap yang dilewati, bila program dihentikan, dan pada penutupan."),
    )
    handed_over_to = CharField(
        label=_("Diserahkan kepada"),
        max_length=200,
        required=False,
        help_text=_("Hanya untuk tahap penyerahan: pejabat atau instansi yang menerima."),
    )

    def __init__(self, offered: list[tuple[str, str]], typed: Any = None, initial: Any = None) -> None:
        super().__init__(typed, initial=initial, label_suffix="")
        box: Any = self.fields["to"]
        box.choices = offered
        if Stage.HANDOVER not in dict(offered):
            del self.fields["handed_over_to"]
