"""Links in every form, their sites, and whose they are."""

import pytest

from bot.text.accounts import parse_site
from bot.text.draft import Author, Draft
from bot.text.own_sites import called_own, is_registered
from bot.text.read import read
from tests.timing import allowed, fastest


def links(text: str) -> list[str]:
    return [f"{link.host}{link.path}" for link in read(Draft(text)).links]


def own(text: str, *registered: str) -> list[str]:
    reading = read(Draft(text, author=Author(own_domains=registered)))
    return [f"{link.host}{link.path}" for link in reading.own_links]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://ana.example/a?b=c#d", ["ana.example/a"]),
        ("(see https://ana.example/a).", ["ana.example/a"]),
        ("https://en.wiki.example/A_(b) too", ["en.wiki.example/A_(b)"]),
        ("<https://ana.example/a|the text>", ["ana.example/a"]),
        ("[text](https://ana.example/a)", ["ana.example/a"]),
        ("www.ana.example and ana.example/x", ["www.ana.example", "ana.example/x"]),
        ("HTTPS://ANA.Example/A", ["ana.example/A"]),
        ("https://user:pass@ana.example:8080/x", ["ana.example/x"]),
        ("https://töpferei.example", ["xn--tpferei-90a.example"]),
        ("main.rs setup.py README.md node.js e.g. so.it", []),
        ("done.So I went.then", []),
        ("so it ends. http://intranet/wiki", ["intranet/wiki"]),
        ("ana@ana.example", []),
        ("`https://ana.example`", []),
        ("discord.gg/abc youtu.be/x", ["discord.gg/abc", "youtu.be/x"]),
        ("ana.example#prices, and #general", ["ana.example"]),
    ],
)
def test_links_are_found_in_every_form(text: str, expected: list[str]):
    assert links(text) == expected


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://blog.ana.co.uk/x", "ana.co.uk"),
        ("https://ana.github.io/x", "ana.github.io"),
        ("https://a.b.ana.example", "ana.example"),
        ("https://localhost/x", "localhost"),
        ("https://co.uk", "co.uk"),
    ],
)
def test_the_site_comes_from_the_public_suffix_list(address: str, site: str):
    assert [link.site for link in read(Draft(address)).links] == [site]


@pytest.mark.parametrize(
    ("text", "registered", "expected"),
    [
        ("https://ana.example/x", "ana.example", ["ana.example/x"]),
        ("https://blog.ana.example/x", "ana.example", ["blog.ana.example/x"]),
        ("https://notana.example/x", "ana.example", []),
        ("https://ana.example.evil.example/x", "ana.example", []),
        ("https://www.ana.example", "ana.example", ["www.ana.example"]),
        ("https://ana.example", "https://www.ana.example/", ["ana.example"]),
        ("https://github.com/ana/loom", "github.com/ana", ["github.com/ana/loom"]),
        ("https://github.com/Ana", "github.com/ana", ["github.com/Ana"]),
        ("https://github.com/anabel", "github.com/ana", []),
        ("https://github.com/", "github.com/ana", []),
        ("https://ana.github.io", "github.com/ana", ["ana.github.io"]),
        ("https://bea.github.io", "ana.github.io", []),
        ("https://töpferei.example", "xn--tpferei-90a.example", ["xn--tpferei-90a.example"]),
        ("https://ana.example", "", []),
        ("https://ana.example", "example", []),
    ],
)
def test_registered_sites(text: str, registered: str, expected: list[str]):
    assert own(text, registered) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my blog: https://a.example/x", ["a.example/x"]),
        ("There is a series on my blog, https://a.example/x", ["a.example/x"]),
        ("our store has it https://a.example/x", ["a.example/x"]),
        ("I just launched https://a.example today", ["a.example"]),
        ("We make a tool for this → https://a.example", ["a.example"]),
        ("https://a.example (my portfolio)", ["a.example"]),
        ("check mine https://soundcloud.com/kay", ["soundcloud.com/kay"]),
        (
            "my repo: https://github.com/ana/x and https://github.com/ana/y",
            ["github.com/ana/x", "github.com/ana/y"],
        ),
        ("my repo: https://github.com/ana/x and https://github.com/bea/y", ["github.com/ana/x"]),
        ("my friend's blog: https://a.example", []),
        ("my favourite shop: https://a.example", []),
        ("I made this with https://a.example", []),
        ("the docs: https://a.example", []),
        ("I love my job. More at https://a.example", []),
        ("my shop is closed, ask them", []),
    ],
)
def test_sites_that_the_draft_calls_the_authors_own(text: str, expected: list[str]):
    assert own(text) == expected


