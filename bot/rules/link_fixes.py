"""Taking links out of a draft so that the sentences around them stay whole."""

import re
from collections.abc import Sequence

from bot.rules.finding import Fix
from bot.rules.rule import Subject
from bot.text.reading import Link

_OPENING = re.compile(r"\[[^\[\]\n]{0,200}\]\($|[(<\[]$")
_LABEL = re.compile(r"(?:^|[.!?|·•;,]|\s[-–—])\s*[^\n.!?|·•;,:]{0,60}(?::|→|->|=>|»|👉)\s*$")
_NAMED = re.compile(
    r"\b(?:site|blog|shop|store|page|channel|podcast|newsletter|portfolio|website|course|book|etsy|profile|tool|app|"
    r"post|video|article|guide|it|this|that|here|one|mine|more)[,:]?\s*$",
    re.IGNORECASE,
)
_BEFORE = 120
_LONGEST_LABEL = 4  # words; what is longer says something and stays
_INSTEAD = "my site"


def dropped_links(subject: Subject, links: Sequence[Link]) -> tuple[Fix, ...]:
    """Return the edits that take `links` out: with their label or line, or with words in their place."""
    fixes: list[Fix] = []
    for link in links:
        fix = _dropped(subject.text, link)
        if not fixes or fix.start >= fixes[-1].end:
            fixes.append(fix)
    return tuple(fixes)


def _dropped(text: str, link: Link) -> Fix:
    start, end = link.span
    opening = _OPENING.search(text, max(0, start - _BEFORE), start)
    if opening and text[end : end + 1] in ")>]":
        start, end = opening.start(), end + 1
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end == -1 else line_end
    before = text[max(line_start, start - _BEFORE) : start]
    after = text[end:line_end]
    if not before.strip(" -*•>") and not after.strip(" .,;!"):
        return _line(text, line_start, line_end)
    label = _LABEL.search(before)
    if label:
        cut = start - len(before) + label.start()
        words = len(before[label.start() : label.end()].split())
        if words <= _LONGEST_LABEL and not text[line_start:cut].strip() and not after.strip(" .,;!"):
            return _line(text, line_start, line_end)
        if words > _LONGEST_LABEL or (cut == line_start and _continues(text, line_start)):
            return Fix(start - (len(before) - len(before.rstrip(" ,:→=>»-"))), end, "")
        if cut == line_start:
            return Fix(cut, end + len(after) - len(after.lstrip(" .,;!")), "")
        keeps_mark = bool(before[label.start() : label.start() + 1].strip(" -–—|·•;,"))
        return Fix(cut + keeps_mark, end, "")
    if _NAMED.search(before) or opening:
        return Fix(start - (len(before) - len(before.rstrip(" ,:"))), end, "")
    return Fix(start, end, _INSTEAD)


def _continues(text: str, line_start: int) -> bool:
    """Tell whether a line goes on with the sentence of the line before, as in a text with fixed width."""
    return line_start > 1 and (text[line_start - 2].isalnum() or text[line_start - 2] == ",")


def _line(text: str, start: int, end: int) -> Fix:
    """Return the edit that drops a whole line with its line break."""
    if end < len(text):
        return Fix(start, end + 1, "")
    return Fix(max(0, start - 1), end, "")
