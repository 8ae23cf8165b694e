"""Names point to entries of the register, and the register's entries are named (TEI Guidelines, ND)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiprep.tei.reading import TEI, XML_ID
from teiprep.validate.report import Remark

from .survey import counted, line_of, listed, nearest, shown, tag_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from .survey import Survey

_NAMES = frozenset(TEI + name for name in ("persName", "placeName", "orgName", "name", "rs"))
_ENTRIES = ("person", "personGrp", "persona", "org", "place", "event", "object", "nym")
_NOBODY = frozenset({"place"})
_APART = (f"{TEI}standOff", f"{TEI}teiHeader")
#: Names, with the entries that they cannot mean. A person may be of a group or a body, a place name a body or event.
_UNLIKE = {
    "persName": frozenset({"place"}),
    "placeName": frozenset({"person", "persona"}),
    "orgName": frozenset({"place"}),
}
#: No name means these: a pointer to one went astray.
_TEXT = frozenset(
    """
    ab body cb div div1 div2 div3 div4 div5 div6 div7 front back text p head lb pb l lg list item note q quote said
    s seg w closer opener date dateline salute signed table row cell
    """.split()  # noqa: SIM905 - a list of words is read as words
)


def check(file: Survey) -> Iterator[Remark]:
    """Names that point to something that is no entry, and entries to which nothing points.

    Only where the file has both, a register and names that point into it.
    """
    entries = [each for each in file.named(*_ENTRIES) if each.get(XML_ID)]
    if not entries:
        return
    used = False
    # What one kind of name says by one value is looked at once: a file has many names, and few persons.
    first: dict[tuple[str, str, str], etree._Element] = {}
    for attribute in ("ref", "who"):
        for element, value in file.bearing(attribute):
            if attribute == "who" or element.tag in _NAMES:
                first.setdefault((attribute, str(element.tag), value), element)
    for (attribute, tag, value), element in first.items():
        unlike = _UNLIKE.get(tag.removeprefix(TEI), frozenset()) if attribute == "ref" else _NOBODY
        for each in value.split():
            found = file.ids.get(each[1:]) if each[0] == "#" else None
            if found is None:
                continue
            kind = tag_of(found)
            if kind in _TEXT or kind in unlike:
                yield _astray(element, attribute, each, found)
            elif not used:
                used = kind in _ENTRIES and nearest(element, _APART) is None
    if used:
        yield from _unused(file, entries)


def _astray(element: etree._Element, attribute: str, target: str, found: etree._Element) -> Remark:
    kind = tag_of(found)
    if kind in _TEXT:
        what = f"points to a <{kind}> ({line_of(found)}), which is no entry of the register"
    else:
        what = f"is no {kind}, but points to one ({line_of(found)})"
    said = f'<{tag_of(element)} {attribute}="{target}"> {what}: point to the entry that is meant'
    return Remark(element, "register-dangling", said)


def _unused(file: Survey, entries: list[etree._Element]) -> Iterator[Remark]:
    """One remark for each list, at its first entry to which nothing points."""
    lists: dict[etree._Element | None, list[etree._Element]] = {}
    for entry in entries:
        if entry.get(XML_ID, "").strip() not in file.targets and not _names_itself(entry, file):
            lists.setdefault(entry.getparent(), []).append(entry)
    for unused in lists.values():
        number = counted(len(unused), "entry of the register is", "entries of the register are")
        said = f"{number} pointed to by nothing in this file: {listed([_called(each) for each in unused])}; remove what"
        yield Remark(unused[0], "register-unused", f"{said} is not needed, or point to it where it is named")


def _names_itself(entry: etree._Element, file: Survey) -> bool:
    """Whether something inside an entry is pointed to, such as one form of a name."""
    return any(
        each.get(XML_ID, "").strip() in file.targets for each in entry.iter(TEI + "*") if each.get(XML_ID) is not None
    )


def _called(entry: etree._Element) -> str:
    name = next(entry.iter(*(TEI + each for each in ("persName", "placeName", "orgName", "name", "head"))), None)
    text = "".join(name.itertext()).strip() if name is not None else ""
    return shown(text) if text else f"#{entry.get(XML_ID)}"
