"""The views of partners."""
