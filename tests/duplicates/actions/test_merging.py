import uuid
from datetime import timedelta

import pytest

from simpul.access.models import Event
from simpul.access.refusal import NotAllowed, Refusal
from simpul.cases.models import Case
from simpul.duplicates.actions import NotMergeable, NotUndoable, decide, merging, undo
from simpul.duplicates.models import Merge, PairState
from simpul.people.actions import hold
from simpul.people.models import Fact, Person
from simpul.people.queries import facts_on, search
from tests.access.factories import give
from tests.duplicates.factories import LATER, everything, merged, pair, screened, twice, with_histories
from tests.people.factories import AT, NIK, ON, child, fact, limited, person

pytestmark = pytest.mark.django_db


def anew(row):
    return type(row)._base_manager.get(pk=row.pk)


def names_said_of(someone):
    """What was said beside what the register itself notes."""
    return sorted(one.name for one in someone.facts_said.all() if one.name not in {"born", "sex"})


class TestMerge:
    def test_keeps_both_histories_at_the_one_who_stays(self, supervisor):
        stays, goes = with_histories(supervisor)
        merged(pair(stays, goes), supervisor, stays)
        assert names_said_of(stays) == ["basic_needs_met", "cared_for", "cared_for"]
        assert Case.objects.filter(person=stays).count() == 2
        assert [rows.count() for rows in (goes.facts_said, goes.consents, goes.data_requests)] == [0, 0, 0]

    def test_makes_the_facts_known_of_the_one_who_stays(self, supervisor):
        stays, goes = with_histories(supervisor)
        merged(pair(stays, goes), supervisor, stays)
        assert facts_on(stays, ON)["basic_needs_met"].value is False
        assert Fact.objects.filter(person=stays).named("basic_needs_met").count() == 1

    def test_leaves_the_other_record_out_of_every_list(self, supervisor):
        both = twice(supervisor)
        merged(both, supervisor, both.left)
        assert list(Person.objects.all()) == [both.left]
        assert list(Person.objects.reachable(supervisor, "person.search")) == [both.left]
        assert Person.everybody.count() == 2

    @pytest.mark.parametrize("looked_for", [{"nik": NIK}, {"name": "Siti Aminah"}], ids=["nik", "name"])
    def test_lets_the_old_number_and_name_find_the_person(self, supervisor, looked_for):
        old, stays = person(supervisor, nik=NIK), person(supervisor, name="Nenek Ami", born=None)
        merged(pair(old, stays), supervisor, stays)
        assert [one.person for one in search(supervisor, **looked_for)] == [stays]

    def test_takes_what_is_known_of_the_home_along_where_nobody_else_lives_there(self, supervisor):
        stays, goes = person(supervisor), person(supervisor, name="Siti Aminoh")
        fact(goes, supervisor, "household_size", value=1)
        merged(pair(stays, goes), supervisor, stays)
        assert Fact.objects.get(household__isnull=False).household_id == stays.household_id

    def test_leaves_the_home_where_others_live_in_it(self, supervisor):
        stays, goes = person(supervisor), person(supervisor, name="Siti Aminoh")
        child(supervisor, household=goes.household)
        fact(goes, supervisor, "household_size", value=2)
        merged(pair(stays, goes), supervisor, stays)
        assert Fact.objects.get(household__isnull=False).household_id == goes.household_id

    def test_sent_twice_is_one_merge(self, supervisor):
        both, key = twice(supervisor), uuid.uuid4()
        version = both.version
        first = merged(both, supervisor, key=key, version=version)
        assert merged(both, supervisor, key=key, version=version) == first
        assert Merge.objects.count() == 1

    def test_is_refused_where_somebody_decided_meanwhile(self, supervisor):
        both = twice(supervisor)
        decide(both, by=supervisor, decision="unsure", version=1, at=AT)
        with pytest.raises(Refusal, match="sudah diubah"):
            merged(both, supervisor, version=1)

    def test_is_refused_to_who_does_not_reach_both(self, supervisor, stranger, other_organisation):
        give(stranger, "case_supervisor", organisation=other_organisation)
        theirs = person(stranger, organisation=other_organisation, region="21.03.01.2001")
        both = pair(person(supervisor), theirs)
        for one in (supervisor, stranger):
            with pytest.raises(NotAllowed):
                merged(both, one)

    def test_is_not_for_a_caseworker(self, caseworker):
        with pytest.raises(NotAllowed):
            merged(twice(caseworker), caseworker)

    def test_keeps_one_of_the_two_and_nobody_else(self, supervisor):
        with pytest.raises(NotMergeable, match="dipertahankan"):
            merged(twice(supervisor), supervisor, person(supervisor, name="Budi"))

    def test_names_what_has_to_be_finished_first(self, supervisor):
        both = pair(screened(supervisor), screened(supervisor))
        with pytest.raises(NotMergeable, match="Selesaikan atau hentikan dulu salah satu penapisan"):
            merged(both, supervisor)
        assert Person.objects.count() == 2

    def test_waits_where_the_use_of_data_is_limited(self, supervisor):
        both = twice(supervisor)
        limited(both.right, supervisor)
        with pytest.raises(NotMergeable, match="dibatasi"):
            merged(both, supervisor)

    def test_waits_where_a_legal_process_holds_the_data(self, supervisor):
        both = twice(supervisor)
        hold(both.right, by=supervisor, reason="Perkara", at=AT)
        with pytest.raises(NotMergeable, match="ditahan"):
            merged(both, supervisor)

    def test_stands_in_the_trail_of_both_without_its_reason(self, supervisor):
        both = twice(supervisor)
        done = merged(both, supervisor, because="Tetangga mengenalnya")
        for key in both.about_people:
            assert Event.objects.about_person(key).filter(permission="person.merge").count() == 1
        assert anew(done).because == "Tetangga mengenalnya"
        assert not Event.objects.exclude(because_sealed=None).filter(permission="person.merge").exists()

    def test_broken_off_changes_nothing(self, supervisor, monkeypatch):
        stays, goes = with_histories(supervisor)
        both, before = pair(stays, goes), everything()

        def killed(*told):
            raise KeyboardInterrupt

        monkeypatch.setattr(merging, "_mark", killed)
        before = everything()
        with pytest.raises(KeyboardInterrupt):
            merged(both, supervisor, stays)
        assert everything() == before
        assert not Merge.objects.exists()


