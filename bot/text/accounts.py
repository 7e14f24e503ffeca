"""Whose place an address is: a domain of one's own, or an account on a host that many share."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from bot.text.links import known_suffix, parse_address, site_of
from bot.text.reading import Link
from bot.text.referrals import NETWORKS

SHARED_HOSTS = frozenset(
    "github.com gitlab.com codeberg.org bitbucket.org youtube.com youtu.be x.com instagram.com facebook.com "
    "linkedin.com medium.com reddit.com tiktok.com twitch.tv soundcloud.com open.spotify.com etsy.com "
    "patreon.com ko-fi.com buymeacoffee.com google.com notion.so discord.gg discord.com t.me "
    "npmjs.com crates.io amazon.com apple.com kickstarter.com meetup.com eventbrite.com ebay.com airbnb.com "
    "vinted.com depop.com poshmark.com craigslist.org gumtree.com fiverr.com upwork.com gofundme.com "
    "indiegogo.com change.org paypal.com paypal.me venmo.com wikipedia.org archive.org ycombinator.com "
    "stackoverflow.com quora.com producthunt.com huggingface.co kaggle.com codepen.io replit.com "
    "vk.com whatsapp.com wa.me zoom.us calendly.com dropbox.com figma.com canva.com imdb.com "
    "letterboxd.com last.fm mixcloud.com deezer.com rumble.com kick.com dailymotion.com flickr.com "
    "artstation.com thingiverse.com printables.com ravelry.com strava.com chess.com roblox.com "
    "archiveofourown.org lulu.com leanpub.com smashwords.com audible.com lu.ma beacons.ai about.me "
    "vimeo.com behance.net dribbble.com steampowered.com dev.to hashnode.com pinterest.com threads.net "
    "bsky.app mastodon.social linktr.ee lemon8-app.com udemy.com skillshare.com "
    "goodreads.com wattpad.com snapchat.com opencollective.com redbubble.com payhip.com".split()
)
"""Hosts where an account, not the host, is somebody's place."""

_SHORTENERS = frozenset(
    "bit.ly bitly.com tinyurl.com t.co goo.gl ow.ly buff.ly is.gd v.gd rebrand.ly cutt.ly rb.gy lnkd.in "
    "fb.me amzn.eu amzn.asia a.co shorturl.at t.ly bl.ink s.id dlvr.it trib.al ift.tt tiny.cc soo.gd j.mp "
    "hubs.ly hubs.li spoti.fi apple.co ebay.us etsy.me lnk.to smarturl.it shor.by qr.ae wp.me flip.it "
    "mailchi.mp eepurl.com forms.gle page.link youtube.page.link".split()
)

_SUBDOMAIN_HOSTS = frozenset(
    "gumroad.com substack.com bandcamp.com itch.io tumblr.com wordpress.com blogspot.com myshopify.com "
    "bigcartel.com wixsite.com weebly.com webflow.io carrd.co notion.site ghost.io podbean.com libsyn.com "
    "buzzsprout.com teachable.com podia.com hashnode.dev deviantart.com livejournal.com neocities.org "
    "netlify.app vercel.app squarespace.com thinkific.com kajabi.com beehiiv.com myportfolio.com "
    "sellfy.store storenvy.com typepad.com slack.com".split()
)
"""Hosts that give each account a sub-domain; the host itself is nobody's."""

