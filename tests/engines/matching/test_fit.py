import random
from dataclasses import replace
from datetime import date
from math import inf, isclose

import pytest

from simpul.catalogue import facts
from simpul.catalogue.services.matching import conditions_of, matching
from simpul.engines.matching.fit import (
    GRADES,
    Need,
    Offer,
    Order,
    Spot,
    eligibility,
    kept,
    rank,
    ranked,
)
from simpul.engines.matching.nearness import kilometres
from simpul.engines.reasons import Answer, Finding
from simpul.engines.rules import DateRange, parse

ON = date(2026, 11, 21)
VILLAGE = "21.02.01.1001"
ORDER = matching().order


def an_offer_of(key, name="", **details):
    asked = {one: details.pop(one) for one in ("age_from", "age_to", "sex", "rule") if one in details}
    return Offer(key, name, conditions=conditions_of(**asked), **details)


def rule(text):
    return parse(text, facts=facts.specs(), names=facts.book().derived)


def need(**changed):
    known = {"facts": {"born": date(1954, 3, 1), "sex": "P"}, "region": VILLAGE}
    return Need(on=ON, **{**known, **changed})


def part(found, name):
    return next(one for one in found.finding.parts if one.about == name)


class TestEligibility:
    @pytest.mark.parametrize(
        ("offer", "answer"),
        [
            pytest.param({}, Answer.YES, id="for everybody"),
            pytest.param({"age_from": 72}, Answer.YES, id="exactly as old as needed"),
            pytest.param({"age_from": 73}, Answer.NO, id="a year too young"),
            pytest.param({"age_to": 71}, Answer.NO, id="a year too old"),
            pytest.param({"age_from": 60, "age_to": 72}, Answer.YES, id="within both ends"),
            pytest.param({"sex": "L"}, Answer.NO, id="of the other sex"),
            pytest.param({"areas": ("21.02",)}, Answer.YES, id="within the area"),
            pytest.param({"areas": ("21.021",)}, Answer.NO, id="only alike in its first signs"),
            pytest.param({"need_types": frozenset({"LT"})}, Answer.UNKNOWN, id="a type not decided"),
            pytest.param({"age_from": 73, "rule": rule("poor")}, Answer.NO, id="a no beside an unknown"),
        ],
    )
    def test_is_the_least_of_its_conditions(self, offer, answer):
        assert eligibility(an_offer_of("a", **offer), need()).answer is answer

    def test_names_what_is_still_missing(self):
        found = eligibility(an_offer_of("a", rule=rule("poor AND AGE(born) >= 60")), need())
        assert found.answer is Answer.UNKNOWN
        assert found.values["missing"] == ("poor",)

    def test_names_nothing_once_it_is_certain(self):
        found = eligibility(an_offer_of("a", sex="L", rule=rule("poor")), need())
        assert found.answer is Answer.NO
        assert "missing" not in found.values

    def test_is_open_where_an_estimated_birth_straddles_the_bound(self):
        born = DateRange(date(1965, 1, 1), date(1967, 12, 31))
        found = eligibility(an_offer_of("a", age_from=60), need(facts={"born": born}))
        assert found.answer is Answer.UNKNOWN
        assert found.values["missing"] == ("born",)

    def test_is_open_where_only_a_part_of_the_region_is_served(self):
        found = eligibility(an_offer_of("a", areas=(VILLAGE,)), need(region="21.02"))
        assert found.answer is Answer.UNKNOWN
        assert found.values["missing"] == ("region",)

    @pytest.mark.parametrize("known", [True, False, None], ids=["true", "false", "not known"])
    def test_tells_nothing_of_a_fact_that_is_withheld(self, known):
        about = need(facts={"poor": known}, withheld=frozenset({"poor"}))
        found = eligibility(an_offer_of("a", rule=rule("poor")), about)
        assert found.answer is Answer.UNKNOWN
        assert found.values == {"withheld": True}
        assert "poor" not in "".join(found.lines())

    def test_tells_nothing_of_a_type_that_is_withheld(self):
        about = need(types={"KTK": Answer.YES}, withheld_types=frozenset({"KTK"}))
        found = eligibility(an_offer_of("a", need_types=frozenset({"KTK"})), about)
        assert found.answer is Answer.UNKNOWN
        assert "KTK" not in "".join(found.lines())


