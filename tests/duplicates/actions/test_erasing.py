import pytest

from simpul.duplicates.actions import NotUndoable, undo
from simpul.duplicates.actions.erasing import ERASER
from simpul.duplicates.models import Merge, Pair
from simpul.people.actions import erase
from simpul.people.models import ERASED_NAME, Person
from simpul.people.queries import search
from tests.duplicates.factories import PARTS, merged, pair, twice
from tests.people.factories import AT, NIK, ON, answer, data_request, person

pytestmark = pytest.mark.django_db


class TestEraser:
    def test_empties_what_was_compared_and_the_reasons(self, supervisor):
        both = twice(supervisor)
        merged(both, supervisor, both.left, because="Tetangga mengenalnya")
        assert ERASER(both.left) == {"pairs": 2}
        assert (Pair.objects.get().parts, Merge.objects.get().because) == ([], "")

    def test_leaves_what_is_about_others(self, supervisor):
        both = twice(supervisor)
        other = pair(person(supervisor), person(supervisor))
        ERASER(both.left)
        assert [tuple(part) for part in Pair.objects.get(pk=other.pk).parts] == PARTS


class TestErase:
    def test_reaches_the_record_that_was_merged(self, caseworker, supervisor):
        old, stays = person(caseworker, nik=NIK), person(caseworker, name="Nenek Ami")
        merged(pair(old, stays), supervisor, stays)
        asked = answer(data_request(stays, caseworker, "erase"), caseworker)
        erase(asked, by=supervisor, on=ON, at=AT, despite="Ia meminta sendiri")
        kept = Person.everybody.get(pk=old.pk)
        assert (kept.name, kept.nik_index, kept.born, kept.name_key) == (ERASED_NAME, None, None, "")
        assert search(caseworker, nik=NIK) == []

    def test_cannot_be_undone_by_undoing_a_merge(self, caseworker, supervisor):
        both = twice(caseworker)
        done = merged(both, supervisor, both.left)
        erase(
            answer(data_request(both.left, caseworker, "erase"), caseworker),
            by=supervisor,
            on=ON,
            at=AT,
            despite="Ia meminta",
        )
        with pytest.raises(NotUndoable, match="sudah dihapus"):
            undo(done, by=supervisor, at=AT)
