import pytest

from simpul.catalogue.organisations import papers
from simpul.catalogue.organisations.papers import paper_kind, paper_kinds, read_papers
from simpul.catalogue.tables import CatalogueError

NORMS = """
[[norm]]
code = "reminder_months"
title = { id = "a", en = "a" }
values = [6, 3]
source = "x"
verified = "design"

[[norm]]
code = "largest_file_bytes"
title = { id = "a", en = "a" }
values = [10]
source = "x"
verified = "design"
"""
KIND = """
[[kind]]
code = "domicile"
title = { id = "a", en = "a" }
about = { id = "a", en = "a" }
source = "x"
verified = "design"
"""


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "papers.toml"
        path.write_text(text)
        return path

    return write


class TestPaperKinds:
    def test_answer_every_line_of_the_checklist_that_a_paper_can_answer(self):
        answered = {kind.requirement for kind in paper_kinds()}
        assert {f"R{number:02}" for number in range(1, 13)} <= answered

    def test_only_suggest_a_validity_and_say_how_sure_it_is(self):
        domicile = paper_kind("domicile")
        assert (domicile.usual_months, domicile.usual_verified) == (12, "secondary")
        assert paper_kind("statutes").usual_months is None

    def test_no_kind_is_a_list_of_clients(self):
        assert not [kind.code for kind in paper_kinds() if "client" in kind.code]
        assert paper_kind("officers_identity").holds_people

    def test_a_code_that_is_not_there_is_none(self):
        assert paper_kind("horoscope") is None


class TestReadPapers:
    @pytest.mark.parametrize(
        ("text", "why"),
        [
            (KIND + KIND + NORMS, "twice"),
            (KIND, "missing"),
            (NORMS.replace("[6, 3]", "[3, 6]"), "first comes before"),
            (NORMS.replace("[6, 3]", "[6]"), "two reminders"),
            (NORMS.replace("[10]", "[0]"), "above 0"),
            (NORMS + NORMS, "twice"),
            (KIND + "colour = 1\n" + NORMS, "known word"),
            (KIND + "usual_months = 12\n" + NORMS, "usual_verified"),
        ],
        ids=["kind twice", "no norms", "order", "one reminder", "no size", "norm twice", "slip", "no mark"],
    )
    def test_names_what_is_wrong(self, written, text, why):
        with pytest.raises(CatalogueError, match=why):
            read_papers(written(text))


class TestReminderMonths:
    def test_are_six_and_three(self):
        assert papers.reminder_months() == (6, 3)
