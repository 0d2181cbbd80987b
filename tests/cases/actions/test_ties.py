import uuid

import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.cases.actions.around import About
from simpul.cases.actions.ties import add_household, end_tie, tie
from simpul.cases.models import Case, Concerned, Tie
from simpul.people.models import Person
from tests.cases.actions.test_around import added
from tests.cases.factories import a_case
from tests.screening.factories import TODAY, person, when

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def tied(case, by, kind, one, other, *, key=None):
    ends = {"one": one and one.pk, "other": other and other.pk}
    return tie(case, by=by, key=key or uuid.uuid4(), kind=kind, **ends, **when(80))


def in_household(case, by, name, relation, **about):
    someone = person(by, name=name, **about)
    Person.objects.filter(pk=someone.pk).update(household=case.person.household_id, relation_to_head=relation)
    return Person.objects.get(pk=someone.pk)


class TestTie:
    def test_ties_two_or_one_and_the_client(self, case, caseworker):
        aunt, uncle = added(case, caseworker), added(case, caseworker)
        assert tied(case, caseworker, "partner_of", aunt, uncle).other == uncle
        assert tied(case, caseworker, "cares_for", aunt, None).other is None

    def test_pressed_twice_is_one(self, case, caseworker):
        aunt, key = added(case, caseworker), uuid.uuid4()
        for _ in range(2):
            tied(case, caseworker, "supports", aunt, None, key=key)
        assert Tie.objects.count() == 1

    @pytest.mark.parametrize(
        ("first", "second", "is_turned"),
        [
            ("supports", "supports", False),
            ("partner_of", "partner_of", True),
            ("parent_of", "parent_of", True),
        ],
        ids=["same", "partners the other way", "child of the own child"],
    )
    def test_refuses_what_is_told_already_or_contradicts(self, case, caseworker, first, second, is_turned):
        aunt = added(case, caseworker)
        tied(case, caseworker, first, aunt, None)
        with pytest.raises(Refusal, match=r"tercatat|dicatat"):
            tied(case, caseworker, second, *((None, aunt) if is_turned else (aunt, None)))

    def test_refuses_family_with_a_body(self, case, caseworker):
        school = added(case, caseworker, About(name="SDN 4", relation="sekolah", kind="body"))
        with pytest.raises(Refusal, match="hanya di antara orang"):
            tied(case, caseworker, "parent_of", school, None)

    def test_refuses_somebody_of_another_case_and_nobody_at_all(self, case, caseworker):
        other = added(a_case(caseworker), caseworker)
        with pytest.raises(Refusal, match="tidak ada dalam daftar"):
            tied(case, caseworker, "supports", other, None)
        with pytest.raises(Refusal, match="dua orang yang berbeda"):
            tied(case, caseworker, "supports", None, None)


class TestEndTie:
    def test_ends_once_and_lets_it_be_told_anew(self, case, caseworker):
        aunt = added(case, caseworker)
        told = tied(case, caseworker, "strained", aunt, None)
        assert end_tie(told, by=caseworker, on=TODAY).ended_on == TODAY
        assert tied(case, caseworker, "strained", aunt, None).ended_on is None

    def test_refuses_a_stranger(self, case, caseworker, stranger):
        told = tied(case, caseworker, "strained", added(case, caseworker), None)
        with pytest.raises(NotAllowed):
            end_tie(told, by=stranger, on=TODAY)


class TestAddHousehold:
    def noted(self, case, by, members, key=None):
        keys = {one.pk for one in members}
        return add_household(case, by=by, key=key or uuid.uuid4(), members=keys, **when(70))

    def test_notes_the_chosen_with_what_the_register_tells(self, case, caseworker):
        child = in_household(case, caseworker, "Rizki", "child", sex="L")
        in_household(case, caseworker, "Dewi", "child")
        Person.objects.filter(pk=case.person_id).update(relation_to_head="head")
        (row,) = self.noted(Case.objects.get(pk=case.pk), caseworker, [child])
        assert (row.name, row.relation, row.sex, row.lives_with_client) == ("Rizki", "Anak", "L", True)
        assert [(tie.kind, tie.one, tie.other) for tie in Tie.objects.all()] == [("parent_of", None, row)]

    def test_ties_the_head_to_client_and_partner(self, case, caseworker):
        head = in_household(case, caseworker, "Hasan", "head")
        wife = in_household(case, caseworker, "Mina", "spouse")
        Person.objects.filter(pk=case.person_id).update(relation_to_head="child")
        rows = self.noted(Case.objects.get(pk=case.pk), caseworker, [head, wife])
        father, mother = sorted(rows, key=lambda row: row.name)
        told = {(tie.kind, tie.one_id, tie.other_id) for tie in Tie.objects.all()}
        assert told == {("parent_of", father.pk, None), ("partner_of", father.pk, mother.pk)}

    def test_notes_nobody_twice(self, case, caseworker):
        child = in_household(case, caseworker, "Rizki", "child")
        for _ in range(2):
            self.noted(case, caseworker, [child])
        assert Concerned.objects.count() == 1

    def test_passes_over_who_lives_elsewhere(self, case, caseworker):
        assert self.noted(case, caseworker, [person(caseworker), case.person]) == ()
