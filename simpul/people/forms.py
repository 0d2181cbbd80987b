"""What was typed about people, checked. Everything typed stays, whatever is wrong with it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.forms import (
    CharField,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    RadioSelect,
    Textarea,
    TextInput,
    UUIDField,
)
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.engines.rules import DateRange
from simpul.people.facts import OLDEST, born_from_age, oldest_birth
from simpul.people.models import Basis, Capacity, Mode, NikAbsent, Person, Purpose, Relation, Sex, Source
from simpul.places import queries as places
from simpul.ui.fields import DayField

MARGINS = (1, 2, 5, 10)
NUMBER = {"inputmode": "numeric", "autocomplete": "off", "size": "22"}
SMALL_NUMBER = {"inputmode": "numeric", "autocomplete": "off", "size": "4"}
NAME = {"autocomplete": "off", "spellcheck": "false"}


class PresetChoice(ChoiceField):
    """A choice that stands already when the page opens; left out, it stays as it was."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or str(self.initial))


class DependentChoice(ChoiceField):
    """Shown as needed. Whether it may stay empty depends on another answer; the action says so."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class DependentText(CharField):
    """Text that another answer asks for; the action says so. The page does not call it optional."""

    depends = True


class KeepsWhatWasTyped(Form):
    """A form that knows the day, and can be shown again without judging it."""

    def __init__(self, data: Any = None, *, on: date, **details: Any) -> None:
        super().__init__(data, label_suffix="", **details)
        self.on = on

    def unjudged(self) -> Self:
        """As typed, without mistakes: somebody only pressed a button to look something up."""
        self._errors = ErrorDict()
        self.cleaned_data = {}
        return self


class BirthFields(KeepsWhatWasTyped):
    """A birth date, or an estimated age; both may be missing. Leaves `birth` in the cleaned data."""

    born = DayField(label=_("Tanggal lahir"), required=False)
    age = IntegerField(
        label=_("Umur, kira-kira"),
        required=False,
        min_value=0,
        max_value=OLDEST,
        widget=TextInput(SMALL_NUMBER),
        error_messages={
            "invalid": _("Umur ditulis dengan angka, misalnya 67."),
            "min_value": _("Umur tidak bisa kurang dari 0."),
            "max_value": _("Umur lebih dari %(limit_value)s tahun. Periksa angkanya."),
        },
    )
    margin = PresetChoice(
        label=_("Bisa lebih atau kurang"),
        initial="5",
        choices=[(str(years), _("%(years)s tahun") % {"years": years}) for years in MARGINS],
    )

    def clean_born(self) -> date | None:
        born: date | None = self.cleaned_data["born"]
        if born and born > self.on:
            raise ValidationError(gettext("Tanggal lahir itu belum terjadi. Periksa tahunnya."))
        if born and born < oldest_birth(self.on):
            raise ValidationError(
                gettext("Menurut tanggal itu umurnya lebih dari %(most)s tahun. Periksa tahunnya.")
                % {"most": OLDEST}
            )
        return born

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        born, age = cleaned.get("born"), cleaned.get("age")
        if born and age is not None:
            self.add_error("age", gettext("Isi tanggal lahir atau perkiraan umur, jangan keduanya."))
        cleaned["birth"] = born or self._estimated(age, cleaned.get("margin"))
        return cleaned

    def _estimated(self, age: int | None, margin: str | None) -> DateRange | None:
        return None if age is None else born_from_age(age, int(margin or MARGINS[2]), self.on)


class RegionField(KeepsWhatWasTyped):
    """The place where somebody lives, chosen from what the words found."""

    region = CharField(required=False, max_length=13, label=_("Desa atau kelurahan"))
    region_text = CharField(required=False, max_length=100)

    def clean_region(self) -> str:
        code = self.cleaned_data["region"]
        if not code:
            return ""
        found = places.named(code)
        if found is None:
            raise ValidationError(
                gettext("Wilayah itu tidak ada dalam daftar kode. Cari lagi, lalu pilih dari daftar.")
            )
        return found.code


class SearchForm(BirthFields, RegionField):
    """Looking for somebody: whatever is known of a name, an age, a number, a place."""

    field_order = ("name", "born", "age", "margin", "nik", "region")

    name = CharField(
        label=_("Nama"),
        required=False,
        max_length=200,
        widget=TextInput(NAME),
        help_text=_(
            "Ejaan boleh berbeda: Djumadi dan Jumadi, Moh. dan Muhammad, sama saja. Gelar tidak perlu."
        ),
    )
    nik = CharField(label=_("NIK"), required=False, max_length=32, widget=TextInput(NUMBER))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("name") and not cleaned.get("nik") and not self.errors:
            self.add_error("name", gettext("Isi nama atau NIK. Sebagian nama pun cukup."))
        return cleaned


class DetailFields(BirthFields, RegionField):
    """What the register holds of a person."""

    # As they stand on the page, so that the list of mistakes follows it.
    field_order = (
        "name",
        "sex",
        "born",
        "age",
        "margin",
        "nik",
        "nik_absent_because",
        "called",
        "phone",
        "mother",
    )

    name = CharField(
        label=_("Nama"),
        max_length=200,
        widget=TextInput(NAME),
        help_text=_("Seperti yang ditulis orang itu sendiri. Satu kata pun boleh."),
        error_messages={"required": _("Tulis nama atau panggilan orang ini. Satu kata pun cukup.")},
    )
    called = CharField(label=_("Nama panggilan"), required=False, max_length=100, widget=TextInput(NAME))
    sex = ChoiceField(
        label=_("Jenis kelamin"),
        required=False,
        choices=[*Sex.choices, ("", _("Belum diketahui"))],
        widget=RadioSelect,
    )
    nik = CharField(
        label=_("NIK"),
        required=False,
        max_length=32,
        widget=TextInput(NUMBER),
        help_text=_("16 angka di KTP atau KK. Tidak punya NIK tidak menghalangi pendataan."),
    )
    nik_absent_because = ChoiceField(
        label=_("Bila tidak ada NIK, mengapa"), required=False, choices=[("", "—"), *NikAbsent.choices]
    )
    phone = CharField(
        label=_("Nomor telepon"),
        required=False,
        max_length=32,
        widget=TextInput({"inputmode": "tel", "size": "22"}),
    )
    mother = CharField(
        label=_("Nama ibu kandung"),
        required=False,
        max_length=200,
        widget=TextInput(NAME),
        help_text=_("Hanya dipakai untuk membedakan orang dengan nama yang sama; tidak ditampilkan."),
    )
    relation_to_head = ChoiceField(
        label=_("Hubungan dengan kepala keluarga"), required=False, choices=[("", "—"), *Relation.choices]
    )
    source = PresetChoice(
        label=_("Siapa yang memberi keterangan ini"), choices=Source.choices, initial=Source.SELF.value
    )
    seen = CharField(required=False, widget=HiddenInput, max_length=2000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("nik") and cleaned.get("nik_absent_because"):
            self.add_error(
                "nik_absent_because", gettext("NIK sudah diisi. Kosongkan alasan ini, atau hapus NIK-nya.")
            )
        return cleaned

    @property
    def looks_up(self) -> bool:
        """Whether a button inside the form was pressed that only finds something."""
        return any(f"{what}_find" in self.data for what in ("region", "household"))


class RegisterForm(DetailFields):
    """A new person, and the household they live in."""

    once = UUIDField(widget=HiddenInput)
    household = CharField(required=False, max_length=36)
    household_text = CharField(required=False, max_length=100)
    address = CharField(
        label=_("Alamat atau tempat biasa ditemui"),
        required=False,
        max_length=500,
        widget=Textarea({"rows": 2}),
    )
    kk = CharField(label=_("Nomor KK"), required=False, max_length=32, widget=TextInput(NUMBER))

    def clean_household(self) -> uuid.UUID | None:
        chosen = self.cleaned_data["household"]
        if chosen in ("", "new"):
            return None
        try:
            return uuid.UUID(chosen)
        except ValueError:
            raise ValidationError(gettext("Pilih rumah tangga dari daftar, atau buat yang baru.")) from None

    def details(self) -> dict[str, Any]:
        """The keyword arguments by which the action knows them; the household and place are the view's."""
        named = ("name", "called", "sex", "nik", "nik_absent_because", "phone", "mother", "relation_to_head")
        cleaned = self.cleaned_data
        kept = {name: cleaned[name] for name in (*named, "address", "kk", "source")}
        return kept | {"born": cleaned["birth"]}


