"""What was typed by somebody without an account, checked. What keeps machines from typing: access/tickets.py."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.forms import (
    CharField,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    RadioSelect,
    Textarea,
    TextInput,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.limits import Limit
from simpul.access.tickets import Ticket as OneTicket
from simpul.access.tickets import TicketForm
from simpul.cases.queries.complaints import (
    LONGEST_ABOUT,
    LONGEST_ANSWER,
    LONGEST_COMPLAINT,
    LONGEST_CONTACT,
    Receiver,
)


class Ticket(OneTicket):
    """The ticket of a page of complaint."""

    purpose = "complaint.ticket"


# --- how much comes from one place ---

SENDING = Limit("complaint-sent", 60)
FINDING = Limit("complaint-find", 300)
# A code is one of 10^17; this only keeps a machine from keeping the server busy.
TRYING_CODES = Limit("complaint-code", 300)


# --- forms ---


class ComplaintForm(TicketForm):
    """To which office, what happened, and if the sender wants: about whom, and how to reach them."""

    tickets = Ticket
    too_fast = _("Pengaduan belum terkirim. Tunggu beberapa detik, lalu kirim sekali lagi.")

    office_text = CharField(
        label=_("Nama lembaga, kabupaten atau kota, kecamatan, atau desa"),
        required=False,
        max_length=100,
        widget=TextInput(attrs={"autocomplete": "off"}),
    )
    office = ChoiceField(
        label=_("Kepada siapa pengaduan ini?"),
        widget=RadioSelect,
        error_messages={"required": _("Cari, lalu pilih kantor yang menerima pengaduan ini.")},
    )
    words = CharField(
        label=_("Apa yang terjadi?"),
        help_text=_("Ceritakan apa, kapan dan di mana. Yang tidak ingin Anda tulis, tidak perlu ditulis."),
        max_length=LONGEST_COMPLAINT,
        widget=Textarea(attrs={"rows": 8}),
    )
    about = CharField(
        label=_("Tentang siapa?"),
        help_text=_("Nama petugas, bila tahu. Orang itu tidak akan menjawab pengaduan Anda."),
        required=False,
        max_length=LONGEST_ABOUT,
    )
    name = CharField(
        label=_("Nama Anda"),
        help_text=_("Boleh dikosongkan. Pengaduan tanpa nama diperiksa juga."),
        required=False,
        max_length=LONGEST_CONTACT,
        widget=TextInput(attrs={"autocomplete": "off"}),
    )
    contact = CharField(
        label=_("Bagaimana menghubungi Anda?"),
        help_text=_("Boleh dikosongkan. Jawabannya dapat Anda baca dengan kode."),
        required=False,
        max_length=LONGEST_CONTACT,
        widget=TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, offered: Iterable[Receiver], typed: Any = None, *, at: datetime) -> None:
        super().__init__(typed, at=at)
        # What is typed only looks for offices, but one of them has to be chosen: no word about it is right.
        self.fields["office_text"].depends = True  # type: ignore[attr-defined]
        office: Any = self.fields["office"]
        self.offered = tuple(offered)
        office.choices = [(one.value, one.name) for one in self.offered]

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action, without the office."""
        said = {name: self.cleaned_data[name] for name in ("words", "about", "name", "contact")}
        return {"key": self.page_ticket.key, "code": self.page_ticket.code, **said}


class CodeForm(Form):
    """The code that the sender kept."""

    code = CharField(
        label=_("Kode pengaduan"),
        help_text=_("12 huruf dan angka, misalnya K7PM-2XQ9-HT4W."),
        max_length=30,
        widget=TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class AnswerForm(Form):
    """What the sender will read, and what stays in the office."""

    version = IntegerField(widget=HiddenInput)
    answer = CharField(
        label=_("Jawaban untuk pengirim"),
        help_text=_(
            "Dibaca tanpa akun oleh siapa pun yang memegang kodenya: jangan menulis nama atau keadaan orang."
        ),
        max_length=LONGEST_ANSWER,
        widget=Textarea(attrs={"rows": 6}),
    )
    notes = CharField(
        label=_("Catatan kantor"),
        help_text=_("Tidak dibaca pengirim: apa yang diperiksa dan apa yang diubah karenanya."),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=Textarea(attrs={"rows": 4}),
    )
