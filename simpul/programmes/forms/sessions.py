"""What was typed about sessions, checked: the plan, who came, materials, opinions, certificates."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.forms import (
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    DecimalField,
    FileField,
    FileInput,
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
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from simpul.access.limits import Limit
from simpul.access.pictures import ENDINGS
from simpul.catalogue.programmes import norms
from simpul.programmes.models import Session
from simpul.programmes.queries.sessions import Row, opinion_instrument
from simpul.programmes.queries.sessions_certificates import PATTERN, Earned
from simpul.programmes.queries.sessions_told import Told
from simpul.programmes.stages import Came, SessionKind
from simpul.ui.fields import DayField

ARRIVING = Limit("programme-attendance", norms().attendance_tries)
CHECKING = Limit("programme-check", norms().check_tries)
_TYPED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class SessionForm(Form):
    """A session as it is planned."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4, required=False)
    version = IntegerField(widget=HiddenInput, required=False)
    title = CharField(label=_("Judul"), max_length=200)
    kind = ChoiceField(label=_("Bentuk"), choices=SessionKind.choices)
    on = DayField(label=_("Tanggal"))
    starts_at = TimeField(
        label=_("Mulai pukul"),
        required=False,
        input_formats=("%H:%M", "%H.%M", "%H"),
        widget=TextInput({"inputmode": "numeric", "size": 6, "autocomplete": "off"}),
        help_text=_("Misalnya 08.30."),
        error_messages={"invalid": _("Tulis jamnya, misalnya 08.30.")},
    )
    hours = DecimalField(
        label=_("Lama (jam)"),
        required=False,
        max_digits=4,
        decimal_places=1,
        localize=True,
        widget=TextInput({"inputmode": "decimal", "size": 5, "autocomplete": "off"}),
        error_messages={"invalid": _("Tulis lamanya dalam jam, misalnya 1,5.")},
    )
    place = CharField(label=_("Tempat"), max_length=200, required=False)
    trainer = ChoiceField(label=_("Narasumber"), required=False)
    curriculum = CharField(
        label=_("Isi"), max_length=8000, required=False, widget=Textarea({"rows": 4}),
        help_text=_("Pokok bahasan dan apa yang diharapkan dapat dilakukan peserta sesudahnya."),
    )  # fmt: skip
    methods = CharField(label=_("Cara"), max_length=2000, required=False, widget=Textarea({"rows": 2}))

    def __init__(self, trainers: list[tuple[str, str]], typed: Any = None, initial: Any = None) -> None:
        super().__init__(typed, initial=initial, label_suffix="")
        box: Any = self.fields["trainer"]
        box.choices = [("", _("belum ditentukan")), *trainers]

    @classmethod
    def of(cls, row: Session, trainers: list[tuple[str, str]], typed: Any = None) -> SessionForm:
        """Filled with what is recorded now."""
        names = ("title", "kind", "on", "hours", "place", "curriculum", "methods", "version")
        held = {name: getattr(row, name) for name in names}
        starts = f"{row.starts_at:%H.%M}" if row.starts_at else ""
        return cls(trainers, typed, {**held, "starts_at": starts, "trainer": str(row.trainer_id or "")})

    def told(self) -> Told:
        """What the actions are told."""
        kept = {name: value for name, value in self.cleaned_data.items() if name not in ("once", "version")}
        trainer = kept.pop("trainer")
        return Told(trainer=UUID(trainer) if trainer else None, **kept)


