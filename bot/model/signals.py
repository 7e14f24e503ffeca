"""What the structure of a draft says before its words do: counts and shares, in a few steps each."""

import re
from collections.abc import Iterator

from bot.text.reading import Reading

_FIRST_PERSON = frozenset("i i'm i've i'd i'll me my mine myself we we're we've our ours us".split())
_SECOND_PERSON = frozenset("you you're you've you'd you'll your yours u ur y'all yourself".split())
_THIRD_PERSON = frozenset("he she him her his hers they them their he's she's they're".split())
_ASKS = re.compile(
    r"\b(?:dm me|link in (?:my )?bio|sign ?up|subscribe|follow me|book a|check (?:it )?out|join (?:us|me)|"
    r"use (?:the )?code|% off|free trial|pre-?order|tickets?|register|enrol+|giveaway|retweet|rt to|airdrop|"
    r"swipe up)\b"
)
_MERGE = re.compile(
    r"\{\{?\s*\w[\w .|-]{0,30}\}\}?|\[(?:first ?name|name|company|your \w+|insert [^\]]{0,30})\]|"
    r"%\w+%|<<\w+>>|\*\|\w+\|\*",
    re.IGNORECASE,
)
_OPT_OUT = re.compile(
    r"\b(?:unsubscribe|opt[- ]?out|reply stop|do not reply|automated (?:message|post|reply)|"
    r"auto-?(?:dm|post|reply|response)|thanks? for (?:the )?follow(?:ing)?)\b"
)
_UNFOLLOW = re.compile(
    r"\b(?:unfollow\w*|unfriend\w*|f4f|follow ?(?:for|4) ?follow|follow ?back|purg(?:e|ing)|fb|l4l|s4s|"
    r"mutuals?)\b"
)
_TXT = frozenset(
    "u ur r y b4 gr8 l8r m8 w8 ppl pls plz thx tnx idk wat wut wot cuz coz bc b/c rn tmrw tmr 2moro "
    "2day 2nite dis dat da n msg txt k kk wud cud shud hv hav gd gud luv ya cya ttyl brb omw smth sth "
    "sum1 ne1 every1 any1 some1 no1 xoxo jst nt nw wen wer dnt cnt wnt lk abt tho thru nite rly srsly "
    "def obv prob probs bday wknd wrk hmu nvm ikr tbh ngl imo fr".split()
)
_PROFANE = re.compile(
    r"\b(?:fuck\w*|sh[i1]t\w*|bitch\w*|ass(?:hole)?s?|bastard\w*|damn|crap|dick\w*|cunt\w*|piss\w*|"
    r"wank\w*|bollocks|retard\w*|moron\w*|idiot\w*|stupid|dumb\w*|clown\w*|loser\w*|pathetic|garbage|trash|"
    r"liar\w*|coward\w*)\b|\bf\*+"
)
_NUMBER = re.compile(
    r"[$€£\d](?:(?<!\d)\s?\d|(?<=\d)(?:\s?%|"
    r"[\d,.]{0,12}\s?(?:k|m|million|followers|users|customers|years|downloads|stars|views)\b))"
)
_EMOJI = re.compile("[\u2190-\U0010ffff]")
_MARKED = re.compile(rf"(?=[a-z%])(?:{_UNFOLLOW.pattern}|{_PROFANE.pattern}|{_ASKS.pattern})")
"""What any of the three finds; most drafts hold none of it, which is known sooner at one go."""


def _level(count: int) -> int:
    """Return 0, 1, 2, 3 (three or four), 4 (five to eight), 5 (more)."""
    return count if count < 3 else 3 if count < 5 else 4 if count < 9 else 5  # noqa: PLR2004 - the steps of the scale


def _tenth(part: int, whole: int) -> int:
    return part * 20 // max(whole, 1) if part * 5 < whole else 4 + part * 10 // max(4 * whole, 1)


def signals(reading: Reading) -> Iterator[tuple[str, int]]:
    """Yield the name and the step of every signal of a draft."""
    draft = reading.draft
    text = draft.text
    words = [word.lower() for word in reading.words]
    count = len(words)
    yield "length", min(12, (count * count + count).bit_length())
    yield "sentences", _level(len(reading.sentences))
    yield "lines", _level(text.count("\n"))
    yield "links", _level(len(reading.links))
    yield "own-links", _level(len(reading.own_links))
    yield "other-links", _level(len(reading.links) - len(reading.own_links))
    yield "mentions", _level(len(reading.mentions))
    yield "starts-with-mention", int(bool(reading.mentions) and not text[: reading.mentions[0].start].strip())
    yield "quotes", _level(len(reading.quotations))
    prose = reading.prose
    lower = prose.lower()
    yield "questions", _level(prose.count("?"))
    yield "ends-with-question", int(text.rstrip().endswith("?"))
    yield "exclamations", _level(prose.count("!"))
    yield "hashtags", _level(text.count("#"))
    yield "merge", _level(len(_MERGE.findall(text)))
    yield "opt-out", _level(len(_OPT_OUT.findall(text.lower())))
    marked = lower if _MARKED.search(lower) else ""
    yield "unfollow", _level(len(_UNFOLLOW.findall(marked)))
    yield "profane", _level(len(_PROFANE.findall(marked)))
    yield "asks", _level(len(_ASKS.findall(marked)))
    yield "figures", _level(len(_NUMBER.findall(lower)))
    yield "txt", _level(sum(map(_TXT.__contains__, words)))
    yield "first", _tenth(sum(map(_FIRST_PERSON.__contains__, words)), count)
    yield "second", _tenth(sum(map(_SECOND_PERSON.__contains__, words)), count)
    yield "third", _tenth(sum(map(_THIRD_PERSON.__contains__, words)), count)
    yield "capitals", _tenth(sum(len(word) > 1 for word in reading.words if word.isupper()), count)
    yield "lower-start", int(prose.lstrip()[:1].islower())
    yield "emoji", 0 if text.isascii() else _level(len(_EMOJI.findall(text)))
    if draft.reply_to and draft.reply_to.text:
        asked = draft.reply_to.text.lower()
        yield "asked", int("?" in asked)
        own = set(words)
        yield "shares-words", _level(sum(len(w) > 3 and w in own for w in set(asked.split())))  # noqa: PLR2004 - content words
        yield "asked-link", int("link" in asked or "url" in asked or "where" in asked)
