"""Where a document breaks its grammar, and by what: libxml2 finds that it does, but often names the wrong element.

Each element is tried by itself, with its attributes and text, its children emptied, against the grammar's pattern for
it, in which all children are emptied likewise. So an error is found at the element that has it, and every error is
found. What is to blame is what can be left out so that the element passes.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

RNG = "{http://relaxng.org/ns/structure/1.0}"

#: An element with more children than this is not searched for the one to blame: each try costs a validation.
MANY = 300


class Places:
    """A RELAX NG grammar that stands in one file, cut up into the patterns of its elements.

    Raises etree.RelaxNGParseError if that cannot be done.
    """

    def __init__(self, schema: etree._Element) -> None:
        whole = deepcopy(schema)
        patterns = list(whole.iter(f"{RNG}element"))
        self._known = {f"{{{each.get('ns') or schema.get('ns')}}}{each.get('name')}" for each in patterns}
        alone = [deepcopy(each) for each in patterns]
        for each in alone:
            each.tail = None
            for inner in list(each.iterdescendants(f"{RNG}element")):
                _empty(inner)
        for each in patterns:
            _empty(each)
        for start in whole.findall(f"{RNG}start"):
            whole.remove(start)
        choice = etree.SubElement(etree.SubElement(whole, f"{RNG}start"), f"{RNG}choice")
        choice.extend(alone)
        self._schema = etree.RelaxNG(whole)

    def find(self, root: etree._Element) -> Iterator[tuple[int, str]]:
        """The line and the description of each error in the tree of `root`."""
        for element in root.iter(etree.Element):
            if element.tag not in self._known:
                yield element.sourceline or 1, f"<{_name(element)}> is no element of this grammar"
                continue
            unknown = {each for each in element.iterchildren(etree.Element) if each.tag not in self._known}
            # What follows from an element that is unknown, and told as such, is not told again.
            if not self._allows(element, unknown) and not unknown:
                yield from self._blame(element)

    def _allows(
        self, element: etree._Element, without: Collection[etree._Element] = (), *, text: bool = True, key: str = ""
    ) -> bool:
        """Whether the element passes without some children, without its text, without the attribute `key`."""
        alone = etree.Element(element.tag, {name: value for name, value in element.attrib.items() if name != key})
        last = None
        texts = [element.text or ""]
        for child in element:
            if isinstance(child.tag, str) and child not in without:
                _say(alone, last, texts if text else [])
                last, texts = etree.SubElement(alone, child.tag), []
            texts.append(child.tail or "")
        _say(alone, last, texts if text else [])
        return self._schema.validate(alone)

    def _blame(self, element: etree._Element) -> Iterator[tuple[int, str]]:
        name, line = _name(element), element.sourceline or 1
        children = list(element.iterchildren(etree.Element))
        for key, value in element.attrib.items():
            if self._allows(element, key=key):
                yield line, f'<{name}> may not have the attribute {_attribute(key)}="{value}" here'
                return
        if self._allows(element, text=False):
            yield line, f"<{name}> holds text of its own, where only elements are allowed"
            return
        if len(children) <= MANY:
            # The last: what comes too late is more often wrong than what it comes after.
            for child in reversed(children):
                if self._allows(element, {child}):
                    yield child.sourceline or 1, f"<{_name(child)}> is not allowed at this place in <{name}>"
                    return
        for sort in {each.tag: each for each in children}.values():
            wrong = [each for each in children if each.tag == sort.tag]
            if self._allows(element, set(wrong)):
                yield from (
                    (each.sourceline or 1, f"<{_name(each)}> is not allowed in <{name}> here") for each in wrong
                )
                return
        self._allows(element)
        if any(entry.type_name == "RELAXNG_ERR_ATTRVALID" for entry in self._schema.error_log):
            yield line, f"<{name}> lacks an attribute that it must have, or has one with a wrong value"
        elif not children and not (element.text or "").strip():
            yield line, f"<{name}> is incomplete: something that it must hold is missing"
        else:
            yield line, f"what <{name}> holds is not in an order that is allowed, or not complete"


def _say(alone: etree._Element, last: etree._Element | None, texts: Iterable[str]) -> None:
    if last is None:
        alone.text = "".join(texts)
    else:
        last.tail = "".join(texts)


def _empty(pattern: etree._Element) -> None:
    """Make the pattern of an element one for the element without attributes and content."""
    inside = [each for each in pattern if isinstance(each.tag, str) and each.tag.startswith(RNG)]
    kept = [] if pattern.get("name") else inside[:1]  # without a name, the first child is the class of names
    for each in list(pattern):
        if each not in kept:
            pattern.remove(each)
    etree.SubElement(pattern, f"{RNG}empty")


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _attribute(key: str) -> str:
    return key.replace("{http://www.w3.org/XML/1998/namespace}", "xml:").rpartition("}")[2]