_BEFORE_ACCOUNT = {
    "youtube.com": "channel c user",
    "linkedin.com": "in company school showcase",
    "etsy.com": "shop",
    "reddit.com": "user u r",
    "open.spotify.com": "artist show user album track episode playlist",
    "facebook.com": "groups pages people",
    "amazon.com": "shop stores",
    "ebay.com": "usr str",
    "airbnb.com": "users h",
    "vinted.com": "member",
    "upwork.com": "freelancers agencies",
    "stackoverflow.com": "users",
    "quora.com": "profile",
    "producthunt.com": "products posts",
    "imdb.com": "name title",
    "ravelry.com": "people designers stores",
    "strava.com": "clubs athletes",
    "roblox.com": "users groups games",
    "archiveofourown.org": "users works",
    "huggingface.co": "spaces datasets",
    "chess.com": "member club",
    "apps.apple.com": "app developer",
    "music.apple.com": "artist album",
    "podcasts.apple.com": "podcast",
    "books.apple.com": "author book",
    "discord.com": "servers",
    "npmjs.com": "package org",
    "crates.io": "crates users",
    "kickstarter.com": "projects profile",
    "eventbrite.com": "o e",
    "bsky.app": "profile",
    "udemy.com": "user course",
    "skillshare.com": "user profile",
    "goodreads.com": "author",
    "wattpad.com": "user",
    "snapchat.com": "add",
    "redbubble.com": "people",
    "vimeo.com": "user channels",
    "steampowered.com": "app developer publisher",
    "store.steampowered.com": "app developer publisher",
    "twitch.tv": "team",
}
"""On each host, the parts of a path that stand before the account."""

_NOBODYS = frozenset(
    "watch shorts results search playlist hashtag hashtags intent share sharer explore feed home login "
    "signup settings about help events discover trending topics topic tag tags categories category listing "
    "dp gp s story p reel reels status i url redirect l.php embed live oauth itm rooms wiki book books item "
    "items product questions b d f j w c file design".split()
)
"""First parts of a path that are nobody's account."""

_SAME_PLACE = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"^discord(?:app)?\.com/invite/", "discord.gg/"),
        (r"^telegram\.(?:me|dog)/", "t.me/"),
        (r"^t\.me/s/", "t.me/"),
        (r"^twitter\.com(?=/|$)", "x.com"),
        (r"^threads\.com/", "threads.net/"),
        (r"^old\.reddit\.com/|^new\.reddit\.com/", "reddit.com/"),
        (r"^reddit\.com/u/", "reddit.com/user/"),
        (r"^etsy\.com/[a-z]{2}(?:-[a-z]{2})?/(?=shop/)", "etsy.com/"),
        (r"^([\w-]+)\.etsy\.com(?=/|$)", r"etsy.com/shop/\1"),
        (r"^([\w-]+)\.medium\.com(?=/|$)", r"medium.com/@\1"),
        (r"^gumroad\.com/(?!l/|discover|a/)([\w-]+)", r"\1.gumroad.com"),
        (r"^patreon\.com/c/", "patreon.com/"),
        (r"^((?:apps|music|podcasts|books)\.apple\.com)/[a-z]{2}/", r"\1/"),
        (r"^(amazon|ebay|airbnb|vinted|etsy|eventbrite|audible)\.(?:com?\.)?[a-z]{2,3}(?=/|$)", r"\1.com"),
        (r"^gist\.github\.com/|^raw\.githubusercontent\.com/", "github.com/"),
        (r"^github\.com/(?:orgs|sponsors|users)/(?=\w)", "github.com/"),
        (r"^([\w-]+)\.github\.io(?=/|$)", r"github.com/\1"),
        (r"^([\w-]+)\.gitlab\.io(?=/|$)", r"gitlab.com/\1"),
        (r"^([\w-]+)\.codeberg\.page(?=/|$)", r"codeberg.org/\1"),
    )
)
_ANOTHER_SPELLING = re.compile("|".join(pattern.pattern for pattern, _ in _SAME_PLACE))
"""Few addresses have one; the others need not be tried spelling by spelling."""

_HANDLE = re.compile(r"@(?=[.-]*\w)[\w.-]{2,60}")
_PERSONAL = re.compile(r"/[@~][\w.-]+")
"""How servers that many share, such as the fediverse's, begin the address of somebody's own pages."""
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")


class Site(NamedTuple):
    """An own place: a host with its sub-domains, or one account on a host.

    Attributes:
        host: the host; empty for a handle, which is the same person's on every shared host.
        path: the account's path, starting with `/`; the handle after its `@`; or empty.
    """

    host: str
    path: str

    def __str__(self) -> str:
        """Return it as a member would register it."""
        return f"{self.host}{self.path}" if self.host else f"@{self.path}"


