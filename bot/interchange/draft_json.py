"""One JSON line in: a draft with its context (contract.md, "A draft")."""

import re
from dataclasses import dataclass

import msgspec

from bot.text.draft import Author, Draft, History, ReplyTo, Surface

LONGEST_LINE = 1_000_000
"""The longest line read, in bytes; a longer one is refused, not cut."""

HALF_A_PAIR = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    rb"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
"""A surrogate escape without its other half; some programs write them when they cut a text."""


class _ReplyTo(msgspec.Struct):
    author: str | None = None
    text: str | None = None


class _Author(msgspec.Struct):
    id: str | None = None
    display_name: str | None = None
    own_domains: tuple[str, ...] | None = None


class _History(msgspec.Struct):
    posts: int | None = None
    promotion: int | None = None
    engagement: int | None = None
    directed: int | None = None
    people: dict[str, int] | None = None
    shares_of_others: int | None = None
    recent: tuple[str, ...] | None = None


class _Context(msgspec.Struct):
    surface: Surface | None = None
    reply_to: _ReplyTo | None = None
    author: _Author | None = None
    history: _History | None = None


class _Line(msgspec.Struct):
    id: str | int
    text: str
    context: _Context | None = None


class _Id(msgspec.Struct):
    id: str | int


class DraftError(Exception):
    """A line that is no draft.

    Attributes:
        id: the line's id where it could be read.
    """

    def __init__(self, message: str, id_: str | int | None) -> None:
        super().__init__(message)
        self.id = id_


@dataclass(frozen=True, slots=True)
class IdentifiedDraft:
    """A draft with the id its sender gave it."""

    id: str | int
    draft: Draft


def read_line(line: bytes) -> IdentifiedDraft:
    """Read one line.

    Args:
        line: one JSON object in UTF-8.

    Raises:
        DraftError: too long, not JSON, or a field missing or of the wrong type; one sentence that
            names the field, without repeating the text.
    """
    if len(line) > LONGEST_LINE:
        raise DraftError(f"the line is longer than {LONGEST_LINE:,} bytes; send a shorter draft", None)
    try:
        parsed = msgspec.json.decode(line, type=_Line)
    except msgspec.ValidationError as error:
        raise DraftError(_explained(str(error)), _id_of(line)) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        if HALF_A_PAIR.search(line):
            raise DraftError(
                "a lone surrogate is half a character; send whole characters", _id_of(line)
            ) from None
        raise DraftError(f"not a JSON object: {_explained(str(error))}", _id_of(line)) from None
    if not parsed.text.strip():
        raise DraftError("text is empty; write the draft there", parsed.id)
    return IdentifiedDraft(parsed.id, _draft(parsed))


def _draft(line: _Line) -> Draft:
    context = line.context or _Context()
    reply_to = context.reply_to
    author = context.author or _Author()
    history = context.history
    return Draft(
        text=line.text,
        surface=context.surface or Surface.CHANNEL,
        reply_to=None if reply_to is None else ReplyTo(reply_to.author, reply_to.text or ""),
        author=Author(author.id, author.display_name, author.own_domains or ()),
        history=None if history is None else _history(history),
    )


def _history(history: _History) -> History:
    return History(
        posts=history.posts,
        promotion=history.promotion,
        engagement=history.engagement,
        directed=history.directed,
        people=history.people,
        shares_of_others=history.shares_of_others,
        recent=history.recent or (),
    )


def _explained(text: str) -> str:
    what, _, where = text.partition(" - at `$")
    key = where.rstrip("`").lstrip(".")
    what = f"{what[:1].lower()}{what[1:]}"
    return f"{key}: {what}" if key else what


def _id_of(line: bytes) -> str | int | None:
    try:
        return msgspec.json.decode(HALF_A_PAIR.sub(b"?", line), type=_Id).id
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
