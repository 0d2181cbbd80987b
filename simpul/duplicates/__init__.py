"""Who may be known twice: found, looked at by a person, merged, and undone."""
