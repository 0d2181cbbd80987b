"""Which needs somebody asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.forms import CharField, ChoiceField, Form, HiddenInput
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.cases.queries.numbers import Period, period_of
from simpul.cases.queries.plans import service_kinds
from simpul.places.models import VILLAGE_SIGNS
from simpul.referrals.queries.unmet import UNTOLD, Scope, reason_name
from simpul.referrals.stages import Unmet

_CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)


class UnmetNumbersForm(Form):
    """Period, kind and reason; the area comes from the links of the table.

    Only whole months, quarters and years: from two tables that differ by a day one could reckon whom that day is about.
    """

    masa = ChoiceField(label=_("Masa"))
    jenis = ChoiceField(label=_("Jenis layanan"), required=False)
    sebab = ChoiceField(label=_("Sebab"), required=False)
    wilayah = CharField(required=False, max_length=VILLAGE_SIGNS, widget=HiddenInput)

    def __init__(self, asked: Mapping[str, Any], *, viewer: User, on: date) -> None:
        super().__init__({"masa": Period.THIS_YEAR, **asked})
        self.viewer, self.on = viewer, on
        fields: Any = self.fields
        fields["masa"].choices = [pair for pair in Period.choices if pair[0] != Period.OWN]
        fields["jenis"].choices = [("", gettext("semua jenis")), *service_kinds()]
        fields["sebab"].choices = [
            ("", gettext("semua sebab")),
            *Unmet.choices,
            (UNTOLD, reason_name(UNTOLD)),
        ]

    def clean_wilayah(self) -> str:
        code: str = self.cleaned_data["wilayah"]
        if code and not _CODE.fullmatch(code):
            raise ValidationError(gettext("Wilayah itu tidak dikenal."))
        return code

    def scope(self) -> Scope:
        """What is asked for; the form has to be valid."""
        cleaned = self.cleaned_data
        since, until = period_of(cleaned["masa"], self.on)
        return Scope(
            self.viewer, self.on, since, until, cleaned["wilayah"], cleaned["jenis"], cleaned["sebab"]
        )

    def asked(self, **changed: str) -> str:
        """The same once more in an address, for links."""
        kept = {name: str(self.data[name]) for name in self.fields if self.data.get(name)}
        return urlencode({name: value for name, value in {**kept, **changed}.items() if value})
