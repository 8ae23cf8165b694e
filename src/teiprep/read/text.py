"""Reading files: regular files only, and every failure told in plain words."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from teiprep.diagnostics import SourceError
from teiprep.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_REASONS = {
    errno.ENOENT: "file does not exist",
    errno.EACCES: "file may not be read by this user",
    errno.ELOOP: "is a symbolic link that leads back to itself",
    errno.ENXIO: "is a socket or device, not a file",
}


def read_bytes(path: Path) -> bytes:
    """The bytes of the regular file `path` (symbolic links are followed).

    Raises SourceError `source-unreadable` for anything else: a folder, a named pipe (which would be waited for without
    end), a device, a file that is missing or may not be read.
    """
    # Looked at after opening: what the name stands for could change in between. Opening a pipe must not wait.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 - Path.open knows no flags
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise SourceError(f"this is {_kind(mode)}, not a file", hint="give a text file")
            return file.read()
    except OSError as error:
        # Opening a folder fails already where the stream is made of the descriptor.
        reason = "is a folder, not a file" if error.errno == errno.EISDIR else _REASONS.get(error.errno or 0)
        raise SourceError(f"this {reason or f'cannot be read: {error.strerror}'}") from None
    except ValueError:
        raise SourceError("this cannot be the name of a file") from None


def read_source(path: Path, name: str, encodings: Sequence[str] = ()) -> Source:
    """The file `path` as a Source that is called `name`; see Source.decode for `encodings` and further errors."""
    return Source.decode(name, read_bytes(path), encodings)


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISFIFO(mode):
        return "a named pipe"
    return "a device"
