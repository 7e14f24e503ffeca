"""Which sentence to point at once a rule fires: words that tell, from `telling.txt`."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files

Telling = Callable[[Sequence[str], int], float]
"""Scores a sentence, from its words in lower case and its place in the draft, by how telling it is."""

_LINE = re.compile(r"([\w-]+): (.*?)(?: - (.*))?")
_EARLIER = 0.01  # among sentences that tell as much, the first
_LONG = 30  # words; from here on a sentence wins nothing more by its length


def telling_words(rule: str) -> Telling:
    """Return the scorer of a rule's sentences."""
    weights = _weights()[rule]

    def score(words: Sequence[str], place: int) -> float:
        told = sum(weights.get(word, 0.0) for word in words)
        return told * min(1.0, _LONG / max(len(words), 1)) - _EARLIER * place

    return score


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    """Load the words of every rule."""
    loaded: dict[str, dict[str, float]] = {}
    for line in files("bot.rules").joinpath("telling.txt").read_text(encoding="utf-8").splitlines():
        match = _LINE.fullmatch(line)
        if not match or line.startswith(";"):
            continue
        words = loaded.setdefault(match[1], {})
        for entry in match[2].split():
            word, _, weight = entry.partition(":")
            words[word] = float(weight or 1)
        for word in (match[3] or "").split():
            words[word] = -0.7
    return loaded
