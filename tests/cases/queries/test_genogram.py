import random
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from simpul.cases.queries.drawings import Bond, Someone
from simpul.cases.queries.genogram import genogram
from tests.cases.queries.drawn import points_of, turns_around

SEEDS = some.integers(0, 10**6)
KINDS = ("parent_of", "partner_of", "former_partner_of", "sibling_of")


def someone(key, **about):
    return Someone(key, about.pop("name", f"Orang {key}"), **about)


def any_family(seed):
    """Up to 30 people with any ties at all, also such as cannot be."""
    chance = random.Random(seed)
    keys = ["", *(str(number) for number in range(chance.randint(0, 29)))]
    people = [
        someone(
            key,
            sex=chance.choice(["L", "P", ""]),
            is_alive=chance.random() < 0.8,
            lives_with_client=chance.random() < 0.4,
            born_year=chance.choice([None, 1950, 1984, 2015]),
        )
        for key in keys
    ]
    bonds = [
        Bond(chance.choice(keys), chance.choice(keys), chance.choice(KINDS))
        for _ in range(chance.randint(0, 45))
    ]
    return people, bonds


def box_of(drawing, key):
    return next(box for box in drawing.boxes if box.key == key)


class TestGenogram:
    @given(seed=SEEDS)
    @settings(max_examples=150, deadline=None)
    def test_lets_nobody_stand_on_another_or_outside(self, seed):
        drawing = genogram(*any_family(seed))
        assert not [pair for pair in combinations(drawing.boxes, 2) if pair[0].overlaps(pair[1])]
        for box in drawing.boxes:
            assert 0 <= box.x <= drawing.width - box.width
            assert 0 <= box.y <= drawing.height - box.height

    @given(seed=SEEDS)
    @settings(max_examples=150, deadline=None)
    def test_leads_no_line_through_anybody(self, seed):
        drawing = genogram(*any_family(seed))
        lines = [mark for mark in drawing.marks if mark.sign in KINDS]
        for mark in lines:
            for (x1, y1), (x2, y2) in pairwise(points_of(mark)):
                middle = ((x1 + x2) / 2, (y1 + y2) / 2)
                assert not [box.key for box in drawing.boxes if box.holds(middle, -1)], mark

    @given(seed=SEEDS)
    @settings(max_examples=150, deadline=None)
    def test_encloses_who_lives_with_the_client_and_nobody_else(self, seed):
        people, bonds = any_family(seed)
        drawing = genogram(people, bonds)
        at_home = {one.key for one in people if one.lives_with_client or one.is_client}
        for box in drawing.boxes:
            middle = (box.x + box.width / 2, box.y + box.height / 2)
            times = sum(turns_around(outline, middle) for outline in drawing.enclosures)
            assert times == (box.key in at_home and len(at_home) > 1)

    @pytest.mark.parametrize("seed", range(5))
    def test_is_the_same_for_the_same(self, seed):
        assert genogram(*any_family(seed)) == genogram(*any_family(seed))

    def test_puts_generations_in_rows(self):
        people = [someone(key) for key in ("", "ibu", "nenek", "anak", "suami", "mertua", "adik")]
        bonds = [
            Bond("nenek", "ibu", "parent_of"),
            Bond("ibu", "", "parent_of"),
            Bond("", "anak", "parent_of"),
            Bond("suami", "", "partner_of"),
            Bond("mertua", "suami", "parent_of"),
            Bond("adik", "", "sibling_of"),
        ]
        drawing = genogram(people, bonds)
        rows = {}
        for box in drawing.boxes:
            rows.setdefault(box.y, set()).add(box.key)
        assert [rows[y] for y in sorted(rows)] == [
            {"nenek"},
            {"ibu", "mertua"},
            {"", "suami", "adik"},
            {"anak"},
        ]

    def test_stands_partners_beside_each_other_the_man_left(self):
        people = [someone("", sex="P"), someone("adik"), someone("suami", sex="L")]
        drawing = genogram(people, [Bond("", "suami", "partner_of"), Bond("", "adik", "sibling_of")])
        assert box_of(drawing, "").x - box_of(drawing, "suami").x == 124

    @pytest.mark.parametrize(
        ("about", "sign"),
        [
            ({"sex": "L"}, "man"),
            ({"sex": "P"}, "woman"),
            ({}, "unknown_sex"),
            ({"is_alive": False}, "died"),
        ],
        ids=["man", "woman", "not told", "died"],
    )
    def test_shows_who_somebody_is(self, about, sign):
        drawing = genogram([someone("", sex="P"), someone("a", **about)], [Bond("a", "", "parent_of")])
        assert sign in drawing.signs
        assert "client" in drawing.signs

    def test_strikes_through_a_partnership_that_is_over(self):
        people = [someone(""), someone("a")]
        over = genogram(people, [Bond("", "a", "former_partner_of")])
        standing = genogram(people, [Bond("", "a", "partner_of")])
        assert len([mark for mark in over.marks if mark.sign == "former_partner_of"]) == 3
        assert len([mark for mark in standing.marks if mark.sign == "partner_of"]) == 1

    def test_leaves_bodies_and_who_is_no_family_to_the_ecomap(self):
        people = [someone(""), someone("guru"), someone("lks", kind="body")]
        drawing = genogram(people, [Bond("guru", "", "supports"), Bond("lks", "", "parent_of")])
        assert [box.key for box in drawing.boxes] == [""]
