"""What was typed about a paper, checked."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.forms import (
    CharField,
    FileField,
    FileInput,
    Form,
    HiddenInput,
    IntegerField,
    Textarea,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.pictures import ENDINGS
from simpul.catalogue.organisations.papers import PaperKind
from simpul.engines.days import months_later
from simpul.organisations.models import Paper
from simpul.organisations.queries.papers_told import Sent, Told
from simpul.ui.fields import DayField

_TOLD = ("title", "number", "issuer", "issued_on", "valid_to")
# The name of the button that fills in how long such a paper usually holds.
SUGGEST = "suggest"


class ToldForm(Form):
    """What stands on the paper."""

    title = CharField(label=_("Judul"), max_length=200, required=False)
    number = CharField(label=_("Nomor surat"), max_length=80, required=False)
    issuer = CharField(label=_("Penerbit"), max_length=200, required=False)
    issued_on = DayField(label=_("Tanggal terbit"), required=False)
    valid_to = DayField(
        label=_("Berlaku sampai dengan"),
        required=False,
        help_text=_("Hari terakhir yang tercetak. Kosongkan bila tidak tercetak."),
    )

    def told(self) -> Told:
        """What the action is told."""
        return Told(**{name: self.cleaned_data[name] for name in _TOLD})


class PaperForm(ToldForm):
    """A paper more, or a newer one in the place of another."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    file = FileField(
        label=_("Berkas"),
        required=False,
        widget=FileInput({"accept": ",".join(ENDINGS)}),
        error_messages={"empty": _("Berkas itu kosong. Pilih berkas lain.")},
    )

    def suggested(self, kind: PaperKind) -> PaperForm:
        """The same form with the last day as it usually would be, for the reader to compare with the paper."""
        typed = self.data.copy()  # type: ignore[attr-defined]
        issued = self.cleaned_data.get("issued_on")
        if issued is not None and kind.usual_months is not None:
            last = months_later(issued, kind.usual_months) - timedelta(days=1)
            for part in ("day", "month", "year"):
                typed[f"valid_to_{part}"] = str(getattr(last, part))
        fresh = PaperForm(typed)
        fresh.full_clean()
        return fresh

    def sent(self) -> Sent | None:
        """The file, where one was chosen."""
        file: Any = self.cleaned_data["file"]
        return Sent(file.name or "", file.read()) if file else None


class NoteForm(ToldForm):
    """What stands on a paper that is kept already, with the version that the page showed."""

    version = IntegerField(widget=HiddenInput)

    @classmethod
    def of(cls, paper: Paper) -> NoteForm:
        """Filled with what is noted now."""
        noted = {name: getattr(paper, name) for name in (*_TOLD, "version")}
        return cls(initial=noted)


class DestroyForm(Form):
    """Why a file is destroyed."""

    because = CharField(
        label=_("Alasan"),
        max_length=500,
        widget=Textarea({"rows": 2}),
        help_text=_("Misalnya: salah berkas. Jangan tulis nama penerima manfaat."),
    )
