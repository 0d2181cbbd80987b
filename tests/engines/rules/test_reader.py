"""Tests of reading criteria: what is accepted, and what is refused with which sentence."""

from datetime import date

import pytest

from simpul.engines.rules import (
    AgeBetween,
    AgeCompare,
    All,
    Among,
    Any,
    AtLeast,
    Between,
    Compare,
    CompareFacts,
    FactKind,
    FactSpec,
    IsTrue,
    Named,
    Not,
    Operator,
    RuleError,
    parse,
)

FACTS = {
    **{name: FactSpec(name, FactKind.BOOL) for name in ("poor", "ill", "cared_for")},
    "rooms": FactSpec("rooms", FactKind.NUMBER, minimum=0, maximum=10),
    "income": FactSpec("income", FactKind.NUMBER),
    "expenses": FactSpec("expenses", FactKind.NUMBER),
    "floor": FactSpec("floor", FactKind.CHOICE, choices=("tiles", "soil", "sand")),
    "born": FactSpec("born", FactKind.DATE),
}
POOR, ILL, CARED = IsTrue("poor"), IsTrue("ill"), IsTrue("cared_for")


def read(text, **names):
    return parse(text, facts=FACTS, names=names, file="types.toml", line=7)


class TestParse:
    """A criterion."""

    @pytest.mark.parametrize(
        ("text", "node"),
        [
            ("poor", POOR),
            ("NOT poor", Not(POOR)),
            ("poor AND ill AND cared_for", All((POOR, ILL, CARED))),
            ("poor OR ill AND cared_for", Any((POOR, All((ILL, CARED))))),
            ("(poor OR ill) AND NOT cared_for", All((Any((POOR, ILL)), Not(CARED)))),
            ("AT_LEAST(2, poor, ill, cared_for)", AtLeast(2, (POOR, ILL, CARED))),
            ("rooms <= 2", Compare("rooms", Operator.AT_MOST, 2)),
            ("2 >= rooms", Compare("rooms", Operator.AT_MOST, 2)),
            ("income = -5", Compare("income", Operator.EQUAL, -5)),
            ("rooms BETWEEN 1 AND 3 AND poor", All((Between("rooms", 1, 3), POOR))),
            ("rooms NOT BETWEEN 1 AND 3", Not(Between("rooms", 1, 3))),
            ("income < expenses", CompareFacts("income", Operator.LESS, "expenses")),
            ("floor = 'soil'", Among("floor", ("soil",))),
            ("floor <> 'soil'", Not(Among("floor", ("soil",)))),
            ("floor IN ('soil', 'sand')", Among("floor", ("soil", "sand"))),
            ("floor NOT IN ('soil', 'sand')", Not(Among("floor", ("soil", "sand")))),
            ("AGE(born) >= 60", AgeCompare("born", Operator.AT_LEAST, 60)),
            ("60 <= AGE(born)", AgeCompare("born", Operator.AT_LEAST, 60)),
            ("years(born) < 5", AgeCompare("born", Operator.LESS, 5)),
            ("AGE(born) BETWEEN 0 AND 5", AgeBetween("born", 0, 5)),
            ("YEARS_UNTIL_YESTERDAY(born) < 1", AgeCompare("born", Operator.LESS, 1, until_yesterday=True)),
            ("born < DATE '2020-02-29'", Compare("born", Operator.LESS, date(2020, 2, 29))),
        ],
    )
    def test_becomes_our_own_nodes(self, text, node):
        assert read(text) == node

    def test_may_use_names_of_conditions_already_read(self):
        derived = Named("derived", "is_child", read("AGE(born) < 18"))
        node = read("is_child AND b", is_child=derived, b=POOR)
        assert node == All((derived, Named("criterion", "b", POOR)))

    @pytest.mark.parametrize(
        ("text", "part"),
        [
            ("poor IS NULL", "'not known' is an answer"),
            ("poor IS NOT TRUE", "'not known' is an answer"),
            ("floor LIKE 's%'", "LIKE is not allowed"),
            ("floor ~ 's'", "not allowed"),
            ("poor = TRUE", "write the fact itself"),
            ("poor = 1", "is a yes or no"),
            ("poor = ill", "is a yes or no"),
            ("TRUE", "not needed"),
            ("rooms = NULL", "not known by itself"),
            ("rooms = '2'", "a whole number is needed"),
            ("rooms > 1.5", "not a whole number"),
            ("income > 9999999999999999", "more than 15 digits"),
            ("floor = 2", "single quotes"),
            ("floor < 'soil'", "has no order"),
            ("floor BETWEEN 'a' AND 'b'", "has no order"),
            ("floor = 'mud'", "no choice of 'floor': tiles, soil, sand"),
            ("floor IN ('soil', 'soil')", "listed twice"),
            ("floor IN ('soil', 'sand', 'tiles')", "always yes"),
            ("rooms IN (1, 2)", "IN is for choices"),
            ("floor IN (SELECT 1)", "query"),
            ("rooms + 1 > 2", "arithmetic"),
            ("rooms::text = 'a'", "change of type"),
            ("(SELECT 1) > 2", "query"),
            ("EXISTS (SELECT 1)", "query"),
            ("COALESCE(poor, ill)", "only functions"),
            ("ALL_OF(poor, ill)", "only functions"),
            ("CASE WHEN poor THEN ill END", "CASE"),
            ("rooms", "compare it with something"),
            ("AGE(born)", "compare it"),
            ("YEARS_UNTIL_YESTERDAY(born) BETWEEN 1 AND 2", "compared with one bound"),
            ("AGE(rooms) > 2", "'rooms' is not one"),
            ("AGE(born, born) > 2", "takes one date"),
            ("AGE(born) > 200", "0 to 150"),
            ("AGE(born) >= 0", "always the same"),
            ("born > '2020-01-01'", "write DATE"),
            ("born > DATE '2021-02-29'", "not a day"),
            ("born > CURRENT_DATE", "not allowed"),
            ("rooms = 11", "0 to 10"),
            ("rooms >= 0", "always the same"),
            ("rooms BETWEEN 0 AND 10", "always the same"),
            ("rooms BETWEEN 3 AND 1", "smaller bound first"),
            ("rooms BETWEEN SYMMETRIC 3 AND 1", "SYMMETRIC"),
            ("income = income", "with itself"),
            ("1 = 1", "two fixed values"),
            ("AT_LEAST(0, poor, ill)", "never be in doubt"),
            ("AT_LEAST(3, poor, ill)", "never be in doubt"),
            ("AT_LEAST(poor, ill)", "begins with a whole number"),
            ("AT_LEAST(1, poor, poor)", "twice"),
            ("pooor", "did you mean 'poor'?"),
            ("zzz", "'zzz' is not known here"),
            ('"poor"', "without quotes"),
            ("person.poor", "without quotes or dots"),
            ("poor; ill", "semicolon"),
            ("poor ill", "cannot be read at 'ill'"),
            ("poor AND", "cannot be read"),
            ("floor = 'soil", "not closed"),
            ("poor -- OR ill", "comment"),
            ("poor /* OR ill */", "comment"),
            ("  ", "empty"),
            ("poor" + " AND poor" * 1000, "characters"),
            ("(" * 30 + "poor" + ")" * 30, "nested"),
            ("NOT " * 900 + "poor", "nested"),
        ],
    )
    def test_is_refused_with_a_sentence(self, text, part):
        with pytest.raises(RuleError) as refused:
            read(text)
        assert part in refused.value.sentence
        assert str(refused.value) == f"types.toml:7: {refused.value.sentence}"

    def test_refused_on_a_later_line_names_that_line(self):
        with pytest.raises(RuleError) as refused:
            read("poor AND\n  pooor")
        assert refused.value.line == 8