@lru_cache(maxsize=4096)
def parse_site(entry: str) -> Site | None:
    """Read what a member registered: `ana.example`, `github.com/ana`, `@ana` or a whole address.

    None where it names no host on the web, and where it names a place that is nobody's: a host that many
    share, a public suffix, a shortener.
    """
    entry = entry.strip().strip("<>")
    if _HANDLE.fullmatch(entry):
        return Site("", entry[1:].lower())
    host, path, *_ = parse_address(entry)
    if not _HOST.fullmatch(host):
        return None
    site = _same_place(host, path.rstrip("/"))
    return None if _is_nobodys(site) else site


def belongs(link: Link, sites: Iterable[Site]) -> bool:
    """Tell whether a link leads to one of some places: its host or a sub-domain, and beneath its path."""
    # A message may hold a thousand links, and a member a hundred places: each link is resolved once.
    here = _same_place(link.host, link.path)
    account = account_of(link)
    handle = account.path.rpartition("/")[2].removeprefix("@") if account else None
    return any(_is_beneath(here, site) if site.host else site.path == handle for site in sites)


def _is_beneath(here: Site, site: Site) -> bool:
    if here.host != site.host and (site.path or not here.host.endswith("." + site.host)):
        return False
    return not site.path or here.path == site.path or here.path.startswith(site.path + "/")


def is_shortened(link: Link) -> bool:
    """Tell whether a link leads who knows where: nothing is fetched, so its target is not known."""
    return link.host.removeprefix("www.") in _SHORTENERS or not NETWORKS.isdisjoint((link.host, link.site))


def account_of(link: Link) -> Site | None:
    """Return whose place a link leads to: an account on a shared host, else the registrable domain.

    None where that cannot be told from the address, as with a video's or a shortened one.
    """
    host, path = _same_place(link.host, link.path)
    if is_shortened(link) or site_of(host) == "google.com":
        return None
    given = site_of(host)
    if given in _SUBDOMAIN_HOSTS and host != given:
        return Site(f"{host.removesuffix('.' + given).rpartition('.')[2]}.{given}", "")
    if host in SHARED_HOSTS or given in SHARED_HOSTS:
        parts = [part for part in path.split("/") if part]
        stands_before = bool(parts) and parts[0] in _BEFORE_ACCOUNT.get(host, "").split()
        length = 2 if stands_before else 1
        if len(parts) < length or host == "youtu.be" or (parts[0] in _NOBODYS and not stands_before):
            return None
        return Site(host, "/" + "/".join(parts[:length]))
    if personal := _PERSONAL.match(path):
        return Site(host, personal[0])
    return None if _is_nobodys(Site(given, "")) else Site(given, "")


def _same_place(host: str, path: str) -> Site:
    """Return one spelling for the addresses under which platforms know the same place."""
    host = host.removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
    address = f"{host}{_resolved(path)}".lower()
    if _ANOTHER_SPELLING.match(address):
        for pattern, replacement in _SAME_PLACE:
            address = pattern.sub(replacement, address, count=1)
    host, slash, rest = address.partition("/")
    return Site(host, slash + rest)


def _resolved(path: str) -> str:
    """Return a path as a browser asks for it: `/bea/../%61na//x` is `/ana/x`."""
    if "%" in path:
        path = unquote(path)
    if "//" not in path and "/." not in path:
        return path
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in {"", "."}:
            parts.append(part)
    return "/" + "/".join(parts)


def _is_nobodys(site: Site) -> bool:
    host, path = site
    if known_suffix(host) == host:  # anybody may register beneath it
        return True
    if host in _SUBDOMAIN_HOSTS or host in _SHORTENERS or not NETWORKS.isdisjoint((host, site_of(host))):
        return not path
    if host in SHARED_HOSTS or site_of(host) in SHARED_HOSTS:
        first, _, rest = path.strip("/").partition("/")
        stands_before = first in _BEFORE_ACCOUNT.get(host, "").split()
        return not rest if stands_before else not first or first in _NOBODYS
    return False
