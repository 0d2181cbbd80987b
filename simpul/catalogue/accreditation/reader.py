"""Reads the schemes of the catalogue from TOML. What makes a scheme is checked by `words`, for all schemes alike."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simpul.catalogue.accreditation.shapes import Scheme
from simpul.catalogue.accreditation.words import SchemeFault, from_words
from simpul.catalogue.facts import ROOT
from simpul.catalogue.tables import read

FOLDER = ROOT / "accreditation"
# As the files call them: one standard, one item, …
_NAMES = {"condition": "conditions", "document": "documents", "grade": "grades"}


def read_scheme(path: Path) -> Scheme:
    """One scheme out of its file. Raises CatalogueError."""
    whole = read(path)
    words = dict(whole.data)
    for one, many in _NAMES.items():
        words[many] = words.pop(one, [])
    words["standards"] = [_standard(standard) for standard in words.pop("standard", [])]
    try:
        scheme = from_words(words)
    except SchemeFault as fault:
        raise whole.error(str(fault)) from fault
    # An office's own line may be its own word; the catalogue's never is.
    for one in (words, *words["conditions"], *words["documents"], *words["standards"], *words["grades"]):
        if not one.get("source") or not one.get("verified"):
            raise whole.error(f"{one['code']!r} does not say where it comes from and how sure it is")
    return scheme


def _standard(data: Mapping[str, Any]) -> dict[str, Any]:
    """A standard as `words` knows it. Its items come from where it comes from, unless they say otherwise."""
    marks = {key: data[key] for key in ("source", "verified") if key in data}
    own = {key: value for key, value in data.items() if key != "item"}
    return {**own, "items": [{**marks, **item} for item in data.get("item", [])]}


def read_folder(folder: Path) -> tuple[Scheme, ...]:
    """Every scheme of a folder. Raises CatalogueError."""
    return tuple(read_scheme(path) for path in sorted(folder.glob("permensos-*.toml")))
