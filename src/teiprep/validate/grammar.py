"""Is it XML, and does its RELAX NG grammar allow it?"""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

from teiprep import resources
from teiprep.diagnostics import ConfigError
from teiprep.tei.reading import TEI

from .place import Places
from .report import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Elements that hold either `inlines` or blocks in our grammar. By what comes next libxml2 cannot tell which, and takes
#: time by the square of the number of children.
_EITHER = frozenset({"item", "note"})
_MANY = 300


def parse(data: bytes, file: str) -> tuple[etree._Element | None, list[Finding]]:
    """The root element of the XML in `data`, or None with the finding that says where it goes wrong.

    Nothing outside the data is read, no entity is expanded, and no file is too big only because it was made to be.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        # A duplicate xml:id is a finding of ours (rules); libxml2 would refuse the whole file.
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        message = str(error.msg or "no XML").split(", line ")[0]
        hint = "the file stops being XML here; mend the tag or sign before this place"
        return None, [Finding.at_line(file, max(error.lineno or 1, 1), "xml-malformed", f"{message} ({hint})")]
    findings = [
        Finding.at_line(
            file,
            entity.sourceline or 1,
            "xml-malformed",
            f"the entity {entity.text} is not looked up; write the character itself",
        )
        for entity in root.iter(etree.Entity)
    ]
    return root, findings


def is_ours(root: etree._Element) -> bool:
    """Whether the header names teiprep as an application that made the file."""
    applications = root.iterfind(f"{TEI}teiHeader/{TEI}encodingDesc/{TEI}appInfo/{TEI}application")
    return any(each.get("ident") == "teiprep" for each in applications)


def check(root: etree._Element, file: str, schema: Path | None = None) -> Iterator[Finding]:
    """What the RELAX NG grammar refuses: that in `schema` if it is given, else the project's own for a TEI of ours.

    Raises ConfigError if `schema` cannot be used.
    """
    if schema is None and not is_ours(root):
        what = "a TEI file" if root.tag in {f"{TEI}TEI", f"{TEI}teiCorpus"} else f"the root <{_name(root)}>"
        yield Finding.at_line(
            file,
            root.sourceline or 1,
            "schema-unknown",
            f"no schema is known for {what} that teiprep did not make; give one with --schema,"
            " such as tei_all.rng, which the TEI Consortium (tei-c.org) offers with every release of TEI P5",
        )
        return
    path = schema or resources.path("schemas/teiprep.rng")
    grammar = _grammar(path)
    if schema is None and (light := _lightened(root)) is not None and grammar.validate(light):
        return
    if grammar.validate(root):
        return
    found = [(entry.line, entry.message) for entry in grammar.error_log]
    if (places := _places(path)) is not None:
        better = list(places.find(root))
        ids = root.xpath("//@xml:id")
        # libxml2's own words are the last resort: where a grammar is in several files, or gives one name two patterns.
        # What it says of duplicate ids is beside the point, and `rules` tells it.
        if better or len(set(ids)) < len(ids):
            found = better
    yield from (Finding.at_line(file, max(line, 1), "grammar", message) for line, message in found)


def _lightened(root: etree._Element) -> etree._Element | None:
    """A copy in which a note or item with very many children has them in bundles, each in a `hi`; None if none has.

    Our grammar allows the copy only if it allows the original: a `hi` holds nothing that its parent may not hold too.
    The reverse is not true, of a note that holds paragraphs for instance.
    """
    path = f".//t:text//*[*[{_MANY + 1}]]"
    names = {"t": TEI[1:-1]}
    if not any(_name(each) in _EITHER for each in root.xpath(path, namespaces=names)):
        return None
    copy = deepcopy(root)
    for element in copy.xpath(path, namespaces=names):
        if _name(element) in _EITHER:
            children = list(element)
            for first in range(0, len(children), _MANY):
                bundle = etree.SubElement(element, f"{TEI}hi", {"rend": "italic"})
                bundle.extend(children[first : first + _MANY])
    return copy


@cache
def _grammar(schema: Path) -> etree.RelaxNG:
    hint = "it must be a RELAX NG grammar in XML form (.rng), such as tei_all.rng"
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.RelaxNG(etree.parse(schema, parser))
    except OSError as error:
        raise ConfigError(f"the schema {schema} cannot be read: {error.strerror or error}", hint=hint) from error
    except etree.LxmlError as error:
        raise ConfigError(f"{schema} cannot be used as a schema: {error}", hint=hint) from error


@cache
def _places(schema: Path) -> Places | None:
    try:
        return Places(etree.parse(schema).getroot())
    except etree.RelaxNGParseError:
        return None


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
