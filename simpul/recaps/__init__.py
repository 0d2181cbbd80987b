"""What an office counts and hands in, and what of it the public may see."""
