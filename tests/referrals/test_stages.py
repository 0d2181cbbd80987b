import pytest

from simpul.referrals.stages import (
    BY_HAND,
    BY_SIDE,
    ENDED,
    HOLDS_A_PLACE,
    MAY_FOLLOW,
    MAY_STILL_HOLD,
    RECEIVED,
    UNMET_BY_DECLINE,
    WITH_THE_RECEIVER,
    Decline,
    Side,
    Stage,
)


class TestTables:
    def test_every_stage_but_the_first_is_reached_and_somebody_may_say_it(self):
        reached = {then for following in MAY_FOLLOW.values() for then in following}
        assert reached == set(Stage) - {Stage.PROPOSED}
        assert BY_SIDE[Side.SENDER] | BY_SIDE[Side.RECEIVER] == reached

    @pytest.mark.parametrize("stage", sorted(set(Stage) - ENDED))
    def test_every_stage_that_runs_can_come_to_an_end(self, stage):
        assert MAY_FOLLOW[stage] & (ENDED | MAY_FOLLOW[stage])
        assert Stage.WITHDRAWN in MAY_FOLLOW[stage] or Stage.FAILED in MAY_FOLLOW[stage]

    def test_consent_sending_the_clients_word_and_taking_back_are_never_the_receivers(self):
        for stage in (Stage.CONSENTED, Stage.SENT, Stage.CONFIRMED, Stage.WITHDRAWN):
            assert stage not in BY_SIDE[Side.RECEIVER]

    def test_what_is_written_down_by_hand_is_what_a_receiver_answers(self):
        assert BY_SIDE[Side.RECEIVER] >= BY_HAND

    def test_a_receiver_sees_nothing_before_sending_or_after_withdrawal(self):
        assert set(Stage) - RECEIVED == {Stage.PROPOSED, Stage.CONSENTED, Stage.WITHDRAWN}
        assert WITH_THE_RECEIVER | HOLDS_A_PLACE | MAY_STILL_HOLD <= RECEIVED

    def test_every_decline_says_why_the_need_stays_open(self):
        assert set(UNMET_BY_DECLINE) == set(Decline)
