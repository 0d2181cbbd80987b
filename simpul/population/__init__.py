"""Everybody known, screened at once: each night, on demand, and by an edition before it is used."""
