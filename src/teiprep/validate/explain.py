"""Says in plain words where a document leaves its schema: what is wrong, what to do, what is allowed instead.

All of it is computed from the schema, whichever it is. For TEI a little is added that only a person would know: what an
element usually stands in, and which elements most editions use.
"""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from teiprep.tei.reading import TEI

from .locate import attribute_name, name_of
from .relaxng.matching import State, attributes_of
from .relaxng.names import namespace_of
from .relaxng.patterns import NOT_ALLOWED, TEXT, Attribute, Choice, Data, Element, OneOrMore, Pattern, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .relaxng.matching import Mistake
    from .relaxng.reading import Schema

#: What an element of TEI usually stands in, the likeliest first.
_HOMES = {
    "signed": "closer", "salute": "opener closer", "dateline": "opener closer", "byline": "div titlePage",
    "addrLine": "address", "address": "opener p", "item": "list", "label": "list", "row": "table", "cell": "row",
    "l": "lg", "lb": "p", "pb": "div p", "head": "div", "titlePart": "docTitle titlePage", "docTitle": "titlePage",
    "docAuthor": "byline titlePage", "docDate": "docImprint titlePage", "docImprint": "titlePage",
    "imprimatur": "titlePage", "sic": "choice p", "corr": "choice p", "orig": "choice p", "reg": "choice p",
    "abbr": "choice p", "expan": "choice p", "persName": "p", "placeName": "p", "date": "p", "q": "p", "said": "p",
    "hi": "p", "ref": "p", "title": "p titleStmt", "person": "listPerson", "place": "listPlace", "org": "listOrg",
    "listPerson": "standOff particDesc", "titleStmt": "fileDesc", "publicationStmt": "fileDesc",
    "sourceDesc": "fileDesc",
    "fileDesc": "teiHeader", "encodingDesc": "teiHeader", "profileDesc": "teiHeader", "revisionDesc": "teiHeader",
    "body": "text", "front": "text", "back": "text", "text": "TEI", "teiHeader": "TEI", "change": "revisionDesc",
    "language": "langUsage", "langUsage": "profileDesc", "correspAction": "correspDesc", "correspDesc": "profileDesc",
    "editor": "titleStmt", "respStmt": "titleStmt", "licence": "availability", "availability": "publicationStmt",
    **dict.fromkeys(("p", "list", "table", "lg", "figure", "quote"), "div postscript item cell"),
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
#: What older encodings called it.
_FORMER = {"TEI.2": "TEI", "xref": "ref", "xptr": "ptr", "note-ref": "ref", "para": "p", "emphasis": "emph", "i": "hi"}
_FORMER_ATTRIBUTES = {"id": "xml:id", "lang": "xml:lang", "space": "xml:space", "TEIform": "", "href": "target"}
_MOST = 12  # names in a list
_TRIED = 30  # ways to complete something
_SISTERS = 2000  # children of an element among which the one is looked for that ended what could stand

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
    r"(\-?[\d]+/\-?[\d]+)": "a fraction such as 1/2", r"[a-z][a-z0-9\+\.\-]*": "a name in small letters",
    r"[\-+]?\d+(\.\d+)?(%|cm|mm|in|pt|pc|px|em|ex|ch|rem|vw|vh|vmin|vmax)": "a measure such as 12mm or 50%",
}  # fmt: skip


