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
_DEEPEST = 3
_LONGEST = 2_000
_MOST = 50


def targets(link: Link) -> Iterator[Link]:
    """Yield what a link leads to through redirects that name it, nearest first; nothing is fetched."""
    for _ in range(_DEEPEST):
        address = _named(link)
        if address is None:
            return
        host, path, query = parse_address(address)
        if "." not in host:
            return
        link = Link(link.span, host, site_of(host), path, query)
        yield link


def parameters(query: str) -> list[tuple[str, str]]:
    """Return the parameters of a query string, names in lower case."""
    try:
        pairs = parse_qsl(query[:_LONGEST], keep_blank_values=True, max_num_fields=_MOST)
    except ValueError:
        return []
    return [(name.lower(), value) for name, value in pairs]


def _named(link: Link) -> str | None:
    if "/http" in link.path.lower():  # an archive writes the target into the path
        start = _WEB.search(link.path, 1)
        if start is not None:
            rest = link.path[start.end() :]
            return f"https://{rest}" + (f"?{link.query}" if link.query else "")
    if not link.query or "http" not in link.query.lower():
        return None
    for name, value in parameters(link.query):
        if name in _TARGET_NAMES:
            address = unquote(value) if "%" in value else value
            if _WEB.match(address):
                return address
    return None
