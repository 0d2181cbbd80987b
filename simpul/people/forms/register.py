"""Looking for somebody, registering, changing what the register holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
    BooleanField,
    CharField,
    ChoiceField,
    HiddenInput,
    IntegerField,
    RadioSelect,
    TextInput,
    UUIDField,
)
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.people.forms.fields import (
    NAME,
    NUMBER,
    BirthFields,
    HomeFields,
    HouseholdChoice,
    RegionField,
)
from simpul.people.models import Moving, NikAbsent, Person, Relation, Sex, Source
from simpul.ui.fields import DependentChoice, PresetChoice

# What a form for changes does not show again.
HIDDEN = ("nik", "phone", "mother")


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
        label=_("Nama ibu menurut KK"),
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

    @property
    def saw_the_nik(self) -> bool:
        """Whether the worker was shown what is odd about the NIK, and goes on."""
        return any(code.startswith("nik:") for code in self.cleaned_data["seen"].split())

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not any(letter.isalpha() for letter in name):
            raise ValidationError(gettext("Tulis nama atau panggilan orang ini. Satu kata pun cukup."))
        return name


class RegisterForm(DetailFields, HouseholdChoice, HomeFields):
    """A new person, and the household they live in."""

    once = UUIDField(widget=HiddenInput)
    # The rough age by which somebody was looked for; an exact birth date that is typed in later beats it.
    age_carried = CharField(required=False, max_length=4, widget=HiddenInput)

    @property
    def _gives_way(self) -> bool:
        carried = str(self.cleaned_data.get("age_carried") or "").strip()
        return bool(carried) and carried == str(self.cleaned_data.get("age"))

    def details(self) -> dict[str, Any]:
        """The keyword arguments by which the action knows them; the household and place are the view's."""
        named = ("name", "called", "sex", "nik", "nik_absent_because", "phone", "mother", "relation_to_head")
        cleaned = self.cleaned_data
        kept = {name: cleaned[name] for name in (*named, "address", "kk", "source")}
        return kept | {"born": cleaned["birth"], "nik_confirmed": self.saw_the_nik}


class EditForm(DetailFields):
    """A change of what the register holds. Numbers left empty stay as they are, unless they are to be removed."""

    version = IntegerField(widget=HiddenInput)
    remove_nik = BooleanField(label=_("Hapus NIK yang tersimpan"), required=False)
    remove_phone = BooleanField(label=_("Hapus nomor telepon yang tersimpan"), required=False)
    remove_mother = BooleanField(label=_("Hapus nama ibu yang tersimpan"), required=False)
    who_moves = DependentChoice(
        label=_("Bila desanya berubah, siapa yang pindah"), choices=Moving.choices, widget=RadioSelect
    )

    def __init__(
        self, data: Any = None, *, person: Person, on: date, lives_alone: bool = False, **details: Any
    ) -> None:
        super().__init__(data, on=on, **details)
        self.person = person
        kept = {"nik": person.nik_sealed, "phone": person.phone_sealed, "mother": person.mother_name_key}
        for name, held in kept.items():
            if held:
                self.fields[name].help_text = _("Sudah tercatat. Kosongkan bila tidak berubah.")
            else:
                del self.fields[f"remove_{name}"]
        if lives_alone:
            del self.fields["who_moves"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in HIDDEN:
            if cleaned.get(f"remove_{name}") and cleaned.get(name):
                self.add_error(name, gettext("Isi yang baru, atau centang hapus; jangan keduanya."))
        if cleaned.get("nik_absent_because") and "remove_nik" in self.fields and not cleaned["remove_nik"]:
            self.add_error("remove_nik", gettext("NIK masih tercatat. Centang ini bila memang tidak ada."))
        is_moved = self.initial.get("region") and cleaned.get("region") != self.initial["region"]
        if is_moved and "region" in cleaned and "who_moves" in self.fields and not cleaned.get("who_moves"):
            self.add_error(
                "who_moves",
                gettext("Desanya berubah. Pilih siapa yang pindah: semuanya, atau orang ini saja."),
            )
        return cleaned

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
            if cleaned[name] or cleaned.get(f"remove_{name}"):
                changed[name] = cleaned[name]
        if cleaned["nik"] or cleaned.get("remove_nik") or "nik_absent_because" in touched:
            changed |= {"nik": cleaned["nik"], "nik_absent_because": cleaned["nik_absent_because"]}
        return changed

    @property
    def nik_confirmed(self) -> bool | None:
        """Whether an odd NIK was looked at; None where neither it nor what it is compared with changes."""
        if self.cleaned_data["nik"]:
            return self.saw_the_nik
        return False if self.changes().keys() & {"born", "sex", "nik"} else None
