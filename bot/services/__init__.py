"""The use cases, one a file: what adapters and commands call."""
