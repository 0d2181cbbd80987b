"""Simpul ties people in need to those who can help."""
