"""A recap as it is kept when it is handed in: plain numbers with a mark over them."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from simpul.recaps.facts import Recap


def mark_of(numbers: dict[str, Any]) -> str:
    """What tells two deliveries apart: the same numbers have the same mark."""
    return hashlib.sha256(json.dumps(numbers, sort_keys=True).encode()).hexdigest()


def as_kept(recap: Recap) -> dict[str, Any]:
    """The numbers as JSON holds them: the same for page, interface and what is handed in."""
    return {
        "code": recap.code,
        "title": recap.title,
        "heading": [list(pair) for pair in recap.heading],
        "limits": list(recap.limits),
        "tables": [
            {
                "key": table.key,
                "title": table.title,
                "unit": table.unit,
                "head": table.head,
                "columns": [[column.key, column.group, column.words] for column in table.columns],
                "lines": [[line.key, line.words, *map(_plain, line.cells)] for line in table.lines],
                "total": [*map(_plain, table.total.cells)] if table.total else None,
                "notes": list(table.notes),
            }
            for table in recap.tables
        ],
    }


def _plain(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell
