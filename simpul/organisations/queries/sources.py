"""What other parts ask about sources of help: counts, the public list, what waits."""

from simpul.organisations.queries.sources_counts import TypeCount, counts_by_area, counts_by_type, listed
from simpul.organisations.queries.sources_waiting import waits

__all__ = ["TypeCount", "counts_by_area", "counts_by_type", "listed", "waits"]
