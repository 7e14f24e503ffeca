"""Small worlds of posts for properties: few messages, so that news about the same one is frequent."""

from collections.abc import Sequence

from hypothesis import strategies as st

from bot.balance.facts import Act, Facts
from bot.balance.instant import DAY, NEVER
from bot.balance.post import Correction, Post, Version
from bot.text.kind import Kind

MESSAGES = [bytes([number]) * 16 for number in range(6)]
PEOPLE = [bytes([200 + number]) * 16 for number in range(3)]
PRINTS = [bytes([number]) * 32 for number in range(2)]
NOW = 100 * DAY

instants = st.integers(0, 12).map(lambda day: NOW - day * 5 * DAY)
maybe_people = st.none() | st.sampled_from(PEOPLE)

facts = st.builds(
    Facts,
    kind=st.sampled_from(Kind),
    act=st.none() | st.sampled_from(Act),
    substance=st.booleans(),
    shares_others=st.booleans(),
    unread=st.booleans(),
    fingerprint=st.none() | st.sampled_from(PRINTS),
)


def _record(change: str, message: bytes, at: int, digest: int, content: Facts, **more: object) -> Post:
    return Post(
        message=message,
        channel=message[0] % 2,
        posted=at if change == "posted" else NEVER,
        version=Version(change != "posted", at, bytes([digest]) * 16),
        facts=None if change == "deleted" else content,
        deleted=change == "deleted",
        **more,
    )


def _sane(record: Post) -> Post:
    # A deletion carries nobody, as the coding of events makes sure.
    return (
        record
        if not record.deleted
        else Post(record.message, record.channel, NEVER, record.parent, record.version, deleted=True)
    )


def records(
    changes: tuple[str, ...] = ("posted", "edited", "deleted"),
    messages: Sequence[bytes] = MESSAGES,
    at: st.SearchStrategy[int] = instants,
) -> st.SearchStrategy[Post]:
    """Return what single events say about messages."""
    return st.builds(
        _record,
        change=st.sampled_from(changes),
        message=st.sampled_from(messages),
        at=at,
        digest=st.integers(0, 3),
        content=facts,
        parent=st.none() | st.sampled_from(MESSAGES[:2]),
        answered=maybe_people,
        mentioned=maybe_people,
        claimed=st.booleans(),
    ).map(_sane)


corrections = st.none() | st.builds(Correction, st.sampled_from(Kind), instants)
