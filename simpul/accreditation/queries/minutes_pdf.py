"""The minutes of a visit on paper: what was written, who signed, and the scores for who may read them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import override

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.accreditation.models import Accreditation, Visit
from simpul.accreditation.queries.run import is_of_the_body
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.scores import are_all_locked, counting, scores_of
from simpul.accreditation.queries.visit import ASSESSOR, BODY, REFUSED
from simpul.accreditation.stages import DECIDED, Stage
from simpul.organisations.queries.certificate_numbers import day_in_words
from simpul.ui.typeset import typeset

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "accreditation" / "minutes.typ"
_SIDES = {BODY: "Lembaga", ASSESSOR: "Asesor", REFUSED: "Asesor, mencatat bahwa lembaga tidak menandatangani"}


def pdf_of(visit: Visit, user: User) -> bytes:
    """The PDF as this person may read it."""
    return typeset(TEMPLATE, said_on_paper(visit, user))


def said_on_paper(visit: Visit, user: User) -> dict[str, Any]:
    """Everything that the paper says, in Indonesian whatever the reader's language."""
    run = visit.accreditation
    with override("id"):
        scheme = scheme_of(run)
        return {
            "title": "Berita Acara Visitasi",
            "body": run.organisation.name,
            "lines": [
                {"label": "Lembaga", "text": run.organisation.name},
                {"label": "Skema", "text": scheme.regulation},
                {"label": "Tanggal visitasi", "text": day_in_words(visit.on)},
                {"label": "Bertemu dengan", "text": visit.met_with},
            ],
            "minutes": visit.minutes,
            "signed": [_signed(one) for one in visit.signed],
            "is_complete": visit.locked_at is not None,
            "assessors": [row.user_name for row in counting(run)] if reads_scores(run, user) else [],
            "standards": _standards(run) if reads_scores(run, user) else [],
        }


def reads_scores(accreditation: Accreditation, user: User) -> bool:
    """Who decides or keeps the file reads them once all are locked; the body and others once it is decided."""
    if not are_all_locked(accreditation):
        return False
    if accreditation.stage in (*DECIDED, Stage.APPEAL):
        return True
    if is_of_the_body(accreditation, user):
        return False
    return any(
        is_within_reach(accreditation, user, permission)
        for permission in (Permission.ACCREDITATION_SECRETARY, Permission.ACCREDITATION_DECIDE)
    )


def _signed(one: dict[str, Any]) -> dict[str, str]:
    at = localtime(datetime.fromisoformat(one["at"]))
    answer = "setuju dengan isi berita acara ini" if one["agrees"] else "tidak setuju"
    return {
        "side": _SIDES[one["side"]],
        "name": one["name"],
        "title": one["title"],
        "at": f"{day_in_words(at.date())} pukul {at:%H.%M}",
        "answer": "" if one["side"] == REFUSED else answer,
        "words": one["words"],
    }


def _standards(accreditation: Accreditation) -> list[dict[str, Any]]:
    """Each item with what each assessor gave, in the order of their names."""
    given = list(scores_of(accreditation).values())
    return [
        {
            "title": standard.title.id,
            "items": [
                {
                    "code": item.code,
                    "text": item.text.id,
                    "values": [_value(scores.get(item.code)) for scores in given],
                }
                for item in standard.items
            ],
        }
        for standard in scheme_of(accreditation).standards
    ]


def _value(score: Any) -> str:
    if score is None:
        return "–"
    return "tidak dapat dilihat" if score.value is None else str(score.value)
