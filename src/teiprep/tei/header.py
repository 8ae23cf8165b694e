"""Writes the `teiHeader` (TEI P5, chapter HD): what the text is, where it came from, and what was done to it.

No clock time stands in it: the same document gives the same bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from teiprep import __version__
from teiprep.document import BODY

from .body import datable, other_calendar
from .practices import write_editorial, write_references
from .writer import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from teiprep.document import Correspondence, Document

    from .writer import Writer

#: English names of the languages that a text in this project is likely to be in; others are named by their code.
_LANGUAGES = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "la": "Latin",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
}

#: Addresses that are surely valid as xs:anyURI; another one stands in words only.
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.:-]+(?:/[A-Za-z0-9._~/+=,;@-]*)?(?:\?[A-Za-z0-9._~/+=&-]*)?(?:#[A-Za-z0-9._-]*)?"
)

#: Creative Commons' own names of its licences, with the signs between the parts in any form; no version, no address.
_CC = re.compile(
    r"CC[ -]?(0|BY(?:[ -](?:NC[ -]SA|NC[ -]ND|NC|SA|ND))?)(?:[ -](1\.0|2\.0|2\.5|3\.0|4\.0))?", re.IGNORECASE
)
_PUBLIC_DOMAIN = re.compile(r"Public[ -]Domain(?:[ -](Mark)(?:[ -]1\.0)?)?|PDM(?:[ -]1\.0)?", re.IGNORECASE)
_CC_ADDRESS = re.compile(r"https?://creativecommons\.org/(?:licenses/by|publicdomain)\b.*")
_RESERVED = re.compile(r"\brights reserved\b|\bin copyright\b|^(?:©|\(c\)|copyright\b)", re.IGNORECASE)


def language(document: Document) -> str:
    """The code of the document's language; English if the metadata says nothing, `und` if it says something else."""
    code = _value(document, "language") or "en"
    return code if re.fullmatch(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", code) else "und"


def write(out: Writer, document: Document) -> None:
    """The element `teiHeader`."""
    out.open("teiHeader", {})
    _file(out, document)
    _encoding(out, document)
    _profile(out, document)
    out.open("revisionDesc", {"status": "draft"})
    out.leaf("change", {"who": "#teiprep"}, "encoded")
    out.close("revisionDesc")
    out.close("teiHeader")


def write_register(out: Writer, document: Document) -> None:
    """The `listPerson` of the document's register; nothing if it is empty."""
    if not document.register:
        return
    out.open("listPerson", {})
    for person in document.register:
        out.open("person", {"xml:id": person.id})
        for name in person.names:
            out.leaf("persName", {}, _clean(name))
        for kind, value in sorted(person.identifiers.items()):
            out.leaf("idno", {"type": kind}, _clean(value))
        out.close("person")
    out.close("listPerson")


def _file(out: Writer, document: Document) -> None:
    out.open("fileDesc", {})
    out.open("titleStmt", {})
    out.leaf("title", {}, _title(document))
    if author := _value(document, "author"):
        out.leaf("author", {}, author)
    out.open("respStmt", {"xml:id": "teiprep"})
    out.leaf("resp", {}, "automatic encoding")
    out.leaf("name", {"type": "software"}, "teiprep")
    out.close("respStmt")
    out.close("titleStmt")
    words = sum(len(flow.text.split()) for flow in document.reading_flows)
    out.open("extent", {})
    out.leaf("measure", {"unit": "word", "quantity": str(words)}, f"{words} words")
    out.close("extent")
    out.open("publicationStmt", {})
    out.leaf("publisher", {}, _value(document, "publisher") or "not stated")
    out.leaf("idno", {"type": "teiprep"}, document.id)
    if identifier := _value(document, "identifier"):
        out.leaf("idno", {"type": "identifier"}, identifier)
    _availability(out, document)
    out.close("publicationStmt")
    if collection := _value(document, "collection"):
        out.open("seriesStmt", {})
        out.leaf("title", {}, collection)
        out.close("seriesStmt")
    out.open("sourceDesc", {})
    out.open("bibl", {})
    if source := _value(document, "source"):
        # A statement in words, such as a citation or how it was made: a title it is only in part, if at all.
        out.leaf("note", {}, source)
    if archival := _value(document, "archival"):
        out.leaf("idno", {"type": "archival"}, archival)
    out.leaf("idno", {"type": "file"}, _clean(document.source.file))
    out.leaf("idno", {"type": "sha256"}, document.source.sha256)
    out.close("bibl")
    out.close("sourceDesc")
    out.close("fileDesc")


def _availability(out: Writer, document: Document) -> None:
    name, address = _value(document, "licence"), _value(document, "licence_url")
    status, known = licence(name)
    if status == "unknown":
        status, known = licence(address)
    out.open("availability", {"status": status})
    if name or address:
        target = next((each for each in (address, name, known) if each and _ADDRESS.fullmatch(each)), None)
        out.leaf("licence", {"target": target}, name or address)
    else:
        out.leaf("p", {}, "No licence is stated.")
    out.close("availability")


def licence(name: str) -> tuple[str, str | None]:
    """The status that TEI has for a licence (`free`, `restricted` or `unknown`), and its address if the name tells it.

    >>> licence("CC BY-SA 4.0")
    ('free', 'https://creativecommons.org/licenses/by-sa/4.0/')
    >>> licence("CC0-1.0")
    ('free', 'https://creativecommons.org/publicdomain/zero/1.0/')
    >>> licence("Public domain"), licence("All rights reserved"), licence("ask the archive")
    (('free', None), ('restricted', None), ('unknown', None))
    """
    base = "https://creativecommons.org"
    if found := _CC.fullmatch(name):
        kind, version = found[1].lower().replace(" ", "-"), found[2]
        if kind == "0":
            return "free", f"{base}/publicdomain/zero/1.0/" if version in {None, "1.0"} else None
        return "free", f"{base}/licenses/{kind}/{version}/" if version else None
    if found := _PUBLIC_DOMAIN.fullmatch(name):
        # The mark is a statement of its own; mere public domain has no address.
        return "free", f"{base}/publicdomain/mark/1.0/" if found[1] or found[0][:3].upper() == "PDM" else None
    if _CC_ADDRESS.fullmatch(name):
        return "free", None
    return "restricted" if _RESERVED.search(name) else "unknown", None


def _encoding(out: Writer, document: Document) -> None:
    out.open("encodingDesc", {})
    out.open("projectDesc", {})
    out.leaf(
        "p",
        {},
        "Encoded by teiprep from a plain text. Each change to the text, and the reason for each tag, stands in the "
        "sidecar; with it the source comes back exactly.",
    )
    out.close("projectDesc")
    write_editorial(out, document)
    write_references(out, document)
    reasons = _reasons(document)
    if reasons:
        out.open("classDecl", {})
        out.open("taxonomy", {"xml:id": "reasons"})
        for name, text in reasons.items():
            out.open("category", {"xml:id": name})
            out.leaf("catDesc", {}, text)
            out.close("category")
        out.close("taxonomy")
        out.close("classDecl")
    out.open("appInfo", {})
    out.open("application", {"ident": "teiprep", "version": __version__})
    out.leaf("label", {}, "teiprep")
    if document.rules:
        out.leaf("p", {}, f"rule set {document.rules}")
    out.close("application")
    out.close("appInfo")
    out.close("encodingDesc")


def _profile(out: Writer, document: Document) -> None:
    out.open("profileDesc", {})
    if date := _value(document, "date"):
        out.open("creation", {})
        out.leaf("date", datable({"when": date}), date)
        out.close("creation")
    code = language(document)
    out.open("langUsage", {})
    out.leaf("language", {"ident": code}, _LANGUAGES.get(code) or _value(document, "language"))
    out.close("langUsage")
    if any(other_calendar(date.attributes) for date in document.layer("date")):
        out.open("calendarDesc", {})
        out.open("calendar", {"xml:id": "julian"})
        words = "The Julian calendar (Old Style): @when-custom is reckoned in it, @when in the Gregorian."
        out.leaf("p", {}, words)
        out.close("calendar")
        out.close("calendarDesc")
    sides = [side for side in document.correspondence if _says_something(side)]
    if sides:
        out.open("correspDesc", {})
        for side in sides:
            _side(out, side)
        out.close("correspDesc")
    if document.register:
        out.open("particDesc", {})
        out.leaf("p", {}, "The persons whom the text names are listed in standOff/listPerson.")
        out.close("particDesc")
    out.close("profileDesc")


def _side(out: Writer, side: Correspondence) -> None:
    inferred = side.certainty != "high"
    out.open(
        "correspAction",
        {
            "type": side.type,
            "ana": "#inferred" if inferred else None,
            "cert": side.certainty if inferred else None,
            "resp": "#teiprep" if inferred else None,
        },
    )
    if side.name or side.ref:
        out.leaf("persName", {"ref": f"#{side.ref}" if side.ref else None}, _clean(side.name or side.ref or ""))
    if side.role:
        out.leaf("roleName", {}, _clean(side.role))
    if side.place:
        out.leaf("placeName", {}, _clean(side.place))
    if dated := datable(side.date):
        out.line()
        out.empty("date", dated)
    out.close("correspAction")


def _says_something(side: Correspondence) -> bool:
    return bool(side.name or side.ref or side.role or side.place or datable(side.date))


def _reasons(document: Document) -> Mapping[str, str]:
    """The categories that something in this document points to."""
    reasons = {}
    if any(note.pairing == "order" for note in document.notes):
        reasons["renumbered"] = "note paired by order: the source's list of notes was numbered anew"
    if any(side.certainty != "high" and _says_something(side) for side in document.correspondence):
        reasons["inferred"] = "not stated in a form of its own: inferred from the heading or the signature"
    return reasons


def _title(document: Document) -> str:
    """The title of the metadata, else the first head or title in the text, else the document's id."""
    if title := _value(document, "title"):
        return title
    for block in document.leaves[BODY]:
        if block.type in {"head", "titlePart"} and (text := _clean(document.quote(block))):
            return text
    return document.id


def _value(document: Document, key: str) -> str:
    found = document.metadata.get(key)
    return _clean(found.value) if found else ""


def _clean(text: str) -> str:
    """One line of text without what XML forbids; metadata are typed by people and never went through cleaning."""
    return " ".join(FORBIDDEN.sub(" ", text).split())
