"""Places for a page: choices while somebody types."""

from __future__ import annotations

import re

from django.http import HttpResponse

from simpul.access.gate import Entered, needs
from simpul.access.permissions import Permission
from simpul.places import queries
from simpul.ui.render import page

_CODE = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,30}")


@needs(Permission.PLACE_SEARCH)
def search(request: Entered) -> HttpResponse:
    """The choices for a place field. `for` names the field; its words come as "<field>_text" or `q`."""
    asked = request.GET.get("for", "")
    name = asked if _FIELD.fullmatch(asked) else "region"
    text = request.GET.get(f"{name}_text") or request.GET.get("q", "")
    asked_level = request.GET.get("level", "")
    level = int(asked_level) if asked_level in {"1", "2", "3", "4"} else None
    chosen, near = request.GET.get(name, ""), request.GET.get("near", "")
    found = queries.find(text, level=level, near=near if _CODE.fullmatch(near) else "")
    return page(
        request,
        "places/search.html",
        part="choices",
        found=queries.with_chosen(found, chosen if _CODE.fullmatch(chosen) else ""),
        chosen=chosen,
        optional="optional" in request.GET,
        name=name,
        text=text,
        code_list=queries.code_list(),
    )
