"""Speed, measured beside what else could be used: each script runs Simpul and its rivals on the same data."""
