"""Builds the tree: front matter, divisions from heads and their rank, openers and closers, lists and verse."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .common import MASK

if TYPE_CHECKING:
    from .common import Para

_IMPRINT = re.compile(
    r"©|\(c\)\s*\d{4}|\bcopyright,?\s+(?:©|\d{4}|by\b)|\ball rights reserved\b|\bISBN\b"
    r"|^(?:printed|published) (?:by|for|in|at)\b",
    re.IGNORECASE,
)
#: One of these stands in every imprint: to ask for them is faster.
_IMPRINT_WORDS = ("©", "(c)", "copyright", "all rights", "isbn", "printed", "published")
_BYLINE = re.compile(r"(?:by|By|BY)\s+\S.{1,80}")
_KINDS = (
    ("telegram", re.compile(r"\btelegram\b|\bairgram\b", re.IGNORECASE)),
    ("memorandum", re.compile(r"\bmemorandum\b|\baide-mémoire\b", re.IGNORECASE)),
    ("letter", re.compile(r"\bletter\b", re.IGNORECASE)),
    ("enclosure", re.compile(r"\benclosure\b|\battachment\b|\bannex\b", re.IGNORECASE)),
    ("chapter", re.compile(r"^\s*(?:chapter\b|[ivxlc]+\.?$)", re.IGNORECASE)),
)
_LOWEST = 90  # the rank of a head that does not show any
#: What stays what it is wherever it stands.
_KEPT = frozenset({"item", "lg", "quote", "table"})
_FRONT_AT_MOST = 30  # paragraphs
_POSTSCRIPT_AT_MOST = 3  # paragraphs
#: The rules that find the date and the address below a letter; the others find those above it.
_CLOSES = frozenset({"closing-date", "closing-address"})


@dataclass(slots=True)
class Node:
    """A block to be: a container with children, or a leaf made of a paragraph (or of a `span` of it)."""

    type: str
    children: list[Node] = field(default_factory=list)
    para: Para | None = None
    span: tuple[int, int] | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    rank: int = 0


def tree(text: str, paras: list[Para], words: list[str]) -> list[Node]:
    """The blocks of the body flow as trees, in order: `front` (if there is any), then `div`s.

    `text` is the masked clean text, `words` what each of the paragraphs says.
    """
    top: list[Node] = []
    stop = _front_end(paras, words)
    if stop:
        top.append(_front(text, paras[:stop], words[:stop]))
    builder = _Builder(text, top)
    for k in range(stop, len(paras)):
        builder.add(paras[k], words[k], paras[k + 1].type if k + 1 < len(paras) else "")
    return top


def leaves(text: str, para: Para, kind: str | None = None) -> list[Node]:
    """One leaf for a paragraph; for verse one for each line, for a table one for each cell."""
    kind = kind or para.type
    if kind == "lg":
        return [Node("lg", [Node("l", para=para, span=span) for span in para.parts])]
    if kind == "table":
        rows = [
            Node("row", [Node("cell", para=para, span=cell) for cell in _cells(text, *part)]) for part in para.parts
        ]
        return [Node("table", rows)]
    if kind == "addrLine":
        return [Node("address", [Node("addrLine", para=para, span=span) for span in _lines(para)])]
    if para.rule == "name-over-office":
        name, *offices = _lines(para)
        lines = [Node("addrLine", para=para, span=span) for span in offices]
        return [Node("signed", para=para, span=name), Node("address", lines)]
    if kind == "quote":
        return [Node("quote", [Node("p", para=para)])]
    return [Node(kind, para=para, attributes=para.attributes)]


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the cells in one row of a table; a note's siglum that stands alone is none."""
    gaps = [match.span() for match in re.finditer(r"[ ]{2,}|\t+", text[start:end])]
    edges = [start, *(start + edge for gap in gaps for edge in gap), end]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if text[a:b].strip(MASK)]


def _front_end(paras: list[Para], words: list[str]) -> int:
    """How many paragraphs are front matter: up to the last imprint or copyright notice near the beginning, if any."""
    last = 0
    for k, line in enumerate(words[:_FRONT_AT_MOST]):
        if paras[k].type == "head" and last:
            break
        if len(line) < 300 and any(word in line.lower() for word in _IMPRINT_WORDS) and _IMPRINT.search(line):
            last = k + 1
        if len(line) > 1200:
            break
    # Short lines right behind the imprint ("edited by …") still belong to it.
    return last if last < len(paras) else 0


