"""What is typed about accreditations, checked."""
