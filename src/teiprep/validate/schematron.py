"""Rules of the user's own: ISO Schematron (ISO/IEC 19757-3), from a schema, or embedded in a RELAX NG grammar.

Schematron is XPath in a frame: patterns hold rules, of which for each node the first counts whose context it matches;
a rule's asserts must hold, its reports must not. The frame is read here, the XPath is left to the library elementpath
(extra `schematron`). What only an XSLT processor can do, and whatever would read another file, is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from teiprep.diagnostics import ConfigError
from teiprep.tei.parsing import parser

from .report import Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_SCH = "{http://purl.oclc.org/dsdl/schematron}"
_OLD = "{http://www.ascc.net/xml/schematron}"
_RNG = "{http://relaxng.org/ns/structure/1.0}"
_XSLT = "{http://www.w3.org/1999/XSL/Transform}"
_XINCLUDE = "{http://www.w3.org/2001/XInclude}"
_TEI = "http://www.tei-c.org/ns/1.0"

_XPATH_1 = frozenset({"", "xslt", "xslt1", "xpath", "xpath1"})
#: XPath 3.1 understands what 2 does, and is what the Guidelines' own rules are written for.
_XPATH_3 = frozenset({"xslt2", "xslt3", "xpath2", "xpath3", "xpath31"})
#: Functions of XPath that read files or the environment, or find such functions by their name.
_FORBIDDEN = frozenset(
    """
    doc doc-available collection uri-collection unparsed-text unparsed-text-lines unparsed-text-available json-doc
    environment-variable available-environment-variables load-xquery-module transform function-lookup document
    """.split()  # noqa: SIM905 - a list of words is read as words
)
_FUNCTIONS = re.compile(rf"(?<![\w:-])(?:fn:)?({'|'.join(sorted(_FORBIDDEN, key=len, reverse=True))})\s*[(#]")
_CODES = {
    "warning": "schematron-warning", "warn": "schematron-warning", "nonfatal": "schematron-warning",
    "info": "schematron-info", "information": "schematron-info", "informational": "schematron-info",
    "hint": "schematron-info",
}  # fmt: skip
_CURRENT = "teiprep-current"  # the variable that stands for XSLT's current()
_HINT = "pip install 'teiprep[schematron]'"


@dataclass(frozen=True, slots=True)
class _Test:
    """An assert, or a report (which is true where something is wrong), with its message."""

    xpath: Any
    wrong: bool
    code: str
    said: tuple[Any, ...]  # texts, and XPaths whose value stands between them
    written: str


class _Context(NamedTuple):
    """One branch of a rule's context, and the name, if any, that a file must have for it: of elements, or `@n`."""

    xpath: Any
    name: str | None


@dataclass(frozen=True, slots=True)
class _Rule:
    contexts: tuple[_Context, ...]
    lets: tuple[tuple[str, Any], ...]
    tests: tuple[_Test, ...]


@dataclass(frozen=True, slots=True)
class Schematron:
    """A schema, ready to check files."""

    lets: tuple[tuple[str, Any], ...]
    patterns: tuple[tuple[tuple[tuple[str, Any], ...], tuple[_Rule, ...]], ...]
    file: str = field(default="", repr=False)

    def check(self, root: etree._Element) -> Iterator[Remark]:
        """Each assert that fails and each report that holds, at the element that it is about."""
        elementpath = _library()
        document = elementpath.get_node_tree(root.getroottree())
        names = {each.tag for each in root.iter(etree.Element)}
        names |= {f"@{name}" for each in root.iter(etree.Element) for name in each.attrib}

        def value(xpath: Any, node: Any, variables: Mapping[str, Any]) -> Any:
            known = {**variables, _CURRENT: node}
            return xpath.evaluate(elementpath.XPathContext(document, item=node, variables=known))

        def bound(lets: tuple[tuple[str, Any], ...], node: Any, variables: dict[str, Any]) -> dict[str, Any]:
            for name, xpath in lets:
                variables = {**variables, name: value(xpath, node, variables)}
            return variables

        try:
            general = bound(self.lets, document, {})
            for lets, rules in self.patterns:
                variables = bound(lets, document, general)
                # The nodes are kept, so that no other can be given the number of one that is gone.
                matched: dict[int, Any] = {}
                for rule in rules:
                    for context in rule.contexts:
                        if context.name is not None and context.name not in names:
                            continue
                        found = value(context.xpath, document, variables)
                        for node in found if isinstance(found, list) else [found]:
                            if id(node) not in matched:
                                matched[id(node)] = node
                                yield from _applied(rule, node, root, bound, value, variables)
        except elementpath.ElementPathError as error:
            raise ConfigError(f"{self.file}: a context or a let cannot be computed: {error}") from error


