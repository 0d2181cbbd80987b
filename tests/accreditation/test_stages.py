import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.access.refusal import Refusal
from simpul.accreditation.models import Accreditation
from simpul.accreditation.queries.run import require_may_follow
from simpul.accreditation.stages import DECIDED, ENDED, MAY_FOLLOW, Stage

PAIRS = list(itertools.product(Stage, Stage))
# What must have been gone through before a decision, in this order.
ORDER = (Stage.DESK_CHECK, Stage.ASSIGNMENT, Stage.VISIT, Stage.VALIDATION, Stage.PLENARY)


def walked(turns):
    """The walk that these turns take, as far as the table lets it go."""
    way = [Stage.SELF_ASSESSMENT]
    for turn in turns:
        following = sorted(MAY_FOLLOW[way[-1]])
        if not following:
            break
        way.append(Stage(following[turn % len(following)]))
    return way


WALKS = st.lists(st.integers(0, 2), max_size=20).map(walked)


class TestMayFollow:
    def test_names_every_stage(self):
        assert set(MAY_FOLLOW) == set(Stage)

    @pytest.mark.parametrize(("left", "to"), PAIRS, ids=[f"{left}-{to}" for left, to in PAIRS])
    def test_is_what_moving_obeys(self, left, to):
        run = Accreditation(stage=left)
        if to in MAY_FOLLOW[left]:
            require_may_follow(run, to)
        else:
            with pytest.raises(Refusal):
                require_may_follow(run, to)

    @given(WALKS)
    def test_lets_nothing_be_decided_that_was_not_checked_seen_and_validated(self, way):
        if DECIDED & set(way):
            first = [way.index(stage) for stage in ORDER]
            assert first == sorted(first)

    @given(WALKS)
    def test_lets_nobody_withdraw_from_a_result(self, way):
        if Stage.WITHDRAWN in way:
            assert not {Stage.VALIDATION, Stage.PLENARY, *DECIDED} & {way[-2]}
            assert way[-1] == Stage.WITHDRAWN

    def test_leads_from_everywhere_to_an_end(self):
        for stage in Stage:
            reached, open_ones = {stage}, [stage]
            while open_ones:
                more = MAY_FOLLOW[open_ones.pop()] - reached
                reached |= more
                open_ones += more
            assert reached & ENDED
