"""What every platform shares: the conversation, the card, and what an adapter must be able to do."""
