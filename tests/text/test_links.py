"""Links in every form, their sites, and whose they are."""

import pytest

from bot.text.draft import Author, Draft
from bot.text.own_sites import parse_site
from bot.text.read import read


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
        ("ana@ana.example", []),
        ("`https://ana.example`", []),
        ("discord.gg/abc youtu.be/x", ["discord.gg/abc", "youtu.be/x"]),
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
        ("https://ana.github.io", "github.com/ana", []),
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


@pytest.mark.parametrize("entry", ["", " ", "ana", "<>", "https://", "/x"])
def test_an_entry_that_names_no_host_is_no_site(entry: str):
    assert parse_site(entry) is None
