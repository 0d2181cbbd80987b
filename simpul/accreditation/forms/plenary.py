"""A vote, and the decision of the plenary."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CharField, ChoiceField, Form, HiddenInput, RadioSelect, Textarea, UUIDField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from simpul.accreditation.queries.plenary import (
    LONGEST_RECOMMENDATION,
    LONGEST_WORDS,
    MOST_RECOMMENDATIONS,
    Decided,
)
from simpul.accreditation.queries.shown import Shown
from simpul.accreditation.stages import Stage

_NOT_ACCREDITED = "none"
_WITH_ITEM = re.compile(r"([A-Za-z][\w.\-]{0,39})\s*:\s*(.+)")


class VoteForm(Form):
    """Agrees with the grade that the scores give, or not, and why not."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    agrees = ChoiceField(
        label=_("Suara Anda"),
        choices=[("yes", _("Setuju dengan peringkat menurut nilai")), ("no", _("Tidak setuju"))],
        widget=RadioSelect,
    )
    words = CharField(
        label=_("Alasan"),
        help_text=_("Wajib bila tidak setuju."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"rows": 3}),
    )

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed, auto_id="vote_%s")
        self.fields["words"].depends = True  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        typed = self.cleaned_data
        return {"key": typed["once"], "agrees": typed["agrees"] == "yes", "words": typed["words"]}


class DecideForm(Form):
    """The result, why, what is to be mended, and the number of the certificate where the office has its own."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    grade = ChoiceField(label=_("Hasil"), widget=RadioSelect)
    because = CharField(
        label=_("Alasan keputusan"),
        help_text=_("Wajib bila hasilnya lain daripada peringkat menurut nilai."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"rows": 4}),
    )
    recommendations = CharField(
        label=_("Rekomendasi perbaikan"),
        help_text=_("Satu baris satu rekomendasi. Boleh diawali kode butir, misalnya “a: …”."),
        required=False,
        max_length=LONGEST_RECOMMENDATION * MOST_RECOMMENDATIONS,
        widget=Textarea(attrs={"rows": 6}),
    )
    number = CharField(
        label=_("Nomor sertifikat"),
        help_text=_("Kosongkan supaya Simpul memberi nomor berikutnya."),
        required=False,
        max_length=120,
    )

    def __init__(self, reading: Shown, typed: Any = None, *, is_appeal: bool = False) -> None:
        super().__init__(typed, auto_id="decide_%s")
        grades = [(line.code, line.label) for line in reading.grades]
        chosen: Any = self.fields["grade"]
        chosen.choices = [*grades, (_NOT_ACCREDITED, Stage.NOT_ACCREDITED.label)]
        self.items = {item.code for standard in reading.standards for item in standard.items}
        self.fields["because"].depends = True  # type: ignore[attr-defined]
        if is_appeal:
            self.fields["because"].label = _("Jawaban atas keberatan")
            self.fields["because"].help_text = _("Dibaca oleh lembaga; keputusan ini bersifat akhir.")

    def clean_recommendations(self) -> tuple[tuple[str, str], ...]:
        lines = [line.strip() for line in self.cleaned_data["recommendations"].splitlines() if line.strip()]
        if too_long := [line for line in lines if len(line) > LONGEST_RECOMMENDATION]:
            told = {"start": too_long[0][:40], "most": LONGEST_RECOMMENDATION}
            raise ValidationError(
                _t("Rekomendasi “%(start)s…” terlalu panjang: paling banyak %(most)s huruf.") % told
            )
        return tuple(self._split(line) for line in lines)

    def _split(self, line: str) -> tuple[str, str]:
        found = _WITH_ITEM.fullmatch(line)
        # A word before a colon that is no item belongs to the sentence.
        return (found[1], found[2]) if found and found[1] in self.items else ("", line)

    def decided(self) -> Decided:
        """What was decided, for the action."""
        typed = self.cleaned_data
        return Decided(
            grade="" if typed["grade"] == _NOT_ACCREDITED else typed["grade"],
            because=typed["because"],
            recommendations=typed["recommendations"],
            number=typed["number"],
        )
