"""Screenings on the page of a person, which may not know them itself: it loads this by name."""

from __future__ import annotations

from django.template import Context, Library

from simpul.people.models import Person
from simpul.screening.queries import OfPerson, of_person

register = Library()


@register.simple_tag(takes_context=True)
def screenings_of(context: Context, person: Person) -> OfPerson:
    """What runs and what was last judged, within reach of who reads."""
    return of_person(person.pk, context["user"])
