"""One JSON line in: a draft with its context (contract.md, "A draft")."""

import re
from dataclasses import dataclass
from typing import Annotated

import msgspec

from bot.text.draft import Author, Draft, History, ReplyTo, Surface, is_blank

LONGEST_LINE = 1_000_000
"""The longest line read, in bytes; a longer one is refused, not cut."""

HALF_A_PAIR = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    rb"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
"""A surrogate escape without its other half; some programs write them when they cut a text."""


_MISSING = re.compile(r"Object missing required field `(\w+)`")

_Count = Annotated[int, msgspec.Meta(ge=0)]
"""How many; fewer than none would be no record."""


class _ReplyTo(msgspec.Struct):
    author: str | None = None
    text: str | None = None


class _Author(msgspec.Struct):
    id: str | None = None
    display_name: str | None = None
    own_domains: tuple[str, ...] | None = None


class _History(msgspec.Struct):
    posts: _Count | None = None
    promotion: _Count | None = None
    engagement: _Count | None = None
    directed: _Count | None = None
    people: dict[str, _Count] | None = None
    shares_of_others: _Count | None = None
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
    except RecursionError:
        raise DraftError("the line is nested too deeply; a draft needs four levels", None) from None
    except UnicodeDecodeError:
        raise DraftError("the line is not JSON in UTF-8; save it as UTF-8", _id_of(line)) from None
    except msgspec.DecodeError as error:
        if HALF_A_PAIR.search(line):
            raise DraftError(
                "a lone surrogate is half a character; send whole characters", _id_of(line)
            ) from None
        raise DraftError(_not_json(str(error)), _id_of(line)) from None
    if is_blank(parsed.text):
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
    """Return what is wrong with a field, its name first."""
    what, _, where = text.partition(" - at `$")
    key = where.rstrip("`").lstrip(".")
    missing = _MISSING.match(what)
    if missing:
        return f"{key}{'.' if key else ''}{missing[1]} is missing; every draft has an id and a text"
    return f"{key or 'the line'}: {what[:1].lower()}{what[1:]}"


def _not_json(text: str) -> str:
    """Return what is wrong with a line that is no JSON at all."""
    what = text.removeprefix("JSON is malformed: ")
    return f"the line is not JSON: {what[:1].lower()}{what[1:]}; write one object a line"


def _id_of(line: bytes) -> str | int | None:
    try:
        return msgspec.json.decode(HALF_A_PAIR.sub(b"?", line), type=_Id).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
