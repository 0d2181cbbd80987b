import pytest

from simpul.access.models import Event
from simpul.imports import actions
from simpul.imports.models import Doubt, Made
from simpul.people.models import Fact, Household, Person
from tests.imports.factories import AMINAH, AT, HEADINGS, RIZKI, csv, loaded
from tests.people import factories as people

pytestmark = pytest.mark.django_db


def undone(batch, by):
    return actions.undo(batch, by=by, at=AT)


class TestUndo:
    def test_takes_back_everything_it_made(self, boss):
        batch = loaded(boss, csv((*AMINAH, "ya"), (*RIZKI, ""), headings=(*HEADINGS, "Punya KTP")))
        assert undone(batch, boss).state == "undone"
        left = [model.objects.count() for model in (Person, Household, Fact, Made, Doubt)]
        assert left == [0, 0, 0, 0, 0]

    def test_leaves_who_was_known_and_takes_back_what_it_said_of_them(self, boss):
        known = people.person(boss, nik=AMINAH[0])
        batch = loaded(boss, csv((*AMINAH, "ya"), headings=(*HEADINGS, "Punya KTP")))
        undone(batch, boss)
        assert Person.objects.get() == known
        assert not Fact.objects.filter(person=known).named("has_id_card").exists()

    def test_stays_recorded(self, boss):
        batch = loaded(boss, csv(AMINAH))
        undone(batch, boss)
        assert (batch.list_name, Event.objects.filter(subject_key=str(batch.pk)).count()) == (str(batch), 7)

    def test_is_done_once(self, boss):
        batch = loaded(boss, csv(AMINAH))
        assert undone(undone(batch, boss), boss).state == "undone"

    def test_lets_the_same_rows_come_in_again(self, boss):
        undone(loaded(boss, csv(AMINAH)), boss)
        assert loaded(boss, csv(AMINAH)).counts["new"] == 1

    @pytest.mark.parametrize(
        ("hang", "words"),
        [
            (lambda someone, by: people.consent(someone, by), "persetujuan"),
            (lambda someone, by: people.fact(someone, by, "has_id_card", True), "jawaban"),
            (lambda someone, by: people.child(by, household=someone.household), "orang lain"),
            (lambda someone, by: people.data_request(someone, by), "permintaan"),
        ],
        ids=["consent", "fact", "member", "request"],
    )
    def test_says_what_hangs_on_it(self, boss, hang, words):
        batch = loaded(boss, csv(AMINAH))
        hang(Person.objects.get(), boss)
        with pytest.raises(actions.StillUsed, match=words):
            undone(batch, boss)
        assert Person.objects.filter(name="Siti Aminah").exists()

    def test_says_that_somebody_was_changed(self, boss):
        batch = loaded(boss, csv(AMINAH))
        Person.objects.update(version=2)
        with pytest.raises(actions.StillUsed, match="sudah diubah"):
            undone(batch, boss)
