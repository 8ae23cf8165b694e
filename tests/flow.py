"""Small documents for the tests of tagging: paragraphs parted by blank lines, and a prefix that says what a block is.

    [head] Mr. Hale to Miss Thorne
    [dateline] Leeds, 4 May 1861
    [n1] A note's body.

`[n1]` opens the flow `fn-1`; its reference stands where the body says `{1}`. `*so*` is italic.
"""

from __future__ import annotations

import re

from teiprep.alignment import Layout, Piece
from teiprep.diagnostics import Diagnostic
from teiprep.document import Annotator, Block, Document, Metadatum, Note, SourceInfo

IN_OPENER, IN_CLOSER, LINE = {"dateline", "salute"}, {"signed"}, re.compile(r"\[(\w+)\] ?")


def pen_for(text: str, *, divide: str = "letter", **metadata: str) -> Annotator:
    """A pen on a document whose body (and note) leaves are the paragraphs of `text`; one division holds the body."""
    body, notes, blocks, italics = [], [], [Block("div-1", "div", "body", 0, 0, None, {"type": divide})], []
    at, sigla, bodies = 0, {}, {}
    for paragraph in text.strip("\n").split("\n\n"):
        match = LINE.match(paragraph)
        kind, words = (match[1], paragraph[match.end() :]) if match else ("p", paragraph)
        if re.fullmatch(r"n\d+", kind):
            bodies[kind[1:]] = words
            continue
        while siglum := re.search(r"\{(\d+)\}", words):
            words = words[: siglum.start()] + words[siglum.end() :]
            sigla[siglum[1]] = at + siglum.start()
        words = _italics(words, "body", at, italics)
        blocks.append(Block(f"b-{at}", kind, "body", at, at + len(words), "div-1"))
        body.append(words)
        at += len(words) + 1
    flows = {"body": "\n".join(body)}
    for n, words in bodies.items():
        flow = f"fn-{n}"
        start = sum(len(t) + 1 for t in flows.values())
        flows[flow] = _italics(words, flow, 0, italics)
        blocks.append(Block(f"n-{start}", "p", flow, 0, len(flows[flow])))
        notes.append(Note(flow, n, flow, "body", sigla.get(n, max(at - 1, 0))))
    pieces, source, low = [], "", 0
    for flow, words in flows.items():
        source += words
        pieces.append(Piece(low, len(source), flow))
        low = len(source)
    layout = Layout(source, [], pieces)
    document = Document(
        "test", SourceInfo("test.txt", 0, "", "utf-8", "\n"), "plain", layout.flows, tuple(pieces), (),
        blocks=tuple(blocks), notes=tuple(notes), metadata={k: Metadatum(v, "test") for k, v in metadata.items()},
    )  # fmt: skip
    pen = Annotator(document, layout)
    pen.extend(pen.annotation("emphasis", f, a, b, rule="markdown", rend="italic") for f, a, b in italics)
    return pen


def _italics(words: str, flow: str, at: int, italics: list[tuple[str, int, int]]) -> str:
    out, inside = "", None
    for part in re.split(r"(\*)", words):
        if part != "*":
            out += part
        elif inside is None:
            inside = len(out)
        else:
            italics.append((flow, at + inside, at + len(out)))
            inside = None
    return out


def apply(pen: Annotator, *rules) -> list[Diagnostic]:
    """Run the rules in order, keep their annotations in the pen's document, and return what they complained of."""
    complaints = []
    for rule in rules:
        proposed = list(rule(pen))
        complaints += [x for x in proposed if isinstance(x, Diagnostic)]
        pen.extend(x for x in proposed if not isinstance(x, Diagnostic))
    return complaints


def quotes(pen: Annotator, layer: str) -> list[str]:
    """The texts of one layer, in the order of the flows and of the text."""
    order = [flow.id for flow in pen.document.flows]
    return [
        pen.document.quote(a)
        for a in sorted(pen.document.layer(layer), key=lambda a: (order.index(a.flow), a.start, -a.end))
    ]
