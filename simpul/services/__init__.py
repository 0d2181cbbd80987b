"""What bodies offer: for whom, where and when, with how much room, and how surely that still holds."""
