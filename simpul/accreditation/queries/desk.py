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
    # Of a paper that this body cannot have, such as the registration of a body of the state; said with the reason.
    EXEMPT = "exempt", _("Tidak diminta dari lembaga ini")


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the checklist; `answer` is empty while nobody looked. A condition is asked of every body."""

    code: str
    text: str
    source: str
    verified: str
    answer: str
    answer_words: str
    note: str
    row: DeskLine | None
    is_condition: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether nothing is open here: met, or not asked of this body."""
        return self.answer in (Checked.MET, Checked.EXEMPT)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What the desk may answer."""
        found = [(str(value), str(label)) for value, label in Checked.choices]
        return found[:-1] if self.is_condition else found


def checklist(accreditation: Accreditation, scheme: Scheme) -> tuple[CheckLine, ...]:
    """The documents of the scheme, and its conditions that people confirm, with the newest answer of each."""
    rows = {
        row.code: row for row in DeskLine.objects.filter(accreditation=accreditation).order_by("at", "pk")
    }
    confirmed = [condition for condition in scheme.conditions if condition.rule == "confirmed"]
    seen_to = [Document(one.code, one.text, one.source, one.verified) for one in confirmed]
    return (
        *(_line(one, rows, is_condition=True) for one in seen_to),
        *(_line(one, rows) for one in scheme.documents),
    )


def _line(document: Document, rows: dict[str, DeskLine], *, is_condition: bool = False) -> CheckLine:
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
        is_condition=is_condition,
    )


def wanting(lines: tuple[CheckLine, ...]) -> tuple[CheckLine, ...]:
    """What was found missing or wrong."""
    return tuple(line for line in lines if line.answer in (Checked.MISSING, Checked.WRONG))
