"""What was typed about a source of help, checked: one form per kind of source, and its criteria."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.forms import (
    BooleanField,
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
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.access.rows import key_in
from simpul.catalogue import sources as catalogue
from simpul.organisations.models import Organisation, Source
from simpul.organisations.models.sources import Day, Sex
from simpul.organisations.queries.sources_judged import Question
from simpul.organisations.queries.sources_list import is_area
from simpul.organisations.queries.sources_one import bodies_to_link
from simpul.places import queries as places
from simpul.places.models import VILLAGE_SIGNS
from simpul.ui.fields import DayField

NUMBER = {"inputmode": "numeric", "autocomplete": "off", "size": "22"}
SMALL = {"inputmode": "numeric", "autocomplete": "off", "size": "6"}
NAME = {"autocomplete": "off", "spellcheck": "false"}
_SMALLEST = {"min_value": _("Angkanya tidak bisa kurang dari 0.")}


def _skills() -> list[tuple[str, str]]:
    language = get_language() or "id"
    return [(skill.code, skill.title.in_language(language)) for skill in catalogue.skills()]


def _schooling() -> list[tuple[str, str]]:
    language = get_language() or "id"
    choices = catalogue.facts()["education"].choices
    return [("", "—"), *((choice.code, choice.label.in_language(language)) for choice in choices)]


class SourceForm(Form):
    """What every source has. `named` are the fields that the action knows by the same name.

    Buttons that only look something up show the form again without judging it.
    """

    named: ClassVar[tuple[str, ...]] = (
        "name",
        "phone",
        "address",
        "letter_number",
        "letter_on",
        "letter_issuer",
        "serves_since",
        "serves_until",
        "skills",
        "areas",
        "free_days",
        "availability",
        "last_report_on",
        "notes",
    )

    once = UUIDField(widget=HiddenInput, required=False)
    version = IntegerField(widget=HiddenInput, required=False)
    is_another = BooleanField(
        label=_("Sudah diperiksa: tetap simpan sebagai catatan tersendiri"), required=False
    )
    name = CharField(
        label=_("Nama"),
        max_length=200,
        widget=TextInput(NAME),
        error_messages={"required": _("Tulis namanya. Satu kata pun cukup.")},
    )
    region = CharField(required=False, max_length=VILLAGE_SIGNS, label=_("Desa atau kelurahan"))
    region_text = CharField(label=_("Cari wilayah"), required=False, max_length=100)
    organisation = ChoiceField(
        label=_("Lembaga tempatnya mengabdi"), required=False, widget=RadioSelect, choices=[]
    )
    organisation_text = CharField(
        label=_("Cari nama lembaga"), required=False, max_length=100, widget=TextInput(NAME)
    )
    phone = CharField(
        label=_("Nomor telepon"),
        required=False,
        max_length=32,
        widget=TextInput({"inputmode": "tel", "size": "22"}),
    )
    address = CharField(label=_("Alamat"), required=False, max_length=500, widget=Textarea({"rows": 2}))
    letter_number = CharField(label=_("Nomor surat penugasan"), required=False, max_length=80)
    letter_on = DayField(label=_("Tanggal surat"), required=False)
    letter_issuer = CharField(label=_("Pejabat yang menerbitkan"), required=False, max_length=200)
    serves_since = DayField(label=_("Bertugas sejak"), required=False)
    serves_until = DayField(
        label=_("Bertugas sampai"),
        required=False,
        help_text=_("Setelah hari ini lewat, ia tidak lagi dihitung aktif dan hilang dari daftar umum."),
    )
    skills = MultipleChoiceField(
        label=_("Keahlian"), required=False, choices=_skills, widget=CheckboxSelectMultiple
    )
    areas = MultipleChoiceField(
        label=_("Wilayah layanan"), required=False, choices=[], widget=CheckboxSelectMultiple
    )
    area = CharField(label=_("Wilayah layanan"), required=False, max_length=VILLAGE_SIGNS)
    area_text = CharField(label=_("Cari wilayah"), required=False, max_length=100)
    free_days = MultipleChoiceField(
        label=_("Hari yang bisa"), required=False, choices=Day.choices, widget=CheckboxSelectMultiple
    )
    availability = CharField(
        label=_("Keterangan waktu"),
        required=False,
        max_length=200,
        help_text=_("Misalnya: sore hari setelah pukul empat."),
    )
    last_report_on = DayField(label=_("Laporan terakhir"), required=False)
    notes = CharField(
        label=_("Catatan"),
        required=False,
        max_length=2000,
        widget=Textarea({"rows": 3}),
        help_text=_("Hanya terbaca oleh yang boleh membuka halaman ini."),
    )

    def __init__(self, data: Any = None, *, user: User, alike: bool = False, **details: Any) -> None:
        super().__init__(data, **details)
        if not alike:
            self._kept_back = self.fields.pop("is_another")
        if self.is_bound:
            # What is no code is not looked up: these boxes are shown again before anything is judged.
            self._retype(**{name: "" for name in ("region", "area") if not is_area(self.data.get(name, ""))})
        self._offer_bodies(user)
        self._offer_areas()

    def _offer_bodies(self, user: User) -> None:
        chosen = str(self["organisation"].value() or "")
        rows = bodies_to_link(user, str(self["organisation_text"].value() or ""), key_in(chosen))
        field: Any = self.fields["organisation"]
        field.choices = [("", gettext("Tidak lewat lembaga")), *((str(row.pk), row.name) for row in rows)]

    def _offer_areas(self) -> None:
        """Those chosen so far, and the one that was looked up last."""
        codes = [code for code in map(str, self["areas"].value() or ()) if is_area(code)]
        added = str(self["area"].value() or "") if self.is_bound else ""
        if added and added not in codes:
            codes.append(added)
            self._retype(areas=codes, area="", area_text="")
        names = places.names_of(codes)
        field: Any = self.fields["areas"]
        field.choices = [(code, str(names[code])) for code in codes if code in names]

    def offer_another(self) -> None:
        """Ask whether this is another one than those shown."""
        self.fields["is_another"] = self._kept_back

    @property
    def looks_up(self) -> bool:
        """Whether a button inside the form was pressed that only finds or adds something."""
        return any(f"{what}_find" in self.data for what in ("region", "area", "organisation"))

    def clean_region(self) -> str:
        found = places.named(self.cleaned_data["region"]) if self.cleaned_data["region"] else None
        if found is None:
            raise ValidationError(gettext("Cari wilayahnya, lalu pilih dari daftar."))
        return found.code

    def clean_organisation(self) -> Organisation | None:
        key = key_in(self.cleaned_data["organisation"])
        return Organisation.objects.filter(pk=key).first() if key else None

    def details(self) -> dict[str, Any]:
        """The fields by the names of the action."""
        names = (*self.named, "region", "organisation")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def based_on(self, version: int) -> None:
        """Having seen both values, the worker may save over the version that is there now."""
        self._retype(version=str(version))

    def _retype(self, **typed: str | list[str]) -> None:
        """Other words in the boxes than those that were sent."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name, words in typed.items():
            data.setlist(name, words if isinstance(words, list) else [words])
        self.data = data


