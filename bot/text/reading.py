"""A draft taken apart once, so that every rule reads the same tokens."""

from dataclasses import dataclass
from functools import cached_property

from bot.text.draft import Draft
from bot.text.spans import Span
from bot.text.tokens import Token, find_tokens


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a draft.

    Attributes:
        span: where it stands in the original text.
        host: lower-case host in ASCII (IDNA), without a port.
        site: the registrable domain by the public suffix list; the host where there is none.
        path: the path, starting with `/`, or empty.
        query: the query string without `?`, or empty.
        fragment: what follows `#`, or empty.
    """

    span: Span
    host: str
    site: str
    path: str = ""
    query: str = ""
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """Which language a draft is in.

    Attributes:
        code: ISO 639-1, or `und` where the text is too short to tell.
        read: whether the engine reads that language (English, or too short to tell).
    """

    code: str
    read: bool


@dataclass(frozen=True)
class Reading:
    """A draft with its structure.

    Attributes:
        draft: the draft itself.
        prose: a copy of the text of the same length, in code points, in which code, quotations,
            links, mentions and emoji codes are blanked with spaces; offsets agree with the text.
        words: the words of `prose`, in order, as written but for plain apostrophes.
        sentences: spans of the sentences or lines of the text, in order, not empty.
        links: every link outside code, in order.
        mentions: spans of mentions (`@name`, `<@U1>`, `<#C1>`), in order.
        code: spans of code blocks and inline code.
        quotations: spans of quoted lines and quoted words.
        own_links: those of `links` that lead to the author's own sites (registered, or called
            the author's own in the draft).
        language: the language of `prose`.
    """

    draft: Draft
    prose: str
    words: tuple[str, ...]
    sentences: tuple[Span, ...]
    links: tuple[Link, ...]
    mentions: tuple[Span, ...]
    code: tuple[Span, ...]
    quotations: tuple[Span, ...]
    own_links: tuple[Link, ...]
    language: Language

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words with their places; found when a rule asks, since the ledger needs none of them."""
        return find_tokens(self.prose)
