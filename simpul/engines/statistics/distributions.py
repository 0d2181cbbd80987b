"""The few distributions that the tests need, from scipy.

scipy takes seconds to import and is needed only while something is analysed, so each function imports it itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable

# A root is looked for until the two sides are this close, far below any digit that is shown.
_CLOSE = 1e-12


def t_two_sided(t: float, df: float) -> float:
    """The chance of a Student's t at least as far from zero."""
    from scipy import special

    return min(1.0, 2 * float(special.stdtr(df, -abs(t))))


def t_quantile(share: float, df: float) -> float:
    from scipy import special

    return float(special.stdtrit(df, share))


def f_quantile(share: float, df_above: float, df_below: float) -> float:
    from scipy import special

    return float(special.fdtri(df_above, df_below, share))


def chi_square_above(value: float, df: float) -> float:
    from scipy import special

    return float(special.chdtrc(df, value))


def normal_above(z: float) -> float:
    from scipy import special

    return float(special.ndtr(-z))


def noncentral_t_below(t: float, df: float, centre: float) -> float:
    """The chance of a noncentral t of at most `t`; `centre` is the noncentrality."""
    from scipy import special

    chance = float(special.nctdtr(df, centre, t))
    # Deep in a tail the series ends without a number, where there is nothing left to count. To fall on the other side
    # of zero than the centre is rarer than a normal that far out, and than a t without a centre.
    is_across = t * centre <= 0 and (abs(centre) > 6 or special.stdtr(df, -abs(t)) < 1e-9)
    if math.isnan(chance) and (is_across or abs(t - centre) > 6.5 * _spread(t, df)):
        return 0.0 if t < centre else 1.0
    return chance


def noncentrality(t: float, df: float, share: float) -> float | None:
    """The noncentrality under which a t of at most `t` has that share; None where numbers end before it is found."""
    # Eight of them hold the root with room to spare.
    reach = 8 * _spread(t, df) + 1
    return root(lambda centre: noncentral_t_below(t, df, centre) - share, t - reach, t + reach)


def _spread(t: float, df: float) -> float:
    """The noncentralities under which a t is likely lie about normally around it, with this standard deviation."""
    return math.sqrt(1 + t * t / (2 * df))


def root(function: Callable[[float], float], low: float, high: float) -> float | None:
    """Where a monotone function crosses zero between the two; None where it does not, or is no number there."""
    at_low, at_high = function(low), function(high)
    if not (math.isfinite(at_low) and math.isfinite(at_high)) or at_low * at_high > 0:
        return None
    for _step in range(200):
        middle = (low + high) / 2
        if high - low <= _CLOSE * max(1.0, abs(middle)):
            break
        at_middle = function(middle)
        if not math.isfinite(at_middle):
            return None
        if at_middle * at_low > 0:
            low, at_low = middle, at_middle
        else:
            high = middle
    return (low + high) / 2


def coin_two_sided(heads: int, throws: int) -> float:
    """Exact: the chance that a fair coin falls at least as unevenly as `heads` of `throws`."""
    fewer = min(heads, throws - heads)
    ways = total = 1
    for number in range(1, fewer + 1):
        ways = ways * (throws - number + 1) // number
        total += ways
    # Of whole numbers, so that nothing is lost however small the chance.
    return float(min(1.0, (2 * total) / (1 << throws)))
