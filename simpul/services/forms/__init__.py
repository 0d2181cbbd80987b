"""The forms of services."""
