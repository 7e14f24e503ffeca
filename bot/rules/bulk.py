"""Signs of bulk that are structure and not words: merge fields, many mentions, near-repeats."""

import re
from collections.abc import Iterator
from itertools import chain

from bot.text.draft import Draft, Surface
from bot.text.masking import blank
from bot.text.read import read
from bot.text.reading import Reading
from bot.text.spans import Span

_FIELD_WORD = (
    r"(?:(?:first|last|full|f|l|sur|fore|given|family|user|company|contact|recipient|customer|client|member|"
    r"organi[sz]ation|job|your|their|his|her|product|event|brand|city|school|hiring manager|journalist|"
    r"publication|business|friend|author|candidate|blog|website|employee|lead|prospect)?[ _.-]?"
    r"(?:name|firstname|fname|lname|lastname|title|company|city|industry|topic|date|amount|position|role|job|"
    r"location|organi[sz]ation|product|email|number|handle|username|skill|sector|publication|expiry|field|"
    r"interest|pain ?point|manager|contact|website|link|event|school|brand|first|last))"
)
_FIELDS = re.compile(
    r"\{\{[^{}\n]{1,60}\}\}|\*\|[A-Z_:]{2,40}\|\*|@@[A-Z_]{2,30}@@|%%?[A-Z][A-Z_]{2,30}%%?"
    r"|\[\[[\w ]{2,30}\]\]"
    rf"|[{{<\[]{_FIELD_WORD}[}}>\]]|<<{_FIELD_WORD}>>|\{{(?:\w+\.)?{_FIELD_WORD}\}}"
    rf"|\$\{{?(?:FIRST|LAST|F|L)_?NAME\}}?|\{{{_FIELD_WORD}\|[^{{}}\n]{{1,30}}\}}|%\w{{2,20}}\.\w{{2,20}}%"
    r"|\$\{[a-z_]{2,20}\.[a-z_]{2,20}\}|\bDear null\b|\{\w{2,12}(?:\|\w{2,12}){1,6}\}",
    re.IGNORECASE,
)
_SHOUTED_FIELDS = re.compile(r"#[A-Z][A-Z_]{2,24}#|\b__[A-Z][A-Z_]{2,24}__\b")
_TEMPLATE_TALK = re.compile(
    r"\b(?:template|templates|templating|jinja|handlebars|mustache|liquid|vue|angular|react|"
    r"render(?:s|ed|ing)?|variable|variables|placeholder|placeholders|merge (?:field|tag|mail)s?|mail merge|"
    r"syntax|escape[ds]?|curly|braces|helm|ansible|yaml|interpolat\w+|parser|string format|f-string|regex|"
    r"config|shell|env)\b",
    re.IGNORECASE,
)
_MASKS = frozenset({"[NAME]", "[EMAIL]", "[NUMBER]", "[DATE]", "[LOCATION]"})  # how names are blacked out
_GREETED = re.compile(r"\b(?:hi|hello|hey|dear)[\s,]+$", re.IGNORECASE)
_NAMES_IN_A_ROW = re.compile(r"\b(?:dear|hi|hello|hey)\s+(?:[A-Z][\w'’.-]{1,20},\s*){4,}", re.IGNORECASE)
_MANY = 5
_GAP = 4  # characters between mentions that still belong to one run
_REPEATS = 0.55
_FEWEST_WORDS = 6
_MOST_RECENT = 50


def merge_fields(reading: Reading) -> tuple[tuple[Span, str], ...]:
    """Return the unfilled merge fields with what to put there; none where the talk is about templates."""
    text = blank(reading.draft.text, [*reading.code, *reading.quotations])
    if _TEMPLATE_TALK.search(text):
        return ()
    return tuple(
        (Span(*match.span()), _filling(text, match))
        for match in sorted(chain(_FIELDS.finditer(text), _SHOUTED_FIELDS.finditer(text)), key=_start)
        if match.group() not in _MASKS
    )


def _start(match: re.Match[str]) -> int:
    return match.start()


def _filling(text: str, match: re.Match[str]) -> str:
    """Return a neutral word where the field is a greeted name, else a gap that nobody overlooks."""
    return "there" if _GREETED.search(text[max(0, match.start() - 12) : match.start()]) else "…"


def addressed_at_once(reading: Reading) -> tuple[Span, ...]:
    """Return runs of at least five mentions, and greetings of at least five names."""
    return (*_mention_runs(reading), *_name_runs(reading))


def _mention_runs(reading: Reading) -> Iterator[Span]:
    run: list[Span] = []
    spoken = [
        span for span in reading.mentions if not any(quote.covers(span) for quote in reading.quotations)
    ]
    for mention in (*spoken, Span(-1, -1)):
        if run and not 0 <= mention.start - run[-1].end <= _GAP:
            if len(run) >= _MANY:
                yield Span(run[0].start, run[-1].end)
            run = []
        run.append(mention)


def _name_runs(reading: Reading) -> Iterator[Span]:
    match = _NAMES_IN_A_ROW.search(reading.prose[:400])
    if match:
        yield Span(*match.span())


def repeats(reading: Reading) -> bool:
    """Tell whether the draft nearly repeats a recent post: by its words, or by the ledger's fingerprint."""
    history = reading.draft.history
    if history is None:
        return False
    if history.repeats_recent:
        return True
    own = _shingles(reading)
    if not own or (reading.draft.surface is Surface.REPLY and len(own) < _FEWEST_WORDS):
        return False
    return any(_similar(own, _shingles(read(Draft(text)))) for text in history.recent[:_MOST_RECENT])


def _shingles(reading: Reading) -> frozenset[tuple[str, ...]]:
    words = [word.lower() for word in reading.words]
    if len(words) < _FEWEST_WORDS:
        return frozenset()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _similar(own: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    return bool(other) and len(own & other) >= _REPEATS * min(len(own), len(other))
