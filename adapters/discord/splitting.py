"""Cuts a text into pieces that fit a message, at the kindest places."""

from adapters.discord.markup import units

_ENDS = ("\n\n", "\n", " ")


def split(text: str, limit: int) -> list[str]:
    """Return pieces of at most `limit` UTF-16 units, at least one, which joined give `text` again.

    Cuts after a blank line, else after a line, else after a word, else anywhere but behind a
    backslash that is not escaped itself: it must stay with what it escapes.
    """
    pieces: list[str] = []
    while units(text) > limit:
        end = _cut(text, limit)
        pieces.append(text[:end])
        text = text[end:]
    return [*pieces, text]


def _cut(text: str, limit: int) -> int:
    longest = min(limit, len(text))
    while (excess := units(text[:longest]) - limit) > 0:
        longest -= (excess + 1) // 2  # a character has two units at most
    for end in _ENDS:
        found = text.rfind(end, longest // 2, longest)
        if found != -1:
            return found + len(end)
    backslashes = longest - len(text[:longest].rstrip("\\"))
    return max(longest - backslashes % 2, 1)
