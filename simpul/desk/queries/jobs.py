"""One's own long work: what it is, what became of it, and the page of what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from simpul.access.models import Job, User
from simpul.access.permissions import Permission

# Where each kind of work is seen: the page of the row that it is for, or one page of all.
_OF_ROW = {
    "imports.try": "imports:batch",
    "imports.run": "imports:batch",
    "imports.undo": "imports:batch",
    "recaps.release": "recaps:release",
    "research.measure": "research:extract",
    "research.make": "research:decision",
    "programmes.evaluate": "programmes:evaluations",
}
_OF_ALL = {"population.screen": "population:register", "duplicates.find": "duplicates:pairs"}


@dataclass(frozen=True, slots=True)
class Line:
    """One job; `href` is empty where it has no page of its own."""

    job: Job

    @property
    def href(self) -> str:
        job = self.job
        if job.task in _OF_ROW and job.about:
            return reverse(_OF_ROW[job.task], args=[job.about])
        return reverse(_OF_ALL[job.task]) if job.task in _OF_ALL else ""


def jobs_of(user: User) -> QuerySet[Job, Any]:
    """What this person asked for, the newest first; who manages the system also sees the work of the nights."""
    mine = Q(wanted_by=user.pk)
    if user.can(Permission.SYSTEM_MANAGE):
        mine |= Q(wanted_by=None)
    return Job.objects.filter(mine).order_by("-wanted_at", "-id")
