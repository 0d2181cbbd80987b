"""How many cases each worker has, against the office's norm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases.models import Case, CaseMember
from simpul.cases.queries.office import norms_for
from simpul.cases.queries.team import lasts, title

_IN_COMMUNITY = "community"


@dataclass(frozen=True, slots=True)
class Load:
    """How many open cases a worker has, and how many would be the office's norm for that mixture.

    `by_model` are pairs of a working model's title (nothing where none was chosen) and a count; `covered` is
    in how many cases the worker stands in for somebody on that day.
    """

    worker: UUID
    name: str
    open_cases: int
    by_model: tuple[tuple[str, int], ...]
    norm: int
    covered: int

    @property
    def is_above(self) -> bool:
        return self.open_cases > self.norm


def caseload(viewer: User, on: date) -> tuple[Load, ...]:
    """The load of everybody whose cases this person supervises, the heaviest first.

    The norm of a mixture is the number of cases at which the parts of the norms add up to one: 10 of 20 and
    20 of 40 are a full load of 30.
    """
    cases = Case.objects.reachable(viewer, Permission.TEAM_VIEW).open()
    norms, of_worker = _Norms(), _by_worker(_counted(cases))
    covers = CaseMember.objects.filter(lasts(on), case__in=cases.order_by().values("pk")).exclude(covers="")
    covered = dict(
        covers.order_by().values_list("user").annotate(number=Count("case")).values_list("user", "number")
    )
    rows = [_load(worker, lines, norms, covered.get(worker, 0)) for worker, lines in of_worker.items()]
    return tuple(sorted(rows, key=lambda row: (-row.open_cases / row.norm, row.name)))


def loads_of(workers: Collection[UUID]) -> dict[UUID, Load]:
    """How many open cases each of them has, wherever these are: asked before one more is given to somebody."""
    lines = _counted(Case.objects.filter(worker__in=workers).open())
    norms, of_worker = _Norms(), _by_worker(lines)
    return {worker: _load(worker, found, norms, 0) for worker, found in of_worker.items()}


def load_words(load: Load | None) -> str:
    """The load in few words; says where it is above the office's norm."""
    if load is None:
        return _("belum ada kasus")
    words = ngettext("%(count)s kasus", "%(count)s kasus", load.open_cases) % {"count": load.open_cases}
    if load.open_cases < load.norm:
        return words
    return _("%(cases)s, sudah penuh menurut norma %(norm)s") % {"cases": words, "norm": load.norm}


def _counted(cases: Any) -> Any:
    kinds = ("worker", "worker_name", "working_model", "setting", "organisation", "series")
    return cases.order_by().values(*kinds).annotate(number=Count("pk"))


def _by_worker(lines: Iterable[dict[str, Any]]) -> dict[UUID, list[dict[str, Any]]]:
    of_worker: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        of_worker[line["worker"]].append(line)
    return of_worker


class _Norms:
    """How many cases are a full load, asked once for each office."""

    def __init__(self) -> None:
        self.held: dict[tuple[UUID | None, str], dict[str, int]] = {}

    def of(self, line: dict[str, Any]) -> int:
        organisation, series = line["organisation"], line["series"]
        if (organisation, series) not in self.held:
            # The series of numbers is the organisation's, or that of the regency's office.
            of_office = Case(organisation=organisation, region="" if organisation else series)
            self.held[organisation, series] = norms_for(of_office)["caseload"]
        norms = self.held[organisation, series]
        codes = (line["working_model"], line["setting"], _IN_COMMUNITY)
        return next(norms[code] for code in codes if code in norms)


def _load(worker: UUID, lines: list[dict[str, Any]], norms: _Norms, covered: int) -> Load:
    number = sum(line["number"] for line in lines)
    full = sum(line["number"] / norms.of(line) for line in lines)
    by_model: dict[str, int] = defaultdict(int)
    for line in lines:
        by_model[title("working_models", line["working_model"])] += line["number"]
    names = [line["worker_name"] for line in lines]
    return Load(
        worker, max(names), number, tuple(sorted(by_model.items())), max(round(number / full), 1), covered
    )
