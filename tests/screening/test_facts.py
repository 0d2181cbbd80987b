import json
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from simpul.catalogue import editions, facts
from simpul.engines.rules import DateRange, FactKind
from simpul.screening.facts import (
    Answered,
    asked_in_vain,
    asking,
    engine_facts,
    frozen,
    highly_restricted,
    thawed,
)
from simpul.screening.queries import judged
from tests.screening.factories import NOW, TODAY

DAYS = some.dates(date(1930, 1, 1), TODAY)


def values(fact):
    """Any value that a fact may have."""
    if fact.kind is FactKind.BOOL:
        return some.booleans()
    if fact.kind is FactKind.CHOICE:
        return some.sampled_from(fact.spec.choices)
    if fact.kind is FactKind.NUMBER:
        return some.integers(fact.minimum or 0, fact.maximum or 9_999_999)
    ranges = some.tuples(DAYS, some.integers(1, 2000)).map(
        lambda pair: DateRange(pair[0], pair[0] + timedelta(days=pair[1]))
    )
    return DAYS | ranges


def said(name, state, value=None):
    return Answered(name, state, value, "self", NOW, "Rina", "")


@some.composite
def held(draw):
    """Some facts known, some asked in vain, the rest never asked."""
    found = {}
    for name, fact in facts.asked_facts().items():
        state = draw(some.sampled_from(["absent", "known", "known", "unknown", "refused"]))
        if state != "absent":
            found[name] = said(name, state, draw(values(fact)) if state == "known" else None)
    return found


class TestThawed:
    @settings(max_examples=60, deadline=None)
    @given(held())
    def test_gives_back_what_was_frozen(self, answers):
        assert thawed(json.loads(json.dumps(frozen(answers)))) == answers

    @settings(max_examples=25, deadline=None)
    @given(held())
    def test_is_judged_again_as_it_was(self, answers):
        edition = editions.get("permensos-8-2012")
        kept = json.loads(json.dumps(frozen(answers)))
        first = judged(engine_facts(answers), edition, TODAY)
        assert judged(engine_facts(thawed(kept)), edition, TODAY) == first

    def test_leaves_out_what_the_catalogue_no_longer_asks(self):
        row = {**frozen({"poor": said("poor", "refused")})[0], "name": "dropped_long_ago"}
        assert thawed([row]) == {}


class TestEngineFacts:
    def test_leaves_out_what_was_asked_in_vain(self):
        answers = {"poor": said("poor", "refused"), "ill_often": said("ill_often", "unknown")}
        assert engine_facts(answers) == {}
        assert asked_in_vain(answers) == {"poor", "ill_often"}


class TestAsking:
    edition = editions.get("permensos-8-2012")

    @settings(max_examples=25, deadline=None)
    @given(held())
    def test_never_asks_twice_and_keeps_painful_questions_for_those_who_may(self, answers):
        standing = asking(self.edition, TODAY, answers, may_ask_all=False)
        assert standing.next is None or standing.next not in answers
        assert standing.next not in highly_restricted()

    def test_comes_to_an_end(self):
        answers, steps = {}, 0
        most = asking(self.edition, TODAY, answers).left
        while name := asking(self.edition, TODAY, answers).next:
            answers[name] = said(name, "unknown")
            steps += 1
        assert steps <= most

    def adult(self):
        """An adult who was asked everything that is asked, and to whom nothing of it applies."""
        answers = {"born": said("born", "known", date(1980, 3, 1)), "sex": said("sex", "known", "P")}
        while name := asking(self.edition, TODAY, answers).next:
            fact = facts.get(name)
            plain = {FactKind.BOOL: False, FactKind.NUMBER: fact.minimum or 0}
            value = plain[fact.kind] if fact.kind in plain else fact.spec.choices[0]
            answers[name] = said(name, "known", value)
        return answers

    def test_counts_no_type_that_nobody_brought_up(self):
        standing = asking(self.edition, TODAY, self.adult())
        assert standing.unsettled == 0
        assert standing.settled < len(self.edition.types)

    def test_counts_such_a_type_once_it_was_brought_up(self):
        told = self.adult()
        before = asking(self.edition, TODAY, told)
        told["hiv_confirmed"] = said("hiv_confirmed", "known", True)
        assert asking(self.edition, TODAY, told).settled == before.settled + 1

    def test_counts_no_highly_restricted_type_for_who_may_not_ask(self):
        restricted = sum(1 for need in self.edition.types if need.sensitivity == "highly_restricted")
        standing = asking(self.edition, TODAY, {}, may_ask_all=False)
        assert standing.settled + standing.unsettled <= len(self.edition.types) - restricted

    def test_puts_off_what_it_is_told_to(self):
        first = asking(self.edition, TODAY, {}).next
        assert asking(self.edition, TODAY, {}, later=[first]).next != first
