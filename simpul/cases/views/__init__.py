"""Pages of cases: request in, one call, page out. One file for each part of the work."""
