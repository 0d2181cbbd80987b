"""What was typed about organisations, checked."""
