"""The one writer of XML: strings into a list. It escapes, keeps attributes in the order given, and notes every id.

Leaves get exactly their text; only what holds nothing but elements is laid out with line feeds and indentation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from teiprep.diagnostics import InvariantError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What XML 1.0 has no way to write (section 2.2).
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
# A parser turns these three into spaces in an attribute unless they are written as references.
_VALUE = _TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_SPECIAL = re.compile("[&<>\r]")
_SPECIAL_VALUE = re.compile('[&<>"\r\n\t]')


def escape(text: str) -> str:
    """Text as it stands between tags; a parser gives back the same code points.

    >>> escape("AT&T <1943>")
    'AT&amp;T &lt;1943&gt;'
    """
    return text.translate(_TEXT) if _SPECIAL.search(text) else text


def tag(name: str, attributes: Mapping[str, str | None], *, empty: bool = False) -> str:
    """A start tag, or the tag of an empty element; attributes that are None are left out.

    >>> tag("pb", {"n": "265", "type": None}, empty=True)
    '<pb n="265"/>'
    """
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is not None:
            parts.append(f' {key}="{value.translate(_VALUE) if _SPECIAL_VALUE.search(value) else value}"')
    parts.append("/>" if empty else ">")
    return "".join(parts)


def require_xml(text: str, place: str) -> None:
    """Raise InvariantError if `text` holds a character that XML forbids: cleaning should have removed it."""
    if bad := FORBIDDEN.search(text):
        raise InvariantError(
            "promise-valid", f"{place} holds U+{ord(bad[0]):04X}, which XML forbids", difference=f"offset {bad.start()}"
        )


class Writer:
    """Collects the parts of a file. `depth` is how far element-only content is indented; None writes it in one line."""

    def __init__(self, depth: int | None) -> None:
        self.parts: list[str] = []
        self.ids: set[str] = set()
        self.depth = depth

    def line(self) -> None:
        """Begin a line, where there are lines."""
        if self.depth is not None:
            self.parts.append("\n" + " " * self.depth)

    def open(self, name: str, attributes: Mapping[str, str | None]) -> None:
        """A start tag on a line of its own; what follows is indented."""
        self.line()
        self.start(name, attributes)
        if self.depth is not None:
            self.depth += 1

    def close(self, name: str) -> None:
        """The end tag for `open`."""
        if self.depth is not None:
            self.depth -= 1
        self.line()
        self.parts.append(f"</{name}>")

    def start(self, name: str, attributes: Mapping[str, str | None]) -> None:
        """A start tag, right here."""
        self._remember(attributes)
        self.parts.append(tag(name, attributes))

    def end(self, name: str) -> None:
        """The end tag for `start`."""
        self.parts.append(f"</{name}>")

    def empty(self, name: str, attributes: Mapping[str, str | None]) -> None:
        """An empty element, right here."""
        self._remember(attributes)
        self.parts.append(tag(name, attributes, empty=True))

    def text(self, text: str) -> None:
        """Text, right here."""
        self.parts.append(escape(text))

    def leaf(self, name: str, attributes: Mapping[str, str | None], text: str) -> None:
        """A whole element with nothing but text, on a line of its own."""
        self.line()
        self.start(name, attributes)
        self.text(text)
        self.end(name)

    def _remember(self, attributes: Mapping[str, str | None]) -> None:
        if (name := attributes.get("xml:id")) is not None:
            self.ids.add(name)