@pytest.mark.parametrize(
    "entry", ["", " ", "ana", "<>", "https://", "/x", "!ana.example", "x..example", "@.."]
)
def test_an_entry_that_names_no_host_is_no_site(entry: str):
    assert parse_site(entry) is None


@pytest.mark.parametrize(
    ("text", "registered"),
    [
        ("https://github.com/you/loom", "github.com/you"),
        ("https://t.me/you/17", "t.me/you"),
        ("https://t.me/s/you", "t.me/you"),
        ("https://discord.com/invite/abc", "discord.gg/abc"),
        ("discord.gg/abc", "https://discord.com/invite/abc"),
        ("https://www.youtube.com/@you/videos", "youtube.com/@you"),
        ("https://www.youtube.com/channel/UC1/about", "youtube.com/channel/UC1"),
        ("https://www.etsy.com/uk/shop/you?ref=x", "etsy.com/shop/you"),
        ("https://you.etsy.com", "etsy.com/shop/you"),
        ("https://www.patreon.com/c/you/posts", "patreon.com/you"),
        ("https://ko-fi.com/you", "ko-fi.com/you"),
        ("https://you.gumroad.com/l/pdf", "you.gumroad.com"),
        ("https://gumroad.com/you", "you.gumroad.com"),
        ("https://you.itch.io/game", "you.itch.io"),
        ("https://twitter.com/you/status/1", "x.com/you"),
        ("https://you.medium.com/story", "medium.com/@you"),
        ("https://bit.ly/you-shop", "bit.ly/you-shop"),
        ("https://geni.us/you-shop", "geni.us/you-shop"),
        ("https://www.instagram.com/you/", "@you"),
        ("https://fosstodon.org/@you/1", "@you"),
        ("https://www.amazon.de/stores/You/page/1", "amazon.com/stores/You"),
        ("https://www.youtube.com/@You", "@you"),
        ("https://gist.github.com/you/1a2b", "gist.github.com/you"),
        ("https://gist.github.com/you/1a2b", "github.com/you"),
        ("https://raw.githubusercontent.com/you/loom/main/x.sh", "github.com/you"),
        ("https://github.com/sponsors/you", "github.com/you"),
        ("https://github.com/orgs/you/projects", "github.com/you"),
        ("https://you.github.io/loom/", "github.com/you"),
        ("https://github.com/you/loom", "you.github.io"),
        ("https://you.gitlab.io/loom/", "gitlab.com/you"),
        ("https://github.com/bea/../you/loom", "github.com/you"),
        ("https://github.com/%79ou/loom", "github.com/you"),
        ("https://github.com//you/./loom", "github.com/you"),
        ("https://href.li/?https://ana.example/shop", "ana.example"),
        ("https://www.google.com/amp/s/ana.example/slugs", "ana.example"),
        ("https://ana-example.cdn.ampproject.org/c/s/ana.example/slugs", "ana.example"),
        ("https://my--pots-ana-example.translate.goog/x?_x_tr_sl=de", "my-pots.ana.example"),
        ("https://www.google.com/url?q=https://ana.example/x&sa=D", "ana.example"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.ana.example%2Fx&h=1", "ana.example"),
        ("https://out.example/?url=https%253A%252F%252Fana.example", "ana.example"),
        ("https://web.archive.org/web/2020/https://ana.example/x", "ana.example"),
        ("https://urldefense.com/v3/__https://ana.example/x__;!!Ab1!cd", "ana.example"),
        (
            "https://a.example/?u=https%3A%2F%2Fb.example%2F%3Fu%3Dhttps%253A%252F%252Fana.example",
            "ana.example",
        ),
    ],
)
def test_accounts_and_redirects_that_are_the_members_own(text: str, registered: str):
    assert len(own(text, registered)) == 1


@pytest.mark.parametrize(
    ("text", "registered"),
    [
        ("https://github.com/bea", "github.com"),
        ("https://bea.github.io", "github.io"),
        ("https://bea.github.io", "github.com/you"),
        ("https://github.com/you/../bea", "github.com/you"),
        ("https://github.com/sponsors", "github.com/you"),
        ("https://www.google.com/amp/s/bea.example/?x=ana.example", "ana.example"),
        ("https://other.example/amp/s/ana.example", "ana.example"),
        ("https://other.example/?why=https://ana.example", "ana.example"),
        ("https://bea.co.uk", "co.uk"),
        ("https://bea.gumroad.com", "gumroad.com"),
        ("https://bit.ly/abc", "bit.ly"),
        ("https://amzn.to/abc", "amzn.to"),
        ("https://www.amazon.de/dp/B00X", "amazon.de"),
        ("https://www.ebay.co.uk/itm/1", "ebay.co.uk/itm"),
        ("https://fosstodon.org/@bea", "fosstodon.org/@ana"),
        ("https://acme.slack.com/archives/C1", "slack.com"),
        ("https://ana.sjv.io/abc", "sjv.io"),
        ("https://bit.ly/abc", "ana.example"),
        ("https://www.youtube.com/watch?v=1", "youtube.com/watch?v=2"),
        ("https://www.youtube.com/channel/UC2", "youtube.com/channel"),
        ("https://discord.gg/xyz", "discord.gg/abc"),
        ("https://www.etsy.com/shop/bea", "etsy.com/shop"),
        ("https://docs.google.com/document/d/1", "google.com"),
        ("https://www.instagram.com/yours/", "@you"),
        ("https://you.example", "@you"),
        ("https://other.example/?note=https://ana.example", "ana.example"),
        ("https://other.example/?u=ana.example", "ana.example"),
    ],
)
def test_what_many_share_is_nobodys(text: str, registered: str):
    assert own(text, registered) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my shop: https://you.gumroad.com/l/pdf and https://bea.gumroad.com", ["you.gumroad.com/l/pdf"]),
        ("my guide: https://docs.google.com/document/d/1 and https://docs.google.com/document/d/2",
         ["docs.google.com/document/d/1"]),
        ("my video https://youtube.com/watch?v=1 like https://youtube.com/watch?v=2", ["youtube.com/watch"]),
        ("my shop: https://bit.ly/a, not https://bit.ly/b", ["bit.ly/a"]),
    ],
)  # fmt: skip
def test_what_a_draft_calls_its_own_reaches_no_further_than_the_account(text: str, expected: list[str]):
    assert own(text) == expected


