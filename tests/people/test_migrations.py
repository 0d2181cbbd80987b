from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from simpul.access.secrets import blind_index
from simpul.people.models import Fact
from tests.people.factories import fact, person
from tests.people.queries.test_facts import plain_fact

pytestmark = pytest.mark.django_db
index_of_each = import_module("simpul.people.migrations.0003_fact_index_of_each")
EDITOR = SimpleNamespace(connection=connection)


class TestIndexOfEach:
    def test_finds_what_was_written_before(self, caseworker, monkeypatch):
        monkeypatch.setattr(index_of_each, "PIECE", 2)
        someone, other = person(caseworker), person(caseworker)
        kept = fact(someone, caseworker, plain_fact(), True)
        for row in Fact.objects.all():
            Fact.objects.filter(pk=row.pk).update(name_index=blind_index(row.name, "fact.name"))
        assert not Fact.objects.named(plain_fact()).exists()
        index_of_each.rewritten(index_of_each.bound)(apps, EDITOR)
        assert Fact.objects.filter(person=someone).named(plain_fact()).get() == kept
        assert Fact.objects.filter(person=other).named("born").count() == 1

    def test_can_be_undone(self, caseworker):
        row = fact(person(caseworker), caseworker, plain_fact(), True)
        index_of_each.rewritten(index_of_each.unbound)(apps, EDITOR)
        row.refresh_from_db()
        assert bytes(row.name_index) == blind_index(plain_fact(), "fact.name")
