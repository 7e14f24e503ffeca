"""Draws the coach's answers as they go to Discord, for the operators' page.

The payloads are those the adapter sends; only their look is ours. The advice is fixed, so that a changed
rule does not change the pictures. Run `python -m tests.adapters.discord.drawings docs/operators/images`.
"""

import re
import sys
import textwrap
from dataclasses import replace
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.discord.render import Payload, render, rows
from adapters.kit.answers import advice_card, rewrite_card
from adapters.kit.blocked import offer_card, tone_card
from adapters.kit.card import Card
from adapters.kit.introductions import public_introduction
from adapters.kit.preferences import settings_card
from adapters.kit.quiet_hours import added
from bot.balance.consent import Consent, ConsentState
from bot.balance.nudges import Nudging
from bot.coach.advice import Advice
from bot.coach.detail import Detail
from bot.rules.finding import Finding, Severity
from bot.services.check_draft import Checked
from bot.services.member_settings import MemberPreferences
from bot.text.draft import Draft
from bot.text.kind import Kind
from bot.text.spans import Span

WIDTH, LINE, COLUMNS = 720, 22, 84
_MARKS = re.compile(r"\\([^0-9A-Za-z\s])|(\*\*__|__\*\*|\*\*)")
_TEXT = "Good point! My blog has it: https://ana.example/tomatoes and my shop: https://ana.example/shop"
_CHECKED = Checked(
    advice=Advice(
        Kind.PROMOTION,
        {},
        (
            Finding(
                "own-links",
                8,
                Severity.SUGGESTION,
                0.97,
                (Span(28, 56), Span(70, 94)),
                "Two links to your own pages in one answer.",
                "Keep the one that answers the question and leave the other out.",
            ),
        ),
        rewrite="Good point! My blog has it: https://ana.example/tomatoes",
    ),
    draft=Draft(_TEXT),
    balance=None,
    what_if=None,
    consent=Consent(ConsentState.DECLINED),
    help_contact=None,
    first=False,
    recorded_channels=("123456789012345678",),
)

_SHARP = Finding("criticism", 1, Severity.WARNING, 0.9, (Span(0, 5),), "About somebody.", "Say what it is.")
_STOPPED = replace(_CHECKED, advice=Advice(Kind.NEUTRAL, {}, (_SHARP,)))
_CHOSEN = MemberPreferences(own_sites=("ana.example",), muted_rules=frozenset({"engage"}))

CARDS: dict[str, Card] = {
    "answer": advice_card(_CHECKED, 254),
    "full": advice_card(replace(_CHECKED, detail=Detail.FULL), 254),
    "settings": added(
        settings_card(_CHOSEN, Consent(ConsentState.GIVEN), 254, names=False, nudges=True),
        Nudging(22, 8, ZoneInfo("Europe/Lisbon")),
    ),
    "offer": offer_card(),
    "tone": tone_card(_STOPPED),
    "rewrite": rewrite_card(_CHECKED),
    "introduction": public_introduction("/coach"),
}


class Drawing:
    """Lines of an image, from top to bottom."""

    def __init__(self) -> None:
        self._shapes: list[str] = []
        self._y = 16

    def lines(self, text: str, left: int = 24) -> None:
        """Draw a text in Discord's markup."""
        for line in text.splitlines():
            small = line.startswith("-# ")
            style = 'fill="#949ba4" font-size="12"' if small else 'fill="#dbdee1" font-size="15"'
            bold = ' font-weight="bold"' if "**" in line and "**__" not in line else ""
            plain = _MARKS.sub(_shown, line.removeprefix("-# "))
            for piece in textwrap.wrap(plain, COLUMNS, break_long_words=True) or [""]:
                self._y += LINE
                self._shapes.append(
                    f'<text x="{left}" y="{self._y - 6}" {style}{bold}>{escape(piece)}</text>'
                )

    def box(self, title: str, text: str) -> None:
        """Draw an embed."""
        self._y += 8
        top = self._y
        self.lines(f"**{title}**\n{text}" if title else text, 40)
        height = self._y - top + 10
        self._shapes.insert(
            0, f'<rect x="24" y="{top}" width="{WIDTH - 48}" height="{height}" rx="4" fill="#2b2d31"/>'
        )
        self._shapes.append(f'<rect x="24" y="{top}" width="4" height="{height}" rx="2" fill="#5b7db1"/>')
        self._y += 14

    def buttons(self, payload: Payload) -> None:
        """Draw the buttons, row by row; a row that is too wide goes on below, as in Discord."""
        for row in rows(payload):
            left = 24
            for button, _ in row:
                width = 9 * len(button.label) + 24
                if left + width > WIDTH - 24:
                    left, self._y = 24, self._y + 38
                fill = "#5865f2" if button.primary else "#4e5058"
                self._shapes += [
                    f'<rect x="{left}" y="{self._y + 6}" width="{width}" height="30" rx="4" fill="{fill}"/>',
                    (
                        f'<text x="{left + 12}" y="{self._y + 26}" fill="#fff" font-size="14">'
                        f"{escape(button.label)}</text>"
                    ),
                ]
                left += width + 8
            self._y += 38

    def svg(self, title: str) -> str:
        """Return the image."""
        height = self._y + 16
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
            f'font-family="sans-serif"><title>{escape(title)}</title>'
            f'<rect width="{WIDTH}" height="{height}" rx="8" fill="#313338"/>'
            f"{''.join(self._shapes)}</svg>\n"
        )


def drawn(name: str) -> str:
    """Return one answer as an SVG image."""
    drawing = Drawing()
    for payload in render(CARDS[name]):
        drawing.lines(payload.content)
        for embed in payload.embeds:
            drawing.box(
                embed.title or "", (embed.description or "").replace("```\n", "").replace("\n```", "")
            )
        drawing.buttons(payload)
    return drawing.svg(f"The coach's {name} on Discord")


def _shown(match: re.Match[str]) -> str:
    """Return an escaped character, or the evidence's marks as brackets that an image can show."""
    return match[1] or {"**__": "⟦", "__**": "⟧"}.get(match[2], "")


if __name__ == "__main__":
    for each in CARDS:
        (Path(sys.argv[1]) / f"discord-{each}.svg").write_text(drawn(each), encoding="utf-8")
