"""What comes in through the door: listings of another register."""
