"""What was typed about cases, checked. One file for each part of the work."""
