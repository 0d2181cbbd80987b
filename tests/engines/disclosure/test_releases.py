import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.engines.disclosure.protection import Reason, protect
from simpul.engines.disclosure.releases import Release, audit, near_earlier, small_sign
from simpul.engines.disclosure.tables import PAIRS, Relation, key, merged, plain, tabulate
from simpul.engines.reasons import Answer

XYZ = plain("x", "XYZ")
MONTHS = st.lists(st.lists(st.integers(0, 25), min_size=3, max_size=3), min_size=2, max_size=3)


def a_table(*counts):
    return tabulate("t", [XYZ], {(code,): n for code, n in zip("XYZ", counts, strict=True)})


def carelessly(period, *shown):
    """A release as somebody without this engine would have made it: whole, X, Y, Z."""
    told = dict(zip([(), key(x="X"), key(x="Y"), key(x="Z")], shown, strict=True))
    return Release(period, 5, told, merged([a_table(0, 0, 0)]))


def problems(*releases):
    return [
        (part.kind, part.about, part.values["low"], part.values["high"]) for part in audit(releases).parts
    ]


class TestRelease:
    def test_tells_nothing_that_is_hidden(self):
        found = protect([a_table(3, 17, 40)], threshold=5).release("2026-10")
        assert set(found.shown.values()) == {60, "<5", "–", 40}
        assert "17" not in json.dumps(found.to_json())

    def test_comes_back_from_json_as_it_was(self):
        kinds = plain("type", "AB", overlapping=True)
        table = tabulate("t", [kinds], {("A",): 7, ("B",): 3}, persons={(): 8})
        sums = Relation.balance([key(type=PAIRS)], [key(type="A"), key(type="B")])
        found = protect([table], threshold=5, balances=[sums]).release("2026-10")
        assert Release.from_json(json.loads(json.dumps(found.to_json()))) == found

    def test_is_written_the_same_whatever_order_it_was_made_in(self):
        found = protect([a_table(3, 17, 40)], threshold=5).release("2026-10")
        turned = Release(found.period, 5, dict(reversed(found.shown.items())), found.trees)
        assert json.dumps(turned.to_json()) == json.dumps(found.to_json())


class TestNearEarlier:
    @pytest.mark.parametrize(
        ("before", "now", "expected"),
        [
            (20, 20, False),
            (20, 21, True),
            (20, 16, True),
            (20, 25, False),
            (20, 15, False),
            (0, 5, False),
            (8, 4, False),
            ("–", 20, False),
        ],
    )
    def test_names_counts_that_changed_by_a_small_number(self, before, now, expected):
        rest = 40 if isinstance(before, int) else "–"
        total = before + 80 if isinstance(before, int) else 100
        earlier = carelessly("2026-09", total, before, rest, 40)
        assert near_earlier({key(x="X"): now}, [earlier], 5) == ({key(x="X")} if expected else set())

    def test_sees_through_what_was_hidden_too_poorly(self):
        earlier = carelessly("2026-09", 100, "–", 40, 40)
        assert near_earlier({key(x="X"): 22}, [earlier], 5) == {key(x="X")}

    def test_knows_every_release_that_is_public(self):
        releases = [carelessly("2026-08", 101, 21, 40, 40), carelessly("2026-09", 110, 30, 40, 40)]
        assert near_earlier({key(x="X"): 23}, releases, 5) == {key(x="X")}


@pytest.mark.slow
class TestAudit:
    def test_finds_nothing_in_what_was_protected(self):
        found = audit([protect([a_table(3, 17, 40)], threshold=5).release("2026-10")])
        assert (found.answer, found.parts, found.values) == (Answer.YES, (), {"releases": ("2026-10",)})

    @pytest.mark.parametrize(
        ("shown", "expected"),
        [
            ((63, 3, 20, 40), [("small", "x=X", 3, 3)]),
            ((63, "<5", 20, 40), [("small", "x=X", 3, 3)]),
            ((63, "–", 20, 40), [("small", "x=X", 3, 3)]),
            ((48, "<5", "<5", 40), [("small", "x=X", 4, 4), ("small", "x=Y", 4, 4)]),
            ((63, "–", "–", 40), []),
        ],
        ids=["shown", "sign alone", "dash alone", "two too near", "two dashes"],
    )
    def test_names_what_can_be_computed(self, shown, expected):
        assert problems(carelessly("2026-10", *shown)) == expected

    def test_names_small_differences_between_releases(self):
        first, second = carelessly("2026-09", 60, 20, 20, 20), carelessly("2026-10", 62, 22, 20, 20)
        assert problems(first, second) == [("change", "all", 2, 2), ("change", "x=X", 2, 2)]
        assert problems(second, first) == [("change", "all", -2, -2), ("change", "x=X", -2, -2)]

    def test_leaves_larger_differences_and_none_alone(self):
        first, second = carelessly("2026-09", 60, 20, 20, 20), carelessly("2026-10", 65, 25, 20, 20)
        assert problems(first, second, first) == []

    def test_sees_differences_through_what_is_hidden_too_poorly(self):
        first, second = carelessly("2026-09", 60, "–", 20, 20), carelessly("2026-10", 70, 22, 28, 20)
        assert problems(first, second) == [("change", "x=X", 2, 2)]

    @given(MONTHS)
    @settings(max_examples=40, deadline=None)
    def test_finds_nothing_between_months_that_were_protected_in_turn(self, months):
        releases = []
        for number, counts in enumerate(months):
            found = protect([a_table(*counts)], threshold=5, earlier=releases)
            releases.append(found.release(f"2026-{number + 1:02}"))
        assert audit(releases).answer is Answer.YES

    @pytest.mark.parametrize("seed", range(5))
    def test_finds_nothing_while_people_come_and_leave(self, seed):
        chance = random.Random(seed)
        counts = {(a, x): chance.choice([0, 2, 9, 30, 80]) for a in "AB" for x in "XYZ"}
        releases, changes = [], 0
        for month in range(4):
            table = tabulate("t", [plain("a", "AB"), XYZ], counts)
            found = protect([table], threshold=5, earlier=releases)
            changes += len(found.hidden(Reason.CHANGE))
            releases.append(found.release(f"2026-{month + 1:02}"))
            counts = {one: max(0, n + chance.choice([-7, -1, 0, 0, 2, 8])) for one, n in counts.items()}
        assert audit(releases).answer is Answer.YES
        assert changes


class TestSmallSign:
    def test_names_the_threshold(self):
        assert small_sign(5) == "<5"
