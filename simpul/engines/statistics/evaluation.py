"""A whole evaluation: every aspect before and after, tested as the design allows, with findings in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from simpul.engines.reasons import Finding
from simpul.engines.statistics.categories import UNTESTED, Shift, shift
from simpul.engines.statistics.clusters import SOME, Clustered, clustered, draw
from simpul.engines.statistics.design import Compared, Power, compared, design_power
from simpul.engines.statistics.items import ItemAnalysis, analyse_items
from simpul.engines.statistics.notes import Missing, Reliable, Shape, missing, reliable, shape
from simpul.engines.statistics.paired import Described, Paired, described, holm, mean, paired
from simpul.engines.statistics.ranks import SignedRanks, signed_ranks
from simpul.engines.statistics.study import Aspect, Column, Gathered, Study, gather
from simpul.engines.statistics.waves import OverWaves, corrected, over_waves

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class InOrganisation:
    """One organisation's own numbers on one aspect; too few for a test of its own."""

    organisation: str
    pairs: int
    before: float
    after: float
    difference: float


@dataclass(frozen=True, slots=True)
class AspectResult:
    """All about one aspect. `before` and `after` describe the people who have both scores; `all_before` and
    `all_after` everybody who was there. `dropouts` left, `newcomers` came only at the end: both named.
    `waves` describe the other tests, `over_waves` compares all tests where there are three or more. `organisations` is empty where nesting is not known, and
    `scores` are the pairs of scores in the order of the people. `holm_p`, `ranks_holm_p`, `clustered_holm_p`,
    `flip_holm_p`, `compared_holm_p` and `shift_holm_p` (of the categories) are corrected over the aspects of this evaluation.
    """

    aspect: Aspect
    before: Described
    after: Described
    all_before: Described
    all_after: Described
    dropouts: tuple[str, ...]
    newcomers: tuple[str, ...]
    paired: Paired
    ranks: SignedRanks
    clustered: Clustered
    reliable: Reliable
    shape: Shape
    missing: Missing | None
    shift: Shift | None = None
    compared: Compared | None = None
    waves: tuple[tuple[str, Described], ...] = ()
    over_waves: OverWaves | None = None
    items: ItemAnalysis | None = None
    organisations: tuple[InOrganisation, ...] = ()
    scores: tuple[tuple[float, float], ...] = ()
    holm_p: float | None = None
    ranks_holm_p: float | None = None
    clustered_holm_p: float | None = None
    flip_holm_p: float | None = None
    compared_holm_p: float | None = None
    shift_holm_p: float | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """Who took part: everybody, those with at least one pair, those who left all aspects open at the end."""

    people: int
    with_pairs: int
    dropouts: tuple[str, ...]
    newcomers: tuple[str, ...]
    organisations: tuple[str, ...]
    moved: tuple[str, ...]
    compared_people: int
    other_waves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result. `limits` say what this design cannot show, whatever the numbers are."""

    flow: Flow
    aspects: tuple[AspectResult, ...]
    power: Power
    limits: tuple[Finding, ...] = field(default=())


def computed(study: Study, progress: Progress | None = None) -> Evaluation:
    """All numbers, without findings. Raises ValueError for scores that cannot be or stand twice."""
    gathered = gather(study)
    items = {answers.aspect: analyse_items(answers) for answers in study.items}
    results, by_organisation = [], []
    for number, aspect in enumerate(study.aspects, start=1):
        groups = _grouped(gathered, gathered.columns[aspect.code])
        by_organisation.append(groups)
        results.append(
            _aspect(
                aspect,
                gathered,
                groups,
                items.get(aspect.code),
                has_comparison=bool(study.comparison),
                waves=(study.before, study.after),
            )
        )
        if progress:
            progress(number, len(study.aspects) + 1)
    tested = tuple(_corrected(results, draw(by_organisation)))
    if progress:
        progress(len(study.aspects) + 1, len(study.aspects) + 1)
    return Evaluation(_flow(gathered), tested, _power(tested))


def _grouped(gathered: Gathered, column: Column) -> dict[str, list[float]]:
    """Differences by organisation, in the order of names; people without an organisation stand in none."""
    groups: dict[str, list[float]] = {}
    for person, value in zip(column.pairs(), column.differences(), strict=True):
        groups.setdefault(gathered.organisation.get(person, ""), []).append(value)
    # Where only some have an organisation, the others cannot be told apart: then nesting is not known.
    return {} if "" in groups else dict(sorted(groups.items()))


def _aspect(
    aspect: Aspect,
    gathered: Gathered,
    groups: Mapping[str, Sequence[float]],
    items: ItemAnalysis | None,
    *,
    has_comparison: bool,
    waves: tuple[str, str],
) -> AspectResult:
    column = gathered.columns[aspect.code]
    people, differences = column.pairs(), column.differences()
    pairs = [(column.before[one], column.after[one]) for one in people]
    all_before = described(list(column.before.values()))
    alpha = items.alpha if items else None
    tested = paired(differences)
    return AspectResult(
        aspect,
        described([before for before, _after in pairs]),
        described([after for _before, after in pairs]),
        all_before,
        described(list(column.after.values())),
        tuple(sorted(column.before.keys() - column.after.keys())),
        tuple(sorted(column.after.keys() - column.before.keys())),
        tested,
        _ranks(differences, tested),
        _nested(gathered, column, groups),
        reliable(aspect, column, alpha=alpha, sd_before=all_before.sd),
        shape(dict(zip(people, differences, strict=True))),
        missing(aspect, column),
        _shift(aspect, pairs, tested) if aspect.bands else None,
        _compared(gathered, aspect.code, groups) if has_comparison else None,
        tuple(
            (wave, described(list(gathered.between[aspect.code, wave].values())))
            for wave in gathered.other_waves
        ),
        _over_waves(gathered, aspect.code, waves),
        items,
        _in_organisations(gathered, column, groups),
        tuple(pairs),
    )


def _ranks(differences: Sequence[float], tested: Paired) -> SignedRanks:
    """Where nothing can be tested (one person, all changed alike), no other test gives a p beside those words."""
    found = signed_ranks(differences)
    return replace(found, p=None, why_not=tested.why_not) if tested.why_not else found


def _shift(aspect: Aspect, pairs: Sequence[tuple[float, float]], tested: Paired) -> Shift:
    found = shift(aspect.bands, pairs)
    if found.p is None or not tested.why_not:
        return found
    return replace(found, p=None, sign_p=None, why_not=UNTESTED)


def _over_waves(gathered: Gathered, code: str, ends: tuple[str, str]) -> OverWaves | None:
    """None where there are two tests only. The others stand between the first and the last, in the order of their codes."""
    if not gathered.other_waves:
        return None
    column = gathered.columns[code]
    scores = {ends[0]: column.before, ends[1]: column.after}
    scores |= {wave: gathered.between[code, wave] for wave in gathered.other_waves}
    return over_waves((ends[0], *gathered.other_waves, ends[1]), scores, gathered.organisation)


def _nested(gathered: Gathered, column: Column, groups: Mapping[str, Sequence[float]]) -> Clustered:
    found = clustered(groups)
    is_some = not groups and any(gathered.organisation.get(one) for one in column.pairs())
    return replace(found, why_not=SOME) if is_some else found


def _in_organisations(
    gathered: Gathered, column: Column, groups: Mapping[str, Sequence[float]]
) -> tuple[InOrganisation, ...]:
    people: dict[str, list[str]] = {name: [] for name in groups}
    for one in column.pairs() if groups else ():
        people[gathered.organisation[one]].append(one)
    return tuple(
        InOrganisation(
            name,
            len(people[name]),
            mean([column.before[one] for one in people[name]]),
            mean([column.after[one] for one in people[name]]),
            mean(values),
        )
        for name, values in groups.items()
    )


def _compared(gathered: Gathered, code: str, groups: Mapping[str, Sequence[float]]) -> Compared:
    theirs = gathered.compared[code]
    other_groups = _grouped(gathered, theirs)
    return compared(
        gathered.columns[code].differences(),
        theirs.differences(),
        list(groups.values()),
        list(other_groups.values()),
    )


def _corrected(
    results: Sequence[AspectResult], drawn: Sequence[tuple[float, float] | None]
) -> Iterable[AspectResult]:
    by_person = holm([one.paired.p for one in results])
    by_rank = holm([one.ranks.p for one in results])
    by_organisation = holm([one.clustered.p for one in results])
    by_flips = holm([one.clustered.flip_p for one in results])
    moved = holm([one.shift.p if one.shift else None for one in results])
    along = corrected([one.over_waves for one in results])
    beside = holm([one.compared.p if one.compared else None for one in results])
    for place, result in enumerate(results):
        bounds = drawn[place] or (None, None)
        yield replace(
            result,
            holm_p=by_person[place],
            ranks_holm_p=by_rank[place],
            clustered_holm_p=by_organisation[place],
            flip_holm_p=by_flips[place],
            compared_holm_p=beside[place],
            shift_holm_p=moved[place],
            over_waves=along[place],
            clustered=replace(result.clustered, drawn_low=bounds[0], drawn_high=bounds[1]),
        )


def _flow(gathered: Gathered) -> Flow:
    before = {one for column in gathered.columns.values() for one in column.before}
    after = {one for column in gathered.columns.values() for one in column.after}
    pairs = {one for column in gathered.columns.values() for one in column.pairs()}
    organisations = {gathered.organisation.get(one, "") for one in gathered.people} - {""}
    return Flow(
        len(gathered.people),
        len(pairs),
        tuple(sorted(before - after)),
        tuple(sorted(after - before)),
        tuple(sorted(organisations)),
        gathered.moved,
        len(gathered.compared_people),
        gathered.other_waves,
    )


def _power(results: Sequence[AspectResult]) -> Power:
    """By the aspect with the fewest pairs and the one whose people are most alike: the careful side."""
    pairs = min((one.paired.pairs for one in results), default=0)
    nested = [one.clustered for one in results if one.clustered.df is not None]
    effects = [one.design_effect or 1.0 for one in nested]
    freedoms = [one.df for one in nested if one.df is not None]
    return design_power(pairs, len(results), max(effects, default=None), min(freedoms, default=None))
