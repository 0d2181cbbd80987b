"""Invented answers to a test whose sums are given: what a published paper printed as means, as raw data that never were.

Nobody gave these answers. Pure and the same on every machine, so that what is reckoned from them can be checked.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from simpul.engines.scoring import DomainScheme

# How far people differ around the mean, as a share of the range, and how alike the people of one body are.
_SPREAD, _ALIKE = 0.26, 0.5


def invented(
    domains: Sequence[DomainScheme],
    sums: Mapping[str, Mapping[str, int]],
    *,
    bodies: int,
    in_each: int,
    seed: int,
) -> dict[str, list[dict[str, int]]]:
    """By wave, the answers of each person (bodies one after the other) by item.

    `sums` gives by domain and wave what the scores of all people together come to. Raises ValueError for a sum
    that nobody's answers could come to.
    """
    # Chance that can be repeated; nothing here is secret.
    source = random.Random(seed)  # noqa: S311
    people = bodies * in_each
    homes = [source.gauss(0, 1) for _body in range(bodies)]
    standing = [_ALIKE * homes[one // in_each] + (1 - _ALIKE) * source.gauss(0, 1) for one in range(people)]
    found: dict[str, list[dict[str, int]]] = {}
    for domain in domains:
        for wave, total in sums[domain.code].items():
            answers = found.setdefault(wave, [{} for _person in range(people)])
            for person, score in enumerate(_scores(domain, total, standing, source)):
                answers[person] |= _items(domain, score, source)
    return found


def _ends(domain: DomainScheme) -> tuple[int, int]:
    return sum(item.values[0] for item in domain.scored), sum(item.values[-1] for item in domain.scored)


def _scores(domain: DomainScheme, total: int, standing: Sequence[float], source: random.Random) -> list[int]:
    """One score for each person, within the scale, which together are exactly the total."""
    lowest, highest = _ends(domain)
    if not lowest * len(standing) <= total <= highest * len(standing):
        raise ValueError(f"{len(standing)} people cannot score {total} on {domain.code!r} together.")
    middle, room = total / len(standing), _SPREAD * (highest - lowest)
    wished = [middle + room * (one + source.gauss(0, 0.4)) for one in standing]
    scores = [min(max(round(one), lowest), highest) for one in wished]
    while (left := total - sum(scores)) != 0:
        step = 1 if left > 0 else -1
        free = [place for place, score in enumerate(scores) if lowest <= score + step <= highest]
        scores[source.choice(free)] += step
    return scores


def _items(domain: DomainScheme, score: int, source: random.Random) -> dict[str, int]:
    """Answers that come to this score: from the lowest of each item, raised one by one."""
    counted = {item.code: item.values[0] for item in domain.scored}
    most = {item.code: item.values[-1] for item in domain.scored}
    while sum(counted.values()) < score:
        counted[source.choice([code for code in counted if counted[code] < most[code]])] += 1
    # What somebody ticks at a reversed item is the other end of what it counts.
    return {item.code: item.counted(counted[item.code]) for item in domain.scored}
