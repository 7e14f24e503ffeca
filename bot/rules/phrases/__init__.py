"""The lexicons of the rules, one file a rule; see bot/text/lexicon.py for how a line reads."""
