"""Shapes of a draft that several rules look at: questions, greetings, sentences, who is spoken of."""

import re
from collections.abc import Callable, Sequence

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


def sentences(subject: Subject) -> tuple[Span, ...]:
    """Return the sentences that hold at least one word of the author's own."""
    spoken = {index for _, index in subject.passages.words}
    return tuple(span for index, span in enumerate(subject.passages.spans) if index in spoken)


def words_of(subject: Subject, span: Span) -> tuple[str, ...]:
    """Return the words of the draft that lie in a span, in lower case."""
    return tuple(token.lower for token in subject.reading.tokens if span.covers(token.span))


def sentence_at(subject: Subject, span: Span) -> Span:
    """Return the sentence in which a span starts; the span itself where none does."""
    return next((sentence for sentence in subject.reading.sentences if sentence.overlaps(span)), span)


def best_sentence(subject: Subject, score: Callable[[Sequence[str]], float]) -> tuple[Span, ...]:
    """Return the sentence whose words score highest; the first on equal scores, none without words."""
    by_passage: dict[int, list[str]] = {}
    for word, index in subject.passages.words:
        by_passage.setdefault(index, []).append(word)
    if not by_passage:
        return whole(subject)
    best = max(by_passage, key=lambda index: (score(by_passage[index]), -index))
    return (subject.passages.spans[best],)


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
