"""Does a RELAX NG schema allow it?"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

from teiprep.tei.reading import TEI

from .explain import Explainer
from .relaxng.matching import mistakes
from .relaxng.reading import Schema
from .report import Finding, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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


#: So many places in a file are explained; the others are counted.
_EXPLAINED = 1000


@cache
def load(schema: Path) -> Explainer:
    """The schema in a file, read once. Raises ConfigError, naming file and line, if it cannot be used."""
    return Explainer(Schema(schema))


def check(root: etree._Element, schema: Path) -> Iterator[Remark]:
    """What the RELAX NG grammar in `schema` refuses, in the order of the document.

    Raises ConfigError if `schema` cannot be used.
    """
    explainer = load(schema)
    more = 0
    for number, mistake in enumerate(mistakes(root, explainer.schema)):
        if number >= _EXPLAINED:
            more += 1
            continue
        message = explainer.explain(mistake)
        if mistake.kind == "text" and mistake.behind is not None:
            yield Remark(mistake.behind, "grammar", message, "tail")
        else:
            yield Remark(mistake.node, "grammar", message, "text" if mistake.kind in {"text", "content"} else "tag")
    if more:
        yield Remark(
            root, "grammar", f"The schema does not allow {more:,} places more; mend the first ones and look again."
        )
