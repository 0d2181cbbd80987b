"""The desk's check: each document of the scheme with what the secretariat found."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from simpul.accreditation.models import Accreditation, DeskLine
from simpul.catalogue.accreditation import Document, Scheme


class Checked(TextChoices):
    MET = "met", _("Ada dan sesuai")
    MISSING = "missing", _("Belum ada")
    WRONG = "wrong", _("Ada, tetapi belum sesuai")


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the checklist; `answer` is empty while nobody looked."""

    code: str
    text: str
    source: str
    verified: str
    answer: str
    answer_words: str
    note: str
    row: DeskLine | None

    @property
    def is_met(self) -> bool:
        return self.answer == Checked.MET


def checklist(accreditation: Accreditation, scheme: Scheme) -> tuple[CheckLine, ...]:
    """The documents of the scheme, and its conditions that people confirm, with the newest answer of each."""
    rows = {
        row.code: row for row in DeskLine.objects.filter(accreditation=accreditation).order_by("at", "pk")
    }
    confirmed = [condition for condition in scheme.conditions if condition.rule == "confirmed"]
    seen_to = (Document(one.code, one.text, one.source, one.verified) for one in confirmed)
    return tuple(_line(document, rows) for document in (*seen_to, *scheme.documents))


def _line(document: Document, rows: dict[str, DeskLine]) -> CheckLine:
    row = rows.get(document.code)
    answer = row.answer if row else ""
    return CheckLine(
        code=document.code,
        text=document.text.in_language(get_language() or "id"),
        source=document.source,
        verified=document.verified,
        answer=answer,
        answer_words=str(Checked(answer).label) if answer else "",
        note=row.note if row else "",
        row=row,
    )


def wanting(lines: tuple[CheckLine, ...]) -> tuple[CheckLine, ...]:
    """What was found missing or wrong."""
    return tuple(line for line in lines if line.answer in (Checked.MISSING, Checked.WRONG))
