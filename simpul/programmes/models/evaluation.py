"""An evaluation as it was run, and what left as an extract for research."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import PROTECT, BooleanField, CharField, DateField, ForeignKey, JSONField, Q

from simpul.access.permissions import Permission
from simpul.access.reach import HoldsGrants
from simpul.programmes.models.programme import OfProgramme, OfWholeProgrammeQuerySet, Programme


class EvaluationQuerySet(OfWholeProgrammeQuerySet):
    """Runs that are for who runs the programme alone are there for nobody else."""

    def reachable(self, user: HoldsGrants, permission: Permission) -> Self:
        within = Programme.objects.reachable(user, Permission.PROGRAMME_MANAGE).order_by().values("pk")
        return super().reachable(user, permission).filter(Q(is_inner=False) | Q(programme__in=within))


class Evaluation(OfProgramme):
    """One run of the statistics: of which data (`digest`), with which settings, and all that came out.

    The same data give the same result to the byte. `result` holds numbers of groups, never a person's answers.
    `is_inner`: so close to a run that readers hold that the difference would tell what one person scored; `marks` are
    what that is found out by.
    """

    programme = ForeignKey(Programme, PROTECT, related_name="evaluations")
    on = DateField()
    digest = CharField(max_length=64)
    settings: Any = JSONField(default=dict)
    result: Any = JSONField()
    is_final = BooleanField(default=False)
    is_inner = BooleanField(default=False)
    marks: Any = JSONField(default=dict)

    objects = EvaluationQuerySet.as_manager()  # type: ignore[misc]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"


class Extract(OfProgramme):
    """A pseudonymous file for research was made: for what, for whom. Recorded before it leaves."""

    programme = ForeignKey(Programme, PROTECT, related_name="extracts")
    on = DateField()
    purpose = CharField(max_length=300)
    for_whom = CharField(max_length=200)
    digest = CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"
