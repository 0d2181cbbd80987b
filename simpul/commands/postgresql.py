"""PostgreSQL's own programs for backup and restore."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from simpul.commands.language import _
from simpul.commands.stop import Stop


def dump(database: dict[str, Any], target: Path) -> None:
    """A consistent picture of the whole database, taken while others work."""
    _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}"], database)


def restore(database: dict[str, Any], source: Path) -> None:
    """All or nothing: one transaction."""
    words = ["pg_restore", "--no-owner", "--no-privileges", "--clean", "--if-exists", "--single-transaction"]
    _run([*words, f"--dbname={database['NAME']}", str(source)], database)


def has_tables(database: dict[str, Any]) -> bool:
    """Whether there is anything in it that a restore would replace."""
    question = "select count(*) from information_schema.tables where table_schema = current_schema()"
    return (
        _run(
            ["psql", "--no-psqlrc", "--tuples-only", "--no-align", f"--command={question}"], database
        ).strip()
        != "0"
    )


def _run(words: list[str], database: dict[str, Any]) -> str:
    if shutil.which(words[0]) is None:
        raise Stop(
            _(
                "Program %s belum ada di komputer ini. Pasang klien PostgreSQL (di Debian: apt install postgresql-client)."
            )
            % words[0]
        )
    connection = {
        "PGHOST": database["HOST"],
        "PGPORT": database["PORT"],
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": database["NAME"],
    }
    # The password travels in the environment: arguments can be read by everybody on the machine.
    environment = os.environ | {name: str(value) for name, value in connection.items() if value}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Stop(
            _("%(program)s tidak berhasil: %(why)s")
            % {"program": words[0], "why": done.stderr.strip() or done.returncode}
        )
    return done.stdout
