"""Counts and their percentages, and what can be said of numbers that somebody else has printed.

Sources: a mean of whole scores can be checked against the number of people: Brown, N. J. L. & Heathers, J. A. J.
(2017). The GRIM test. Social Psychological and Personality Science 8(4), 363-369.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from simpul.engines.reasons import Answer, Finding

MORE_THAN_ALL, NEGATIVE, NO_PEOPLE = "more_than_all", "negative_count", "no_people"


def percent(count: int, total: int) -> float:
    """The one rounding rule: two decimals, a half upwards, from the counts themselves: 5 of 30 is 16.67.

    Each share is rounded for itself, so that the same count always has the same percentage; three of them may then
    sum to 99.99. Raises ValueError for counts that cannot be.
    """
    if total < 1 or not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is no share.")
    return ((20_000 * count + total) // (2 * total)) / 100


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of somebody's table: how many people, None where it is not told, and the printed percentage."""

    code: str
    count: int | None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A line with its percentage from the count; `agrees` is None where nothing was printed or nothing can be said."""

    code: str
    count: int | None
    percent: float | None
    printed: Decimal | None = None
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """Lines that should make up `total` people. `unreported` are those in no line; None where the lines cannot be."""

    total: int
    shares: tuple[Share, ...]
    unreported: int | None
    findings: tuple[Finding, ...]


def counted(lines: Sequence[Printed], total: int) -> Counted:
    """Check printed counts: impossible ones are named and get no percentage."""
    if total < 1:
        return Counted(total, (), None, (Finding(Answer.NO, NO_PEOPLE, values={"total": total}),))
    shares, findings = [], []
    for line in lines:
        share, finding = _share(line, total)
        shares.append(share)
        findings += [finding] if finding else []
    known = sum(line.count for line in lines if line.count is not None)
    if known > total:
        values = {"sum": known, "total": total, "excess": known - total}
        if not any(finding.kind == MORE_THAN_ALL for finding in findings):
            findings.append(Finding(Answer.NO, "sum_more_than_all", values=values))
        return Counted(total, tuple(shares), None, tuple(findings))
    if known < total:
        values = {"sum": known, "total": total, "unreported": total - known}
        findings.append(Finding(Answer.UNKNOWN, "unreported", values=values))
    return Counted(total, tuple(shares), total - known, tuple(findings))


def _share(line: Printed, total: int) -> tuple[Share, Finding | None]:
    count = line.count
    if count is None:
        return Share(line.code, None, None, line.percent), None
    if not 0 <= count <= total:
        kind = NEGATIVE if count < 0 else MORE_THAN_ALL
        finding = Finding(Answer.NO, kind, line.code, {"count": count, "total": total})
        return Share(line.code, count, None, line.percent), finding
    right = percent(count, total)
    if line.percent is None:
        return Share(line.code, count, right), None
    agrees = line.percent == Decimal(str(right))
    values = {"count": count, "total": total, "printed": str(line.percent), "percent": right}
    return (
        Share(line.code, count, right, line.percent, agrees),
        None if agrees else Finding(Answer.NO, _misprint(line.percent, right), line.code, values),
    )


def _misprint(printed: Decimal, right: float) -> str:
    """Rounded to fewer digits than are written (76.70 for 76.67) is not the same as wrong."""
    tenth = Decimal(str(right)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return "percent_rounded" if printed == tenth else "percent_wrong"


@dataclass(frozen=True, slots=True)
class MeansOnly:
    """What two printed means still tell. A sum is None where no whole scores of `n` people give that mean."""

    code: str
    n: int
    before: Decimal
    after: Decimal
    before_sum: int | None
    after_sum: int | None
    difference: Fraction | None
    findings: tuple[Finding, ...]


def means_only(
    code: str, n: int, before: Decimal, after: Decimal, *, difference: Decimal | None = None
) -> MeansOnly:
    """Two printed means (with all their digits) of whole scores of n people, and the printed difference if there is one.

    Significance is refused with the reason: it needs each person's scores, or the spread of the differences.
    Raises ValueError where n is under 1.
    """
    if n < 1:
        raise ValueError("Means of nobody say nothing.")
    sums = _sum_behind(before, n), _sum_behind(after, n)
    findings = [
        Finding(Answer.NO, "impossible_mean", code, {"mean": str(mean), "n": n})
        for mean, total in zip((before, after), sums, strict=True)
        if total is None
    ]
    exact = Fraction(sums[1] - sums[0], n) if sums[0] is not None and sums[1] is not None else None
    if exact is not None and difference is not None:
        right = _rounded(exact, difference)
        if right != difference:
            values = {"printed": str(difference), "difference": str(right)}
            findings.append(Finding(Answer.NO, "difference_wrong", code, values))
    findings.append(Finding(Answer.UNKNOWN, "means_alone", code, {"n": n}))
    return MeansOnly(code, n, before, after, *sums, exact, tuple(findings))


def _sum_behind(mean: Decimal, n: int) -> int | None:
    """The whole sum that gives this mean when rounded as it is printed; the nearest where several would."""
    total = int((mean * n).to_integral_value(ROUND_HALF_UP))
    return next(
        (one for one in (total, total - 1, total + 1) if _rounded(Fraction(one, n), mean) == mean), None
    )


def _rounded(exact: Fraction, like: Decimal) -> Decimal:
    """Rounded to as many decimals as `like` has."""
    digits = max(0, -int(like.as_tuple().exponent))
    scaled = exact * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole).scaleb(-digits)
