"""The rules of the catalogue, one file a rule, and what they share."""