@pytest.mark.parametrize(
    ("text", "registered", "expected"),
    [
        ("my shop: https://you.gumroad.com/l/pdf", (), "you.gumroad.com"),
        ("my channel https://www.youtube.com/@You/videos", (), "youtube.com/@you"),
        ("I wrote this: https://blog.ana.example/x", (), "ana.example"),
        ("my channel https://www.youtube.com/@You/videos", ("youtube.com/@you",), None),
        (
            "my blog https://ana.example and my repo https://github.com/ana",
            ("ana.example",),
            "github.com/ana",
        ),
        ("my video https://youtube.com/watch?v=1", (), None),
        ("my shop https://bit.ly/a", (), None),
        ("my shop https://amzn.to/3xYz", (), None),
        ("my book https://www.amazon.de/dp/B00X", (), None),
        ("my listing https://www.ebay.co.uk/itm/12", (), None),
        ("my shop https://www.ebay.de/usr/ana", (), "ebay.com/usr/ana"),
        ("my track https://open.spotify.com/track/1a", (), "open.spotify.com/track/1a"),
        ("my app https://apps.apple.com/us/app/tidepool/id1", (), "apps.apple.com/app/tidepool"),
        ("my article https://en.wikipedia.org/wiki/Salt", (), None),
        ("my posts https://fosstodon.org/@ana/1", (), "fosstodon.org/@ana"),
        ("my page https://cs.uni.example/~ana/x.html", (), "cs.uni.example/~ana"),
        ("my shop https://www.awin1.com/cread.php?x=1", (), None),
        ("the docs: https://docs.example", (), None),
        ("`my shop https://ana.example`", (), None),
    ],
)
def test_what_a_draft_calls_its_own_and_nobody_registered(
    text: str, registered: tuple[str, ...], expected: str | None
):
    sites = [str(site) for site in called_own(Draft(text)) if not is_registered(site, registered)]
    assert next(iter(sites), None) == expected


def test_a_message_full_of_links_is_held_against_a_hundred_places_at_once():
    text = " ".join(f"a{number}.example" for number in range(600))
    author = Author(own_domains=tuple(f"ana{number}.example" for number in range(100)))
    assert fastest(lambda: read(Draft(text, author=author)), runs=3) < allowed(0.2)
