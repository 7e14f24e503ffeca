"""Takes a draft apart, once."""

from bot.text.draft import Draft
from bot.text.language import identify
from bot.text.links import find_links
from bot.text.masking import blank, code_spans, emoji_code_spans, mail_spans, mention_spans, quotation_spans
from bot.text.own_sites import own_links
from bot.text.reading import Reading
from bot.text.sentences import find_sentences
from bot.text.spans import Span
from bot.text.tokens import find_words


def read(draft: Draft) -> Reading:
    """Return the structure of a draft: words, sentences, links, mentions, code, quotations, language.

    Reads any string, lone surrogates included, in time that grows in line with its length.
    """
    text = draft.text
    code = code_spans(text)
    spoken = blank(text, code)
    links = find_links(spoken)
    link_spans = [link.span for link in links]
    unlinked = blank(spoken, link_spans)
    mentions = mention_spans(unlinked)
    unnamed = blank(unlinked, [*mentions, *mail_spans(unlinked)])
    emoji = emoji_code_spans(unnamed)
    quotations = quotation_spans(spoken)
    prose = blank(unnamed, [*emoji, *quotations])
    words = find_words(prose)
    return Reading(
        draft=draft,
        prose=prose,
        words=words,
        sentences=find_sentences(_lettered(text, [*code, *link_spans])),
        links=links,
        mentions=mentions,
        code=code,
        quotations=quotations,
        own_links=own_links(spoken, links, draft.author.own_domains),
        language=identify(words),
    )


def _lettered(text: str, spans: list[Span]) -> str:
    """Return `text` with the spans replaced by letters, so that their dots end no sentence."""
    pieces: list[str] = []
    position = 0
    for start, end in sorted(spans):
        pieces.append(text[position:start])
        pieces.append("x" * (end - start))
        position = end
    return "".join(pieces) + text[position:]
