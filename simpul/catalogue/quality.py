"""From when on something in the register is looked at again: ages, months, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from simpul.catalogue.facts import ROOT
from simpul.catalogue.organisations.norms import Norm, norms_in
from simpul.catalogue.tables import read

CODES = ("oldest_age", "head_from_age", "birth_months", "body_months")


@cache
def norms(root: Path = ROOT) -> Mapping[str, Norm]:
    """The norms by code. Raises CatalogueError where one is missing or wrong."""
    whole = read(root / "quality" / "norms.toml")
    whole.check_keys("norm")
    found = norms_in(whole)
    for code in CODES:
        if code not in found:
            raise whole.error(f"the norm {code!r} is missing")
    return found