class Explainer:
    """Explains the mistakes of documents by one schema."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

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
            yield ("" if known else self._instead(node)) or f"The schema wants {_one_of(_named(state))} there."
            return
        if str(node.tag) not in self._known:
            yield from self._unknown(node, state, parent)
            return
        boundary = self._boundary(node, parent)
        if boundary is not None and boundary.tag == node.tag:
            yield f"{_tag(parent)} may have only one {_tag(node)} here. Put the two together, or take one away."
        elif boundary is not None:
            yield f"{_tag(node)} may not come after {_tag(boundary)} in {_tag(parent)}."
            yield f"Move it before {_tag(boundary)}{self._or_into(node, state)}."
        elif self._first(node, parent):
            yield f"{_tag(parent)} may hold either text or {_tag(node)}, not both."
            yield f"Put its text into {_article(str(node.tag))} too."
        elif not state.parts or not (state.openings or any(pattern.firsts for _, pattern in state.parts)):
            if self._empty(parent):
                yield f"{_tag(parent)} must be empty, so {_tag(node)} may not stand in it."
                yield f"Put it before or behind {_tag(parent)}."
            elif str(node.tag) in self._content_names(parent):
                yield f"{_tag(node)} is one too many: {_tag(parent)} is complete before it."
            else:
                yield f"{_tag(node)} may not stand in {_tag(parent)}."
                yield self._home(node, parent, state)
        elif str(node.tag) in self._content_names(parent):
            yield f"{_tag(node)} may not stand at this place in {_tag(parent)}."
            yield self._home(node, parent, state)
        else:
            yield f"{_tag(node)} may not stand in {_tag(parent)}."
            yield self._home(node, parent, state)
        yield self._allowed(state, parent)

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
        locals_ = {_local(name) for name in self._known}
        foreign = namespace not in {namespace_of(name) for name in self._known}
        if namespace and foreign and etree.QName(node).localname not in locals_:
            yield f"{_tag(node)} is of another namespace ({namespace}) and may not stand in {_tag(parent)}."
            yield self._allowed(state, parent)
            return
        yield f"{_tag(node)} is no element of this schema."
        yield self._instead(node) or self._allowed(state, parent)

    def _first(self, node: etree._Element, parent: etree._Element) -> bool:
        """Whether an element could stand first in its parent, if no text came before it."""
        definition = self.schema.named(str(parent.tag))
        start = State.of([(definition, _without(definition.content))]) if definition is not None else None
        return start is not None and start.opening(str(node.tag)) is not None

    def _instead(self, node: etree._Element) -> str:
        """What was probably meant by an element that the schema does not know."""
        local, namespace = etree.QName(node).localname, namespace_of(str(node.tag))
        alike = [name for name in self._known if name.rpartition("}")[2] == local]
        if alike:
            wanted = namespace_of(alike[0])
            has = f"the namespace “{namespace}”" if namespace else "no namespace"
            mend = f'write <{local} xmlns="{wanted}">' if wanted else f"write <{local}> without xmlns"
            return f"It has {has}: {mend}, there or on an element around it."
        if local in _FORMER and f"{TEI}{_FORMER[local]}" in self._known:
            return f"In TEI P5 it is called <{_FORMER[local]}>."
        names = sorted({name.rpartition("}")[2] for name in self._known})
        lower = {name.lower(): name for name in names}
        near = [lower[local.lower()]] if local.lower() in lower else get_close_matches(local, names, n=1, cutoff=0.7)
        return f"Did you mean <{near[0]}>?" if near else ""

    def _boundary(self, node: etree._Element, parent: etree._Element) -> etree._Element | None:
        """The sister before which the element could have stood; None if it could not stand anywhere before."""
        definition = self.schema.named(str(parent.tag))
        if definition is None or len(parent) > _SISTERS:
            return None
        state = State.of([(definition, _without(definition.content))])
        boundary = None
        for sister in parent.iterchildren(etree.Element):
            if sister is node:
                break
            possible = state.opening(str(node.tag)) is not None
            opening = state.opening(str(sister.tag))
            if opening is not None:
                state = opening.after
                if possible and state.opening(str(node.tag)) is None:
                    boundary = sister
        return boundary

    def _or_into(self, node: etree._Element, state: State) -> str:
        wrappers = self._wrappers(str(node.tag), state)
        if not wrappers:
            return ""
        begins = _local(wrappers[0]) == "div"
        return ", or begin a new <div> with it" if begins else f", or put it into {_article(wrappers[0])}"

    def _home(self, node: etree._Element, parent: etree._Element, state: State) -> str:
        """Where an element belongs that may not stand here."""
        name = str(node.tag)
        wrappers = [each for each in self._wrappers(name, state) if each != parent.tag]
        usual = wrappers and _local(wrappers[0]) in _HOMES.get(_local(name), "").split()
        outer = parent.getparent()
        if not usual and outer is not None and name in self._content_names(outer):
            return f"End {_tag(parent)} before it: in {_tag(outer)} it may stand."
        if wrappers:
            return f"Put it into {_article(wrappers[0])}."
        homes = self._homes(name)
        return f"It belongs in {_one_of(homes)}." if homes else ""

    def _homes(self, name: str) -> list[str]:
        """What an element may stand in, if that is little, or if TEI has a usual place for it."""
        parents = self._parents[name]
        usual = [f"{TEI}{each}" for each in _HOMES.get(_local(name), "").split()]
        if homes := [each for each in usual if each in parents and name.startswith(TEI)]:
            return homes
        return _sorted(parents) if len(parents) <= 4 else []

    def _wrappers(self, name: str, state: State) -> list[str]:
        """The elements that may stand here and in which the element may come first, if one of them is its usual home.

        Without a usual one the only one there is.
        """
        able: list[str] = []
        for _, pattern in state.parts:
            for each in pattern.firsts:
                inner = State.of([(each, _without(each.content))])
                if each.names.names and inner.opening(name) is not None:
                    able += each.names.names
        able = _sorted(set(able) - {name})
        usual = [f"{TEI}{each}" for each in _HOMES.get(_local(name), "").split()]
        if homes := [each for each in usual if each in able]:
            return homes
        return able if len(able) == 1 else [each for each in able if _local(each) in {"p", "ab"}][:1]

    # --- attributes ---------------------------------------------------------------------------------------------------

    def _attribute(self, mistake: Mistake) -> Iterator[str]:
        node, name = mistake.node, mistake.attribute
        shown = attribute_name(name)
        could = self._attributes_of(node)
        if any(name in each.names for each in could):
            others = [attribute_name(str(key)) for key in node.attrib if key != name]
            yield f"{_tag(node)} may not have {shown} together with its other attributes ({', '.join(others)})."
            yield "Take one of them away."
            return
        yield f"{_tag(node)} may not have the attribute {shown}."
        allowed = {attribute_name(one) for each in could for one in each.names.names}
        former = _FORMER_ATTRIBUTES.get(shown)
        near = get_close_matches(shown, allowed, n=1, cutoff=0.75)
        if former is not None and (former in allowed or not former):
            yield f"In TEI P5 it is {former}." if former else "TEI P5 has no such attribute: take it away."
        elif near:
            yield f"Did you mean {near[0]}?"
        else:
            have = [each for each in self._having(name) if each in _RANK]
            if have:
                yield f"Others have it, such as {_list([f'<{each}>' for each in have[:3]], 'and')}."
            yield f"It may have: {_cut(sorted(allowed, key=_attribute_rank))}." if allowed else "It may have none."

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
        text = (node.text if behind is None else behind.tail) or ""
        yield f"The text “{_words(text)}” stands in {_tag(node)}, which may not hold text of its own."
        if not mistake.state.parts or self._empty(node):
            yield "It must be empty: put the text before it or behind it."
            return
        able: list[str] = []
        for _, pattern in mistake.state.parts:
            for each in pattern.firsts:
                if _without(each.content).after_text() is not NOT_ALLOWED:
                    able += each.names.names
        able = _sorted(set(able))
        homes = [each for home in ("p", "ab", "item", "l", "cell") for each in able if _local(each) == home]
        if homes or len(able) == 1:
            yield f"Put it into {_article((homes or able)[0])}, or take it away."
        elif able:
            yield f"It may stand in {_one_of(able)}."

    def _content(self, mistake: Mistake) -> Iterator[str]:
        node = mistake.node
        yield f"{_tag(node)} holds “{_words(''.join(node.itertext(etree.Element)))}”."
        yield f"It must hold {_described(mistake.state)}."

    # --- what the schema allows ---------------------------------------------------------------------------------------

    def _allowed(self, state: State, parent: etree._Element) -> str:
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
        return {name for name, parents in self._parents.items() if str(node.tag) in parents}

    def _empty(self, node: etree._Element) -> bool:
        """Whether an element may hold nothing at all."""
        definition = self.schema.named(str(node.tag))
        if definition is None:
            return False
        content = _without(definition.content)
        return not any(isinstance(each, Element | Data | Words) or each is TEXT for each in content.descendants())

    def _attributes_of(self, node: etree._Element) -> list[Attribute]:
        return [
            attribute
            for each in self._elements
            if str(node.tag) in each.names
            for attribute in each.content.attributes()
        ]

    def _having(self, attribute: str) -> list[str]:
        """The elements that may have an attribute, the usual ones first."""
        return [
            _local(name)
            for name in _sorted(
                {name for each in self._elements for name in each.names.names if attributes_of(each.content, attribute)}
            )
        ]


# --- patterns in words ------------------------------------------------------------------------------------------------


def _without(content: Pattern) -> Pattern:
    """What an element holds, whatever attributes it has."""
    for each in dict.fromkeys(content.attributes()):
        after = content.after(each)
        if after is not NOT_ALLOWED:
            content = after
    return content.without_attributes()


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
    ways = [way for _, pattern in state.parts for way in _shortest(pattern)]
    fewest = min(map(len, ways), default=0)
    names = {name for way in ways if len(way) == fewest for each in way[:1] for name in each.names.names}
    return _one_of(_sorted(names))


def _shortest(pattern: Pattern) -> list[list[Element]]:
    """The shortest sequences of elements that fulfil a pattern; no more than some of them."""
    if pattern.nullable:
        return [[]]
    if isinstance(pattern, Element):
        return [[pattern]]
    ways = [_shortest(part) for part in pattern.parts]
    if isinstance(pattern, Choice):
        found = [way for each in ways for way in each]
    else:
        found = [[]] if ways else []
        for each in ways:
            found = [[*one, *other] for one in found for other in each][:_TRIED]
    fewest = min(map(len, found), default=0)
    return [way for way in found if len(way) == fewest][:_TRIED]


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
            kinds[pattern.name if plain else _PATTERNS.get(str(form), f"of the form {form}")] = None
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
        tries = iter([value.strip(), value.strip().lower(), re.sub(r"\s+", "_", value.strip()), safe, f"n{safe}"])
    better = next((each for each in tries if any(pattern.matches(each) for pattern in patterns)), "")
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
    return f"a{'n' * (local[:1] in 'aeio' or local == 'l')} <{local}>"


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
