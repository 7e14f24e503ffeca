"""What is counted of a community's week, before anything is rounded or shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WeekCounts:
    """Totals over the members taking part; exact, never shown as they are.

    Attributes:
        members: how many members contributed at least one counted post.
        posts: counted posts.
        promotion: those that are promotion.
        asking: engagement that asks.
        answering: engagement that answers.
        thanking: engagement that thanks or congratulates.
        sharing: counted posts that share or credit somebody else's work.
    """

    members: int = 0
    posts: int = 0
    promotion: int = 0
    asking: int = 0
    answering: int = 0
    thanking: int = 0
    sharing: int = 0
