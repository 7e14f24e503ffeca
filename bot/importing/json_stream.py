"""Takes a JSON file of any size apart, element by element, without holding more than one in memory.

It only looks for where a value ends; whether the value is good JSON is for whoever decodes it, so
that one bad element does not cost the ones after it.
"""

import re
from collections.abc import Iterator

from bot.importing.archive import Stream
from bot.importing.rejected import BrokenError

CHUNK = 1 << 18
"""Bytes read at once."""

LONGEST = 1 << 24
"""The longest element read, in bytes: far above any message, far below what would fill a memory."""

_SPACE = re.compile(rb"[ \t\r\n]*+")
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_SCALAR = re.compile(rb"[^\s,\]}]++")
_TO_BRACKET = re.compile(rb'(?:[^"{}\[\]]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+([{}\[\]])', re.DOTALL)


def elements(stream: Stream, array: str | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of a JSON file as they are read.

    Args:
        stream: the file.
        array: None where the file is an array; else it is an object, and this key's value is an
            array to take apart.

    Yields:
        Each element of the array with its key (empty where the file is the array), and each other
        value of the object with its own.

    Raises:
        BrokenError: the file ends too early, or is no such JSON; what was yielded before stands.
    """
    scanner = _Scanner(stream)
    if array is None:
        yield from (("", raw) for raw in scanner.array())
        return
    scanner.expect(b"{")
    more = scanner.peek() != b"}"
    while more:
        key = scanner.value().strip(b'"').decode("utf-8", "replace")
        scanner.expect(b":")
        if key == array and scanner.peek() == b"[":
            yield from ((key, raw) for raw in scanner.array())
        else:
            yield key, scanner.value()
        more = scanner.more(b"}")


class _Scanner:
    """A place in a stream of JSON."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._data = b""
        self._at = 0

    def array(self) -> Iterator[bytes]:
        """Yield the elements of the array that starts here."""
        self.expect(b"[")
        if self.peek() == b"]":
            self.expect(b"]")
            return
        yield self.value()
        while self.more(b"]"):
            yield self.value()

    def more(self, end: bytes) -> bool:
        """Step over the comma before another element, or over the end."""
        if self.peek() == end:
            self.expect(end)
            return False
        self.expect(b",")
        return True

    def expect(self, byte: bytes) -> None:
        """Step over a byte that must stand here."""
        if self.peek() != byte:
            raise BrokenError("it is damaged or no JSON of this kind from here on")
        self._at += 1

    def peek(self) -> bytes:
        """Return the next byte that is no white space, which then stands here."""
        while True:
            space = _SPACE.match(self._data, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._data):
                return self._data[self._at : self._at + 1]
            self._read()

    def value(self) -> bytes:
        """Step over the value that starts here and return it."""
        opening = self.peek()
        if opening in b"{[":
            return self._nested()
        pattern = _STRING if opening == b'"' else _SCALAR
        while True:
            found = pattern.match(self._data, self._at)
            # A number at the end of what was read may go on in what was not.
            if found and (pattern is _STRING or found.end() < len(self._data)):
                self._at = found.end()
                return found.group()
            if not found and pattern is _SCALAR:
                raise BrokenError("it is damaged or no JSON of this kind from here on")
            self._read()

    def _nested(self) -> bytes:
        depth = 0
        position = self._at
        while True:
            found = _TO_BRACKET.match(self._data, position)
            if found is None:
                position -= self._at
                self._read()
                continue
            position = found.end()
            depth += 1 if found.group(1) in b"{[" else -1
            if depth == 0:
                raw = self._data[self._at : position]
                self._at = position
                return raw

    def _read(self) -> None:
        """Read on; what stands before this place is let go, so positions count from here again."""
        kept = self._data[self._at :]
        if len(kept) > LONGEST:
            raise BrokenError(f"a message is longer than {LONGEST:,} bytes, or the file is damaged there")
        # Reading as much again as is waiting keeps a long value from being searched too often.
        data = self._stream.read(max(CHUNK, len(kept)))
        if not data:
            raise BrokenError("it breaks off there; what stood before was read")
        self._data = kept + data
        self._at = 0
