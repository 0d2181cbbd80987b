"""What was typed about an application for registration, checked."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.forms import (
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    FileField,
    FileInput,
    Form,
    HiddenInput,
    IntegerField,
    MultipleChoiceField,
    RadioSelect,
    Select,
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.pictures import ENDINGS
from simpul.catalogue import registration as catalogue
from simpul.organisations.models import Paper, Registration, Requirement
from simpul.organisations.queries.papers_words import title_of
from simpul.organisations.queries.registration_lines import ANSWERS, LOCAL_ANSWERS, Line, seen_of
from simpul.organisations.queries.registration_rules import said
from simpul.organisations.stages import RunStage
from simpul.ui.fields import DayField

_ROWS = {"rows": 3}
_ACCEPTED = ",".join(sorted(ENDINGS.values()))


class StartForm(Form):
    """Which kind of application, by which list of requirements."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    kind = ChoiceField(label=_("Jenis permohonan"), widget=RadioSelect)
    scheme = ChoiceField(label=_("Daftar persyaratan"), required=False)

    def __init__(self, kinds: list[tuple[str, str]], typed: Any = None) -> None:
        super().__init__(typed, initial={"kind": kinds[0][0]})
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        schemes = [(scheme.code, said(scheme.title)) for scheme in catalogue.schemes().values()]
        self.fields["scheme"].choices = schemes  # type: ignore[attr-defined]


class LineForm(Form):
    """One line of the checklist: words, a paper that is there, or a new file."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    seen = CharField(widget=HiddenInput, required=False)
    paper = ChoiceField(label=_("Dokumen yang sudah tersimpan"), required=False, widget=Select)
    file = FileField(
        label=_("Atau berkas baru"), required=False, widget=FileInput({"accept": _ACCEPTED}), max_length=500
    )
    number = CharField(label=_("Nomor dokumen"), required=False, max_length=80)
    issuer = CharField(label=_("Penerbit dokumen"), required=False, max_length=200)
    valid_to = DayField(label=_("Berlaku sampai dengan"), required=False)
    words = CharField(
        label=_("Keterangan"),
        required=False,
        max_length=1000,
        widget=Textarea(_ROWS),
        help_text=_("Bila dokumennya belum ada, tulis mengapa dan kapan menyusul."),
    )

    def __init__(self, line: Line, row: Requirement, papers: list[Paper], typed: Any, files: Any) -> None:
        # Of a paper that was replaced since, the one that stands now.
        attached = row.paper and (row.paper.replaced_by_id or row.paper_id)
        initial = {"paper": str(attached or ""), "words": row.words, "seen": seen_of(row)}
        super().__init__(typed, files, initial=initial)
        offered = [("", _("tidak ada")), *((str(paper.pk), title_of(paper)) for paper in papers)]
        self.fields["paper"].choices = offered  # type: ignore[attr-defined]
        if line.only_words:
            for name in ("paper", "file", "number", "issuer", "valid_to"):
                del self.fields[name]

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        kept = self.cleaned_data
        sent = kept.get("file")
        details: dict[str, Any] = {"seen": kept["seen"], "words": kept["words"]}
        if sent:
            apart = ("number", "issuer", "valid_to")
            details |= {"key": kept["once"], "file": sent.read(), "file_name": sent.name or ""}
            details |= {name: kept[name] for name in apart}
        elif kept.get("paper"):
            details["paper"] = uuid.UUID(kept["paper"])
        return details


class VersionForm(Form):
    """A move that needs only the version that was read, and words."""

    version = IntegerField(widget=HiddenInput)
    words = CharField(label=_("Pesan"), required=False, max_length=3000, widget=Textarea(_ROWS))

    def __init__(self, run: Registration, typed: Any = None, *, label: Any = None, hint: Any = "") -> None:
        super().__init__(typed, initial={"version": run.version})
        if label:
            self.fields["words"].label = label
        self.fields["words"].help_text = hint


class CheckForm(Form):
    """What the desk found, line by line."""

    version = IntegerField(widget=HiddenInput)

    def __init__(self, run: Registration, lines: tuple[Line, ...], typed: Any = None) -> None:
        initial: dict[str, Any] = {"version": run.version}
        for line in lines:
            initial[f"answer-{line.code}"], initial[f"note-{line.code}"] = line.answer, line.note
        super().__init__(typed, initial=initial)
        self.lines = lines
        for line in lines:
            self.fields[f"answer-{line.code}"] = ChoiceField(
                label=_("Hasil pemeriksaan"),
                choices=LOCAL_ANSWERS if line.is_local else ANSWERS,
                required=False,
                widget=RadioSelect,
            )
            self.fields[f"note-{line.code}"] = CharField(
                label=_("Catatan untuk pemohon"), required=False, max_length=500, widget=TextInput()
            )

    def rows(self) -> list[tuple[Line, Any, Any]]:
        """Each line with its two fields."""
        return [(line, self[f"answer-{line.code}"], self[f"note-{line.code}"]) for line in self.lines]

    def found(self) -> dict[str, tuple[str, str]]:
        """What was typed, for the action."""
        kept = self.cleaned_data
        return {
            line.code: (kept[f"answer-{line.code}"], kept[f"note-{line.code}"].strip()) for line in self.lines
        }


class MoveForm(VersionForm):
    """Where the desk sends it."""

    to = ChoiceField(label=_("Ke mana?"), widget=RadioSelect)
    field_order = ("version", "to", "words")

    def __init__(self, run: Registration, typed: Any = None) -> None:
        super().__init__(
            run,
            typed,
            label=_("Pesan atau saran"),
            hint=_("Dibaca pemohon bila dikembalikan, dan pejabat bila diteruskan."),
        )
        offered = [(RunStage.DECISION.value, _("Teruskan untuk diputuskan"))]
        if run.stage == RunStage.DESK_CHECK:
            offered.insert(0, (RunStage.FIELD_VISIT.value, _("Lihat ke lapangan dahulu")))
        offered.append((RunStage.RETURNED.value, _("Kembalikan kepada pemohon untuk dilengkapi")))
        self.fields["to"].choices = offered  # type: ignore[attr-defined]


class ManyFiles(FileInput):
    """A box that takes several files at once."""

    allow_multiple_selected = True


class PhotosField(FileField):
    """Several photographs, or none."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(PhotosField, self).clean(one, initial) for one in sent]


