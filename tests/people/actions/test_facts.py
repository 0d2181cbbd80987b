from datetime import date, timedelta
from uuid import uuid4

import pytest

from simpul.access.models import Event
from simpul.access.refusal import NotAllowed
from simpul.access.rows import KeyTaken
from simpul.catalogue import facts as catalogue_facts
from simpul.engines.days import months_later
from simpul.engines.rules import DateRange, FactKind
from simpul.people import actions, queries
from simpul.people.actions.facts import FactUnknown, RegisterKnows, ValueWrong
from simpul.people.models import Fact, Person
from tests.people.factories import AT, BORN, ON, child, fact, person
from tests.people.queries.test_facts import fading_fact, hidden_fact

pytestmark = pytest.mark.django_db


def asked(kind, of="person"):
    """Some fact of the catalogue of that kind."""
    plain = (f for f in catalogue_facts.asked_facts().values() if f.kind is kind and f.of == of)
    return next(f for f in plain if f.name not in ("born", "sex"))


class TestRecordFact:
    def test_keeps_who_said_it_and_when(self, caseworker):
        someone, name = person(caseworker), asked(FactKind.BOOL).name
        fact(someone, caseworker, name, False, source="family")
        held = queries.facts_on(someone, ON)[name]
        assert (held.value, held.source, held.noted_by_name, held.noted_at) == (
            False,
            "family",
            str(caseworker),
            AT,
        )

    def test_the_same_said_again_makes_one_row(self, caseworker):
        someone, name = person(caseworker), asked(FactKind.BOOL).name
        assert fact(someone, caseworker, name, True) == fact(someone, caseworker, name, True)
        assert Fact.objects.named(name).count() == 1

    def test_something_else_supersedes_and_the_old_stays(self, caseworker):
        someone, name = person(caseworker), asked(FactKind.BOOL).name
        fact(someone, caseworker, name, True)
        fact(someone, caseworker, name, False, at=AT + timedelta(minutes=1))
        fact(someone, caseworker, name, True, at=AT + timedelta(minutes=2))
        assert [held.value for held in queries.history_of(someone, name)] == [True, False, True]

    def test_a_double_click_makes_one_row(self, caseworker):
        someone, name, key = person(caseworker), asked(FactKind.BOOL).name, uuid4()
        assert fact(someone, caseworker, name, True, key=key) == fact(
            someone, caseworker, name, False, key=key
        )

    def test_refuses_a_key_of_another_person(self, caseworker):
        name, key = asked(FactKind.BOOL).name, uuid4()
        fact(person(caseworker), caseworker, name, True, key=key)
        with pytest.raises(KeyTaken):
            fact(person(caseworker), caseworker, name, True, key=key)

    @pytest.mark.parametrize("state", ["unknown", "refused"])
    def test_not_knowing_and_not_saying_are_kept_apart(self, caseworker, state):
        someone, name = person(caseworker), asked(FactKind.BOOL).name
        fact(someone, caseworker, name, state=state)
        held = queries.facts_on(someone, ON)[name]
        assert (held.state, held.value) == (state, None)
        assert name not in queries.known_values(someone, ON)

    def test_a_fact_of_the_household_holds_for_everybody_in_it(self, caseworker):
        first = person(caseworker)
        second = child(caseworker, household=first.household)
        shared = asked(FactKind.BOOL, of="household")
        fact(first, caseworker, shared.name, True)
        assert queries.facts_on(second, ON)[shared.name].value is True

    def test_birth_and_sex_go_into_the_register(self, caseworker):
        someone = person(caseworker, born=None, sex="")
        fact(someone, caseworker, "born", DateRange(date(1950, 1, 1), date(1955, 12, 31)))
        fact(someone, caseworker, "sex", "P")
        kept = Person.objects.get(pk=someone.pk)
        assert (kept.born, kept.sex, kept.version) == (
            DateRange(date(1950, 1, 1), date(1955, 12, 31)),
            "P",
            3,
        )

    def test_tells_the_record_nothing_about_it(self, caseworker):
        fact(person(caseworker), caseworker, hidden_fact(), True)
        assert Event.objects.get(permission="fact.record").details == {}

    def test_the_same_said_again_after_it_faded_is_news(self, caseworker):
        someone, (name, months) = person(caseworker), fading_fact()
        first = fact(someone, caseworker, name, True)
        later = months_later(ON, months)
        assert fact(someone, caseworker, name, True, on=later, at=AT + timedelta(days=9999)) != first
        assert not queries.facts_on(someone, later)[name].is_faded

    @pytest.mark.parametrize(("name", "value"), [("born", date(1960, 1, 1)), ("sex", "L")])
    def test_who_may_not_edit_cannot_rewrite_the_register(self, caseworker, volunteer, name, value):
        someone = person(caseworker)
        with pytest.raises(RegisterKnows):
            fact(someone, volunteer, name, value)
        kept = Person.objects.get(pk=someone.pk)
        assert (kept.born, kept.sex, kept.version) == (BORN, "P", 1)

    def test_who_may_not_edit_can_fill_what_the_register_lacks(self, caseworker, volunteer):
        someone = person(caseworker, born=None)
        fact(someone, volunteer, "born", BORN)
        assert Person.objects.get(pk=someone.pk).born == BORN

    def test_who_may_edit_corrects_the_register_and_that_is_recorded(self, caseworker):
        someone = person(caseworker)
        fact(someone, caseworker, "born", date(1955, 1, 1))
        assert Person.objects.get(pk=someone.pk).born == date(1955, 1, 1)
        assert Event.objects.get(permission="person.edit").person == someone.pk

    def test_does_not_overwrite_what_a_colleague_just_corrected(self, caseworker, supervisor):
        seen = person(caseworker)
        actions.edit(seen, by=supervisor, version=1, changes={"born": date(1956, 1, 1)}, on=ON, at=AT)
        with pytest.raises(actions.EditClash):
            fact(seen, caseworker, "born", date(1955, 1, 1))

    @pytest.mark.parametrize(
        ("kind", "value"),
        [
            (FactKind.BOOL, "ya"),
            (FactKind.BOOL, 1),
            (FactKind.BOOL, None),
            (FactKind.NUMBER, True),
            (FactKind.NUMBER, 1.5),
            (FactKind.NUMBER, -(10**12)),
            (FactKind.NUMBER, 10**15),
            (FactKind.CHOICE, "<script>"),
            (FactKind.DATE, "2020-01-01"),
            (FactKind.DATE, date(2027, 1, 1)),
            (FactKind.DATE, date(1700, 1, 1)),
        ],
        ids=str,
    )
    def test_refuses_what_the_question_cannot_have(self, caseworker, kind, value):
        someone = person(caseworker)
        before = Fact.objects.count()
        with pytest.raises(ValueWrong):
            fact(someone, caseworker, asked(kind).name, value)
        assert Fact.objects.count() == before

    def test_refuses_a_birth_in_the_future(self, caseworker):
        with pytest.raises(actions.BirthImpossible):
            fact(person(caseworker), caseworker, "born", date(2027, 1, 1))

    @pytest.mark.parametrize("name", ["no_such_fact", "is_child"])
    def test_refuses_what_is_not_asked(self, caseworker, name):
        with pytest.raises(FactUnknown):
            fact(person(caseworker), caseworker, name, True)

    def test_refuses_a_stranger(self, caseworker, stranger):
        with pytest.raises(NotAllowed):
            fact(person(caseworker), stranger, asked(FactKind.BOOL).name, True)


class TestBirthOfTheRegister:
    def test_stays_when_somebody_does_not_know_it(self, caseworker):
        someone = person(caseworker)
        fact(someone, caseworker, "born", state="unknown")
        assert queries.facts_on(someone, ON)["born"].value == BORN
