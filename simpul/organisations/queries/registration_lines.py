"""The checklist of a run: what is asked for, what was brought, what the desk found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.catalogue import registration as catalogue
from simpul.catalogue.registration import Demand
from simpul.organisations.models import Organisation, Paper, Registration, Requirement
from simpul.organisations.queries.papers_words import title_of
from simpul.organisations.queries.registration_office import is_applicants_turn, judged_office
from simpul.organisations.queries.registration_rules import demands, own_demand, rules_of, said, sure
from simpul.organisations.stages import CertificateKind, Kind, RunStage

# What the desk can find of one line. Only what an office added itself can be left out: the list of the regulation is
# asked of everybody.
MET, MISSING, WRONG, EXEMPT = "met", "missing", "wrong", "exempt"
ANSWERS = [
    (MET, gettext_lazy("Ada dan benar")),
    (MISSING, gettext_lazy("Belum ada")),
    (WRONG, gettext_lazy("Perlu diperbaiki")),
]
LOCAL_ANSWERS = [*ANSWERS, (EXEMPT, gettext_lazy("Tidak diminta dari lembaga ini"))]
# With these nothing stands in the way of a yes.
SETTLED = frozenset({MET, EXEMPT})
_ANSWER_WORDS = dict(LOCAL_ANSWERS)
_TAGS = {MET: "yes", MISSING: "act", WRONG: "act"}
_SEEN_SIGNS = 16


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is shown."""

    code: str
    title: str
    about: str
    source: str
    sure: str
    is_local: bool
    only_words: bool
    words: str
    paper: Paper | None
    has_run_out: bool
    answer: str
    note: str
    checked_by: str

    @property
    def is_brought(self) -> bool:
        """Whether there is anything: a paper, or words about it."""
        return bool(self.paper or self.words)

    @property
    def paper_words(self) -> str:
        """How the paper is called, with the number that stands on it."""
        return paper_in_words(self.paper) if self.paper else ""

    @property
    def is_to_mend(self) -> bool:
        return self.answer in (MISSING, WRONG)

    @property
    def is_exempt(self) -> bool:
        return self.answer == EXEMPT

    @property
    def answer_words(self) -> str:
        return str(_ANSWER_WORDS.get(self.answer, "")) if self.answer else _("Belum diperiksa")

    @property
    def tag(self) -> str:
        return _TAGS.get(self.answer, "")


def asked_now(run: Registration, on: date) -> tuple[Demand, ...]:
    """What is asked for: as long as it is a draft by the rules of today, afterwards what was asked then.

    After a return the body's legal status may be another; then what it asks for comes beside.
    """
    organisation: Organisation = run.organisation
    if run.stage == RunStage.DRAFT:
        office = judged_office(organisation, on)
        rules = rules_of(office.region) if office.is_known else None
        return demands(run.scheme, organisation.legal_status, rules, is_foreign=is_foreign(organisation))
    told = _as_told(run)
    if run.stage == RunStage.RETURNED and organisation.legal_status != run.told.get("legal_status"):
        scheme = catalogue.scheme(run.scheme)
        fresh = [
            demand
            for demand in scheme.demands
            if demand.is_asked_of(organisation.legal_status, is_foreign=is_foreign(organisation))
        ]
        of_scheme = {demand.code for demand in scheme.demands}
        return (*fresh, *(demand for demand in told if demand.code not in of_scheme))
    return told


def _as_told(run: Registration) -> tuple[Demand, ...]:
    known = {demand.code: demand for demand in catalogue.scheme(run.scheme).demands}
    known |= catalogue.overlays()
    return tuple(
        known.get(line["code"]) or own_demand(line["code"], line["title"])
        for line in run.told.get("lines", ())
    )


def told_lines(asked: Iterable[Demand]) -> list[dict[str, str]]:
    """What is asked for, as it is kept with the run."""
    return [{"code": demand.code, "title": demand.title.id} for demand in asked]


def demand_called(run: Registration, code: str, on: date) -> Demand | None:
    """One of what is asked for; None for anything else."""
    return next((demand for demand in asked_now(run, on) if demand.code == code), None)


def lines_of(run: Registration, on: date) -> tuple[Line, ...]:
    """The whole checklist in its order."""
    rows = _rows_of(run)
    return tuple(_line(demand, rows.get(demand.code), on) for demand in asked_now(run, on))


def _rows_of(run: Registration) -> dict[str, Requirement]:
    """By their codes. What was destroyed is not brought any more, as long as the applicant can bring something else."""
    rows = {row.code: row for row in Requirement.objects.filter(registration=run).select_related("paper")}
    if is_applicants_turn(run.stage):
        for row in rows.values():
            if row.paper is not None and row.paper.removed_at is not None:
                row.paper = None
    return rows


def _line(demand: Demand, row: Requirement | None, on: date) -> Line:
    paper = row.paper if row else None
    return Line(
        code=demand.code,
        title=said(demand.title),
        about=said(demand.about),
        source=demand.source,
        sure=sure(demand.verified),
        is_local=demand.is_local,
        only_words=demand.only_words,
        words=row.words if row else "",
        paper=paper,
        has_run_out=paper is not None and paper.valid_to is not None and paper.valid_to < on,
        answer=row.answer if row else "",
        note=row.note if row else "",
        checked_by=row.checked_by_name if row else "",
    )


def missing_of(run: Registration, asked: Iterable[Demand]) -> list[str]:
    """The titles of those lines for which nothing at all was brought."""
    rows = _rows_of(run)
    return [
        said(demand.title)
        for demand in asked
        if (row := rows.get(demand.code)) is None or not (row.paper_id or row.words)
    ]


def line_row(run: Registration, code: str) -> Requirement:
    """The row of one line, or what an empty one would be."""
    found: Requirement | None = Requirement.objects.filter(registration=run, code=code).first()
    return found or Requirement(registration=run, code=code)


def seen_of(line: Requirement) -> str:
    """A fingerprint of what a page shows of a line, to tell whether somebody changed it meanwhile."""
    parts = (line.paper_id, line.words, line.answer, line.note)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:_SEEN_SIGNS]


def words_of_line(line: Requirement) -> str:
    """What a line holds, said in one phrase."""
    return line.words or (paper_in_words(line.paper) if line.paper else _("kosong"))


def paper_in_words(paper: Paper) -> str:
    """Its title or kind, and the number that stands on it."""
    return ", ".join(part for part in (title_of(paper), paper.number) if part)


def papers_of(organisation: Organisation) -> list[Paper]:
    """The papers that a body can attach: those that no newer one replaced."""
    rows: Any = Paper.objects.filter(organisation=organisation, replaced_by=None, removed_at=None)
    return list(rows.order_by("kind", "-at"))


def certificate_kind(organisation: Organisation) -> str:
    """A licence for a foreign body, a certificate of registration for all others."""
    return str(CertificateKind.LICENCE if is_foreign(organisation) else CertificateKind.REGISTRATION)


def is_foreign(organisation: Organisation) -> bool:
    """Whether it was founded under the law of another state: the ministry licenses it, by a list of its own."""
    return bool(organisation.kind == Kind.FOREIGN_LKS)
