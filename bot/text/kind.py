"""What a post is for."""

from enum import StrEnum


class Kind(StrEnum):
    """The three kinds of rules.md; every draft and every recorded post has exactly one."""

    PROMOTION = "promotion"
    ENGAGEMENT = "engagement"
    NEUTRAL = "neutral"
