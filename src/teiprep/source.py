"""The source: what came in, byte for byte. It never changes."""

from __future__ import annotations

import codecs
import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .diagnostics import SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What is no plain text, by how it begins (in lower case, after white space), and what to call it.
FOREIGN = (
    (b"%pdf-", "a PDF", "extract its text as UTF-8 first"),
    (b"pk\x03\x04", "a Word or zip file", "open it and save it as plain text (UTF-8)"),
    (b"\xd0\xcf\x11\xe0", "an old Word file", "open it and save it as plain text (UTF-8)"),
    (b"{\\rtf", "RTF", "open it and save it as plain text (UTF-8)"),
    (b"<!doctype html", "HTML", "save the page as plain text (UTF-8)"),
    (b"<html", "HTML", "save the page as plain text (UTF-8)"),
    (b"<?xml", "XML", "teiprep makes TEI of plain text; extract the text first"),
    (b"<tei", "TEI", "teiprep makes TEI of plain text; extract the text first"),
    (b"%!ps", "PostScript", "extract its text as UTF-8 first"),
    (b"\x89png", "an image", "teiprep reads text; have an OCR program read the image first"),
    (b"\xd8\xff\xe0", "an image", "teiprep reads text; have an OCR program read the image first"),
    (b"\xd8\xff\xe1", "an image", "teiprep reads text; have an OCR program read the image first"),
    (b"gif89a", "an image", "teiprep reads text; have an OCR program read the image first"),
    (b"at&tform", "a DjVu file", "extract its text as UTF-8 first"),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
)

#: Control characters that plain text has no use for. What is compressed, or a program, has one in ten.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))

#: Byte order marks and the codec that leaves the mark in the text as U+FEFF, so that encoding gives the same bytes.
#: UTF-32 stands first: its little-endian mark begins with the UTF-16 one.
BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True)
class Source:
    """The bytes of one document and their strictly decoded text (newlines and byte order mark untouched)."""

    name: str
    data: bytes
    encoding: str
    text: str

    @classmethod
    def decode(cls, name: str, data: bytes, encodings: Sequence[str] = ()) -> Source:
        r"""Decode `data` as its byte order mark says, else as UTF-8, else as the first of `encodings` that fits.

        Raises SourceError for an empty or binary file and for bytes that no permitted encoding gives back unchanged.

        >>> Source.decode("a.txt", "naïve".encode()).encoding
        'utf-8'
        >>> Source.decode("b.txt", b"na\xefve", ["cp1252"]).text
        'naïve'
        """
        if not data:
            raise SourceError("the file is empty", code="source-empty", hint="remove it, or export it again")
        bom = next((codec for mark, codec in BOMS if data.startswith(mark)), None)
        _refuse_foreign(data[:65536], marked=bom is not None)
        failure: UnicodeDecodeError | None = None
        for encoding in (bom,) if bom else ("utf-8", *encodings):
            try:
                text = data.decode(encoding)
                same = text.encode(encoding) == data
            except UnicodeDecodeError as error:
                failure = failure or error
                continue
            except UnicodeError:  # codecs for other things than files, such as idna
                continue
            if same:
                if not text.strip("\ufeff \t\r\n\f\v"):
                    raise SourceError(
                        "the file holds no text", code="source-empty", hint="remove it, or export it again"
                    )
                return cls(name, data, encoding, text)
        raise _undecodable(data, failure, bom)

    @cached_property
    def sha256(self) -> str:
        """The digest of the raw bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def newline(self) -> str:
        r"""The line end that prevails: `\n`, `\r\n` or `\r`."""
        crlf = self.text.count("\r\n")
        counts = {"\n": self.text.count("\n") - crlf, "\r\n": crlf, "\r": self.text.count("\r") - crlf}
        return max(counts, key=lambda end: counts[end])

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(end.end() for end in re.finditer(r"\r\n?|\n", self.text))]

    def line(self, offset: int) -> int:
        """The line, counted from 1, in which the code point `offset` stands."""
        return bisect_right(self._line_starts, offset)


def _refuse_foreign(head: bytes, *, marked: bool) -> None:
    """Raise SourceError if a file that begins with `head` is no plain text; `marked`: with a byte order mark."""
    # Without NULs and byte order mark UTF-16 begins like UTF-8.
    start = head[:1000].replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n").lower()
    for beginning, kind, hint in FOREIGN:
        if start.startswith(beginning):
            raise SourceError(f"this looks like {kind}, not plain text", code="source-binary", hint=hint)
    # A stray control character is damage, which cleaning mends; many of them are not text.
    if not marked and len(head) - len(head.translate(None, _CONTROLS)) > max(1, len(head) // 20):
        halves = head[::2], head[1::2]
        if any(half.count(0) > len(half) // 2 for half in halves) and not all(half.count(0) for half in halves):
            said, hint = "this looks like UTF-16 without a byte order mark", "save it as UTF-8"
        else:
            said, hint = "this is binary, not text", "extract its text as UTF-8 first"
        raise SourceError(said, code="source-binary", hint=hint)


def _undecodable(data: bytes, failure: UnicodeDecodeError | None, bom: str | None) -> SourceError:
    """What to say of `data` that no encoding fits: `failure` is of the first one tried, `bom` what its mark says."""
    offset = failure.start if failure else 0
    said, hint = (
        f"byte {offset} is not valid UTF-8",
        'convert the file to UTF-8, or name its encoding in teiprep.toml: [read] encodings = ["cp1252"]',
    )
    if failure and _cut_off(failure):
        said = f"the file is cut off at its end: byte {offset} begins a character that is not complete"
        hint = "get the whole file again, or remove what is left of its last character"
    elif failure and failure.reason == "unexpected end of data" and len(data) - offset == 1:
        said = f"byte {offset}, the last, begins a character that is not complete, or is a letter of another encoding"
        hint = 'get the whole file again if it is cut off; else name its encoding: [read] encodings = ["cp1252"]'
    elif bom and bom != "utf-8":
        said = f"the file begins as {bom.upper()[:6]} does, but byte {offset} is not valid in it"
        hint = "save it again, as UTF-8"
    elif re.match(rb"\xed[\xa0-\xbf]", data[offset : offset + 2]):
        said = f"byte {offset} begins half of a character (a surrogate, which UTF-8 does not allow)"
        hint = (
            "the program that wrote the file mistook UTF-16 (CESU-8, WTF-8): mend this place, or export the text again"
        )
    elif not data[:offset].isascii():
        said = f"byte {offset} is not valid UTF-8, but all before it is: the file mixes two encodings"
        hint = 'save this part as UTF-8 too, or see what comes of [read] encodings = ["cp1252"] in teiprep.toml'
    return SourceError(said, code="source-encoding", hint=hint, offset=offset)


def _cut_off(error: UnicodeDecodeError) -> bool:
    """Whether the text ends in the middle of its last character.

    One odd byte at the end of plain ASCII may as well be a letter of another encoding.
    """
    start, data = error.start, error.object
    ends = error.reason in {"unexpected end of data", "truncated data"}
    return ends and (len(data) - start > 1 or not data[:start].isascii())