class TestUndo:
    @pytest.mark.parametrize("decided", ["open", "unsure"])
    def test_restores_every_table_to_the_byte(self, supervisor, decided):
        stays, goes = with_histories(supervisor)
        both = pair(stays, goes)
        if decided == "unsure":
            both = decide(both, by=supervisor, decision=decided, version=1, at=AT, because="Belum ketemu")
        before = everything()
        done = merged(both, supervisor, stays)
        assert everything() != before
        undo(done, by=supervisor, at=LATER, because="Ternyata dua orang")
        assert everything() == before

    def test_leaves_what_came_since_with_the_one_who_stayed(self, supervisor):
        stays, goes = with_histories(supervisor)
        done = merged(pair(stays, goes), supervisor, stays)
        fact(stays, supervisor, "has_job", value=False)
        undo(done, by=supervisor, at=LATER)
        assert names_said_of(stays) == ["cared_for", "has_job"]
        assert names_said_of(goes) == ["basic_needs_met", "cared_for"]

    def test_restores_the_rest_to_the_byte_when_something_came_since(self, supervisor):
        stays, goes = with_histories(supervisor)
        both = pair(stays, goes)
        before = everything()
        done = merged(both, supervisor, stays)
        new = fact(stays, supervisor, "has_job", value=False)
        undo(done, by=supervisor, at=LATER)
        after = everything()
        table = [
            row
            for row in after["people_fact"]
            if str(new.pk) not in str(row[0]) and new.pk.hex not in str(row[0])
        ]
        assert {**after, "people_fact": table} == before

    def test_finds_the_facts_of_each_by_name_again(self, supervisor):
        stays, goes = with_histories(supervisor)
        undo(merged(pair(stays, goes), supervisor, stays), by=supervisor, at=LATER)
        assert Fact.objects.filter(person=goes).named("basic_needs_met").count() == 1
        assert not Fact.objects.filter(person=stays).named("basic_needs_met").exists()

    def test_sent_twice_is_one(self, supervisor):
        done = merged(twice(supervisor), supervisor)
        first = undo(done, by=supervisor, at=LATER)
        again = undo(done, by=supervisor, at=LATER + timedelta(hours=1))
        assert again.undone_at == first.undone_at == LATER

    def test_can_be_followed_by_another_merge(self, supervisor):
        both = twice(supervisor)
        undo(merged(both, supervisor), by=supervisor, at=LATER)
        both = anew(both)
        assert both.state == PairState.OPEN
        assert merged(both, supervisor, both.right).stands

    def test_of_three_goes_back_in_the_order_they_were_merged(self, supervisor):
        first, second, third = (
            person(supervisor, name=f"Siti Aminah {word}") for word in ("Nur", "Sari", "Dewi")
        )
        before = everything()["people_person"]
        inner = merged(pair(first, second), supervisor, second)
        outer = merged(pair(second, third), supervisor, third)
        assert anew(first).merged_into_id == third.pk
        with pytest.raises(NotUndoable, match="lebih baru"):
            undo(inner, by=supervisor, at=LATER)
        undo(outer, by=supervisor, at=LATER)
        undo(inner, by=supervisor, at=LATER)
        assert everything()["people_person"] == before

    def test_is_refused_to_who_does_not_reach_both(self, supervisor, stranger):
        done = merged(twice(supervisor), supervisor)
        with pytest.raises(NotAllowed):
            undo(done, by=stranger, at=LATER)
