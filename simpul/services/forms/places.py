"""What was typed about a place, and about the regions whose people a service takes."""

from __future__ import annotations

import uuid
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
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.organisations.models import Organisation
from simpul.places import queries as regions
from simpul.places.models import VILLAGE_SIGNS
from simpul.services.models import Place
from simpul.services.queries.parts import Values, accesses
from simpul.services.queries.place_values import LABELS, PLACE_FIELDS, kinds_for, place_values

_DEGREE = {"inputmode": "decimal", "autocomplete": "off", "size": "16"}


class PlaceForm(Form):
    """A place: visited, a contact point, or reached from afar."""

    once = UUIDField(widget=HiddenInput, required=False)
    version = IntegerField(widget=HiddenInput, required=False)
    kind = ChoiceField(
        label=LABELS["kind"],
        widget=RadioSelect,
        error_messages={"required": _("Pilih bagaimana orang datang.")},
    )
    name = CharField(
        label=LABELS["name"], required=False, max_length=200, help_text=_("Nama yang dikenal warga sekitar.")
    )
    region = CharField(required=False, max_length=VILLAGE_SIGNS)
    region_text = CharField(required=False, max_length=100)
    address = CharField(label=LABELS["address"], required=False, max_length=500, widget=Textarea({"rows": 2}))
    postal_code = CharField(
        label=LABELS["postal_code"],
        required=False,
        max_length=10,
        widget=TextInput({"inputmode": "numeric", "size": "8"}),
    )
    phone = CharField(
        label=LABELS["phone"], required=False, max_length=40, widget=TextInput({"inputmode": "tel"})
    )
    transport = CharField(
        label=LABELS["transport"],
        required=False,
        max_length=500,
        widget=Textarea({"rows": 2}),
        help_text=_("Misalnya: angkot jurusan pasar, turun di jembatan."),
    )
    is_island = BooleanField(label=LABELS["is_island"], required=False)
    accesses = MultipleChoiceField(
        label=LABELS["accesses"], required=False, choices=accesses, widget=CheckboxSelectMultiple
    )
    latitude = CharField(
        label=LABELS["latitude"], required=False, max_length=20, widget=TextInput(_DEGREE),
        help_text=_("Misalnya 0,9876. Selatan khatulistiwa: minus."),
    )  # fmt: skip
    longitude = CharField(
        label=LABELS["longitude"], required=False, max_length=20, widget=TextInput(_DEGREE),
        help_text=_("Misalnya 103,4321."),
    )  # fmt: skip

    def __init__(self, typed: Any = None, *, organisation: Organisation, place: Place | None = None) -> None:
        super().__init__(typed, initial=_started_from(organisation, place))
        kinds: Any = self.fields["kind"]
        kinds.choices = kinds_for(organisation)

    @property
    def looks_up(self) -> bool:
        """Whether the button was pressed that only finds a region."""
        return "region_find" in self.data

    def values(self) -> Values:
        """What the action is told."""
        return {name: self.cleaned_data[name] for name in PLACE_FIELDS}

    def based_on(self, version: int) -> None:
        """Having seen both, the owner may save over the version that is there now."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(version)
        self.data = data


def _started_from(organisation: Organisation, place: Place | None) -> dict[str, Any]:
    if place is None:
        kinds = kinds_for(organisation)
        return {"once": uuid.uuid4(), "kind": kinds[0][0], "region": organisation.region}
    held = place_values(place)
    degrees = ("latitude", "longitude")
    held |= {name: str(held[name]).replace(".", ",") for name in degrees if held[name] is not None}
    return {**held, "version": place.version}


class AreasForm(Form):
    """The regions told so far, each with a tick, and one more that is looked up."""

    areas = MultipleChoiceField(
        label=_("Wilayah yang dilayani"), required=False, choices=[], widget=CheckboxSelectMultiple
    )
    seen = CharField(required=False, widget=HiddenInput, max_length=10_000)
    area = CharField(required=False, max_length=VILLAGE_SIGNS)
    area_text = CharField(required=False, max_length=100)

    def __init__(self, typed: Any = None, *, codes: list[str]) -> None:
        super().__init__(typed, initial={"areas": codes, "seen": ",".join(codes)})
        chosen = list(self.data.getlist("areas")) if self.is_bound else codes  # type: ignore[attr-defined]
        if self.is_bound and (added := str(self.data.get("area", ""))) and added not in chosen:
            chosen.append(added)
            self._retype(areas=chosen, area="", area_text="")
        offered = dict.fromkeys([*codes, *chosen])
        names = regions.names_of([code for code in offered if regions.is_known(code)])
        box: Any = self.fields["areas"]
        box.choices = [(code, str(names[code])) for code in offered if code in names]

    @property
    def looks_up(self) -> bool:
        """Whether the button was pressed that only finds a region."""
        return "area_find" in self.data

    def seen_codes(self) -> list[str]:
        """The regions that the page showed."""
        return [code for code in self.cleaned_data["seen"].split(",") if code]

    def based_on(self, codes: list[str]) -> None:
        """Having seen both, the owner may save over what is there now."""
        self._retype(seen=[",".join(codes)])

    def _retype(self, **typed: str | list[str]) -> None:
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name, words in typed.items():
            data.setlist(name, words if isinstance(words, list) else [words])
        self.data = data
