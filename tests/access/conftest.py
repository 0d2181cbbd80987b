"""Keys of their own for tests that rotate them, and a table with a sealed field."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import BinaryField, CharField, Model, UUIDField
from django.test.utils import isolate_apps

from simpul.access import rotation
from simpul.access.keys import Keyring
from simpul.access.models import Event
from simpul.access.secrets import Sealed


@pytest.fixture
def own_keys(settings: Any, tmp_path: Path) -> Keyring:
    settings.SIMPUL_KEYS = Keyring.at(tmp_path / "keys.json")
    return settings.SIMPUL_KEYS


@pytest.fixture
def note(db: None, own_keys: Keyring, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A made-up table: a note with two sealed fields."""
    with isolate_apps("simpul.access"):

        class Note(Model):  # noqa: DJ008
            id = UUIDField(primary_key=True, default=uuid.uuid4)
            about = CharField(max_length=20)
            text_sealed = BinaryField(null=True)
            text: Any = Sealed("text_sealed", "note.text")
            facts_sealed = BinaryField(null=True)
            facts: Any = Sealed("facts_sealed", "note.facts", as_json=True)

            class Meta:
                app_label = "access"

        kinds = ("char(32)", "blob") if connection.vendor == "sqlite" else ("uuid", "bytea")
        with connection.cursor() as cursor:
            cursor.execute(
                "create table access_note (id {0} primary key, about varchar(20), text_sealed {1}, facts_sealed {1})".format(
                    *kinds
                )
            )
        monkeypatch.setattr(rotation.apps, "get_models", lambda: [Event, Note])
        yield Note
