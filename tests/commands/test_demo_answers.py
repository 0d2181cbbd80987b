import pytest

from simpul.catalogue.instruments import get
from simpul.commands.demo.answers import invented
from simpul.commands.demo.office import read
from simpul.engines.scoring import DomainScheme, score
from simpul.engines.scoring.scheme import ItemScheme

TOLD = read("programme.toml")
SCHEME = get("organisation-capacity").scheme()


def answers(**details):
    kept = {"bodies": 5, "in_each": 6, "seed": TOLD["seed"], **details}
    return invented(SCHEME.domains, TOLD["sums"], **kept)


class TestInvented:
    def test_come_to_the_sixteen_sums_of_the_paper(self):
        found = {}
        for wave, people in answers().items():
            for told in people:
                for one in score(SCHEME, told):
                    held = found.setdefault(one.code, {"pre": 0, "post": 0})
                    held[wave] += one.score
        assert found == TOLD["sums"]
        means = {code: f"{held['pre'] / 30:.3f}" for code, held in found.items()}
        assert (means["management"], means["stimulus"]) == ("34.667", "12.967")

    def test_are_the_same_each_time(self):
        assert answers() == answers()
        assert answers() != answers(seed=3)

    def test_hold_every_item_of_every_person(self):
        items = {item.code for domain in SCHEME.domains for item in domain.items}
        assert all(told.keys() == items for people in answers().values() for told in people)

    def test_turn_reversed_items(self):
        domain = DomainScheme("one", (ItemScheme("a", (1, 2, 3), is_reversed=True),), method="sum")
        found = invented([domain], {"one": {"pre": 6}}, bodies=1, in_each=2, seed=1)
        assert [told["a"] for told in found["pre"]] == [1, 1]

    def test_refuse_a_sum_that_cannot_be(self):
        domain = DomainScheme("one", (ItemScheme("a", (1, 2)),), method="sum")
        with pytest.raises(ValueError, match="cannot score 9"):
            invented([domain], {"one": {"pre": 9}}, bodies=1, in_each=2, seed=1)
