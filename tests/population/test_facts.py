import polars as pl
import pytest

from simpul.access.reach import within
from simpul.population.facts import lies_in


class TestLiesIn:
    @pytest.mark.parametrize("area", ["21", "21.02", "21.02.10"])
    def test_is_the_rule_of_reach_for_a_column(self, area):
        codes = ["", "2", "21", "21.02", "21.021", "21.02.10", "21.02.10.2003", "93.01"]
        found = pl.DataFrame({"region": codes}).filter(lies_in(area))["region"].to_list()
        assert found == [code for code in codes if within(code, area)]
