import pytest

from simpul.cases.queries.linking import prepared_for, prepared_in, referred, said_parts
from tests.cases.factories import a_case
from tests.cases.plans import agreed, approval_wanted, plan_of, step_of
from tests.cases.support import PRACTISED, prepared
from tests.referrals.loop import proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    case = a_case(caseworker)
    approval_wanted(case, wanted=False)
    return case


@pytest.fixture
def step(case, caseworker):
    return step_of(plan_of(case, caseworker), caseworker)


class TestPreparedFor:
    def test_names_all_four_parts_before_anything_was_done(self, step):
        found = prepared_for(step, is_told=True)
        assert [part.code for part in found.parts] == ["informed", "difficulties", "practised", "company"]
        assert found.done == ()
        assert len(found.lacking) == 4

    def test_takes_the_newest_words_of_each_part(self, step, caseworker):
        prepared(step, caseworker, practised="Pernah", informed="Loket buka pukul delapan")
        prepared(
            step, caseworker, practised=PRACTISED, company="alone", company_words="Naik ojek", minutes=151
        )
        words = {part.code: (part.words, part.others) for part in prepared_for(step, is_told=True).done}
        assert words == {
            "informed": ("Loket buka pukul delapan", ""),
            "practised": (PRACTISED, ""),
            "company": ("Datang sendiri, atas keinginannya", "Naik ojek"),
        }

    def test_keeps_words_from_who_may_not_read_them(self, step, caseworker):
        prepared(step, caseworker, practised=PRACTISED, company="family", company_words="Anaknya")
        parts = prepared_for(step, is_told=False).done
        assert [(part.code, part.words, part.others) for part in parts] == [
            ("practised", "", ""),
            ("company", "", ""),
        ]


class TestPreparedIn:
    def test_goes_on_in_the_next_version_of_the_plan(self, case, step, caseworker, django_assert_num_queries):
        prepared(step, caseworker)
        agreed(step.plan, caseworker)
        newer = plan_of(case, caseworker, minutes=160).steps.get(line=step.line)
        assert [part.words for part in prepared_for(newer, is_told=True).done] == [PRACTISED]
        with django_assert_num_queries(1):
            found = prepared_in(case, is_told=True)
        assert [part.words for part in found[step.line].done] == [PRACTISED]

    def test_holds_nothing_of_another_case(self, step, caseworker):
        prepared(step, caseworker)
        assert prepared_in(a_case(caseworker), is_told=True) == {}


class TestSaidParts:
    def test_leaves_out_what_was_not_done_that_day(self, step, caseworker):
        row = prepared(step, caseworker, difficulties="Takut ditolak: minta bertemu Bu Rini")
        assert said_parts(row) == (("Yang mungkin sulit", "Takut ditolak: minta bertemu Bu Rini"),)


class TestReferred:
    def test_names_the_referrals_of_this_line_only(self, case, step, caseworker):
        assert referred(step) == ()
        made = proposed(caseworker, line=step)
        assert referred(step) == ({"pk": made.pk, "number": made.number},)
        assert referred(step_of(step.plan, caseworker, minutes=102)) == ()
