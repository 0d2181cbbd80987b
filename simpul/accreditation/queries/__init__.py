"""What pages ask about accreditations."""
