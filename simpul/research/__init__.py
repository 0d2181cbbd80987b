"""Files for research: without names, for a purpose, approved by a second person."""
