"""The document: flows of text, and the layers upon them. Frozen values with stable ids; the model knows no output.

A *flow* is a text that reads on without interruption (`body`, one for each note, `furniture`). Everything else points
into flows with half-open code-point offsets. Ids never depend on a list position: a block or annotation is named after
the source offset where it begins, a note and a page after the number they bear.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from .alignment import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .alignment import Edit, Flow, Layout, Piece
    from .diagnostics import Diagnostic

BODY = "body"
FURNITURE = "furniture"

Certainty = Literal["high", "medium", "low"]

#: Blocks that hold other blocks and no text of their own.
CONTAINERS = frozenset(
    {
        "front",
        "titlePage",
        "docTitle",
        "div",
        "opener",
        "closer",
        "postscript",
        "address",
        "list",
        "table",
        "row",
        "lg",
        "quote",
    }
)
#: Blocks that hold text. Between two of them a flow has nothing but line feeds.
LEAVES = frozenset(
    {
        "p",
        "head",
        "titlePart",
        "byline",
        "docImprint",
        "item",
        "cell",
        "l",
        "dateline",
        "salute",
        "signed",
        "addrLine",
        "trailer",
        "note",
    }
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a flow; `parent` is the id of the container around it, None at the top.

    Leaves come in the order of the text, a container right before its first child. `certainty` is that of its type.
    Attributes by type: `div` has `type`; `list` may have `rend` (`bulleted`, `numbered`); `titlePart` may have `type`;
    a `note` block has `type` `source`: a file number or the like that stands before the head. The flow of a footnote
    has `p` blocks, and whatever else it holds.
    """

    id: str
    type: str
    flow: str
    start: int
    end: int
    parent: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    certainty: Certainty = "high"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """Where a page, a column or a line begins: before the character at `offset` of `flow`.

    A line (`lb`) only where the lines of a paragraph were kept, as in an address.
    A `milestone` is where an ornament, a row of stars or a rule, parts two sections.
    `n` is the number as printed (None if there was none: a number is never invented), `within_word` tells a break
    that cuts a word. `marker` is the span of the furniture that showed it, if any.
    """

    id: str
    type: Literal["pb", "cb", "lb", "milestone"]
    flow: str
    offset: int
    n: str | None = None
    within_word: bool = False
    marker: tuple[int, int] | None = None
    rule: str = ""
    certainty: Certainty = "high"


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its reference in `at_flow` before the character at `at`, its body in the flow `flow`.

    `flow` is None for a reference without a body; `anchored` is False for a body without a reference, which stands at
    the place where it was printed. `n` is the number in the running text, `label` the one in the list of notes.
    `siglum` is the span of the reference mark in the furniture. `pairing` says how the two were brought together:
    `number`, `order`, or `""` if they were not.
    """

    id: str
    n: str
    flow: str | None
    at_flow: str
    at: int
    anchored: bool = True
    label: str | None = None
    siglum: tuple[int, int] | None = None
    place: Literal["foot", "end"] = "foot"
    pairing: Literal["number", "order", ""] = ""
    certainty: Certainty = "high"


@dataclass(frozen=True, slots=True)
class Furniture:
    """One thing in the furniture flow: a `header`, `footer`, `pageNum`, page `marker`, note `siglum` or note `label`.

    The first three stand in the TEI as `fw`, beside the break `page` (before it at the foot, after it at the head);
    if `page` is None, at the end of the body. An `ornament` is the marker of a break of the type `milestone`.
    """

    id: str
    type: Literal["header", "footer", "pageNum", "marker", "siglum", "label", "ornament"]
    start: int
    end: int
    page: str | None = None
    place: Literal["top", "bottom"] | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """A tag on `flow[start:end]`, proposed by `rule`; layers may overlap freely.

    The layers, each with its attributes:

    - `person`: ref (a register id)
    - `date`: when | from, to | notBefore, notAfter, of which one may stand alone; edtf; precision; calendar,
      when-custom; evidence (internal or external), clue (the annotation id of the date that gave the year)
    - `quotation`: kind (q, said, quote, soCalled, mentioned or gloss); who (a register id); next, prev (annotation
      ids); citedIn (the id of the note that gives the source); marks (straight marks as they would be directed)
    - `emphasis`: rend (italic or bold)
    - `bibl` (a citation): target (the annotation id of the first citation of the same work)
    - `author`, in a byline or a citation: role (editor)
    - `title`: level (m, a or j)
    - `pubPlace`, in a citation
    - `citedRange`: unit (page, volume …), from, to (as printed)
    - `reference`: type (ibid, idem, opCit or locCit), target (the id of a note or of a `bibl`)
    - `number`: type (telegram)
    - `place` (in a dateline)

    The values of a date are written as W3C XML Schema writes them: with a time `1935-11-04T10:00:00`, and without a
    year 0, so that 44 B.C. is `-0044`. `edtf` (ISO 8601-2) has a year 0. `precision` is `low` for a rough value
    ("circa"). Where the words say Old Style, `calendar` is `julian`, `when-custom` the date as they have it, `when`
    the Gregorian.
    """

    id: str
    layer: str
    flow: str
    start: int
    end: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    certainty: Certainty = "high"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """An entry of the document's register; `names` are the forms that occur, the fullest first."""

    id: str
    names: tuple[str, ...]
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Correspondence:
    """One side of a letter: who sent or received it, and when and where as far as the text says.

    `ref` is a register id, `date` holds `att.datable` attributes (`when` …) and `precision`, `name`, `role`, `place`
    are as printed.
    """

    type: Literal["sent", "received"]
    name: str | None = None
    ref: str | None = None
    role: str | None = None
    place: str | None = None
    date: Mapping[str, str] = field(default_factory=dict)
    certainty: Certainty = "high"


