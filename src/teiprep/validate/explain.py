"""Says in plain words where a document leaves its schema: what is wrong, what to do, what is allowed instead.

All of it is computed from the schema, whichever it is. For TEI a little is added that only a person would know: what an
element usually stands in, and which elements most editions use.
"""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from difflib import get_close_matches
from functools import cache, cached_property
from typing import TYPE_CHECKING

from lxml import etree

from teiprep.tei.reading import TEI

from .locate import attribute_name, name_of, whole_text
from .relaxng.matching import State, attributes_of
from .relaxng.names import namespace_of
from .relaxng.patterns import NOT_ALLOWED, TEXT, Attribute, Choice, Data, Element, OneOrMore, Pattern, Words, choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .relaxng.matching import Mistake
    from .relaxng.reading import Schema

#: What an element of TEI usually stands in, the likeliest first.
_HOMES = {
    "signed": "closer", "salute": "opener closer", "dateline": "opener closer", "byline": "div titlePage",
    "addrLine": "address", "address": "opener p", "item": "list", "label": "list", "row": "table", "cell": "row",
    "l": "lg", "lb": "p", "pb": "cell div p", "head": "div", "titlePart": "docTitle titlePage", "docTitle": "titlePage",
    "docAuthor": "byline titlePage", "docDate": "docImprint titlePage", "docImprint": "titlePage",
    "imprimatur": "titlePage", "sic": "choice p", "corr": "choice p", "orig": "choice p", "reg": "choice p",
    "abbr": "choice p", "expan": "choice p", "persName": "p", "placeName": "p", "date": "p", "q": "p", "said": "p",
    "hi": "p", "ref": "p", "title": "p titleStmt monogr",
    "author": "titleStmt monogr bibl", "imprint": "monogr", "biblScope": "monogr bibl", "sense": "entry",
    "person": "listPerson", "place": "listPlace", "org": "listOrg",
    "listPerson": "standOff particDesc", "titleStmt": "fileDesc", "publicationStmt": "fileDesc",
    "sourceDesc": "fileDesc",
    "fileDesc": "teiHeader", "encodingDesc": "teiHeader", "profileDesc": "teiHeader", "revisionDesc": "teiHeader",
    "div": "body", "body": "text", "front": "text", "back": "text", "text": "TEI", "teiHeader": "TEI",
    "change": "revisionDesc",
    "language": "langUsage", "langUsage": "profileDesc", "correspAction": "correspDesc", "correspDesc": "profileDesc",
    "editor": "titleStmt monogr bibl", "respStmt": "titleStmt", "licence": "availability",
    "availability": "publicationStmt",
    **dict.fromkeys(("p", "list", "table", "lg", "figure", "quote"), "div body item cell postscript"),
    **dict.fromkeys(("opener", "closer"), "div"), "publisher": "publicationStmt",
    "category": "taxonomy", "taxonomy": "classDecl", "postscript": "div",
}  # fmt: skip
#: Elements of TEI by how usual they are: those that a list of what is allowed begins with, and that a remedy names.
_USUAL = (  # noqa: SIM905 - to be read as a text
    "p head div list item note quote lg l opener closer salute dateline signed postscript table row cell pb lb ab hi"
    " persName placeName date ref q said title name figure address addrLine titlePage docTitle titlePart byline"
    " docAuthor docImprint docDate publisher pubPlace teiHeader fileDesc titleStmt publicationStmt sourceDesc text body"
    " front back person listPerson trailer label"
).split()
_RANK = {name: number for number, name in enumerate(_USUAL)}
_USUAL_ATTRIBUTES = (  # noqa: SIM905 - to be read as a text
    "type subtype n xml:id xml:lang rend ref target who when from to notBefore notAfter place url unit quantity cert"
    " resp corresp next prev"
).split()
_ATTRIBUTE_RANK = {name: number for number, name in enumerate(_USUAL_ATTRIBUTES)}
#: What older encodings, and HTML, call it.
_FORMER = {
    "TEI.2": "TEI", "teiCorpus.2": "teiCorpus", "xref": "ref", "xptr": "ptr", "note-ref": "ref", "a": "ref",
    "para": "p", "div0": "div", "footnote": "note", "endnote": "note", "page": "pb", "br": "lb", "line": "l",
    "stanza": "lg", "verse": "l", "ps": "postscript", "re": "entry", "blockquote": "quote", "img": "graphic",
    "ul": "list", "ol": "list", "li": "item", "tr": "row", "td": "cell", "th": 'cell role="label"', "section": "div",
    "handList": "handNotes", "hand": "handNote", "emphasis": "emph", "strong": 'hi rend="bold"',
    "em": 'hi rend="italic"', "i": 'hi rend="italic"', "b": 'hi rend="bold"', "sup": 'hi rend="superscript"',
    "sub": 'hi rend="subscript"',
    **{f"h{number}": "head" for number in range(1, 7)},
}  # fmt: skip
#: Elements of TEI that are taken for others: what is meant then, and its start tag.
_CONFUSED = {"u": ("underlining", 'hi rend="underline"'), "line": ("a line of verse", "l")}
#: Behind these a postscript may follow.
_ENDS = {"closer", "signed", "postscript"}
#: The same for attributes, on any element or on one.
_FORMER_ATTRIBUTES = {
    "id": "xml:id", "lang": "xml:lang", "space": "xml:space", "TEIform": "", "href": "target", "src": "url",
    "value date": "when", "value time": "when", "date change": "when", "colspan": "cols", "rowspan": "rows",
    "witness": "wit",
}  # fmt: skip
#: What was an attribute once, and is one of two elements now.
_PAIRS = {
    "reg": "orig reg", "orig": "orig reg", "corr": "sic corr", "sic": "sic corr", "expan": "abbr expan",
    "abbr": "abbr expan",
}  # fmt: skip
_MOST = 12  # names in a list
_TRIED = 30  # ways to complete something
_SISTERS = 1000  # so many children may an element have for a remedy to be looked for among them

