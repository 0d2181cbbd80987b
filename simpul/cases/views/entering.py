"""Before a form opens: whether the case still takes what would be typed."""

from __future__ import annotations

from simpul.access.gate import Entered
from simpul.cases.models import Case
from simpul.cases.queries.case import require_open


def require_form(request: Entered, case: Case) -> None:
    """Refuse a form of an ended case before anybody types in it.

    What was sent already is refused by its action, and shown again with what was typed.
    """
    if request.method != "POST":
        require_open(case)
