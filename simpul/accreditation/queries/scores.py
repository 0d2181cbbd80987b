"""The scores of a run: by item and assessor, who has scored, whose are locked, and what they give together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from simpul.accreditation.models import Accreditation, Assignment, Decision, Lock, Score, SelfScore, Validated
from simpul.accreditation.queries.run import standing, visit_round
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.stages import Part
from simpul.engines.reasons import Finding
from simpul.engines.scoring.grading import grade
from simpul.organisations.queries.belonging import insiders


def counting(accreditation: Accreditation) -> tuple[Assignment, ...]:
    """The assessors whose scores count: still named, and not come to belong to the body before it was decided."""
    return _named(accreditation, inside=False)


def joined_since(accreditation: Accreditation) -> tuple[Assignment, ...]:
    """The assessors who came to belong to the body before it was decided: others score in their place."""
    return _named(accreditation, inside=True)


def _named(accreditation: Accreditation, *, inside: bool) -> tuple[Assignment, ...]:
    named = standing(accreditation, Part.ASSESSOR)
    joined = insiders(
        accreditation.organisation_id, {row.user for row in named}, at=_decided_at(accreditation)
    )
    return tuple(row for row in named if (row.user in joined) is inside)


def _decided_at(accreditation: Accreditation) -> datetime | None:
    """When the plenary first decided; None before that.

    Whoever joins the body afterwards was independent while it mattered: what was decided rests on their scores.
    """
    rows = Decision.objects.filter(accreditation=accreditation).order_by("at", "pk")
    return rows.values_list("at", flat=True).first()


def scores_of(accreditation: Accreditation) -> dict[UUID, dict[str, Score]]:
    """The newest score of each item, by the key of the assignment; only of assessors whose scores count.

    Every one of them has an entry, in the order of their names, an empty one before the first score. An item that is
    not there was not scored; a Score with value None could not be seen.
    """
    found: dict[UUID, dict[str, Score]] = {row.pk: {} for row in counting(accreditation)}
    for score in Score.objects.filter(accreditation=accreditation, assignment__in=found).order_by("at", "pk"):
        found[score.assignment_id][score.item] = score
    return found


def has_scored(accreditation: Accreditation, user: UUID) -> bool:
    """Whether this person ever gave a score here, under an assignment that stands or not.

    Who did never validates, votes or decides about this body's run.
    """
    return Score.objects.filter(accreditation=accreditation, assignment__user=user).exists()


def locked_assignments(accreditation: Accreditation) -> frozenset[UUID]:
    """The keys of the assignments whose scores are locked, in the visit that counts now."""
    rows = Lock.objects.filter(accreditation=accreditation, round=visit_round(accreditation))
    return frozenset(rows.values_list("assignment", flat=True))


def has_locks(accreditation: Accreditation) -> bool:
    """Whether an assessor ever locked scores here: from then on nobody withdraws from a result not liked."""
    return bool(Lock.objects.filter(accreditation=accreditation).exists())


def are_all_locked(accreditation: Accreditation) -> bool:
    """Whether every standing assessor has locked, and there is one."""
    assessors = {row.pk for row in standing(accreditation, Part.ASSESSOR)}
    return bool(assessors) and assessors <= locked_assignments(accreditation)


def common_values(accreditation: Accreditation) -> dict[str, int | None]:
    """For every item of the scheme the value that all assessors gave alike; None where they differ or did not see.

    Where validation begins: what is None here needs the second person's own value.
    """
    given = [
        {item: score.value for item, score in scores.items()} for scores in scores_of(accreditation).values()
    ]
    common: dict[str, int | None] = {}
    for item in scheme_of(accreditation).items:
        values = {scores.get(item.code) for scores in given}
        common[item.code] = values.pop() if len(values) == 1 else None
    return common


def self_scores_of(accreditation: Accreditation) -> dict[str, SelfScore]:
    """The newest self score of each item."""
    rows = SelfScore.objects.filter(accreditation=accreditation).order_by("at", "pk")
    return {row.item: row for row in rows}


def validated_of(accreditation: Accreditation) -> dict[str, Validated]:
    """The newest validated value of each item."""
    rows = Validated.objects.filter(accreditation=accreditation).order_by("at", "pk")
    return {row.item: row for row in rows}


def grade_of(accreditation: Accreditation, values: Mapping[str, int | None]) -> Finding:
    """The grade that these values give by the scheme of this run. Raises ScoreError."""
    return grade(scheme_of(accreditation).for_grading, values)
