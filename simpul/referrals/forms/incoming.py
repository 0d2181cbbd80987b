"""What somebody without an account asks for, checked, and what the duty officer writes about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
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
)
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from simpul.access.limits import Limit
from simpul.access.tickets import Ticket, TicketForm
from simpul.cases.models import Case
from simpul.catalogue import services as catalogue
from simpul.places.queries import FoundRegion
from simpul.referrals.queries.incoming import LONGEST_LINE, LONGEST_WORDS, PREFIX
from simpul.referrals.queries.incoming_page import ANSWERS, Choice
from simpul.referrals.stages import Agreed, ForWhom, RequestState, SafeWay
from simpul.services.queries.public_page import PublicLine

SENDING = Limit("request-sent", 60)
FINDING = Limit("request-find", 300)
# A number is one of 10^17, of which an office knows four letters; this only keeps a machine from trying for days.
TRYING = Limit("request-number", 300)

_PLAIN = {"autocomplete": "off"}


class RequestTicket(Ticket):
    """The ticket of a page that asks for help."""

    purpose = "help_request.ticket"

    @property
    def code_shown(self) -> str:
        return f"{PREFIX}-{super().code_shown}"


class AskForm(TicketForm):
    """For whom, what happens, danger now, where, how to reach them; everything else may stay empty."""

    tickets = RequestTicket
    too_fast = _("Permintaan belum terkirim. Tunggu beberapa detik, lalu kirim sekali lagi.")

    emergency = ChoiceField(
        label=_("Ada yang dalam bahaya sekarang?"),
        required=False,
        choices=[("yes", _("Ya")), ("no", _("Tidak")), ("", _("Tidak tahu"))],
        widget=RadioSelect,
    )
    for_whom = ChoiceField(
        label=_("Untuk siapa bantuan ini?"),
        choices=ForWhom.choices,
        widget=RadioSelect,
        error_messages={"required": _("Pilih untuk siapa bantuan ini.")},
    )
    situations = MultipleChoiceField(
        label=_("Apa yang terjadi?"),
        help_text=_("Boleh lebih dari satu."),
        widget=CheckboxSelectMultiple,
        error_messages={
            "required": _("Pilih dahulu apa yang terjadi. Bila tidak ada yang cocok, pilih “Lainnya”.")
        },
    )
    region_text = CharField(
        label=_("Di desa, kecamatan, atau kabupaten mana?"),
        required=False,
        max_length=100,
        widget=TextInput(_PLAIN),
    )
    region = ChoiceField(
        label=_("Wilayah"),
        widget=RadioSelect,
        error_messages={
            "required": _("Tulis nama wilayahnya, tekan “Cari wilayah”, lalu pilih."),
            "invalid_choice": _("Wilayah itu tidak ditemukan. Cari dan pilih lagi."),
        },
    )
    words = CharField(
        label=_("Ceritakan dengan kata-kata Anda"),
        help_text=_("Boleh dikosongkan. Yang tidak ingin Anda tulis, tidak perlu ditulis."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"rows": 5}),
    )
    name = CharField(
        label=_("Nama Anda"),
        help_text=_("Boleh nama panggilan, boleh dikosongkan."),
        required=False,
        max_length=LONGEST_LINE,
        widget=TextInput(_PLAIN),
    )
    phone = CharField(
        label=_("Nomor telepon, atau cara lain menghubungi Anda"),
        help_text=_(
            "Misalnya nomor tetangga yang Anda percaya. Tanpa ini petugas tidak dapat menghubungi Anda."
        ),
        required=False,
        max_length=LONGEST_LINE,
        widget=TextInput(_PLAIN),
    )
    safe_ways = MultipleChoiceField(
        label=_("Bagaimana cara yang aman untuk Anda?"),
        required=False,
        choices=SafeWay.choices,
        widget=CheckboxSelectMultiple,
    )
    safe_words = CharField(
        label=_("Ada yang perlu diperhatikan saat menghubungi?"),
        required=False,
        max_length=LONGEST_LINE,
        widget=TextInput(_PLAIN),
    )
    from_body = CharField(
        label=_("Nama lembaga atau dinas Anda"),
        required=False,
        max_length=LONGEST_LINE,
        widget=TextInput(_PLAIN),
    )
    agreed = ChoiceField(
        label=_("Apakah orangnya tahu dan setuju?"),
        required=False,
        choices=[("", _("tidak diisi")), *Agreed.choices],
    )

    def __init__(self, offered: Iterable[FoundRegion], typed: Any = None, *, at: datetime) -> None:
        super().__init__(typed, at=at)
        language, fields = get_language() or "id", self.fields
        situations: Any = fields["situations"]
        situations.choices = [
            (one.code, str(one.title.in_language(language))) for one in catalogue.situations()
        ]
        self.offered = tuple(offered)
        region: Any = fields["region"]
        region.choices = [(one.code, str(one)) for one in self.offered]
        # What is typed only looks for places, but one has to be chosen: no word about it is right.
        fields["region_text"].depends = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("for_whom") == ForWhom.BODY and not cleaned.get("from_body"):
            self.add_error(
                "from_body", gettext("Tulis nama lembaga Anda, supaya petugas tahu siapa yang bertanya.")
            )
        if cleaned.get("for_whom") == ForWhom.BODY and not cleaned.get("agreed"):
            self.add_error("agreed", gettext("Pilih apakah orangnya tahu dan setuju."))
        if self.has_error("region") and not self.offered:
            # No place stands on the page to be chosen: it is said where one is looked for.
            for words in self.errors.pop("region"):
                self.add_error("region_text", words)
        return cleaned

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action, without the place."""
        names = ("emergency", "for_whom", "situations", "words", "name", "phone", "safe_ways", "safe_words")
        said = {name: self.cleaned_data[name] for name in (*names, "from_body", "agreed")}
        return {"key": self.page_ticket.key, "code": self.page_ticket.code, **said}


