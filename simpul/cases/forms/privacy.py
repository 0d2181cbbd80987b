"""What was typed about confidentiality, disclosures, supervision and attachments, checked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.forms import (
    CharField,
    ChoiceField,
    FileField,
    FileInput,
    Form,
    HiddenInput,
    IntegerField,
    RadioSelect,
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.access.pictures import ENDINGS
from simpul.cases.queries.privacy import Listener
from simpul.cases.stages import Confidentiality
from simpul.people.models import Basis
from simpul.ui.fields import DayField, DependentText


class ProtectForm(Form):
    """How confidential a case is, with the version that the page showed."""

    version = IntegerField(widget=HiddenInput)
    level = ChoiceField(label=_("Siapa boleh melihat"), choices=Confidentiality.choices, widget=RadioSelect)
    because = DependentText(
        label=_("Alasan"),
        required=False,
        max_length=500,
        widget=Textarea({"rows": 2}),
        help_text=_("Perlu diisi bila tingkatnya berubah. Klien dapat membacanya."),
    )


class GlassForm(Form):
    """Why what is closed has to be opened now."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    because = CharField(
        label=_("Mengapa berkas ini harus dibuka sekarang?"),
        max_length=500,
        widget=Textarea({"rows": 3}),
        help_text=_("Paling sedikit 15 huruf. Supervisor membaca alasan ini."),
    )


class SupervisionForm(Form):
    """A supervisor's note about the work on a case."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    held_on = DayField(label=_("Tanggal supervisi"), error_messages={"required": _("Isi tanggalnya.")})
    words = CharField(label=_("Yang dibicarakan"), max_length=4000, widget=Textarea({"rows": 4}))
    agreed = CharField(
        label=_("Yang disepakati"), required=False, max_length=4000, widget=Textarea({"rows": 3})
    )


class DisclosureForm(Form):
    """Something that was told to somebody outside."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    told_on = DayField(label=_("Kapan diberitahukan?"), error_messages={"required": _("Isi tanggalnya.")})
    what = CharField(
        label=_("Apa yang diberitahukan?"),
        max_length=4000,
        widget=Textarea({"rows": 3}),
        help_text=_("Sebutkan jenis keterangannya; isinya tidak perlu diulang."),
    )
    concerned = ChoiceField(label=_("Kepada siapa?"), required=False)
    to_whom = CharField(
        label=_("Atau pihak lain"),
        required=False,
        max_length=200,
        widget=TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Misalnya: dr. Lina, Puskesmas Meral."),
    )
    because = CharField(label=_("Untuk apa?"), max_length=500, widget=Textarea({"rows": 2}))
    basis = ChoiceField(label=_("Atas dasar apa?"), choices=Basis.choices, widget=RadioSelect)
    basis_because = DependentText(
        label=_("Mengapa dasar itu berlaku?"),
        required=False,
        max_length=500,
        widget=Textarea({"rows": 2}),
        help_text=_("Diisi bila dasarnya bukan persetujuan."),
    )

    def __init__(self, listeners: Iterable[Listener], typed: Any = None, **details: Any) -> None:
        super().__init__(typed, **details)
        choices = [("", "—"), *((str(one.key), one.words) for one in listeners)]
        self.fields["concerned"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        one, other = cleaned.get("concerned"), cleaned.get("to_whom")
        if bool(one) == bool(other):
            words = gettext("Isi salah satu saja: pilih dari daftar, atau tulis pihak lain.")
            self.add_error("to_whom", words)
        return cleaned

    def details(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        kept = {name: value for name, value in self.cleaned_data.items() if name not in ("once", "concerned")}
        one = self.cleaned_data["concerned"]
        return {**kept, "key": self.cleaned_data["once"], "concerned": uuid.UUID(one) if one else None}


class AttachForm(Form):
    """A photograph or scan. What kind of file it is, its bytes tell, not its name."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    title = CharField(
        label=_("Apa ini?"), max_length=200, help_text=_("Misalnya: surat rujukan, foto rumah tampak depan.")
    )
    file = FileField(
        label=_("Foto atau pindaian"),
        widget=FileInput({"accept": ",".join(ENDINGS)}),
        error_messages={
            "required": _("Pilih berkasnya."),
            "empty": _("Berkas itu kosong."),
            "invalid": _("Pilih berkasnya."),
        },
    )
