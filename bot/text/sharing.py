"""Whether a draft shares or credits somebody else's work."""

import re

from bot.text.accounts import is_shortened
from bot.text.reading import Reading
from bot.text.tokens import plain

_WORK = (
    r"(?:article|post|book|talk|video|song|album|painting|photo|thread|essay|tutorial|guide|podcast|repo|library|"
    r"write-?up|plugin|project|work)"
)
_PRAISED = r"(?:helped|worth|recommend|loved|great|brilliant|changed|deserves)"
_CREDIT = re.compile(
    r"\b(?:h/t|hat tip|credits?\s*(?:to|:|goes|go|for)|all credit|kudos to|props to|shout ?out to|via\s+@?\w|"
    r"(?:made|written|drawn|built|designed|recorded|photographed|taken|composed|baked|knitted) by\s+"
    r"(?!me\b|myself\b|us\b)\w|(?:by|from)\s+(?:my friend|our friend)|thanks to\s+\w+ for|"
    r"(?:his|her|their|@?\w+'s)\s+(?:brilliant|great|lovely|wonderful|excellent|new|latest|amazing)?\s*"
    rf"{_WORK}\b(?=[^.!?\n]{{0,60}}\b{_PRAISED}\b))",
    re.IGNORECASE,
)
_RESHARE = re.compile(r"^\s*(?:RT|via)\s+@", re.IGNORECASE)


def shares_others(reading: Reading) -> bool:
    """Tell whether the draft links to, quotes or credits somebody else's work.

    A link to a site that is not the author's own counts, and so do words of credit; quoting the answered
    post does not, since every reply does that, nor a shortened link, which may lead anywhere.
    """
    own = {link.span for link in reading.own_links}
    if any(link.span not in own and not is_shortened(link) for link in reading.links):
        return True
    text = plain(reading.draft.text)
    return bool(_CREDIT.search(text) or _RESHARE.search(text))
