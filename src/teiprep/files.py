"""Files: which ones are documents, the ids they get, and writing that never leaves half a file behind."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .diagnostics import TeiprepError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

SUFFIXES = (".txt", ".text", ".md", ".markdown")

# An xml:id is an NCName, which the editions of XML 1.0 define differently; validators follow one or the other. These
# are letters in all (4th edition, appendix B): Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, kana, Han, Hangul.
_LETTERS = (
    "A-Za-zÀ-ÖØ-öø-ıĴ-ľŁ-ňŊ-žḀ-ẛẠ-ỹΆΈ-ΊΌΎ-ΡΣ-ώЁ-ЌЎ-яё-ќў-ҁҐ-ӄ"
    "\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u0905-\u0939\u3041-\u3094\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3"
)
_UNSAFE = re.compile(f"[^{_LETTERS}0-9._-]+")
_START = re.compile(f"[{_LETTERS}_]")
# With `.xml.tmp`, a dot and a hash it stays within the 255 bytes that file systems allow a name.
_LONGEST = 160

ODD_NAME = "its name holds characters that no XML document can hold"


class RunError(TeiprepError):
    """A run that cannot begin or go on: nothing to encode, a folder in use, a full disk. The message is for people."""

    code = "run"


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to encode: its id, its path under the raw folder as shown to people, and as the system knows it.

    `size` is in bytes. `problem` says why it cannot be read as a document; then it goes to quarantine.
    """

    id: str
    name: str
    path: str
    size: int
    problem: str = ""


def slug(name: str) -> str:
    """The id that the path `name` asks for: an NCName, safe as a file name, at most 160 bytes long.

    >>> slug("letters-1863_v2.txt"), slug("1921/Riga, July.md"), slug("Письмо №5.txt")
    ('letters-1863_v2', 'd-1921.Riga-July', 'Письмо-No5')
    >>> slug("?!.txt")
    'd-79206e1f'
    """
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a Path would drop what is odd in a name
    text = unicodedata.normalize("NFC", stem if suffix.lower() in SUFFIXES else name).replace("/", ".")
    safe = _UNSAFE.sub(_plain, text)
    if safe != text:
        safe = safe.strip("-.")
    if not safe:
        return f"d-{_hash(name)}"
    if not _START.match(safe):
        safe = f"d-{safe}"
    if len(safe.encode()) > _LONGEST:
        safe = f"{safe.encode()[: _LONGEST - 9].decode(errors='ignore')}-{_hash(name)}"
    return safe


def _plain(match: re.Match[str]) -> str:
    """Unsafe characters as the nearest safe ones, else one hyphen."""
    parts = unicodedata.normalize("NFKD", match[0])
    return _UNSAFE.sub("-", "".join(char for char in parts if not unicodedata.combining(char)))


def _hash(name: str) -> str:
    return hashlib.sha256(os.fsencode(name)).hexdigest()[:8]


def ids(names: list[str], given: Mapping[str, str] | None = None) -> list[str]:
    """The id of each of these paths: the one that is `given`, else its slug.

    Where ids would be the same, also but for case, each of them that is not given gets a hash.

    >>> ids(["a.txt", "b.txt", "B.md", "c.txt"], {"c.txt": "A"})
    ['a-18b7cb09', 'b-ffa0da5d', 'B-b5038c9f', 'A']
    """
    given = given or {}
    chosen = {name: given.get(name) or slug(name) for name in names}
    # A second round is for a file that is called like the hashed id of another; a third cannot be needed.
    for length in (8, 64):
        count = Counter(id_.casefold() for id_ in chosen.values())
        for name, id_ in chosen.items():
            if name not in given and count[id_.casefold()] > 1:
                chosen[name] = f"{slug(name)}-{hashlib.sha256(os.fsencode(name)).hexdigest()[:length]}"
    return [chosen[name] for name in names]


