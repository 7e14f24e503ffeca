"""More links to one's own sites than a reader came for.

Notices:
    Two or more links to the author's own sites, or one in a reply to somebody else's post that did not
    ask for it. Own sites are those the author registered, by registrable domain or by account, and
    those the draft calls the author's own ("my blog: …", "our store …").

Why it matters:
    A link to one's own site beneath somebody else's post takes the reader away from that person, and
    several in one post read as an advert, whatever stands around them.

Stays quiet when:
    The links lead to others' work, however many; one own link stands in a top-level post; an own link
    is the direct answer to a request for it.

Known misses:
    Own sites that are neither registered nor called the author's own; links behind shorteners.
"""

from collections.abc import Iterator, Sequence

from bot.rules.finding import Finding, Severity
from bot.rules.link_fixes import dropped_links
from bot.rules.rule import Rule, Subject
from bot.rules.verdict import decide, finding
from bot.rules.wording import chosen
from bot.text.draft import Draft, Surface
from bot.text.lexicon import Hit, load_lexicon
from bot.text.passages import lay_out
from bot.text.read import read
from bot.text.reading import Link

RULE = Rule(
    id="own-links",
    tip=8,
    title="Link to your own site with care",
    severity=Severity.SUGGESTION,
    citation="Links to your own site on someone else's wall or page is rude.",
    document=__doc__,
    needs_language=False,
)

_SEVERAL = 2
_LONGEST_REQUEST = 2000  # characters of the answered post that are read
_KEEP_ONE = (
    "Keep the one that helps most here and leave the others for when somebody asks.",
    "Choose the one link that serves the reader best; the rest can wait until someone asks.",
)
_ANSWER_FIRST = (
    "Answer in the post itself, and offer the link only if somebody wants more.",
    "Say the helpful part right here; whoever wants more will ask for the link.",
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding where own links are too many, or stand in a reply that was not asked for one."""
    reading = subject.reading
    links = [link for link in reading.own_links if not any(q.overlaps(link.span) for q in reading.quotations)]
    in_reply = subject.surface is Surface.REPLY
    if not links or (len(links) < _SEVERAL and not in_reply):
        return
    asked = _asked_for(reading.draft)
    if asked and len(links) < _SEVERAL:
        return
    weight = 0.97 if len(links) >= _SEVERAL else 0.75 if asked is None else 0.93
    hits = [Hit(link.span, "several" if len(links) >= _SEVERAL else "reply", weight) for link in links]
    verdict = decide(subject, RULE.id, hits)
    if verdict is None:
        return
    fixes = dropped_links(subject, links if in_reply and not asked else links[1:])
    advice = chosen(_ANSWER_FIRST if in_reply and not asked else _KEEP_ONE, links[0].host)
    yield finding(RULE, verdict, _message(links, in_reply=in_reply, asked=bool(asked)), advice, fixes)


def _message(links: Sequence[Link], *, in_reply: bool, asked: bool) -> str:
    hosts = list(dict.fromkeys(link.host.removeprefix("www.") for link in links))
    where = hosts[0] if len(hosts) == 1 else f"{hosts[0]} and {hosts[1]}"
    if len(links) >= _SEVERAL:
        count = "Two" if len(links) == _SEVERAL else str(len(links))
        place = " in a reply to somebody else" if in_reply and not asked else ""
        return f"{count} links here go to your own pages ({where}){place}."
    return (
        f"This answers somebody else's post with a link to your own {where}, which the post did not ask for."
    )


def _asked_for(draft: Draft) -> bool | None:
    """Tell whether the answered post asks for something a link answers; None where its text is not known."""
    if draft.reply_to is None or not draft.reply_to.text.strip():
        return None
    request = read(Draft(draft.reply_to.text[:_LONGEST_REQUEST]))
    return bool(load_lexicon("bot.rules.phrases", "asks_for_links.txt").hits(lay_out(request)))
