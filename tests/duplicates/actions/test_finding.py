import pytest

from simpul.access.models import Job
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed
from simpul.duplicates.actions import decide, keep_found, search_again
from simpul.duplicates.actions.finding import Found
from simpul.duplicates.models import Pair, PairState
from tests.duplicates.factories import PARTS, merged, pair
from tests.people.factories import AT, person

pytestmark = pytest.mark.django_db


def found(one, other, bits=9.0):
    left, right = sorted((one.pk, other.pk))
    return Found(left, right, 0.99, bits, -21.0, PARTS)


def keep(by, *pairs, people):
    where = Where(by.grants_with("duplicate.view")[0].organisation)
    return keep_found(where, by=by, at=AT, found=pairs, looked_at={one.pk for one in people})


@pytest.fixture
def people(caseworker):
    return [person(caseworker, name=name) for name in ("Siti Aminah", "Siti Aminoh", "Aminah Siti")]


class TestKeepFound:
    def test_puts_new_pairs_on_the_list_once(self, caseworker, people):
        one = found(*people[:2])
        assert keep(caseworker, one, people=people) == 1
        assert keep(caseworker, one, people=people) == 0
        assert [tuple(part) for part in Pair.objects.get().parts] == PARTS

    def test_never_proposes_again_what_was_decided_to_be_two(self, supervisor, people):
        decide(pair(*people[:2]), by=supervisor, decision="different", version=1, at=AT)
        keep(supervisor, found(people[0], people[1], bits=30.0), people=people)
        assert [(row.state, row.bits) for row in Pair.objects.all()] == [(PairState.DIFFERENT, 11.0)]

    def test_remembers_that_for_the_record_into_which_one_was_merged(self, supervisor, people):
        first, second, third = people
        decide(pair(first, second), by=supervisor, decision="different", version=1, at=AT)
        merged(pair(second, third), supervisor, third)
        keep(supervisor, found(first, third), people=[first, third])
        assert not Pair.objects.filter(state=PairState.OPEN).exists()

    def test_says_anew_how_much_they_look_alike(self, caseworker, people):
        pair(*people[:2])
        keep(caseworker, found(people[0], people[1], bits=20.0), people=people)
        assert Pair.objects.get().bits == 20.0

    def test_keeps_a_doubt_that_somebody_had(self, supervisor, people):
        decide(pair(*people[:2]), by=supervisor, decision="unsure", version=1, at=AT)
        keep(supervisor, people=people)
        assert Pair.objects.get().state == PairState.UNSURE

    def test_lets_fade_what_is_not_alike_any_more_and_brings_it_back(self, caseworker, people):
        pair(*people[:2])
        keep(caseworker, people=people)
        assert Pair.objects.get().state == PairState.FADED
        keep(caseworker, found(*people[:2]), people=people)
        assert Pair.objects.get().state == PairState.OPEN

    def test_leaves_alone_who_was_not_looked_at(self, caseworker, people):
        pair(*people[:2])
        keep(caseworker, people=people[2:])
        assert Pair.objects.get().state == PairState.OPEN


class TestSearchAgain:
    def test_is_one_search_however_often_it_is_pressed(self, caseworker, organisation):
        first = search_again(Where(organisation), by=caseworker, at=AT)
        assert search_again(Where(organisation), by=caseworker, at=AT) == first
        assert Job.objects.count() == 1

    def test_is_not_for_who_sees_nobody(self, administrator):
        with pytest.raises(NotAllowed):
            search_again(Where(), by=administrator, at=AT)