def _front(text: str, paras: list[Para], words: list[str]) -> Node:
    front = Node("front")
    page = Node("titlePage")
    titles = Node("docTitle")
    k = 0
    while k < len(paras) and _is_title_page(words[k]) and paras[k].type != "item":
        para = paras[k]
        for span in _lines(para):
            if not _BYLINE.fullmatch(text[slice(*span)]):
                titles.children.append(Node("titlePart", para=para, span=span))
                continue
            page.children += [titles] if titles.children else []
            page.children.append(Node("byline", para=para, span=span))
            titles = Node("docTitle")
        k += 1
    if titles.children:
        page.children.append(titles)
    if page.children:
        front.children.append(page)
    notice: Node | None = None
    for para, line in zip(paras[k:], words[k:], strict=True):
        if _IMPRINT.search(line) and len(line) < 300:
            notice = None
            front.children.append(Node("titlePage", [Node("docImprint", para=para)], attributes={"type": "imprint"}))
            continue
        if notice is None:
            notice = Node("div", attributes={"type": "notice"})
            front.children.append(notice)
        _append(text, notice, para, para.type if para.type in _KEPT else "p")
    return front


def _lines(para: Para) -> list[tuple[int, int]]:
    """The spans of the lines that a paragraph keeps; the whole of it, if it keeps none."""
    spans = [para.parts[0]]
    for joint, part in zip(para.joints, para.parts[1:], strict=True):
        if joint == "line":
            spans.append(part)
        else:
            spans[-1] = (spans[-1][0], part[1])
    return spans


def _is_title_page(line: str) -> bool:
    """Is this a line of a title page: short, no sentence, no notice?"""
    return len(line) < 200 and not (len(line) > 60 and line.endswith(".")) and not _IMPRINT.search(line)


def _append(text: str, parent: Node, para: Para, kind: str) -> None:
    """Put a paragraph at the end of `parent`; items that follow each other share a list."""
    if kind == "item":
        rend = {key: value for key, value in para.attributes.items() if key == "rend"}
        if not parent.children or (parent.children[-1].type, parent.children[-1].attributes) != ("list", rend):
            parent.children.append(Node("list", attributes=rend))
        parent.children[-1].children.append(Node("item", para=para))
        return
    parent.children += leaves(text, para, kind)


