"""A folder of HSDS: JSON as the interface nests it, or the standard's tables (CSV with datapackage.json)."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simpul.hsds.flattening import Collected, Nest, Place, plain, taken_apart
from simpul.hsds.schemas import Table, entity, tables

Row = dict[str, Any]

JSON, TABULAR = "json", "tabular"
DATAPACKAGE, BESIDE = "datapackage.json", "beside.json"
# Columns of Simpul's profile that are no text.
_FLAGS = frozenset({"simpul_is_for_emergencies", "simpul_takes_referrals", "simpul_is_island"})
_NUMBERS = frozenset({"simpul_capacity", "simpul_free"})
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
# Where JSON says by the name of its file what it holds: "service_full.json", "organizations.json".
_BY_NAME = (
    ("service_at_location", "service_at_location"),
    ("service", "service"),
    ("organization", "organization"),
    ("taxonomy_term", "taxonomy_term"),
    ("taxonom", "taxonomy"),
    ("location", "location"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file: which, in which row or object (counted from 1; 0 is the whole file), which field."""

    file: str
    number: int
    field: str
    words: str


class Unreadable(Exception):
    """A file that cannot be read at all."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.words)


# --- reading ---


def read(folder: Path) -> Collected:
    """All rows of a folder, whatever its form. Raises Unreadable for a damaged file and for a folder without any."""
    collected = Collected()
    found = _csv_files(folder)
    for table, path in found:
        _read_csv(table, path, collected)
    if not found:
        for path in sorted(folder.glob("*.json")):
            _read_json(path, collected)
    if not any(collected.rows.values()):
        raise Unreadable(Fault(str(folder), 0, "", "empty"))
    return collected


def _csv_files(folder: Path) -> list[tuple[Table, Path]]:
    named = {table.file: table for table in tables().values()}
    named |= {f"{table.name}.csv": table for table in tables().values()}
    package = folder / DATAPACKAGE
    if package.is_file():
        told = _json(package)
        for resource in told.get("resources", ()) if isinstance(told, dict) else ():
            path, name = str(resource.get("path", "")), str(resource.get("name", ""))
            # A file beside it, never one somewhere else on this machine.
            if name in tables() and Path(path).name == path:
                named[path] = tables()[name]
    return [(named[path.name], path) for path in sorted(folder.glob("*.csv")) if path.name in named]


def _read_csv(table: Table, path: Path, into: Collected) -> None:
    types = {column.name: column.type for column in table.columns}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, told in enumerate(csv.DictReader(file, strict=True), start=2):
                if None in told or None in told.values():
                    raise Unreadable(Fault(path.name, number, "", "askew"))
                cells = {name: cell for name, cell in told.items() if cell != ""}
                row = {name: _cell(cell, name, types.get(name, "string")) for name, cell in cells.items()}
                into.add(table.name, row, Place(path.name, number), names_all=True)
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise Unreadable(Fault(path.name, 0, "", "damaged")) from error


def _cell(text: str, name: str, kind: str) -> Any:
    """What a cell says. A number that is none stays text, so that the check names it."""
    if name in _FLAGS and text in ("true", "false"):
        return text == "true"
    if (kind == "number" or name in _NUMBERS) and _NUMBER.fullmatch(text):
        return plain(float(text)) if re.search(r"[.eE]", text) else int(text)
    return text


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError, RecursionError) as error:
        raise Unreadable(Fault(path.name, 0, "", "damaged")) from error


def _read_json(path: Path, into: Collected) -> None:
    told = _json(path)
    if isinstance(told, dict) and (flat := _flat_tables(told)):
        for table, rows in flat.items():
            for number, row in enumerate(rows, start=1):
                if not isinstance(row, dict):
                    raise Unreadable(Fault(path.name, number, "", "askew"))
                into.add(table, {name: plain(value) for name, value in row.items()}, Place(path.name, number))
        return
    kind = next((kind for begin, kind in _BY_NAME if path.name.startswith(begin)), "")
    for number, value in enumerate(_objects(told), start=1):
        if not kind:
            continue
        if not isinstance(value, dict):
            raise Unreadable(Fault(path.name, number, "", "askew"))
        taken_apart(kind, value, Place(path.name, number), into)


def _flat_tables(told: Row) -> dict[str, list[Any]]:
    """Tables in one object, by their names or those of their files; nothing where it is none of that."""
    files = {table.file: table.name for table in tables().values()}
    found = {files.get(name, name): rows for name, rows in told.items()}
    is_flat = all(name in tables() and isinstance(rows, list) for name, rows in found.items())
    return found if is_flat else {}


def _objects(told: Any) -> list[Any]:
    """A list, a page of the interface, or one object."""
    if isinstance(told, dict) and isinstance(told.get("contents"), list):
        return list(told["contents"])
    return told if isinstance(told, list) else [told]


# --- writing ---


def written(held: Collected, form: str) -> Iterator[tuple[str, str]]:
    """The files of an export: name and text. The same rows are the same bytes."""
    return _as_tables(held) if form == TABULAR else _as_json(held)


def _as_tables(held: Collected) -> Iterator[tuple[str, str]]:
    resources = []
    for table in tables().values():
        rows = held.table(table.name)
        if not rows:
            continue
        more = sorted({name for row in rows for name in row} - set(table.names))
        names = [*table.names, *more]
        resources.append(_resource(table, more))
        yield table.file, _csv(names, rows)
    package = {"profile": "tabular-data-package", "name": "hsds", "title": "HSDS 3.0", "resources": resources}
    yield DATAPACKAGE, _pretty(package)


def _resource(table: Table, more: list[str]) -> Row:
    fields = [
        _field(name, told) for name, told in entity(table.name)["properties"].items() if name in table.names
    ]
    fields += [{"name": name, "type": _type_of_ours(name)} for name in more]
    schema = {"fields": fields, "primaryKey": "id"}
    told = {name: value for name, value in table.datapackage.items() if name != "order"}
    return {"name": table.name, "path": table.file, **told, "schema": schema}


def _field(name: str, told: Row) -> Row:
    kind = told.get("datapackage_type", told["type"])
    form = {"format": told["format"]} if told.get("format") in ("uuid", "uri", "email") else {}
    return {"name": name, "type": kind, **form}


def _type_of_ours(name: str) -> str:
    if name in _FLAGS:
        return "boolean"
    return "number" if name in _NUMBERS else "string"


def _csv(names: list[str], rows: list[Row]) -> str:
    lines: list[str] = []

    class _Lines:
        def write(self, line: str) -> int:
            lines.append(line)
            return len(line)

    writer = csv.writer(_Lines(), lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_told(row.get(name, "")) for name in names])
    return "".join(lines)


def _told(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _as_json(held: Collected) -> Iterator[tuple[str, str]]:
    nest = Nest(held)
    for table, name in (("organization", "organizations"), ("service", "services"), ("taxonomy", "taxonomies"), ("taxonomy_term", "taxonomy_terms")):  # fmt: skip
        rows = [nest.nested(table, key) for key in nest.held[table]]
        if rows:
            yield f"{name}.json", _pretty(rows)
    if left := dict(nest.left()):
        yield BESIDE, _pretty(left)


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