def _applied(
    rule: _Rule, node: Any, root: etree._Element, bound: Callable[..., Any], value: Callable[..., Any], variables: Any
) -> Iterator[Remark]:
    failed = _library().ElementPathError
    element, text = _element(node, root)
    try:
        variables = bound(rule.lets, node, variables)
    except failed as error:
        yield Remark(element, "schematron", f"a rule's let cannot be computed here: {error}", "tag")
        return
    for test in rule.tests:
        try:
            if test.xpath.boolean_value(value(test.xpath, node, variables)) != test.wrong:
                continue
            said = "".join(each if isinstance(each, str) else _text(value(each, node, variables)) for each in test.said)
            if not (said := " ".join(said.split())):
                said = f"the rule “{test.written}” {'holds' if test.wrong else 'does not hold'} here"
            yield Remark(element, test.code, said, "text" if text else "tag")
        except failed as error:
            yield Remark(element, "schematron", f"the rule “{test.written}” cannot be computed here: {error}", "tag")


def _element(node: Any, root: etree._Element) -> tuple[etree._Element, bool]:
    """The element that a node is or belongs to, and whether the node is its text."""
    at, text = node, False
    while at is not None and not (hasattr(at, "elem") and isinstance(at.elem.tag, str)):
        text = type(at).__name__ == "TextNode"
        at = at.parent
    return (root if at is None else at.elem), text


