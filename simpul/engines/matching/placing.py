"""Placing many people at once: as many as there are places for, those in danger first, and then as near a fit as can be.

The assignment is solved whole (`scipy.optimize.milp`, HiGHS); the plain way, one person after the other, stands
beside it to be compared with. Both only propose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# An integer programme is solved to the very end: a gap of its default would leave people over.
_NO_GAP = 0.0


class NotSolved(RuntimeError):
    """The solver gave no answer in the time it had."""


@dataclass(frozen=True, slots=True)
class Seeker:
    """Somebody who needs a place. `weight` 1 and up: the higher, the sooner, where not all can be placed.

    `costs` are the services that may be proposed, each with how badly it fits (whole points, 0 is best).
    """

    key: str
    costs: Mapping[str, int]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Placement:
    """Who goes where; who is not in `places` is left over. `cost` is the sum of points of those placed."""

    places: Mapping[str, str]
    cost: int
    weight: int

    @property
    def placed(self) -> int:
        return len(self.places)


def best(seekers: Sequence[Seeker], room: Mapping[str, int], *, seconds: float = 60.0) -> Placement:
    """The best placement: most people (by their weights), then least points. The same for every order of input.

    `room` is how many places each service has; one that is not there has none. Raises ValueError for points or
    weights that cannot be, NotSolved when the time was too short.
    """
    _check(seekers, room)
    pairs = _pairs(seekers, room)
    if not pairs:
        return _placement({}, seekers)
    chosen = _solved(pairs, room, seconds)
    return _placement({seeker.key: service for seeker, service in chosen}, seekers)


def greedy(seekers: Sequence[Seeker], room: Mapping[str, int]) -> Placement:
    """The plain way: whoever is first by weight and key takes the best place that is still free."""
    _check(seekers, room)
    left = dict(room)
    places: dict[str, str] = {}
    for seeker in sorted(seekers, key=lambda one: (-one.weight, one.key)):
        free = [(cost, service) for service, cost in seeker.costs.items() if left.get(service, 0) > 0]
        if free:
            _cost, service = min(free)
            places[seeker.key] = service
            left[service] -= 1
    return _placement(places, seekers)


def _check(seekers: Sequence[Seeker], room: Mapping[str, int]) -> None:
    if len({seeker.key for seeker in seekers}) != len(seekers):
        raise ValueError("everybody stands here once")
    if any(seeker.weight < 1 for seeker in seekers):
        raise ValueError("a weight is 1 or more")
    if any(cost < 0 for seeker in seekers for cost in seeker.costs.values()):
        raise ValueError("points are 0 or more")
    if any(count < 0 for count in room.values()):
        raise ValueError("no service has less than no place")


def _pairs(seekers: Sequence[Seeker], room: Mapping[str, int]) -> list[tuple[Seeker, str]]:
    ordered = sorted(seekers, key=lambda one: one.key)
    return [
        (seeker, service)
        for seeker in ordered
        for service in sorted(seeker.costs)
        if room.get(service, 0) > 0
    ]


def _solved(
    pairs: Sequence[tuple[Seeker, str]], room: Mapping[str, int], seconds: float
) -> list[tuple[Seeker, str]]:
    # Half a second to import, and needed only here.
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    seekers = {key: row for row, key in enumerate(dict.fromkeys(seeker.key for seeker, _ in pairs))}
    services = {key: row for row, key in enumerate(sorted({service for _, service in pairs}), len(seekers))}
    # One person more is worth more than all points together.
    worst: dict[str, int] = {}
    for seeker, service in pairs:
        worst[seeker.key] = max(worst.get(seeker.key, 0), seeker.costs[service])
    gain = sum(worst.values()) + 1
    costs = np.array([seeker.costs[service] - gain * seeker.weight for seeker, service in pairs], float)
    rows = [row for seeker, service in pairs for row in (seekers[seeker.key], services[service])]
    columns = [column for column in range(len(pairs)) for _ in range(2)]
    shape = len(seekers) + len(services), len(pairs)
    within = csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    most = np.array([1] * len(seekers) + [room[service] for service in services], float)
    found = milp(
        costs,
        integrality=np.ones(len(pairs)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(within, -np.inf, most),
        options={"time_limit": seconds, "mip_rel_gap": _NO_GAP},
    )
    # 0 is "solved to the end"; what a time limit left half done is no answer that may be shown as the best.
    if found.x is None or found.status != 0:
        raise NotSolved(str(found.message))
    return [pair for pair, share in zip(pairs, found.x, strict=True) if share > 0.5]


def _placement(places: Mapping[str, str], seekers: Sequence[Seeker]) -> Placement:
    held = {seeker.key: seeker for seeker in seekers}
    return Placement(
        places=dict(sorted(places.items())),
        cost=sum(held[key].costs[service] for key, service in places.items()),
        weight=sum(held[key].weight for key in places),
    )
