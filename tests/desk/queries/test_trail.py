from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from simpul.access.models import Event
from simpul.access.permissions import Permission
from simpul.desk.queries import traces_of

NINE = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
RINA, HAMDAN = UUID(int=1), UUID(int=2)
ASK, ANSWER = (Permission.SCREENING_ANSWER, True), (Permission.FACT_RECORD, False)


@pytest.fixture(autouse=True)
def jakarta(settings):
    settings.TIME_ZONE = "Asia/Jakarta"


def told(*deeds):
    """The lines for (minutes after nine, what was done, who), in the order they happened: the newest line first."""
    events = [
        Event(
            at=NINE + timedelta(minutes=minutes),
            actor=who,
            actor_name=str(who),
            permission=permission,
            is_reading=is_reading,
        )
        for minutes, (permission, is_reading), who in deeds
    ]
    return [(trace.words, trace.times, trace.span) for trace in traces_of(reversed(events))]


class TestTracesOf:
    def test_tells_reading_and_writing_by_turns_in_two_lines(self):
        turns = [(minute, deed, RINA) for minute in (10, 12, 25) for deed in (ASK, ANSWER)]

        assert told(*turns) == [
            ("mencatat jawaban", 3, "09.10–09.25"),
            ("membuka pertanyaan penapisan", 3, "09.10–09.25"),
        ]

    def test_begins_anew_where_somebody_else_comes_between(self):
        lines = told((0, ANSWER, RINA), (1, ANSWER, HAMDAN), (2, ANSWER, RINA))

        assert [span for _words, _times, span in lines] == ["09.02", "09.01", "09.00"]

    @pytest.mark.parametrize(("first", "second"), [(0, 30), (15 * 60 - 1, 15 * 60)])
    def test_begins_anew_after_a_pause_and_at_midnight(self, first, second):
        assert [times for _words, times, _span in told((first, ANSWER, RINA), (second, ANSWER, RINA))] == [
            1,
            1,
        ]

    def test_counts_right_when_the_clock_was_set_back(self):
        assert told((5, ANSWER, RINA), (3, ANSWER, RINA)) == [("mencatat jawaban", 2, "09.03–09.05")]

    def test_is_empty_for_nothing(self):
        assert told() == []
