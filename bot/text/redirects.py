"""Where a link leads through a redirect that names its target, as far as the address tells."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote

from bot.text.links import parse_address, site_of
from bot.text.reading import Link

_TARGET_NAMES = frozenset(
    "u url uri q to target dest destination redirect redirect_url redirect_uri redirecturl link goto out r z "
    "uddg continue next href ued murl mpre".split()
)
"""Parameters in which redirects name their target."""

_WEB = re.compile(r"https?:/{1,2}(?=[^/])", re.IGNORECASE)
_IN_PATH = re.compile(r"(?:/|__)https?:/{1,2}(?=[^/])", re.IGNORECASE)
_AMP = re.compile(r"/(?:amp|c|v)/(?:s/)?(?=[\w-]+(?:\.[\w-]+)+(?:/|$))")
_TRANSLATED = ".translate.goog"
_DEEPEST = 3
_LONGEST = 2_000
_MOST = 50


def targets(link: Link) -> Iterator[Link]:
    """Yield what a link leads to through redirects that name it, nearest first; nothing is fetched."""
    for _ in range(_DEEPEST):
        address = _named(link)
        if address is None:
            return
        host, path, query, fragment = parse_address(address)
        if "." not in host:
            return
        link = Link(link.span, host, site_of(host), path, query, fragment)
        yield link


def parameters(query: str) -> list[tuple[str, str]]:
    """Return the parameters of a query string, names in lower case."""
    try:
        pairs = parse_qsl(query[:_LONGEST], keep_blank_values=True, max_num_fields=_MOST)
    except ValueError:
        return []
    # An address copied out of a page's source still has its ampersands written as "&amp;".
    return [(name.lower().removeprefix("amp;"), value) for name, value in pairs]


def _named(link: Link) -> str | None:
    if link.host.endswith(_TRANSLATED):  # dots are written as one hyphen there, and hyphens as two
        host = link.host.removesuffix(_TRANSLATED).replace("--", "\0").replace("-", ".").replace("\0", "-")
        return _address(f"{host}{link.path}", link)
    if link.site in {"google.com", "ampproject.org"} and (amp := _AMP.match(link.path)):
        return _address(link.path[amp.end() :], link)
    if "http" in link.path.lower():  # archives and mail filters write the target into the path
        start = _IN_PATH.search(link.path)
        if start is not None:
            return _address(link.path[start.end() :].partition("__;")[0], link)
    if not link.query or "http" not in link.query.lower():
        return None
    if _WEB.match(unquote(link.query)):  # the whole query is the target
        return unquote(link.query)
    for name, value in parameters(link.query):
        if name in _TARGET_NAMES:
            address = unquote(value) if "%" in value else value
            if _WEB.match(address):
                return address
    return None


def _address(place: str, link: Link) -> str:
    """Return the address of a host and path, with the query and the fragment of the link that names it."""
    query = f"?{link.query}" if link.query else ""
    fragment = f"#{link.fragment}" if link.fragment else ""
    return f"https://{place}{query}{fragment}"
