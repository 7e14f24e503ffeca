"""The platforms Checkpost speaks on."""
