import pytest

from simpul.engines.disclosure.tables import (
    PAIRS,
    Dimension,
    Relation,
    Table,
    Tree,
    areas,
    joined,
    key,
    merged,
    months,
    plain,
    relations,
    tabulate,
    written,
)

SEX = plain("sex", ["F", "M"])
KIND = plain("type", ["AT", "LU"], overlapping=True)


class TestKey:
    def test_leaves_out_what_is_not_told_apart(self):
        assert key(sex="F", area="21.02", type="") == (("area", "21.02"), ("sex", "F"))

    def test_is_written_as_one_text(self):
        assert written(key(sex="F", area="21")) == "area=21 sex=F"
        assert written(()) == "all"


class TestTree:
    def test_goes_upwards_to_the_top_asked_for(self):
        tree = areas("area", ["21.02.10", "21.02.11"]).tree
        assert tree.upwards("21.02.10") == ("21.02.10", "21.02", "21", "")
        assert tree.upwards("21.02.10", "21.02") == ("21.02.10", "21.02")

    @pytest.mark.parametrize(("code", "top"), [("99", ""), ("21", "21.02"), ("", "21")])
    def test_refuses_what_does_not_lie_there(self, code, top):
        with pytest.raises(ValueError, match="not"):
            areas("area", ["21.02"]).tree.upwards(code, top)

    @pytest.mark.parametrize(
        "above", [{"": "x"}, {PAIRS: ""}, {"a": "b", "b": "a"}], ids=["all", "pairs", "circle"]
    )
    def test_refuses_codes_that_cannot_be(self, above):
        with pytest.raises(ValueError, match="cannot be the code"):
            Tree(above)

    def test_has_one_level_where_parts_overlap(self):
        with pytest.raises(ValueError, match="no parts of their own"):
            Tree({"a": "", "b": "a"}, overlapping=True)


class TestDimension:
    def test_of_areas_adds_what_lies_between(self):
        kind = areas("area", ["21.02.10", "21.03.01"], top="21")
        assert kind.codes == ("21", "21.02", "21.02.10", "21.03", "21.03.01")
        assert kind.innermost == ("21.02.10", "21.03.01")

    def test_of_months_puts_them_within_years(self):
        assert months("month", ["2026-01", "2025-12"]).codes == ("", "2025", "2025-12", "2026", "2026-01")

    def test_of_overlapping_parts_has_their_sum_beside_the_distinct(self):
        assert KIND.codes == ("", "AT", "LU", PAIRS)


class TestTabulate:
    def test_adds_margins_and_sub_totals(self):
        table = tabulate(
            "t", [areas("area", ["21.02.10", "21.02.11"], top="21"), SEX], {("21.02.10", "F"): 3}
        )
        assert table.counts[key(area="21")] == table.counts[key(area="21.02", sex="F")] == 3
        assert table.counts[key(area="21.02.11", sex="M")] == 0
        assert len(table.counts) == 4 * 3

    def test_keeps_persons_and_pairs_apart(self):
        table = tabulate("t", [SEX, KIND], {("F", "AT"): 4, ("F", "LU"): 3}, persons={("F",): 5})
        assert table.counts[key(sex="F")] == 5
        assert table.counts[key(sex="F", type=PAIRS)] == table.counts[key(type=PAIRS)] == 7

    def test_names_what_all_cells_have_in_common(self):
        table = tabulate("t", [SEX], {("F",): 2}, fixed={"count": "household"})
        assert table.counts[key(count="household", sex="F")] == 2
        assert table.key("F") == key(count="household", sex="F")

    @pytest.mark.parametrize("inner", [{("X",): 1}, {("",): 1}], ids=["unknown code", "a margin"])
    def test_refuses_what_is_not_innermost(self, inner):
        with pytest.raises(ValueError, match="not an innermost code"):
            tabulate("t", [SEX], inner)

    def test_asks_for_persons_exactly_where_parts_overlap(self):
        with pytest.raises(ValueError, match="distinct units"):
            tabulate("t", [KIND], {})
        with pytest.raises(ValueError, match="distinct units"):
            tabulate("t", [SEX], {}, persons={})


class TestJoined:
    def test_has_a_shared_cell_once(self):
        one, two = tabulate("a", [SEX], {("F",): 2}), tabulate("b", [plain("age", ["x"])], {("x",): 2})
        assert joined([one, two]) == {(): 2, key(age="x"): 2, key(sex="F"): 2, key(sex="M"): 0}

    def test_refuses_two_counts_for_one_cell(self):
        one, two = tabulate("a", [SEX], {("F",): 2}), tabulate("b", [SEX], {("F",): 3})
        with pytest.raises(ValueError, match="cannot be the count"):
            joined([one, two])

    def test_refuses_a_count_below_nothing(self):
        with pytest.raises(ValueError, match="-1 cannot"):
            joined([Table("a", (SEX,), {(): -1})])


class TestMerged:
    def test_joins_the_trees_of_all_tables(self):
        one = Table("a", (areas("area", ["21.02"], top="21"),), {})
        two = Table("b", (areas("area", ["21.02.10"], top="21.02"),), {})
        assert merged([one, two])["area"].parts["21.02"] == ("21.02.10",)

    def test_refuses_trees_that_contradict_each_other(self):
        one, two = Dimension("age", Tree({"a": ""})), Dimension("age", Tree({"a": "b", "b": ""}))
        with pytest.raises(ValueError, match="contradict"):
            merged([Table("a", (one,), {}), Table("b", (two,), {})])

    def test_refuses_parts_that_overlap_in_one_table_only(self):
        with pytest.raises(ValueError, match="contradict"):
            merged([Table("a", (KIND,), {}), Table("b", (plain("type", ["AT", "LU"]),), {})])


class TestRelations:
    def test_are_the_sums_over_every_dimension(self):
        table = tabulate("t", [SEX], {("F",): 2})
        balance = Relation.balance([()], [key(sex="F"), key(sex="M")])
        assert relations(table.counts, merged([table])) == (balance,)

    def test_reach_over_tables(self):
        one = tabulate("a", [areas("area", ["21.02", "21.03"], top="21")], {})
        two = tabulate("b", [areas("area", ["21.02.10"], top="21.02")], {})
        found = relations(joined([one, two]), merged([one, two]))
        assert Relation.balance([key(area="21.02")], [key(area="21.02.10")]) in found
        assert Relation.balance([key(area="21")], [key(area="21.02"), key(area="21.03")]) in found

    def test_bound_distinct_persons_by_their_types(self):
        table = tabulate("t", [KIND], {("AT",): 4}, persons={(): 4})
        found = relations(table.counts, merged([table]))
        assert [one.equal for one in found] == [True, False, False, False]
        assert Relation((((("type", "AT"),), 1), ((), -1)), equal=False) in found

    def test_refuses_some_parts_without_the_others(self):
        cells = [(), key(sex="F")]
        with pytest.raises(ValueError, match="all or none"):
            relations(cells, {"sex": SEX.tree})
