"""What was typed from a certificate on paper, checked; and why one is struck."""

from __future__ import annotations

import uuid
from typing import Any

from django.forms import CharField, ChoiceField, Form, HiddenInput, RadioSelect, Select, Textarea, UUIDField
from django.utils.translation import gettext_lazy as _

from simpul.organisations.models import Organisation
from simpul.organisations.queries.certificates_recorded import OnPaper, grades, issuers_of
from simpul.organisations.queries.papers_words import title_of
from simpul.organisations.queries.registration_lines import papers_of
from simpul.organisations.stages import CertificateKind
from simpul.ui.fields import DayField

_MINISTRY = "pusat"


class OnPaperForm(Form):
    """One certificate as its paper says it."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    kind = ChoiceField(
        label=_("Jenis"), widget=RadioSelect, error_messages={"required": _("Pilih jenisnya.")}
    )
    number = CharField(
        label=_("Nomor"), max_length=120, error_messages={"required": _("Tulis nomor yang tercetak.")}
    )
    office = ChoiceField(
        label=_("Kantor yang mendaftar"),
        required=False,
        widget=Select,
        help_text=_("Untuk tanda daftar. Kepada kantor ini lembaga melapor."),
    )
    issuer = CharField(
        label=_("Penerbit"),
        required=False,
        max_length=200,
        help_text=_("Seperti tercetak. Untuk tanda daftar boleh kosong bila sama dengan nama kantornya."),
    )
    issued_on = DayField(label=_("Tanggal terbit"))
    valid_to = DayField(
        label=_("Berlaku sampai dengan"), required=False, help_text=_("Kosongkan bila tidak dibatasi.")
    )
    grade = ChoiceField(
        label=_("Peringkat"), required=False, widget=Select, help_text=_("Hanya untuk akreditasi.")
    )
    paper = ChoiceField(
        label=_("Surat yang diperlihatkan"),
        widget=Select,
        help_text=_("Dari surat-surat lembaga ini. Catatan ini berdiri di atasnya."),
        error_messages={"required": _("Pilih suratnya.")},
    )

    def __init__(self, organisation: Organisation, kinds: list[str], typed: Any = None) -> None:
        super().__init__(typed)
        papers = [
            (str(row.pk), " ".join(part for part in (title_of(row), row.number) if part))
            for row in papers_of(organisation)
        ]
        offices = [(region or _MINISTRY, name) for region, name in issuers_of(organisation)]
        self._offer("kind", [(kind, CertificateKind(kind).label) for kind in kinds])
        self._offer("office", offices)
        self._offer("grade", [("", "–"), *grades()])
        self._offer("paper", papers)
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0]

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def told(self) -> OnPaper:
        """What the action is told."""
        kept = self.cleaned_data
        is_accreditation = kept["kind"] == CertificateKind.ACCREDITATION
        is_of_ministry = is_accreditation or kept["office"] in ("", _MINISTRY)
        return OnPaper(
            kind=kept["kind"],
            number=kept["number"],
            issuer_region="" if is_of_ministry else kept["office"],
            issued_on=kept["issued_on"],
            valid_to=kept["valid_to"],
            paper=uuid.UUID(kept["paper"]),
            issuer=kept["issuer"],
            grade=kept["grade"],
        )


class StrikeForm(Form):
    """What was wrong with what was entered."""

    because = CharField(
        label=_("Apa yang salah catat"),
        max_length=1000,
        widget=Textarea({"rows": 3}),
        error_messages={"required": _("Tulis apa yang salah catat.")},
    )
