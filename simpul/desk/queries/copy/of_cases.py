"""How the parts about cases find their rows: only those of cases within reach, case by case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from simpul.access.permissions import Permission
from simpul.cases.models import Case
from simpul.desk.queries.copy.copying import Copying, Row, Section

Written = Callable[[Any, Copying], Iterator[Row]]


def cases_of(copying: Copying) -> Any:
    """The cases of this person that the copy may tell of."""
    reached = Case.objects.reachable(copying.viewer, Permission.PERSON_COPY)
    return reached.filter(person=copying.person).order_by("opened_at", "pk")


def of_cases(model: Any, copying: Copying, *order: str) -> list[Any]:
    """The rows of the person's cases within reach, case by case."""
    rows = model.objects.filter(case__in=cases_of(copying).order_by().values("pk")).select_related("case")
    return list(rows.order_by("case__opened_at", "case", *order, "at", "pk"))


def section_of(key: str, name: str, rows: Iterable[Any], written: Written, copying: Copying) -> Section:
    return Section(key, name, tuple(entry for one in rows for entry in written(one, copying)))


def case_of(one: Any) -> tuple[Any, ...]:
    """Which case a row belongs to."""
    return ("number", _("Kasus"), one.case.number)
