"""Which database: SQLite in the data folder, or PostgreSQL named by DATABASE_URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# IMMEDIATE takes the write lock at the start: without it two writers fail instead of waiting.
# FULL, because what was acknowledged must be on disk even when the power goes.
# What is deleted or sealed is overwritten as well, whatever this SQLite was built with.
PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364; "
    "PRAGMA secure_delete=ON;"
)

# Nothing is prepared for having been asked often: only what asks for it is (access/prepared.py).
NOT_BY_ITSELF = 2**31


def sqlite_at(path: Path) -> dict[str, Any]:
    """The embedded database of one laptop or a small office."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
    }


def from_url(url: str) -> dict[str, Any]:
    """postgresql://user:password@host:port/name, or ?host=/socket/folder for a socket; ?pgbouncer=1 behind a pool.

    Raises ValueError with a sentence when the address is of another kind.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite_at(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL must begin with postgresql:// or sqlite://, not {parts.scheme}://.")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    is_pooled = bool(options.pop("pgbouncer", ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": 600,
        # For pgbouncer in transaction mode, where a session's state does not last.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"prepare_threshold": None if is_pooled else NOT_BY_ITSELF, **options},
    }
