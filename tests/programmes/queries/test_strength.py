from datetime import date

import pytest

from simpul.catalogue.instruments import get
from simpul.programmes.models import StrengthCheck
from simpul.programmes.queries import strength as queries
from tests.organisations.papers import a_certificate
from tests.programmes.mentored import a_check, a_mentor
from tests.programmes.queries.test_plans import became

INSTRUMENT = get("organisation-empowerment")
YES, NO = {"answer": "yes"}, {"answer": "no"}
BOARD, NAME = "identity_structure", "identity_name_board"
IDENTITY = {"identity_vision": 2, NAME: 2, BOARD: 2}


@pytest.fixture
def mentor(programme, member):
    return a_mentor(programme, member)


def answer_of(field, known, answers):
    found = queries.judged(INSTRUMENT, known, answers)
    return {part.about: str(part.answer) for part in found.parts}[field]


class TestJudged:
    @pytest.mark.parametrize(
        ("answers", "told"),
        [
            (IDENTITY, "yes"),
            (IDENTITY | {BOARD: 1}, "no"),
            (IDENTITY | {BOARD: {"state": "unknown"}}, "unknown"),
            (IDENTITY | {BOARD: {"state": "not_applicable"}}, "yes"),
            ({BOARD: 0}, "no"),
            ({}, "unknown"),
        ],
        ids=["all_at_the_top", "one_partly", "one_not_known", "one_does_not_apply", "one_missing", "nothing"],
    )
    def test_a_field_is_met_missing_or_not_known(self, answers, told):
        assert answer_of("identity", {}, answers) == told

    def test_what_only_informs_does_not_count(self):
        assert answer_of("identity", {"officers": NO, "purpose": NO}, IDENTITY) == "yes"

    def test_a_record_answers_in_the_place_of_its_item(self):
        known = {"deed": YES, "statutes": YES, "legal_entity": YES, "registered": YES}
        assert answer_of("legality", known, {"legality_other_papers": 2}) == "yes"
        assert answer_of("legality", known | {"registered": NO}, {"legality_other_papers": 2}) == "no"

    def test_what_the_records_do_not_know_is_asked(self):
        answers = {"legality_other_papers": 2, "legality_deed": 2, "legality_registered": 2}
        assert answer_of("legality", {"deed": YES}, answers) == "yes"

    def test_a_record_that_says_no_is_not_outvoted(self):
        answers = {"legality_other_papers": 2, "legality_deed": 2, "legality_registered": 2}
        assert answer_of("legality", {"statutes": NO}, answers) == "no"


class TestAsked:
    def test_leaves_out_what_is_known(self):
        items = {item.code for item in queries.asked(INSTRUMENT, {"registered": NO}).items}
        assert "legality_registered" not in items

    def test_asks_while_a_part_is_not_known(self):
        items = {item.code for item in queries.asked(INSTRUMENT, {"deed": YES, "statutes": YES}).items}
        assert "legality_deed" in items


class TestPageOf:
    def test_sets_before_beside_after_with_what_changed_and_why(self, member, body, mentor, officer):
        a_check(member, mentor, answers=IDENTITY | {BOARD: 0}, seen_on=date(2026, 6, 1))
        a_certificate(body, number="460/07/2026")
        later = IDENTITY | {"reasons": {BOARD: "Rapat anggota 3 November"}}
        a_check(member, mentor, "after", answers=later)
        found = {one.title: one for one in queries.page_of(member, officer).beside.fields}
        (board,) = found["Jati diri"].changed
        assert (board.before, board.after) == ("Belum", "Sudah")
        assert board.because == "Dilihat pada 22 November 2026: Rapat anggota 3 November"
        (paper,) = found["Legalitas"].changed
        assert (paper.before, paper.after) == ("belum diketahui", "ya")
        assert "460/07/2026" in paper.because

    def test_the_newest_finished_one_counts_and_a_draft_does_not(self, member, mentor):
        a_check(member, mentor, answers=IDENTITY)
        mended = a_check(member, mentor, answers=IDENTITY | {BOARD: 1})
        a_check(member, mentor)
        page = queries.page_of(member, mentor)
        assert queries.newest_of(list(page.checks), "before") == mended
        assert (len(page.checks), len(page.drafts), page.beside) == (2, 1, None)

    def test_names_the_lines_of_the_plan_that_were_done_in_between(self, member, head, mentor, plan):
        a_check(member, mentor, answers=IDENTITY, seen_on=date(2026, 6, 1))
        became(member, head, plan.items.get().line, "done")
        a_check(member, mentor, "after", answers=IDENTITY)
        assert queries.page_of(member, mentor).beside.done == ("Mengurus akta notaris",)

    def test_a_question_that_changed_is_not_compared(self, member, mentor, monkeypatch):
        before = a_check(member, mentor, answers=IDENTITY | {BOARD: 0})
        after = a_check(member, mentor, "after", answers=IDENTITY)
        same = frozenset(item.code for item in INSTRUMENT.items if item.code != BOARD)
        changed, apart = queries._differences("identity", before, after, same)
        assert (changed, apart) == ([], ["Susunan pengurus"])


class TestFieldsOf:
    def test_a_finished_check_stays_as_it_was_judged(self, member, mentor):
        check = a_check(member, mentor, answers=IDENTITY)
        StrengthCheck.objects.filter(pk=check.pk).update(answers={})
        found = queries.fields_of(StrengthCheck.objects.get(pk=check.pk))
        assert found[0].answer == "terpenuhi"

    def test_tells_how_each_thing_is_known(self, member, body, mentor):
        a_certificate(body, number="460/07/2026")
        lines = {line.label: line for line in queries.fields_of(a_check(member, mentor))[1].lines}
        assert "460/07/2026" in lines["Tanda daftar masih berlaku"].words
        assert (lines["Akta notaris"].counts, lines["Akta notaris"].words) == (
            False,
            "Tidak tercatat di Simpul.",
        )
