"""The views of services."""
