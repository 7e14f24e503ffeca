"""The lexicons of the coach; see bot/text/lexicon.py for how a line reads."""
