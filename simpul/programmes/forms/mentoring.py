"""What was typed after a visit, checked."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.forms import (
    CharField,
    CheckboxSelectMultiple,
    FileField,
    Form,
    HiddenInput,
    MultipleChoiceField,
    Textarea,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.programmes.forms.plans import picture_field, sent
from simpul.programmes.models import Visit
from simpul.programmes.queries.mentoring import Seen
from simpul.ui.fields import DayField

_ABOUT = _("Tulis tentang lembaga. Jangan menyebut nama atau keadaan orang yang dilayani.")


class VisitForm(Form):
    """What was found, advised and comes next. Who writes for a mentor says for whom."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    visited_on = DayField(label=_("Tanggal kunjungan"))
    mentor = CharField(label=_("Pendamping yang berkunjung"), max_length=200)
    found = CharField(label=_("Temuan"), max_length=4000, help_text=_ABOUT, widget=Textarea({"rows": 4}))
    advice = CharField(label=_("Saran"), max_length=4000, required=False, widget=Textarea({"rows": 3}))
    next_step = CharField(
        label=_("Langkah berikutnya"),
        max_length=2000,
        required=False,
        help_text=_("Siapa mengerjakan apa sebelum kunjungan berikutnya."),
        widget=Textarea({"rows": 2}),
    )
    next_on = DayField(label=_("Kunjungan berikutnya"), required=False)
    lines = MultipleChoiceField(
        label=_("Baris rencana aksi yang dibahas"), required=False, widget=CheckboxSelectMultiple
    )
    file = picture_field(_("Foto"))

    def __init__(
        self,
        lines: list[tuple[str, str]],
        *args: Any,
        is_for_mentor: bool = False,
        of: Visit | None = None,
        **details: Any,
    ) -> None:
        details.setdefault("label_suffix", "")
        if of is not None:
            details["initial"] = _initial(of)
        super().__init__(*args, **details)
        if lines:
            field: Any = self.fields["lines"]
            field.choices = lines
        else:
            del self.fields["lines"]
        if not is_for_mentor:
            del self.fields["mentor"]

    def seen(self) -> Seen:
        """What the actions are told."""
        names = ("visited_on", "found", "advice", "next_step", "next_on")
        return Seen(
            **{name: self.cleaned_data[name] for name in names},
            lines=tuple(UUID(line) for line in self.cleaned_data.get("lines", ())),
            mentor=self.cleaned_data.get("mentor", ""),
            file=sent(self),
        )


def _initial(visit: Visit) -> dict[str, Any]:
    names = ("found", "advice", "next_step", "next_on", "lines")
    told = {name: getattr(visit, name) for name in names}
    return {**told, "visited_on": visit.on, "mentor": visit.mentor_name}


class PhotoForm(Form):
    """One photograph more."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    file: FileField = picture_field(_("Foto"))

    def __init__(self, *args: Any, **details: Any) -> None:
        details.setdefault("label_suffix", "")
        super().__init__(*args, **details)
        self.fields["file"].required = True
        self.fields["file"].error_messages["required"] = _("Pilih satu foto.")
