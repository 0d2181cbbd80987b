"""What a list of help received is narrowed to, read from its address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.forms import Form
from django.utils.translation import gettext_lazy as _

from simpul.organisations.forms.office import Filter, unmarked
from simpul.organisations.queries.help_received import LATE, OWES, SETTLED, HelpAsked
from simpul.organisations.queries.office_map import area_choices, is_within

_YEARS = 10


class HelpForm(Form):
    """Nothing is required; a field left out was not asked for."""

    tahun = Filter(label=_("Diterima tahun"), required=False)
    keadaan = Filter(
        label=_("Pertanggungjawaban"),
        required=False,
        choices=[
            ("", _("semua")),
            (OWES, _("belum selesai")),
            (LATE, _("lewat batas")),
            (SETTLED, _("selesai")),
        ],
    )
    wilayah = Filter(label=_("Wilayah"), required=False)

    def __init__(self, data: Mapping[str, Any], *, tops: Iterable[str], on: date) -> None:
        super().__init__(data)
        heads, chosen = tuple(tops), str(data.get("wilayah", ""))
        area = chosen if is_within(chosen, heads) else ""
        fields: Any = self.fields
        years = (str(on.year - ago) for ago in range(_YEARS))
        fields["tahun"].choices = [("", _("semua")), *((year, year) for year in years)]
        fields["wilayah"].choices = [("", _("seluruh wilayah")), *area_choices(area, heads)]
        unmarked(self)

    def asked(self) -> HelpAsked:
        """What was asked, once it is valid; nothing of a form that is not."""
        if not self.is_valid():
            return HelpAsked()
        told = self.cleaned_data
        return HelpAsked(int(told["tahun"] or 0), told["keadaan"], told["wilayah"])
