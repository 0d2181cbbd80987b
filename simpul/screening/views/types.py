"""The list of types of one edition, and one type explained."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from simpul.access.gate import Entered, needs
from simpul.access.permissions import Permission
from simpul.catalogue import editions
from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.editions import Edition
from simpul.ui.render import page


@needs(Permission.CATALOGUE_VIEW)
def types(request: Entered, edition: str = "") -> HttpResponse:
    """All types of an edition, with what each is about."""
    chosen = _edition(edition) if edition else editions.default()
    return page(request, "screening/types.html", edition=chosen, editions=editions.all_editions())


@needs(Permission.CATALOGUE_VIEW)
def type_help(request: Entered, edition: str, code: str) -> HttpResponse:
    """One type: definition, criteria, rule, examples, source, and how sure each is."""
    chosen = _edition(edition)
    try:
        need = chosen.type(code)
    except KeyError:
        raise Http404 from None
    asked = [
        fact
        for name, fact in catalogue_facts.asked_facts().items()
        if need.node and name in need.node.facts()
    ]
    return page(request, "screening/type_help.html", edition=chosen, need=need, asked=asked)


def _edition(code: str) -> Edition:
    try:
        return editions.get(code)
    except KeyError:
        raise Http404 from None
