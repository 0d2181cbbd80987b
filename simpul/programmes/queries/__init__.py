"""The queries of programmes."""
