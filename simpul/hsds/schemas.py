"""The schemas of HSDS 3.0 as they are shipped: tables, their columns, and a check of every answer. No network."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

FOLDER = Path(__file__).parent / "schema"
VERSION = "3.0"
# Where the standard's own references point; found in FOLDER.
HOME = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/"

# A scheme, then nothing that an address cannot hold (RFC 3986).
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\[\]]*")
# RFC 3339 asks for a zone; datetime reads more than that.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a table: its JSON type ("string", "number") and whether a row needs it in a table of a file."""

    name: str
    type: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One entity of the standard as a table of the tabular datapackage."""

    name: str
    file: str
    columns: tuple[Column, ...]
    datapackage: Mapping[str, Any]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns in the standard's order."""
        return tuple(column.name for column in self.columns)


@cache
def entity(name: str) -> Schema:
    """The schema of one entity, with the standard's references in it. KeyError where there is none."""
    path = FOLDER / f"{name}.json"
    if name == "openapi" or not path.is_file():
        raise KeyError(name)
    found: Schema = json.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def tables() -> Mapping[str, Table]:
    """Every table by its name, in the standard's order."""
    known = [entity(path.stem) for path in FOLDER.glob("*.json") if path.stem != "openapi"]
    known.sort(key=lambda schema: schema["datapackage_metadata"]["order"])
    return MappingProxyType({schema["name"]: _table(schema) for schema in known})


def _table(schema: Schema) -> Table:
    needed = {*schema.get("required", ()), *schema.get("tabular_required", ())}
    columns = tuple(
        Column(name, field["type"], name in needed)
        for name, field in schema["properties"].items()
        if field.get("type") in ("string", "number")
    )
    return Table(schema["name"], schema["path"], columns, schema["datapackage_metadata"])


@cache
def standard_openapi() -> Schema:
    """The standard's own description of the interface, as it was published."""
    found: Schema = json.loads((FOLDER / "openapi.json").read_text(encoding="utf-8"))
    return found


@cache
def listed(name: str) -> Schema:
    """The schema of one item of a list page: the compiled one of the standard, or the entity itself."""
    path = FOLDER / "compiled" / f"{name}_list.json"
    if not path.is_file():
        return entity(name)
    found: Schema = json.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def full(name: str) -> Schema:
    """The schema of one whole answer: the entity with what the standard's full examples nest beside it.

    The standard names compiled/service.json for /service_at_locations/{id} too, which no such answer can meet: it
    asks for a name and a status. Here it is the entity itself with its service.
    """
    schema = entity(name)
    beside: dict[str, Schema] = {
        "organization": {"services": {"type": "array", "items": {"$ref": "service.json"}}},
        "service_at_location": {"service": {"$ref": "service.json"}},
    }
    return {
        **schema,
        "$id": f"{HOME}{name}_full.json",
        "properties": {**schema["properties"], **beside.get(name, {})},
    }


# --- checking ---

_formats = FormatChecker(formats=("email", "uuid"))


@_formats.checks("uri")
def is_uri(value: object) -> bool:
    """Whether a text is an address by the standard's measure; what is no text is none of its business."""
    if not isinstance(value, str):
        return True
    try:
        return bool(_URI.fullmatch(value)) and (bool(urlsplit(value).netloc) or ":" in value)
    except ValueError:
        return False


@_formats.checks("date-time")
def _is_moment(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        return bool(_MOMENT.fullmatch(value)) and bool(datetime.fromisoformat(value.upper()))
    except ValueError:
        return False


@cache
def _registry() -> Registry[Any]:
    named = [(f"{HOME}{path.name}", json.loads(path.read_text("utf-8"))) for path in FOLDER.glob("*.json")]
    found = [(where, DRAFT202012.create_resource(contents)) for where, contents in named]
    return Registry().with_resources(found)


@cache
def _validator(name: str, *, is_listed: bool) -> Draft202012Validator:
    schema = listed(name) if is_listed else full(name)
    # References are relative to the folder of the standard.
    placed = {**schema, "$id": f"{HOME}{name}_{'list' if is_listed else 'full'}.json"}
    return Draft202012Validator(placed, registry=_registry(), format_checker=_formats)


def faults(name: str, value: Any, *, is_listed: bool = False) -> list[str]:
    """What is wrong with an object by the standard's schema: where, and why. Empty for nothing."""
    errors: Iterator[Any] = _validator(name, is_listed=is_listed).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in errors]


def wrong_fields(name: str, row: Mapping[str, Any]) -> list[str]:
    """The fields of a row of a table that the schema does not allow: missing, of another type or form."""
    found = {}
    for error in _validator(name, is_listed=False).iter_errors(dict(row)):
        if error.path:
            found[str(error.path[0])] = True
        elif error.validator == "required":
            found |= dict.fromkeys(field for field in error.validator_value if field not in row)
    missing = [
        column.name for column in tables()[name].columns if column.is_required and column.name not in row
    ]
    return list(dict.fromkeys([*found, *missing]))