class TestDistance:
    @pytest.mark.parametrize(
        ("region", "grade"),
        [
            (VILLAGE, "village"),
            ("21.02.01.1002", "district"),
            ("21.02.02.2001", "regency"),
            ("21.71.01.1001", "province"),
            ("14.71.01.1001", "elsewhere"),
            ("", "unknown"),
        ],
    )
    def test_is_told_by_the_codes(self, region, grade):
        found = ranked(an_offer_of("a", spots=(Spot(region),)), need(), ORDER)
        assert part(found, "distance").answer == grade

    def test_takes_the_nearest_of_several_places(self):
        spots = (Spot("14.71.01.1001"), Spot("21.02.01.1002"))
        assert part(ranked(an_offer_of("a", spots=spots), need(), ORDER), "distance").answer == "district"

    def test_is_never_told_nearer_than_the_regency_of_a_contact_point(self):
        spot = Spot(VILLAGE, (1.0, 103.4), is_island=True, is_guarded=True)
        found = part(ranked(an_offer_of("a", spots=(spot,)), need(position=(1.0, 103.4)), ORDER), "distance")
        assert found.answer == "regency"
        assert set(found.values) == {"guarded", "points"}

    def test_hints_at_a_ferry_but_not_within_the_village(self):
        near, far = Spot(VILLAGE, is_island=True), Spot("21.02.02.2001", is_island=True)
        told = [
            part(ranked(an_offer_of("a", spots=(spot,)), need(), ORDER), "distance") for spot in (near, far)
        ]
        assert [one.values.get("ferry") for one in told] == [None, True]

    def test_measures_the_great_circle(self):
        # One degree of a meridian is 111.19 km on a sphere of the mean radius.
        assert isclose(kilometres((0.0, 103.0), (1.0, 103.0)), 111.195, abs_tol=0.01)
        assert kilometres((1.0, 103.4), (1.0, 103.4)) == 0.0


class TestAccess:
    def test_counts_only_where_something_is_needed(self):
        assert part(ranked(an_offer_of("a"), need(), ORDER), "access").answer == "not_needed"

    @pytest.mark.parametrize(
        ("offered", "grade"),
        [({"home_visit"}, "fits"), (set(), "unknown"), ({"braille"}, "lacks")],
        ids=["one of the group", "nothing said", "something else"],
    )
    def test_is_met_by_one_of_each_group(self, offered, grade):
        about = need(accesses=(("wheelchair", "home_visit"),))
        assert (
            part(ranked(an_offer_of("a", accesses=frozenset(offered)), about, ORDER), "access").answer
            == grade
        )


# --- the order ---


def an_offer(chance, number):
    regions = (VILLAGE, "21.02.01.1002", "21.02.02.2001", "21.71.01.1001", "14.71.01.1001", "")
    return an_offer_of(
        key=f"{number:03}",
        name=chance.choice(["Anggrek", "Bakung", "Cempaka"]),
        rule=chance.choice([None, rule("poor"), rule("NOT poor")]),
        age_from=chance.choice([None, 18, 60, 80]),
        sex=chance.choice(["", "P", "L"]),
        areas=chance.choice([(), ("21.02",), ("14",)]),
        spots=chance.choice([(), (Spot(chance.choice(regions), is_guarded=chance.random() < 0.3),)]),
        free=chance.choice([None, 0, 3]),
        days_waiting=chance.choice([None, 0, 7, 8, 30, 31]),
        accreditation=chance.choice(["", "B"]),
        is_confirmed=chance.random() < 0.7,
        cost=chance.choice(GRADES["cost"]),
        accesses=chance.choice([frozenset(), frozenset({"wheelchair"}), frozenset({"braille"})]),
    )


def any_offer(chance, number):
    """As above, with several places, positions, types and what cannot be known."""
    offer = an_offer(chance, number)
    spots = [
        Spot(
            chance.choice((VILLAGE, "21.02.02.2001", "14.71", "")),
            chance.choice((None, (1.0, 103.5), (0.7, 104.0))),
            is_island=chance.random() < 0.3,
            is_guarded=chance.random() < 0.3,
            is_anywhere=chance.random() < 0.1,
        )
        for _ in range(chance.randint(0, 3))
    ]
    types = frozenset(chance.sample(["LT", "KTK", "AT"], chance.randint(0, 2)))
    return replace(offer, spots=tuple(spots), need_types=types)


def any_need(chance):
    facts = {"born": date(1954, 3, 1), "sex": "P", "poor": chance.choice([True, False])}
    return need(
        facts={name: value for name, value in facts.items() if chance.random() < 0.7},
        withheld=chance.choice([frozenset(), frozenset({"poor"})]),
        types={"LT": Answer.YES, "AT": Answer.NO},
        withheld_types=chance.choice([frozenset(), frozenset({"LT"})]),
        region=chance.choice([VILLAGE, "21.02", ""]),
        position=chance.choice([None, (1.0, 103.4)]),
        accesses=chance.choice([(), (("wheelchair", "braille"),)]),
        wished=frozenset({"003"}),
        put_aside=frozenset({"005"}),
    )


def plainly(offers, about, order):
    """The twin: says of each pair which comes first, criterion by criterion, and sorts by hand."""

    def grades(offer):
        found = {one.about: one for one in ranked(offer, about, order).finding.parts}
        return found, {name: order.points[name][str(one.answer)] for name, one in found.items()}

    def before(one, other):
        (mine, my_points), (theirs, their_points) = grades(one), grades(other)
        for tier in order.tiers:
            difference = sum(my_points[name] for name in tier) - sum(their_points[name] for name in tier)
            if difference:
                return difference < 0
        for left, right in (
            (mine["distance"].values.get("km"), theirs["distance"].values.get("km")),
            (one.days_waiting, other.days_waiting),
        ):
            if left != right:
                return left is not None and (right is None or left < right)
        return (one.name, one.key) < (other.name, other.key)

    placed = []
    for offer in offers:
        place = sum(before(other, offer) for other in placed)
        placed.insert(place, offer)
    return [offer.key for offer in placed]


