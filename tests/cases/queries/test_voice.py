import uuid

import pytest

from simpul.cases.actions.voice import give_rights, note_wishes, record_satisfaction
from simpul.cases.queries.voice import opinions_of, panel, sheet
from tests.cases.factories import a_case
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def thought(case, by, **changed):
    details = {"instrument": "satisfaction", "entered": "paper", "answers": {"heard": 4}, "words": "Baik"}
    return record_satisfaction(case, by=by, key=uuid.uuid4(), **(details | changed), **when(80))


class TestSheet:
    def test_is_in_one_language(self):
        assert sheet(language="en").parts[0].lines[0] == "You are respected as yourself."
        assert sheet("1", "id").title == "Hak Anda dan cara kami melayani"


class TestOpinionsOf:
    def test_say_when_the_own_worker_asked(self, case, caseworker, supervisor):
        thought(case, caseworker, entered="asked")
        thought(case, supervisor, entered="asked")
        thought(case, caseworker, entered="paper")
        by_worker = {
            (one.by_name, one.entered[:4]): one.is_by_own_worker for one in opinions_of(case, is_told=True)
        }
        assert by_worker == {
            ("Rina Wulandari", "Dita"): True,
            ("Pak Hamdan", "Dita"): False,
            ("Rina Wulandari", "Ditu"): False,
        }

    def test_keep_words_and_answers_from_who_may_not_read_them(self, case, caseworker):
        thought(case, caseworker)
        told, hidden = (opinions_of(case, is_told=is_told)[0] for is_told in (True, False))
        assert (told.words, len(told.answers)) == ("Baik", 1)
        assert (hidden.words, hidden.answers) == ("", ())


class TestPanel:
    def test_asks_the_database_four_times_at_most(self, case, caseworker, django_assert_max_num_queries):
        give_rights(case, by=caseworker, key=uuid.uuid4(), how="Dibacakan", **when(70))
        thought(case, caseworker)
        caseworker.standing_grants  # noqa: B018 - the page has asked for them already
        with django_assert_max_num_queries(4):
            shown = panel(case, caseworker, TODAY)
        assert (shown.given_on, shown.asked_on, shown.is_newest_text) == (TODAY, TODAY, True)

    def test_tells_the_wishes_also_before_the_sheet_of_rights_was_given(self, case, caseworker, head):
        case.wishes = "Jangan telepon anak saya"
        assert panel(case, caseworker, TODAY).wishes == "Jangan telepon anak saya"
        assert panel(case, head, TODAY).wishes == ""

    def test_keeps_the_wishes_from_the_head(self, case, caseworker, head):
        give_rights(case, by=caseworker, key=uuid.uuid4(), how="Dibacakan", **when(70))
        wished = note_wishes(case, by=caseworker, version=case.version, wishes="Hanya Bu RT", **when(80))
        assert panel(wished, caseworker, TODAY).wishes == "Hanya Bu RT"
        assert panel(wished, head, TODAY).wishes == ""
