"""What is counted of a community's week, before anything is rounded or shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MemberCounts:
    """What one member adds to a week; exact, and theirs alone.

    Attributes:
        posts: counted posts.
        promotion: those that are promotion.
        asking: engagement that asks.
        answering: engagement that answers.
        thanking: engagement that thanks or congratulates.
        sharing: counted posts that share or credit somebody else's work.
        checked: drafts they had checked.
        improved: those checked again within the hour with fewer findings.
    """

    posts: int = 0
    promotion: int = 0
    asking: int = 0
    answering: int = 0
    thanking: int = 0
    sharing: int = 0
    checked: int = 0
    improved: int = 0

    @property
    def giving(self) -> int:
        """Return the posts that are not promotion."""
        return self.posts - self.promotion


@dataclass(frozen=True, slots=True)
class Figure:
    """A count and over how many people it is.

    Attributes:
        count: how many.
        people: how many members contributed at least one.
    """

    count: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class WeekCounts:
    """The sums over the members taking part, as in `MemberCounts`; exact, never shown as they are."""

    posts: Figure = Figure()
    promotion: Figure = Figure()
    giving: Figure = Figure()
    asking: Figure = Figure()
    answering: Figure = Figure()
    thanking: Figure = Figure()
    sharing: Figure = Figure()
    checked: Figure = Figure()
    improved: Figure = Figure()


FIGURES = tuple(WeekCounts.__slots__)
"""The names of the figures, in one order for everybody."""


def sum_of(members: list[MemberCounts]) -> WeekCounts:
    """Return the week of some members."""
    return WeekCounts(
        *(
            Figure(
                sum(getattr(member, name) for member in members),
                sum(getattr(member, name) > 0 for member in members),
            )
            for name in FIGURES
        )
    )
