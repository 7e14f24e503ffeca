"""Parts of a draft that are not the author's own running words: code, quotations, mentions, emoji codes.

Every pattern here is linear: no nested repetition, and every repetition stops at a character that
cannot start another attempt at the same match.
"""

import re
from collections.abc import Iterable

from bot.text.spans import Span, merged

_FENCE = "```"
_INLINE_CODE = re.compile(r"(?<!`)``(?!`)[^\n]+?(?<!`)``(?!`)|(?<!`)`(?!`)[^`\n]+`")
_ANGLE_MENTION = re.compile(r"<(?:[@#][!&]?[\w/-]{1,40}|![\w^-]{1,60})(?:\|[^<>\n]{0,80})?>")
_PLAIN_MENTION = re.compile(r"(?<![\w@/.-])@(?=[^\W_]|_\w)[\w-]{1,64}(?:\.[\w-]{1,40}){0,4}")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?!\w)")
_EMOJI_CODE = re.compile(
    r"<a?:\w{2,40}:\d{1,25}>|:(?<![\w:]:)(?=[a-z0-9_+'-]{0,47}[a-z+-])[a-z0-9_+'-]{1,48}:(?!\w)"
)
_QUOTED_LINE = re.compile(r"^[ \t]*(?:>{1,3}(?=[\s\w“\"*])(?!>?\d)|&gt;)[^\n]*", re.MULTILINE)
_QUOTED_REST = re.compile(r"^>>> .*", re.MULTILINE | re.DOTALL)
_QUOTED_WORDS = re.compile(
    r"(?<![\w\"])\"(?=\S)[^\"\n]{1,900}\"(?![\w\"])|“[^“”\n]{1,900}”|„[^„“”\n]{1,900}[“”]|«[^«»\n]{1,900}»"
    r"|(?<!\w)‘[^‘\n]{1,400}?[^\s‘’]’(?!\w)"
)
_MAY_QUOTE = re.compile(r"[>&\"“„«‘]")
"""One of these stands in whatever is quoted, and is found far sooner."""

_QUOTED_AT_LEAST = 3  # one or two words in quotation marks are a title or a sneer, both the author's own


def blank(text: str, spans: Iterable[Span]) -> str:
    """Return `text` with every span replaced by spaces, line breaks kept, so that offsets agree."""
    ordered = merged(spans)
    if not ordered:
        return text
    pieces: list[str] = []
    position = 0
    for start, end in ordered:
        pieces.append(text[position:start])
        pieces.append("\n".join(" " * len(line) for line in text[start:end].split("\n")))
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def code_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of code blocks (three backticks) and of inline code; an open fence is no code."""
    if "`" not in text:
        return ()
    spans: list[Span] = []
    position = text.find(_FENCE)
    while position != -1:
        end = text.find(_FENCE, position + len(_FENCE))
        if end == -1:
            break
        spans.append(Span(position, end + len(_FENCE)))
        position = text.find(_FENCE, end + len(_FENCE))
    rest = blank(text, spans)
    spans.extend(Span(*match.span()) for match in _INLINE_CODE.finditer(rest))
    return merged(spans)


def mention_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of mentions: `<@1>`, `<#C1|name>`, `<!here>` and `@name`, but not mail addresses."""
    if "@" not in text and "<" not in text:
        return ()
    angles = [Span(*match.span()) for match in _ANGLE_MENTION.finditer(text)]
    rest = blank(text, [*angles, *mail_spans(text)])
    return tuple(sorted([*angles, *(Span(*match.span()) for match in _PLAIN_MENTION.finditer(rest))]))


def mail_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of mail addresses."""
    return tuple(Span(*match.span()) for match in _MAIL.finditer(text)) if "@" in text else ()


def emoji_code_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of emoji written as codes: `:tada:`, `<:name:1>`."""
    return tuple(Span(*match.span()) for match in _EMOJI_CODE.finditer(text)) if ":" in text else ()


def quoted_word_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of whatever stands in quotation marks, single words too."""
    return tuple(Span(*match.span()) for match in _QUOTED_WORDS.finditer(text))


def quotes_lines(text: str, quotation: Span) -> bool:
    """Tell whether a quotation is of whole lines (`> …`), not of words in quotation marks."""
    return quotation.of(text).lstrip()[:1] in {">", "&"}


def quotation_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of quoted lines (`> …`, Discord's `>>> …`) and of quotations of three words up."""
    if not _MAY_QUOTE.search(text):
        return ()
    spans = [Span(*match.span()) for match in _QUOTED_REST.finditer(text)]
    spans.extend(Span(*match.span()) for match in _QUOTED_LINE.finditer(text))
    spans.extend(
        Span(*match.span())
        for match in _QUOTED_WORDS.finditer(text)
        if len(match.group().split(maxsplit=_QUOTED_AT_LEAST)) >= _QUOTED_AT_LEAST
    )
    return merged(spans)
