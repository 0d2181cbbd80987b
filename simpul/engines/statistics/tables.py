"""The tables that every evaluation begins with, from its record: the same in a command, on a page and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simpul.engines.reasons import Answer, Finding
from simpul.engines.statistics.clusters import SAME
from simpul.engines.statistics.design import ALPHA
from simpul.engines.statistics.wording import label, sentence, written

# One aspect of a record, as `to_json` gives it.
Aspect = Mapping[str, Any]
_CHANCES = {
    "holm_p": "holm_p",
    "wilcoxon_p": "ranks_holm_p",
    "clustered_holm_p": "clustered_holm_p",
    "flip_holm_p": "flip_holm_p",
}
# The findings that say whether a change is more than chance gives, and those that say why nothing is tested.
_SURE = ("sure_", "disagree_")
_UNTESTED = ("no_pairs", "few_pairs", "nobody_changed", "constant_difference")


@dataclass(frozen=True, slots=True)
class Columns:
    """One table: its headings by name, the row of an aspect by its title and language, the shares of the width."""

    names: tuple[str, ...]
    row: Callable[[Aspect, str, str], tuple[str, ...]]
    widths: tuple[int, ...]

    def heads(self, language: str) -> tuple[str, ...]:
        return heads(self.names, language)


def heads(names: Iterable[str], language: str) -> tuple[str, ...]:
    """The headings of a table."""
    return tuple(label(name, language) for name in names)


def _short(one: Aspect, title: str, language: str) -> tuple[str, ...]:
    means = (written("", one[name]["mean"], language) for name in ("before", "after"))
    return (title, " → ".join(means), verdict(one, language, title=title))


def _means(one: Aspect, title: str, language: str) -> tuple[str, ...]:
    paired = one["paired"]
    return (
        title,
        written("", paired["pairs"], language),
        _with_sd(one["before"]["mean"], one["before"]["sd"], language),
        _with_sd(one["after"]["mean"], one["after"]["sd"], language),
        _with_sd(paired["difference"], paired["sd"], language),
        interval(paired["low"], paired["high"], language),
    )


def _tests(one: Aspect, title: str, language: str) -> tuple[str, ...]:
    paired = one["paired"]
    t = "-" if paired["t"] is None else f"{written('', paired['t'], language)} ({paired['df']})"
    return (
        title,
        t,
        *(chance(p, language) for p in chances(one).values()),
        written("", paired["d_z"], language),
        interval(paired["d_z_low"], paired["d_z_high"], language),
    )


def chances(one: Aspect) -> dict[str, float | None]:
    """Every p of an aspect, corrected, by its heading; none where nothing is tested.

    Records of before sign flips were corrected have none of them.
    """
    is_tested = not one["paired"]["why_not"]
    return {name: one.get(kept) if is_tested else None for name, kept in _CHANCES.items()}


def verdict(one: Aspect, language: str, *, title: str = "") -> str:
    """Whether a change is more than chance gives: yes, or why that cannot be said."""
    for finding in one["findings"]:
        if finding["kind"] in (*_UNTESTED, SAME):
            why = sentence(Finding.from_json(finding), language, title=title)
            # Where organisations changed alike, people were still tested.
            kept = "sure_unknown" if finding["kind"] == SAME else "sure_untested"
            return label(kept, language).format(why=why)
        if finding["kind"].startswith(_SURE):
            if finding["answer"] == str(Answer.YES):
                return label("sure_yes", language)
            return label("sure_unknown", language).format(why=_why(one, finding["kind"], language))
    return "-"


def _why(one: Aspect, kind: str, language: str) -> str:
    if kind == "sure_untold":
        return label("sure_untold", language)
    high = {name: p for name, p in chances(one).items() if p is not None and p >= ALPHA}
    return "; ".join(f"{label(name, language)} {written('p', p, language)}" for name, p in high.items())


def chance(p: float | None, language: str) -> str:
    """p for a table: "0,012" or "< 0,001"."""
    return written("p", p, language).removeprefix("= ")


def interval(low: float | None, high: float | None, language: str) -> str:
    """From where to where; "-" where an end is not known."""
    if low is None or high is None:
        return "-"
    ends = {"low": written("", low, language), "high": written("", high, language)}
    return label("span", language).format(**ends)


def _with_sd(mean: float | None, sd: float | None, language: str) -> str:
    told = written("", mean, language)
    return told if sd is None else f"{told} ({written('', sd, language)})"


# What was seen of each aspect and whether it is more than chance gives; the means; every test.
SHORT = Columns(("aspect", "change", "sure"), _short, (2, 2, 4))
MEANS = Columns(
    ("aspect", "pairs", "mean_before", "mean_after", "difference", "interval"), _means, (3, 1, 2, 2, 2, 3)
)
TESTS = Columns(
    ("aspect", "t", "holm_p", "wilcoxon_p", "clustered_holm_p", "flip_holm_p", "d_z", "interval"),
    _tests,
    (3, 3, 2, 3, 3, 3, 2, 4),
)
