"""What a questionnaire is: domains with items, and levels that say in words what each step means."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from simpul.catalogue.text import Text
from simpul.engines.scoring import DomainScheme, ItemScheme, Scheme

KINDS = ("scale", "choice", "number", "text")
DIRECTIONS = ("higher_is_better", "lower_is_better")
# What a questionnaire is made for; pages ask for those of one purpose.
PURPOSES = ("assessment", "satisfaction", "learning", "accreditation", "session", "organisation", "survey")


@dataclass(frozen=True, slots=True)
class Level:
    """One step of an item: its number, its name, and what it looks like in life."""

    value: int
    label: Text
    description: Text


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked or looked at. Only the kind "scale" is scored.

    A "choice" has levels without an order, a "number" and a "text" have none. is_reversed: the highest level is the
    least good one of its domain.
    """

    code: str
    question: Text
    kind: str = "scale"
    hint: Text | None = None
    levels: tuple[Level, ...] = ()
    is_reversed: bool = False
    required: bool = False
    minimum: int | None = None
    maximum: int | None = None

    def level(self, value: int) -> Level:
        """The level of that number. KeyError where there is none."""
        for level in self.levels:
            if level.value == value:
                return level
        raise KeyError(value)


@dataclass(frozen=True, slots=True)
class Band:
    """A name for the scores of a domain from `from_score` on, in the unit of that score: kurang, cukup, baik."""

    code: str
    label: Text
    from_score: float


@dataclass(frozen=True, slots=True)
class Domain:
    """Items that are scored together (an aspect).

    method, fewest_answered and at_least are those of the scoring engine. reliability (0 to below 1) and standard_deviation
    belong to the score as it is computed here, each None where nobody has measured it; `measured_in` says where they are from.
    `asks` is the domain's own question that at_least settles with yes or no. bands: the cut-offs, lowest first, the first
    from the lowest score on; none where nobody has set any.
    """

    code: str
    title: Text
    items: tuple[Item, ...]
    direction: str = "higher_is_better"
    method: str = "mean"
    fewest_answered: int | None = None
    at_least: int | None = None
    asks: Text | None = None
    reliability: float | None = None
    standard_deviation: float | None = None
    measured_in: str = ""
    bands: tuple[Band, ...] = ()

    @property
    def higher_is_better(self) -> bool:
        return self.direction == "higher_is_better"

    @property
    def is_scored(self) -> bool:
        return any(item.kind == "scale" for item in self.items)

    def band(self, score: float | None) -> Band | None:
        """The highest band that a score reaches; None where the score is not known or no cut-off is set."""
        if score is None:
            return None
        return next((band for band in reversed(self.bands) if score >= band.from_score), None)