class EditForm(DetailFields):
    """A change of what the register holds. Numbers left empty stay as they are."""

    version = IntegerField(widget=HiddenInput)

    def __init__(self, data: Any = None, *, person: Person, on: date, **details: Any) -> None:
        super().__init__(data, on=on, **details)
        self.person = person
        unchanged = _("Kosongkan bila tidak berubah.")
        self.fields["nik"].help_text = unchanged
        self.fields["phone"].help_text = unchanged
        self.fields["mother"].help_text = unchanged

    def based_on(self, version: int) -> None:
        """Having seen both values, the worker may save over the version that is there now."""
        self.data = {**self.data.dict(), "version": version}  # type: ignore[attr-defined]

    def changes(self) -> dict[str, Any]:
        """The fields that differ from what is kept, by the names of the action."""
        cleaned, touched = self.cleaned_data, set(self.changed_data)
        changed: dict[str, Any] = {
            name: cleaned[name] for name in ("name", "called", "sex", "relation_to_head") if name in touched
        }
        if cleaned["region"] != (self.initial.get("region") or ""):
            changed["region"] = cleaned["region"]
        # An estimate that nobody touched must not move with the day on which something else is saved.
        if touched & {"born", "age", "margin"}:
            changed["born"] = cleaned["birth"]
        for name in ("phone", "mother"):
            if cleaned[name]:
                changed[name] = cleaned[name]
        if cleaned["nik"] or "nik_absent_because" in touched:
            changed |= {"nik": cleaned["nik"], "nik_absent_because": cleaned["nik_absent_because"]}
        return changed


