"""The trained reader behind the rules: a word table and a small encoder, in one file."""
