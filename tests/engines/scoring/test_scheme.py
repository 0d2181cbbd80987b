import pytest

from simpul.engines.scoring import DomainScheme, ItemScheme, Scheme


class TestItemScheme:
    def test_counts_a_reversed_item_from_its_other_end(self):
        item = ItemScheme("sedih", (1, 2, 3, 4), is_reversed=True)
        assert [item.counted(value) for value in item.values] == [4, 3, 2, 1]

    @pytest.mark.parametrize("values", [(2, 1), (1, 1), (3,)], ids=str)
    def test_refuses_levels_that_measure_nothing(self, values):
        with pytest.raises(ValueError):
            ItemScheme("sedih", values)


class TestDomainScheme:
    ITEMS = (ItemScheme("a", (0, 1, 2)), ItemScheme("b", (1, 5)), ItemScheme("kata"))

    @pytest.mark.parametrize(("method", "ends"), [("sum", (1, 7)), ("mean", (0.5, 3.5)), ("highest", (1, 5))])
    def test_knows_the_ends_of_its_scale(self, method, ends):
        domain = DomainScheme("d", self.ITEMS, method)
        assert (domain.minimum, domain.maximum) == ends

    @pytest.mark.parametrize(
        "wrong", [{"method": "median"}, {"fewest_answered": 3}, {"fewest_answered": 0}], ids=str
    )
    def test_refuses_what_cannot_be(self, wrong):
        with pytest.raises(ValueError):
            DomainScheme("d", self.ITEMS, **wrong)


class TestScheme:
    @pytest.mark.parametrize("code", ["a", "reasons"])
    def test_refuses_a_code_that_means_something_else(self, code):
        with pytest.raises(ValueError):
            Scheme((DomainScheme("d", (ItemScheme("a"),)), DomainScheme("e", (ItemScheme(code),))))