def _text(value: Any) -> str:
    """What `value-of` says: of a sequence all items, with spaces between them."""
    if isinstance(value, list):
        return " ".join(_text(each) for each in value)
    if hasattr(value, "string_value"):
        return str(value.string_value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# --- reading a schema -------------------------------------------------------------------------------------------------


def load(path: Path) -> Schematron:
    """The Schematron in a schema (`.sch`), or that which a RELAX NG grammar (`.rng`) holds itself.

    Raises ConfigError if it cannot be read, needs another file or an XSLT processor, or if the extra is not installed.
    """
    try:
        _library()
    except ImportError:
        said = "Schematron needs the library elementpath, which is not installed"
        raise ConfigError(f"{path}: {said}", hint=_HINT) from None
    try:
        root = etree.fromstring(path.read_bytes(), parser(comments=False))
    except OSError as error:
        raise ConfigError(f"the Schematron schema {path} cannot be read: {error.strerror or error}") from None
    except etree.LxmlError as error:
        raise ConfigError(f"the Schematron schema {path} is not well-formed XML: {error}") from None
    return _Reader(root, str(path)).schema()


def _library(name: str = "elementpath") -> Any:
    """The library for XPath: an extra, so never imported at the top; it also takes 0.3 s."""
    return import_module(name)


class _Reader:
    """Reads one schema; `self.wrong` makes the error for a place in it."""

    def __init__(self, root: etree._Element, file: str) -> None:
        self.root, self.file = root, file
        self.embedded = str(root.tag).startswith(_RNG)
        if not self.embedded and root.tag != f"{_SCH}schema":
            self.refuse_root()
        self.refuse_foreign()
        self.parser = self.xpath_parser()
        self.diagnostics = {each.get("id"): each for each in root.iter(f"{_SCH}diagnostic")}
        self.abstract = {each.get("id"): each for each in root.iter(f"{_SCH}rule") if each.get("abstract") == "true"}

    def wrong(self, node: etree._Element, said: str, hint: str = "") -> ConfigError:
        return ConfigError(f"{self.file}:{node.sourceline}: {said}", hint=hint)

    def refuse_root(self) -> None:
        if str(self.root.tag).startswith(_OLD):
            said = "this is Schematron 1.5, from before the ISO standard"
            raise self.wrong(self.root, said, f"its elements must be in the namespace {_SCH[1:-1]}")
        hint = "it must be ISO Schematron, or a RELAX NG grammar (.rng) that has Schematron in it"
        raise self.wrong(self.root, f"<{etree.QName(self.root).localname}> is no Schematron schema", hint)

    def refuse_foreign(self) -> None:
        """Nothing outside the schema is read, and there is no XSLT here."""
        for node in self.root.iter(f"{_SCH}*", f"{_XSLT}*", f"{_XINCLUDE}*", etree.Entity):
            if isinstance(node, etree._Entity):  # noqa: SLF001 - the class has no other name
                raise self.wrong(node, f"the entity {node.text} is not looked up", "write the text itself")
            name = etree.QName(node).localname
            if str(node.tag).startswith(_XINCLUDE) or name == "include" or (name == "extends" and node.get("href")):
                raise self.wrong(node, f"<{name}> reads another file", "put the rules into one file")
            if str(node.tag).startswith(_XSLT):
                raise self.wrong(node, f"<xsl:{name}> needs an XSLT processor", "say it in XPath, or remove the rule")
            if node.get("documents"):
                raise self.wrong(node, f"<{name} documents> reads other files", "remove the rule")

    def xpath_parser(self) -> Any:
        binding = "xslt3" if self.embedded else (self.root.get("queryBinding") or "").lower()
        if binding not in _XPATH_1 | _XPATH_3:
            known = ", ".join(sorted((_XPATH_1 | _XPATH_3) - {""}))
            raise self.wrong(self.root, f'queryBinding="{binding}" is not known', f"these are: {known}")
        spaces = {"tei": _TEI, "xs": "http://www.w3.org/2001/XMLSchema"} if self.embedded else {}
        for each in self.root.iter(f"{_SCH}ns"):
            spaces[each.get("prefix", "")] = each.get("uri", "")
        if self.embedded:
            for pattern in self.root.iter(f"{_SCH}pattern", f"{_SCH}rule"):
                spaces = {**{prefix: uri for prefix, uri in pattern.nsmap.items() if prefix}, **spaces}
        made = _library().XPath1Parser if binding in _XPATH_1 else _library("elementpath.xpath31").XPath31Parser
        parser = made(namespaces=spaces)
        parser.symbol_table = {name: symbol for name, symbol in parser.symbol_table.items() if name not in _FORBIDDEN}
        return parser

    def schema(self) -> Schematron:
        patterns = []
        for pattern in self.patterns():
            names = self.parameters(pattern)
            source = pattern
            if (name := pattern.get("is-a")) is not None:
                found = [each for each in self.root.iter(f"{_SCH}pattern") if each.get("id") == name]
                if not found:
                    raise self.wrong(pattern, f'there is no abstract pattern "{name}"')
                source = found[0]
            rules = [self.rule(each, names) for each in source.iterchildren(f"{_SCH}rule") if not _is_abstract(each)]
            patterns.append((self.lets(source, names), tuple(rules)))
        if not any(rules for _, rules in patterns):
            raise self.wrong(self.root, "there is not one Schematron rule in it", "look whether it is the right file")
        lets = () if self.embedded else self.lets(self.root, {})
        return Schematron(lets, tuple(patterns), self.file)

    def patterns(self) -> Iterator[etree._Element]:
        """The patterns that apply: in a schema those of its default phase, if it has one."""
        active: set[str | None] | None = None
        phase = self.root.get("defaultPhase", "#ALL") if not self.embedded else "#ALL"
        if phase != "#ALL":
            found = [each for each in self.root.iter(f"{_SCH}phase") if each.get("id") == phase]
            if not found:
                raise self.wrong(self.root, f'there is no phase "{phase}", which defaultPhase names')
            active = {each.get("pattern") for each in found[0].iter(f"{_SCH}active")}
        for pattern in self.root.iter(f"{_SCH}pattern"):
            if not _is_abstract(pattern) and (active is None or pattern.get("id") in active):
                yield pattern

    def parameters(self, pattern: etree._Element) -> dict[str, str]:
        return {each.get("name", ""): each.get("value", "") for each in pattern.iterchildren(f"{_SCH}param")}

    def lets(self, parent: etree._Element, names: Mapping[str, str]) -> tuple[tuple[str, Any], ...]:
        found = []
        for each in parent.iterchildren(f"{_SCH}let"):
            if each.get("value") is None:
                raise self.wrong(each, "a <let> without @value needs an XSLT processor", "give it a @value")
            found.append((each.get("name", ""), self.xpath(each, "value", names)))
        return tuple(found)

    def rule(self, node: etree._Element, names: Mapping[str, str]) -> _Rule:
        contexts = []
        for branch in _split(_filled(node.get("context", ""), names), "|"):
            path = branch.strip()
            if not path:
                raise self.wrong(node, "a rule has no @context")
            whole = path if path.startswith(("/", "id(", "$")) else f"//{path}"
            contexts.append(_Context(self.compiled(node, whole), self.needed(path)))
        lets: list[tuple[str, Any]] = []
        tests: list[_Test] = []
        self.collect(node, names, lets, tests, ())
        return _Rule(tuple(contexts), tuple(lets), tuple(tests))

    def collect(
        self,
        node: etree._Element,
        names: Mapping[str, str],
        lets: list[tuple[str, Any]],
        tests: list[_Test],
        above: tuple[etree._Element, ...],
    ) -> None:
        """The lets and tests of a rule, with those of the abstract rules that it extends."""
        lets += self.lets(node, names)
        for child in node.iterchildren(f"{_SCH}assert", f"{_SCH}report", f"{_SCH}extends"):
            if child.tag == f"{_SCH}extends":
                other = self.abstract.get(child.get("rule"))
                if other is None or other in above:
                    said = "extends itself" if other is not None else "is no abstract rule of this schema"
                    raise self.wrong(child, f'the rule "{child.get("rule")}" {said}')
                self.collect(other, names, lets, tests, (*above, other))
                continue
            role = child.get("severity") or child.get("role") or node.get("severity") or node.get("role") or ""
            words = self.said(child, names)
            for each in (child.get("diagnostics") or "").split():
                if each in self.diagnostics:
                    words += (" ", *self.said(self.diagnostics[each], names))
            code = _CODES.get(role.strip().lower(), "schematron")
            written = " ".join(_filled(child.get("test", ""), names).split())
            tests.append(_Test(self.xpath(child, "test", names), child.tag == f"{_SCH}report", code, words, written))

    def said(self, node: etree._Element, names: Mapping[str, str]) -> tuple[Any, ...]:
        parts: list[Any] = [node.text or ""]
        for child in node:
            if child.tag == f"{_SCH}value-of":
                parts.append(self.xpath(child, "select", names))
            elif child.tag == f"{_SCH}name":
                parts.append(self.compiled(child, f"name({_filled(child.get('path', '.'), names)})"))
            elif isinstance(child.tag, str):
                parts += self.said(child, names)
            parts.append(child.tail or "")
        return tuple(parts)

    def xpath(self, node: etree._Element, attribute: str, names: Mapping[str, str]) -> Any:
        written = node.get(attribute)
        if not written or not written.strip():
            raise self.wrong(node, f"<{etree.QName(node).localname}> has no @{attribute}")
        return self.compiled(node, _filled(written, names))

    def compiled(self, node: etree._Element, xpath: str) -> Any:
        bare = _STRING.sub("''", xpath)
        if match := _FUNCTIONS.search(bare):
            raise self.wrong(node, f"{match[1]}() reads something outside of the file", "remove the rule")
        made = _STRING.sub(lambda found: found[0] if found[1] is None else f"${_CURRENT}", xpath)
        try:
            return self.parser.parse(made)
        except _library().ElementPathError as error:
            hint = ""
            if self.parser.version == "1.0":
                hint = 'by its queryBinding it is XPath 1; for later XPath the schema must say queryBinding="xslt2"'
            raise self.wrong(node, f"“{' '.join(xpath.split())}” is not understood: {error}", hint) from None

    def needed(self, path: str) -> str | None:
        """The name of the elements that a path leads to, as lxml writes it, or of an attribute that they must have."""
        step = _split(path, "/")[-1].strip()
        if attribute := re.match(r"(?:\w+:)?\*\s*\[\s*@([\w-]+)\s*\]", step):
            return f"@{attribute[1]}"
        name = re.match(r"(?:child::)?(?:([\w.-]+):)?([\w.-]+)\s*(?:\[|$)", step)
        if name is None:
            return None
        space = self.parser.namespaces.get(name[1]) if name[1] else ""
        return None if space is None else f"{{{space}}}{name[2]}" if space else name[2]


#: What stands in quotation marks; or, as the first group, XSLT's function for the context node.
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'|(?<![\w:$-])(current\(\s*\))")


def _is_abstract(node: etree._Element) -> bool:
    return node.get("abstract") == "true"


def _filled(xpath: str, names: Mapping[str, str]) -> str:
    """An XPath of an abstract pattern with its parameters, the longer names first."""
    for name in sorted(names, key=len, reverse=True):
        xpath = xpath.replace(f"${name}", names[name])
    return xpath


def _split(path: str, sign: str) -> list[str]:
    """The parts of an XPath between signs that stand in no brackets and no quotation marks.

    >>> _split("tei:p[@n = 'a|b' or (b|c)] | tei:ab", "|")
    ["tei:p[@n = 'a|b' or (b|c)] ", ' tei:ab']
    """
    parts, depth, quote, start = [], 0, "", 0
    for at, letter in enumerate(path):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter in "[(":
            depth += 1
        elif letter in "])":
            depth -= 1
        elif letter == sign and depth == 0:
            parts.append(path[start:at])
            start = at + 1
    return [*parts, path[start:]]
