from bot.balance.identity import Member
from bot.summaries.chart import Bar, Chart
from bot.summaries.summary import Kudos, Summary
from bot.summaries.written import in_markdown, in_text

FULL = Summary(
    "discord:1",
    "2026-W47",
    "Among the 25 members taking part",
    ("About 210 posts.",),
    "One thing to try: ask.",
    Chart((Bar("W46", None), Bar("W47", 12)), 5, 10),
    (Kudos(Member("discord", "7"), "answered 9 questions"),),
)


def test_the_text_has_the_chart_in_lines():
    assert in_text(FULL).splitlines()[-5:-2] == [
        "Share of promotion; the aim is 5–10%",
        "W46  not shown",
        "W47  ███ 12% above the aim",
    ]


def test_the_markdown_has_the_chart_as_a_table():
    text = in_markdown(FULL)
    assert text.startswith(
        "## Among the 25 members taking part\n\nAbout 210 posts.\n\n- discord:7 answered 9"
    )
    assert "| W46 | not shown |\n| W47 | 12% |" in text
    assert text.endswith("> One thing to try: ask.")


def test_a_quiet_week_is_two_lines():
    quiet = Summary("x", "2026-W47", "The week of 16–22 November 2026", ("Nobody was here.",))
    assert in_text(quiet).split("\n\n") == ["The week of 16–22 November 2026", "Nobody was here."]
    assert "|" not in in_markdown(quiet)
