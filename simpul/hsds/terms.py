"""The lists of terms that the interface tells: those of the catalogue, and those that came along with an import."""

from __future__ import annotations

from typing import Any

from simpul.hsds.asking import Asked
from simpul.hsds.taxonomies import taxonomies, terms
from simpul.services.models import Outside

Row = dict[str, Any]


def taxonomies_asked(asked: Asked) -> list[Row]:
    """Every list of terms, the catalogue's first."""
    rows = [taxonomy.row() for taxonomy in taxonomies().values()]
    return _searched([*rows, *_outside("taxonomy")], asked.search)


def terms_asked(asked: Asked) -> list[Row]:
    """Every term, list by list. The catalogue's lists are flat: no term has a parent."""
    rows = [term.nested() for term in terms().values()]
    rows += _outside("taxonomy_term")
    if asked.taxonomy_id:
        rows = [row for row in rows if row.get("taxonomy_id") == str(asked.taxonomy_id)]
    if asked.parent_id:
        rows = [row for row in rows if row.get("parent_id") == str(asked.parent_id)]
    if asked.top_only:
        rows = [row for row in rows if not row.get("parent_id")]
    return _searched(rows, asked.search)


def _outside(kind: str) -> list[Row]:
    found = Outside.objects.filter(kind=kind).order_by("pk").values_list("words", flat=True)
    return [words["record"] for words in found]


def _searched(rows: list[Row], search: str) -> list[Row]:
    words = search.lower().split()
    return [row for row in rows if all(word in _said(row) for word in words)]


def _said(row: Row) -> str:
    told = (row.get(name, "") for name in ("code", "name", "description", "simpul_name_en"))
    return " ".join(map(str, told)).lower()
