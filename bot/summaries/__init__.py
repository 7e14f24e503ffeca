"""One community's week in, a summary out; pure."""