class _Builder:
    """Takes the paragraphs one by one; knows in which part of which division it is."""

    def __init__(self, text: str, top: list[Node]) -> None:
        self.text = text
        self.top = top
        self.stack: list[Node] = []
        self.source = ""  # what the source note of the division says
        self.zone = "end"  # head, opener, text, closer: how far the current division has come

    def _open(self, rank: int) -> Node:
        while self.stack and self.stack[-1].rank >= rank:
            self.stack.pop()
        div = Node("div", rank=rank)
        (self.stack[-1].children if self.stack else self.top).append(div)
        self.stack.append(div)
        self.zone = "head"
        return div

    def _lift(self, div: Node, rank: int) -> None:
        """Give the last division the rank of its head; what stood above the head had opened it at the lowest place."""
        self.stack.pop()
        (self.stack[-1].children if self.stack else self.top).pop()
        while self.stack and self.stack[-1].rank >= rank:
            self.stack.pop()
        div.rank = rank
        (self.stack[-1].children if self.stack else self.top).append(div)
        self.stack.append(div)

    def _current(self) -> Node:
        return self.stack[-1] if self.stack else self._open(_LOWEST)

    def _into(self, container: str, para: Para, kind: str) -> None:
        div = self._current()
        if not div.children or div.children[-1].type != container:
            div.children.append(Node(container))
        div.children[-1].children += leaves(self.text, para, kind)

    def add(self, para: Para, line: str, after: str) -> None:
        """Place one paragraph; `after` is the type of the next."""
        kind = para.type
        rank = para.rank or _LOWEST
        if kind == "note":
            below = para.rule == "shelf-mark" and self.zone == "head"
            if self.zone != "head" or not self.stack or (self.stack[-1].children and not below):
                self._open(rank)
            self.source = line
            self._current().children.append(Node("note", para=para, attributes=para.attributes))
        elif kind == "head":
            self._head(para, line, rank)
        elif kind == "byline" and self.zone == "head" and self.stack:
            self._current().children.append(Node("byline", para=para))
        elif kind in {"closer", "signed"} or para.rule in _CLOSES:
            self._closing(para, "salute" if kind == "closer" else kind)
        elif kind in {"dateline", "salute", "addrLine"}:
            self._opening(para, kind, after)
        elif kind == "postscript" and self.zone in {"closer", "postscript"}:
            if self.zone == "closer":
                self._current().children.append(Node("postscript"))
            self._current().children[-1].children.append(Node("p", para=para))
            self.zone = "postscript"
        elif kind == "trailer" and self.zone in {"text", "closer", "postscript"}:
            self._current().children.append(Node("trailer", para=para))
            self.zone = "closer"
        else:
            self._text(para)

    def _head(self, para: Para, line: str, rank: int) -> None:
        """A head opens a division, unless it stands right below another one: then it is that one's second line.

        A head whose rank shows, right below one whose rank does not, is subordinate to it: the first is the title.
        """
        div = self.stack[-1] if self.stack and self.zone == "head" else None
        headed = div is not None and any(child.type == "head" for child in div.children)
        if div is None:
            div = self._open(rank)
        elif headed and rank != _LOWEST and not (rank == div.rank and para.rule in {"paper", "parties"}):
            if div.rank == _LOWEST:
                div.rank = rank - 1
            div = self._open(rank)
        elif not headed:
            self._lift(div, rank)
        div.children.append(Node("head", para=para))
        kind = _kind_of(f"{self.source} {line}", para)
        if kind == "chapter" and any(each.attributes.get("type") == "chapter" for each in self.stack[:-1]):
            kind = "section"
        if div.attributes.get("type", "section") in {"section", "document"}:
            div.attributes["type"] = kind
        self.source = ""

    def _opening(self, para: Para, kind: str, after: str) -> None:
        if self.zone in {"closer", "postscript"} or (
            self.zone == "text" and kind == "dateline" and after in {"salute", "addrLine"}
        ):
            self._open(self.stack[-1].rank if self.stack else _LOWEST).attributes["type"] = "letter"
        if self.zone == "text":
            self._text(para)
            return
        self._into("opener", para, kind)
        if kind == "salute":
            self._current().attributes.setdefault("type", "letter")
        self.zone = "opener"

    def _closing(self, para: Para, kind: str) -> None:
        if self.zone in {"head", "opener"}:
            self._text(para)  # there is nothing yet that it could close
        elif self.zone != "postscript":
            self._into("closer", para, kind)
            self.zone = "closer"
        else:
            # A postscript may be signed again.
            last = self._current().children[-1]
            if kind != "signed" and last.children[-1].type != "closer":
                last.children.append(Node("closer"))
            inner = last.children[-1] if last.children[-1].type == "closer" else last
            inner.children += leaves(self.text, para, kind)

    def _text(self, para: Para) -> None:
        if self.zone == "postscript" and self._goes_on(self._current().children[-1]):
            _append(self.text, self._current().children[-1], para, para.type if para.type in _KEPT else "p")
            return
        if self.zone in {"closer", "postscript"}:
            # What follows a signature and is no postscript is something of its own.
            self._open(self.stack[-1].rank if self.stack else _LOWEST)
        div = self._current()
        self.zone = "text"
        _append(self.text, div, para, para.type if para.type in _KEPT else "p")

    @staticmethod
    def _goes_on(postscript: Node) -> bool:
        """Can a postscript have a further paragraph: it is not signed yet, and it is short?"""
        return len(postscript.children) < _POSTSCRIPT_AT_MOST and postscript.children[-1].type not in {
            "signed",
            "closer",
        }


def _kind_of(head: str, para: Para) -> str:
    if para.rule == "day-head":
        return "entry"
    for kind, pattern in _KINDS:
        if pattern.search(head):
            return kind
    return {"parties": "document", "paper": "document", "enclosure": "enclosure", "chapter": "chapter"}.get(
        para.rule, "section"
    )
