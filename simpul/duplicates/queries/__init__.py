"""What pages and the search ask about records that may be one person."""
