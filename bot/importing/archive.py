"""The files of an export: a folder, a zip or one file, each read as a stream whose bytes are counted."""

import zipfile
import zlib
from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from bot.importing.rejected import BrokenError, ExportError

_BOM = b"\xef\xbb\xbf"
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED = (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError)
"""What reading a zip raises where single bytes of it are wrong."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(slots=True)
class Meter:
    """How far the reading has come.

    Attributes:
        total: bytes there are to read; None where that is not known.
        read: bytes read so far.
    """

    total: int | None = None
    read: int = 0


class Stream:
    """Bytes of UTF-8 text, without the mark that some programs put at the beginning.

    Args:
        raw: where the bytes come from.
        meter: counts them.
    """

    def __init__(self, raw: IO[bytes], meter: Meter) -> None:
        self._raw = raw
        self._meter = meter
        self._begun = False

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes; none at the end.

        Raises:
            BrokenError: the disk or the zip gives no more.
        """
        try:
            return self._counted(self._raw.read(size))
        except (OSError, zlib.error, *_DAMAGED):
            raise BrokenError("it cannot be read any further") from None

    def readline(self, size: int) -> bytes:
        """Return the rest of a line with its end, or `size` bytes of it; nothing at the end.

        Raises:
            BrokenError: the disk gives no more.
        """
        try:
            return self._counted(self._raw.readline(size))
        except OSError:
            raise BrokenError("it cannot be read any further") from None

    def _counted(self, data: bytes) -> bytes:
        self._meter.read += len(data)
        if self._begun:
            return data
        self._begun = True
        if data.startswith(_UTF_16):
            raise BrokenError("it is UTF-16 text; save it as UTF-8")
        return data.removeprefix(_BOM)


class Archive(Protocol):
    """What the readers of exports need of one.

    Attributes:
        names: the files, by their path inside, in order.
        meter: counts what is read of them.
    """

    names: Sequence[str]
    meter: Meter

    def open(self, name: str) -> AbstractContextManager[Stream]:
        """Open one of the files.

        Raises:
            BrokenError: it cannot be opened.
        """
        ...

    def close(self) -> None:
        """Let go of what is held open."""
        ...


class Folder:
    """The JSON files of a folder and of the folders in it, or a single file.

    Args:
        path: the folder or the file.
    """

    def __init__(self, path: Path) -> None:
        if path.is_dir():
            self._root = path
            files = [file for file in path.rglob("*.json") if file.is_file()]
        else:
            self._root = path.parent
            files = [path]
        self.names: Sequence[str] = _ordered(file.relative_to(self._root).as_posix() for file in files)
        self.meter = Meter(sum((self._root / name).stat().st_size for name in self.names))

    @contextmanager
    def open(self, name: str) -> Generator[Stream]:
        """Open one of the files."""
        try:
            file = (self._root / name).open("rb")
        except OSError as error:
            raise BrokenError(f"it cannot be opened: {error.strerror}") from None
        with file:
            yield Stream(file, self.meter)

    def close(self) -> None:
        """Let go of nothing: a folder is not held open."""


class Zip:
    """The JSON files in a zip.

    Args:
        path: the zip.

    Raises:
        ExportError: it is cut off, damaged or locked.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except _DAMAGED:
            raise ExportError(
                f"{path} is no whole zip; download it again, or unpack what is there and import the folder"
            ) from None
        files = [info for info in self._zip.infolist() if info.filename.endswith(".json")]
        if any(info.flag_bits & 1 for info in files):
            raise ExportError(f"{path} is locked with a password; unpack it and import the folder")
        if any(info.compress_type not in _PACKED for info in files):
            raise ExportError(f"{path} is packed in an unusual way; unpack it and import the folder")
        self.names: Sequence[str] = _ordered(info.filename for info in files)
        self.meter = Meter(sum(info.file_size for info in files))

    @contextmanager
    def open(self, name: str) -> Generator[Stream]:
        """Open one of the files."""
        try:
            file = self._zip.open(name)
        except (OSError, RuntimeError, *_DAMAGED):
            raise BrokenError("it cannot be opened: the zip is damaged there") from None
        with file:
            yield Stream(file, self.meter)

    def close(self) -> None:
        """Close the zip."""
        self._zip.close()


def archive_at(path: Path) -> Archive:
    """Return what lies at a path: a folder, a zip, or one file.

    Raises:
        ExportError: there is nothing, or nothing that can be read.
    """
    try:
        if path.is_file() and (path.suffix.lower() == ".zip" or zipfile.is_zipfile(path)):
            return Zip(path)
        found = Folder(path)
    except OSError as error:
        raise ExportError(f"{path}: {error.strerror}") from None
    if not found.names:
        raise ExportError(f"{path} holds no JSON files; name the folder of the export")
    return found


def _ordered(names: "Generator[str]") -> list[str]:
    # "._" files and __MACOSX are what macOS adds to folders and zips; they only look like JSON.
    return sorted(
        name for name in names if not name.startswith("__MACOSX/") and not Path(name).name.startswith("._")
    )
