"""Characters that were damaged on the way, or that others will not see as they are seen here."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from teiprep.tei.reading import TEI
from teiprep.validate.locate import whole_text
from teiprep.validate.report import Part, Remark

from .survey import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .survey import Survey

# What nearly all files consist of: taken away first, as bytes, it leaves little to look at.
_PLAIN = bytes((0x09, 0x0A, 0x0D, *range(0x20, 0x7F)))
_NONCHARACTERS = "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
_CLASSES = {
    "character-replacement": "\ufffd",
    # DEL and C1 (but NEL); a byte order mark, and the signs for ruby and objects, inside of a text; tags.
    "character-control": "\x7f-\x84\x86-\x9f\ufeff\ufff9-\ufffc\U000e0001-\U000e007f",
    "character-noncharacter": f"\ufdd0-\ufdef{_NONCHARACTERS}",
    "character-private": "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd",
    "direction-controls": "\u202a-\u202e\u2066-\u2069",
}
_SAID = {
    "character-replacement": "the sign for what could not be read; look up in the source what stood there",
    "character-control": "invisible, and mostly left by a wrong encoding; write what was meant, or remove it",
    "character-noncharacter": "no character, and never will be one; look up in the source what stood there",
    "character-private": (
        "for private use, so that another font shows something else; write the character that Unicode has, or declare"
        " it in <charDecl> and use <g>"
    ),
    "direction-controls": (
        "invisible, and changes the order in which the line is shown; remove it if the text runs from left to right"
    ),
}
_ANY = re.compile(f"[{''.join(_CLASSES.values())}]")
_PATTERNS = {code: re.compile(f"[{signs}]") for code, signs in _CLASSES.items()}
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")


def check(file: Survey) -> Iterator[Remark]:
    """One remark for each kind, at the first such character: and how many of them there are."""
    data = etree.tostring(file.root, encoding="utf-8", method="text").translate(None, _PLAIN)
    if not data or not _ANY.search(rest := data.decode("utf-8")):
        return
    wanted = {code: pattern for code, pattern in _PATTERNS.items() if pattern.search(rest)}
    found: dict[str, list[_Place]] = {code: [] for code in wanted}
    declared = frozenset("".join(text for each in file.named("charDecl") for text in each.itertext()))
    for element, part, text in _texts(file.root):
        for code, pattern in wanted.items():
            signs = [(match[0], match.start()) for match in pattern.finditer(text)]
            if signs and code == "character-private":
                known = element.tag == f"{TEI}g" and part == "text"
                signs = [] if known else [each for each in signs if each[0] not in declared]
            elif signs and code == "direction-controls" and _RIGHT_TO_LEFT.search(text):
                signs = []
            found[code] += (_Place(element, part, *each) for each in signs)
    for code, places in found.items():
        if places:
            yield _told(code, places)


class _Place(NamedTuple):
    node: etree._Element
    part: Part
    sign: str
    offset: int


def _told(code: str, places: list[_Place]) -> Remark:
    kinds = [f"U+{ord(sign):04X}{_name(sign)}" for sign in dict.fromkeys(each.sign for each in places)]
    first = places[0]
    more = f" ({len(places):,} in this file)" if len(places) > 1 else ""
    return Remark(first.node, code, f"{listed(kinds, 3)}: {_SAID[code]}{more}", first.part, first.offset)


def _name(sign: str) -> str:
    name = unicodedata.name(sign, "")
    return f" ({name.lower()})" if name else ""


def _texts(root: etree._Element) -> Iterator[tuple[etree._Element, Part, str]]:
    """Every text with the element that it stands in or, as its tail, behind; comments do not part it."""
    for node in root.iter(etree.Element):
        yield node, "text", whole_text(node, "text")
        if node is not root:
            yield node, "tail", whole_text(node, "tail")
