"""The tip of the week: what would have helped most, by how many posts it would have changed."""

from dataclasses import dataclass
from fractions import Fraction

from bot.summaries.point import STEP, Point

_ARTICLE = "How to Build Social Media Relationships"
_ASKING = Fraction(1, 20)
_SHARING = Fraction(1, 20)
"""A week in which fewer posts than one in twenty ask, or share others' work, had room for more of it."""


@dataclass(frozen=True, slots=True)
class _Idea:
    gap: Fraction
    words: str
    citation: str


def tip_of(point: Point, upper: Fraction) -> str | None:
    """Return the one thing that would have helped most, with its citation; None where nothing stood out.

    It is chosen from published figures only: what is not shown is not hinted at either.

    Args:
        point: the week as published.
        upper: the upper bound of the share of promotion.
    """
    posts = point.posts or 0
    ideas: list[_Idea] = []
    if point.promotion is not None:
        ideas.append(
            _Idea(
                point.promotion - upper * posts,
                "before the next announcement, answer somebody",
                "“only 5% to 10% of your social media activity should be self-promotional” "
                f"(Nellie Akalp, quoted in {_ARTICLE})",
            )
        )
    if point.asking is not None and point.answering is not None:
        ideas.append(
            _Idea(
                Fraction(point.asking - point.answering),
                "pick one open question and answer it",
                f"“Social media is a two-way street.” ({_ARTICLE}, tip 4)",
            )
        )
    if point.sharing is not None:
        ideas.append(
            _Idea(
                _SHARING * posts - point.sharing,
                "share something somebody else made",
                f"“Sharing information is a great way to learn, enlighten others.” ({_ARTICLE}, tip 11)",
            )
        )
    if point.asking is not None:
        ideas.append(
            _Idea(
                _ASKING * posts - point.asking,
                "ask somebody about what they are working on",
                f"“Explore comments and posts from individuals with varied interests.” ({_ARTICLE}, tip 5)",
            )
        )
    best = max(ideas, key=lambda idea: idea.gap, default=None)
    if best is None or best.gap < STEP:
        return None
    return f"One thing to try: {best.words}. {best.citation}"
