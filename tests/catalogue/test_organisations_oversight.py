import pytest

from simpul.catalogue.organisations.oversight import NORMS, norm, read_oversight, report_parts
from simpul.catalogue.tables import CatalogueError

PART = """
[[part]]
code = "plan"
title = { id = "a", en = "a" }
about = { id = "a", en = "a" }
is_needed = true
source = "x"
verified = "design"
"""


def norms(*codes, values="[5]"):
    one = '[[norm]]\ncode = "{}"\ntitle = {{ id = "a", en = "a" }}\nvalues = {}\nsource = "x"\nverified = "design"\n'
    return "".join(one.format(code, values) for code in codes)


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "oversight.toml"
        path.write_text(text)
        return path

    return write


class TestReportParts:
    def test_need_the_activities_and_leave_the_rest_open(self):
        assert [part.code for part in report_parts() if part.is_needed] == ["activities"]


class TestNorm:
    def test_says_that_our_own_numbers_are_a_proposal(self):
        assert {norm(code).verified for code in NORMS} == {"design"}

    def test_does_not_invent_one(self):
        with pytest.raises(KeyError):
            norm("colour")


class TestReadOversight:
    @pytest.mark.parametrize(
        ("text", "why"),
        [
            (PART + PART + norms(*NORMS), "twice"),
            (norms(*NORMS[1:]), "missing"),
            (norms(*NORMS, NORMS[0]), "twice"),
            (norms(*NORMS, values="[]"), "whole numbers"),
            (norms(*NORMS, values="[true]"), "whole numbers"),
            (PART + "colour = 1\n" + norms(*NORMS), "known word"),
        ],
        ids=["part twice", "missing", "norm twice", "empty", "no number", "slip"],
    )
    def test_names_what_is_wrong(self, written, text, why):
        with pytest.raises(CatalogueError, match=why):
            read_oversight(written(text))
