"""Reads TEI of any practice into one form: the running text, and what stands on it, by offsets.

Elements are known by their local names, so that TEI P5, P4 without a namespace and bare fragments are read alike. What
is read of each practice, and what is not, stands in docs/evaluate.md.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from teiprep.diagnostics import TeiprepError
from teiprep.tei.parsing import parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DIVISIONS = _words("div div0 div1 div2 div3 div4 div5 div6 div7")
#: Elements that hold text and stand alone; what stands in one of them is inline, if it can be either.
_LEAVES = _words("p ab head l salute signed dateline byline titlePart item cell trailer docImprint argument")
_BLOCKS = (
    _DIVISIONS
    | _LEAVES
    | _words(
        "opener closer postscript list lg sp speaker row table titlePage docTitle docAuthor docDate docEdition epigraph"
        " imprimatur address addrLine text front body back group floatingText figure listBibl castList castItem"
    )
)
#: Blocks if they stand between blocks or hold some, else inline.
_EITHER = _words("q quote said stage cit bibl biblStruct label note")
_SKIPPED = _words(
    "teiHeader fw del figDesc graphic media facsimile sourceDoc standOff certainty index interp interpGrp spanGrp"
    " linkGrp listPerson listPlace listOrg listEvent listNym gap metamark"
)
_CHOICES = ("corr", "reg", "expan", "sic", "orig", "abbr", "unclear")
_REFERENCES = _words("ref ptr anchor xref xptr seg hi num label g")
_LETTER_PARTS = _words("head dateline salute opener closer signed")
_QUOTATIONS = _words("q quote said")
_PERSON_TYPES = _words("person pers per persname people")
_ROOTS = _words("TEI TEI.2 teiCorpus teiCorpus.2 text group front body") | _DIVISIONS

_NOTE_TYPE = re.compile("note|anchor|siglum", re.IGNORECASE)
_SYMBOLS = re.compile(r"[\W_]*(?:\d{1,4}[a-z]?|[a-z]{1,2}|[ivxlc]{1,6})?[\W_]*", re.IGNORECASE)
_LABEL = re.compile(r"\W{0,3}(\d{1,3}[a-z]?\b|(?!\d)\W{1,3})\W{0,2}\s+(?=\S)")
_SPACES = re.compile(r"\s+")

_QUOTES = "\"'“”‘’„‚«»‹›`´′″"
_DASHES = "‐‑‒–—―−"
_UNSEEN = "\u00ad\ufeff\u200b\u200c\u200d\u2060"


class _Folding(dict[int, str]):
    """How characters are compared: without quotation marks, one dash, one space, NFKC; filled as they occur."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _QUOTES or char in _UNSEEN:
            folded = ""
        elif char in _DASHES:
            folded = "-"
        else:
            folded = "".join(
                " " if each.isspace() else each for each in unicodedata.normalize("NFKC", char) if each not in _QUOTES
            )
        self[code] = folded
        return folded


_FOLDING = _Folding()


class Point(NamedTuple):
    """A page break (`value` is its number, if any) or the beginning of a block, before the character `at`."""

    at: int
    value: str | None
    line: int


class Span(NamedTuple):
    """An element on `text[start:end]`, without white space at its ends; `value` is a date or a person's key."""

    start: int
    end: int
    value: str | None
    line: int


class NoteText(NamedTuple):
    """A note: behind which character it is anchored (None: not known), and its text without its label."""

    at: int | None
    body: str
    line: int


@dataclass(slots=True)
class Reading:
    """A TEI document as it is compared. Offsets are code points of `text`; lists are in the order of the text."""

    text: str
    pages: list[Point] = field(default_factory=list)
    breaks: list[Point] = field(default_factory=list)
    notes: list[NoteText] = field(default_factory=list)
    spans: dict[str, list[Span]] = field(default_factory=dict)


