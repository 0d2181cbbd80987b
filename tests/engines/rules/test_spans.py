"""Tests of spans: every comparison as a span of whole numbers."""

from datetime import date

import pytest

from simpul.engines.rules import parse
from simpul.engines.rules.spans import span_of

from .random_rules import DAYS, ON, SPECS

TEXTS = [f"AGE(born) {sign} {age}" for sign in ("<", "<=", ">", ">=", "=", "<>") for age in (1, 5, 18)]
TEXTS += ["AGE(born) BETWEEN 0 AND 5", "AGE(born) BETWEEN 1 AND 18", "born <> DATE '2020-02-29'"]
TEXTS += [f"YEARS_UNTIL_YESTERDAY(born) {sign} 1" for sign in ("<", "<=", ">", ">=", "=", "<>")]
TEXTS += ["AGE(born) > 0", "AGE(born) = 0", "AGE(born) <> 0", "AGE(born) <= 0"]


class TestSpanOf:
    """The span."""

    @pytest.mark.parametrize("text", TEXTS)
    @pytest.mark.parametrize("on", [ON, date(2024, 2, 29)])
    def test_holds_exactly_the_days_that_are_a_yes(self, text, on):
        node = parse(text, facts=SPECS)
        span = span_of(node, on)
        low, high = span.low or 0, span.high or date.max.toordinal()
        for day in DAYS:
            inside = low <= day.toordinal() <= high
            assert (inside != span.inverse) == (str(node.verdict({"born": day}, on)) == "yes")
