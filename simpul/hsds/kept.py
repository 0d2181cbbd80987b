"""What an imported record held: it goes out again as it came in, as long as nobody changed here what was read from it.

Beside a row that came in stands {"record": the row as it was, "said": what Simpul said of it right after}. A field
that Simpul still says in the same way goes out as it stands in the record; one that was changed here goes out as it
is here; what Simpul has no field for goes out as it came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Row = dict[str, Any]


def merged(now: Row, kept: Mapping[str, Any]) -> Row:
    """The row as it goes out to another register. `now` is what Simpul says today."""
    record, said = kept.get("record"), kept.get("said") or {}
    if not record:
        return now
    found: Row = {}
    for name in dict.fromkeys([*record, *now]):
        if now.get(name) != said.get(name):
            if name in now:
                found[name] = now[name]
        elif name in record:
            found[name] = record[name]
    return found


def with_more(now: Row, kept: Mapping[str, Any], names: Iterable[str]) -> Row:
    """What Simpul says today, and of the record the named fields that Simpul does not have."""
    record = kept.get("record") or {}
    return {**now, **{name: record[name] for name in names if name in record and name not in now}}


def rows_out(now: Iterable[Row], kept: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Rows of one table below one record: those of the import that still hold, then what was added here.

    `kept` are entries {"record", "said", "as"}; "as" is the key of Simpul's own row, None where it has none. Where
    "record" is None, Simpul says something that did not stand in the import: that is left out as long as it says
    the same.
    """
    here = {row["id"]: row for row in now}
    found = []
    for entry in kept:
        own, record = entry.get("as"), entry.get("record")
        if own is None:
            found.append(dict(record or {}))
        elif own in here:
            row = here.pop(own)
            if record or row != entry.get("said"):
                found.append(merged(row, entry))
    return [*found, *here.values()]
