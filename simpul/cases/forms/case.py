"""What was typed about a case, checked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.forms import (
    CharField,
    ChoiceField,
    Field,
    Form,
    HiddenInput,
    IntegerField,
    RadioSelect,
    Select,
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from simpul.cases.models import Case
from simpul.cases.queries.description import (
    LONGEST_GROUP_NAME,
    LONGEST_NOTE,
    LONGEST_REFERRAL,
    LONGEST_RISK,
    LONGEST_SERVICE,
    LONGEST_SUMMARY,
    Description,
)
from simpul.cases.stages import NEXT, SIDE, Confidentiality, Kind, ReferredBy, Stage
from simpul.catalogue import casework
from simpul.catalogue.casework import Entry
from simpul.screening.stages import Urgency
from simpul.ui.fields import DependentText, PresetChoice


def choices_of(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """Entries of the catalogue as choices in the language of this page."""
    return [(entry.code, entry.title.in_language(get_language() or "id")) for entry in entries]


class DescriptionFields(Form):
    """What kind of case it is. Everything but who the client is may stay open until it is known.

    `unseen` keeps what stands in fields that whoever types may not read.
    """

    unseen = Description()

    kind = PresetChoice(
        label=gettext_lazy("Siapa kliennya?"), choices=Kind.choices, initial=Kind.PERSON, widget=RadioSelect
    )
    group_name = DependentText(
        label=gettext_lazy("Nama kelompok atau komunitas"),
        help_text=gettext_lazy("Hanya untuk kelompok dan komunitas."),
        required=False,
        max_length=LONGEST_GROUP_NAME,
        widget=TextInput({"autocomplete": "off"}),
    )

    referred_by = ChoiceField(
        label=gettext_lazy("Bagaimana orang ini datang?"),
        choices=[("", gettext_lazy("Belum diketahui")), *ReferredBy.choices],
        required=False,
        widget=Select,
    )
    referral_words = CharField(
        label=gettext_lazy("Siapa yang merujuk atau melapor"),
        help_text=gettext_lazy("Nama dan cara menghubunginya, bila orang ini tidak datang sendiri."),
        required=False,
        max_length=LONGEST_REFERRAL,
        widget=TextInput({"autocomplete": "off"}),
    )
    risk = CharField(
        label=gettext_lazy("Bahaya yang perlu segera ditangani"),
        help_text=gettext_lazy(
            "Misalnya ancaman kekerasan, sakit berat, atau tidak ada tempat tidur malam ini."
        ),
        required=False,
        max_length=LONGEST_RISK,
        widget=Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, **details: Any) -> None:
        super().__init__(data, **details)
        lists: dict[str, tuple[Any, Iterable[Entry], Any]] = {
            "working_model": (_("Model kerja"), casework.working_models(), _("Belum dipilih")),
            "setting": (_("Tempat pelayanan"), casework.settings(), _("Belum dipilih")),
            "spm_service": (_("Layanan SPM"), casework.spm_services(), _("Bukan layanan SPM")),
        }
        for name, (label, entries, empty) in lists.items():
            choices = [("", empty), *choices_of(entries)]
            self.fields[name] = ChoiceField(label=label, choices=choices, required=False, widget=Select)
        self.fields["working_model"].help_text = _(
            "Model kerja mengubah langkah, peran, dan bagian yang diharapkan. Boleh dipilih nanti."
        )
        self.fields["spm_service"].help_text = _("Untuk hitungan standar pelayanan minimal, PP 2/2018.")

    def described(self) -> Description:
        """What was typed, for the action."""
        typed = self.cleaned_data
        return Description(
            kind=typed["kind"],
            group_name=typed["group_name"],
            working_model=typed["working_model"],
            setting=typed["setting"],
            spm_service=typed["spm_service"],
            referred_by=typed["referred_by"],
            referral_words=typed.get("referral_words", self.unseen.referral_words),
            risk=typed.get("risk", self.unseen.risk),
            **self._headline(typed),
        )

    def _headline(self, typed: dict[str, Any]) -> dict[str, str]:
        """What opening a case tells by itself, and changing one may say anew."""
        return {}


class CaseForm(DescriptionFields):
    """What is needed to open a case: one sentence about the person. The rest stands already."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    summary = CharField(
        label=gettext_lazy("Satu kalimat tentang orang ini dan apa yang diharapkannya"),
        help_text=gettext_lazy(
            "Kalimat ini tampil paling atas di halaman kasus. Tulis dengan kata-kata orang itu sendiri."
        ),
        max_length=LONGEST_SUMMARY,
        widget=Textarea(attrs={"rows": 2}),
    )
    confidentiality = PresetChoice(
        label=gettext_lazy("Siapa yang boleh melihat kasus ini?"),
        choices=Confidentiality.choices,
        initial=Confidentiality.ORDINARY,
        widget=RadioSelect,
    )


class DirectCaseForm(CaseForm):
    """A case for somebody who was not screened: how urgent it is, and where it begins."""

    urgency = ChoiceField(
        label=gettext_lazy("Seberapa cepat perlu ditangani?"),
        choices=Urgency.choices,
        widget=RadioSelect,
        error_messages={"required": gettext_lazy("Pilih seberapa cepat orang ini perlu ditangani.")},
    )
    stage = PresetChoice(
        label=gettext_lazy("Dari mana dimulai?"),
        choices=[
            (Stage.INTAKE, gettext_lazy("Pendekatan awal: orang ini sudah bertemu dan bersedia")),
            (Stage.OUTREACH, gettext_lazy("Penjangkauan: orang ini masih perlu didatangi")),
        ],
        initial=Stage.INTAKE,
        widget=RadioSelect,
    )


class OnwardForm(Form):
    """The next stage on the main way; each button of the form names one.

    The page writes the case's newest version, so that after a clash the worker who has read it can go on.
    """

    version = IntegerField(widget=HiddenInput)
    to: Field = ChoiceField(
        label=gettext_lazy("Tahap"),
        choices=Stage.choices,
        error_messages={
            "required": gettext_lazy("Pilih dahulu apa yang menyusul."),
            "invalid_choice": gettext_lazy("Pilih dahulu apa yang menyusul."),
        },
    )
    because = CharField(
        label=gettext_lazy("Catatan untuk langkah ini"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=Textarea(attrs={"rows": 2}),
    )

    def __init__(self, typed: Any = None) -> None:
        # Both forms stand on one page.
        super().__init__(typed, auto_id=f"{type(self).__name__.lower()}-%s")


class AsideForm(OnwardForm):
    """What happened beside the main way, and why; who helps instead where this office does not."""

    referred_to = DependentText(
        label=gettext_lazy("Dirujuk ke layanan atau lembaga mana?"),
        help_text=gettext_lazy(
            "Perlu diisi bila orang ini dirujuk keluar atau tidak memenuhi syarat: tidak ada yang ditolak begitu saja."
        ),
        required=False,
        max_length=LONGEST_SERVICE,
        widget=TextInput({"autocomplete": "off"}),
    )

    def __init__(self, case: Case, typed: Any = None) -> None:
        super().__init__(typed)
        possible = NEXT[Stage(case.stage)] & SIDE
        self.fields["to"] = ChoiceField(
            label=gettext_lazy("Apa yang terjadi?"),
            choices=[(stage, stage.label) for stage in Stage if stage in possible],
            widget=RadioSelect,
        )
        self.fields["because"].label = gettext_lazy("Alasan")
        self.fields["because"].required = True
