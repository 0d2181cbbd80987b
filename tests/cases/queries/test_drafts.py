import pytest

from simpul.access.refusal import Refusal
from simpul.cases.queries import drafts
from tests.cases.assessing import own_instrument
from tests.screening.factories import TODAY

OWN = own_instrument()


def held(**details):
    empty = dict.fromkeys(("client_view", "family_view", "observed", "strengths", "conclusion"), "")
    return {"held_on": TODAY, "sources": [], "answers": {}} | empty | details


class TestAnswers:
    def test_keeps_what_was_answered_and_nothing_empty(self):
        given = {"tidur": 1, "cerita": "  ", "anak": None, "reasons": {"tidur": " Takut ", "cemas": " "}}
        assert drafts.answers(OWN, given) == {"tidur": 1, "reasons": {"tidur": "Takut"}}

    def test_keeps_why_there_is_no_answer_and_nothing_beside_it(self):
        given = {"cemas": {"state": "refused", "more": "x"}}
        assert drafts.answers(OWN, given) == {"cemas": {"state": "refused"}}

    def test_passes_over_reasons_of_what_is_not_asked(self):
        assert drafts.answers(OWN, {"reasons": {"umur": "Tua"}}) == {}

    @pytest.mark.parametrize(
        "wrong",
        [{"anak": 21}, {"anak": "3"}, {"anak": True}, {"cerita": 3}, {"cerita": {"state": "unknown"}}],
        ids=str,
    )
    def test_refuses_an_answer_of_the_wrong_kind(self, wrong):
        with pytest.raises(Refusal, match="tidak dikenal"):
            drafts.answers(OWN, wrong)


class TestSources:
    def test_stand_in_one_order(self):
        assert drafts.sources(["document", "self"]) == drafts.sources(("self", "document"))


class TestClash:
    def test_shows_both_values_of_what_differs_only(self):
        theirs = held(observed="Rapi", answers={"tidur": 1, "cemas": 2})
        mine = held(observed="Kusut", answers={"tidur": 1, "reasons": {"cemas": "Malam"}})
        found = drafts.clash(OWN, theirs, mine)
        question = "Hidup sehari-hari, Seberapa cemas?"
        assert found.theirs == f"Yang dilihat petugas: Rapi; {question}: Sedang"
        assert found.mine == f"Yang dilihat petugas: Kusut; {question}: Malam"

    def test_names_what_is_empty(self):
        found = drafts.clash(OWN, held(sources=["self"]), held())
        assert (found.theirs, found.mine) == ("Sumber: Orang itu sendiri", "Sumber: (kosong)")
