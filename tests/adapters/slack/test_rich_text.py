from typing import Any

import pytest

from adapters.slack.rich_text import written


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def text(said: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": said} | ({"style": style} if style else {})


def rich(*parts: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "rich_text", "elements": list(parts)}]


@pytest.mark.parametrize(
    ("part", "seen"),
    [
        (section(text("plain "), text("bold", bold=True)), "plain bold"),
        (section(text("a < b & c")), "a < b & c"),
        (section(text("rm -rf", code=True)), "`rm -rf`"),
        (section(text("a ` b", code=True)), "a ` b"),
        (
            section({"type": "link", "url": "https://ana.example", "text": "my blog"}),
            "my blog (https://ana.example)",
        ),
        (section({"type": "link", "url": "https://ana.example"}), "https://ana.example"),
        (section({"type": "user", "user_id": "U1"}), "@Ana"),
        (section({"type": "user", "user_id": "U2"}), "@someone"),
        (section({"type": "channel", "channel_id": "C1"}), "#channel"),
        (section({"type": "broadcast", "range": "here"}), "@here"),
        (section({"type": "usergroup", "usergroup_id": "S1"}), "@group"),
        (section({"type": "emoji", "name": "tada", "unicode": "1f389"}), "🎉"),
        (section({"type": "emoji", "name": "flag", "unicode": "1f1f5-1f1f9"}), "🇵🇹"),
        (section({"type": "emoji", "name": "partyparrot"}), ":partyparrot:"),
        (section({"type": "emoji", "name": "odd", "unicode": "zz"}), ":odd:"),
        ({"type": "rich_text_preformatted", "elements": [text("x = 1\ny = 2")]}, "```\nx = 1\ny = 2\n```"),
        ({"type": "rich_text_quote", "elements": [text("one\ntwo")]}, "> one\n> two"),
        (
            {
                "type": "rich_text_list",
                "style": "ordered",
                "offset": 1,
                "elements": [section(text("a")), section(text("b"))],
            },
            "2. a\n3. b",
        ),
        (
            {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [section(text("a"))]},
            "    • a",
        ),
    ],
)
def test_each_part_reads_as_it_was_typed(part: dict[str, Any], seen: str) -> None:
    assert written(rich(part), {"U1": "Ana"}) == seen


def test_parts_stand_on_lines_of_their_own() -> None:
    quote = {"type": "rich_text_quote", "elements": [text("they said")]}
    assert (
        written(rich(section(text("look\n")), quote, section(text("and I say"))))
        == "look\n> they said\nand I say"
    )


@pytest.mark.parametrize(
    "blocks",
    [
        [],
        [{"type": "section", "text": {"type": "mrkdwn", "text": "by an app"}}],
        [*rich(section(text("typed"))), {"type": "image"}],
        rich(section({"type": "from the future"})),
        rich({"type": "rich_text_from_the_future", "elements": []}),
        rich(section({"type": "text", "text": "typed", "style": None})),
        rich({"type": "rich_text_list", "indent": "deep", "elements": [section(text("typed"))]}),
        rich({"type": "rich_text_quote", "elements": None}),
    ],
)
def test_what_cannot_be_read_is_left_to_the_message_s_text(blocks: list[dict[str, Any]]) -> None:
    assert written(blocks) is None