class ReferenceForm(Form):
    """The number that the sender kept."""

    reference = CharField(
        label=_("Nomor permintaan"),
        help_text=_("Misalnya SB-7Q4K-9MXR-2HTW."),
        max_length=40,
        widget=TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


# --- for who is on duty ---


class DutyForm(Form):
    """What every deed on a request carries: the version that was read, and a note that stays in the office."""

    version = IntegerField(widget=HiddenInput)
    words = CharField(
        label=_("Catatan untuk rekan"),
        help_text=_("Tidak dibaca pengirim."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"rows": 3}),
    )


class ReachForm(DutyForm):
    """Whether somebody could be spoken with."""

    reached = ChoiceField(
        label=_("Berhasil dihubungi?"),
        choices=[("yes", _("Ya, sudah bicara")), ("no", _("Belum berhasil"))],
        widget=RadioSelect,
    )
    field_order = ("version", "reached", "words")

    def details(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {"version": told["version"], "reached": told["reached"] == "yes", "words": told["words"]}


class RequestAnswerForm(DutyForm):
    """What the sender will read: a sentence to begin with, own words, or both."""

    template = ChoiceField(
        label=_("Kalimat siap pakai"),
        required=False,
        choices=[("", _("tanpa kalimat siap pakai")), *ANSWERS.items()],
    )
    answer = CharField(
        label=_("Jawaban untuk pengirim"),
        help_text=_(
            "Dibaca tanpa akun oleh siapa pun yang memegang nomor permintaannya: jangan menulis nama atau keadaan orang."
        ),
        required=False,
        max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"rows": 4}),
    )
    field_order = ("version", "template", "answer", "words")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ready = str(ANSWERS.get(cleaned.get("template", ""), ""))
        said = cleaned.get("answer", "")
        if not (ready or said):
            raise ValidationError(gettext("Pilih kalimat siap pakai, atau tulis jawabannya."))
        cleaned["answer"] = said if ready in said else " ".join(part for part in (ready, said) if part)
        return cleaned

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("version", "answer", "words")}


class CloseForm(DutyForm):
    """That it is the same as another, or no request for help."""

    to = ChoiceField(
        label=_("Mengapa diakhiri?"),
        choices=[
            (RequestState.DOUBLE, RequestState.DOUBLE.label),
            (RequestState.NOT_SERIOUS, RequestState.NOT_SERIOUS.label),
        ],
        widget=RadioSelect,
    )
    double_of = CharField(
        label=_("Nomor permintaan yang sama"),
        help_text=_("Misalnya SB-7Q4K. Hanya bila sama dengan permintaan lain."),
        required=False,
        max_length=12,
        widget=TextInput(_PLAIN),
    )
    field_order = ("version", "to", "double_of", "words")

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("version", "to", "double_of", "words")}


class PassOnForm(DutyForm):
    """To which service or office, and what the sender reads of it."""

    to = ChoiceField(
        label=_("Diteruskan kepada"),
        widget=RadioSelect,
        error_messages={"required": _("Pilih kepada siapa permintaan ini diteruskan.")},
    )
    answer = CharField(
        label=_("Petunjuk untuk pengirim"),
        help_text=_(
            "Dikosongkan: pengirim membaca nama dan telepon layanannya. Jangan menulis nama atau keadaan orang."
        ),
        required=False,
        max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"rows": 3}),
    )
    field_order = ("version", "to", "answer", "words")

    def __init__(
        self, services: Iterable[PublicLine], offices: Iterable[Choice], typed: Any = None, **details: Any
    ) -> None:
        super().__init__(typed, **details)
        to: Any = self.fields["to"]
        to.choices = [
            *((one.value, one.name) for one in offices),
            *((f"s:{line.service.pk}", _line_words(line)) for line in services),
        ]

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("version", "to", "answer", "words")}


def _line_words(line: PublicLine) -> str:
    told = (line.name, str(line.service.organisation), line.near, line.service.phone)
    return " · ".join(part for part in told if part)


class CaseLinkForm(Form):
    """Which case it became: one of those opened since, or one by its number."""

    version = IntegerField(widget=HiddenInput)
    case = ChoiceField(label=_("Kasus yang Anda buka"), required=False, widget=RadioSelect)
    number = CharField(
        label=_("Atau nomor kasus yang sudah ada"),
        help_text=_("Misalnya 2026-014."),
        required=False,
        max_length=12,
        widget=TextInput(_PLAIN),
    )

    def __init__(self, cases: Iterable[Case], typed: Any = None, **details: Any) -> None:
        super().__init__(typed, **details)
        self.cases = {str(case.pk): case for case in cases}
        case: Any = self.fields["case"]
        case.choices = [(key, f"{one.number} · {one.person.name}") for key, one in self.cases.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("case") or cleaned.get("number")) and not self.errors:
            raise ValidationError(gettext("Pilih kasusnya, atau tulis nomornya."))
        return cleaned
