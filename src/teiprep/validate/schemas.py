"""Which schema a TEI file is checked by: the one that was given, the one that it names itself, or the project's own."""

from __future__ import annotations

import re
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from teiprep import resources
from teiprep.tei.reading import TEI

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RELAX_NG = "http://relaxng.org/ns/structure/1.0"
_COMPACT = "application/relax-ng-compact-syntax"
_SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
_XSD = "http://www.w3.org/2001/XMLSchema"

_PSEUDO = re.compile(r"""([\w:-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')""")
_WHERE_TO_GET = "get tei_all.rng from the TEI Consortium (tei-c.org, “Schemas”) and add --schema tei_all.rng"


class Choice(NamedTuple):
    """The schema, or None and `why` in words for the user; `unchecked` says which others the file names."""

    schema: Path | None
    why: str = ""
    unchecked: tuple[str, ...] = ()


class _Named(NamedTuple):
    """What an `xml-model` says: the address, and the kind of schema (`rng`, `rnc`, or its name in words)."""

    href: str
    kind: str


def project() -> Path:
    """The grammar of what teiprep writes."""
    return resources.path("schemas/teiprep.rng")


def is_ours(root: etree._Element) -> bool:
    """Whether the header names teiprep as an application that made the file."""
    applications = root.iterfind(f"{TEI}teiHeader/{TEI}encodingDesc/{TEI}appInfo/{TEI}application")
    return any(each.get("ident") == "teiprep" for each in applications)


def choose(root: etree._Element, folder: Path, allowed: Sequence[Path]) -> Choice:
    """The schema for a file in `folder` if none was given.

    A file may be written by anybody, so what it names is only read if it is an ordinary file, at a relative address,
    and in the end (links followed) under one of the folders `allowed`. Nothing is fetched from the web.
    """
    named = list(dict.fromkeys(_named(root)))
    usable = [each for each in named if each.kind in {"rng", "rnc"}]
    others = tuple(
        f"the file names a {each.kind} ({_short(each.href)}), which is not checked"
        for each in named
        if each not in usable
    )
    whys = []
    for each in usable:
        found, why = _local(each, folder, allowed)
        if found is not None:
            return Choice(found, unchecked=others)
        whys.append(why)
    if whys:
        return Choice(None, "; ".join(dict.fromkeys(whys)), others)
    if is_ours(root):
        return Choice(project(), unchecked=others)
    return Choice(None, f"it names no RELAX NG schema, and teiprep did not make it; {_WHERE_TO_GET}", others)


def _named(root: etree._Element) -> Iterator[_Named]:
    """The schemas that stand before the root element, and the DTD."""
    for node in reversed(list(root.itersiblings(etree.ProcessingInstruction, preceding=True))):
        if node.target == "xml-model":  # type: ignore[attr-defined]
            said = {match[1]: match[2] or match[3] or "" for match in _PSEUDO.finditer((node.text or "")[:4000])}
            if href := said.get("href", "").strip():
                yield _Named(href, _kind(href, said.get("schematypens", "").strip(), said.get("type", "").strip()))
    if dtd := root.getroottree().docinfo.system_url:
        yield _Named(dtd, "DTD")


def _kind(href: str, namespace: str, media: str) -> str:
    suffix = PurePosixPath(href.partition("?")[0].partition("#")[0]).suffix.lower()
    if suffix == ".rnc" or media == _COMPACT:
        return "rnc"
    known = {RELAX_NG: "rng", _SCHEMATRON: "Schematron schema", _XSD: "W3C schema"}
    if namespace:
        return known.get(namespace, f"schema of a kind that is unknown here, {_short(namespace)}")
    by_suffix = {".rng": "rng", ".sch": "Schematron schema", ".xsd": "W3C schema", ".dtd": "DTD"}
    return by_suffix.get(suffix, "schema of an unknown kind")


def _local(named: _Named, folder: Path, allowed: Sequence[Path]) -> tuple[Path | None, str]:
    """The file that an address means, or None and why it is not read."""
    href, shown = named.href, f"its schema {_short(named.href)}"
    if re.match(r"(?i)https?:|//", href):
        name = _short(PurePosixPath(href.partition("?")[0]).name or "it")
        return (
            None,
            f"{shown} is on the web, and nothing is fetched from there; download {name} and give it with --schema",
        )
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]", href) or "\0" in href:
        return None, f"{shown} is no relative path, so it is not read; if you trust it, give it with --schema"
    if named.kind == "rnc":
        return (
            None,
            f"{shown} is in compact syntax; convert it (trang schema.rnc schema.rng) and give that with --schema",
        )
    if "%" in href:
        from urllib.parse import unquote  # noqa: PLC0415 - rarely needed

        href = unquote(href)
    try:
        found = (folder / href).resolve(strict=True)
        mode = found.stat().st_mode
    except (OSError, ValueError, RuntimeError):
        return None, f"{shown} is not there; put it there, or give it with --schema"
    if not any(found.is_relative_to(top) for top in allowed):
        where = "outside of the folders that you named and the one that you are in"
        return None, f"{shown} lies {where}, so it is not read; if you trust it, give it with --schema"
    if not stat.S_ISREG(mode):
        return None, f"{shown} is not an ordinary file"
    return found, ""


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:60]}…{text[-50:]}"
