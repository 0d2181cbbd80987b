from uuid import uuid4

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from simpul.cases.actions.around import About, add_concerned
from simpul.duplicates.queries.attached import counts, obstacles, pointers
from simpul.people.models import Household, Person
from tests.duplicates.factories import screened, with_histories
from tests.people.factories import child, person
from tests.screening.factories import when

pytestmark = pytest.mark.django_db


def columns_pointing_at(target):
    return {
        (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete and isinstance(field, ForeignKey) and field.related_model is target
        if model._meta.app_label != "duplicates"
    }


class TestPointers:
    def test_are_all_columns_of_all_tables_that_point_at_people(self, supervisor):
        goes, stays = person(supervisor), person(supervisor)
        child(supervisor, household=goes.household)
        found = {(pointer.model, pointer.field) for pointer in pointers(goes, stays)}
        assert found == columns_pointing_at(Person)

    def test_are_those_at_the_home_too_where_somebody_lived_alone(self, supervisor):
        goes, stays = person(supervisor), person(supervisor)
        found = {(pointer.model, pointer.field) for pointer in pointers(goes, stays)}
        wanted = columns_pointing_at(Person) | columns_pointing_at(Household) - {(Person, "household")}
        assert found == wanted

    def test_of_two_in_one_home_leave_the_home(self, supervisor):
        stays = person(supervisor)
        goes = person(supervisor, household=stays.household)
        assert {pointer.old for pointer in pointers(goes, stays)} == {goes.pk}


class TestCounts:
    def test_say_what_goes_along_without_telling_of_closed_files(self, supervisor):
        stays, goes = with_histories(supervisor)
        told = dict(counts(goes, stays))
        assert (told["persetujuan"], told["permintaan atas data"]) == (1, 1)
        # Both have a case; it goes along, and nobody is told.
        assert "catatan lain" not in told


class TestObstacles:
    def test_are_none_between_two_plain_records(self, supervisor):
        assert obstacles(*with_histories(supervisor)) == []

    def test_tell_of_two_screenings_under_way(self, supervisor):
        told = obstacles(screened(supervisor), screened(supervisor))
        assert told == ["Keduanya sedang ditapis. Selesaikan atau hentikan dulu salah satu penapisan."]

    def test_do_not_hinder_where_only_one_is_screened(self, supervisor):
        assert obstacles(screened(supervisor), person(supervisor)) == []

    def test_of_a_case_are_one_sentence_that_tells_nothing_of_it(self, supervisor):
        stays, goes = with_histories(supervisor)
        around = About(name="Aminah", relation="adik", person=goes.pk)
        add_concerned(stays.cases.get(), by=supervisor, key=uuid4(), about=around, **when(70))
        told = obstacles(goes, stays)
        assert told == [
            "Ada catatan pendampingan yang perlu diperiksa lebih dulu. Mintalah supervisor kasus."
        ]
