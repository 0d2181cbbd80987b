import random
from itertools import product

import pytest

from simpul.engines.matching.placing import Placement, Seeker, best, greedy


def someone(chance, number, services):
    some = chance.sample(services, chance.randint(0, len(services)))
    return Seeker(f"p{number}", {key: chance.randint(0, 9) for key in some}, chance.choice([1, 1, 2, 4]))


def a_round(seed):
    chance = random.Random(seed)
    services = [f"s{number}" for number in range(chance.randint(1, 3))]
    seekers = [someone(chance, number, services) for number in range(chance.randint(0, 6))]
    return seekers, {key: chance.randint(0, 2) for key in services}


def by_trying_all(seekers, room):
    """The twin: the weight, people and points of the best of all assignments there are."""
    found = (0, 0, 0)
    for chosen in product(*([None, *seeker.costs] for seeker in seekers)):
        if any(chosen.count(key) > room.get(key, 0) for key in set(chosen) - {None}):
            continue
        pairs = [(seeker, key) for seeker, key in zip(seekers, chosen, strict=True) if key]
        weight = sum(seeker.weight for seeker, _ in pairs)
        cost = sum(seeker.costs[key] for seeker, key in pairs)
        found = max(found, (weight, len(pairs), -cost))
    return found


def holds(found, seekers, room):
    by_key = {seeker.key: seeker for seeker in seekers}
    taken = list(found.places.values())
    return all(key in by_key[who].costs for who, key in found.places.items()) and all(
        taken.count(key) <= room.get(key, 0) for key in taken
    )


class TestBest:
    @pytest.mark.parametrize("seed", range(40))
    def test_is_as_good_as_trying_all(self, seed):
        seekers, room = a_round(seed)
        found = best(seekers, room)
        assert holds(found, seekers, room)
        assert (found.weight, found.placed, -found.cost) == by_trying_all(seekers, room)

    @pytest.mark.parametrize("seed", range(10))
    def test_is_never_worse_than_the_plain_way(self, seed):
        seekers, room = a_round(seed + 100)
        plain, found = greedy(seekers, room), best(seekers, room)
        assert found.placed >= plain.placed
        assert (found.weight, -found.cost) >= (plain.weight, -plain.cost)

    @pytest.mark.parametrize("seed", range(5))
    def test_is_the_same_whatever_order_they_came_in(self, seed):
        seekers, room = a_round(seed)
        turned = list(reversed(seekers))
        assert best(turned, dict(reversed(room.items()))) == best(seekers, room)

    def test_places_somebody_the_plain_way_leaves_over(self):
        seekers = [Seeker("a", {"x": 0, "y": 1}), Seeker("b", {"x": 0})]
        room = {"x": 1, "y": 1}
        assert greedy(seekers, room).placed == 1
        assert best(seekers, room).places == {"a": "y", "b": "x"}

    def test_places_who_is_in_danger_first(self):
        seekers = [Seeker("a", {"x": 0}), Seeker("b", {"x": 9}, weight=4)]
        assert best(seekers, {"x": 1}).places == {"b": "x"}

    def test_needs_no_more_than_the_nearest_services_that_hold_everybody(self):
        many = {f"s{number}": number for number in range(50)}
        found = best([Seeker("a", many), Seeker("b", many)], dict.fromkeys(many, 1))
        assert (found.cost, set(found.places.values())) == (1, {"s0", "s1"})

    def test_leaves_everybody_over_where_there_is_no_room(self):
        assert best([Seeker("a", {"x": 0})], {"x": 0}) == Placement({}, 0, 0)
        assert best([], {}) == Placement({}, 0, 0)

    @pytest.mark.parametrize(
        ("seekers", "room"),
        [
            ([Seeker("a", {}), Seeker("a", {})], {}),
            ([Seeker("a", {}, weight=0)], {}),
            ([Seeker("a", {"x": -1})], {"x": 1}),
            ([Seeker("a", {"x": 1})], {"x": -1}),
        ],
        ids=["twice the same", "no weight", "points below none", "room below none"],
    )
    def test_refuses_what_cannot_be(self, seekers, room):
        with pytest.raises(ValueError, match=r"\w"):
            best(seekers, room)


class TestGreedy:
    @pytest.mark.parametrize("seed", range(10))
    def test_keeps_within_the_room(self, seed):
        seekers, room = a_round(seed)
        assert holds(greedy(seekers, room), seekers, room)

    def test_takes_the_best_that_is_free_in_the_order_of_weight(self):
        seekers = [Seeker("a", {"x": 1, "y": 5}), Seeker("b", {"x": 2, "y": 3}, weight=2)]
        assert greedy(seekers, {"x": 1, "y": 1}).places == {"a": "y", "b": "x"}
