"""Cases on the page of a person, which may not know them itself: it loads this by name."""

from __future__ import annotations

from django.template import Context, Library

from simpul.cases.models import Case
from simpul.cases.queries import cases_within_reach
from simpul.people.models import Person

register = Library()


@register.simple_tag(takes_context=True)
def open_case_of(context: Context, person: Person) -> Case | None:
    """The newest open case of this person within reach of who reads."""
    found: Case | None = cases_within_reach(context["user"]).filter(person=person).open().first()
    return found
