import random
from itertools import combinations

import pytest

from simpul.cases.queries.drawings import Bond, Someone
from simpul.cases.queries.ecomap import ecomap
from tests.cases.queries.drawn import points_of

KINDS = ("cares_for", "supports", "strained", "broken")
CLIENT = Someone("", "Siti Aminah")
SCHOOL = Someone("sekolah", "SDN 4", kind="body")
AUNT = Someone("bibi", "Bibi Rohani")


def any_people(number):
    chance = random.Random(number)
    people = [
        CLIENT,
        *(
            Someone(str(n), f"Nama {n}", kind=chance.choice(["person", "body", "community"]))
            for n in range(number)
        ),
    ]
    keys = [one.key for one in people]
    bonds = [Bond(*chance.sample(keys, 2), chance.choice(KINDS)) for _ in range(2 * number)] if number else []
    return people, bonds


def lines(drawing, kind):
    return [mark for mark in drawing.marks if mark.sign == kind]


class TestEcomap:
    @pytest.mark.parametrize("number", range(31))
    def test_lets_nobody_stand_on_another_or_outside(self, number):
        drawing = ecomap(*any_people(number))
        assert len(drawing.boxes) == number + 1
        assert not [pair for pair in combinations(drawing.boxes, 2) if pair[0].overlaps(pair[1])]
        for box in drawing.boxes:
            assert 0 <= box.x <= drawing.width - box.width
            assert 0 <= box.y <= drawing.height - box.height

    @pytest.mark.parametrize("number", range(1, 31))
    def test_leads_no_tie_of_the_client_through_anybody(self, number):
        people, _bonds = any_people(number)
        drawing = ecomap(people, [Bond(one.key, "", "supports") for one in people[1:]])
        for mark in lines(drawing, "supports"):
            for point in points_of(mark):
                assert not [box.key for box in drawing.boxes if box.holds(point)]

    def test_stands_the_client_in_the_middle(self):
        drawing = ecomap([SCHOOL, CLIENT, AUNT], [])
        box = next(box for box in drawing.boxes if box.key == "")
        assert (box.x + box.width / 2, box.y + box.height / 2) == (drawing.width / 2, drawing.height / 2)

    @pytest.mark.parametrize(
        ("kind", "number", "is_thick"),
        [("supports", 1, False), ("cares_for", 1, True), ("strained", 1, False), ("broken", 4, False)],
    )
    def test_draws_each_tie_by_its_own_sign(self, kind, number, is_thick):
        drawn = lines(ecomap([CLIENT, AUNT], [Bond("bibi", "", kind)]), kind)
        assert (len(drawn), drawn[0].is_thick) == (number, is_thick)

    def test_draws_strain_as_a_zigzag(self):
        (mark,) = lines(ecomap([CLIENT, AUNT], [Bond("bibi", "", "strained")]), "strained")
        sides = {round(x, 1) for x, _y in points_of(mark)[1:-1]}
        assert len(sides) == 2

    def test_does_not_lay_two_ties_of_the_same_two_on_each_other(self):
        bonds = [Bond("bibi", "", "supports"), Bond("", "bibi", "strained")]
        drawing = ecomap([CLIENT, AUNT], bonds)
        (plain,), (zigzag,) = lines(drawing, "supports"), lines(drawing, "strained")
        assert min(x for x, _y in points_of(zigzag)[5:-5]) > max(x for x, _y in points_of(plain)) + 2

    def test_leaves_family_ties_to_the_genogram(self):
        drawing = ecomap([CLIENT, AUNT], [Bond("bibi", "", "sibling_of")])
        assert drawing.signs == {"client", "someone"}

    def test_is_the_same_for_the_same(self):
        assert ecomap(*any_people(20)) == ecomap(*any_people(20))
