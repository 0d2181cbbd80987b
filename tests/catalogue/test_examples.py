"""Every example of every edition is a test, in the words of the experts."""

from __future__ import annotations

import pytest

from simpul.catalogue import editions, examples
from simpul.catalogue.examples import Example
from simpul.catalogue.needs import NeedType
from simpul.catalogue.tables import CatalogueError
from simpul.engines.rules import Answer, DateRange

EVERY = [
    pytest.param(need, example, id=f"{edition.code}-{need.code}-{example.line}")
    for edition in editions.all_editions()
    for need in edition.types
    for example in need.examples
]


@pytest.mark.parametrize(("need", "example"), EVERY)
def test_the_rule_agrees_with_the_experts(need: NeedType, example: Example):
    finding = need.judge(example.facts, example.on)
    assert finding.answer == example.expect, f"{example.name.en}\n" + "\n".join(finding.lines())


@pytest.mark.parametrize("code", [need.code for need in editions.default().types])
def test_each_type_of_2012_shows_a_yes_a_no_and_a_not_known(code):
    shown = editions.default().type(code).examples
    assert len(shown) >= 6
    assert {example.expect for example in shown} == set(Answer)


class TestReadFolder:
    HEAD = '[[example]]\ntype = "LUT"\nname = { id = "a", en = "b" }\non = 2026-11-21\nexpect = "no"\n'

    def test_reads_an_estimated_date(self, tmp_path):
        (tmp_path / "x.examples.toml").write_text(
            self.HEAD + "facts = { born = { earliest = 1960-01-01, latest = 1960-12-31 } }\n"
        )
        [example] = examples.in_folder(tmp_path)["LUT"]
        born = example.facts["born"]
        assert isinstance(born, DateRange)
        assert (born.earliest.year, born.latest.month) == (1960, 12)

    def test_names_the_line_of_a_value_that_is_none(self, tmp_path):
        (tmp_path / "x.examples.toml").write_text(self.HEAD + "facts = { born = [1, 2] }\n")
        with pytest.raises(CatalogueError, match="no value of a fact") as refused:
            examples.in_folder(tmp_path)
        assert refused.value.line == 6
