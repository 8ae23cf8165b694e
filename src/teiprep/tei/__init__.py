"""From a document to TEI (`encode`) and from our TEI back to its texts (`reading`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import header, nesting
from .body import Body
from .writer import Writer

if TYPE_CHECKING:
    from teiprep.document import Document

NAMESPACE = "http://www.tei-c.org/ns/1.0"


def encode(document: Document) -> bytes:
    """The TEI file of `document`: UTF-8 with an XML declaration. It depends on nothing but the document.

    Raises InvariantError for what no TEI could say: notes in a circle, a character that XML forbids.
    """
    plan = nesting.plan(document)
    body = Body(document, plan)
    body.write_text()
    text = body.out.parts
    body.out.parts = []
    body.out.depth = 2
    body.write_annotations()
    head = Writer(1)
    header.write(head, document)
    if document.register or plan.apart:
        head.open("standOff", {})
        header.write_register(head, document)
        head.parts += body.out.parts
        head.close("standOff")
    # A document may be called what something in it is called; everything else has ids of its own.
    name = document.id
    while name in head.ids or name in body.out.ids:
        name += ".tei"
    start = Writer(None)
    start.start("TEI", {"xmlns": NAMESPACE, "xml:id": name, "xml:lang": header.language(document)})
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n', *start.parts, *head.parts, *text, "\n</TEI>\n"]
    return "".join(parts).encode()
