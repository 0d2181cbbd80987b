"""What a paper is to be about, checked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.forms import BooleanField, ChoiceField, Form
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.cases.queries.papers import Choices, PaperKind, Picked
from simpul.ui.fields import DayField


class NewestChoice(ChoiceField):
    """One of those that are there; left out, the newest."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or self.initial)


class PaperForm(Form):
    """What one paper asks: which assessment, conference and the like, which period, whether it stays inside.

    Each paper has a form of its own, so that pressing Enter in one never prints another.
    """

    inside = BooleanField(
        label=_("Tidak untuk klien: sertakan keterangan dari dan tentang orang lain, serta NIK dan alamat"),
        required=False,
    )
    assessment = NewestChoice(label=_("Asesmen yang mana?"))
    compared = NewestChoice(label=_("Instrumen yang mana?"))
    conference = NewestChoice(label=_("Rapat yang mana?"))
    follow_up = NewestChoice(label=_("Kunjungan yang mana?"))
    since = DayField(label=_("Dari"), required=False)
    until = DayField(label=_("Sampai"), required=False)

    def __init__(
        self, kind: PaperKind, choices: Choices, typed: Any = None, *, since: date, until: date
    ) -> None:
        started = {"since": since, "until": until}
        super().__init__(typed, auto_id=f"id_{kind.code}_%s", initial=started)
        self.kind, self.choices = kind, choices
        for name in list(self.fields):
            if name not in kind.asks and (name != "inside" or kind.goes_to_client):
                del self.fields[name]
        for name, field in list(self.fields.items()):
            if isinstance(field, NewestChoice):
                self._offer(name, field)

    def _offer(self, name: str, field: NewestChoice) -> None:
        """A question with nothing to choose is not asked."""
        if offered := self.choices.offered(name):
            field.choices = offered
            field.initial = self.initial[name] = offered[0][0]
        else:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", gettext("Masa laporan berakhir sebelum dimulai. Periksa tanggalnya."))
        return cleaned

    @property
    def is_ready(self) -> bool:
        """Whether the case holds what this paper is about."""
        return all(name in self.fields for name in self.kind.asks)

    @property
    def is_inside(self) -> bool:
        return bool(self.cleaned_data.get("inside"))

    def picked(self) -> Picked:
        """What was chosen."""
        return self.choices.picked(self.cleaned_data)
