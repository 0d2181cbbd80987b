"""What assessors see at the visit: the items with what the body claims, their own scores, the minutes, agreement.

Until both have locked, nobody sees what the other gave.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.accreditation.models import Accreditation, Assignment, Evidence, Lock, Score, SelfScore, Visit
from simpul.accreditation.queries.run import returned_to_visit, standing, visit_round
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.scores import are_all_locked, joined_since, scores_of, self_scores_of
from simpul.accreditation.queries.self_assessment import evidence_of
from simpul.accreditation.stages import DECIDED, Part, Stage
from simpul.catalogue.accreditation import Band, Item, Scheme, Standard, norms
from simpul.engines.statistics.agreement import FEW, NO_VARIATION, Agreement, weighted_kappa

BODY, ASSESSOR, REFUSED = "body", "assessor", "refused"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One item on an assessor's sheet: what the body says with its files, and what this assessor gave."""

    item: Item
    text: str
    hint: str
    claimed: SelfScore | None
    evidence: tuple[Evidence, ...]
    score: Score | None
    photos: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How far one assessor has come with one standard."""

    code: str
    title: str
    scored: int
    of: int

    @property
    def is_done(self) -> bool:
        return self.scored == self.of


def own_scores(assignment: Assignment) -> dict[str, Score]:
    """The newest score of each item by this assessor."""
    rows = Score.objects.filter(assignment=assignment).order_by("at", "pk")
    return {row.item: row for row in rows}


def is_locked(assignment: Assignment) -> bool:
    """Whether this assessor has finished the visit that counts now."""
    round_ = visit_round(assignment.accreditation)
    return bool(Lock.objects.filter(assignment=assignment, round=round_).exists())


def sheets(assignment: Assignment, scheme: Scheme) -> tuple[Sheet, ...]:
    """The standards with how many items this assessor has scored."""
    given = own_scores(assignment)
    return tuple(
        Sheet(
            code=standard.code,
            title=standard.title.in_language(get_language() or "id"),
            scored=sum(item.code in given for item in standard.items),
            of=len(standard.items),
        )
        for standard in scheme.standards
    )


def sheet_lines(
    accreditation: Accreditation, assignment: Assignment | None, standard: Standard
) -> tuple[SheetLine, ...]:
    """The items of one standard; without an assignment (a companion) without scores."""
    language = get_language() or "id"
    claimed = self_scores_of(accreditation)
    files = evidence_of(accreditation, is_of_visit=False)
    photos = evidence_of(accreditation, is_of_visit=True)
    given = own_scores(assignment) if assignment else {}
    return tuple(
        SheetLine(
            item=item,
            text=item.text.in_language(language),
            hint=item.evidence_hint.in_language(language) if item.evidence_hint else "",
            claimed=claimed.get(item.code),
            evidence=files.get(item.code, ()),
            score=given.get(item.code),
            photos=photos.get(item.code, ()),
        )
        for item in standard.items
    )


# --- minutes ---


def visits_of(accreditation: Accreditation) -> tuple[Visit, ...]:
    """The visits, the newest first."""
    return tuple(Visit.objects.filter(accreditation=accreditation).order_by("-on", "-at", "pk"))


def has_signed(visit: Visit, side: str, user: UUID | None = None) -> bool:
    """Whether this side has signed; of the assessors, whether this one has."""
    return any(one["side"] == side and (user is None or one.get("user") == str(user)) for one in visit.signed)


def has_answered(visit: Visit) -> bool:
    """Whether the body signed, or the assessors noted that it does not: nobody can hold up a result by silence."""
    return has_signed(visit, BODY) or has_signed(visit, REFUSED)


def is_signed_by_assessors(visit: Visit) -> bool:
    """Whether every standing assessor has signed."""
    assessors = standing(visit.accreditation, Part.ASSESSOR)
    return bool(assessors) and all(has_signed(visit, ASSESSOR, row.user) for row in assessors)


def is_fully_signed(visit: Visit) -> bool:
    """Whether the body and every standing assessor have signed."""
    return has_signed(visit, BODY) and is_signed_by_assessors(visit)


def unfinished(accreditation: Accreditation) -> str:
    """What is missing before the scores go to the second person, in words; empty when nothing is."""
    if joined := joined_since(accreditation):
        return _(
            "%(names)s kini bagian dari lembaga ini, jadi nilainya tidak dihitung. Mintalah sekretariat menugaskan penggantinya."
        ) % {"names": ", ".join(row.user_name for row in joined)}
    if not are_all_locked(accreditation):
        return _("Belum semua asesor mengunci nilainya.")
    visits = visits_of(accreditation)
    if not visits:
        return _("Berita acara visitasi belum dibuat.")
    returned = returned_to_visit(accreditation)
    anew = [visit for visit in visits if not returned or visit.at >= returned[-1]]
    if not anew:
        return _("Belum ada berita acara sejak nilai dikembalikan ke visitasi. Tulis yang baru.")
    if not any(has_answered(visit) and is_signed_by_assessors(visit) for visit in anew):
        return _("Berita acara belum ditandatangani lembaga dan semua asesor.")
    if not all(has_answered(visit) for visit in visits):
        return _("Ada berita acara tambahan yang belum ditandatangani lembaga.")
    return ""


# --- agreement ---


@dataclass(frozen=True, slots=True)
class Pair:
    """How two assessors agree; `band` is a word for reading, None where there is no number."""

    left: str
    right: str
    agreement: Agreement
    band: Band | None

    @property
    def band_words(self) -> str:
        return self.band.title.in_language(get_language() or "id") if self.band else ""

    @property
    def why_not(self) -> str:
        """Why there is no number, in words."""
        return {
            FEW: _("Terlalu sedikit butir yang dinilai keduanya, sehingga angka kesepakatan tidak berarti."),
            NO_VARIATION: _(
                "Salah satu asesor memberi nilai yang sama untuk semua butir, sehingga kesepakatan tidak dapat dihitung."
            ),
        }.get(self.agreement.why_not, "")


def agreements_for(accreditation: Accreditation, *, for_the_body: bool) -> tuple[Pair, ...]:
    """The agreement of the assessors; for the body only once it is decided."""
    if for_the_body and accreditation.stage not in (*DECIDED, Stage.APPEAL):
        return ()
    return agreements(accreditation)


def agreements(accreditation: Accreditation) -> tuple[Pair, ...]:
    """The agreement of every two assessors, once all have locked; none before.

    Items that one of them could not see are left out; items of different scales are compared by their share.
    """
    if not are_all_locked(accreditation):
        return ()
    items = {item.code: item for item in scheme_of(accreditation).items}
    names = {row.pk: row.user_name for row in standing(accreditation, Part.ASSESSOR)}
    given = scores_of(accreditation)
    return tuple(
        _pair(names[left], names[right], _both(given[left], given[right], items))
        for left, right in combinations(given, 2)
    )


def _both(left: dict[str, Score], right: dict[str, Score], items: dict[str, Item]) -> list[tuple[int, int]]:
    # In hundredths of the most, so that a step on a short scale is not taken for a small one.
    pairs = []
    for code, item in items.items():
        one, other = left.get(code), right.get(code)
        if one and other and one.value is not None and other.value is not None:
            pairs.append((one.value * 100 // item.most, other.value * 100 // item.most))
    return pairs


def _pair(left: str, right: str, pairs: list[tuple[int, int]]) -> Pair:
    found = weighted_kappa(pairs, fewest=norms().agreement_fewest)
    band = None if found.kappa is None else norms().band(round(found.kappa * 100))
    return Pair(left, right, found, band)