def fold(text: str) -> str:
    r"""Text as it is compared.

    >>> fold("“No,”  said ﬁfty\nmen – twice")
    'No, said fifty men - twice'
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_FOLDING)).strip()


def parse(data: bytes) -> etree._Element:
    """The root of the XML in `data`; nothing is fetched, and no entity is resolved but characters by name.

    Raises etree.XMLSyntaxError.
    """
    return etree.fromstring(data, parser(huge=True))


def read(root: etree._Element) -> Reading:
    """The document under `root`: TEI, a corpus (all its texts, one after the other), or a part of one.

    Raises TeiprepError, code `source-empty`, if it holds no TEI text.
    """
    if _name(root) not in _ROOTS:
        raise TeiprepError(f"<{_name(root)}> is no TEI document", code="source-empty", hint="the root is TEI or TEI.2")
    texts = [root]
    if _name(root) in {"TEI", "TEI.2", "teiCorpus", "teiCorpus.2"}:
        texts = [
            each for each in root.iter("{*}text") if not any(_name(above) == "text" for above in each.iterancestors())
        ]
    if not texts:
        raise TeiprepError("it holds no <text>", code="source-empty", hint="only transcriptions can be compared")
    plan = _Plan(root)
    reader = _Reader(plan)
    for text in texts:
        reader.walk(text)
    reader.remaining(root)
    return reader.finish()


def _name(element: etree._Element) -> str:
    """The local name; empty for comments, processing instructions and entities."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _id(element: etree._Element) -> str | None:
    return element.get(_XML_ID) or element.get("id")


def _line(element: etree._Element) -> int:
    return int(element.sourceline or 0)


def _pointers(element: etree._Element, *names: str) -> Iterator[str]:
    """The ids in this document that attributes of these names point to."""
    for name in names:
        for pointer in (element.get(name) or "").split():
            if "#" in pointer or name in {"target", "targetEnd"}:
                yield pointer.rpartition("#")[2]


def _is_mark(element: etree._Element) -> bool:
    """Whether a reference is a note's sign, or nothing; words make it a cross-reference."""
    if _NOTE_TYPE.search(element.get("type") or ""):
        return True
    text = "".join(element.itertext(etree.Element)).strip()
    return len(text) <= 8 and _SYMBOLS.fullmatch(text) is not None


def _collects(element: etree._Element) -> bool:
    """Whether an element is there to hold notes, and its head is no text of the document."""
    if _name(element) not in _DIVISIONS | {"list", "back", "noteGrp"}:
        return False
    names = {_name(child) for child in element} - {""}
    return "note" in names and names <= {"note", "noteGrp", "head", "pb", "lb", "cb", "fw", "milestone"}