@dataclass(frozen=True)
class Instrument:
    """One version of a questionnaire. `note` says what is not known about it; `digest` is that of its whole content."""

    code: str
    version: int
    title: Text
    about: Text
    source: str
    verified: str
    valid_from: date
    domains: tuple[Domain, ...]
    note: Text | None = None
    purposes: tuple[str, ...] = ("assessment",)
    languages: tuple[str, ...] = ("id", "en")

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items, in the order in which they are asked."""
        return tuple(item for domain in self.domains for item in domain.items)

    @cached_property
    def digest(self) -> str:
        """The same for the same content, whether it was read from a file or from the database."""
        written = json.dumps(to_json(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()

    @property
    def reliability(self) -> dict[str, float | None]:
        """The reliability of every scored domain, by its code."""
        return {domain.code: domain.reliability for domain in self.domains if domain.is_scored}

    @property
    def standard_deviation(self) -> dict[str, float | None]:
        """The standard deviation of every scored domain, by its code."""
        return {domain.code: domain.standard_deviation for domain in self.domains if domain.is_scored}

    def domain(self, code: str) -> Domain:
        """The domain of that code. KeyError where there is none."""
        return {domain.code: domain for domain in self.domains}[code]

    def item(self, code: str) -> Item:
        """The item of that code. KeyError where there is none."""
        return {item.code: item for item in self.items}[code]

    def scheme(self) -> Scheme:
        """What the scoring engine needs to know."""
        return Scheme(tuple(_domain_scheme(domain) for domain in self.domains))

    def may_be_compared_with(self, other: Instrument) -> bool:
        """Whether scores of both stand on the same scale: the same instrument, with the same scored items and levels."""
        return self.code == other.code and self.scheme() == other.scheme()


def _domain_scheme(domain: Domain) -> DomainScheme:
    return DomainScheme(
        domain.code,
        tuple(_item_scheme(item) for item in domain.items),
        domain.method,
        domain.fewest_answered,
        domain.at_least,
    )


def _item_scheme(item: Item) -> ItemScheme:
    values = sorted(level.value for level in item.levels) if item.kind == "scale" else ()
    return ItemScheme(item.code, tuple(values), item.is_reversed)


# --- as plain JSON, for what is kept in the database ---


def to_json(instrument: Instrument) -> dict[str, Any]:
    """The whole content as plain values that json can write."""
    return {
        "code": instrument.code,
        "version": instrument.version,
        "title": _told(instrument.title),
        "about": _told(instrument.about),
        "source": instrument.source,
        "verified": instrument.verified,
        "valid_from": instrument.valid_from.isoformat(),
        "note": _told(instrument.note),
        "purposes": list(instrument.purposes),
        "languages": list(instrument.languages),
        "domains": [_domain_json(domain) for domain in instrument.domains],
    }


def _domain_json(domain: Domain) -> dict[str, Any]:
    return {
        "code": domain.code,
        "title": _told(domain.title),
        "direction": domain.direction,
        "method": domain.method,
        "fewest_answered": domain.fewest_answered,
        "at_least": domain.at_least,
        "asks": _told(domain.asks),
        "reliability": domain.reliability,
        "standard_deviation": domain.standard_deviation,
        "measured_in": domain.measured_in,
        "items": [_item_json(item) for item in domain.items],
        # Where there are none nothing is written: the digest of what was kept before there were bands stays.
        **({"bands": [_band_json(band) for band in domain.bands]} if domain.bands else {}),
    }


def _band_json(band: Band) -> dict[str, Any]:
    return {"code": band.code, "label": _told(band.label), "from_score": band.from_score}


def _item_json(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "question": _told(item.question),
        "kind": item.kind,
        "hint": _told(item.hint),
        "is_reversed": item.is_reversed,
        "required": item.required,
        "minimum": item.minimum,
        "maximum": item.maximum,
        "levels": [
            {"value": level.value, "label": _told(level.label), "description": _told(level.description)}
            for level in item.levels
        ],
    }


def _told(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"id": text.id, "en": text.en}


def from_json(data: Mapping[str, Any]) -> Instrument:
    """The instrument that to_json wrote."""
    return Instrument(
        code=data["code"],
        version=data["version"],
        title=Text(**data["title"]),
        about=Text(**data["about"]),
        source=data["source"],
        verified=data["verified"],
        valid_from=date.fromisoformat(data["valid_from"]),
        note=_text(data["note"]),
        purposes=tuple(data["purposes"]),
        languages=tuple(data["languages"]),
        domains=tuple(_domain(domain) for domain in data["domains"]),
    )


def _domain(data: Mapping[str, Any]) -> Domain:
    plain = {name: value for name, value in data.items() if name not in ("title", "asks", "items", "bands")}
    return Domain(
        title=Text(**data["title"]),
        asks=_text(data["asks"]),
        items=tuple(_item(item) for item in data["items"]),
        bands=tuple(
            Band(band["code"], Text(**band["label"]), band["from_score"]) for band in data.get("bands", ())
        ),
        **plain,
    )


def _item(data: Mapping[str, Any]) -> Item:
    plain = {name: value for name, value in data.items() if name not in ("question", "hint", "levels")}
    levels = tuple(
        Level(level["value"], Text(**level["label"]), Text(**level["description"]))
        for level in data["levels"]
    )
    return Item(question=Text(**data["question"]), hint=_text(data["hint"]), levels=levels, **plain)


def _text(data: Mapping[str, str] | None) -> Text | None:
    return None if data is None else Text(**data)
