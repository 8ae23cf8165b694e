"""Builds small documents by hand: what segmenting and tagging would have given."""

import hashlib
from dataclasses import replace

from teiprep.alignment import Edit, Flow, Layout, Piece, restore
from teiprep.document import BODY, FURNITURE, Annotation, Block, Break, Document, Furniture, Note, SourceInfo
from teiprep.source import Source


def document(blocks, *, notes=(), name="sample", gap="\n\n", tail="", **layers):
    """A document of `blocks`: (type, text) for a leaf, (type, [blocks]) for a container, a third item for attributes.

    `notes` maps a note id to its blocks. The source is the body, the notes and nothing else.
    """
    flows, laid = [], []
    for flow, content in [(BODY, blocks), *dict(notes).items()]:
        text, found = _laid_out(flow, content, gap)
        text += tail
        flows.append(Flow(flow, text))
        laid += found
    furniture = layers.pop("furniture_text", "")
    if furniture:
        flows.append(Flow(FURNITURE, furniture))
    pieces, at = [], 0
    for flow in flows:
        if flow.text:
            pieces.append(Piece(at, at + len(flow.text), flow.id))
            at += len(flow.text)
    data = "".join(flow.text for flow in flows).encode()
    info = SourceInfo(f"{name}.txt", len(data), hashlib.sha256(data).hexdigest(), "utf-8", "\n")
    layers = {"notes": (), **layers}
    return Document(name, info, "plain", tuple(flows), tuple(pieces), (), tuple(laid), rules="0123", **_tuples(layers))


def _tuples(layers):
    return {key: tuple(value) if isinstance(value, list) else value for key, value in layers.items()}


def _laid_out(flow, content, gap):
    parts, blocks = [], []
    at = 0

    def walk(items, parent):
        nonlocal at
        for kind, inner, *more in items:
            number = len(blocks)
            name = f"{kind}-{flow}-{number}"
            if isinstance(inner, str):
                if at:
                    parts.append(gap)
                    at += len(gap)
                parts.append(inner)
                blocks.append(Block(name, kind, flow, at, at + len(inner), parent, *more))
                at += len(inner)
            else:
                blocks.append(Block(name, kind, flow, at, at, parent, *more))
                walk(inner, name)
                blocks[number] = replace(blocks[number], end=at)

    walk(content, None)
    return "".join(parts), blocks


def note(name, at, n="1", **fields):
    """A note on the body whose flow bears its id."""
    return Note(**{"id": name, "n": n, "flow": name, "at_flow": BODY, "at": at, "pairing": "number", **fields})


def page(name, at, n=None, **fields):
    """A page break in the body."""
    return Break(**{"id": name, "type": "pb", "flow": BODY, "offset": at, "n": n, **fields})


def tag(layer, document, quote, *, flow=BODY, certainty="high", **attributes):
    """An annotation on the first place where `quote` stands in a flow."""
    start = document.text_of[flow].index(quote)
    return Annotation(f"{layer}-{start}", layer, flow, start, start + len(quote), attributes, certainty, "hand")


def source_of(document):
    """The source of a document, from its flows and edits."""
    text = restore(document.text_of, document.pieces, document.edits)
    return Source.decode(document.source.file, text.encode(document.source.encoding), [document.source.encoding])


def layout_of(document):
    """The layout that goes with `source_of`."""
    return Layout(source_of(document).text, [edit for edit, _ in document.edits], document.pieces)


__all__ = ["Edit", "Furniture", "document", "layout_of", "note", "page", "source_of", "tag"]
