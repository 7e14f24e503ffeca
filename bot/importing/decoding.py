"""One JSON object in, one typed value out; what is wrong with it in a sentence that names the field."""

from datetime import datetime
from typing import TypeVar

import msgspec

from bot.interchange.draft_json import HALF_A_PAIR

Value = TypeVar("Value")


class UnreadableError(Exception):
    """The object cannot be read; the text is one sentence that does not repeat any of it."""


def decoded(raw: bytes, type_: type[Value]) -> Value:
    """Read one JSON object.

    Raises:
        UnreadableError: it is not JSON, or a field is missing or of the wrong type.
    """
    try:
        return msgspec.json.decode(raw, type=type_)
    except msgspec.ValidationError as error:
        raise UnreadableError(_explained(str(error))) from None
    except RecursionError:
        raise UnreadableError("it is nested too deeply to be read") from None
    except ValueError as error:  # malformed JSON and bytes that are not UTF-8 alike
        if HALF_A_PAIR.search(raw):
            raise UnreadableError("a lone surrogate is half a character; write whole ones") from None
        if isinstance(error, UnicodeDecodeError):
            raise UnreadableError("it is not UTF-8 text") from None
        raise UnreadableError(f"it is no JSON object: {error}") from None


def moment_of(text: str, field: str) -> datetime:
    """Read an ISO 8601 time with its time zone.

    Args:
        text: the time.
        field: what the field is called.

    Raises:
        UnreadableError: it is no such time.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise UnreadableError(f"{field}: not a time like 2026-11-17T09:30:00Z") from None
    if at.tzinfo is None:
        raise UnreadableError(f"{field}: the time has no time zone; write it like 2026-11-17T09:30:00Z")
    return at


def _explained(text: str) -> str:
    what, _, where = text.partition(" - at `$")
    field = where.rstrip("`").lstrip(".")
    what = f"{what[:1].lower()}{what[1:]}"
    return f"{field}: {what}" if field else what
