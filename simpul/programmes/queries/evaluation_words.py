"""Numbers and names of an evaluation as its report writes them, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from simpul.catalogue.instruments import Domain, Instrument
from simpul.engines.statistics import heads, written
from simpul.instruments.queries import find
from simpul.programmes.queries.evaluation_groups import TOGETHER


@dataclass(frozen=True, slots=True)
class Words:
    """How things are called: by the instrument where it is still stored, else as they were kept."""

    language: str
    instrument: Instrument | None
    labels: Mapping[str, str]

    @classmethod
    def of(cls, record: Mapping[str, Any], language: str) -> Words:
        """The words for a stored evaluation."""
        code, version = record["instrument"]
        try:
            return cls(language, find(code, version), record["labels"])
        except KeyError:
            return cls(language, None, record["labels"])

    def number(self, value: float | int | None, name: str = "") -> str:
        return written(name, value, self.language)

    def heads(self, *names: str) -> tuple[str, ...]:
        return heads(names, self.language)

    def aspect(self, aspect: Mapping[str, Any]) -> str:
        domain = self._domain(aspect["code"])
        return domain.title.in_language(self.language) if domain else aspect["title"] or aspect["code"]

    def band(self, aspect: Mapping[str, Any], row: Mapping[str, Any]) -> str:
        domain = self._domain(aspect["code"])
        known = {band.code: band for band in domain.bands} if domain else {}
        if row["code"] in known:
            return known[row["code"]].label.in_language(self.language)
        return str(row["title"] or row["code"])

    def item(self, aspect: str, code: str) -> str:
        domain = self._domain(aspect)
        known = {item.code: item for item in domain.items} if domain else {}
        return known[code].question.in_language(self.language) if code in known else code

    def organisation(self, key: str) -> str:
        """Its name, or what stands for those that are too small to be shown one by one."""
        if key == TOGETHER:
            return _("Lembaga lain bersama-sama")
        return str(self.labels.get(key, key))

    def _domain(self, code: str) -> Domain | None:
        domains = self.instrument.domains if self.instrument else ()
        return next((domain for domain in domains if domain.code == code), None)
