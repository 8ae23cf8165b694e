"""The raw file behind our TEI and its sidecar: from which line of it something comes, and whether it is still the one.

Both go through the sidecar. A line is found also after the TEI was edited.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import ChainMap
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from teiprep import proofs, sidecar
from teiprep.diagnostics import InvariantError, TeiprepError
from teiprep.difference import first_difference, first_parting
from teiprep.document import BODY
from teiprep.source import Source
from teiprep.tei import encode, reading
from teiprep.tei.reading import TEI, XML_ID, name_in_tei

from .report import Finding
from .streams import BOUNDARY, Alignment, Place, streams

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree

    from teiprep.alignment import Layout
    from teiprep.document import Document

    from .report import Part
    from .streams import Stream


class RawLines:
    """The raw lines of the parts of one TEI file (its root), by the document that its sidecar holds, texts included.

    Nothing is looked up before it is asked for.
    """

    def __init__(self, root: etree._Element, document: Document) -> None:
        self._root = root
        self._document = document
        self._alignments: dict[Stream, Alignment] = {}

    def line(self, node: etree._Element, part: Part = "tag", offset: int = 0) -> int | None:
        """The line, from 1, where the text of an element begins (`tag`), or character `offset` of a `text` or `tail`.

        Of an empty element it is the line of the place where it stands, of an `end` that of the last character. None
        for what comes from no line: the header, the register.
        """
        own, around = self._streams
        known = around if part == "tail" else ChainMap(own, around)
        while node not in known and (up := node.getparent()) is not None:
            node, part = up, "tag"  # what stands in a running head: where that stands
        stream = known.get(node)
        if stream is None or self._layout is None:
            return None
        flow = self._flow_of(stream)
        text = self._document.text_of.get(flow, "")
        if not text:
            return None
        if stream not in self._alignments:
            self._alignments[stream] = Alignment(text, stream.text)
        offset = stream.offset(Place(node, part, offset))
        at = self._alignments[stream].back(offset)
        if (
            part == "tag"
            and at
            and node.getparent() in stream.blocks
            and stream.text[offset : offset + 1] in {"", BOUNDARY}
        ):
            at -= 1  # at the end of a block
        while at < len(text) and text[at].isspace():  # what stands between two words stands before the second
            at += 1
        start = self._layout.source_start(flow, min(at, len(text) - 1))
        return bisect_right(self._starts, start)

    def place(self, node: etree._Element, part: Part = "tag", offset: int = 0) -> str:
        """The name of the raw file with the line (`letter.txt:12`), for `Finding.source`; empty if there is none."""
        line = self.line(node, part, offset)
        return "" if line is None else f"{self._document.source.file}:{line}"

    @cached_property
    def _streams(self) -> tuple[dict[etree._Element, Stream], dict[etree._Element, Stream]]:
        """The streams of flows by their own element, such as a note; and for each element the one around it."""
        own: dict[etree._Element, Stream] = {}
        around: dict[etree._Element, Stream] = {}
        for text in self._root.iterchildren(f"{TEI}text"):
            for stream in streams(text):
                if self._flow_of(stream) in self._document.text_of:
                    own[stream.element] = stream
                    around |= dict.fromkeys(stream.spans, stream)
        return own, around

    @staticmethod
    def _flow_of(stream: Stream) -> str:
        return BODY if name_in_tei(stream.element) == "text" else stream.element.get(XML_ID, "")

    @cached_property
    def _layout(self) -> Layout | None:
        try:
            return sidecar.layout_of(self._document)
        except TeiprepError:
            return None

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(end.end() for end in re.finditer(r"\r\n?|\n", sidecar.source_text(self._document)))]


def check_raw(
    folder: Path, document: Document, file: str, pair: tuple[etree._Element, bytes] | None = None
) -> Iterator[Finding]:
    """What the raw file in `folder` is otherwise than the sidecar (its document, its name `file`) says of its source.

    Bytes and digest are compared. Where they agree, the ledger is proved once more from the raw file, and for a TEI
    (`pair`, its root and bytes) that is still the encoded one, freeze and restore as well. A sidecar that names a file
    outside of the folder, also through a link, is refused.
    """
    name = document.source.file
    shown = (folder / name).as_posix()
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            said = f"its source, {name}, lies outside of {folder.as_posix()} and was not read"
            yield Finding.at_line(file, 1, "raw-missing", said)
            return
        if path.exists() and not path.is_file():  # reading from a pipe would never end
            yield Finding.at_line(file, 1, "raw-missing", f"{shown} is no file and was not read")
            return
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        why = "" if isinstance(error, FileNotFoundError) else f" ({getattr(error, 'strerror', None) or error})"
        said = f"the raw file {shown} is not there{why}: whether the source is still the one that was encoded"
        yield Finding.at_line(file, 1, "raw-missing", f"{said} cannot be told")
        return
    if (len(data), hashlib.sha256(data).hexdigest()) != (document.source.bytes, document.source.sha256):
        yield _mismatch(shown, data, document)
    elif any(flow.text for flow in document.reading_flows):
        yield from _proved(document, Source(name, data, document.source.encoding, ""), file, pair)


def _proved(
    document: Document, source: Source, file: str, pair: tuple[etree._Element, bytes] | None
) -> Iterator[Finding]:
    """Ledger, and if the TEI is still the encoded one, freeze and restore, from the files as they are."""
    try:
        proofs.ledger(document, replace(source, text=source.data.decode(source.encoding)))
        if pair is not None and pair[1] == encode(document):
            proofs.freeze(document, reading.read(pair[0]))
            proofs.restore_from(pair[1], proofs.blanked(document))
    except InvariantError as error:
        yield Finding.at_line(file, 1, "sidecar-mismatch", f"{error.message}: {error.difference}")
    except (TeiprepError, UnicodeError, LookupError) as error:
        yield Finding.at_line(file, 1, "sidecar-mismatch", f"{source.name} does not come back from it: {error}")


def _mismatch(shown: str, data: bytes, document: Document) -> Finding:
    """Where the raw file parts from the source that the sidecar gives back."""
    line, told = 1, ""
    try:
        text, expected = data.decode(document.source.encoding), sidecar.source_text(document)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        told = f"; byte {error.start} is not {document.source.encoding}"
    except (TeiprepError, LookupError):
        text = expected = ""
    else:
        if any(flow.text for flow in document.reading_flows) and text != expected:
            at = first_parting(text, expected)
            line = Source(shown, data, document.source.encoding, text).line(at)
            ends = text.split() == expected.split() and text.splitlines() == expected.splitlines()
            told = "; the line ends are other ones" if ends else f"; {first_difference(text, expected)}"
    size = f"{len(data)} bytes, and had {document.source.bytes}"
    if len(data) == document.source.bytes:
        size = f"another SHA-256 (and {len(data)} bytes as before)"
    return Finding.at_line(shown, line, "raw-mismatch", f"this is not the file that was encoded: it has {size}{told}")
