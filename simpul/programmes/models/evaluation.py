"""An evaluation as it was run, and what left as an extract for research."""

from __future__ import annotations

from typing import Any

from django.db.models import PROTECT, BooleanField, CharField, DateField, ForeignKey, JSONField

from simpul.programmes.models.programme import OfProgramme, Programme


class Evaluation(OfProgramme):
    """One run of the statistics: of which data (`digest`), with which settings, and all that came out.

    The same data give the same result to the byte. `result` holds numbers of groups, never a person's answers.
    """

    programme = ForeignKey(Programme, PROTECT, related_name="evaluations")
    on = DateField()
    digest = CharField(max_length=64)
    settings: Any = JSONField(default=dict)
    result: Any = JSONField()
    is_final = BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"


class Extract(OfProgramme):
    """A pseudonymous file for research was made: for what, for whom. Recorded before it leaves."""

    programme = ForeignKey(Programme, PROTECT, related_name="extracts")
    on = DateField()
    purpose = CharField(max_length=300)
    for_whom = CharField(max_length=200)
    digest = CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"
