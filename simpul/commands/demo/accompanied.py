"""People whom one body of the example programme accompanied to the end (accompanied.toml), as stories of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simpul.commands.demo.office import read

_TOLD = read("accompanied.toml")
# Reached is the expected level or above.
_REACHED, _ENDED = "goals_reached", "other"


def households() -> Iterator[dict[str, Any]]:
    """Each lives alone, as people.toml would tell it."""
    for one in _TOLD["person"]:
        told = {name: one[name] for name in ("name", "called", "sex", "age")}
        consent = {"capacity": "self", "mode": "spoken", "witness": "Tetangga"}
        yield {
            "name": _household(one),
            "organisation": _TOLD["organisation"],
            "by": _TOLD["by"],
            "days_ago": one["closed_ago"] + _TOLD["lasted"],
            "region": one["region"],
            "address": "",
            "facts": {},
            "person": [{**told, "relation": "head", "has_nik": True, "consent": consent}],
        }


def lives() -> Iterator[tuple[str, dict[str, Any]]]:
    """What happened in each case, by its name, as a file in cases/ would tell it."""
    for one in _TOLD["person"]:
        words = _words(one)
        then = [_dated(_filled(line, words), one["closed_ago"]) for line in _TOLD["then"]]
        yield _household(one), {"of": [_household(one), one["name"]], "by": _TOLD["by"], "then": then}


def _household(one: Mapping[str, Any]) -> str:
    return f"accompanied {one['name']}"


def _words(one: Mapping[str, Any]) -> dict[str, Any]:
    """What is filled in; a hope's own words name who hopes."""
    hope = {
        name: _filled(words, one) for name, words in _TOLD["hope"][one["hope"]].items() if name != "levels"
    }
    scale = _TOLD["hope"][one["hope"]]["levels"]
    start, end = one["levels"]
    came = {"start": start, "end": end, "at_start": scale[str(start)], "at_end": scale[str(end)]}
    return {**one, **hope, **came, "scale": scale, "reason": _REACHED if end >= 0 else _ENDED}


def _filled(told: Any, words: Mapping[str, Any]) -> Any:
    """Braces filled in, however deep; what is nothing but one brace becomes the value itself."""
    if isinstance(told, dict):
        return {name: _filled(held, words) for name, held in told.items()}
    if isinstance(told, list):
        return [_filled(held, words) for held in told]
    if not isinstance(told, str):
        return told
    alone = told[1:-1] if told[:1] == "{" and told[-1:] == "}" else ""
    return words[alone] if alone in words else told.format_map(words)


def _dated(line: dict[str, Any], closed_ago: int) -> dict[str, Any]:
    """Days before the closing as days before the day of the demo."""
    dated = {"ago": line.pop("before") + closed_ago, **line}
    if "before_target" in dated:
        dated["target"] = -(dated.pop("before_target") + closed_ago)
    for step in dated.get("steps", ()):
        step["due"] = -(step.pop("before_due") + closed_ago)
    return dated
