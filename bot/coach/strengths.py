"""What works in a draft, said as precisely as what does not."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.rules.rule import Subject
from bot.rules.shape import second_person
from bot.rules.wording import quote
from bot.text.draft import Surface
from bot.text.kind import Kind
from bot.text.lexicon import Hit, load_lexicon
from bot.text.sharing import shares_others
from bot.text.spans import Span


class Strength(NamedTuple):
    """One thing that works.

    Attributes:
        id: its public id (rules.md, "Strengths, by id").
        praise: one sentence about this draft.
    """

    id: str
    praise: str


_FEW = 4  # words; a shorter question is a nod
_ANSWER_FIRST = "You answer the question before you mention anything of your own."
_OF_USE = 20  # words; advice shorter than this is a remark


def strengths(subject: Subject) -> tuple[Strength, ...]:
    """Return what works in a draft, in the order of rules.md."""
    hits = load_lexicon("bot.coach.phrases", "strengths.txt").hits(subject.passages)
    return tuple(_strengths(subject, {hit.case: hit for hit in reversed(hits)}))


def _strengths(subject: Subject, hits: dict[str, Hit]) -> Iterator[Strength]:
    question = _question(subject)
    if question:
        yield Strength("asks-question", f"You ask something people can answer: {quote(subject, question)}.")
    if subject.surface is Surface.REPLY and "answers" in hits:
        own = subject.reading.own_links
        if own and hits["answers"].span.end <= own[0].span.start:
            yield Strength("answers-somebody", _ANSWER_FIRST)
        elif subject.kind is Kind.ENGAGEMENT:
            shown = quote(subject, _around(subject, hits["answers"].span))
            yield Strength("answers-somebody", f"You give an answer that can be tried: {shown}.")
    if "thanks" in hits:
        yield Strength(
            "thanks-or-congratulates", f"{quote(subject, hits['thanks'].span)} gives somebody their due."
        )
    if "credits" in hits or (shares_others(subject.reading) and subject.kind is Kind.ENGAGEMENT):
        yield Strength("credits-others", _credit(subject, hits))
    if "personal" in hits or (subject.reading.mentions and second_person(_words(subject))):
        yield Strength("personal", _personal(subject, hits))
    if "useful" in hits and len(subject.reading.words) >= _OF_USE:
        yield Strength(
            "useful",
            f"There is something in it to use: {quote(subject, _around(subject, hits['useful'].span))}.",
        )


def _question(subject: Subject) -> Span | None:
    """Return the first sentence that asks something in more than a nod."""
    for sentence in subject.reading.sentences:
        if "?" in subject.reading.prose[sentence.start : sentence.end]:
            words = sum(sentence.covers(token.span) for token in subject.reading.tokens)
            if words >= _FEW:
                return sentence
    return None


def _around(subject: Subject, span: Span) -> Span:
    """Return what follows from a phrase to the end of its sentence."""
    passage = subject.passages.spans[subject.passages.at(span)]
    return Span(span.start, max(span.end, passage.end))


def _credit(subject: Subject, hits: dict[str, Hit]) -> str:
    if "credits" in hits:
        return f"You say whose work it is: {quote(subject, hits['credits'].span)}."
    return "You pass on something that somebody else made."


def _personal(subject: Subject, hits: dict[str, Hit]) -> str:
    if "personal" in hits:
        return f"{quote(subject, hits['personal'].span)} could only be said to this person."
    return f"You speak to {quote(subject, subject.reading.mentions[0])} and not to a crowd."


def _words(subject: Subject) -> list[str]:
    return [word.lower() for word in subject.reading.words]
