"""What all tests rely on."""

from __future__ import annotations

import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.template import Context, Template, engines
from django.template.base import Origin

from simpul.access import triggers
from simpul.access.gate import THE_MACHINE, record
from simpul.access.keys import Keyring
from simpul.access.models import Event, User
from simpul.access.permissions import Permission
from tests import tables
from tests.access.factories import user_with
from tests.conftest import OURS, NetworkUsed, UndefinedVariable


class TestOnlyThisMachine:
    @pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "2001:db8::1"])
    def test_is_reached(self, host: str) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as there, pytest.raises(NetworkUsed):
            there.connect((host, 80))

    def test_may_be_reached_itself(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as here, socket.socket() as there:
            there.connect(here.getsockname())


class TestUndefinedVariables:
    def render(self, text: str, path: Path) -> str:
        engine = engines["django"].engine  # type: ignore[attr-defined]
        return Template(text, origin=Origin(str(path), path.name), engine=engine).render(
            Context({"known": {}})
        )

    @pytest.mark.parametrize(
        "text", ["{{ unknown }}", "{{ known.part }}", "{% with a=unknown %}{% endwith %}"]
    )
    def test_fail_in_our_templates(self, text: str) -> None:
        with pytest.raises(UndefinedVariable):
            self.render(text, OURS / "people/templates/people/a.html")

    @pytest.mark.parametrize("text", ["{% if unknown %}ya{% endif %}", "{% firstof unknown known.part %}"])
    def test_may_be_asked_about(self, text: str) -> None:
        assert self.render(text, OURS / "people/templates/people/a.html") == ""

    def test_are_left_to_the_templates_of_others(self) -> None:
        assert self.render("{{ unknown }}", Path("/elsewhere/account/a.html")) == ""


@pytest.mark.django_db(transaction=True)
class TestEmpty:
    def test_leaves_nothing_that_was_committed_and_the_record_guarded(self) -> None:
        with transaction.atomic():
            record(Permission.USER_MANAGE, user_with("researcher"), THE_MACHINE, {})
        tables.empty(connection)
        assert not Event.objects.exists()
        assert not User.objects.exists()
        assert triggers.missing(connection) == []

    def test_leaves_what_is_filled_in_after_the_migrations(self) -> None:
        tables.empty(connection)
        assert ContentType.objects.filter(app_label="access").exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only tables of SQLite are copied")
class TestOfficeIn:
    def test_gives_the_tables_of_all_migrations_and_keys(self, django_db_setup: None, tmp_path: Path) -> None:
        tables.office_in(tmp_path)
        assert Keyring.read(tmp_path / "keys.json").active
        with closing(sqlite3.connect(tmp_path / "simpul.sqlite3")) as office:
            (count,) = office.execute("select count(*) from django_migrations").fetchone()
        assert count == len(MigrationLoader(None).disk_migrations)
