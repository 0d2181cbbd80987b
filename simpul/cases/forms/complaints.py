"""What was typed by somebody without an account, checked; and what keeps machines from typing.

Without any outside service: a box that only machines fill in, a ticket that says when the page was opened, and a
count of what comes from one place.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
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
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from simpul.access.secrets import SealBroken, blind_index, seal, unseal
from simpul.cases.queries.complaints import (
    CODE_LENGTH,
    CODE_LETTERS,
    LONGEST_ABOUT,
    LONGEST_ANSWER,
    LONGEST_COMPLAINT,
    LONGEST_CONTACT,
    Receiver,
)

# Nobody writes a complaint in less; a page that was open for longer may belong to somebody else by now.
FASTEST = timedelta(seconds=3)
LONGEST_OPEN = timedelta(hours=24)
_TICKET = "complaint.ticket"


# --- the ticket of one page ---


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a page of complaint carries, sealed: the key of its row, the sender's code, when it was opened.

    So a double click makes one complaint and shows the same code, and no session has to know who it was.
    """

    key: uuid.UUID
    code: str
    opened_at: datetime

    @classmethod
    def issued(cls, at: datetime) -> Ticket:
        """A new one, with a random code."""
        return cls(uuid.uuid4(), "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH)), at)

    @classmethod
    def read(cls, typed: str) -> Ticket | None:
        """The ticket that a form sent back; None for one that is not ours."""
        try:
            held = json.loads(unseal(base64.urlsafe_b64decode(typed.encode("ascii")), _TICKET))
        except (SealBroken, binascii.Error, UnicodeEncodeError):
            return None
        return cls(uuid.UUID(held["key"]), held["code"], datetime.fromisoformat(held["opened_at"]))

    def sealed(self) -> str:
        held = {"key": str(self.key), "code": self.code, "opened_at": self.opened_at.isoformat()}
        return base64.urlsafe_b64encode(seal(json.dumps(held), _TICKET)).decode("ascii")

    @property
    def code_shown(self) -> str:
        """In groups of four, as it is copied by hand."""
        return "-".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))


# --- how much comes from one place ---


@dataclass(frozen=True, slots=True)
class Limit:
    """So many within an hour from one address. Kept in the memory of this process only, under a fingerprint.

    Several people may share one address, so it is generous: it stops a flood, not a person. Where the cache is
    not shared by the processes of a server, each counts for itself.
    """

    what: str
    most: int

    def is_over(self, address: str) -> bool:
        """Count one more, and say whether it is too much."""
        name = f"{self.what}:{blind_index(address, 'complaint.address').hex()}"
        cache.add(name, 0, timeout=3600)
        try:
            count: int = cache.incr(name)
        except ValueError:  # it lapsed between the two
            return False
        return count > self.most


SENDING = Limit("complaint-sent", 60)
FINDING = Limit("complaint-find", 300)
# A code is one of 10^17; this only keeps a machine from keeping the server busy.
TRYING_CODES = Limit("complaint-code", 300)


# --- forms ---


class ComplaintForm(Form):
    """To which office, what happened, and if the sender wants: about whom, and how to reach them."""

    ticket = CharField(widget=HiddenInput)
    # Filled in by machines only: people neither see it nor come to it with the keyboard.
    website = CharField(required=False)
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
        super().__init__(typed, label_suffix="")
        # What is typed only looks for offices, but one of them has to be chosen: no word about it is right.
        self.fields["office_text"].depends = True  # type: ignore[attr-defined]
        self.at = at
        self.held = Ticket.read(str(self.data.get("ticket", ""))) if self.is_bound else None
        if self.held and at - self.held.opened_at > LONGEST_OPEN:
            self.held = None
        self.page_ticket = self.held or Ticket.issued(at)
        office: Any = self.fields["office"]
        self.offered = tuple(offered)
        office.choices = [(one.value, one.name) for one in self.offered]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.held is None:
            raise ValidationError(
                _(
                    "Halaman ini terlalu lama terbuka atau tidak lengkap. Periksa isinya, lalu kirim sekali lagi."
                )
            )
        if self.at - self.held.opened_at < FASTEST or cleaned.get("website"):
            raise ValidationError(
                _("Pengaduan belum terkirim. Tunggu beberapa detik, lalu kirim sekali lagi.")
            )
        return cleaned

    def unjudged(self) -> ComplaintForm:
        """The same with what was typed and without mistakes, while somebody is still looking for the office."""
        self._errors = ErrorDict()
        self.cleaned_data = {}
        return self

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

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed, label_suffix="")


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

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed, label_suffix="")