class TestRank:
    @pytest.mark.parametrize("seed", range(25))
    def test_stands_as_a_plain_comparison_of_pairs_says(self, seed):
        chance = random.Random(seed)
        offers = [an_offer(chance, number) for number in range(chance.randint(0, 30))]
        about = need(
            accesses=chance.choice([(), (("wheelchair",),)]),
            wished=frozenset({"003", "004"}),
            put_aside=frozenset({"005"}),
        )
        assert [one.offer.key for one in rank(offers, about, ORDER)] == plainly(offers, about, ORDER)

    @pytest.mark.parametrize("seed", range(25))
    def test_stands_where_its_reasons_say(self, seed):
        chance = random.Random(seed)
        about = any_need(chance)
        for found in rank([any_offer(chance, number) for number in range(60)], about, ORDER):
            parts = {one.about: one for one in found.finding.parts}
            assert {name: one.answer for name, one in parts.items()} == found.grades
            assert found.finding.answer is found.eligible
            assert found.finding.values["sums"] == found.key[: len(ORDER.tiers)]
            assert parts["distance"].values.get("km", inf) == found.key[-4]

    @pytest.mark.parametrize("seed", range(5))
    def test_is_the_same_whatever_order_they_came_in(self, seed):
        chance = random.Random(seed)
        offers = [an_offer(chance, number) for number in range(40)]
        shuffled = chance.sample(offers, len(offers))
        assert rank(offers, need(), ORDER) == rank(shuffled, need(), ORDER)

    def test_never_lets_nearness_outweigh_that_somebody_may_not_come(self):
        near = an_offer_of("near", sex="L", spots=(Spot(VILLAGE),), free=9, cost="free")
        far = an_offer_of("far", spots=(Spot("14.71.01.1001"),), free=0, is_confirmed=False)
        assert [one.offer.key for one in rank([near, far], need(), ORDER)] == ["far", "near"]

    def test_lets_an_unconfirmed_listing_sink(self):
        old = an_offer_of("old", spots=(Spot(VILLAGE),), free=5, is_confirmed=False)
        fresh = an_offer_of("fresh", spots=(Spot("21.71.01.1001"),), free=1)
        assert [one.offer.key for one in rank([old, fresh], need(), ORDER)] == ["fresh", "old"]

    def test_lets_kilometres_decide_only_between_equals(self):
        spots = [Spot("21.02.02.2001", (1.0, east)) for east in (104.0, 103.5)]
        offers = [an_offer_of(f"{number}", spots=(spot,)) for number, spot in enumerate(spots)]
        found = rank(offers, need(position=(1.0, 103.4)), ORDER)
        assert [one.offer.key for one in found] == ["1", "0"]
        assert found[0].key[-4] < found[1].key[-4] < inf

    def test_tells_a_reason_for_every_criterion(self):
        found = ranked(an_offer_of("a"), need(), ORDER)
        assert {one.about for one in found.finding.parts} == set(GRADES)

    @pytest.mark.parametrize("seed", range(5))
    def test_costs_more_the_later_its_tiers_put_it(self, seed):
        chance = random.Random(seed)
        found = rank([an_offer(chance, number) for number in range(40)], need(), ORDER)
        costs = [one.cost(ORDER.worths()) for one in found]
        assert costs == sorted(costs)
        assert len(set(costs)) == len({one.key[: len(ORDER.tiers)] for one in found})


class TestOrder:
    def test_needs_every_criterion_once(self):
        with pytest.raises(ValueError, match="exactly one tier"):
            replace(ORDER, tiers=(("eligibility",),))

    def test_needs_points_for_every_grade(self):
        with pytest.raises(ValueError, match="room needs points"):
            Order(ORDER.tiers, {**ORDER.points, "room": {"free": 0}}, (7, 30))


class TestKept:
    def test_holds_nothing_of_the_person(self):
        about = need(types={"LT": Answer.YES}, accesses=(("wheelchair",),))
        offer = an_offer_of("a", rule=rule("poor"), age_from=60, need_types=frozenset({"LT"}))
        said = "".join(kept(ranked(offer, about, ORDER).finding).lines())
        for secret in ("poor", "LT", "wheelchair", "1954", "access", "72"):
            assert secret not in said

    def test_keeps_the_grades(self):
        found = ranked(an_offer_of("a", free=3, cost="free"), need(), ORDER)
        stored = Finding.from_json(kept(found.finding).to_json())
        assert {one.about: one.answer for one in stored.parts}["room"] == "free"
        assert stored.answer is Answer.YES
