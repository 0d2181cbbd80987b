"""Tests of facts: what other answers settle."""

from dataclasses import replace

import pytest

from simpul.engines.rules import completed, parse

from .random_rules import ON, SPECS

GATED = replace(SPECS["b"], asked_if=parse("a", facts=SPECS), otherwise=False)
CHOSEN = replace(SPECS["s"], asked_if=parse("AGE(born) >= 18", facts=SPECS), otherwise="K")
DRAWN = replace(SPECS["c"], follows=parse("NOT x < y", facts=SPECS))


def settled(**facts):
    return completed(facts, [GATED, CHOSEN, DRAWN], ON)


class TestCompleted:
    """The completed facts."""

    def test_hold_what_the_no_of_a_condition_says(self):
        assert settled(a=False) == {"a": False, "b": False}

    @pytest.mark.parametrize("facts", [{}, {"a": True}, {"a": None}])
    def test_hold_nothing_more_while_the_condition_is_no_no(self, facts):
        assert settled(**facts) == facts

    def test_keep_what_was_told(self):
        assert settled(a=False, b=True) == {"a": False, "b": True}

    @pytest.mark.parametrize(("x", "y", "enough"), [(1, 2, False), (2, 2, True)])
    def test_hold_what_follows_from_others(self, x, y, enough):
        assert settled(x=x, y=y)["c"] is enough

    def test_say_nothing_about_what_only_half_follows(self):
        assert "c" not in settled(x=1)

    def test_leave_the_facts_given_as_they_are(self):
        given = {"a": False}
        completed(given, [GATED], ON)
        assert given == {"a": False}


class TestFactSpec:
    """A spec."""

    def test_names_what_can_settle_its_fact(self):
        assert GATED.conditions() == (GATED.asked_if,)
        assert DRAWN.conditions() == (DRAWN.follows,)
        assert replace(GATED, otherwise=None).conditions() == ()
        assert not replace(GATED, otherwise=None).is_settled_by_others
