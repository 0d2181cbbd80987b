"""What was typed about a referral, checked: proposing, consent, what the sender and the receiver write down."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import date, datetime
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
    TimeField,
    UUIDField,
)
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import StepState
from simpul.people.models import Basis, Capacity, Mode
from simpul.referrals.queries.loop_shared import Line
from simpul.referrals.stages import NEEDED_TO_ANSWER, Came, Decline, Side, Stage, Told
from simpul.screening.stages import Urgency
from simpul.ui.fields import DayField, DependentChoice, DependentText

_NAME = {"autocomplete": "off", "spellcheck": "false"}
_NOT_MORE = _("Jangan menulis lebih dari yang disetujui penerima manfaat.")
_NEEDS_DAY = {"required": _("Isi tanggalnya.")}


# --- the sender's ---


class ProposeForm(Form):
    """How soon, what the receiver should know, and what was practised; outside, the body itself."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    outside_name = CharField(
        label=_("Nama lembaga"),
        max_length=200,
        widget=TextInput(_NAME),
        help_text=_("Lembaga yang tidak ada dalam daftar layanan. Ia menjawab lewat surat dengan kode."),
    )
    outside_contact = CharField(
        label=_("Alamat, nomor, atau surel lembaga itu"),
        required=False,
        max_length=200,
        widget=TextInput(_NAME),
    )
    urgency = ChoiceField(label=_("Seberapa mendesak?"), choices=Urgency.choices, widget=RadioSelect)
    words = CharField(
        label=_("Keterangan untuk penerima"),
        required=False,
        max_length=4000,
        widget=Textarea({"rows": 4}),
        help_text=_("Hanya yang diperlukan supaya mereka dapat menjawab. Baru dikirim setelah disetujui."),
    )
    preparation = CharField(
        label=_("Persiapan bersama penerima manfaat"),
        required=False,
        max_length=4000,
        widget=Textarea({"rows": 4}),
        help_text=_(
            "Apa yang mungkin sulit, apa yang dilatih, siapa yang menemani. Catatan ini tidak dikirim."
        ),
    )

    def __init__(self, typed: Any = None, *, is_outside: bool, **details: Any) -> None:
        super().__init__(typed, **details)
        if not is_outside:
            del self.fields["outside_name"], self.fields["outside_contact"]

    def details(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        kept = dict(self.cleaned_data)
        return {"key": kept.pop("once"), **kept}


class PrepareForm(Form):
    """The words for the receiver while nothing is sent, and the notes of what was practised."""

    version = IntegerField(widget=HiddenInput)
    words = ProposeForm.base_fields["words"]
    preparation = ProposeForm.base_fields["preparation"]


class ConsentForm(Form):
    """Exactly which data go to this receiver, on which basis, and who agreed how."""

    version = IntegerField(widget=HiddenInput)
    shares = MultipleChoiceField(
        label=_("Yang boleh diketahui penerima"),
        widget=CheckboxSelectMultiple,
        required=False,
        help_text=_("Bacakan satu per satu. Yang tidak dicentang tidak dikirim."),
    )
    basis = ChoiceField(
        label=_("Atas dasar apa?"), choices=Basis.choices, widget=RadioSelect, initial=Basis.CONSENT
    )
    because = DependentText(
        label=_("Alasan"),
        required=False,
        max_length=500,
        widget=Textarea({"rows": 2}),
        help_text=_("Mengapa dibagikan tanpa persetujuan, atau mengapa yang menyetujui ini berhak."),
    )
    capacity = DependentChoice(
        label=_("Siapa yang menyetujui?"), choices=Capacity.choices, widget=RadioSelect
    )
    given_by = DependentText(
        label=_("Nama orang tua, wali, atau pendamping"),
        required=False,
        max_length=200,
        widget=TextInput(_NAME),
    )
    mode = DependentChoice(
        label=_("Dengan cara apa persetujuan diberikan?"), choices=Mode.choices, widget=RadioSelect
    )
    with_general = BooleanField(
        label=_("Ia juga setuju bahwa data boleh dibagikan kepada lembaga lain yang membantu"),
        required=False,
        help_text=_("Persetujuan umum ini belum ada. Jelaskan dahulu; dapat dicabut kapan saja."),
    )

    def __init__(
        self, offered: Iterable[Line], typed: Any = None, *, has_general: bool, **details: Any
    ) -> None:
        super().__init__(typed, **details)
        lines = list(offered)
        shares: Any = self.fields["shares"]
        shares.choices = [(line.share, f"{line.label}: {line.text}") for line in lines]
        if not self.initial.get("shares"):
            self.initial["shares"] = [line.share for line in lines if line.share in NEEDED_TO_ANSWER]
        if has_general:
            del self.fields["with_general"]


class SendForm(Form):
    """One button, on the version that was read, with the mark of what the preview showed."""

    version = IntegerField(widget=HiddenInput)
    mark = CharField(widget=HiddenInput, max_length=64)


class WithdrawForm(Form):
    """Who wants it back, and why."""

    version = IntegerField(widget=HiddenInput)
    who = ChoiceField(
        label=_("Siapa yang menariknya?"),
        choices=[
            ("consent", _("Penerima manfaat mencabut persetujuannya")),
            ("sender", _("Kami sendiri, karena sebab lain")),
        ],
        widget=RadioSelect,
    )
    because = DependentText(
        label=_("Alasan"),
        required=False,
        max_length=500,
        widget=Textarea({"rows": 2}),
        help_text=_("Penerima manfaat tidak perlu memberi alasan."),
    )

    def details(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        kept = self.cleaned_data
        return {
            "version": kept["version"],
            "because": kept["because"],
            "is_consent": kept["who"] == "consent",
        }


class ConfirmForm(Form):
    """What the client says of the service, and what the plan should say with it."""

    version = IntegerField(widget=HiddenInput)
    told = ChoiceField(
        label=_("Apakah layanan itu diterima?"),
        choices=[choice for choice in Told.choices if choice[0] != Told.UNKNOWN],
        widget=RadioSelect,
        error_messages={"required": _("Tanyakan dahulu, lalu pilih jawabannya.")},
    )
    told_on = DayField(label=_("Kapan ditanyakan?"), error_messages=_NEEDS_DAY)
    words = CharField(
        label=_("Kata penerima manfaat"),
        required=False,
        max_length=4000,
        widget=Textarea({"rows": 3}),
        help_text=_("Disimpan juga sebagai catatan pada tujuannya."),
    )
    step_to = ChoiceField(
        label=_("Langkah rencana menjadi"),
        required=False,
        choices=[
            (StepState.RUNNING, _("Masih berjalan")),
            (StepState.DONE, _("Selesai")),
            ("", _("Jangan diubah")),
        ],
        widget=RadioSelect,
    )


class MessageForm(Form):
    """One message to the other side."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    words = CharField(
        label=_("Pesan"),
        max_length=4000,
        widget=Textarea({"rows": 3}),
        help_text=_NOT_MORE,
        error_messages={"required": _("Tulis pesannya.")},
    )


# --- what either side writes down ---

_FIELDS: dict[str, tuple[str, ...]] = {
    Stage.WAITING: ("words",),
    Stage.ACCEPTED: ("turn_because", "words"),
    Stage.DECLINED: ("decline", "words"),
    Stage.APPOINTED: ("day", "time", "words"),
    Stage.VISITED: ("day", "came", "is_warm", "words"),
    Stage.DELIVERED: ("day", "words"),
    Stage.ANSWERED: ("words",),
    Stage.FAILED: ("words",),
}
_WORDS_ASKED = {
    Stage.DECLINED: _("Penjelasan"),
    Stage.APPOINTED: _("Di mana, dengan siapa, apa yang dibawa"),
    Stage.ANSWERED: _("Apa hasilnya?"),
    Stage.FAILED: _("Apa yang terjadi?"),
}
_DAYS_ASKED = {
    Stage.APPOINTED: _("Hari janji temu"),
    Stage.VISITED: _("Kapan datang?"),
    Stage.DELIVERED: _("Kapan layanan diberikan?"),
}
_WORDS_NEEDED = frozenset({Stage.ANSWERED, Stage.FAILED})


class AnswerForm(Form):
    """What one stage needs to be written down, and nothing else. `who` is asked of who has only a code.

    `passed`: how many would be passed over, so that a reason is asked.
    """

    version = IntegerField(widget=HiddenInput)
    who = CharField(label=_("Nama Anda"), max_length=100, widget=TextInput(_NAME))
    decline = ChoiceField(
        label=_("Mengapa tidak dapat diterima?"),
        choices=Decline.choices,
        widget=RadioSelect,
        error_messages={"required": _("Pilih alasannya, supaya dapat dicarikan layanan lain.")},
    )
    turn_because = CharField(
        label=_("Mengapa ia didahulukan?"),
        max_length=4000,
        widget=Textarea({"rows": 2}),
        help_text=_("Hanya dibaca di lembaga Anda. Jangan menulis nama orang lain yang menunggu."),
        error_messages={"required": _("Tulis mengapa ia didahulukan, atau terima dahulu yang di depannya.")},
    )
    day = DayField(error_messages=_NEEDS_DAY)
    time = TimeField(
        label=_("Jam"),
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=TextInput({"inputmode": "numeric", "autocomplete": "off", "size": "6"}),
        help_text=_("Misalnya 09.30."),
        error_messages={"required": _("Isi jamnya."), "invalid": _("Jam ditulis misalnya 09.30.")},
    )
    came = ChoiceField(label=_("Datang dengan siapa?"), choices=Came.choices, widget=RadioSelect)
    is_warm = BooleanField(
        label=_("Kedua petugas bertemu atau berbicara bersama penerima manfaat"), required=False
    )
    words = CharField(label=_("Pesan"), required=False, max_length=4000, widget=Textarea({"rows": 3}))

    def __init__(
        self,
        to: Stage,
        typed: Any = None,
        *,
        asks_who: bool = False,
        side: Side = Side.RECEIVER,
        passed: int = 0,
        **details: Any,
    ) -> None:
        super().__init__(typed, **details)
        self.to, self.passed = to, passed
        wanted: Collection[str] = {"version", *_FIELDS[to], *(("who",) if asks_who else ())}
        unasked = set() if passed else {"turn_because"}
        for name in set(self.fields) - (set(wanted) - unasked):
            del self.fields[name]
        if "day" in self.fields:
            self.fields["day"].label = _DAYS_ASKED[to]
        plain = _("Pesan kepada penerima (mereka membacanya)") if side == Side.SENDER else _("Pesan")
        self.fields["words"].label = _WORDS_ASKED.get(to, plain)
        self.fields["words"].required = to in _WORDS_NEEDED

    def details(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        kept = dict(self.cleaned_data)
        if self.to == Stage.APPOINTED:
            day: date = kept.pop("day")
            kept["appointment_at"] = timezone.make_aware(datetime.combine(day, kept.pop("time")))
        return {"to": self.to.value, **kept}
