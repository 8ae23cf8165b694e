"""What no grammar can say: every xml:id is unique, and every pointer inside the file leads to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from teiprep.tei.reading import XML_ID

from .report import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

_POINTERS = """
active adj adjFrom adjTo ana calendar change children copyOf corresp datcat datingMethod datingPoint decls domains
edRef exclude facs feats filter follow fVal given hand inst location mergedIn mutual new next origin parent parts
passive perf period prev ref rendition replyTo resp sameAs scheme scribeRef scriptRef select since source spanTo
start synch target targetDatcat targetEnd toWhom unitRef uri url valueDatcat where who wit
"""
#: The attributes that hold pointers in TEI P5 (datatype teidata.pointer); `from`, `to`, `value` and the like are not
#: among them, because on other elements they hold something else.
POINTERS = frozenset(_POINTERS.split())


def check(root: etree._Element) -> Iterator[Remark]:
    """Duplicate ids and dangling pointers; a pointer out of the file, or by an XPointer scheme, is not followed."""
    lines: dict[str, int] = {}
    pointers: list[tuple[etree._Element, str, str]] = []
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if name == XML_ID:
                # xml:id is normalised like any id: white space around it does not count.
                identifier = value.strip()
                if identifier in lines:
                    said = (
                        f"the xml:id “{identifier}” already stands in line {lines[identifier]}; change one of the two"
                    )
                    yield Remark(element, "id-duplicate", said)
                lines.setdefault(identifier, element.sourceline or 1)
            elif "#" in value and name in POINTERS:
                pointers += ((element, str(name), each[1:]) for each in value.split() if each.startswith("#"))
    for element, name, target in pointers:
        if target not in lines and "(" not in target:
            tag = etree.QName(element).localname
            said = f'<{tag} {name}="#{target}"> points to nothing: no element here has the xml:id “{target}”'
            yield Remark(element, "pointer-dangling", said)
