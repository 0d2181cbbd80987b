from datetime import timedelta

import pytest
from django.utils import timezone

from simpul.accreditation.models import Decision
from simpul.accreditation.queries.scores import (
    are_all_locked,
    common_values,
    counting,
    grade_of,
    has_scored,
    joined_since,
    locked_assignments,
    scores_of,
)
from simpul.engines.reasons import Answer
from simpul.organisations.models import Officer
from tests.access.factories import give
from tests.accreditation.factories import locked, scored, today, visiting

pytestmark = pytest.mark.django_db


class TestScoresOf:
    def test_has_an_entry_for_everybody_who_is_named(self):
        told = visiting()
        assert list(scores_of(told.run).values()) == [{}, {}]

    def test_leaves_out_who_joined_the_body_after_locking(self):
        told = locked()
        give(told.first, "caseworker", organisation=told.organisation.pk)
        (left,) = scores_of(told.run)
        assert joined_since(told.run)[0].user == told.first.pk
        assert [(row.pk, row.user) for row in counting(told.run)] == [(left, told.second.pk)]

    def test_leaves_out_whose_name_came_to_stand_among_its_officers(self):
        told = locked()
        Officer.objects.create(
            organisation=told.organisation, unit="board", title="Ketua", name="Asesor Satu"
        )
        assert [row.user for row in counting(told.run)] == [told.second.pk]
        Officer.objects.update(ended_on=today())
        assert len(counting(told.run)) == 2

    def test_keeps_who_joined_the_body_after_the_plenary_decided(self):
        told = locked()
        decided_at = timezone.now()
        a_decision(told.run, at=decided_at)
        give(told.first, "caseworker", organisation=told.organisation.pk)
        later = timezone.localdate(decided_at) + timedelta(days=1)
        board = {"organisation": told.organisation, "unit": "board", "title": "Ketua"}
        Officer.objects.create(name="Asesor Dua", since=later, **board)
        assert len(counting(told.run)) == 2
        assert joined_since(told.run) == ()

    def test_leaves_out_who_left_the_body_only_after_the_plenary_decided(self):
        told = locked()
        give(told.first, "caseworker", organisation=told.organisation.pk)
        a_decision(told.run, at=timezone.now())
        told.first.grants.update(withdrawn_at=timezone.now())
        assert [row.user for row in joined_since(told.run)] == [told.first.pk]

    def test_takes_an_officer_since_nobody_knows_when_for_one_of_the_body(self):
        told = locked()
        a_decision(told.run, at=timezone.now())
        Officer.objects.create(
            organisation=told.organisation, unit="board", title="Ketua", name="Asesor Satu"
        )
        assert [row.user for row in joined_since(told.run)] == [told.first.pk]


def a_decision(run, *, at):
    words = {"grade": "B", "suggested": "B", "because": "", "finding": {}, "round": "plenary"}
    return Decision.objects.create(
        accreditation=run, on=timezone.localdate(at), at=at, by_name="Pleno", **words
    )


class TestCommonValues:
    def test_are_what_all_gave_alike_and_open_elsewhere(self):
        assert common_values(locked().run) == {"1.1": 4, "1.2": None, "2.1": 3}

    def test_are_open_where_one_has_not_scored(self):
        told = visiting()
        scored(told, told.first, {"1.1": 4})
        assert common_values(told.run)["1.1"] is None


class TestLocked:
    def test_needs_every_assessor(self):
        told = visiting()
        assert not are_all_locked(told.run)
        assert locked_assignments(told.run) == frozenset()
        done = locked()
        assert are_all_locked(done.run)
        assert len(locked_assignments(done.run)) == 2


class TestHasScored:
    def test_is_about_one_person_and_one_run(self):
        told = locked()
        assert has_scored(told.run, told.first.pk)
        assert not has_scored(told.run, told.validator.pk)
        assert not has_scored(visiting().run, told.first.pk)


class TestGradeOf:
    def test_is_judged_by_the_scheme_of_the_run(self):
        run = locked().run
        assert grade_of(run, {"1.1": 4, "1.2": 3, "2.1": 3}).answer == "B"
        assert grade_of(run, {"1.1": 4, "1.2": None, "2.1": 4}).answer is Answer.UNKNOWN