def find(raw: Path, given: Mapping[str, str] | None = None) -> tuple[list[Input], list[str]]:
    """The documents under the folder `raw`, or the one file that it is, sorted by path; and what was left out and why.

    `given` has the ids that do not follow from the path, by path. Documents are the files named in `SUFFIXES`, whatever
    the case; hidden files and folders are passed over. Links are followed, but not back into a folder they lie in.
    Raises RunError if there is no document.
    """
    remarks: list[str] = []
    if raw.is_dir():
        found = sorted(_walk(os.fspath(raw), remarks), key=lambda item: os.fsencode(item[0]))
    elif os.path.lexists(raw):
        found = [(raw.name, os.fspath(raw), *look(os.fspath(raw)))]
    else:
        raise RunError(f"{raw} does not exist", hint="name the folder that holds your texts: teiprep run FOLDER")
    if not found:
        raise RunError(
            f"{raw} holds no text to encode", hint=f"documents are files whose names end in {', '.join(SUFFIXES)}"
        )
    named = zip(ids([relative for relative, *_ in found], given), found, strict=True)
    return [_input(id_, *item) for id_, item in named], remarks


def _input(id_: str, relative: str, path: str, size: int, problem: str) -> Input:
    shown = printable(relative)
    if shown != relative and not problem:
        problem = ODD_NAME
    return Input(id_, shown, path, size, problem)


def printable(name: str) -> str:
    r"""A name as it can be shown and stand in XML: what is not UTF-8 and control characters with a backslash.

    >>> printable("caf\udce9.txt")
    'caf\\xe9.txt'
    """
    return "".join(
        char.encode("unicode_escape").decode() if unicodedata.category(char) == "Cc" else char
        for char in os.fsencode(name).decode("utf-8", "backslashreplace")
    )


def _walk(top: str, remarks: list[str]) -> Iterator[tuple[str, str, int, str]]:
    """Path under `top`, whole path, size and problem of each document, in no particular order."""
    folders: list[tuple[str, frozenset[tuple[int, int]]]] = [("", frozenset())]
    while folders:
        relative, above = folders.pop()
        folder = os.path.join(top, relative)  # noqa: PTH118 - names that are not UTF-8 must come through
        try:
            status = os.stat(folder)  # noqa: PTH116
            here = (status.st_dev, status.st_ino)
            if here in above:
                remarks.append(f"{folder} leads back to a folder that it lies in; not followed")
                continue
            with os.scandir(folder) as entries:
                listed = list(entries)
        except OSError as error:
            if not relative:
                raise RunError(f"{top} cannot be read: {error.strerror}") from None
            yield relative, folder, 0, f"the folder cannot be read: {error.strerror}"
            continue
        for entry in listed:
            if entry.name.startswith("."):
                continue
            inside = f"{relative}/{entry.name}" if relative else entry.name
            try:
                is_folder = entry.is_dir()
            except OSError:  # a loop of links
                is_folder = False
            if is_folder:
                folders.append((inside, above | {here}))
            elif entry.name.lower().endswith(SUFFIXES):
                yield (inside, entry.path, *look(entry.path))


def look(path: str) -> tuple[int, str]:
    """The size of a file, and why it cannot be read, if so. Reading a named pipe would wait for ever."""
    try:
        status = os.stat(path)  # noqa: PTH116 - names that are not UTF-8 must come through
    except FileNotFoundError:
        return 0, "it is a link to nothing"
    except OSError as error:
        return 0, f"it cannot be read: {error.strerror}"
    return status.st_size, "" if stat.S_ISREG(status.st_mode) else "it is not an ordinary file"


def digest(path: Path) -> str | None:
    """The SHA-256 of a file in hexadecimal, None if there is none, it cannot be read, or is no ordinary file."""
    try:
        # Opening a pipe must not wait, reading a device would never end.
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:  # noqa: PTH123 - Path.open knows no flags
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def staged(path: Path) -> Path:
    """The temporary name, in the same folder, under which `path` is made ready."""
    return path.with_name(f".{path.name}.tmp")


def stage(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write `data`, whole or in pieces, down to the disk under the temporary name of `path`.

    Raises OSError, which names the folder, and leaves nothing then.
    """
    temporary = staged(path)
    try:
        with temporary.open("wb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):  # a full disk names nothing, other errors a name that nobody knows
            raise OSError(error.errno, error.strerror, os.fspath(path.parent)) from None
        raise


def write(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Give the file `path` the content `data`, or leave it as it was. Raises OSError."""
    stage(path, data)
    staged(path).replace(path)
    sync(path.parent)


def sync(folder: Path) -> None:
    """Write the names in a folder down to the disk, where the file system can do that."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
