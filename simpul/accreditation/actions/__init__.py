"""What happens to accreditations."""
