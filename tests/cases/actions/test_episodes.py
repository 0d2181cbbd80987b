import uuid

import pytest

from simpul.access.refusal import NotAllowed
from simpul.cases.actions.around import About, end_concerned
from simpul.cases.actions.episodes import take_along
from simpul.cases.models import Concerned, Tie
from simpul.cases.queries.around import carried_of
from simpul.cases.stages import Stage
from simpul.screening.queries import ConsentNeeded
from tests.cases.actions.test_around import added
from tests.cases.actions.test_opening import reopened
from tests.cases.actions.test_ties import tied
from tests.cases.factories import a_case, brought_to
from tests.screening.factories import person, when, without_consent

pytestmark = pytest.mark.django_db
BODY = About(name="SDN 4", relation="sekolah", kind="body", tells="all")


@pytest.fixture
def old(caseworker):
    """An episode with an aunt who cares and a school that supports the client."""
    case = a_case(caseworker)
    aunt, school = added(case, caseworker), added(case, caseworker, BODY)
    tied(case, caseworker, "cares_for", aunt, None)
    tied(case, caseworker, "supports", school, aunt)
    return case


def again(case, by):
    return reopened(brought_to(Stage.LEFT, by, case), by)


def taken(case, by, rows=None, *, key=None):
    members = {row.pk for row in (carried_of(case, by) if rows is None else rows)}
    return take_along(case, by=by, key=key or uuid.uuid4(), members=members, **when(200))


class TestTakeAlong:
    def test_notes_them_in_the_new_episode_with_their_ties(self, old, caseworker):
        new = again(old, caseworker)
        rows = {row.name: row for row in taken(new, caseworker)}
        aunt, school = rows["Bibi Rohani"], rows["SDN 4"]
        assert (aunt.relation, school.kind) == ("bibi dari ibu", "body")
        told = {(tie.kind, tie.one_id, tie.other_id) for tie in Tie.objects.filter(case=new)}
        assert told == {("cares_for", aunt.pk, None), ("supports", school.pk, aunt.pk)}
        assert Concerned.objects.filter(case=old).count() == 2

    def test_asks_anew_who_may_be_told_what(self, old, caseworker):
        rows = taken(again(old, caseworker), caseworker)
        assert {(row.tells, row.told_what) for row in rows} == {("nothing", None)}

    def test_leaves_behind_who_was_not_chosen_with_their_ties(self, old, caseworker):
        new = again(old, caseworker)
        (aunt,) = [row for row in carried_of(new, caseworker) if row.name == "Bibi Rohani"]
        assert [row.name for row in taken(new, caseworker, [aunt])] == ["Bibi Rohani"]
        assert [tie.kind for tie in Tie.objects.filter(case=new)] == ["cares_for"]

    def test_notes_nobody_and_ties_nothing_twice(self, old, caseworker):
        new, key = again(old, caseworker), uuid.uuid4()
        rows = carried_of(new, caseworker)
        for _ in range(2):
            taken(new, caseworker, rows, key=key)
        assert Concerned.objects.filter(case=new).count() == 2
        assert Tie.objects.filter(case=new).count() == 2

    def test_ties_those_who_come_later_to_those_who_are_here(self, old, caseworker):
        new = again(old, caseworker)
        for row in carried_of(new, caseworker):
            taken(new, caseworker, [row])
        assert Tie.objects.filter(case=new).count() == 2

    def test_needs_a_legal_basis(self, old, caseworker):
        new = again(old, caseworker)
        rows = carried_of(new, caseworker)
        without_consent(new, caseworker)
        with pytest.raises(ConsentNeeded):
            taken(new, caseworker, rows)

    @pytest.mark.parametrize("role", ["head", "stranger", "volunteer"])
    def test_refuses_who_may_not(self, request, old, caseworker, role):
        new = again(old, caseworker)
        with pytest.raises(NotAllowed):
            taken(new, request.getfixturevalue(role), carried_of(new, caseworker))


class TestCarriedOf:
    def test_is_nobody_without_an_episode_before(self, old, caseworker):
        assert carried_of(old, caseworker) == ()

    def test_is_nobody_for_who_may_not_read_workers_words(self, old, caseworker, head):
        assert carried_of(again(old, caseworker), head) == ()

    def test_leaves_out_who_no_longer_stood_there(self, old, caseworker):
        aunt = Concerned.objects.filter(case=old).order_by("at", "pk").first()
        end_concerned(aunt, by=caseworker, version=1, **when(80))
        left = {row.pk for row in carried_of(again(old, caseworker), caseworker)}
        assert aunt.pk not in left
        assert len(left) == 1

    def test_leaves_out_who_is_noted_already_by_name_or_as_the_same_person(self, old, caseworker):
        sister = person(caseworker, name="Nur Hayati")
        added(old, caseworker, About(name="Kak Nur", relation="kakak", person=sister.pk))
        new = again(old, caseworker)
        added(new, caseworker, About(name="bibi rohani", relation="bibi"))
        added(new, caseworker, About(name="Nurhayati", relation="kakak", person=sister.pk))
        assert [row.name for row in carried_of(new, caseworker)] == ["SDN 4"]

    def test_leaves_out_who_was_erased(self, old, caseworker):
        sister = person(caseworker, name="Nur Hayati")
        added(old, caseworker, About(name="Kak Nur", relation="kakak", person=sister.pk))
        type(sister).objects.filter(pk=sister.pk).update(erased_at=when()["at"])
        assert "Kak Nur" not in {row.name for row in carried_of(again(old, caseworker), caseworker)}
