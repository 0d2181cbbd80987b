"""The service agreements of a case."""

from __future__ import annotations

from simpul.cases.models import Agreement, Case

LONGEST_NAME = 200
LONGEST_WORDS = 2000


def agreements_of(case: Case) -> tuple[Agreement, ...]:
    """All of them, the one in force first."""
    return tuple(Agreement.objects.filter(case=case).order_by("-on", "-at"))
