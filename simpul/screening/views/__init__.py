"""Pages of a screening: request in, one call, page out."""
