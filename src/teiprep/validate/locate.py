"""Where an element stands in its file: line, column, XPath.

libxml2 keeps no columns, of a start tag over several lines only the last one, and no line beyond 65,535. So of a file
of which there is something to say the tags are looked for once more; that it is well-formed is known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from lxml import etree

from teiprep.tei.reading import TEI

from .report import SEVERITIES, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .raw import RawLines
    from .report import Part, Remark

#: What stands for one character of a text in a file, or for none.
_CHARACTER = re.compile(r"(?P<none><!--.*?-->|<\?.*?\?>|<!\[CDATA\[|\]\]>)|&[^;<]*;|\r\n|.", re.DOTALL)

_XML = "{http://www.w3.org/XML/1998/namespace}"


#: Tags, and what may look like one inside.
_MARKUP = re.compile(
    r"<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>|!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|(?P<end>/[^>]*>)"
    r"""|(?P<start>[^!?/>"'][^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*>))""",
    re.DOTALL,
)
_NO_TEXT = re.compile(r"(?:[ \t\r\n]|<!--.*?-->|<\?.*?\?>|<!\[CDATA\[|\]\]>)*", re.DOTALL)


class Locator:
    """The places of the elements of one file, which lxml has parsed into the tree of `root` from `data`."""

    def __init__(self, root: etree._Element, data: bytes) -> None:
        self._root = root
        self._data = data

    def findings(self, remarks: Iterable[Remark], file: str, raw: RawLines | None = None) -> Iterator[Finding]:
        """Each remark with its place in the file, and by `raw` in the raw file; the severity is the usual one."""
        for node, code, message, part, offset in remarks:
            line, column = self.character(node, part, offset) if offset else self.place(node, part)
            source = raw.place(node, part, offset) if raw is not None else ""
            yield Finding(file, line, column, SEVERITIES.get(code, "error"), code, message, path_of(node), source)

    def place(self, node: etree._Element, part: Part = "tag") -> tuple[int, int]:
        """Line and column of a part of an element, both from 1; (sourceline, 0) if that cannot be told.

        Of a text the place of its first character that is no white space; if there is none, of the tag before it.
        """
        number = self._numbers.get(node)
        if number is None or number >= len(self._tags):
            return node.sourceline or 1, 0
        start, inside, end, behind = self._tags[number]
        if part in {"tag", "end"}:
            return self._line_and_column(start if part == "tag" else end)
        tag, behind = (start, inside) if part == "text" else (end, behind)
        said = _NO_TEXT.match(self._text, behind)
        first = said.end() if said else behind
        return self._line_and_column(tag if self._text[first : first + 1] in {"", "<"} else first)

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def character(self, node: etree._Element, part: Part, offset: int) -> tuple[int, int]:
        """Line and column of the character `offset` of a text, in which comments do not count; as `place` otherwise."""
        line, column = self.place(node, part)
        said = whole_text(node, part)
        ahead = offset - (len(said) - len(said.lstrip()))
        if part not in {"text", "tail"} or not column or ahead <= 0 or not said.strip():
            return line, column
        start = self._line_starts[line - 1] + column - 1
        for match in _CHARACTER.finditer(self._text, start):
            if match.lastgroup == "none":
                continue
            if ahead == 0:
                start = match.start()
                break
            ahead -= 1
        return self._line_and_column(start)

    @cached_property
    def _text(self) -> str:
        encoding = self._root.getroottree().docinfo.encoding or "utf-8"
        try:
            return self._data.decode(encoding if not self._data.startswith(b"\xef\xbb\xbf") else "utf-8-sig")
        except (LookupError, UnicodeError):
            return ""

    @cached_property
    def _line_starts(self) -> list[int]:
        if "\r" in self._text:
            return [0, *(end.end() for end in re.finditer(r"\r\n?|\n", self._text))]
        lengths = accumulate(map(len, self._text.split("\n")))
        return [0, *(length + number for number, length in enumerate(lengths, 1))]

    @cached_property
    def _numbers(self) -> dict[etree._Element, int]:
        return {node: number for number, node in enumerate(self._root.iter(etree.Element))}

    @cached_property
    def _tags(self) -> list[list[int]]:
        """For each element, in the order of the file, the offsets of its start tag, of its end tag, and behind each."""
        found: list[list[int]] = []
        open_: list[list[int]] = []
        text = self._text
        for match in _MARKUP.finditer(text):
            kind = match.lastgroup
            if kind == "start":
                start, inside = match.span()
                tags = [start, inside, start, inside]
                found.append(tags)
                if text[inside - 2] != "/":
                    open_.append(tags)
            elif kind == "end" and open_:
                open_.pop()[2:] = match.span()
        return found


def whole_text(node: etree._Element, part: Part) -> str:
    """The text right behind the end tag of an element (`tail`), or else its start tag; comments do not part it."""
    text, following = (node.tail, node.getnext()) if part == "tail" else (node.text, next(iter(node), None))
    text = text or ""
    while following is not None and not isinstance(following.tag, str):
        text += following.tail or ""
        following = following.getnext()
    return text


def path_of(node: etree._Element) -> str:
    """The XPath of an element, short and to be read: a number only where a sister has the same name.

    TEI elements stand without a prefix, as where TEI is the default namespace.

    >>> root = etree.fromstring('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><p/><p/></text></TEI>')
    >>> path_of(root[0][1])
    '/TEI/text/p[2]'
    """
    steps = []
    at: etree._Element | None = node
    while at is not None:
        name = name_of(at)
        tag = str(at.tag)
        before = len(list(at.itersiblings(tag, preceding=True)))
        if before or next(at.itersiblings(tag), None) is not None:
            name += f"[{before + 1}]"
        steps.append(name)
        at = at.getparent()
    return "/" + "/".join(reversed(steps))


def name_of(node: etree._Element) -> str:
    """What an element is called in its file: its local name, with the prefix, if it has one, where it is not of TEI."""
    tag = str(node.tag)
    if tag.startswith(TEI):
        return tag[len(TEI) :]
    local = tag.rpartition("}")[2]
    return f"{node.prefix}:{local}" if node.prefix else local


def attribute_name(key: str) -> str:
    """What an attribute is called in a file.

    >>> attribute_name("{http://www.w3.org/XML/1998/namespace}id"), attribute_name("when")
    ('xml:id', 'when')
    """
    return f"xml:{key[len(_XML) :]}" if key.startswith(_XML) else key.rpartition("}")[2]
