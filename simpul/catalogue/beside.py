"""What lies beside the rules: practice, instruments, the rights of the person. Each file is read as Simpul reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from simpul.catalogue import privacy
from simpul.catalogue.casework import reader as casework_reader
from simpul.catalogue.instruments import reader as instruments_reader
from simpul.catalogue.tables import CatalogueError, Report


def read_all(root: Path, report: Report) -> None:
    """Every fault of these files goes to report."""
    reads: dict[str, Callable[[Path], object]] = {
        "casework/lists.toml": casework_reader.read_entries,
        "casework/practice.toml": casework_reader.read_entries,
        "casework/models.toml": casework_reader.read_models,
        "casework/stages.toml": casework_reader.read_stages,
        "casework/norms.toml": casework_reader.read_norms,
        "privacy/rights.toml": lambda _path: (
            privacy.rights(root),
            privacy.grounds(root),
            privacy.retentions(root),
        ),
    }
    for name, read_it in reads.items():
        if (path := root / name).exists():
            try:
                read_it(path)
            except CatalogueError as error:
                report(error)
    list(instruments_reader.read_all(root / "instruments", report))
