from uuid import UUID

import pytest

from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.catalogue import instruments as shipped
from simpul.instruments import actions, queries
from simpul.instruments.models import AnswerSheet
from simpul.instruments.queries import AnswerRow, Fate, participant_called, plan_import
from tests.access.factories import ORGANISATION, OTHER_ORGANISATION
from tests.instruments.factories import AT, DAY, SESSION, begun

pytestmark = pytest.mark.django_db
SESSIONS = shipped.get("session-evaluation")


def row(number=2, person=1, wave="pre", answers=None):
    return AnswerRow(number, UUID(int=person), DAY, answers or SESSION, f"Rekan {person}", wave)


def imported(by, rows, **details):
    where = queries.where_to_fill(by)
    known = {"instrument": SESSIONS.code, "version": 1, "on": DAY, "at": AT}
    return actions.import_answers(where, by=by, rows=rows, **{**known, **details})


class TestPlanImport:
    def test_tells_the_fate_of_every_row(self, caseworker):
        begun(caseworker, participant=UUID(int=3), wave="pre")
        imported(caseworker, [row(person=1), row(person=2)])
        rows = [
            row(2, 1),
            row(3, 2, answers={"clear": 1}),
            row(4, 3),
            row(5, 4),
            row(6, 4),
            row(7, 1, "post"),
        ]
        plan = plan_import(SESSIONS, rows)
        assert [fate for _row, fate in plan.fates] == [
            Fate.SAME, Fate.DIFFERENT, Fate.DIFFERENT, Fate.NEW, Fate.TWICE, Fate.NEW,
        ]  # fmt: skip
        assert plan.numbers(Fate.DIFFERENT) == [3, 4]

    def test_keeps_series_apart(self, caseworker):
        imported(caseworker, [row()], series=UUID(int=8))
        assert plan_import(SESSIONS, [row()]).numbers(Fate.NEW) == [2]
        assert plan_import(SESSIONS, [row()], series=UUID(int=8)).numbers(Fate.SAME) == [2]


class TestParticipantCalled:
    def test_is_the_same_each_time_and_another_elsewhere(self):
        home, other = Where(ORGANISATION), Where(OTHER_ORGANISATION)
        assert participant_called(home, "P-01") == participant_called(home, " p-01 ")
        assert participant_called(home, "P-01") != participant_called(other, "P-01")
        assert participant_called(home, "P-01") != participant_called(home, "P-01", series=UUID(int=1))


class TestImportAnswers:
    @pytest.mark.parametrize(
        "spoilt",
        [{"clear": 9}, {"warna": 1}, {"to_improve": "  berspasi "}, {}],
        ids=["level", "item", "not clean", "nothing"],
    )
    def test_keeps_all_rows_or_none_and_names_the_row(self, caseworker, spoilt):
        bad = AnswerRow(7, UUID(int=2), DAY, spoilt)
        with pytest.raises(Refusal, match="Baris 7"):
            imported(caseworker, [row(), bad])
        assert not AnswerSheet.objects.exists()

    def test_records_one_event_and_locks_what_it_keeps(self, caseworker):
        imported(caseworker, [row(person=1), row(3, person=2)])
        assert all(sheet.is_locked for sheet in AnswerSheet.objects.all())
        assert queries.records(AnswerSheet.objects.all())[0].answers["clear"] == 4
