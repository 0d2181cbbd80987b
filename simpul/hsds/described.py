"""The interface described: the standard's OpenAPI with our addresses, our limits and what goes wrong; and the profile."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.template import engines

from simpul.hsds import asking
from simpul.hsds.schemas import HOME, entity, full, listed, standard_openapi, tables

Row = dict[str, Any]

_SCHEMAS = "#/components/schemas/"
_ID = {"type": "string", "format": "uuid"}
# What the standard leaves open is said here as it is read: types with their bounds.
_PARAMETERS: dict[str, Row] = {
    "search": {"type": "string", "maxLength": asking.LONGEST_SEARCH, "pattern": "^[^\\u0000]*$"},
    "page": {"type": "integer", "minimum": 1, "maximum": asking.LAST_PAGE, "default": 1},
    "per_page": {
        "type": "integer",
        "minimum": 1,
        "maximum": asking.LONGEST_PAGE,
        "default": asking.PAGE_LENGTH,
        "description": f"Dengan full atau full_service, bila tidak disebut: {asking.WHOLE_PAGE_LENGTH}.",
    },
    "format": {"type": "string", "enum": list(asking.FORMATS), "default": "json"},
    "taxonomy_term_id": _ID,
    "taxonomy_id": _ID,
    "organization_id": _ID,
    "modified_after": {"type": "string", "format": "date-time", "pattern": "^(19|20|21)[0-9]{2}-"},
    "postcode": {"type": "string", "maxLength": asking.LONGEST_POSTCODE, "pattern": "^[^\\u0000]*$"},
    "proximity": {"type": "integer", "minimum": 1, "maximum": asking.FURTHEST},
}
_REFUSED = {
    "type": "object",
    "properties": {"detail": {"type": "string"}, "parameter": {"type": "string"}},
    "required": ["detail"],
}
_PAGE_NEEDS = (
    "total_items",
    "total_pages",
    "page_number",
    "size",
    "first_page",
    "last_page",
    "empty",
    "contents",
)
# Keys of the schemas that describe files and pages of documentation, not answers.
_NOT_OF_ANSWERS = (
    "name",
    "path",
    "datapackage_metadata",
    "datapackage_type",
    "constraints",
    "core",
    "order",
    "tabular_required",
    "$id",
)


def described(address: str) -> Row:
    """The OpenAPI document for the interface under that address."""
    found: Row = deepcopy(_described())
    found["servers"] = [{"url": address.rstrip("/")}]
    return found


@cache
def _described() -> Row:
    found = deepcopy(standard_openapi())
    found["info"] = {
        "title": "Simpul: layanan sosial menurut HSDS 3.0",
        "version": "1",
        "summary": "Layanan kesejahteraan sosial yang boleh dilihat siapa saja",
        "description": "Human Services Data Specification: an Open Referral resource (https://openreferral.org/), "
        "CC BY-SA 4.0. Dengan profil Simpul: lihat /hsds/profile.",
    }
    components = found["components"]
    for name, schema in _PARAMETERS.items():
        components["parameters"][name]["schema"] = schema
    components["schemas"] |= _schemas()
    components["schemas"]["Page"]["required"] = list(_PAGE_NEEDS)
    components["responses"] = {
        "Refused": {
            "description": "Mengapa tidak dijawab, dalam satu kalimat.",
            "content": {"application/json": {"schema": _REFUSED}},
        }
    }
    for path, item in found["paths"].items():
        _describe(path, item)
    return found


def _describe(path: str, item: Row) -> None:
    for parameter in item.get("parameters", ()):
        parameter["schema"] = {"type": "string"}
    operation = item["get"]
    # A reference stands alone; the standard's words beside it are told by the parameter itself.
    operation["parameters"] = [
        {"$ref": told["$ref"]} if "$ref" in told else told for told in operation.get("parameters", ())
    ]
    for parameter in operation["parameters"]:
        if parameter.get("name") == "parent_id":
            parameter["schema"] = _ID
    answer = operation["responses"]["200"]
    content = answer["content"]["application/json"]
    name = path.strip("/").partition("/")[0]
    if name:
        singular = _SINGULAR[name]
        is_list = "{" not in path
        content["schema"] = _list_of(singular) if is_list else {"$ref": f"{_SCHEMAS}{singular}_full"}
        if is_list:
            answer["content"]["application/x-ndjson"] = {"schema": {"type": "string"}}
    statuses = ["400", "405", "429"] + (["404"] if "{" in path else [])
    operation["responses"] |= {status: {"$ref": "#/components/responses/Refused"} for status in statuses}
    operation["responses"]["304"] = {"description": "Sama dengan yang sudah dipegang (If-None-Match)."}


_SINGULAR = {
    "services": "service",
    "service_at_locations": "service_at_location",
    "organizations": "organization",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}


def _list_of(singular: str) -> Row:
    items = {"$ref": f"{_SCHEMAS}{singular}_list"}
    page = {"$ref": f"{_SCHEMAS}Page"}
    return {"allOf": [page], "properties": {"contents": {"type": "array", "items": items}}}


def _schemas() -> dict[str, Row]:
    """Every schema of the standard under a name of its own, so that nothing has to be fetched."""
    found = {name: _placed(entity(name)) for name in tables()}
    for name in _SINGULAR.values():
        found[f"{name}_full"] = _placed(full(name))
        found[f"{name}_list"] = _placed(listed(name))
    return found


def _placed(schema: Any, *, is_names: bool = False) -> Any:
    """A schema with its references within this document, and without what describes files."""
    if isinstance(schema, list):
        return [_placed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema and not is_names:
        return {"$ref": _SCHEMAS + schema["$ref"].removeprefix(HOME).removesuffix(".json")}
    return {
        name: _placed(value, is_names=name == "properties")
        for name, value in schema.items()
        if is_names or name not in _NOT_OF_ANSWERS
    }


# --- the profile ---


@cache
def _profile() -> Any:
    path = Path(__file__).parent / "profile.html"
    return engines["django"].from_string(path.read_text(encoding="utf-8"))


def profile_page(request: HttpRequest) -> str:
    """What Simpul adds to the standard, as a page."""
    return str(_profile().render({"extensions": EXTENSIONS}, request))


# Field by field: on which table, its name, and what it says. docs/hsds.md holds the same.
EXTENSIONS: tuple[tuple[str, str, str], ...] = (
    ("service", "simpul_rule", "Syarat sebagai aturan dalam bahasa katalog Simpul; kata-katanya ada di eligibility_description."),
    ("service", "simpul_need_edition", "Edisi daftar PPKS yang kodenya dipakai layanan ini."),
    ("service", "simpul_sex", "P hanya untuk perempuan, L hanya untuk laki-laki; tidak ada berarti untuk semua."),
    ("service", "simpul_is_for_emergencies", "Menerima keadaan darurat kapan pun layanan buka."),
    ("service", "simpul_setting", "Di mana dilayani: kode sistem layanan."),
    ("service", "simpul_cost", "free, contribution, atau tariff."),
    ("service", "simpul_capacity", "Berapa orang dapat dilayani pada waktu yang sama."),
    ("service", "simpul_free", "Tempat kosong menurut pemilik layanan; tidak ada berarti belum diketahui atau sudah terlalu lama."),
    ("service", "simpul_free_on", "Hari ketika tempat kosong itu disebut."),
    ("service", "simpul_waiting_order", "Urutan daftar tunggu: arrival, urgency, atau nearness."),
    ("service", "simpul_takes_referrals", "Menerima rujukan lewat Simpul."),
    ("organization", "simpul_kind", "Jenis lembaga."),
    ("location", "simpul_kind", "physical, virtual, atau contact_point: titik hubung, alamat sebenarnya dirahasiakan."),
    ("location, service_area", "simpul_region_code", "Kode wilayah Kemendagri; untuk tempat yang dirahasiakan paling dalam sampai kabupaten atau kota."),
    ("location", "simpul_is_island", "Hanya dapat dicapai dengan perahu atau pesawat."),
    ("accessibility", "simpul_code", "Kode akses dari katalog Simpul."),
    ("taxonomy, taxonomy_term", "simpul_name_en, simpul_description_en", "Nama dan keterangan dalam bahasa Inggris."),
)  # fmt: skip
