"""Message events and platforms' exports, read as streams into the ledger's events."""