_WHOLE = "a whole number"
_DATATYPES = {
    "date": "a day such as 1863-05-04", "gYear": "a year such as 1863", "gYearMonth": "a month such as 1863-05",
    "gMonthDay": "a day without a year such as --05-04", "gMonth": "a month without a year such as --05",
    "gDay": "a day of a month such as ---04", "time": "a time such as 16:30:00",
    "dateTime": "a day and a time such as 1863-05-04T16:30:00", "duration": "a span of time such as P3D (three days)",
    "anyURI": "a pointer such as #hale, or a web address", "language": "a language tag such as en or de-AT",
    "boolean": "true or false", "integer": _WHOLE, "nonNegativeInteger": f"{_WHOLE}, 0 or more",
    "positiveInteger": f"{_WHOLE}, 1 or more", "decimal": "a number", "double": "a number", "float": "a number",
    "Name": "a name: a letter first, then letters, digits, hyphens, dots", "NCName": "a name: a letter or _ first, then"
    " letters, digits, hyphens, dots and _", "NMTOKEN": "one word of letters, digits, hyphens, dots",
    "string": "a text", "token": "a text", "normalizedString": "a text",
}  # fmt: skip
_DATATYPES |= dict.fromkeys(("ID", "IDREF"), _DATATYPES["NCName"])
_ANY_TEXT = frozenset({"string", "token", "normalizedString"})
_DATES = frozenset({"date", "gYear", "gYearMonth", "gMonthDay", "gMonth", "gDay", "time", "dateTime"})
#: Patterns of TEI that a person need not read.
_PATTERNS = {
    r"[^\p{C}\p{Z}]+": "one word without spaces", r"\S+": "one word without spaces",
    r"[0-9.,DHMPRSTWYZ/:+\-]+": "a date as ISO 8601 has it, such as 1863-05-04 or 1863-05-04/1863-06-01",
    r"(-?[0-9]+(\.[0-9]+)?,-?[0-9]+(\.[0-9]+)?(,-?[0-9]+(\.[0-9]+)?)?)": "a point such as 120,45",
    r"(\-?[\d]+/\-?[\d]+)": "a fraction such as 1/2", r"[a-z][a-z0-9\+\.\-]*": "a name in small letters",
    r"[\d]+(\.[\d]+){0,2}": "a version such as 2 or 4.1.0",
    r"[^/\s]+:\S*": "an address with its scheme, such as mailto:",
    r"[\-+]?\d+(\.\d+)?(%|cm|mm|in|pt|pc|px|em|ex|ch|rem|vw|vh|vmin|vmax)": "a measure such as 12mm or 50%",
}  # fmt: skip


