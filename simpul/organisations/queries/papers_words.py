"""Words for papers: their kind, and how long such a paper usually holds."""

from __future__ import annotations

from django.utils.translation import ngettext

from simpul.catalogue.organisations.papers import PaperKind, paper_kind
from simpul.organisations.models import Paper
from simpul.organisations.queries.registration_rules import said, sure


def kind_title(code: str) -> str:
    """The name of a kind; the code itself where the catalogue does not hold it any more."""
    kind = paper_kind(code)
    return said(kind.title) if kind else code


def title_of(paper: Paper) -> str:
    """How a paper is called: by its own title, or by its kind."""
    return paper.title or kind_title(paper.kind)


def usual_words(kind: PaperKind) -> str:
    """How long such a paper usually holds, and that this is only usual; empty where nobody knows."""
    if kind.usual_months is None:
        return ""
    usual = ngettext(
        "Biasanya berlaku %(months)s bulan. Yang menentukan tetap tanggal yang tercetak.",
        "Biasanya berlaku %(months)s bulan. Yang menentukan tetap tanggal yang tercetak.",
        kind.usual_months,
    ) % {"months": kind.usual_months}
    return f"{usual} ({sure(kind.usual_verified)})"
