"""Programmes that make organisations stronger, from the first visit to an honest evaluation."""
