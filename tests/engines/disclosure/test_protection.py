import random
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simpul.engines.disclosure import protection
from simpul.engines.disclosure.outsider import NotSolved, Outsider, Range, System
from simpul.engines.disclosure.protection import Cell, Reason, protect
from simpul.engines.disclosure.releases import audit
from simpul.engines.disclosure.tables import (
    PAIRS,
    Relation,
    Table,
    areas,
    joined,
    key,
    merged,
    plain,
    relations,
    tabulate,
)
from tests.engines.disclosure.attacker import guesses

AB, XYZ, PQ = plain("a", "AB"), plain("x", "XYZ"), plain("p", "PQ")
# Small numbers are common where protection is needed.
COUNT = st.one_of(st.integers(0, 6), st.integers(0, 40))


def flat(counts, *kinds):
    codes = product(*(kind.innermost for kind in kinds))
    return tabulate("t", kinds, dict(zip(codes, counts, strict=True)))


def texts(protected):
    """The innermost and all other cells as shown, in order."""
    return {one: cell.text or cell.count for one, cell in protected.cells.items()}


def people(chance, number):
    return [
        {
            "area": chance.choice(["21.01.01", "21.01.02", "21.02.01"]),
            "sex": chance.choice("FM"),
            "age": chance.choice(["child", "adult"]),
            "types": frozenset(chance.sample("ABC", chance.randint(1, 2))),
        }
        for _ in range(number)
    ]


def from_people(some):
    """Two linked tables of the same people: areas by sex and type (persons and pairs), and sex by age."""
    area = areas("area", ["21.01.01", "21.01.02", "21.02.01"], top="21")
    kinds, sex, age = (
        plain("type", "ABC", overlapping=True),
        plain("sex", "FM"),
        plain("age", ["child", "adult"]),
    )
    pairs, persons, ages = {}, {}, {}
    for one in some:
        where = one["area"], one["sex"]
        persons[where] = persons.get(where, 0) + 1
        ages[one["sex"], one["age"]] = ages.get((one["sex"], one["age"]), 0) + 1
        for kind in one["types"]:
            pairs[*where, kind] = pairs.get((*where, kind), 0) + 1
    first = tabulate("areas", [area, sex, kinds], pairs, persons=persons)
    second = tabulate("ages", [sex, age], ages, fixed={"area": "21"})
    return [first, second]


class TestProtect:
    def test_hides_a_small_count_and_one_more(self):
        found = protect([flat([3, 20, 30], XYZ)], threshold=5)
        assert texts(found) == {(): 53, key(x="X"): "<5", key(x="Y"): "–", key(x="Z"): 30}
        assert found.cells[key(x="Y")] == Cell(20, "–", Reason.PROTECTS)
        assert found.proof == {key(x="X"): Range(1, 4)}

    @pytest.mark.parametrize(
        ("counts", "shown"),
        [
            ([5, 6, 0], [5, 6, 0]),
            ([0, 0, 0], [0, 0, 0]),
            ([1, 9, 0], ["<5", "–", 0]),
            ([4, 5, 50], ["<5", "–", 50]),
            ([2, 3, 30], ["<5", "<5", 30]),
            ([1, 2, 30], ["<5", "<5", "–"]),
            ([4, 4, 30], ["<5", "<5", "–"]),
        ],
        ids=[
            "none small",
            "nobody",
            "zeros stay",
            "the cheapest",
            "two hide each other",
            "sum too low",
            "too high",
        ],
    )
    def test_hides_no_more_than_it_must(self, counts, shown):
        found = protect([flat(counts, XYZ)], threshold=5)
        assert [texts(found)[key(x=code)] for code in "XYZ"] == shown
        assert texts(found)[()] == sum(counts)

    def test_takes_the_sign_off_a_total_that_would_count_its_parts(self):
        found = protect([flat([1, 1, 2], XYZ)], threshold=5)
        assert texts(found) == {(): "–", key(x="X"): "<5", key(x="Y"): "<5", key(x="Z"): "<5"}
        assert found.cells[()].reason is Reason.SMALL
        assert found.proof[()].values >= 4

    def test_hides_a_total_that_is_its_only_part(self):
        found = protect([flat([3, 0, 0], XYZ)], threshold=5)
        assert texts(found) == {(): "<5", key(x="X"): "<5", key(x="Y"): 0, key(x="Z"): 0}

    def test_looks_through_linked_tables(self):
        one, two = (
            flat([3, 20, 30, 40, 50, 60], AB, XYZ),
            tabulate("u", [XYZ, PQ], {("X", "P"): 43, ("Y", "P"): 70}),
        )
        rest = tabulate("u", [XYZ, PQ], {("X", "P"): 43, ("Y", "P"): 70, ("Z", "Q"): 90})
        found = protect([one, rest], threshold=5)
        assert len(found.hidden(Reason.PROTECTS)) == 3
        with pytest.raises(ValueError, match="cannot be the count"):
            protect([one, two], threshold=5)

    def test_hides_what_is_asked_for(self):
        found = protect([flat([30, 20, 0], XYZ)], threshold=5, hide=[key(x="X"), key(x="Z")])
        assert found.hidden(Reason.ASKED) == (key(x="X"),)
        assert texts(found)[key(x="Z")] == 0

    def test_hides_again_what_was_hidden_last_time(self):
        last = protect([flat([3, 30, 20], XYZ)], threshold=5).release("2025")
        assert last.shown[key(x="Z")] == "–"
        found = protect([flat([3, 12, 20], XYZ)], threshold=5, earlier=[last])
        assert found.hidden(Reason.PROTECTS) == (key(x="Z"),)

    def test_publishes_the_same_again_where_nothing_changed(self):
        tables = from_people(people(random.Random(7), 80))
        last = protect(tables, threshold=5).release("2025")
        assert protect(tables, threshold=5, earlier=[last]).release("2025") == last

    def test_knows_sums_beyond_the_tables(self):
        stock = Table(
            "s", (), {key(at=code): n for code, n in {"start": 20, "new": 3, "left": 10, "end": 13}.items()}
        )
        sums = Relation.balance([key(at="start"), key(at="new")], [key(at="left"), key(at="end")])
        found = protect([stock], threshold=5, balances=[sums])
        assert found.hidden(Reason.SMALL) == (key(at="new"),)
        assert found.hidden(Reason.PROTECTS) == (key(at="left"),)

    def test_refuses_sums_that_do_not_hold(self):
        table = Table("t", (PQ,), {(): 9, key(p="P"): 3, key(p="Q"): 5})
        with pytest.raises(ValueError, match="do not add up: all"):
            protect([table], threshold=5)

    def test_refuses_a_sign_that_would_be_the_count(self):
        with pytest.raises(ValueError, match="3 or more"):
            protect([flat([1, 2, 3], XYZ)], threshold=2)

    def test_publishes_nothing_where_the_solver_finds_no_way(self, monkeypatch):
        monkeypatch.setattr(protection, "cheapest", lambda *_: None)
        with pytest.raises(NotSolved, match="no way to hide x=X"):
            protect([flat([3, 20, 30], XYZ)], threshold=5)


