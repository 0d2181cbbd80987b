"""For whom many are placed at once, and what is decided about each."""

from __future__ import annotations

import uuid
from typing import Any

from django.forms import (
    CharField,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    RadioSelect,
    Textarea,
    UUIDField,
)
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.cases.queries.numbers import areas_of
from simpul.cases.queries.plans import service_kinds
from simpul.organisations.queries import named
from simpul.places.queries import names_of

_BODY, _AREA = "lembaga:", "wilayah:"
NOBODY = "no"


class RoundForm(Form):
    """Which help, for whom, and what the round is called."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    title = CharField(
        label=_("Nama penempatan ini"),
        max_length=200,
        help_text=_("Misalnya: Pengungsi banjir Meral. Jangan menulis nama orang."),
    )
    need_kind = ChoiceField(label=_("Layanan apa?"))
    there = ChoiceField(
        label=_("Untuk siapa?"), help_text=_("Semua yang langkah rencananya menunggu layanan ini.")
    )

    def __init__(self, typed: Any = None, *, viewer: User, **details: Any) -> None:
        super().__init__(typed, **details)
        fields: Any = self.fields
        fields["need_kind"].choices = [("", gettext("pilih")), *service_kinds()]
        fields["there"].choices = [("", gettext("pilih")), *places_for(viewer)]

    def where(self) -> Where:
        """The place that was chosen; the form has to be valid."""
        chosen: str = self.cleaned_data["there"]
        if chosen.startswith(_BODY):
            return Where(organisation=uuid.UUID(chosen.removeprefix(_BODY)))
        return Where(region=chosen.removeprefix(_AREA))

    def details(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        cleaned = self.cleaned_data
        return {"key": cleaned["once"], "title": cleaned["title"], "need_kind": cleaned["need_kind"]}


def places_for(viewer: User) -> list[tuple[str, str]]:
    """The bodies and areas for which this person may place, with their names."""
    grants = viewer.grants_with(Permission.PLACING_MAKE)
    homes = {grant.organisation for grant in grants if grant.organisation}
    known = named(homes)
    bodies = {key: known.get(key, gettext("lembaga Anda")) for key in sorted(homes, key=str)}
    codes = {grant.region for grant in grants if grant.region and not grant.organisation}
    wide = [grant.region for grant in grants if not grant.organisation]
    if wide:
        reached = {code for code, _name in areas_of(viewer)}
        codes |= {code for code in reached if any(not home or code.startswith(f"{home}.") for home in wide)}
    names = names_of(codes)
    told = [(f"{_BODY}{key}", name) for key, name in bodies.items()]
    told += [(f"{_AREA}{code}", str(names.get(code, code))) for code in sorted(codes)]
    return told


class ChoiceForm(Form):
    """Which service one person is referred to, or none."""

    version = IntegerField(widget=HiddenInput)
    service = ChoiceField(label=_("Ke mana?"), widget=RadioSelect)

    def __init__(self, typed: Any = None, *, offered: list[tuple[str, str]], **details: Any) -> None:
        super().__init__(typed, **details)
        fields: Any = self.fields
        fields["service"].choices = [*offered, (NOBODY, gettext("Tidak dirujuk lewat penempatan ini"))]


class DropForm(Form):
    """Why a proposal is not used."""

    version = IntegerField(widget=HiddenInput)
    because = CharField(label=_("Mengapa tidak dipakai?"), max_length=500, widget=Textarea({"rows": 3}))