class Correction(NamedTuple):
    """`[start, end)` of a flow is read where the source has `original`: an edit of the kind `correction`."""

    start: int
    end: int
    original: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Metadatum:
    """One value of the metadata, and where it came from: `command line`, `metadata.csv`, `teiprep.toml`, `text`, …"""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What the record says of the source, without holding it."""

    file: str
    bytes: int
    sha256: str
    encoding: str
    newline: str


@dataclass(frozen=True)
class Document:
    """A document with all its layers: everything that the TEI and the sidecar say comes from here."""

    id: str
    source: SourceInfo
    origin: str  # what kind of text came in: `web`, `pages`, `markdown`, `plain` (see read/origin)
    flows: tuple[Flow, ...]
    pieces: tuple[Piece, ...]
    edits: tuple[tuple[Edit, str], ...]  # each with the original that it replaced
    blocks: tuple[Block, ...] = ()
    breaks: tuple[Break, ...] = ()
    notes: tuple[Note, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    sentences: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    annotations: tuple[Annotation, ...] = ()
    register: tuple[Person, ...] = ()
    correspondence: tuple[Correspondence, ...] = ()
    metadata: Mapping[str, Metadatum] = field(default_factory=dict)
    options: Mapping[str, str | bool] = field(default_factory=dict)  # the settings that shape the encoding
    rules: str = ""  # the digest of the rule set
    diagnostics: tuple[Diagnostic, ...] = ()

    @cached_property
    def text_of(self) -> dict[str, str]:
        """The text of each flow, by the flow's id."""
        return {flow.id: flow.text for flow in self.flows}

    @cached_property
    def leaves(self) -> dict[str, list[Block]]:
        """The blocks that hold text, by flow, in order."""
        by_flow: dict[str, list[Block]] = defaultdict(list)
        for block in self.blocks:
            if block.type in LEAVES:
                by_flow[block.flow].append(block)
        return by_flow

    @cached_property
    def corrections(self) -> Mapping[str, tuple[Correction, ...]]:
        """The misread letters that were corrected, by flow, in order."""
        by_flow: dict[str, list[Correction]] = defaultdict(list)
        if any(edit.kind == "correction" for edit, _ in self.edits):
            for flow, at, edit, original in places(self.pieces, self.edits):
                if edit.kind == "correction":
                    by_flow[flow].append(Correction(at, at + len(edit.replacement), original, edit.certainty))
        return {flow: tuple(found) for flow, found in by_flow.items()}

    @cached_property
    def reading_flows(self) -> tuple[Flow, ...]:
        """The flows that a reader reads: all but the furniture."""
        return tuple(flow for flow in self.flows if flow.id != FURNITURE)

    def layer(self, name: str) -> Iterator[Annotation]:
        """The annotations of one layer, in order."""
        return (annotation for annotation in self.annotations if annotation.layer == name)

    def quote(self, item: Annotation | Block) -> str:
        """The text of an annotation or a block."""
        return self.text_of[item.flow][item.start : item.end]


class Annotator:
    """What a tagging rule is given: the frozen document, and a pen that names annotations after their place.

    An id is the layer and the source offset (`date-2113`); two that begin at one place get `-2`, `-3`.
    """

    def __init__(self, document: Document, layout: Layout) -> None:
        self.document = document
        self.layout = layout
        self._used: dict[str, int] = {}

    def annotation(
        self,
        layer: str,
        flow: str,
        start: int,
        end: int,
        *,
        rule: str,
        certainty: Certainty = "high",
        **attributes: str | None,
    ) -> Annotation:
        """A new annotation with its id; attributes that are None are left out."""
        given = {key: value for key, value in attributes.items() if value is not None}
        name = f"{layer}-{self.layout.source_start(flow, start)}"
        self._used[name] = count = self._used.get(name, 0) + 1
        return Annotation(name if count == 1 else f"{name}-{count}", layer, flow, start, end, given, certainty, rule)

    def source_span(self, annotation: Annotation) -> tuple[int, int]:
        """The span of an annotation in the source, in code points."""
        return self.layout.source_span(annotation.flow, annotation.start, annotation.end)

    def extend(self, annotations: Iterable[Annotation]) -> None:
        """Add annotations to the document, in the order of the text."""
        both = sorted((*self.document.annotations, *annotations), key=lambda a: (a.flow, a.start, -a.end, a.id))
        self.document = replace(self.document, annotations=tuple(both))
