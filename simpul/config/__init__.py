"""Config: settings, root addresses, start-up."""
