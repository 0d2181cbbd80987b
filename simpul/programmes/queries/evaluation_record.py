"""What an evaluation stores: numbers of groups and nothing of one person, nor of a group that is too small."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simpul.engines.statistics import Evaluation, to_json
from simpul.programmes.queries.evaluation_data import Gathered
from simpul.programmes.queries.evaluation_groups import TOGETHER, grouped

FORMAT = 1
# Findings of this subject's own, beside those of the engine.
LEFT_FEW, OUTLIERS_FEW = "left_few", "outliers_few"
_COUNTED = ("before", "after", "all_before", "all_after")
_OF_COMPARISON = "compar"
_OF_ONE = ("lowest", "highest", "median")
_OF_WAVES = ("waves_", "step_")


def record_of(gathered: Gathered, evaluation: Evaluation) -> dict[str, Any]:
    """The same evaluation of the same data gives the same record, to the byte."""
    found = to_json(evaluation, with_people=False)
    found["aspects"] = [_aspect(one, gathered) for one in found["aspects"]]
    # How the people of one organisation are called here is a key, which says nothing to a reader.
    found["flow"]["organisations"] = len(found["flow"]["organisations"])
    return {
        "format": FORMAT,
        "programme": dict(gathered.inputs["programme"]),
        "instrument": [gathered.instrument.code, gathered.instrument.version],
        "waves": list(gathered.programme.waves),
        "smallest": gathered.smallest,
        "labels": dict(gathered.labels),
        "flow": dict(gathered.flow),
        "missing": dict(gathered.missing),
        "plans": gathered.inputs["plans"],
        "money": gathered.inputs["money"],
        "evaluation": found,
    }


def _aspect(one: dict[str, Any], gathered: Gathered) -> dict[str, Any]:
    smallest = gathered.smallest
    sizes = [one[name]["n"] for name in _COUNTED]
    if any(0 < size < smallest for size in sizes):
        return {"aspect": one["aspect"], "withheld": one["before"]["n"]}
    for every, paired in (("all_before", "before"), ("all_after", "after")):
        # Beside each other, both means would tell what the few said who stand in one of them alone.
        if 0 < one[every]["n"] - one[paired]["n"] < smallest:
            one[every] = {"n": one[every]["n"]}
    if one["missing"] and one["missing"]["people"] < smallest:
        one["missing"] = {"people": one["missing"]["people"]}
        one["findings"] = [_of_few(told, "left_", LEFT_FEW, "left") for told in one["findings"]]
    if 0 < (one["shape"]["outliers"] or 0) < smallest:
        one["shape"]["without"] = None
        one["findings"] = [_of_few(told, "outliers", OUTLIERS_FEW, "count") for told in one["findings"]]
    if one["shift"]:
        # Who went from which category to which is soon one person; how many stand in each is told.
        one["shift"]["table"] = []
    one["organisations"] = _merged(one["organisations"], gathered.shown_as, smallest)
    one["waves"] = [wave for wave in one["waves"] if wave[1]["n"] >= smallest]
    one["over_waves"], one["findings"] = _along(one, smallest)
    for described in (*(one[name] for name in _COUNTED), *(wave[1] for wave in one["waves"])):
        # Each of them is what one person scored.
        for name in _OF_ONE:
            described.pop(name, None)
    compared = one["compared"]
    if compared and 0 < compared["compared_people"] < smallest:
        one["compared"] = None
        one["findings"] = [told for told in one["findings"] if _OF_COMPARISON not in told["kind"]]
    return one


def _along(one: dict[str, Any], smallest: int) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """All tests together, unless the few who missed one of them could be reckoned from what else is shown."""
    found = one["over_waves"]
    if found is None:
        return None, one["findings"]
    others = [one["paired"]["pairs"], one["all_before"]["n"], one["all_after"]["n"]]
    others += [wave[1]["n"] for wave in one["waves"]]
    if found["people"] >= smallest and not any(0 < number - found["people"] < smallest for number in others):
        return found, one["findings"]
    kept = [told for told in one["findings"] if not told["kind"].startswith(_OF_WAVES)]
    return {"people": found["people"], "waves": found["waves"], "steps": []}, kept


def _of_few(finding: dict[str, Any], kind: str, told_as: str, number: str) -> dict[str, Any]:
    """Means with and without a few people would tell what these had scored: their number and the answer stay."""
    if not finding["kind"].startswith(kind):
        return finding
    return {**finding, "kind": told_as, "values": {number: finding["values"][number]}}


def _merged(rows: list[dict[str, Any]], shown_as: Mapping[str, str], smallest: int) -> list[dict[str, Any]]:
    """Organisations as they may be shown, with means over their people; first as everywhere, then by pairs."""
    everywhere = _under(rows, shown_as)
    return _under(everywhere, grouped({row["organisation"]: row["pairs"] for row in everywhere}, smallest))


def _under(rows: list[dict[str, Any]], names: Mapping[str, str]) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if name := names.get(row["organisation"], ""):
            found.setdefault(name, []).append(row)
    return [_together(name, found[name]) for name in sorted(found, key=lambda name: (name == TOGETHER, name))]


def _together(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    pairs = sum(row["pairs"] for row in rows)
    if len(rows) == 1:
        return {**rows[0], "organisation": name}
    means = {
        part: sum(row[part] * row["pairs"] for row in rows) / pairs
        for part in ("before", "after", "difference")
    }
    return {"organisation": name, "pairs": pairs, **means}
