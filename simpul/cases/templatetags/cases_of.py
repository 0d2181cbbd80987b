"""Cases on the page of a person, which may not know them itself: it loads this by name."""

from __future__ import annotations

from django.template import Context, Library

from simpul.cases.models import Case
from simpul.cases.queries import cases_within_reach
from simpul.cases.queries.case import case_of
from simpul.cases.queries.glass import has_closed_case
from simpul.people.models import Person
from simpul.screening.models import Screening

register = Library()


@register.simple_tag(takes_context=True)
def open_case_of(context: Context, person: Person) -> Case | None:
    """The newest open case of this person within reach of who reads."""
    found: Case | None = cases_within_reach(context["user"]).filter(person=person).open().first()
    return found


@register.simple_tag(takes_context=True)
def reaches_case_of(context: Context, screening: Screening) -> bool:
    """Whether who reads may see the case that came of a screening."""
    return case_of(screening, context["user"]) is not None


@register.simple_tag(takes_context=True)
def has_closed_case_of(context: Context, person: Person) -> bool:
    """Whether there is a protected case that who reads could open with a reason. Which, is not told."""
    return has_closed_case(person, context["user"])
