"""Shapes of a draft that several rules look at: questions, greetings, sentences, who is spoken of."""

import re
from collections.abc import Sequence

from bot.rules.rule import Subject
from bot.text.draft import Surface
from bot.text.spans import Span

_QUESTION = re.compile(r"\?(?!\w)")
_FIRST_PERSON = frozenset("i i'm im i've ive i'd i'll me my mine myself we we're we've our ours us".split())
_SECOND_PERSON = frozenset("you your yours you're youre u ur yourself y'all ya".split())


def is_top_level(subject: Subject) -> bool:
    """Tell whether the draft opens a thread of its own in a channel."""
    return subject.surface is Surface.CHANNEL


def asks(subject: Subject) -> bool:
    """Tell whether the draft has a question mark outside links, code and quotations."""
    return _QUESTION.search(subject.reading.prose) is not None


def whole(subject: Subject) -> tuple[Span, ...]:
    """Return the whole draft, trimmed, as one span; nothing where it is empty."""
    text = subject.text
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return (Span(start, end),) if start < end else ()


def first_person(words: Sequence[str]) -> int:
    """Count the words that speak of the author."""
    return sum(word in _FIRST_PERSON for word in words)


def second_person(words: Sequence[str]) -> int:
    """Count the words that speak to somebody."""
    return sum(word in _SECOND_PERSON for word in words)