class _Plan:
    """What must be known of a document before it is read: which reference stands for which note."""

    def __init__(self, root: etree._Element) -> None:
        notes: dict[str, tuple[int, etree._Element]] = {}
        #: The element that stands for a page: gatherings do where there is no better.
        self.pages = "gb"
        self.collecting: set[etree._Element] = set()
        references: list[tuple[int, etree._Element]] = []
        targeting: list[etree._Element] = []
        ids: dict[str, etree._Element] = {}
        for order, element in enumerate(root.iter(etree.Element)):
            name = _name(element)
            if name == "pb" or (name == "milestone" and element.get("unit") == "page"):
                self.pages = "pb"
            if name == "note":
                if id_ := _id(element):
                    notes.setdefault(id_, (order, element))
                if element.get("target") or element.get("corresp"):
                    targeting.append(element)
            elif name in _REFERENCES:
                references.append((order, element))
            if name != "note" and (id_ := _id(element)):
                ids.setdefault(id_, element)
            if _collects(element):
                self.collecting.add(element)
        #: The notes that a reference stands for, and all notes that stand elsewhere than where they belong.
        self.at: dict[etree._Element, etree._Element] = {}
        self.elsewhere: set[etree._Element] = set()
        #: Elements behind whose end notes belong, and references whose text is only a sign.
        self.behind: defaultdict[etree._Element, list[etree._Element]] = defaultdict(list)
        self.signs: set[etree._Element] = set()
        self._references(references, notes)
        for note in targeting:
            if note in self.elsewhere:
                continue
            targets = [ids[id_] for id_ in _pointers(note, "target", "corresp", "targetEnd") if id_ in ids]
            targets = [
                each for each in targets if note not in each.iterancestors() and each not in note.iterancestors()
            ]
            if targets:
                self.elsewhere.add(note)
                self.behind[targets[-1]].append(note)
                if _name(targets[-1]) in _REFERENCES and _is_mark(targets[-1]):
                    self.signs.add(targets[-1])

    def _references(
        self, references: list[tuple[int, etree._Element]], notes: dict[str, tuple[int, etree._Element]]
    ) -> None:
        within: list[tuple[etree._Element, etree._Element]] = []
        for order, element in references:
            found = next((notes[id_] for id_ in _pointers(element, "target", "corresp") if id_ in notes), None)
            if found is None:
                if _name(element) in {"ref", "xref"} and (element.get("type") or "").lower() == "noteanchor":
                    self.signs.add(element)  # the sign of a note that is lost
                continue
            place, note = found
            if not _is_mark(element) or note in self.elsewhere or (place < order and self.stands_in_text(note)):
                continue
            around = [_name(above) for above in element.iterancestors()]
            if "note" in around:
                within.append((element, note))
            elif "teiHeader" not in around and "standOff" not in around:
                self._place(element, note)
        for element, note in within:
            if note not in self.elsewhere and not self.stands_in_text(note) and note not in element.iterancestors():
                self._place(element, note)

    def collected(self, note: etree._Element) -> bool:
        """Whether a note stands where notes are gathered, away from what they belong to."""
        for above in note.iterancestors():
            if _name(above) in {"back", "standOff", "noteGrp"} or above in self.collecting:
                return True
            if _name(above) in _DIVISIONS and "note" in (above.get("type") or "").lower():
                return True
        return note.get("type") == "unanchored"

    def stands_in_text(self, note: etree._Element) -> bool:
        """Whether a note stands among the words of a block, and so, it seems, at its place."""
        return any(_name(above) in _LEAVES for above in note.iterancestors()) and not self.collected(note)

    def _place(self, reference: etree._Element, note: etree._Element) -> None:
        self.at[reference] = note
        self.signs.add(reference)
        self.elsewhere.add(note)