@pytest.mark.slow
class TestProof:
    @given(st.lists(COUNT, min_size=6, max_size=6))
    @settings(max_examples=60, deadline=None)
    def test_leaves_whoever_tries_all_tables_as_much_as_the_sign(self, counts):
        found = protect([flat(counts, AB, XYZ)], threshold=5)
        seen = guesses(found, {"a": "AB", "x": "XYZ"})
        assume(seen is not None)
        for one in found.hidden(Reason.SMALL):
            assert len(seen[one]) >= 4
            assert found.cells[one].text == "–" or seen[one] == {1, 2, 3, 4}

    @given(st.lists(st.integers(0, 5), min_size=8, max_size=8))
    @settings(max_examples=40, deadline=None)
    def test_holds_in_three_directions(self, counts):
        found = protect([flat(counts, AB, PQ, plain("x", "XY"))], threshold=3)
        seen = guesses(found, {"a": "AB", "p": "PQ", "x": "XY"})
        assume(seen is not None)
        assert all(len(seen[one]) >= 2 for one in found.hidden(Reason.SMALL))

    @given(st.lists(COUNT, min_size=6, max_size=6))
    @settings(max_examples=25, deadline=None)
    def test_is_what_linear_programming_finds(self, counts):
        table = flat(counts, AB, XYZ)
        found = protect([table], threshold=5)
        ends = [_ends(cell) for _, cell in sorted(found.cells.items())]
        system = System(found.cells, relations(joined([table]), merged([table])))
        outsider = Outsider(system, [low for low, _ in ends], [high for _, high in ends])
        assert found.proof == {one: outsider.range_of(one) for one in found.hidden(Reason.SMALL)}

    @given(st.lists(COUNT, min_size=4, max_size=4), st.lists(COUNT, min_size=4, max_size=4))
    @settings(max_examples=30, deadline=None)
    def test_ends_for_linked_tables_that_no_people_make(self, counts, others):
        one = flat(counts, AB, PQ)
        # The second table has the same people of P and Q, told apart by X and Y as nobody would have to be.
        told = {"P": counts[0] + counts[2], "Q": counts[1] + counts[3]}
        split = {(code, "X"): min(n, total) for n, (code, total) in zip(others, told.items(), strict=False)}
        rest = {(code, "Y"): total - split[code, "X"] for code, total in told.items()}
        found = protect([one, tabulate("u", [PQ, plain("x", "XY")], split | rest)], threshold=5)
        assert all(span.values >= 4 for span in found.proof.values())

    @pytest.mark.parametrize("seed", range(12))
    def test_holds_for_linked_tables_of_people(self, seed):
        chance = random.Random(seed)
        found = protect(from_people(people(chance, chance.randint(1, 90))), threshold=5)
        assert all(span.values >= 4 for span in found.proof.values())
        assert str(audit([found.release("2026")]).answer) == "yes"

    @pytest.mark.parametrize("seed", range(6))
    def test_is_the_same_for_every_order(self, seed):
        chance = random.Random(seed)
        tables = from_people(people(chance, 60))
        turned = [
            Table(one.name, one.dimensions, dict(reversed(one.counts.items())), one.fixed)
            for one in reversed(tables)
        ]
        assert texts(protect(tables, threshold=5)) == texts(protect(turned, threshold=5))

    @given(st.lists(COUNT, min_size=6, max_size=6))
    @settings(max_examples=25, deadline=None)
    def test_hides_with_a_higher_threshold_all_that_is_small_with_a_lower(self, counts):
        low, high = (protect([flat(counts, AB, XYZ)], threshold=one) for one in (4, 6))
        assert set(low.hidden(Reason.SMALL)) <= set(high.hidden(Reason.SMALL))
        assert all(cell.text or cell.count == 0 or cell.count >= 6 for cell in high.cells.values())

    def test_counts_pairs_and_persons_as_what_they_are(self):
        found = protect(from_people(people(random.Random(3), 200)), threshold=5)
        assert found.cells[key(area="21", type=PAIRS)].count > found.cells[key(area="21")].count == 200


def _ends(cell):
    if not cell.text:
        return cell.count, cell.count
    return 1 if cell.count < 5 else 5, 4 if cell.text == "<5" else float("inf")
