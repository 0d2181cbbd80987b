"""What the numbers of an evaluation say, in order: what was seen, how sure that is, what cannot be shown.

An answer is yes where something was found, not known where it cannot be said and for every caution. A change that was
not found is "not known", never "no": too few people look the same as no change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from simpul.engines.reasons import Answer, Finding
from simpul.engines.statistics.categories import MCNEMAR, STUART_MAXWELL
from simpul.engines.statistics.clusters import FEW_CLUSTERS, SAME, SOME
from simpul.engines.statistics.design import ALPHA, ONE_BODY
from simpul.engines.statistics.evaluation import AspectResult, Evaluation, Progress, computed
from simpul.engines.statistics.study import Study
from simpul.engines.statistics.wording import NAMES

_TESTS = {MCNEMAR: "McNemar", STUART_MAXWELL: "Stuart-Maxwell"}


def evaluate(study: Study, *, progress: Progress | None = None) -> Evaluation:
    """Everything about a study, with findings for each aspect and the limits of the design.

    `progress` is told how many of how many steps are done. The same scores give the same result, in whatever order
    they come. Raises ValueError for scores that cannot be or stand twice.
    """
    evaluation = computed(study, progress)
    aspects = tuple(replace(one, findings=tuple(_about(one, evaluation))) for one in evaluation.aspects)
    return replace(evaluation, aspects=aspects, limits=tuple(_limits(evaluation, study)))


def is_sure(result: AspectResult) -> bool:
    """Whether the change is more than chance gives: only where every test that could be made says so.

    By person (t, signed ranks) and, where at least two organisations are known, by organisation (sandwich error, sign
    flips), each corrected over the aspects. Where the organisation is told for some people only, or all of them
    changed alike, nothing is sure.
    """
    if result.holm_p is None or result.clustered.why_not in (SOME, SAME):
        return False
    return all(p < ALPHA for p in _chances(result))


def _chances(result: AspectResult) -> list[float]:
    found = (result.holm_p, result.ranks_holm_p, result.clustered_holm_p, result.flip_holm_p)
    return [p for p in found if p is not None]


def _about(result: AspectResult, evaluation: Evaluation) -> Iterator[Finding]:
    tellers: tuple[Callable[[AspectResult], Iterator[Finding]], ...] = (
        _seen,
        lambda one: _sure(one, evaluation),
        _size,
        _reliably,
        _categories,
        _compared,
        _along,
        _left,
        _shaped,
        _items,
    )
    for tell in tellers:
        yield from tell(result)


def _seen(result: AspectResult) -> Iterator[Finding]:
    code, paired = result.aspect.code, result.paired
    if paired.difference is None:
        yield Finding(
            Answer.UNKNOWN, "no_pairs", code, {"before": result.all_before.n, "after": result.all_after.n}
        )
        return
    values = {
        "pairs": paired.pairs,
        "mean_before": result.before.mean,
        "mean_after": result.after.mean,
        "difference": paired.difference,
        "size": abs(paired.difference),
    }
    direction = "seen_up" if paired.difference > 0 else "seen_down" if paired.difference < 0 else "seen_same"
    yield Finding(Answer.YES, direction, code, values)


def _sure(result: AspectResult, evaluation: Evaluation) -> Iterator[Finding]:
    code, paired, clustered = result.aspect.code, result.paired, result.clustered
    if paired.difference is None:
        return
    if paired.why_not:
        yield Finding(
            Answer.UNKNOWN, paired.why_not, code, {"pairs": paired.pairs, "difference": paired.difference}
        )
        return
    nested = clustered.organisations >= 2
    if nested and clustered.p is None:
        yield Finding(Answer.UNKNOWN, clustered.why_not, code, {"organisations": clustered.organisations})
        return
    # Corrected over those aspects that this kind of test could be made of.
    chances = [one.clustered_holm_p if nested else one.holm_p for one in evaluation.aspects]
    values: dict[str, float | None] = {
        "p": result.clustered_holm_p if nested else result.holm_p,
        "low": clustered.low if nested else paired.low,
        "high": clustered.high if nested else paired.high,
        "aspects": sum(one is not None for one in chances),
    }
    if nested:
        values |= {"organisations": clustered.organisations, "person_p": result.holm_p}
    yield _decided(result, values, "by_organisation" if nested else "by_person")
    yield from _doubts(result, evaluation)


def _decided(result: AspectResult, values: dict[str, float | None], how: str) -> Finding:
    code, p = result.aspect.code, values["p"]
    if result.clustered.why_not == SOME:
        return Finding(Answer.UNKNOWN, "sure_untold", code, values)
    if is_sure(result):
        return Finding(Answer.YES, f"sure_{how}", code, values)
    disagree = p is not None and p < ALPHA
    return Finding(Answer.UNKNOWN, f"disagree_{how}" if disagree else f"sure_{how}", code, values)


def _doubts(result: AspectResult, evaluation: Evaluation) -> Iterator[Finding]:
    """Where another test says something else than the one that weighs most."""
    code, flip_p, by_organisation = result.aspect.code, result.flip_holm_p, result.clustered_holm_p
    if flip_p is not None and by_organisation is not None and by_organisation < ALPHA <= flip_p:
        organisations, least = result.clustered.organisations, _least_by_flips(evaluation)
        values = {"p": flip_p, "organisations": organisations, "least_p": least}
        kind = "flips_disagree" if least is None or least < ALPHA else "flips_too_few"
        yield Finding(Answer.UNKNOWN, kind, code, values)
    by_person, by_rank = result.holm_p, result.ranks_holm_p
    # Both take people for strangers, so they are set beside each other.
    if by_person is not None and by_rank is not None and (by_person < ALPHA) != (by_rank < ALPHA):
        yield Finding(Answer.UNKNOWN, "tests_differ", code, {"p": by_person, "ranks_p": by_rank})
    elif by_person is not None and by_organisation is not None and by_organisation < ALPHA <= by_person:
        yield Finding(Answer.UNKNOWN, "persons_disagree", code, {"p": by_person, "ranks_p": by_rank})


def _least_by_flips(evaluation: Evaluation) -> float | None:
    """The smallest p that sign flips of so many organisations can give, corrected over the aspects; None without them."""
    counts = [one.clustered.organisations for one in evaluation.aspects if one.clustered.flip_p is not None]
    return min(1.0, len(counts) * 2 / 2 ** max(counts)) if counts else None


def _size(result: AspectResult) -> Iterator[Finding]:
    paired, ranks = result.paired, result.ranks
    if paired.d_z is not None:
        values = {
            "d_z": paired.d_z,
            "low": paired.d_z_low,
            "high": paired.d_z_high,
            "ranks": ranks.rank_biserial,
        }
        kind = "size" if None not in values.values() else "size_alone"
        yield Finding(Answer.YES, kind, result.aspect.code, values)


def _reliably(result: AspectResult) -> Iterator[Finding]:
    found = result.reliable
    if found.why_not == "no_reliability":
        yield Finding(Answer.UNKNOWN, "no_reliability", result.aspect.code)
    elif not found.why_not:
        values = {
            "better": found.better,
            "worse": found.worse,
            "pairs": found.people,
            "better_percent": found.better_percent,
            "worse_percent": found.worse_percent,
            "smallest": found.smallest,
        }
        yield Finding(Answer.YES, f"reliable_by_{found.reliability_from}", result.aspect.code, values)


def _categories(result: AspectResult) -> Iterator[Finding]:
    found, code = result.shift, result.aspect.code
    if found is None or not found.people:
        return
    if found.why_not == "below_all_categories":
        yield Finding(Answer.UNKNOWN, "below_all_categories", code)
        return
    values = {"up": found.up, "down": found.down, "pairs": found.people}
    if found.p is None:
        yield Finding(Answer.UNKNOWN, f"categories_{found.why_not}", code, values)
        return
    p = result.shift_holm_p
    if p is not None and p < ALPHA and _is_nested(result):
        told = {"test": _TESTS[found.test], "p": p}
        yield Finding(Answer.UNKNOWN, "categories_nested", code, values | told)
        return
    answer = Answer.YES if p is not None and p < ALPHA else Answer.UNKNOWN
    yield Finding(answer, f"categories_{found.test}", code, values | {"p": p})


def _is_nested(result: AspectResult) -> bool:
    """Whether a test that takes people for strangers may not decide."""
    return result.clustered.organisations >= 2 or result.clustered.why_not == SOME


def _compared(result: AspectResult) -> Iterator[Finding]:
    found, code = result.compared, result.aspect.code
    if found is None:
        return
    p = result.compared_holm_p
    if p is None:
        kind = "comparison_one_organisation" if found.why_not == ONE_BODY else "comparison_untested"
        yield Finding(Answer.UNKNOWN, kind, code, {"pairs": found.compared_people})
        return
    values = {
        "change": found.change,
        "compared_change": found.compared_change,
        "difference": found.difference,
        "low": found.low,
        "high": found.high,
        "p": p,
    }
    answer = Answer.YES if p < ALPHA else Answer.UNKNOWN
    yield Finding(answer, f"compared_by_{found.unit}", code, values)


def _along(result: AspectResult) -> Iterator[Finding]:
    """All tests where there are three or more: whether anything moved, then each step that is more than chance."""
    found, code = result.over_waves, result.aspect.code
    if found is None:
        return
    p = found.holm_p
    if p is None:
        yield Finding(Answer.UNKNOWN, f"waves_{found.why_not}", code, {"whole": found.people})
        return
    values = {"whole": found.people, "waves": found.waves, "p": p, "concordance": found.concordance}
    if p < ALPHA and _is_nested(result):
        yield Finding(Answer.UNKNOWN, "waves_nested", code, values)
    else:
        yield Finding(Answer.YES if p < ALPHA else Answer.UNKNOWN, "waves_moved", code, values)
    for step in found.steps:
        if step.holm_p is not None and step.holm_p < ALPHA:
            told = {
                "first": step.first,
                "second": step.second,
                "difference": step.difference,
                "low": step.low,
                "high": step.high,
                "p": step.holm_p,
            }
            yield Finding(Answer.YES, f"step_by_{step.unit}", code, told)


def _left(result: AspectResult) -> Iterator[Finding]:
    found, code = result.missing, result.aspect.code
    if found is not None:
        seen = result.paired.difference or 0.0
        holds = min(found.lowest, found.highest, seen) > 0 or max(found.lowest, found.highest, seen) < 0
        values = {
            "left": found.people,
            NAMES: result.dropouts,
            "low": found.lowest,
            "high": found.highest,
            "carried": found.carried.difference,
        }
        yield Finding(Answer.YES if holds else Answer.UNKNOWN, f"left_{found.bounds_from}", code, values)
    if result.newcomers:
        values = {"came": len(result.newcomers), NAMES: result.newcomers}
        yield Finding(Answer.UNKNOWN, "newcomers", code, values)


def _shaped(result: AspectResult) -> Iterator[Finding]:
    found, code = result.shape, result.aspect.code
    if found.normal_p is not None and found.normal_p < ALPHA:
        yield Finding(Answer.UNKNOWN, "not_normal", code, {"p": found.normal_p})
    if found.outliers:
        values = {
            "count": len(found.outliers),
            NAMES: found.outliers,
            "without": found.without,
            "difference": result.paired.difference,
        }
        yield Finding(Answer.UNKNOWN, "outliers", code, values)
    if result.clustered.icc is not None and result.clustered.design_effect is not None:
        values = {"icc": result.clustered.icc, "design_effect": result.clustered.design_effect}
        yield Finding(Answer.YES, "alike", code, values)


def _items(result: AspectResult) -> Iterator[Finding]:
    found, code = result.items, result.aspect.code
    if found is None:
        return
    if found.alpha is None:
        yield Finding(Answer.UNKNOWN, f"alpha_{found.why_not}", code, {"complete": found.complete})
    else:
        values = {
            "alpha": found.alpha,
            "low": found.alpha_low,
            "high": found.alpha_high,
            "complete": found.complete,
        }
        yield Finding(Answer.YES, "alpha", code, values)
    if found.is_crowded:
        values = {"floor_percent": found.floor_percent, "ceiling_percent": found.ceiling_percent}
        yield Finding(Answer.UNKNOWN, "crowded", code, values)


def _limits(evaluation: Evaluation, study: Study) -> Iterator[Finding]:
    """What no number of this design can show."""
    flow, power = evaluation.flow, evaluation.power
    if flow.compared_people:
        yield Finding(Answer.UNKNOWN, "comparison_not_drawn", values={"pairs": flow.compared_people})
    else:
        yield Finding(Answer.UNKNOWN, "one_group")
    # One person without an organisation is enough: nobody can say whom that person is like.
    if any(one.paired.pairs and not one.clustered.organisations for one in evaluation.aspects):
        yield Finding(Answer.UNKNOWN, "organisations_not_told")
    elif len(flow.organisations) == 1:
        yield Finding(Answer.UNKNOWN, "one_organisation_only")
    elif len(flow.organisations) < FEW_CLUSTERS:
        yield Finding(Answer.UNKNOWN, "few_organisations", values={"organisations": len(flow.organisations)})
    if flow.dropouts:
        yield Finding(Answer.UNKNOWN, "dropouts", values={"count": len(flow.dropouts), NAMES: flow.dropouts})
    if flow.moved:
        yield Finding(Answer.UNKNOWN, "moved", values={"count": len(flow.moved), NAMES: flow.moved})
    smallest = power.corrected if power.design_effect is None else power.clustered
    least = _least_by_flips(evaluation)
    if least is not None and least >= ALPHA:
        tested = sum(one.clustered.flip_p is not None for one in evaluation.aspects)
        values = {"organisations": len(flow.organisations), "aspects": tested, "least_p": least}
        yield Finding(Answer.UNKNOWN, "never_sure", values=values)
    elif smallest is not None:
        values = {"pairs": power.pairs, "d_z": smallest, "aspects": power.aspects}
        yield Finding(Answer.UNKNOWN, "power", values=values)
    elif len(study.aspects):
        yield Finding(Answer.UNKNOWN, "no_power", values={"pairs": power.pairs})