@dataclass(slots=True)
class _Tag:
    """An element while it is read, and then; offsets in the unfolded text."""

    layer: str
    start: int
    end: int
    value: str | None
    line: int


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is being read: the stretch of its own text, and how deep in other blocks in it we are."""

    stretch: _Tag
    depth: int = 0


class _Reader:
    """Walks through elements, without recursion, and collects text and what stands on it."""

    def __init__(self, plan: _Plan, *, within: bool = False) -> None:
        self.plan = plan
        self.within = within  # a note: only its text is wanted
        self.parts: list[str] = []
        self.length = 0
        self.solid = 0  # where the last character that is no white space ends
        self.tags: list[_Tag] = []
        self.open: list[tuple[etree._Element, list[_Tag]]] = []
        self.counts: dict[str, int] = dict.fromkeys(("leaf", "person"), 0)
        self.pages: list[tuple[int, str | None, int]] = []
        self.breaks: list[tuple[int, int]] = []
        self.joins: list[tuple[int, bool]] = []
        self.notes: list[tuple[int | None, etree._Element]] = []
        self.seen: set[etree._Element] = set()
        self.left_out: set[etree._Element] = set()
        self.paragraphs: list[_Paragraph] = []
        self.last: _Tag | None = None  # the stretch with which the last paragraph ended

    # -- the walk

    def walk(self, top: etree._Element) -> None:
        """Read `top` and all that is in it, but not its tail."""
        stack = [(top, iter(top))] if self.enter(top) else []
        while stack:
            element, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self.leave(element)
                child = element
            elif self.enter(child):
                stack.append((child, iter(child)))
                continue
            if child is not top:
                parent = child.getparent()
                if parent is None or _name(parent) not in {"choice", "app", "subst"}:
                    self.add(child.tail)

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)
            if stripped := len(text.rstrip()):
                self.solid = self.length - len(text) + stripped

    def cut(self, line: int) -> None:
        """A block begins or ends here."""
        self.breaks.append((self.length, line))
        self.add(" ")

    def enter(self, element: etree._Element) -> bool:
        """Begin to read an element; whether there is more in it to read."""
        name = _name(element)
        if not name:
            if isinstance(element, etree._Entity):  # noqa: SLF001 - the public name is a function
                self.add(_entity(element))
            return False
        if element in self.left_out or name in _SKIPPED:
            self.skip(element)
            return False
        if element in self.plan.signs:
            self.placed(element)
            return False
        if name in {"pb", "gb", "lb", "cb", "milestone"}:
            self.milestone(element, name)
            return False
        if name == "note" and not self.is_inline_note(element):
            self.note(element)
            return False
        if element in self.plan.collecting:
            for each in element.iter("{*}note"):
                if not any(above in self.seen for above in each.iterancestors()):
                    self.note(each)
            return False
        if name in {"choice", "app"}:
            self.choose(element, name)
            return True
        if name == "space":
            self.add(" ")
        self.begin(element, name)
        self.add(element.text)
        return True

    def leave(self, element: etree._Element) -> None:
        name = _name(element)
        if name in {"choice", "app"}:
            return
        block = self.is_block(element, name)
        for tag in self.open.pop()[1]:
            if tag.layer == "paragraphs":
                self.last = self.paragraphs.pop().stretch
                self.last.end = self.length
                continue
            tag.end = self.length
            if tag.layer == "persons":
                self.counts["person"] -= 1
        if name in _LEAVES:
            self.counts["leaf"] -= 1
        self.placed(element)
        after = element.getnext() if name == "label" else None
        if after is not None and _name(after) == "item":
            self.add(" ")  # a label and its item are one line
        elif block:
            self.cut(_line(element))
        if block and self.paragraphs:
            around = self.paragraphs[-1]
            around.depth -= 1
            if not around.depth:  # the paragraph goes on behind a block in it
                around.stretch = _Tag("paragraphs", self.length, 0, None, _line(element))
                self.tags.append(around.stretch)

    # -- elements

    def is_inline_note(self, element: etree._Element) -> bool:
        """A note that is printed in the text, where it stands: a block of text as others."""
        return "inline" in f"{element.get('place') or ''} {element.get('rend') or ''}".split()

    def is_block(self, element: etree._Element, name: str) -> bool:
        if name in _BLOCKS:
            before = element.getprevious() if name == "item" else None
            return before is None or _name(before) != "label"
        if name == "label" and (parent := element.getparent()) is not None and _name(parent) == "list":
            return True
        if name not in _EITHER:
            return False
        inside = self.counts["leaf"]
        return (
            not inside
            or any(_name(child) in _BLOCKS for child in element)
            or "block" in f"{element.get('rend') or ''}{element.get('rendition') or ''}"
        )

    def begin(self, element: etree._Element, name: str) -> None:
        tags: list[_Tag] = []
        self.open.append((element, tags))
        block = self.is_block(element, name)
        if block and self.paragraphs:
            around = self.paragraphs[-1]
            if not around.depth:
                around.stretch.end = self.length
            around.depth += 1
        part = element.get("part") in {"M", "F"} or bool(element.get("prev"))
        if name in {"p", "ab"} and part and self.last is not None and self.last.end >= self.solid:
            # The paragraph goes on; what ended between its parts is no boundary.
            del self.breaks[bisect_left(self.breaks, (self.last.end, -1)) :]
            tags.append(self.last)
        elif block:
            self.cut(_line(element))
        if name in _LEAVES:
            self.counts["leaf"] += 1
        if self.within:
            return
        for layer, value in self.layers(element, name):
            if layer == "persons":
                self.counts["person"] += 1
            if layer != "paragraphs" or not tags:
                tags.append(_Tag(layer, self.length, 0, value, _line(element)))
                self.tags.append(tags[-1])
            if layer == "paragraphs":
                self.paragraphs.append(_Paragraph(tags[-1]))

    def layers(self, element: etree._Element, name: str) -> Iterator[tuple[str, str | None]]:
        """The layers that an element belongs to, each with its value."""
        parent = element.getparent()
        if name in {"p", "ab"} and (parent is None or _name(parent) not in {"item", "cell", "note"}):
            yield "paragraphs", None
        elif name in _LETTER_PARTS:
            yield name, None
        elif name == "titlePart":
            yield "head", None
        elif name in _QUOTATIONS:
            yield "quotes", None
        elif name == "date":
            yield "dates", _date(element)
        elif not self.counts["person"] and (
            name == "persName" or (name in {"name", "rs"} and (element.get("type") or "").lower() in _PERSON_TYPES)
        ):
            key = next((key for each in ("ref", "key", "corresp", "nymRef") if (key := element.get(each))), None)
            yield "persons", key and key.strip().lstrip("#")

    def milestone(self, element: etree._Element, name: str) -> None:
        unbroken = element.get("break") == "no"
        if name == "milestone" and element.get("unit") != "page":
            return
        if name in {"pb", "milestone", "lb", "cb"}:
            self.joins.append((self.length, unbroken))
        if name in {self.plan.pages, "milestone"}:
            self.pages.append((self.length, _number(element), _line(element)))
        if name in {"lb", "cb"} and not unbroken:
            self.add(" ")

    def skip(self, element: etree._Element) -> None:
        """What is no text; but a page that begins in it begins all the same."""
        if _name(element) in {"teiHeader", "standOff", "facsimile", "sourceDoc"}:
            return
        for each in element.iter("{*}pb", "{*}milestone", "{*}gb"):
            self.milestone(each, _name(each))

    def choose(self, element: etree._Element, name: str) -> None:
        """Of the children of a choice, leave all out but the one that is read."""
        children = [child for child in element if _name(child)]
        if name == "app":
            chosen = next((each for each in children if _name(each) == "lem"), None)
        else:
            order = {each: rank for rank, each in enumerate(_CHOICES)}
            chosen = min(children, key=lambda each: order.get(_name(each), len(order)), default=None)
        if chosen is None and children:
            chosen = children[0]
        self.left_out.update(each for each in children if each is not chosen)

    # -- notes

    def note(self, element: etree._Element) -> None:
        """A note where it stands in the file; it may belong elsewhere."""
        if element not in self.plan.elsewhere:
            self.take(None if self.plan.collected(element) else self.length, element)

    def placed(self, element: etree._Element) -> None:
        """The notes for which an element stands, and those that belong behind it."""
        if element in self.plan.at:
            self.take(self.length, self.plan.at[element])
        for note in self.plan.behind.get(element, ()):
            self.take(self.length, note)

    def take(self, at: int | None, note: etree._Element) -> None:
        if note not in self.seen:
            self.seen.add(note)
            self.notes.append((at, note))

    def remaining(self, root: etree._Element) -> None:
        """Notes that the walk did not meet: in standOff, or with a reference that was not read."""
        for element in root.iter("{*}standOff"):
            for note in element.iter("{*}note"):
                parent = note.getparent()
                if parent is not None and _name(parent) in {"standOff", "noteGrp"} and note not in self.seen:
                    self.take(None, note)
        for note in dict.fromkeys((*self.plan.at.values(), *(n for each in self.plan.behind.values() for n in each))):
            if note not in self.seen and not any(above in self.seen for above in note.iterancestors()):
                self.take(None, note)

    def bodies(self) -> Iterator[tuple[int | None, etree._Element, str]]:
        """All notes with their texts; one that stands in another is anchored where that is."""
        queue = list(self.notes)
        done = set(self.seen)
        for at, note in queue:  # grows while it is walked
            reader = _Reader(self.plan, within=True)
            reader.begin(note, "note")
            reader.add(note.text)
            for child in note:
                reader.walk(child)
                reader.add(child.tail)
            inner = [each for _, each in reader.notes if each not in done]
            done.update(inner)
            queue += [(at, each) for each in inner]
            yield at, note, _without_label(reader.finish().text, note.get("n"))

    # -- the end

    def finish(self) -> Reading:
        """All that was read, on the folded text."""
        raw = "".join(self.parts)
        notes = [] if self.within else list(self.bodies())
        removed = list(_joined(raw, self.joins))
        offsets = {at for at, *_ in self.pages} | {at for at, _ in self.breaks}
        offsets |= {at for at, *_ in notes if at is not None}
        offsets |= {edge for tag in self.tags for edge in (tag.start, tag.end)}
        text, place = _folded(raw, offsets, removed)
        reading = Reading(text)

        def behind(at: int) -> int:
            """The offset before the next character."""
            return place[at] + (text[place[at] : place[at] + 1] == " ")

        def before(at: int) -> int:
            """The offset behind the character before."""
            return place[at] - (place[at] > 0 and text[place[at] - 1] == " ")

        reading.pages = [Point(behind(at), n, line) for at, n, line in self.pages]
        starts = {behind(at): line for at, line in reversed(self.breaks)}
        reading.breaks = [Point(at, None, line) for at, line in sorted(starts.items()) if 0 < at < len(text)]
        reading.notes = [NoteText(None if at is None else before(at), body, _line(note)) for at, note, body in notes]
        spans = defaultdict(list)
        for tag in self.tags:
            if (start := behind(tag.start)) < (end := before(tag.end)):
                spans[tag.layer].append(Span(start, end, tag.value, tag.line))
        reading.spans = {layer: sorted(found, key=lambda span: span[:2]) for layer, found in spans.items()}
        return reading


def _entity(entity: etree._Element) -> str:
    """A character by the name that HTML gives it, as ISO did; else a sign that something stood here."""
    found = html.unescape(entity.text or "")
    return found if not found.startswith("&") else "\ufffd"


def _number(element: etree._Element) -> str | None:
    """The number of a page, without the brackets that say who supplied it."""
    number = "".join(char for char in element.get("n") or "" if char.isprintable())
    return " ".join(number.split()).strip("[]() ").casefold() or None


def _date(element: etree._Element) -> str | None:
    """What a date stands for, as far as the day: one date or the ends of a range."""
    ends = []
    for names in (("when", "from", "notBefore"), ("when", "to", "notAfter")):
        wanted = (each for name in names for each in (name, f"{name}-iso", f"{name}-custom"))
        found = next((value for name in wanted if (value := element.get(name))), None) or element.get("value") or ""
        ends.append(found.strip().partition("T")[0])
    return None if not any(ends) else ends[0] if ends[0] == ends[1] else "/".join(ends)


def _without_label(body: str, number: str | None) -> str:
    """A note's text without the sign at its beginning, if that is the note's own."""
    match = _LABEL.match(body)
    if match is None:
        return body
    own = fold(number or "").strip(".()[]: ")
    label = match[0].strip(" .()[]:")
    return body[match.end() :] if label == own or (not own and not label[:1].isalnum() and label) else body


def _joined(raw: str, joins: Iterable[tuple[int, bool]]) -> Iterator[tuple[int, int]]:
    """What is no text around breaks within words: white space and the hyphen before it."""
    last = 0
    for at, unbroken in sorted(set(joins)):
        if at < last:
            continue
        start, end = at, at
        while start > last and raw[start - 1].isspace():
            start -= 1
        while end < len(raw) and raw[end].isspace():
            end += 1
        hyphen = start - 1 > last and raw[start - 1] in "-\u00ad\u2010¬" and raw[start - 2].isalpha()
        if unbroken or (hyphen and end < len(raw) and raw[end].islower()):
            yield start - hyphen, end
        last = end


def _folded(raw: str, offsets: Iterable[int], removed: list[tuple[int, int]]) -> tuple[str, dict[int, int]]:
    """The text as it is compared, without what is `removed`, and where each of the offsets stands in it."""
    gone = {start: end for start, end in removed if start < end}
    cuts = sorted({*offsets, 0, len(raw), *gone, *gone.values()})
    parts: list[str] = []
    place: dict[int, int] = {}
    length, spaced, until = 0, True, 0
    for here, following in zip(cuts, [*cuts[1:], len(raw)], strict=True):
        place[here] = length
        until = max(until, gone.get(here, 0))
        if here < until:
            continue
        piece = _SPACES.sub(" ", unicodedata.normalize("NFC", raw[here:following]).translate(_FOLDING))
        if spaced and piece.startswith(" "):
            piece = piece[1:]
        if piece:
            parts.append(piece)
            length += len(piece)
            spaced = piece.endswith(" ")
    text = "".join(parts)
    if text.endswith(" "):
        text = text[:-1]
        place = {at: min(offset, len(text)) for at, offset in place.items()}
    return text, place
