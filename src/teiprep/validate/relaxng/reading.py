"""Reads a RELAX NG schema in XML form into patterns, each definition once.

That takes a tenth of a second for all of TEI, so nothing is cut away or kept on disk. What the specification calls
simplification (section 4) happens on the way.
"""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lxml import etree

from teiprep.diagnostics import ConfigError
from teiprep.tei.parsing import parser

from . import datatypes
from .names import NONE, NameClass, any_name, clark, in_namespace
from .patterns import (
    EMPTY,
    NOT_ALLOWED,
    TEXT,
    Attribute,
    Data,
    Element,
    Pattern,
    TooManyError,
    choice,
    folded,
    group,
    interleave,
    one_or_more,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable

RNG = "http://relaxng.org/ns/structure/1.0"
_R = f"{{{RNG}}}"
_HINT = "it must be a RELAX NG grammar in XML form (.rng), such as tei_all.rng"
_MANY_FILES = 1000
_LARGEST = 200_000_000  # bytes of a schema file
_PATTERNS = frozenset(
    f"{_R}{name}"
    for name in (
        *(
            "element",
            "attribute",
            "group",
            "interleave",
            "choice",
            "optional",
            "zeroOrMore",
            "oneOrMore",
            "list",
            "mixed",
        ),
        *("ref", "parentRef", "empty", "value", "data", "notAllowed", "externalRef", "grammar", "text"),
    )
)


@dataclass(slots=True)
class _Scope:
    """The definitions of one `grammar`: by name those of each kind, and the grammar around it."""

    parent: _Scope | None = None
    defines: dict[str, list[etree._Element]] = field(default_factory=lambda: defaultdict(list))
    starts: list[etree._Element] = field(default_factory=list)
    made: dict[str, Pattern] = field(default_factory=dict)
    making: set[str] = field(default_factory=set)
    #: For the root of each file that stands in it, the files by which it was reached, itself included.
    ways: dict[etree._Element, frozenset[Path]] = field(default_factory=dict)

    def way(self, node: etree._Element) -> frozenset[Path]:
        """The files that may not be included once more at a node."""
        root = node.getroottree().getroot()
        at: _Scope | None = self
        while at is not None:
            if root in at.ways:
                return at.ways[root]
            at = at.parent
        return frozenset()


class Schema:
    """A RELAX NG grammar: `start` is the pattern of whole documents.

    Raises ConfigError if the file, or one that it includes, cannot be read or is no such grammar.
    """

    def __init__(self, path: Path) -> None:
        self._folder = Path(os.path.realpath(path)).parent
        self._files: dict[tuple[Path, str], etree._Element] = {}
        self._named: dict[str, list[Element]] | None = None
        self.path = path
        root = self._file(path)
        self._root = root
        scope = _Scope(ways={root: frozenset({Path(os.path.realpath(path))})})
        self.start = self._safely(lambda: self._pattern(root, scope))
        self._elements = self._reached()

    def named(self, name: str) -> Element | None:
        """The definition of an element of this name, where the schema has just one that names it; else None.

        It serves to go on after an error.
        """
        if self._named is None:
            self._named = defaultdict(list)
            for each in self._elements:
                for one in each.names.names:
                    self._named[one].append(each)
        found = self._named.get(name, ())
        return found[0] if len(found) == 1 else None

    def elements(self) -> list[Element]:
        """All elements that the schema defines, reached from the start."""
        return self._elements

    def _reached(self) -> list[Element]:
        """Reads all that a document could need: a mistake anywhere in it must not be found only by some documents."""
        found: dict[Element, None] = {}
        waiting = list(self.start.firsts)
        while waiting:
            each = waiting.pop()
            if each not in found:
                found[each] = None
                waiting += (part for part in each.content.descendants() if isinstance(part, Element))
        return list(found)

    def _safely(self, make: Callable[[], Pattern]) -> Pattern:
        try:
            return make()
        except RecursionError:
            raise ConfigError(f"{self.path} cannot be used as a schema: it is nested too deep", hint=_HINT) from None
        except TooManyError:
            raise ConfigError(
                f"{self.path} cannot be used as a schema: its sequences are too long", hint=_HINT
            ) from None

    # --- files --------------------------------------------------------------------------------------------------------

    def _file(self, path: Path, by: etree._Element | None = None) -> etree._Element:
        """The root of a schema file, read once; only files under the folder of the schema are opened.

        A file that gives no namespace takes the one that holds where it is included (sections 4.6, 4.7, 4.9): then it
        is read once for each of them.
        """
        place = Path(os.path.realpath(path))
        namespace = "" if by is None else _inherited(by, "ns")
        if (place, namespace) in self._files:
            return self._files[place, namespace]
        if len(self._files) >= _MANY_FILES:
            raise self._wrong(by, f"it is made of more than {_MANY_FILES} files")
        if not place.is_relative_to(self._folder):
            hint = f"copy what it includes below {self.path.parent}, and change the href"
            raise ConfigError(f"{self._at(by)}: {path} lies outside of the folder of the schema", hint=hint)
        try:
            if not place.is_file():
                wanted = "" if by is None else f"{self._at(by)}: "
                raise ConfigError(f"{wanted}the schema {path} is no file", hint=_HINT)
            if place.stat().st_size > _LARGEST:
                raise ConfigError(f"the schema {path} is larger than 200 MB", hint=_HINT)
            data = place.read_bytes()
        except OSError as error:
            raise ConfigError(f"the schema {path} cannot be read: {error.strerror or error}", hint=_HINT) from error
        try:
            root = etree.fromstring(data, parser(comments=False), base_url=place.as_uri())
        except etree.XMLSyntaxError as error:
            raise ConfigError(f"{path}:{error.lineno or 1}: the schema is no XML: {error.msg}", hint=_HINT) from error
        if next(root.iter(etree.Entity), None) is not None:
            raise ConfigError(f"the schema {path} uses an entity of its own", hint="write out what it stands for")
        if not str(root.tag).startswith(_R):
            kind = "a W3C schema" if "XMLSchema" in str(root.tag) else f"<{etree.QName(root).localname}>"
            raise ConfigError(f"the schema {path} is no RELAX NG grammar but {kind}", hint=_HINT)
        if namespace and root.get("ns") is None:
            root.set("ns", namespace)
        self._files[place, namespace] = root
        return root

    def _included(self, node: etree._Element, way: frozenset[Path]) -> tuple[etree._Element, frozenset[Path]]:
        """The root of the file that a node includes, and the files by which it was reached."""
        href = self._need(node, "href")
        parts = urlsplit(href)
        base = urlsplit(str(node.base))
        if parts.scheme or parts.netloc or parts.fragment or not parts.path or base.scheme != "file" or base.netloc:
            raise self._wrong(node, f"“{href}” is not looked up; only files beside the schema are")
        here = Path(unquote(base.path))
        path = Path(os.path.realpath(here.parent / unquote(parts.path)))
        if path in way:
            raise self._wrong(node, f"“{href}” includes itself")
        return self._file(path, node), way | {path}

    # --- grammars -----------------------------------------------------------------------------------------------------

    def _scope(self, node: etree._Element, parent: _Scope | None) -> _Scope:
        scope = _Scope(parent)
        self._gather(node, scope, parent.way(node) if parent else frozenset())
        for each in (*scope.defines, ""):
            self._check_combined(scope, each)
        return scope

    def _gather(self, node: etree._Element, scope: _Scope, way: frozenset[Path]) -> None:
        """The definitions in a grammar, div or include."""
        for child in _children(node):
            name = _kind(child)
            if name == "start":
                scope.starts.append(child)
            elif name == "define":
                scope.defines[self._need(child, "name")].append(child)
            elif name == "div":
                self._gather(child, scope, way)
            elif name == "include":
                self._include(child, scope, way)
            else:
                raise self._wrong(child, f"<{name}> may not stand here")

    def _include(self, node: etree._Element, scope: _Scope, way: frozenset[Path]) -> None:
        """What another file defines, but for what the include defines instead."""
        root, way_there = self._included(node, way)
        if _kind(root) != "grammar":
            raise self._wrong(node, f"“{node.get('href')}” is no grammar, but <{_kind(root)}>")
        own, inner = _Scope(), _Scope()
        self._gather(node, own, way)
        self._gather(root, inner, way_there)
        scope.ways |= {root: way_there, **inner.ways}
        if own.starts and not inner.starts:
            raise self._wrong(node, "it replaces a start that the included file has not")
        for name in own.defines:
            if name not in inner.defines:
                raise self._wrong(node, f"it replaces “{name}”, which the included file does not define")
        for name, nodes in (*own.defines.items(), *((n, d) for n, d in inner.defines.items() if n not in own.defines)):
            scope.defines[name] += nodes
        scope.starts += own.starts or inner.starts

    def _check_combined(self, scope: _Scope, name: str) -> None:
        nodes = scope.defines[name] if name else scope.starts
        ways = [each and each.strip() for each in (node.get("combine") for node in nodes)]
        if len(set(filter(None, ways))) > 1 or ways.count(None) > 1:
            what = f"“{name}” is defined" if name else "the start is defined"
            raise self._wrong(nodes[-1], f"{what} twice, and how to combine the two is not said")

    def _combined(self, nodes: list[etree._Element], scope: _Scope) -> Pattern:
        patterns = [self._all(node, scope) for node in nodes]
        if any((node.get("combine") or "").strip() == "interleave" for node in nodes):
            return folded(interleave, patterns)
        return choice(patterns)

    def _define(self, name: str, scope: _Scope | None, node: etree._Element) -> Pattern:
        if scope is None or name not in scope.defines:
            raise self._wrong(node, f"it refers to “{name}”, which is not defined")
        if name not in scope.made:
            if name in scope.making:
                raise self._wrong(node, f"the definition of “{name}” goes round in a circle")
            scope.making.add(name)
            scope.made[name] = self._combined(scope.defines[name], scope)
            scope.making.discard(name)
        return scope.made[name]

    # --- patterns -----------------------------------------------------------------------------------------------------

    def _all(self, node: etree._Element, scope: _Scope) -> Pattern:
        """The patterns in a node, one after the other."""
        return folded(group, self._each(node, scope))

    def _each(self, node: etree._Element, scope: _Scope) -> list[Pattern]:
        children = _children(node)
        if not children:
            raise self._wrong(node, f"<{_kind(node)}> is empty")
        return [self._pattern(child, scope) for child in children]

    def _pattern(self, node: etree._Element, scope: _Scope) -> Pattern:
        kind = _kind(node)
        if str(node.tag) not in _PATTERNS:
            raise self._wrong(node, f"<{kind}> may not stand here")
        if kind in _CONSTANT:
            return _CONSTANT[kind]
        if kind in _MADE:
            return _MADE[kind](self._all(node, scope))
        if kind in _JOINED:
            return _JOINED[kind](self._each(node, scope))
        read: Callable[[etree._Element, _Scope], Pattern] = getattr(self, f"_read_{kind}")
        return read(node, scope)

    def _read_ref(self, node: etree._Element, scope: _Scope) -> Pattern:
        return self._define(self._need(node, "name"), scope, node)

    def _read_parentRef(self, node: etree._Element, scope: _Scope) -> Pattern:  # noqa: N802 - the name of the element
        return self._define(self._need(node, "name"), scope.parent, node)

    def _read_grammar(self, node: etree._Element, scope: _Scope) -> Pattern:
        inner = self._scope(node, scope)
        if not inner.starts:
            raise self._wrong(node, "the grammar has no start")
        return self._combined(inner.starts, inner)

    def _read_externalRef(self, node: etree._Element, scope: _Scope) -> Pattern:  # noqa: N802 - the name of the element
        root, way = self._included(node, scope.way(node))
        return self._pattern(root, _Scope(ways={root: way}))

    def _read_element(self, node: etree._Element, scope: _Scope) -> Pattern:
        names, rest = self._names(node)
        if not rest:
            raise self._wrong(node, "<element> does not say what it holds")

        def content() -> Pattern:
            return self._safely(lambda: folded(group, [self._pattern(child, scope) for child in rest]))

        return Element(names, content)

    def _read_attribute(self, node: etree._Element, scope: _Scope) -> Pattern:
        names, rest = self._names(node)
        if len(rest) > 1:
            raise self._wrong(node, "<attribute> holds more than one pattern")
        value = self._pattern(rest[0], scope) if rest else TEXT
        return NOT_ALLOWED if value is NOT_ALLOWED else Attribute(names, value)

    def _read_data(self, node: etree._Element, scope: _Scope) -> Pattern:
        name = self._need(node, "type")
        parameters: list[tuple[str, str]] = []
        but: Pattern = NOT_ALLOWED
        for child in _children(node):
            if _kind(child) == "param":
                parameters.append((self._need(child, "name"), child.text or ""))
            elif _kind(child) == "except":
                but = choice([self._pattern(each, scope) for each in _children(child)])
            else:
                raise self._wrong(child, f"<{_kind(child)}> may not stand here")
        try:
            allows = datatypes.data(_library(node), name, parameters)
        except datatypes.UnknownDatatypeError as error:
            raise self._wrong(node, str(error)) from None
        if but is NOT_ALLOWED:
            return Data(name, allows, parameters=tuple(parameters))
        return Data(name, lambda text: allows(text) and not but.matches(text), parameters=tuple(parameters))

    def _read_value(self, node: etree._Element, scope: _Scope) -> Pattern:  # noqa: ARG002
        wanted = node.text or ""
        typed = node.get("type")
        try:
            allows = datatypes.value(_library(node) if typed is not None else "", (typed or "token").strip(), wanted)
        except datatypes.UnknownDatatypeError as error:
            raise self._wrong(node, str(error)) from None
        return Data((typed or "token").strip(), allows, wanted)

    # --- name classes -------------------------------------------------------------------------------------------------

    def _names(self, node: etree._Element) -> tuple[NameClass, list[etree._Element]]:
        """The names that an element or attribute pattern is for, and the children that say the rest."""
        children = _children(node)
        name = node.get("name")
        if name is not None:
            # Section 4.8: the name of an attribute has no namespace, unless its own pattern gives one.
            fallback = "" if _kind(node) == "attribute" and node.get("ns") is None else _inherited(node, "ns")
            return self._name(node, name, fallback), children
        if not children:
            raise self._wrong(node, f"<{_kind(node)}> has no name")
        return self._name_class(children[0]), children[1:]

    def _name_class(self, node: etree._Element) -> NameClass:
        kind, children = _kind(node), _children(node)
        if kind == "name":
            return self._name(node, node.text or "", _inherited(node, "ns"))
        if kind == "choice":
            return self._names_of(children)
        but = NONE
        for child in children:
            if _kind(child) != "except":
                raise self._wrong(child, f"<{_kind(child)}> may not stand here")
            but |= self._names_of(_children(child))
        if kind == "anyName":
            return any_name(but)
        if kind == "nsName":
            return in_namespace(_inherited(node, "ns"), but)
        raise self._wrong(node, f"<{kind}> is no name class")

    def _names_of(self, nodes: list[etree._Element]) -> NameClass:
        names = NONE
        for node in nodes:
            names |= self._name_class(node)
        return names

    def _name(self, node: etree._Element, name: str, namespace: str) -> NameClass:
        prefix, _, local = name.strip().rpartition(":")
        if prefix:
            found = "http://www.w3.org/XML/1998/namespace" if prefix == "xml" else node.nsmap.get(prefix)
            if found is None:
                raise self._wrong(node, f"the prefix “{prefix}” is not declared")
            namespace = found
        return NameClass(frozenset({clark(namespace, local)}))

    # --- what is wrong ------------------------------------------------------------------------------------------------

    def _need(self, node: etree._Element, name: str) -> str:
        found = node.get(name)
        if found is None:
            raise self._wrong(node, f"<{_kind(node)}> lacks the attribute {name}")
        return found.strip()

    def _at(self, node: etree._Element | None) -> str:
        if node is None:
            return str(self.path)
        root = node.getroottree().getroot()
        place = next((place for (place, _), each in self._files.items() if each is root), None)
        name = self.path if place is None or root is getattr(self, "_root", root) else place.relative_to(self._folder)
        return f"{name}:{node.sourceline or 1}"

    def _wrong(self, node: etree._Element | None, message: str) -> ConfigError:
        return ConfigError(f"{self._at(node)}: the schema cannot be used: {message}", hint=_HINT)


def _kind(node: etree._Element) -> str:
    return str(node.tag)[len(_R) :]


def _children(node: etree._Element) -> list[etree._Element]:
    """Without annotations, which are elements of other namespaces."""
    return [child for child in node if isinstance(child.tag, str) and child.tag.startswith(_R)]


def _inherited(node: etree._Element, name: str) -> str:
    """An attribute of the node, or of the nearest one around it that has it."""
    at: etree._Element | None = node
    while at is not None:
        if (found := at.get(name)) is not None:
            return found
        at = at.getparent()
    return ""


def _library(node: etree._Element) -> str:
    return _inherited(node, "datatypeLibrary")


#: What stands for itself; what is made of the sequence of all that an element holds; what is made of its parts.
_CONSTANT: dict[str, Pattern] = {"empty": EMPTY, "text": TEXT, "notAllowed": NOT_ALLOWED}
_MADE: dict[str, Callable[[Pattern], Pattern]] = {
    "group": lambda inner: inner,
    "mixed": lambda inner: interleave(TEXT, inner),
    "optional": lambda inner: choice((inner, EMPTY)),
    "oneOrMore": one_or_more,
    "zeroOrMore": lambda inner: choice((one_or_more(inner), EMPTY)),
    "list": words,
}
_JOINED: dict[str, Callable[[list[Pattern]], Pattern]] = {
    "choice": choice,
    "interleave": lambda parts: folded(interleave, parts),
}
