"""What is due, and the one background loop that sends it."""
