"""Pointers (TEI Guidelines, SA) lead to an element of their own file, or of another file that is checked with it."""

from __future__ import annotations

import os
import posixpath
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from teiprep.validate.report import Remark

from .survey import Survey, counted, tag_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from lxml import etree

# What stands in <egXML> is shown, not said.
_EXAMPLES = "{http://www.tei-c.org/ns/Examples}"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
#: To find the likely id takes time by the number of ids; done for so many pointers of a file, among so many ids.
_GUESSES, _IDS = 10, 5_000


class Outgoing(NamedTuple):
    """A pointer to an id in another file: `url` as written, with any xml:base, and the id behind the `#`."""

    tag: str
    attribute: str
    url: str
    identifier: str
    line: int


def check(file: Survey) -> Iterator[Remark]:
    """Pointers (`#id`) to an id that the file does not have: one remark for each id, at the first that means it.

    A pointer by an XPointer scheme, to another file or by a private scheme is not followed.
    """
    ids = file.ids
    dangling: dict[str, list[tuple[etree._Element, str]]] = {}
    for name in sorted(file.pointers):
        wrong = {value: astray for value in file.pointers[name] if "#" in value and (astray := _astray(value, ids))}
        for element, value in file.attributes[name] if wrong else ():
            if value in wrong and not str(element.tag).startswith(_EXAMPLES):
                for target in wrong[value]:
                    dangling.setdefault(target, []).append((element, name))
    for number, (target, places) in enumerate(dangling.items()):
        element, name = min(places, key=lambda place: place[0].sourceline or 0) if len(places) > 1 else places[0]
        more = f" ({counted(len(places) - 1, 'more pointer')} to it)" if len(places) > 1 else ""
        if not target:
            remedy = f"“#” without a name is no place: complete the pointer, or leave out @{name}"
        else:
            remedy = f"no element here has the xml:id “{target}”{more}; {_remedy(target, ids, number)}"
        yield Remark(element, "pointer-dangling", f'<{tag_of(element)} {name}="#{target}"> points to nothing: {remedy}')


def identifiers(file: etree._Element | Survey) -> frozenset[str]:
    """The ids that other files may point to."""
    return frozenset(Survey.of(file).ids)


def outgoing(file: etree._Element | Survey) -> list[Outgoing]:
    """The pointers of a file to ids in other files, by a relative address; not those to the web."""
    survey = Survey.of(file)
    bases = survey.bearing(_BASE)
    found: list[Outgoing] = []
    for name in sorted(survey.pointers):
        leading = {value for value in survey.pointers[name] if any(map(_leads_out, value.split()))}
        for element, value in survey.attributes[name] if leading else ():
            if value not in leading or str(element.tag).startswith(_EXAMPLES):
                continue
            for each in filter(_leads_out, value.split()):
                url, _, identifier = each.partition("#")
                whole = _based(element, url) if bases else url
                if not _SCHEME.match(whole):
                    found.append(Outgoing(tag_of(element), name, whole, identifier, element.sourceline or 1))
    return found


def resolve(
    pointers: Mapping[str, Collection[Outgoing]], ids: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, Outgoing, str]]:
    """The pointers between files that lead to no id there: the file, the pointer, the message (`pointer-dangling`).

    Both mappings have the paths of files as keys, as the user gave them; a pointer to a file that is not among those of
    `ids` is not looked at. Nothing is read.

    >>> there = Outgoing("persName", "ref", "../people.xml", "tull", 7)
    >>> for file, pointer, said in resolve({"tei/a.xml": [there]}, {"people.xml": {"hale"}}):
    ...     print(file, pointer.line, said)
    tei/a.xml 7 <persName ref="../people.xml#tull"> points to nothing: people.xml has no element with the xml:id “tull”
    >>> list(resolve({"tei/a.xml": [there]}, {"people.xml": {"tull"}}))
    []
    """
    files = {os.path.abspath(file): file for file in ids}  # noqa: PTH100 - links are not followed
    for file, found in pointers.items():
        folder = os.path.dirname(os.path.abspath(file))  # noqa: PTH100, PTH120
        for each in found:
            target = files.get(os.path.normpath(os.path.join(folder, unquote(each.url))))  # noqa: PTH118
            if target is None or each.identifier in ids[target] or unquote(each.identifier) in ids[target]:
                continue
            said = (
                f'<{each.tag} {each.attribute}="{each.url}#{each.identifier}"> points to nothing:'
                f" {target} has no element with the xml:id “{each.identifier}”"
            )
            yield file, each, said


def _astray(value: str, ids: Mapping[str, object]) -> list[str]:
    """The ids in a pointer's value that no element has."""
    if value[1:] in ids:
        return []
    return [
        each[1:]
        for each in value.split()
        if each[0] == "#" and each[1:] not in ids and "(" not in each and unquote(each[1:]) not in ids
    ]


def _leads_out(pointer: str) -> bool:
    """Whether a pointer is a relative address with an id."""
    url, _, identifier = pointer.partition("#")
    return bool(url and identifier) and "(" not in identifier and not _SCHEME.match(url)


_NUMBERS = re.compile(r"\d+")


def _remedy(target: str, ids: Mapping[str, object], number: int) -> str:
    if number < _GUESSES and len(ids) <= _IDS:
        near = get_close_matches(target, ids, n=1, cutoff=0.8)
        # Of page 247 and page 254 nobody mistook one for the other.
        if near and _NUMBERS.sub("", near[0]) != _NUMBERS.sub("", target):
            return f"is “{near[0]}” meant?"
    return "change the pointer, or give the id to what is meant"


def _based(element: etree._Element, url: str) -> str:
    """A relative address with the xml:base of the elements around it (XML Base, section 4)."""
    for each in (element, *element.iterancestors()):
        if not _SCHEME.match(url) and (base := each.get(_BASE)):
            url = posixpath.join(posixpath.dirname(base), url)
    return url
