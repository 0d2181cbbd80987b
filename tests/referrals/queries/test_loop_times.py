from datetime import timedelta

import pytest

from simpul.referrals.queries.loop_times import due_on
from simpul.referrals.stages import ENDED, Stage
from tests.screening.factories import TODAY


class TestDueOn:
    @pytest.mark.parametrize(
        ("stage", "urgency", "days"),
        [
            (Stage.SENT, "emergency", 1),
            (Stage.SENT, "nonsense", 7),
            (Stage.ACCEPTED, "urgent", 3),
            (Stage.WAITING, "emergency", 30),
            (Stage.DELIVERED, "normal", 30),
            (Stage.ANSWERED, "emergency", 7),
        ],
    )
    def test_goes_by_the_norm(self, stage, urgency, days):
        assert due_on(stage, urgency, TODAY) == TODAY + timedelta(days=days)

    def test_an_appointment_is_due_on_its_day(self):
        day = TODAY + timedelta(days=12)
        assert due_on(Stage.APPOINTED, "normal", TODAY, appointment_on=day) == day

    @pytest.mark.parametrize("stage", [*sorted(ENDED), Stage.PROPOSED, Stage.CONSENTED])
    def test_nobody_waits_before_sending_or_after_the_end(self, stage):
        assert due_on(stage, "emergency", TODAY) is None
