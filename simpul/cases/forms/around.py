"""What was typed about those around a client, checked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

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
    Select,
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Case, Concerned, ConcernedKind, Tells
from simpul.cases.queries.around import Offered, ends_of, ties_by_drawing
from simpul.people.models import Person, Sex
from simpul.ui.fields import DependentText

_NAME = {"autocomplete": "off", "spellcheck": "false"}


class ConcernedForm(Form):
    """Somebody or something around the client; with `row` a change of what is noted."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4, required=False)
    version = IntegerField(widget=HiddenInput, required=False)
    kind = ChoiceField(
        label=_("Siapa atau apa ini?"),
        choices=ConcernedKind.choices,
        initial=ConcernedKind.PERSON,
        widget=RadioSelect,
    )
    person_text = CharField(
        label=_("Cari orang yang sudah terdata"),
        required=False,
        max_length=100,
        widget=TextInput({**_NAME, "size": "28"}),
    )
    person = ChoiceField(label=_("Orang yang terdata"), required=False, widget=RadioSelect)
    name = DependentText(
        label=_("Nama atau panggilan"), required=False, max_length=200, widget=TextInput(_NAME)
    )
    relation = CharField(
        label=_("Hubungan dengan penerima manfaat"),
        help_text=_("Misalnya: kakak perempuan, wali kelas, tetangga yang biasa menolong."),
        max_length=200,
    )
    phone = CharField(
        label=_("Nomor telepon"),
        required=False,
        max_length=32,
        widget=TextInput({"inputmode": "tel", "size": "22"}),
    )
    tells = ChoiceField(
        label=_("Atas keinginan penerima manfaat, ia"),
        choices=Tells.choices,
        initial=Tells.NOTHING,
        widget=RadioSelect,
    )
    told_what = DependentText(
        label=_("Apa saja yang boleh diberitahukan"),
        help_text=_("Diisi bila hanya hal tertentu yang boleh."),
        required=False,
        max_length=500,
        widget=Textarea({"rows": 2}),
    )
    is_guardian = BooleanField(label=_("Wali penerima manfaat"), required=False)
    lives_with_client = BooleanField(label=_("Tinggal serumah dengan penerima manfaat"), required=False)
    sex = ChoiceField(
        label=_("Jenis kelamin"),
        required=False,
        choices=[*Sex.choices, ("", _("Belum diketahui"))],
        widget=RadioSelect,
    )
    born_year = IntegerField(
        label=_("Tahun lahir"),
        required=False,
        widget=TextInput({"inputmode": "numeric", "autocomplete": "off", "size": "5"}),
        error_messages={"invalid": _("Tahun ditulis dengan empat angka, misalnya 1954.")},
    )
    has_died = BooleanField(label=_("Sudah meninggal"), required=False)

    def __init__(
        self, typed: Any = None, *, row: Concerned | None = None, linked: Person | None = None
    ) -> None:
        super().__init__(typed, initial=_held(row) if row else None)
        self.row, self.linked = row, linked
        self.offer(())

    def offer(self, found: Iterable[Person]) -> None:
        """The registered people to choose from: those found, and the one linked already, within reach."""
        people = {one.pk: one for one in (self.linked, *found) if one is not None}
        choices = [(str(one.pk), one.name) for one in people.values()]
        field = self.fields["person"]
        assert isinstance(field, ChoiceField)
        field.choices = [("", gettext("Tidak terdata, atau bukan salah satu dari ini")), *choices]
        self.has_people = bool(choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("name") and not cleaned.get("person") and "name" not in self.errors:
            self.add_error("name", gettext("Tulis nama atau panggilannya. Satu kata pun cukup."))
        if cleaned.get("tells") == Tells.SOME and not cleaned.get("told_what"):
            self.add_error("told_what", gettext("Tulis apa saja yang boleh diberitahukan."))
        return cleaned

    def about(self) -> dict[str, Any]:
        """By the names that the action knows."""
        cleaned = self.cleaned_data
        kept = (
            "kind", "name", "relation", "phone", "sex", "born_year", "lives_with_client", "is_guardian", "tells", "told_what",
        )  # fmt: skip
        person = uuid.UUID(cleaned["person"]) if cleaned["person"] else None
        if self.row and self.linked is None and person is None:
            # Linked to somebody out of this worker's reach: what is not seen is not undone.
            person = self.row.person_id
        return {name: cleaned[name] for name in kept} | {
            "person": person,
            "is_alive": not cleaned["has_died"],
        }


def _held(row: Concerned) -> dict[str, Any]:
    names = ("kind", "name", "relation", "phone", "tells", "told_what", "is_guardian", "lives_with_client")
    kept = {name: getattr(row, name) for name in (*names, "sex", "born_year", "version")}
    return kept | {"person": str(row.person_id or ""), "has_died": not row.is_alive}


class TieForm(Form):
    """How two of them stand to each other, read as a sentence: one, kind, other."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    one = ChoiceField(label=_("Siapa"), widget=Select)
    kind = ChoiceField(label=_("adalah / hubungannya"), widget=Select)
    other = ChoiceField(label=_("bagi atau dengan siapa"), widget=Select)

    def __init__(self, case: Case, typed: Any = None) -> None:
        super().__init__(typed)
        ends = ends_of(case)
        kinds = [(name, [(kind.code, kind.words) for kind in group]) for name, group in ties_by_drawing()]
        self.fields["one"].choices = [("", "—"), *ends]  # type: ignore[attr-defined]
        self.fields["other"].choices = [("", "—"), *ends]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", "—"), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("one") and cleaned.get("one") == cleaned.get("other"):
            self.add_error("other", gettext("Pilih dua orang yang berbeda."))
        return cleaned

    def details(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "key": cleaned["once"],
            "kind": cleaned["kind"],
            "one": _key(cleaned["one"]),
            "other": _key(cleaned["other"]),
        }


def _key(end: str) -> uuid.UUID | None:
    return None if end == "client" else uuid.UUID(end)


class ChosenForm(Form):
    """Which of those who are offered are noted."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    members = MultipleChoiceField(
        label=_("Siapa yang ikut dicatat?"),
        widget=CheckboxSelectMultiple,
        error_messages={"required": _("Centang paling sedikit satu orang.")},
    )

    def __init__(self, offered: tuple[Offered, ...], typed: Any = None) -> None:
        keys = [str(one.key) for one in offered]
        # Both may stand on one page.
        super().__init__(typed, initial={"members": keys}, auto_id=f"{type(self).__name__.lower()}-%s")
        self.fields["members"].choices = [  # type: ignore[attr-defined]
            (str(one.key), f"{one.name} ({one.relation.lower()})") for one in offered
        ]

    def chosen(self) -> set[uuid.UUID]:
        return {uuid.UUID(key) for key in self.cleaned_data["members"]}


class HouseholdForm(ChosenForm):
    """Members of the client's household, as the register tells them."""


class BeforeForm(ChosenForm):
    """Those who stood around the client in the episode before."""
