"""Placing many people at once: as many as there are places for, those in danger first, and then as near a fit as can be.

The assignment is solved whole (Jonker and Volgenant's way for few pairs, `scipy.sparse.csgraph`); the plain way, one
person after the other, stands beside it to be compared with. Both only propose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


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


def best(seekers: Sequence[Seeker], room: Mapping[str, int]) -> Placement:
    """The best placement: most people (by their weights), then least points. The same for every order of input.

    `room` is how many places each service has; one that is not there has none. Raises ValueError for points or
    weights that cannot be.
    """
    _check(seekers, room)
    offered = [(seeker, _choices(seeker, room, len(seekers))) for seeker in _ordered(seekers)]
    choices = [(seeker, found) for seeker, found in offered if found]
    return _placement(_solved(choices, room) if choices else {}, seekers)


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


def _ordered(seekers: Sequence[Seeker]) -> list[Seeker]:
    return sorted(seekers, key=lambda one: one.key)


def _choices(seeker: Seeker, room: Mapping[str, int], people: int) -> list[str]:
    """The services that can be the best for somebody: the cheapest, until they hold a place for everybody.

    Nobody ever needs another: all the others together cannot fill these.
    """
    found, places = [], 0
    for _cost, service in sorted((cost, service) for service, cost in seeker.costs.items()):
        if places >= people:
            break
        if held := room.get(service, 0):
            found.append(service)
            places += held
    return found


def _solved(choices: Sequence[tuple[Seeker, Sequence[str]]], room: Mapping[str, int]) -> dict[str, str]:
    # Half a second to import, and needed only here.
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    people = len(choices)
    # Every place is a column, and for everybody one more: being left over.
    seats = [
        service
        for service in sorted({service for _seeker, found in choices for service in found})
        for _place in range(min(room[service], people))
    ]
    columns: dict[str, list[int]] = {}
    for column, service in enumerate(seats):
        columns.setdefault(service, []).append(column)
    # One person left over is worse than all points together, one weight more than all people. No value is 0: that
    # would be no pair.
    gain = sum(max(seeker.costs[service] for service in found) for seeker, found in choices) + people + 1
    values: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    for row, (seeker, found) in enumerate(choices):
        for service in found:
            values += [seeker.costs[service] + 1] * len(columns[service])
            ends += columns[service]
        values.append(gain * (seeker.weight * (people + 1) + 1))
        ends.append(len(seats) + row)
        starts += [row] * (len(ends) - len(starts))
    shape = people, len(seats) + people
    pairs = csr_array((np.array(values, float), (starts, ends)), shape=shape)
    rows, taken = min_weight_full_bipartite_matching(pairs)
    keys = [seeker.key for seeker, _found in choices]
    return {keys[row]: seats[end] for row, end in zip(rows, taken, strict=True) if end < len(seats)}


def _placement(places: Mapping[str, str], seekers: Sequence[Seeker]) -> Placement:
    held = {seeker.key: seeker for seeker in seekers}
    return Placement(
        places=dict(sorted(places.items())),
        cost=sum(held[key].costs[service] for key, service in places.items()),
        weight=sum(held[key].weight for key in places),
    )
