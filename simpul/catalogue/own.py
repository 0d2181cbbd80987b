"""Lists of needs of an office's own, in a folder of its data: tried over the whole register before anybody uses them.

Each is a folder as those of `screening/`, under its own code, over the facts of the catalogue. What is wrong with one is
told and stops nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from simpul.catalogue import editions, facts
from simpul.catalogue.editions import Edition
from simpul.catalogue.tables import CatalogueError, read

# As the register of a list names it.
_LONGEST_CODE = 60
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class OwnList:
    """A folder with a list: the list, or why it cannot be tried, each with file and line."""

    code: str
    edition: Edition | None
    faults: tuple[str, ...] = ()


def own_lists(folder: Path) -> tuple[OwnList, ...]:
    """Every list in the folder, by its name; read again when a file of it was changed."""
    heads = sorted(folder.glob("*/edition.toml"))
    return tuple(_list_in(head.parent, _stamp(head.parent)) for head in heads)


def _stamp(folder: Path) -> Stamp:
    found = ((path, path.stat()) for path in sorted(folder.glob("*.toml")))
    return tuple((path.name, told.st_mtime_ns, told.st_size) for path, told in found)


@lru_cache(maxsize=8)
def _list_in(folder: Path, _stamp: Stamp) -> OwnList:
    faults: list[CatalogueError] = []
    edition = None
    try:
        edition = editions.read_edition(read(folder / "edition.toml"), facts.book(), faults.append)
    except CatalogueError as error:
        faults.append(error)
    # Without the folder: where the data of an office lie is nobody's business on a page.
    lines = (f"{Path(fault.file).name}:{fault.line}: {fault.sentence}" for fault in faults)
    told = (*lines, *_unfit(folder.name, edition))
    return OwnList(folder.name, None if told else edition, told)


def _unfit(code: str, edition: Edition | None) -> Iterator[str]:
    if code in {known.code for known in editions.all_editions()}:
        yield f"{code}: a list of Simpul has this code; choose another"
    if len(code) > _LONGEST_CODE:
        yield f"{code}: the code is longer than {_LONGEST_CODE} signs"
    if edition is not None and not edition.is_judgeable:
        yield f"{code}: no type has a rule"
