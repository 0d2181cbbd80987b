"""A table with people in it is limited by reach, tells whom it is about, and has a key nobody can guess."""

import pytest
from django.apps import apps
from django.db.models import ForeignKey, UUIDField

from simpul.access.reach import Reachable

NAMES = {"person", "household"}


def is_about_people(model):
    points_at_people = any(
        isinstance(field, ForeignKey)
        and field.related_model._meta.app_label in {"people", "screening", "cases"}
        for field in model._meta.get_fields()
        if field.concrete
    )
    return model._meta.app_label == "people" or points_at_people


def tables_with_people():
    return [
        pytest.param(model, id=model._meta.label)
        for model in apps.get_models()
        if model.__module__.startswith("simpul.") and is_about_people(model)
    ]


@pytest.mark.parametrize("model", list(tables_with_people()))
def test_is_limited_by_reach(model):
    assert isinstance(model._default_manager.all(), Reachable)


@pytest.mark.parametrize("model", list(tables_with_people()))
def test_has_a_key_that_cannot_be_guessed(model):
    assert isinstance(model._meta.pk, UUIDField)


@pytest.mark.parametrize("model", list(tables_with_people()))
def test_tells_whom_it_is_about(model):
    assert hasattr(model, "about_person")


def test_the_tables_that_must_be_here_are_here():
    labels = {param.values[0]._meta.label for param in tables_with_people()}
    assert {"people.Person", "people.Fact", "screening.Screening", "cases.Case"} <= labels