class MaterialForm(Form):
    """A paper for those who take part."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    title = CharField(label=_("Judul"), max_length=200, required=False)
    file = FileField(
        label=_("Berkas"),
        widget=FileInput({"accept": ",".join(ENDINGS)}),
        help_text=_("PDF atau gambar."),
        error_messages={"empty": _("Berkas itu kosong. Pilih berkas lain.")},
    )


class AttendanceForm(Form):
    """Who came and who was excused; whoever is ticked nowhere did not come."""

    came = MultipleChoiceField(label=_("Yang hadir"), required=False, widget=CheckboxSelectMultiple)
    excused = MultipleChoiceField(label=_("Yang izin"), required=False, widget=CheckboxSelectMultiple)

    def __init__(self, rows: Iterable[Row], typed: Any = None) -> None:
        self.rows = tuple(rows)
        held: dict[str, list[str]] = {"came": [], "excused": []}
        for row in self.rows:
            if row.newest is not None and row.newest.came != Came.NO:
                held["came" if row.newest.came == Came.YES else "excused"].append(str(row.participant.pk))
        super().__init__(typed, initial=held, label_suffix="")
        choices = [(str(row.participant.pk), f"{row.participant.code} {row.name}") for row in self.rows]
        for name in ("came", "excused"):
            box: Any = self.fields[name]
            box.choices = choices

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or {}
        if both := set(kept.get("came", ())) & set(kept.get("excused", ())):
            codes = ", ".join(row.participant.code for row in self.rows if str(row.participant.pk) in both)
            self.add_error("excused", gettext("Ditandai hadir dan izin sekaligus: %s.") % codes)
        return kept

    def answers(self) -> dict[UUID, str]:
        """What the action is told: one answer for everybody in the list."""
        came, excused = set(self.cleaned_data["came"]), set(self.cleaned_data["excused"])
        told = {}
        for row in self.rows:
            key = str(row.participant.pk)
            answer = Came.YES if key in came else Came.EXCUSED if key in excused else Came.NO
            told[row.participant.pk] = answer.value
        return told


class ArriveForm(Form):
    """The code of a participant, and nothing else."""

    code = CharField(
        label=_("Kode peserta Anda"),
        max_length=12,
        widget=TextInput({**_TYPED, "size": 6}),
        help_text=_("Misalnya P07. Kodenya ada pada daftar peserta."),
        error_messages={"required": _("Tulis kode Anda.")},
    )


class OpinionForm(Form):
    """What somebody thought of a session. Every question may be left open."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed, label_suffix="")
        self.instrument, language = opinion_instrument(), get_language() or "id"
        for item in self.instrument.items:
            question = item.question.in_language(language)
            if item.levels:
                choices = [(str(one.value), one.label.in_language(language)) for one in item.levels]
                self.fields[item.code] = ChoiceField(
                    label=question, choices=choices, required=False, widget=RadioSelect
                )
            else:
                self.fields[item.code] = CharField(
                    label=question,
                    required=False,
                    max_length=1000,
                    widget=Textarea({"rows": 2}),
                    help_text=_("Jangan menulis nama siapa pun."),
                )

    def answers(self) -> dict[str, object]:
        """What the action is told."""
        kept = {item.code: self.cleaned_data[item.code] for item in self.instrument.items}
        levelled = {item.code for item in self.instrument.items if item.levels}
        return {code: int(told) if code in levelled else told for code, told in kept.items() if told}


class IssueForm(Form):
    """For whom certificates are made, and what stands on all of them."""

    participants = MultipleChoiceField(
        label=_("Untuk peserta"),
        widget=CheckboxSelectMultiple,
        error_messages={"required": _("Tandai sekurang-kurangnya satu peserta.")},
    )
    pattern = CharField(
        label=_("Pola nomor"),
        max_length=120,
        initial=PATTERN,
        help_text=_("{nomor} dan {tahun} harus ada."),
    )
    issuer = CharField(label=_("Yang menerbitkan"), max_length=200)
    signs = CharField(
        label=_("Yang menandatangani"), max_length=200, help_text=_("Nama dan jabatan, seperti di surat.")
    )

    def __init__(self, people: Iterable[Earned], typed: Any = None, issuer: str = "") -> None:
        without = [one for one in people if one.diploma is None]
        ticked = [str(one.participant.pk) for one in without if one.is_enough]
        super().__init__(typed, initial={"participants": ticked, "issuer": issuer}, label_suffix="")
        box: Any = self.fields["participants"]
        box.choices = [(str(one.participant.pk), self._said(one)) for one in without]

    def _said(self, one: Earned) -> str:
        person = one.participant
        told = {"code": person.code, "name": person.name or "", "came": len(one.sessions), "held": one.held}
        return gettext("%(code)s %(name)s: hadir %(came)s dari %(held)s pertemuan") % told


class WithdrawForm(Form):
    """Why a certificate no longer holds."""

    version = IntegerField(widget=HiddenInput)
    words = CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=Textarea({"rows": 3}),
        help_text=_("Disimpan di Simpul. Yang memeriksa surat hanya melihat bahwa sertifikat ditarik."),
    )


class CheckForm(Form):
    """The code of a paper."""

    code = CharField(
        label=_("Kode periksa"),
        max_length=30,
        widget=TextInput({**_TYPED, "size": "18"}),
        help_text=_("Dua belas huruf dan angka di dekat kode QR, misalnya ABCD-EFGH-JKMN."),
        error_messages={"required": _("Tulis kode yang tercetak.")},
    )