class HouseholdForm(KeepsWhatWasTyped):
    """The address and family card of a household."""

    version = IntegerField(widget=HiddenInput)
    address = CharField(
        label=_("Alamat atau tempat biasa ditemui"),
        required=False,
        max_length=500,
        widget=Textarea({"rows": 3}),
    )
    kk = CharField(label=_("Nomor KK"), required=False, max_length=32, widget=TextInput(NUMBER))


class ConsentForm(KeepsWhatWasTyped):
    """For what the data are used, on which basis, and who agreed how."""

    once = UUIDField(widget=HiddenInput)
    purpose = ChoiceField(
        label=_("Data dipakai untuk"), choices=Purpose.choices, widget=RadioSelect, initial=Purpose.SCREENING
    )
    basis = ChoiceField(
        label=_("Atas dasar"), choices=Basis.choices, widget=RadioSelect, initial=Basis.CONSENT
    )
    basis_because = DependentText(
        label=_("Alasan, bila dasarnya bukan persetujuan"),
        required=False,
        max_length=1000,
        widget=Textarea({"rows": 2}),
    )
    capacity = DependentChoice(
        label=_("Siapa yang memberi persetujuan"), choices=Capacity.choices, widget=RadioSelect
    )
    given_by = DependentText(
        label=_("Nama orang tua, wali, atau pendamping"),
        required=False,
        max_length=200,
        widget=TextInput(NAME),
    )
    mode = DependentChoice(label=_("Cara persetujuan diberikan"), choices=Mode.choices, widget=RadioSelect)
    witness = CharField(label=_("Nama saksi"), required=False, max_length=200, widget=TextInput(NAME))

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        names = ("purpose", "basis", "basis_because", "capacity", "given_by", "mode", "witness")
        return {"key": self.cleaned_data["once"], **{name: self.cleaned_data[name] for name in names}}


class WithdrawForm(KeepsWhatWasTyped):
    """A reason may be given; none is needed."""

    because = CharField(label=_("Alasan"), required=False, max_length=1000, widget=Textarea({"rows": 2}))
