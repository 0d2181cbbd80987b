"""The views of programmes."""
