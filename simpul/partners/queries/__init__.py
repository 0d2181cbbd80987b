"""The queries of partners."""
