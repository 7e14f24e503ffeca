"""Which links of a draft lead to the author's own sites: registered, or called their own in the draft."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.text.links import parse_address
from bot.text.reading import Link

# Hosts where an account, not the host, is somebody's site.
SHARED_HOSTS = frozenset(
    "github.com gitlab.com codeberg.org bitbucket.org youtube.com youtu.be twitter.com x.com instagram.com "
    "facebook.com linkedin.com medium.com reddit.com tiktok.com twitch.tv soundcloud.com open.spotify.com "
    "etsy.com patreon.com ko-fi.com buymeacoffee.com gumroad.com google.com notion.so discord.gg discord.com "
    "t.me bit.ly pypi.org npmjs.com crates.io amazon.com amazon.co.uk apple.com kickstarter.com meetup.com "
    "eventbrite.com vimeo.com behance.net dribbble.com steampowered.com tinyurl.com dev.to hashnode.com "
    "pinterest.com threads.net bsky.app mastodon.social".split()
)

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


class Site(NamedTuple):
    """An own site: a host with its sub-domains, or one account on a host."""

    host: str
    path: str


def parse_site(entry: str) -> Site | None:
    """Read `ana.example`, `github.com/ana` or a whole address; None where it names no host."""
    host, path, _ = parse_address(entry.strip().strip("<>"))
    return Site(_bare(host), path.rstrip("/").lower()) if "." in host else None


def belongs(link: Link, site: Site) -> bool:
    """Tell whether a link leads to a site: same host or a sub-domain of it, and beneath its path."""
    host = _bare(link.host)
    if host != site.host and (site.path or not host.endswith("." + site.host)):
        return False
    path = link.path.lower()
    return not site.path or path == site.path or path.startswith(site.path + "/")


def own_links(text: str, links: Sequence[Link], registered: Iterable[str]) -> tuple[Link, ...]:
    """Return the links that lead to the author's own sites.

    Args:
        text: the draft, code blanked.
        links: its links, in order.
        registered: the author's registered sites.
    """
    sites = [site for entry in registered if (site := parse_site(entry))]
    sites.extend(_called_own(text, links[:_MOST_LINKS]))
    return tuple(link for link in links if any(belongs(link, site) for site in sites)) if sites else ()


def _called_own(text: str, links: Sequence[Link]) -> list[Site]:
    """Return the sites that the draft calls the author's own, in words just before or after a link."""
    sites: list[Site] = []
    before = 0
    for link in links:
        start, end = link.span
        line = max(text.rfind("\n", before, start) + 1, before, start - _LEAD)
        lead = text[line:start].rstrip("(<[ ")
        called = _CALLED_MINE.search(lead) or _MINE.search(lead)
        made = _MADE_BY_ME.search(lead) and not _WITH_ANOTHERS.search(lead)
        if called or made or _MINE_AFTER.match(text, end, end + 60):
            sites.append(_site(link))
        before = end
    return sites


def _site(link: Link) -> Site:
    """Return the site of one link: the account on a shared host, the registrable domain elsewhere."""
    if _bare(link.host) not in SHARED_HOSTS:
        return Site(link.site, "")
    first = link.path.strip("/").split("/")[0]
    return Site(_bare(link.host), f"/{first}".lower() if first else "")


def _bare(host: str) -> str:
    return host.removeprefix("www.").removeprefix("m.")
