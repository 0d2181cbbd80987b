from hypothesis import given
from hypothesis import strategies as st

from simpul.engines.disclosure.counting import NO_REASON, Flow, counted, stock_and_flow

REASONS = ["graduated", "moved", "died"]
SIDES = st.dictionaries(st.integers(0, 9), st.frozensets(st.sampled_from("ABC")))
WHY = st.dictionaries(st.tuples(st.integers(0, 9), st.sampled_from("ABC")), st.sampled_from(REASONS))
GONE = st.dictionaries(st.integers(0, 9), st.sampled_from(REASONS))


class TestCounted:
    def test_keeps_persons_and_pairs_apart(self):
        found = counted([("a", "AT"), ("a", "LU"), ("b", "LU"), ("a", "AT")])
        assert (found.persons, found.pairs, found.by_type) == (2, 3, {"AT": 1, "LU": 2})


class TestStockAndFlow:
    def test_says_who_came_left_and_why(self):
        found = stock_and_flow(
            {"a": {"AT"}, "b": {"AT", "LU"}, "c": {"LU"}},
            {"b": {"LU"}, "d": {"LU"}},
            reasons={("b", "AT"): "graduated"},
            gone={"a": "moved"},
        )
        assert found.by_type["AT"] == Flow(2, 0, {"graduated": 1, "moved": 1})
        assert found.by_type["LU"] == Flow(2, 1, {NO_REASON: 1})
        assert found.persons == Flow(3, 1, {"moved": 1, NO_REASON: 1})

    def test_keeps_a_person_who_changes_type(self):
        found = stock_and_flow({"a": {"AT"}}, {"a": {"LU"}}, reasons={("a", "AT"): "graduated"})
        assert (found.pairs, found.persons) == (Flow(1, 1, {"graduated": 1}), Flow(1, 0))

    def test_tells_of_a_person_what_is_told_of_all_their_types(self):
        why = {("a", "AT"): "died", ("a", "LU"): "died", ("b", "AT"): "moved"}
        found = stock_and_flow({"a": {"AT", "LU"}, "b": {"AT", "LU"}}, {}, reasons=why)
        assert found.persons.leaving == {"died": 1, NO_REASON: 1}

    @given(SIDES, SIDES, WHY, GONE)
    def test_ties(self, start, end, why, gone):
        found = stock_and_flow(start, end, reasons=why, gone=gone)
        for kind, flow in found.by_type.items():
            assert flow.start == sum(kind in types for types in start.values())
            assert flow.end == sum(kind in types for types in end.values())
        assert found.pairs.start == sum(map(len, start.values()))
        assert found.pairs.end == sum(map(len, end.values()))
        assert found.persons.end == sum(1 for types in end.values() if types)
        assert found.pairs.left == sum(flow.left for flow in found.by_type.values())
