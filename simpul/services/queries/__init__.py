"""The queries of services."""
