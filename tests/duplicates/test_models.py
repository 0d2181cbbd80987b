import pytest
from django.db import IntegrityError, transaction

from simpul.access.permissions import Permission
from simpul.duplicates.models import Merge, Pair
from simpul.people.models import Person
from tests.access.factories import give
from tests.duplicates.factories import merged, pair, twice
from tests.people.factories import person

pytestmark = pytest.mark.django_db
ELSEWHERE = "21.03.01.2001"


class TestPair:
    def test_stands_once(self, caseworker):
        both = twice(caseworker)
        with pytest.raises(IntegrityError), transaction.atomic():
            pair(both.left, both.right)

    def test_is_of_two_in_one_order(self, caseworker):
        both = twice(caseworker)
        with pytest.raises(IntegrityError), transaction.atomic():
            Pair.objects.filter(pk=both.pk).update(left=both.right, right=both.left)

    def test_is_reached_only_with_both(self, caseworker, stranger, officer, other_organisation):
        theirs = person(stranger, organisation=other_organisation, region=ELSEWHERE)
        pair(person(caseworker), theirs)
        for one in (caseworker, stranger, officer):
            assert not Pair.objects.reachable(one, Permission.DUPLICATE_VIEW).exists()

    def test_is_reached_with_one_grant_for_each(self, caseworker, stranger, other_organisation):
        theirs = person(stranger, organisation=other_organisation, region=ELSEWHERE)
        both = pair(person(caseworker), theirs)
        give(caseworker, "caseworker", organisation=other_organisation)
        caseworker.forget_grants()
        assert list(Pair.objects.reachable(caseworker, Permission.DUPLICATE_VIEW)) == [both]


class TestMerge:
    def test_stands_once_for_who_went(self, supervisor):
        done = merged(twice(supervisor), supervisor)
        with pytest.raises(IntegrityError), transaction.atomic():
            Merge.objects.create(
                pair=done.pair, survivor=done.survivor, loser=done.loser, at=done.at, by=supervisor.pk
            )


class TestPersonManager:
    def test_counts_a_person_with_two_records_once(self, supervisor):
        both = twice(supervisor)
        merged(both, supervisor, both.left)
        assert list(both.right.household.members.all()) == []
        assert Person.objects.count() == 1

    def test_still_lets_rows_name_the_record_they_are_about(self, supervisor):
        both = twice(supervisor)
        merged(both, supervisor, both.left)
        assert Pair.objects.get().right == both.right
