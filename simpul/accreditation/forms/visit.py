"""What was typed about who is named, what they declare, and the minutes of a visit."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
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

from simpul.accreditation.queries.assignment import Candidate
from simpul.accreditation.queries.typed import (
    LONGEST_MET,
    LONGEST_MINUTES,
    LONGEST_NAME,
    LONGEST_WORDS,
    Signature,
)
from simpul.ui.fields import DayField

YES, NO = "yes", "no"


class NameForm(Form):
    """Who is named for one part, from which day to which."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    user = ChoiceField(
        label=_("Siapa"), widget=RadioSelect, error_messages={"required": _("Pilih orangnya.")}
    )
    since = DayField(label=_("Mulai"), error_messages={"required": _("Isi hari mulainya.")})
    until = DayField(
        label=_("Sampai dengan"),
        required=False,
        help_text=_("Bila dikosongkan, tugas berlaku selama waktu baku."),
    )

    def __init__(self, *args: Any, candidates: Iterable[Candidate], **details: Any) -> None:
        super().__init__(*args, **details)
        free = [(str(one.user), one.name) for one in candidates if not one.barred]
        self.fields["user"].choices = free  # type: ignore[attr-defined]

    def clean_user(self) -> uuid.UUID:
        return uuid.UUID(self.cleaned_data["user"])


class ProlongForm(Form):
    """The new last day of an assignment."""

    until = DayField(label=_("Sampai dengan"), error_messages={"required": _("Isi hari terakhirnya.")})


class DeclareForm(Form):
    """Whether there is a conflict of interests."""

    answer = ChoiceField(
        label=_("Apakah Anda, keluarga atau tempat kerja Anda punya hubungan dengan lembaga ini?"),
        choices=[
            (NO, _("Tidak. Saya menyatakan tidak ada benturan kepentingan.")),
            (YES, _("Ya, ada hubungan. Tugas saya diakhiri dan sekretariat diberi tahu.")),
        ],
        widget=RadioSelect,
        help_text=_("Misalnya sebagai pengurus, tenaga, pemberi dana, saudara pengurus, atau pesaingnya."),
    )
    words = CharField(
        label=_("Hubungan apa"), required=False, max_length=LONGEST_WORDS, widget=Textarea({"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == YES and not cleaned.get("words"):
            self.add_error("words", gettext("Tulis hubungannya, satu kalimat saja sudah cukup."))
        return cleaned

    @property
    def has_conflict(self) -> bool:
        return bool(self.cleaned_data["answer"] == YES)


class MinutesForm(Form):
    """The minutes of one visit."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    version = IntegerField(widget=HiddenInput, initial=0)
    held_on = DayField(label=_("Tanggal kunjungan"), error_messages={"required": _("Isi tanggalnya.")})
    met_with = CharField(
        label=_("Bertemu dengan"),
        max_length=LONGEST_MET,
        help_text=_("Nama dan jabatan pengurus atau tenaga. Jangan menulis nama penerima manfaat."),
    )
    minutes = CharField(
        label=_("Isi berita acara"),
        max_length=LONGEST_MINUTES,
        widget=Textarea({"rows": 10}),
        help_text=_("Apa yang dilihat, kekuatan, dan yang perlu diperbaiki. Tanpa nama penerima manfaat."),
    )

    def details(self) -> dict[str, Any]:
        """The keyword arguments that both actions take."""
        return {name: self.cleaned_data[name] for name in ("held_on", "met_with", "minutes")}


class SignForm(Form):
    """Signing the minutes, with the version that was read."""

    version = IntegerField(widget=HiddenInput)
    name = CharField(label=_("Nama"), max_length=LONGEST_NAME)
    title = CharField(label=_("Jabatan"), max_length=LONGEST_NAME)
    agrees = ChoiceField(
        label=_("Apakah Anda setuju dengan isi berita acara ini?"),
        choices=[(YES, _("Setuju")), (NO, _("Tidak setuju, dengan catatan"))],
        widget=RadioSelect,
    )
    words = CharField(
        label=_("Keberatan atau catatan"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=Textarea({"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("agrees") == NO and not cleaned.get("words"):
            self.add_error("words", gettext("Tulis bagian mana yang tidak Anda setujui."))
        return cleaned

    @property
    def signature(self) -> Signature:
        typed = self.cleaned_data
        return Signature(typed["name"], typed["title"], typed["agrees"] == YES, typed["words"])
