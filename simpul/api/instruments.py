"""Instruments: which there are, and one version of one with all its questions."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from ninja import Router

from simpul.access.gate import Entered
from simpul.access.permissions import Permission
from simpul.api.answers import read
from simpul.api.assessment_shapes import InstrumentLine, InstrumentShape
from simpul.api.door import Holds
from simpul.instruments import queries

router = Router(tags=["Instruments"])
VIEW = Permission.INSTRUMENT_VIEW


@router.get("/instruments", auth=Holds(VIEW), response=read(list[InstrumentLine]))
def instruments(request: Entered) -> Any:
    """The newest version of each: those that Simpul brings along, and the office's own."""
    return list(queries.available(request.user, purpose=""))


@router.get("/instruments/{slug:code}/{int:version}", auth=Holds(VIEW), response=read(InstrumentShape))
def instrument(request: Entered, code: str, version: int) -> Any:
    """One version: what it asks, where it is from, how sure it is, and what is not known about it."""
    if queries.is_shipped(code, version):
        return queries.find(code, version)
    own = queries.own_of(request.user, code, version)
    if own is None:
        raise Http404
    return own.instrument
