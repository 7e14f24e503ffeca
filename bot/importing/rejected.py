"""What cannot be imported, said without repeating a word of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line or a message that cannot be read; what follows it is read all the same.

    Attributes:
        where: its place, such as `line 17` or `general/2026-11-17.json, message 3`.
        why: one sentence, without the text.
    """

    where: str
    why: str


class ExportError(Exception):
    """Nothing can be imported from the whole of it; the text is one line with the remedy."""


class BrokenError(Exception):
    """A file gives no more from here on; the text says how it ends."""