class Explainer:
    """Explains the mistakes of documents by one schema."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        #: What was found out once: it depends on names and states only.
        self._contents: dict[Element, Pattern] = {}
        self._holders: dict[tuple[str, State], list[str]] = {}
        self._meant: dict[tuple[str, State], str] = {}
        self._following: dict[tuple[str, State], str] = {}
        self._children: dict[str, set[str]] = {}
        self._attributes: dict[str, list[Attribute]] = {}
        self._shown: dict[str, list[str]] = {}
        self._unfit: dict[tuple[str, str], list[str]] = {}

    def explain(self, mistake: Mistake) -> str:
        """The message for a mistake: some whole sentences."""
        sentences = {
            "element": self._misplaced,
            "early": self._early,
            "attribute": self._attribute,
            "value": self._value,
            "lacking": self._lacking,
            "text": self._text,
            "content": self._content,
            "incomplete": self._incomplete,
        }[mistake.kind](mistake)
        return " ".join(each for each in sentences if each)

    # --- elements -----------------------------------------------------------------------------------------------------

    def _misplaced(self, mistake: Mistake) -> Iterator[str]:
        node, state = mistake.node, mistake.state
        parent = node.getparent()
        if parent is None:
            yield f"{_tag(node)} cannot be the outermost element."
            known = str(node.tag) in self._known
            yield ("" if known else self._instead(node, state)) or f"The schema wants {_one_of(_named(state))} there."
            return
        if str(node.tag) not in self._known:
            yield from self._unknown(node, state, parent)
            return
        before, behind = _around(node) if len(parent) <= _SISTERS else ([], [])
        boundary = self._boundary(node, parent, before)
        if boundary is not None:
            yield from self._behind_boundary(mistake, parent, before, behind, boundary)
        elif not any(pattern.firsts for _, pattern in state.parts):
            if self._empty(parent):
                yield f"{_tag(parent)} must be empty, so {_tag(node)} may not stand in it."
                yield f"Put it before or behind {_tag(parent)}." if self._end(node, before, behind) else ""
            elif str(node.tag) in self._content_names(parent):
                yield f"{_tag(node)} is one too many: {_tag(parent)} is complete before it."
            else:
                yield f"{_tag(node)} may not stand in {_tag(parent)}."
                yield self._home(node, state, before, behind)
        else:
            at_all = " at this place" if str(node.tag) in self._content_names(parent) else ""
            yield f"{_tag(node)} may not stand{at_all} in {_tag(parent)}."
            yield self._home(node, state, before, behind)
        yield self._allowed(state, parent)

    def _behind_boundary(
        self, mistake: Mistake, parent: etree._Element, before: list[str], behind: list[str], boundary: int
    ) -> Iterator[str]:
        """An element that could have stood before one of its sisters."""
        node, state = mistake.node, mistake.state
        name, outer, sister = str(node.tag), str(parent.tag), before[boundary]
        if sister == name:
            yield f"{_tag(parent)} may have only one {_tag(node)} here. Put the two together, or take one away."
            return
        old = self._faults(outer, [*before, name, *behind])
        if not sister:
            yield f"{_tag(parent)} may hold either text or {_tag(node)}, not both."
            wrapped = [each or name for each in before]
            if self._faults(outer, [*wrapped, name, *(each or name for each in behind)]) < old:
                yield f"Put its text into {_article(name)} too."
            return
        remedies = []
        if self._faults(outer, [*before[:boundary], name, *before[boundary:], *behind]) < old:
            remedies.append(f"move it before <{_local(sister)}>")
        if wrapper := next(iter(self._wrappers(node, state, before, behind)), ""):
            new = _local(wrapper) == "div"
            remedies.append("begin a new <div> with it" if new else f"put it into {_article(wrapper)}")
        if not remedies and self._exclude(outer, before[:boundary], name, sister):
            yield f"{_tag(parent)} may hold either <{_local(sister)}> or {_tag(node)}, not both."
            return
        yield f"{_tag(node)} may not come after <{_local(sister)}> in {_tag(parent)}."
        paired = [
            one for other in [*before, *behind] if other != name for one in ([name] * (other == sister) + [other])
        ]
        if not remedies and self._faults(outer, paired) < old:
            yield f"Give each <{_local(sister)}> its {_tag(node)}, or none."
        if remedies:
            yield f"{_capital(', or '.join(remedies))}."

    def _early(self, mistake: Mistake) -> Iterator[str]:
        node = mistake.node
        parent = node.getparent()
        within = f" in {_tag(parent)}" if parent is not None else ""
        state = mistake.state
        firsts = dict.fromkeys(each for _, pattern in state.parts for each in pattern.firsts)
        leads = {
            name
            for each in firsts
            if state.behind((each,)).opening(str(node.tag)) is not None
            for name in each.names.names
        }
        first = _one_of(_sorted(leads)) if leads else _ways(state)
        yield f"{_tag(node)} comes too early{within}: {first} must come before it."

    def _incomplete(self, mistake: Mistake) -> Iterator[str]:
        node, state = mistake.node, mistake.state
        ways = _ways(state)
        if len(node):
            yield f"{_tag(node)} is not complete: {ways} must still come in it."
        elif any(pattern.firsts for _, pattern in state.parts):
            yield f"{_tag(node)} is empty: {ways} must stand in it."
        else:
            yield f"{_tag(node)} is empty: it must hold {_described(state)}."

    def _unknown(self, node: etree._Element, state: State, parent: etree._Element) -> Iterator[str]:
        namespace = namespace_of(str(node.tag))
        foreign = namespace not in {namespace_of(name) for name in self._known}
        if namespace and foreign and etree.QName(node).localname not in self._locals:
            yield f"{_tag(node)} is of another namespace ({namespace}) and may not stand in {_tag(parent)}."
            yield self._allowed(state, parent)
            return
        yield f"{_tag(node)} is no element of this schema."
        key = (str(node.tag), state)
        if key not in self._meant:
            self._meant[key] = self._instead(node, state)
        yield self._meant[key] or self._allowed(state, parent)

    def _instead(self, node: etree._Element, state: State) -> str:
        """What was probably meant by an element that the schema does not know."""
        local, namespace = etree.QName(node).localname, namespace_of(str(node.tag))
        if local in self._locals:
            wanted = namespace_of(self._locals[local])
            has = f"the namespace “{namespace}”" if namespace else "no namespace"
            mend = f'write <{local} xmlns="{wanted}">' if wanted else f"write <{local}> without xmlns"
            return f"It has {has}: {mend}, there or on an element around it."
        former, _, more = _FORMER.get(local, "").partition(" ")
        if former and f"{TEI}{former}" in self._known:
            return f"In TEI P5 it is <{former} {more}>." if more else f"In TEI P5 it is called <{former}>."
        here = [_local(name) for name in _named(state)]
        near = _near(local, here, 0.7) or _near(local, sorted(self._locals), 0.75)
        return f"Did you mean <{near}>?" if near else ""

    def _boundary(self, node: etree._Element, parent: etree._Element, before: list[str]) -> int | None:
        """Where before an element the sister, or text, is before which it could have stood; None if nowhere."""
        state = self._inside(str(parent.tag))
        boundary = None
        for place, each in enumerate(before):
            after = _behind(state, each)
            if after is not None:
                if after is not state and state.opening(str(node.tag)) and not after.opening(str(node.tag)):
                    boundary = place
                state = after
        return boundary

    def _exclude(self, parent: str, before: list[str], name: str, sister: str) -> bool:
        """Whether of two elements that could come next the one never stands behind the other."""
        state = self._inside(parent)
        for each in before:
            state = _behind(state, each) or state
        one, other = _behind(state, name), _behind(state, sister)
        return one is not None and other is not None and not (one.later(sister).parts or other.later(name).parts)

    def _home(self, node: etree._Element, state: State, before: list[str], behind: list[str]) -> str:
        """Where an element belongs that may not stand here; nothing, if no remedy is known to make the file better."""
        name = str(node.tag)
        if meant := self._other_name(node, state):
            return meant
        wrappers = self._wrappers(node, state, before, behind)
        usual = wrappers and _local(wrappers[0]) in _HOMES.get(_local(name), "").split()
        if not usual and (end := self._end(node, before, behind)):
            return end
        if wrappers:
            return f"Put it into {_article(wrappers[0])}."
        parent = node.getparent()
        homes = [each for each in self._homes(name) if parent is None or each != parent.tag]
        return f"It belongs in {_one_of(homes)}." if homes else ""

    def _other_name(self, node: etree._Element, state: State) -> str:
        """What another element is called that was probably meant."""
        what, mend = _CONFUSED.get(_local(str(node.tag)), ("", ""))
        able = mend and state.opening(f"{TEI}{mend.partition(' ')[0]}") is not None
        return f"If {what} is meant, write <{mend}>." if able else ""

    def _end(self, node: etree._Element, before: list[str], behind: list[str]) -> str:
        """The remedy to end the parent of an element before it, if that is one."""
        parent = node.getparent()
        outer = parent.getparent() if parent is not None else None
        if parent is None or outer is None or len(outer) > _SISTERS or len(parent) > _SISTERS:
            return ""
        name, inner, around = str(node.tag), str(parent.tag), str(outer.tag)
        if name not in self._content_names(outer):
            return ""
        ahead, later = _around(parent)
        left = self._faults(inner, before)
        if left > self._faults(inner, [*before, *behind]) or (left and not before):
            return ""  # what stands before it is no whole
        old = self._faults(inner, [*before, name, *behind]) + self._faults(around, [*ahead, inner, *later])
        new = self._faults(inner, before) + self._faults(inner, behind) * bool(behind)
        new += self._faults(around, [*ahead, inner, name, *([inner] if behind else []), *later])
        return f"End {_tag(parent)} before it: in {_tag(outer)} it may stand." if new < old else ""

    def _homes(self, name: str) -> list[str]:
        """What an element may stand in, if that is little, or if TEI has a usual place for it."""
        parents = self._parents[name]
        usual = [f"{TEI}{each}" for each in _HOMES.get(_local(name), "").split()]
        if homes := [each for each in usual if each in parents and name.startswith(TEI)]:
            return homes if len(usual) <= 3 else []
        return _sorted(parents) if len(parents) <= 4 else []

    def _wrappers(self, node: etree._Element, state: State, before: list[str], behind: list[str]) -> list[str]:
        """The elements that may stand here and in which this one may come first, the likeliest first.

        Only usual ones, or the only one there is; and only those that make the file better.
        """
        parent = node.getparent()
        if parent is None or len(parent) > _SISTERS:
            return []
        name, outer = str(node.tag), str(parent.tag)
        able = self._able(name, state)
        usual = [f"{TEI}{each}" for each in _HOMES.get(_local(name), "").split()]
        if not _ENDS & {_local(each) for each in before}:
            usual = [each for each in usual if _local(each) != "postscript"]
        previous = [each for each in before if each][-1:]
        found = [each for each in usual if each in able]
        if not found and (not usual or len(able) == 1):
            few = len(self._parents[name]) <= 4
            found = [
                each for each in able if _local(each) in {"p", "ab"} or each in previous or (few and len(able) == 1)
            ]
        found.sort(key=lambda each: each not in previous)
        old = self._faults(outer, [*before, name, *behind])

        def better(each: str) -> bool:
            alone = self._faults(outer, [*before, each, *behind]) + self._faults(each, [name])
            if _local(each) == "div":  # begun with it, it holds what follows too
                alone = min(alone, self._faults(outer, [*before, each]) + self._faults(each, [name, *behind]))
            return alone < old

        return [each for each in found if better(each)]

    def _able(self, name: str, state: State) -> list[str]:
        """The elements that may stand here and in which one of this name may come first."""
        key = (name, state)
        if key not in self._holders:
            firsts = {each for _, pattern in state.parts for each in pattern.firsts}
            able = {
                one
                for each in firsts
                if State.of([(each, self._bare(each))]).opening(name) is not None
                for one in each.names.names
            }
            self._holders[key] = _sorted(able - {name})
        return self._holders[key]

    def _bare(self, definition: Element) -> Pattern:
        """What an element holds, whatever attributes it has."""
        if definition not in self._contents:
            self._contents[definition] = _without(definition.content)
        return self._contents[definition]

    def _inside(self, name: str) -> State:
        """The state behind the start tag of an element; without parts, if the schema defines it more than once."""
        definition = self.schema.named(name)
        return State.of([(definition, self._bare(definition))] if definition is not None else [])

    def _faults(self, name: str, children: Iterable[str]) -> int:
        """How much is wrong in an element with these children, "" for text, as far as their order is concerned."""
        state = self._inside(name)
        wrong = 0
        for each in children:
            after = _behind(state, each)
            if after is None:
                wrong += 1
            else:
                state = after
        return wrong + (not state.matched)

    # --- attributes ---------------------------------------------------------------------------------------------------

    def _attribute(self, mistake: Mistake) -> Iterator[str]:
        node, name = mistake.node, mistake.attribute
        shown, tag = attribute_name(name), str(node.tag)
        if any(name in each.names for each in self._attributes_of(tag)):
            others = [attribute_name(each) for each in self._conflicting(node, name)]
            yield f"{_tag(node)} may not have {shown} together with {_list(others, 'and') or 'its other attributes'}."
            yield "Take one of them away."
            return
        yield f"{_tag(node)} may not have the attribute {shown}."
        if (tag, name) not in self._unfit:
            self._unfit[tag, name] = list(self._instead_of_attribute(tag, shown, name))
        yield from self._unfit[tag, name]

    def _instead_of_attribute(self, tag: str, shown: str, name: str) -> Iterator[str]:
        """What to write for an attribute that an element may not have, or what it may have."""
        allowed = self._allowed_attributes(tag)
        local = _local(tag)
        former = _FORMER_ATTRIBUTES.get(f"{shown} {local}", _FORMER_ATTRIBUTES.get(shown))
        if former is not None and (former in allowed or not former):
            yield f"In TEI P5 it is {former}." if former else "TEI P5 has no such attribute: take it away."
        elif shown in _PAIRS and f"{TEI}choice" in self._known and f"{TEI}{shown}" in self._known:
            first, second = _PAIRS[shown].split()
            yield f"In TEI P5 it is an element: <choice><{first}>…</{first}><{second}>…</{second}></choice>."
        elif near := _near(shown, allowed, 0.75):
            yield f"Did you mean {near}?"
        else:
            have = self._having.get(name, [])[:3]
            if have:
                yield f"Others have it, such as {_list([f'<{each}>' for each in have], 'and')}."
            yield f"It may have: {_cut(allowed)}." if allowed else "It may have none."

    def _conflicting(self, node: etree._Element, name: str) -> list[str]:
        """Those of the other attributes of an element without which it may have this one."""
        definition = self.schema.named(str(node.tag))
        others = [str(each) for each in node.attrib if each != name]
        others = others if definition is not None and len(others) < _TRIED else []
        return [
            each for each in others if definition and _fit([one for one in others if one != each], name, definition)
        ]

    def _value(self, mistake: Mistake) -> Iterator[str]:
        node, name = mistake.node, mistake.attribute
        value = str(node.get(name, ""))
        patterns = [each.value for _, pattern in mistake.state.parts for each in attributes_of(pattern, name)]
        if not value.strip():
            yield f"The attribute {attribute_name(name)} on {_tag(node)} is empty."
            yield f"It must be {_describe(patterns)}; if there is nothing to say, take it away."
            return
        shown = textwrap.shorten(value, 60, placeholder=" …") or value[:60]
        yield f'{attribute_name(name)}="{shown}" on {_tag(node)} is not allowed.'
        yield f"It must be {_describe(patterns)}{_value_meant(value, patterns)}."

    def _lacking(self, mistake: Mistake) -> Iterator[str]:
        node = mistake.node
        missing = _missing([pattern for _, pattern in mistake.state.parts])
        names = [
            _list([attribute_name(one) for each in way for one in sorted(each.names.names)], "and") for way in missing
        ]
        what = "the attribute" if all(len(way) == 1 for way in missing) else "the attributes"
        yield f"{_tag(node)} lacks {what} {_list(list(dict.fromkeys(names)), 'or')}, which it must have."
        if len(missing) == 1 and len(missing[0]) == 1:
            description = _describe([missing[0][0].value])
            if description != "a text":
                yield f"Its value is {description}."

    # --- text ---------------------------------------------------------------------------------------------------------

    def _text(self, mistake: Mistake) -> Iterator[str]:
        node, behind = mistake.node, mistake.behind
        text = whole_text(node, "text") if behind is None else whole_text(behind, "tail")
        yield f"The text “{_words(text)}” stands in {_tag(node)}, which may not hold text of its own."
        if not mistake.state.parts or self._empty(node):
            yield "It must be empty: put the text before it or behind it."
            return
        able = self._holding_text(mistake.state)
        homes = [each for home in ("p", "ab", "item", "l", "cell", "addrLine") for each in able if _local(each) == home]
        if homes or len(able) == 1:
            yield f"Put it into {_article((homes or able)[0])}, or take it away."
        elif able:
            yield f"It may stand in {_one_of(able)}."

    def _holding_text(self, state: State) -> list[str]:
        """The elements that may come next and may hold text, the usual ones first."""
        key = ("", state)
        if key not in self._holders:
            firsts = {each for _, pattern in state.parts for each in pattern.firsts}
            able = {each for each in firsts if self._bare(each).after_text() is not NOT_ALLOWED}
            self._holders[key] = _sorted({name for each in able for name in each.names.names})
        return self._holders[key]

    def _content(self, mistake: Mistake) -> Iterator[str]:
        node = mistake.node
        yield f"{_tag(node)} holds “{_words(''.join(node.itertext(etree.Element)))}”."
        yield f"It must hold {_described(mistake.state)}."

    # --- what the schema allows ---------------------------------------------------------------------------------------

    def _allowed(self, state: State, parent: etree._Element) -> str:
        key = (str(parent.tag), state)
        if key not in self._following:
            self._following[key] = self._what_may_follow(state, parent)
        return self._following[key]

    def _what_may_follow(self, state: State, parent: etree._Element) -> str:
        names = _named(state)
        text = any(pattern.after_text() is not NOT_ALLOWED for _, pattern in state.parts)
        shown = [f"<{_local(each)}>" for each in names] + (["text"] if text else [])
        end = f"the end of {_tag(parent)}" if state.matched else ""
        if not shown:
            return f"Only {end} may follow." if end else ""
        return f"Allowed here: {_cut(shown)}{f', or {end}' if end else ''}."

    @cached_property
    def _elements(self) -> list[Element]:
        return self.schema.elements()

    @cached_property
    def _known(self) -> frozenset[str]:
        """The names of all elements of the schema."""
        return frozenset(name for each in self._elements for name in each.names.names)

    @cached_property
    def _locals(self) -> dict[str, str]:
        """The names of all elements by their local names."""
        return {_local(name): name for name in sorted(self._known, reverse=True)}

    @cached_property
    def _parents(self) -> dict[str, set[str]]:
        """For the name of each element those of the elements in which it may stand."""
        parents: dict[str, set[str]] = defaultdict(set)
        for each in self._elements:
            for inner in each.content.descendants():
                if isinstance(inner, Element):
                    for name in inner.names.names:
                        parents[name] |= each.names.names
        return parents

    def _content_names(self, node: etree._Element) -> set[str]:
        """The names of all elements that may stand in an element somewhere."""
        tag = str(node.tag)
        if tag not in self._children:
            self._children[tag] = {name for name, parents in self._parents.items() if tag in parents}
        return self._children[tag]

    def _empty(self, node: etree._Element) -> bool:
        """Whether an element may hold nothing at all."""
        definition = self.schema.named(str(node.tag))
        if definition is None:
            return False
        content = self._bare(definition)
        return not any(isinstance(each, Element | Data | Words) or each is TEXT for each in content.descendants())

    def _attributes_of(self, tag: str) -> list[Attribute]:
        """The definitions of all attributes that an element may have."""
        if tag not in self._attributes:
            self._attributes[tag] = list(
                dict.fromkeys(
                    attribute for each in self._elements if tag in each.names for attribute in each.content.attributes()
                )
            )
        return self._attributes[tag]

    def _allowed_attributes(self, tag: str) -> list[str]:
        """The names of all attributes that an element may have, the usual ones first."""
        if tag not in self._shown:
            names = {attribute_name(one) for each in self._attributes_of(tag) for one in each.names.names}
            self._shown[tag] = sorted(names, key=_attribute_rank)
        return self._shown[tag]

    @cached_property
    def _having(self) -> dict[str, list[str]]:
        """For the name of each attribute those of the usual elements that may have it, the most usual first."""
        found: dict[str, set[str]] = defaultdict(set)
        for each in self._elements:
            usual = {name for name in map(_local, each.names.names) if name in _RANK}
            for attribute in each.content.attributes() if usual else ():
                for name in attribute.names.names:
                    found[name] |= usual
        return {name: _sorted(elements) for name, elements in found.items()}


# --- patterns in words ------------------------------------------------------------------------------------------------


def _without(content: Pattern) -> Pattern:
    """What an element holds, whatever attributes it has."""
    for each in dict.fromkeys(content.attributes()):
        after = content.after(each)
        if after is not NOT_ALLOWED:
            content = after
    return content.without_attributes()


def _fit(others: Iterable[str], name: str, definition: Element) -> bool:
    """Whether an element with some attributes may have another one too, whatever their values are."""
    pattern = definition.content
    for each in others:
        if found := attributes_of(pattern, each):
            pattern = choice([pattern.after(one) for one in found])
    return bool(attributes_of(pattern, name))


def _named(state: State) -> list[str]:
    """The names of the elements that may come next, the usual ones first."""
    return _sorted({name for _, pattern in state.parts for each in pattern.firsts for name in each.names.names})


def _missing(patterns: Iterable[Pattern]) -> list[list[Attribute]]:
    """The ways to complete a start tag: in each the attributes that must be added."""
    ways: list[list[Attribute]] = []
    for pattern in patterns:
        needed = _needed(pattern)
        ways += [way for way in needed if way not in ways]
    fewest = min(map(len, ways), default=0)
    return [way for way in ways if len(way) == fewest]


def _needed(pattern: Pattern) -> list[list[Attribute]]:
    """The sets of attributes each of which is enough; no more than some of them."""
    if pattern.without_attributes() is not NOT_ALLOWED:
        return [[]]
    if isinstance(pattern, Attribute):
        return [[pattern]]
    ways = [_needed(part) for part in pattern.parts]
    if isinstance(pattern, Choice):
        return [way for each in ways for way in each][:_TRIED]
    both: list[list[Attribute]] = [[]]
    for each in ways:
        both = [[*one, *other] for one in both for other in each][:_TRIED]
    return both


def _ways(state: State) -> str:
    """What must come next, in words: the shortest ways to complete what is missing, each told by its first element."""
    ways = [way for _, pattern in state.parts if (way := _shortest(pattern))]
    fewest = min((length for length, _ in ways), default=0)
    names = {name for length, firsts in ways if length == fewest for each in firsts for name in each.names.names}
    return _one_of(_sorted(names))


@cache
def _shortest(pattern: Pattern) -> tuple[int, frozenset[Element]] | None:
    """How many elements fulfil a pattern at least, and which may then be the first; None if no elements do."""
    if pattern.nullable:
        return 0, frozenset()
    if isinstance(pattern, Element):
        return 1, frozenset({pattern})
    parts = [_shortest(part) for part in pattern.parts]
    ways = [way for way in parts if way is not None]
    if isinstance(pattern, Choice):
        fewest = min((length for length, _ in ways), default=0)
        firsts = [firsts for length, firsts in ways if length == fewest]
        return (fewest, frozenset().union(*firsts)) if ways else None
    if len(ways) < len(parts) or not parts:
        return None
    return sum(length for length, _ in ways), next((firsts for _, firsts in ways if firsts), frozenset())


def _described(state: State) -> str:
    return _describe([pattern for _, pattern in state.parts])


def _describe(patterns: Iterable[Pattern]) -> str:
    """What a value must be, in words."""
    values: list[str] = []
    kinds: dict[str, None] = {}
    for pattern in patterns:
        _gather(pattern, values, kinds)
    said = list(kinds)
    dates = [each for each in said if each in _DATES]
    if len(dates) > 2:
        said = ["a date such as 1863, 1863-05, 1863-05-04 or --05-04", *(each for each in said if each not in _DATES)]
    said = list(dict.fromkeys(_DATATYPES.get(each, each) for each in said))
    named = [f"“{each}”" for each in values]
    if len(named) > _MOST + 1:
        named = [*named[:_MOST], f"one of {len(named) - _MOST} more"]
    return _list([*named, *said], "or") or "empty"


def _gather(pattern: Pattern, values: list[str], kinds: dict[str, None]) -> None:
    """The single values and the kinds of values that a pattern allows."""
    if isinstance(pattern, Data):
        if pattern.value is not None:
            if pattern.value and pattern.value not in values:
                values.append(pattern.value)
        else:
            form = dict(pattern.parameters).get("pattern")
            plain = form is None or (form in _PATTERNS and pattern.name not in _ANY_TEXT)
            kinds[pattern.name if plain else _PATTERNS.get(str(form), _form(str(form)))] = None
    elif isinstance(pattern, Words):
        inner: dict[str, None] = {}
        many = any(isinstance(each, OneOrMore) for each in pattern.inner.descendants())
        _gather(pattern.inner, values, inner)
        for each in inner:
            said = _DATATYPES.get(each, each)
            kinds[f"{said} (several are parted by spaces)" if many else said] = None
    elif pattern is TEXT:
        kinds["string"] = None
    else:
        for part in pattern.parts:
            _gather(part, values, kinds)


def _form(pattern: str) -> str:
    """A pattern in words: a short one as it is."""
    return f"of the form {pattern}" if len(pattern) <= 20 else "of another form"


def _value_meant(value: str, patterns: Iterable[Pattern]) -> str:
    """What was probably meant by a value: a clause, or nothing."""
    patterns = list(patterns)
    values: list[str] = []
    kinds: dict[str, None] = {}
    for pattern in patterns:
        _gather(pattern, values, kinds)
    if near := get_close_matches(value.strip(), values, n=1, cutoff=0.7):
        return f"; perhaps “{near[0]}” was meant"
    if kinds.keys() & _DATES:
        if re.fullmatch(r"(\d{4}|-)-\d\d-\d\d", value):
            return "; there is no such day"
        tries = _as_date(value)
    elif any(kind == "anyURI" or kind.startswith(_DATATYPES["anyURI"]) for kind in kinds):
        tries = iter([re.sub(r"\s", "%20", re.sub("%(?![0-9a-fA-F]{2})", "%25", value.strip()))])
    else:
        safe = re.sub(r"[^\w.-]+", "_", value.strip())
        plain = value.strip()
        tries = iter(
            [plain, plain.lower(), plain.replace("_", "-"), re.sub(r"\s+", "_", value.strip()), safe, f"n{safe}"]
        )
    better = next((each for each in tries if any(pattern.matches(each) for pattern in patterns)), "")
    if better and kinds.keys() & _DATES and re.fullmatch(r"\d{1,3}", value.strip()):
        return f"; if the year {value.strip()} is meant, write {better}"
    return f"; write {better}" if better else ""


def _as_date(value: str) -> Iterator[str]:
    """A date as ISO 8601 would have it, where the order of day and month is plain.

    >>> [*_as_date("1863-5-4"), *_as_date("14.5.1863"), *_as_date("4/5/1863"), *_as_date("863")]
    ['1863-05-04', '1863-05-14', '0863']
    """
    value = value.strip()
    if date := re.fullmatch(r"(\d{3,4})[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?", value):
        yield f"{date[1]:0>4}-{date[2]:0>2}" + (f"-{date[3]:0>2}" if date[3] else "")
    elif date := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", value):
        if int(date[2]) > 12 >= int(date[1]):
            yield f"{date[3]}-{date[1]:0>2}-{date[2]:0>2}"
        elif int(date[1]) > 12 >= int(date[2]):
            yield f"{date[3]}-{date[2]:0>2}-{date[1]:0>2}"
    elif re.fullmatch(r"\d{1,3}", value):
        yield f"{value:0>4}"


# --- what a document holds --------------------------------------------------------------------------------------------


def _around(node: etree._Element) -> tuple[list[str], list[str]]:
    """What stands before an element in its parent, and what behind it: names of elements, and "" for text."""
    parent = node.getparent()
    before: list[str] = []
    behind: list[str] = []
    if parent is None:
        return before, behind
    found = before
    if (parent.text or "").strip():
        found.append("")
    for child in parent:
        if child is node:
            found = behind
        elif isinstance(child.tag, str):
            found.append(child.tag)
        if (child.tail or "").strip():
            found.append("")
    return before, behind


def _behind(state: State, child: str) -> State | None:
    """The state behind an element of this name, or behind text (""); None if it may not stand."""
    if child:
        opening = state.opening(child)
        return opening.after if opening is not None else None
    after = state.after_text()
    return after if after.parts else None


# --- words ------------------------------------------------------------------------------------------------------------


def _tag(node: etree._Element) -> str:
    return f"<{name_of(node)}>"


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (_RANK.get(_local(name), len(_RANK)), _local(name), name))


def _attribute_rank(name: str) -> tuple[int, str]:
    return _ATTRIBUTE_RANK.get(name, len(_ATTRIBUTE_RANK)), name


def _article(name: str) -> str:
    local = _local(name)
    return f"a{'n' * (local[:1] in 'aeio' or local in {'l', 'lg', 'lb', 'sp', 'fw', 'rdg'})} <{local}>"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _near(name: str, names: Iterable[str], cutoff: float) -> str:
    """The name that one was probably meant to be: short ones must at least begin alike."""
    low = name.lower()
    alike = [
        each for each in names if abs(len(each) - len(name)) < 3 and (len(name) > 4 or each[:1].lower() == low[:1])
    ]
    same = [each for each in alike if each.lower() == low]
    return next(iter(same or get_close_matches(name, alike, n=1, cutoff=cutoff)), "")


def _one_of(names: list[str]) -> str:
    return _cut([f"<{_local(name)}>" for name in names], "or") or "something else"


def _cut(shown: list[str], word: str = "") -> str:
    """A list of names; of a long one the first, and how many more there are."""
    if len(shown) > _MOST + 1:
        return f"{', '.join(shown[:_MOST])} {word or 'and'} {len(shown) - _MOST} more"
    return _list(shown, word) if word else ", ".join(shown)


def _list(shown: list[str], word: str) -> str:
    return f"{', '.join(shown[:-1])} {word} {shown[-1]}" if len(shown) > 1 else "".join(shown)


def _words(text: str) -> str:
    return textwrap.shorten(text, 50, placeholder=" …") or text.strip()[:50]