class VisitForm(Form):
    """What was seen on the spot."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    day = DayField(label=_("Tanggal kunjungan"), error_messages={"required": _("Isi tanggalnya.")})
    who = CharField(
        label=_("Yang berkunjung"), max_length=300, error_messages={"required": _("Tulis siapa.")}
    )
    met_with = CharField(
        label=_("Yang ditemui"),
        required=False,
        max_length=300,
        help_text=_("Pengurus atau pegawai. Jangan menulis nama penerima manfaat."),
    )
    is_as_told = ChoiceField(
        label=_("Keadaannya sesuai dengan berkas?"),
        choices=[("yes", _("Ya")), ("no", _("Tidak")), ("", _("Belum pasti"))],
        required=False,
        widget=RadioSelect,
    )
    words = CharField(
        label=_("Catatan petugas"),
        required=False,
        max_length=3000,
        widget=Textarea({"rows": 4}),
        help_text=_("Disimpan tersegel; hanya kantor ini yang membacanya."),
    )
    photos = PhotosField(
        label=_("Foto"),
        required=False,
        widget=ManyFiles({"accept": _ACCEPTED}),
        help_text=_(
            "Bangunan dan sarana, bukan wajah penerima manfaat. Tempat dan waktu di dalam foto dihapus."
        ),
    )

    def __init__(self, by: str, on: date, typed: Any = None, files: Any = None) -> None:
        super().__init__(typed, files, initial={"day": on, "who": by})
        self.seen = catalogue.visit_lines()
        for line in self.seen:
            self.fields[f"line-{line.code}"] = ChoiceField(
                label=said(line.title),
                help_text=said(line.about),
                choices=[("yes", _("Ya")), ("no", _("Tidak")), ("unknown", _("Belum pasti"))],
                required=False,
                widget=RadioSelect,
            )

    def rows(self) -> list[Any]:
        """The lines of the form."""
        return [self[f"line-{line.code}"] for line in self.seen]

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        kept = self.cleaned_data
        return {
            "key": kept["once"],
            "day": kept["day"],
            "who": kept["who"],
            "met_with": kept["met_with"],
            "words": kept["words"],
            "is_as_told": {"yes": True, "no": False}.get(kept["is_as_told"]),
            "answers": {line.code: kept[f"line-{line.code}"] for line in self.seen},
            "photos": [(sent.name or "", sent.read()) for sent in kept["photos"]],
        }


class DecideForm(VersionForm):
    """Yes or no, with grounds and a reason."""

    decision = ChoiceField(
        label=_("Keputusan"),
        choices=[
            ("approve", _("Setujui")),
            ("return", _("Kembalikan kepada pemohon untuk dilengkapi")),
            ("refuse", _("Tolak")),
        ],
        widget=RadioSelect,
        error_messages={"required": _("Pilih setuju, kembalikan, atau tolak.")},
    )
    grounds = MultipleChoiceField(label=_("Dasar penolakan"), required=False, widget=CheckboxSelectMultiple)
    field_order = ("version", "decision", "grounds", "words")

    def __init__(self, run: Registration, typed: Any = None) -> None:
        super().__init__(
            run,
            typed,
            label=_("Alasan"),
            hint=_("Wajib bila ditolak atau dikembalikan. Pemohon membacanya."),
        )
        grounds = [(ground.code, said(ground.title)) for ground in catalogue.grounds()]
        self.fields["grounds"].choices = grounds  # type: ignore[attr-defined]


class IssueForm(Form):
    """Until when the certificate holds, and its number where the office took one from its own book."""

    version = IntegerField(widget=HiddenInput)
    valid_to = DayField(label=_("Berlaku sampai dengan"), required=False)
    number = CharField(label=_("Nomor dari buku kantor"), required=False, max_length=120)

    def __init__(self, run: Registration, suggested: Any, typed: Any = None) -> None:
        super().__init__(typed, initial={"version": run.version, "valid_to": suggested})
