import pytest

from bot.balance.facts import Act, facts_of, ledger_words
from bot.text.draft import Author, Draft, ReplyTo
from bot.text.kind import Kind
from bot.text.read import read


def facts(text, kind=Kind.NEUTRAL, attachments=0, **draft):
    return facts_of(read(Draft(text, **draft)), kind, attachments)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one two three", 3),
        ("don't stop", 2),
        ("hi @ana :tada: https://a.example", 1),
        ("<@811> <#820> <:wave:123> thanks", 1),
        ("`rm -rf build` now", 4),
        ("> quoted line\nyes", 3),
        ("日本語", 3),
        ("… !!! ???", 0),
        ("", 0),
    ],
)
def test_words_are_unicode_segments_outside_links_mentions_and_emoji_codes(text, words):
    assert len(ledger_words(read(Draft(text)))) == words


@pytest.mark.parametrize(
    ("text", "attachments", "substance"),
    [
        ("ok", 0, False),
        ("so true", 0, False),
        ("that is true", 0, True),
        ("https://a.example", 0, True),
        ("lol", 1, True),
        ("", 1, True),
        ("", 0, False),
        ("🎉 🎉 🎉 🎉", 0, False),
    ],
)
def test_less_than_three_words_without_link_or_attachment_has_no_substance(text, attachments, substance):
    assert facts(text, attachments=attachments).substance is substance


@pytest.mark.parametrize(
    ("text", "reply", "act"),
    [
        ("thanks so much, that worked", True, Act.THANKING),
        ("congrats on the launch, what a ride!", False, Act.THANKING),
        ("which of the two would you take?", False, Act.ASKING),
        ("do you mean the second one?", True, Act.ASKING),
        ("you need to restart it after the upgrade", True, Act.ANSWERING),
        ("worth a read https://theirs.example/essay", False, Act.SHARING),
        ("so happy for the whole team today", False, Act.OTHER),
    ],
)
def test_engagement_is_told_apart_by_what_it_does(text, reply, act):
    draft = {"reply_to": ReplyTo("u2")} if reply else {}
    assert facts(text, Kind.ENGAGEMENT, **draft).act is act


@pytest.mark.parametrize("kind", [Kind.PROMOTION, Kind.NEUTRAL])
def test_only_engagement_has_an_act(kind):
    assert facts("thanks for reading, questions?", kind).act is None


@pytest.mark.parametrize(
    ("text", "kind", "shares"),
    [
        ("worth a read https://theirs.example/essay", Kind.ENGAGEMENT, True),
        ("worth a read https://theirs.example/essay", Kind.NEUTRAL, True),
        ("see https://ana.example/new", Kind.NEUTRAL, False),
        ("get it at https://shop.example", Kind.PROMOTION, False),
        ("get it at https://ana.example, drawn by Mira Holt", Kind.PROMOTION, True),
        ("shout-out to the night shift for this", Kind.NEUTRAL, True),
        ("a hat  tip to the night shift", Kind.NEUTRAL, True),
        ("that tips it over", Kind.NEUTRAL, False),
        ("written by me over the summer", Kind.NEUTRAL, False),
        ("I walked home in the rain", Kind.NEUTRAL, False),
        ("worth a read https://bit.ly/3xyz", Kind.NEUTRAL, False),
        ("worth a read https://bit.ly/3xyz, written by Mira Holt", Kind.NEUTRAL, True),
    ],
)
def test_sharing_or_crediting_somebody_elses_work(text, kind, shares):
    assert facts(text, kind, author=Author(own_domains=("ana.example",))).shares_others is shares


def test_a_language_nobody_here_reads_is_unread():
    text = "Heute habe ich den ganzen Tag im Garten gearbeitet und bin jetzt wirklich sehr müde davon"
    assert facts(text).unread
    assert not facts("I have worked in the garden all day and am really tired now").unread