class PersonForm(SourceForm):
    """A volunteer or worker."""

    named = (*SourceForm.named, "sex", "born", "nik", "education")

    sex = ChoiceField(
        label=_("Jenis kelamin"),
        required=False,
        choices=[*Sex.choices, ("", _("Belum diketahui"))],
        widget=RadioSelect,
    )
    born = DayField(
        label=_("Tanggal lahir"),
        required=False,
        help_text=_("Dari sini umurnya dihitung pada hari yang ditanyakan."),
    )
    nik = CharField(
        label=_("NIK"),
        required=False,
        max_length=32,
        widget=TextInput(NUMBER),
        help_text=_("16 angka. Boleh dikosongkan; disimpan tersegel."),
    )
    education = ChoiceField(label=_("Pendidikan terakhir"), required=False, choices=_schooling)


class FamilyForm(SourceForm):
    """A family that sets an example."""

    named = (*SourceForm.named, "chair")

    chair = CharField(label=_("Kepala keluarga"), required=False, max_length=200, widget=TextInput(NAME))


class BodyForm(SourceForm):
    """A body or a network of bodies."""

    # fmt: off
    named = (
        *SourceForm.named, "chair", "founded_year", "members_male", "members_female", "youngest_born", "oldest_born",
        "activities", "last_met_on",
    )
    # fmt: on

    chair = CharField(
        label=_("Ketua atau penanggung jawab"), required=False, max_length=200, widget=TextInput(NAME)
    )
    founded_year = IntegerField(label=_("Tahun berdiri"), required=False, widget=TextInput(SMALL))
    members_male = IntegerField(
        label=_("Anggota aktif laki-laki"),
        required=False,
        min_value=0,
        widget=TextInput(SMALL),
        error_messages=_SMALLEST,
    )
    members_female = IntegerField(
        label=_("Anggota aktif perempuan"),
        required=False,
        min_value=0,
        widget=TextInput(SMALL),
        error_messages=_SMALLEST,
    )
    youngest_born = DayField(label=_("Tanggal lahir anggota aktif yang termuda"), required=False)
    oldest_born = DayField(label=_("Tanggal lahir anggota aktif yang tertua"), required=False)
    activities = CharField(label=_("Kegiatan"), required=False, max_length=500, widget=Textarea({"rows": 3}))
    last_met_on = DayField(label=_("Pertemuan terakhir"), required=False)


FORMS: Mapping[str, type[SourceForm]] = {
    "person": PersonForm,
    "family": FamilyForm,
    "organisation": BodyForm,
    "network": BodyForm,
}


def started_from(source: Source) -> dict[str, Any]:
    """The fields of a source as its form begins with them."""
    names = (*FORMS[source.unit].named, "region", "version")
    found = {name: getattr(source, name) for name in names}
    return found | {"organisation": str(source.organisation_id or "")}


class AnswersForm(Form):
    """The criteria of one source, each answered yes, no or not known."""

    version = IntegerField(widget=HiddenInput)

    def __init__(self, data: Any = None, *, questions: tuple[Question, ...], version: int) -> None:
        super().__init__(data, initial={"version": version})
        language = get_language() or "id"
        self.names = [question.fact.name for question in questions]
        for question in questions:
            self.fields[question.fact.name] = ChoiceField(
                label=question.fact.question.in_language(language),
                help_text=gettext("Bukti: %(proof)s") % {"proof": question.fact.proof.in_language(language)},
                choices=[("yes", gettext("Ya")), ("no", gettext("Tidak")), ("", gettext("Belum diketahui"))],
                widget=RadioSelect,
                required=False,
                initial={True: "yes", False: "no", None: ""}[question.told],
            )

    def based_on(self, version: int) -> None:
        """Having seen both answers, the worker may save over those that are there now."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(version)
        self.data = data

    @property
    def asked(self) -> list[Any]:
        """The fields of the questions, in their order."""
        return [self[name] for name in self.names]

    def answers(self) -> dict[str, bool | None]:
        """What was answered, by the names of the facts."""
        told = {"yes": True, "no": False}
        return {name: told.get(self.cleaned_data[name]) for name in self.names}
