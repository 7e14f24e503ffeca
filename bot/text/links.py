"""Links of a draft, in every form chat platforms know, with the site they lead to."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList

from bot.text.reading import Link
from bot.text.spans import Span

_END = r"\s<>|\"“”«»`\\"
_LINK = re.compile(
    rf"<(?P<angle>https?://[^{_END}]{{1,2000}})(?:\|[^<>\n]{{0,300}})?>"
    rf"|(?P<full>https?://[^{_END}]{{1,2000}})"
    rf"|(?<![\w@./-])(?P<bare>(?:[^\W_][\w-]{{0,62}}\.){{1,6}}[^\W\d_]{{2,24}})(?![\w@-])(?P<tail>(?::\d{{1,5}})?(?:[/?#][^{_END}]{{0,2000}})?)",
    re.IGNORECASE,
)
_MAY_LINK = re.compile(r"://|\.[^\W\d_]{2}")
"""One of these stands in whatever `_LINK` finds, and is found far sooner."""

_TRAILING = ".,;:!?'’*_~…"
_CLOSING = {")": "(", "]": "["}

# Without a scheme or a path a dotted word is a link only under these; `main.rs` and `so.it` are no links.
_PLAIN_TLDS = frozenset(
    "com org net edu gov io dev app co ai example blog shop store site online tech gg xyz info biz art "
    "club cloud design studio news page wiki space world live fm tv uk de eu fr nl ie ca au nz in za ng ke "
    "us".split()
)
# With a path any public suffix will do, except where it is the ending of a file.
_FILE_ENDINGS = frozenset("py md rs sh pl ps so zip mov cc cpp js ts html htm txt json yml yaml php".split())
_LABEL_LIMIT = 63
_HOST_LIMIT = 253


@cache
def _public_suffixes() -> PublicSuffixList:
    """Return the public suffix list that the `publicsuffixlist` package ships."""
    return PublicSuffixList(accept_unknown=True)


@cache
def _known_suffixes() -> PublicSuffixList:
    """Return the same list, which knows nothing of endings that are not on it."""
    return PublicSuffixList(accept_unknown=False)


@lru_cache(maxsize=4096)
def site_of(host: str) -> str:
    """Return the registrable domain of an ASCII host (public suffix list); the host where there is none."""
    return _public_suffixes().privatesuffix(host) or host


def known_suffix(host: str) -> str | None:
    """Return the public suffix of an ASCII host; None where its ending is not on the list."""
    return _known_suffixes().publicsuffix(host)


@lru_cache(maxsize=4096)
def ascii_host(host: str) -> str:
    """Return a host in lower-case ASCII (IDNA); one that has no such form only in lower case."""
    host = host.strip(".").lower()
    if (
        host.isascii()
        or len(host) > _HOST_LIMIT
        or any(len(label) > _LABEL_LIMIT for label in host.split("."))
    ):
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def parse_address(address: str) -> tuple[str, str, str, str]:
    """Return host (ASCII, without port and user), path, query and fragment of a web address.

    Args:
        address: with or without its scheme.
    """
    _, marker, rest = address.partition("://")
    rest, _, fragment = (rest if marker else address).partition("#")
    rest, _, query = rest.partition("?")
    authority, slash, path = rest.partition("/")
    host = authority.rpartition("@")[2].partition(":")[0]
    return ascii_host(host), slash + path, query, fragment


def find_links(text: str) -> tuple[Link, ...]:
    """Return every link of `text` in order; blank code before calling."""
    return tuple(_links(text))


def _links(text: str) -> Iterator[Link]:
    if not _MAY_LINK.search(text):
        return
    for match in _LINK.finditer(text):
        start, end = match.span()
        if match["angle"]:
            address = match["angle"]
        else:
            address = _trimmed(match.group())
            end = start + len(address)
        host, path, query, fragment = parse_address(address)
        if match["bare"] and not _is_web_host(host, has_tail=bool(match["tail"])):
            continue
        if host:
            yield Link(Span(start, end), host, site_of(host), path, query, fragment)


def _trimmed(address: str) -> str:
    """Drop the punctuation of the sentence around an address, and brackets it did not open."""
    surplus = {close: address.count(close) - address.count(opened) for close, opened in _CLOSING.items()}
    end = len(address)
    while end:
        last = address[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return address[:end]


def _is_web_host(host: str, *, has_tail: bool) -> bool:
    """Tell whether a dotted word without a scheme is meant as a link."""
    ending = host.rpartition(".")[2]
    if host.startswith("www."):
        return True
    if ending in _PLAIN_TLDS:
        return len(host) > len(ending) + 2
    if not has_tail or ending in _FILE_ENDINGS:
        return False
    return known_suffix(host) is not None
