"""Where the data are, told without starting Django: `restore` must know it before anything is made there.

The same answers as `simpul.config.settings`; a test holds the two together.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from simpul.config.database import from_url, sqlite_at


def data_folder() -> Path:
    return Path(os.environ.get("SIMPUL_DATA", "simpul-data")).expanduser().resolve()


def keys_file() -> Path:
    return Path(os.environ.get("SIMPUL_KEYS", data_folder() / "keys.json"))


def attachments_folder() -> Path:
    return data_folder() / "attachments"


def database() -> dict[str, Any]:
    """As Django knows it. Raises ValueError when DATABASE_URL is of a kind we do not speak."""
    url = os.environ.get("DATABASE_URL")
    return from_url(url) if url else sqlite_at(data_folder() / "simpul.sqlite3")


def is_postgresql() -> bool:
    return str(database()["ENGINE"]).endswith("postgresql")
