from datetime import date

import pytest

from simpul.catalogue import programmes
from simpul.catalogue.programmes import reader
from simpul.catalogue.tables import CatalogueError
from simpul.engines.rules import Answer

DAY = date(2026, 11, 22)
NORM = '[[norm]]\ncode = "{code}"\nvalue = {value}\ntitle = {{ id = "a", en = "a" }}\nsource = "s"\nverified = "design"\n'
CRITERION = '[[criterion]]\ncode = "a"\nwords = {{ id = "a", en = "a" }}\nrule = "{rule}"\nsource = "s"\nverified = "design"\n'


class TestNorms:
    def test_never_shows_groups_under_five(self):
        assert programmes.norms().smallest_group_shown == 5

    @pytest.mark.parametrize("value", [0, -1], ids=["nothing", "below"])
    def test_are_above_nothing(self, tmp_path, value):
        path = tmp_path / "norms.toml"
        path.write_text(NORM.format(code="certificate_share", value=value))
        with pytest.raises(CatalogueError, match="above zero"):
            reader.read_norms(path)

    def test_are_all_there(self, tmp_path):
        path = tmp_path / "norms.toml"
        path.write_text(NORM.format(code="certificate_share", value=80))
        with pytest.raises(CatalogueError, match="exactly the norms"):
            reader.read_norms(path)


class TestNodeOf:
    @pytest.mark.parametrize(
        ("facts", "answer"),
        [
            ({"type": "D"}, Answer.YES),
            ({"type": "C"}, Answer.YES),
            ({"type": "A"}, Answer.NO),
            ({}, Answer.UNKNOWN),
        ],
        ids=["embryonic", "growing", "self_reliant", "not_known"],
    )
    def test_reads_the_words_of_the_field(self, facts, answer):
        assert programmes.node_of("embrio OR tumbuh").verdict(facts, DAY) is answer


class TestCriteria:
    def test_of_the_paper_ask_for_type_and_will(self):
        assert [one.code for one in programmes.criteria()] == ["type", "willing"]

    def test_that_cannot_be_read_are_named_with_their_line(self, tmp_path):
        facts = reader.FOLDER / "facts.toml"
        (tmp_path / "facts.toml").write_text(facts.read_text())
        (tmp_path / "criteria.toml").write_text(CRITERION.format(rule="rich"))
        with pytest.raises(CatalogueError, match="'rich' is not known here"):
            reader.read_criteria(tmp_path / "criteria.toml")
