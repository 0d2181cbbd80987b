"""People in templates: ages, and facts in words."""

from __future__ import annotations

from datetime import date, datetime

from django.template import Library
from django.utils.translation import get_language

from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue import wording
from simpul.people.models import Consent, DataRequest, Person, Source, State
from simpul.people.queries import Clock, HeldFact, clock_of
from simpul.people.queries import ground_words as words_of_ground
from simpul.ui.templatetags.ui import umur

register = Library()


@register.filter
def age_on(person: Person, on: date) -> str:
    """The age in words on that day, said as on every other page."""
    return umur(person.born, on) or person.age_on(on)


@register.filter
def lapsed_on(consent: Consent, on: date) -> bool:
    """Whether it ended because the child for whom it was given is grown up."""
    return consent.has_lapsed_on(on)


@register.filter
def fact_words(held: HeldFact) -> str:
    """What was said, in the language of this page; also that it is not known, or was not told."""
    fact = catalogue_facts.all_facts().get(held.name)
    if held.state != State.KNOWN or held.value is None:
        return str(State(held.state).label)
    return wording.value(fact, held.value, _language()) if fact else str(held.value)


@register.filter
def fact_question(name: str) -> str:
    """The question of a fact; its code where the catalogue no longer asks it."""
    fact = catalogue_facts.all_facts().get(name)
    return fact.question.in_language(_language()) if fact else name


@register.filter
def topic_words(topic: str) -> str:
    """The name of a group of facts."""
    return catalogue_facts.topic_label(topic).in_language(_language())


@register.filter
def source_words(source: str) -> str:
    """Who said it, or how it was seen."""
    return str(Source(source).label)


@register.filter
def proof_words(proof: str) -> str:
    """How it was proved; nothing for nothing."""
    return catalogue_facts.proof_label(proof).in_language(_language()) if proof else ""


@register.filter
def clock_at(request: DataRequest, at: datetime) -> Clock | None:
    """How long there is to answer a request; nothing where it has no clock."""
    return clock_of(request, at)


@register.filter
def ground_words(code: str) -> str:
    """On which ground a request was refused."""
    return words_of_ground(code)


def _language() -> str:
    return get_language() or "id"
