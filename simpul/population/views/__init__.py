"""Pages of the whole register."""
