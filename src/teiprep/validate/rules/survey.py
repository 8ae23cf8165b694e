"""What one walk over a parsed file gathers, so that no rule needs a walk of its own."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from teiprep.tei.reading import TEI, XML_ID

#: Attributes that hold pointers in TEI P5 (datatype teidata.pointer); `from`, `to`, `value` and the like are not among
#: them, because on other elements they hold something else.
POINTERS = frozenset(
    """
    active adj adjFrom adjTo ana calendar change children copyOf corresp datcat datingMethod datingPoint decls domains
    edRef exclude facs feats filter follow fVal given hand inst location mergedIn mutual new next origin parent parts
    passive perf period prev ref rendition replyTo resp sameAs scheme scribeRef scriptRef select since source spanTo
    start synch target targetDatcat targetEnd toWhom unitRef uri url valueDatcat where who wit
    """.split()  # noqa: SIM905 - a list of words is read as words
)


class Pointer(NamedTuple):
    """One pointer as it is written: the element, the attribute, and one of the attribute's values."""

    node: etree._Element
    attribute: str
    value: str


class Survey:
    """The elements and attributes of one file by their names, each list in the order of the file.

    Names are as lxml has them (`{namespace}local`).
    """

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.elements: defaultdict[str, list[etree._Element]] = defaultdict(list)
        self.attributes: defaultdict[str, list[tuple[etree._Element, str]]] = defaultdict(list)
        elements, attributes = self.elements, self.attributes
        for element in root.iter(etree.Element):
            elements[element.tag].append(element)  # type: ignore[index] # of an element it is a text
            for name, value in element.items():
                attributes[name].append((element, value))

    @classmethod
    def of(cls, file: etree._Element | Survey) -> Survey:
        """The survey itself, or that of a root element."""
        return file if isinstance(file, Survey) else cls(file)

    def named(self, *names: str) -> list[etree._Element]:
        """The TEI elements of these local names, those of the first name first."""
        return [each for name in names for each in self.elements.get(TEI + name, ())]

    def bearing(self, name: str) -> list[tuple[etree._Element, str]]:
        """The elements that have the attribute, each with its value."""
        return self.attributes.get(name, [])

    @cached_property
    def ids(self) -> dict[str, etree._Element]:
        """The element of each xml:id, of an id that stands twice the first."""
        found: dict[str, etree._Element] = {}
        for element, value in self.bearing(XML_ID):
            # xml:id is normalised like any id: white space around it does not count.
            found.setdefault(value.strip(), element)
        return found

    @cached_property
    def pointers(self) -> dict[str, set[str]]:
        """The values of each pointing attribute, each once: most pointers of a file are the same few."""
        return {name: {value for _, value in self.attributes[name]} for name in POINTERS & self.attributes.keys()}

    @cached_property
    def targets(self) -> frozenset[str]:
        """What is pointed to: a pointer's end, behind its last `#` or the colon of a private scheme (`psn:hale`)."""
        return frozenset(
            each[max(each.rfind("#"), each.rfind(":")) + 1 :]
            for values in self.pointers.values()
            for value in values
            for each in value.split()
        )


def line_of(element: etree._Element) -> str:
    """Where an element stands, for a message about another one.

    libxml2 counts to 65,535 and stops.
    """
    line = element.sourceline or 0
    return f"in line {line}" if 0 < line < 65_535 else "elsewhere in the file"


def tag_of(element: etree._Element) -> str:
    """The local name of an element."""
    return str(element.tag).rpartition("}")[2]


def shown(text: str, longest: int = 40) -> str:
    """A text of the file as a message shows it: on one line, in quotation marks, cut if it is long."""
    text = " ".join(text[: longest * 4].split())
    return f"“{text if len(text) <= longest else text[: longest - 2] + ' …'}”"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "page"), counted(1200, "page")
    ('1 page', '1,200 pages')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(items: list[str], most: int = 5) -> str:
    """The first of the items, and how many more there are.

    >>> listed(["a", "b", "c"]), listed(["a", "b", "c", "d"], 2)
    ('a, b and c', 'a, b and 2 more')
    """
    if len(items) > most:
        return f"{', '.join(items[:most])} and {len(items) - most:,} more"
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def nearest(element: etree._Element, tags: tuple[str, ...]) -> etree._Element | None:
    """The nearest element of one of these tags that the element stands in."""
    return next(element.iterancestors(*tags), None)
