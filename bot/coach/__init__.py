"""Runs the rules over a draft, ranks what they found and words the answer; pure."""
