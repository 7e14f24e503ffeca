"""Which links of a draft lead to the author's own sites: registered, or called their own in the draft."""

import re
from collections.abc import Iterable, Sequence

from bot.text.accounts import Site, account_of, belongs, parse_site
from bot.text.draft import Draft
from bot.text.links import find_links, site_of
from bot.text.masking import blank, code_spans
from bot.text.reading import Link
from bot.text.redirects import targets
from bot.text.spans import Span

_THING = (
    r"(?:(?:web)?sites?|(?:home)?pages?|blogs?|stores?|shops?|webshop|etsy|patreon|ko-?fi|itch|gumroad|yt|"
    r"you ?tube|channels?|twitch|streams?|podcasts?|pod|newsletters?|substack|medium|portfolio|courses?|"
    r"master ?class|class(?:es)?|workshops?|webinars?|(?:e-?)?books?|guides?|apps?|tools?|products?|saas|"
    r"start-?ups?|plug-?ins?|extensions?|games?|albums?|ep|lp|singles?|songs?|tracks?|beats?|videos?|vids?|"
    r"tutorials?|series|studio|agency|company|firm|cv|resume|résumé|(?:show)?reel|rates|commissions?|merch|"
    r"soundcloud|spotify|bandcamp|insta(?:gram)?|ig|tik ?tok|linkedin|git ?hub|repo(?:sitory)?|projects?|"
    r"articles?|(?:blog ?)?posts?|pieces?|write-?ups?|essays?|teardowns?|templates?|tickets?|clinic|salon|"
    r"bakery|café|cafe|restaurant|gym|practice|brand|business|collections?|services?|platform|bot|themes?|"
    r"fonts?|patterns?|prints?|stickers?|designs?|music|mixtape|listings?|drop|kits?|fundraiser|campaign|link)"
)
_NOT_MINE = (
    r"(?:fav\w*|friends?|mates?|mum|mom|dad|sister|brother|wife|husband|partner|colleagues?|teacher|local|"
    r"neighbou?r|go-to|landlord|bank|uni|boss|\w+['’]s)"
)
_SAME_SENTENCE = r"(?:[^.!?\n]|\.(?=\S))"
_CALLED_MINE = re.compile(
    rf"\b(?:my|our)\s+(?!{_NOT_MINE}\b)(?:[^\s.!?]+\s+){{0,4}}?{_THING}\b{_SAME_SENTENCE}{{0,60}}$",
    re.IGNORECASE,
)
_MADE_BY_ME = re.compile(
    r"\b(?:i|we)(?:['’]ve|\s+have|\s+just|\s+also|\s+recently|\s+finally|\s+actually){0,3}\s+"
    rf"(?:made|make|wrote|built|build|launched|published|created|designed|developed|recorded|released|shipped|"
    rf"sell|host|offer|run|started|opened|put\s+together|cover(?:ed)?|unpack)\b{_SAME_SENTENCE}{{0,90}}$",
    re.IGNORECASE,
)
_WITH_ANOTHERS = re.compile(
    r"\b(?:with|using|from|via|thanks\s+to|based\s+on|following|of|by)\s*[(\[<:]?$", re.IGNORECASE
)
_MINE = re.compile(
    rf"\b(?:(?:check|chk|see|visit|try|read|watch)\s+(?:out\s+)?(?:mine|ours)|mine\s*(?:is|:)|shameless\s+plug|"
    rf"self[- ]promo)\b{_SAME_SENTENCE}{{0,60}}$",
    re.IGNORECASE,
)
_MINE_AFTER = re.compile(
    r"\s*[(,–—-]?\s*(?:(?:it['’]?s|is|that['’]?s|which\s+is)\s+)?"
    rf"(?:mine\b|by\s+me\b|(?:my|our)\s+(?:own\s+)?{_THING}\b)",
    re.IGNORECASE,
)
_LEAD = 160
_MOST_LINKS = 200  # a draft with more links than this needs no closer look at who calls which his own


def own_links(text: str, links: Sequence[Link], registered: Iterable[str]) -> tuple[Link, ...]:
    """Return the links that lead to the author's own places, directly or by a redirect that names them.

    Args:
        text: the draft, code blanked.
        links: its links, in order.
        registered: the author's registered sites, accounts and handles.
    """
    if not links:
        return ()
    sites = [site for entry in registered if (site := parse_site(entry))]
    called = _called_own(text, links[:_MOST_LINKS])
    if not (sites or called):
        return ()
    if len(called) == len(links):
        return tuple(called)
    sites += [site for link in called if (site := account_of(link))]
    spans = {link.span for link in called}
    return tuple(link for link in links if link.span in spans or _leads_to(link, sites))


def called_own(draft: Draft) -> tuple[Site, ...]:
    """Return the places that a draft calls its author's own, in order, whether registered or not.

    Only places that can be registered count: an account or a domain, no shortened link.
    """
    text = blank(draft.text, code_spans(draft.text))
    sites = (account_of(link) for link in _called_own(text, find_links(text)[:_MOST_LINKS]))
    return tuple(dict.fromkeys(site for site in sites if site is not None))


def is_registered(site: Site, registered: Iterable[str]) -> bool:
    """Tell whether a place is one of those an author registered, or beneath one."""
    link = Link(Span(0, 0), site.host, site_of(site.host), site.path)
    return belongs(link, [own for entry in registered if (own := parse_site(entry))])


def _leads_to(link: Link, sites: Sequence[Site]) -> bool:
    return any(belongs(each, sites) for each in (link, *targets(link)))


def _called_own(text: str, links: Sequence[Link]) -> list[Link]:
    """Return the links that the draft calls the author's own, in words just before or after them."""
    called: list[Link] = []
    before = 0
    for link in links:
        start, end = link.span
        line = max(text.rfind("\n", before, start) + 1, before, start - _LEAD)
        lead = text[line:start].rstrip("(<[ ")
        claimed = _CALLED_MINE.search(lead) or _MINE.search(lead)
        made = _MADE_BY_ME.search(lead) and not _WITH_ANOTHERS.search(lead)
        if claimed or made or _MINE_AFTER.match(text, end, end + 60):
            called.append(link)
        before = end
    return called
