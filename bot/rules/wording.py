"""Quoting a draft back to its author, in a few words and never a secret."""

from collections.abc import Sequence
from zlib import crc32

from bot.rules.rule import Subject
from bot.text.spans import Span

_MOST_WORDS = 7
_MOST_CHARACTERS = 56
_QUOTATION_MARKS = "\"“”„«»'‘’`*_~ \t\n"


def quote(subject: Subject, span: Span) -> str:
    """Return the first words of a span in quotation marks; what is secret is left out.

    Args:
        subject: the draft.
        span: the words to quote.

    Returns:
        The words between “ and ”, with an ellipsis where they go on; “…” where all of it is secret.
    """
    text = span.of(_without_secrets(subject))
    words = text.encode("utf-8", "replace").decode("utf-8").split()
    short = " ".join(words[:_MOST_WORDS])
    cut = len(words) > _MOST_WORDS or len(short) > _MOST_CHARACTERS
    if len(short) > _MOST_CHARACTERS:
        short = short[:_MOST_CHARACTERS].rpartition(" ")[0] or short[:_MOST_CHARACTERS]
    short = short.strip(_QUOTATION_MARKS).rstrip(",;:")
    return f"“{short}…”" if cut or not short else f"“{short}”"


def chosen(options: Sequence[str], seed: str) -> str:
    """Return one of several wordings, always the same for the same seed (some words of the draft)."""
    return options[crc32(seed.encode("utf-8", "replace")) % len(options)]


def _without_secrets(subject: Subject) -> str:
    text = subject.text
    for start, end in subject.secrets:
        text = text[:start] + "…" + " " * (end - start - 1) + text[end:]
    return text
