"""Documents that break their schema in some way, and what jing says of them: for the differential tests of RELAX NG.

Everything is made from a `random.Random` and so the same for the same seed. A document is written with a line break
within each tag, before its `>`, so that its text is what it was and the line that jing gives tells the tag.
"""

from __future__ import annotations

import copy
import re
import subprocess
from bisect import bisect_right
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from teiprep.validate.relaxng.matching import Mistake, mistakes
from teiprep.validate.relaxng.patterns import Attribute, Choice, Data, Element, Group, Interleave, OneOrMore, Words

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from teiprep.validate.relaxng.names import NameClass
    from teiprep.validate.relaxng.patterns import Pattern
    from teiprep.validate.relaxng.reading import Schema

XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
TEI = "http://www.tei-c.org/ns/1.0"

# What jing decides otherwise on purpose or by a defect (docs/relaxng.md) is not here: names of XML 1.0, fifth edition,
# midnight as 24:00:00, second 60, entities, prefixes; tests/test_relaxng.py has it.
VALUES = (
    *("", " ", "1", " 1 ", "+1", "-1", "007", "1.5", ".5", "1e5", "1E-3", "INF", "NaN", "1٣", "1,5", "99999"),
    *("2023", "0000", "-0001", "12023", "999", "2023Z", "2023-02", "2023-13", "2023-02-28", "2023-02-29", "2024-02-29"),
    *("0000-01-01", "-0001-02-29", "2023-01-01T12:00:00", "2023-01-01T25:00:00Z", "12:00:00+14:00", "12:00:00+14:01"),
    *("--02-30", "--12", "---31", "P1Y", "P", "PT5M", "P1DT", "1914-1915", "c. 1914", "1914-06", "19140628"),
    *("#a", "# b", "a#b#c", "http://x.invalid/a b", "%zz", "%41", "a:b", "1:b", "#é", "[x]", "//", "b.xml#c"),
    *("abc", "a b", "a  b", "a\tb", "\na", "a\N{NO-BREAK SPACE}b", "\N{NO-BREAK SPACE}", "\N{EM SPACE}x", "日本"),
    *("a:b:c", ":a", "-a", "1a", "_a", "a.b", "a/b", "a\N{MIDDLE DOT}b", "a,b", "?", "en", "en-GB", "en_GB", "x-loud"),
    *("true", "false", "yes", "no", "0", "high", "low", "unknown", "all", "none", "preserve", "default", "part", "Y"),
    *("0.5", "100", "50%", "3cm", "12px", "text/xml", "left", "top", "1 2 3", "a b c d e", "p", "*", "x" * 300),
)  # fmt: skip
TEXTS = (
    "Tull",
    " Hale said ",
    " ",
    "\n  ",
    "12",
    "1915-02-30",
    "\N{NO-BREAK SPACE}",
    "Œ & <Pike>",
    "]]>",
    "\t\t",
    "true",
)
FOREIGN = (f"{{{XSI}}}type", f"{{{XSI}}}schemaLocation", f"{{{XML}}}space", f"{{{XML}}}base", f"{{{XML}}}lang",
           f"{{{XML}}}id", "{urn:x}n", "{http://www.w3.org/1999/xlink}href", "nonsense")  # fmt: skip
NAMESPACES = ("", TEI, "urn:x", "http://www.w3.org/1999/xhtml", "http://docbook.org/ns/docbook")


class Case(NamedTuple):
    """A document as written, and for each of its elements, in its order, the lines of its start tag and its end tag."""

    data: bytes
    lines: list[tuple[int, int]]


class Verdict(NamedTuple):
    """What is wrong, as `matching.Kind` names it, and on which line."""

    kind: str
    line: int


# --- documents --------------------------------------------------------------------------------------------------------


def valid(schema: Schema, rng: random.Random, most: int = 60) -> etree._Element:
    """A document of about `most` elements at the most that the schema allows, or nearly so."""
    while True:
        try:
            return _Derivation(rng, most).element(rng.choice(schema.start.firsts))
        except RecursionError:
            continue


class _Derivation:
    """Goes through a pattern at random; what is optional is left out when there is enough."""

    def __init__(self, rng: random.Random, most: int) -> None:
        self.rng = rng
        self.left = most

    def element(self, pattern: Element) -> etree._Element:
        self.left -= 1
        node = etree.Element(self._name(pattern.names, "x"))
        self._fill(pattern.content, node)
        return node

    def _name(self, names: NameClass, fallback: str) -> str:
        if names.names:
            return self.rng.choice(sorted(names.names))
        return next((each for each in (*FOREIGN, fallback, f"{{{TEI}}}p") if each in names), fallback)

    def _fill(self, pattern: Pattern, node: etree._Element) -> None:
        for each in self._steps(pattern):
            if isinstance(each, Element):
                node.append(self.element(each))
            elif isinstance(each, Attribute):
                node.set(self._name(each.names, "x"), self._value(each.value))
            elif isinstance(each, (Data, Words)):
                _add_text(node, self._value(each))
            elif self.rng.random() < 0.5:
                _add_text(node, self.rng.choice(TEXTS))

    def _steps(self, pattern: Pattern) -> list[Pattern]:
        rng = self.rng
        match pattern:
            case Choice():
                options = [each for each in pattern.options if not each.parts] if self.left < 0 else []
                if pattern.nullable and rng.random() < (0.5 if self.left > 0 else 0.98):
                    return []
                return self._steps(rng.choice(options or pattern.options))
            case Group():
                return [each for part in pattern.row() for each in self._steps(part)]
            case Interleave():
                found = [each for part in pattern.row() for each in self._steps(part)]
                rng.shuffle(found)
                return found
            case OneOrMore():
                times = rng.choice((1, 1, 2, 3)) if self.left > 0 else 1
                return [each for _ in range(times) for each in self._steps(pattern.inner)]
        return [pattern] if pattern.parts or type(pattern).__name__ not in {"_Empty", "_NotAllowed"} else []

    def _value(self, pattern: Pattern) -> str:
        match pattern:
            case Data() if pattern.value is not None:
                return pattern.value
            case Words():
                return " ".join(self._value(each) for each in self._steps(pattern.inner))
            case Data():
                fitting = [each for each in VALUES if pattern.matches(each)]
                return self.rng.choice(fitting or VALUES)
            case Choice() | Group() | Interleave() | OneOrMore():
                return "".join(self._value(each) for each in self._steps(pattern))
        return self.rng.choice(VALUES) if type(pattern).__name__ == "_Text" else ""


def _add_text(node: etree._Element, text: str) -> None:
    if len(node):
        node[-1].tail = (node[-1].tail or "") + text
    else:
        node.text = (node.text or "") + text


# --- mutations --------------------------------------------------------------------------------------------------------


class Vocabulary(NamedTuple):
    """The names that a schema uses."""

    elements: list[str]
    attributes: list[str]


def vocabulary(schema: Schema) -> Vocabulary:
    """The names of elements and attributes in all that can be reached."""
    elements, attributes = set(), set()
    for each in schema.elements():
        elements |= each.names.names
        for attribute in each.content.attributes():
            attributes |= attribute.names.names
    return Vocabulary(sorted(elements), sorted(attributes))


def mutated(root: etree._Element, names: Vocabulary, rng: random.Random) -> etree._Element:
    """The document with one to three changes."""
    root = copy.deepcopy(root)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        nodes = list(root.iter(etree.Element))
        _CHANGES[rng.randrange(len(_CHANGES))](rng.choice(nodes), rng.choice(nodes), names, rng)
    return root


def _delete(node, _other, _names, rng):
    parent = node.getparent()
    if parent is not None:
        if rng.random() < 0.5 and node.tail:
            _text_before(node, node.tail)
        parent.remove(node)


def _duplicate(node, _other, _names, _rng):
    if node.getparent() is not None:
        node.addnext(copy.deepcopy(node))


def _move(node, other, _names, rng):
    if node.getparent() is not None and all(each is not node for each in (other, *other.iterancestors())):
        if rng.random() < 0.5 and other.getparent() is not None:
            other.addnext(node)
        else:
            other.insert(rng.randint(0, len(other)), node)


def _swap(node, _other, _names, _rng):
    following = node.getnext()
    if following is not None:
        following.addnext(node)


def _rename(node, other, names, rng):
    node.tag = rng.choice((rng.choice(names.elements), other.tag, "{urn:x}foreign", "nonsense"))


def _wrap(node, other, names, rng):
    parent = node.getparent()
    if parent is not None:
        outer = etree.Element(rng.choice((rng.choice(names.elements), str(other.tag))))
        outer.tail, node.tail = node.tail, None
        parent.replace(node, outer)
        outer.append(node)


def _unwrap(node, _other, _names, _rng):
    parent = node.getparent()
    if parent is not None:
        _text_before(node, node.text or "")
        for child in list(node):
            node.addprevious(child)
        _text_before(node, node.tail or "")
        parent.remove(node)


def _text_before(node, text):
    before = node.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        node.getparent().text = (node.getparent().text or "") + text


def _add_words(node, _other, _names, rng):
    text = rng.choice(TEXTS)
    if rng.random() < 0.5:
        node.text = text + (node.text or "")
    elif node.getparent() is not None:
        node.tail = (node.tail or "") + text


def _empty(node, _other, _names, rng):
    for child in list(node):
        node.remove(child)
    node.text = rng.choice((None, None, "  ", "\n"))


def _replace_text(node, _other, _names, rng):
    node.text = rng.choice((*TEXTS, *VALUES))


def _change_attribute(node, _other, _names, rng):
    if node.attrib:
        node.set(rng.choice(sorted(node.attrib)), rng.choice(VALUES))


def _delete_attribute(node, _other, _names, rng):
    if node.attrib:
        del node.attrib[rng.choice(sorted(node.attrib))]


def _add_attribute(node, other, names, rng):
    known = [*(names.attributes or FOREIGN), *other.attrib]
    node.set(rng.choice((rng.choice(known), rng.choice(known), rng.choice(FOREIGN))), rng.choice(VALUES))


def _set_namespace(node, _other, _names, rng):
    local, namespace = etree.QName(node).localname, rng.choice(NAMESPACES)
    node.tag = f"{{{namespace}}}{local}" if namespace else local


def _insert(node, _other, names, rng):
    node.insert(rng.randint(0, len(node)), etree.Element(rng.choice((rng.choice(names.elements), "{urn:x}foreign"))))


def _remark(node, _other, _names, rng):
    """A comment or processing instruction, which may part text in two."""
    made = etree.Comment(" Dole ") if rng.random() < 0.5 else etree.ProcessingInstruction("x", "Dole")
    text = node.text or ""
    at = rng.randint(0, len(text))
    node.text, made.tail = text[:at], text[at:]
    node.insert(0, made)


_CHANGES = (
    *(_delete, _delete, _duplicate, _move, _move, _swap, _rename, _rename, _wrap, _unwrap, _add_words, _add_words),
    *(_empty, _replace_text, _change_attribute, _change_attribute, _change_attribute, _delete_attribute),
    *(_add_attribute, _add_attribute, _set_namespace, _insert, _insert, _remark),
)


# --- writing ----------------------------------------------------------------------------------------------------------


def written(root: etree._Element) -> Case:
    """The document with a line break before the `>` of each tag. Prefixes of the root are kept."""
    out = _Writer()
    out.element(root, "", {prefix: uri for prefix, uri in root.nsmap.items() if prefix})
    return Case("".join(out.parts).encode(), out.lines)


class _Writer:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.line = 1
        self.lines: list[tuple[int, int]] = []

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.line += text.count("\n")

    def element(self, node: etree._Element, outer: str, declared: dict[str, str]) -> None:
        name = etree.QName(node)
        namespace = name.namespace or ""
        self.write(f"<{name.localname}")
        if namespace != outer:
            self.write(f' xmlns="{_escaped(namespace)}"')
        for prefix, uri in declared.items():
            self.write(f' xmlns:{prefix}="{_escaped(uri)}"')
        for at, (key, value) in enumerate(node.attrib.items()):
            label = etree.QName(key)
            if label.namespace == XML:
                written_name = f"xml:{label.localname}"
            elif label.namespace:
                written_name = f"ns-{at}:{label.localname}"
                self.write(f' xmlns:ns-{at}="{_escaped(label.namespace)}"')
            else:
                written_name = label.localname
            self.write(f' {written_name}="{_escaped(value)}"')
        self.write("\n>")
        place, start = len(self.lines), self.line
        self.lines.append((start, start))
        self.text(node.text)
        for child in node:
            if isinstance(child.tag, str):
                self.element(child, namespace, {})
            elif child.tag is etree.Comment:
                self.write(f"<!--{child.text}-->")
            elif child.tag is etree.ProcessingInstruction:
                self.write(f"<?{child.target} {child.text}?>")
            self.text(child.tail)
        self.write(f"</{name.localname}\n>")
        self.lines[place] = (start, self.line)

    def text(self, text: str | None) -> None:
        if text and len(text) % 7 == 3 and "]]>" not in text and "\r" not in text:
            self.write(f"<![CDATA[{text}]]>")
        elif text:
            self.write(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;"))


def _escaped(value: str) -> str:
    for sign, name in (("&", "amp"), ("<", "lt"), ('"', "quot"), ("\n", "#10"), ("\t", "#9"), ("\r", "#13")):
        value = value.replace(sign, f"&{name};")
    return value


# --- verdicts ---------------------------------------------------------------------------------------------------------


def ours(case: Case, schema: Schema) -> list[Verdict]:
    """What we say, with the lines where jing would."""
    root = etree.fromstring(case.data, etree.XMLParser(huge_tree=True, collect_ids=False))
    places = dict(zip(root.iter(etree.Element), case.lines, strict=True))
    found = [Verdict(each.kind, _line(each, places)) for each in mistakes(root, schema)]
    return [_settled(each, case) for each in found]


def _line(mistake: Mistake, places: dict[etree._Element, tuple[int, int]]) -> int:
    start, end = places[mistake.node]
    if mistake.kind in {"content", "incomplete"}:
        return end
    if mistake.kind == "text":
        first = mistake.node.iterchildren() if mistake.behind is None else mistake.behind.itersiblings()
        following = next((each for each in first if isinstance(each.tag, str)), None)
        return (end if following is None else places[following][0]) - 1
    return start


def _settled(verdict: Verdict, case: Case) -> Verdict:
    """For text the line of the last tag before it: it may have several lines, and jing tells any of them."""
    if verdict.kind != "text":
        return verdict
    tags = sorted(line for lines in case.lines for line in lines)
    return Verdict("text", tags[bisect_right(tags, verdict.line) - 1])


_KINDS = (
    ("early", re.compile(r"element .* not allowed yet")),
    ("element", re.compile(r"element .* not allowed")),
    ("attribute", re.compile(r"(found )?attribute .* not allowed|found attribute .* but no attributes")),
    ("value", re.compile(r"value of attribute .* is invalid")),
    ("lacking", re.compile(r"element .* missing (one or more )?required attributes?")),
    ("text", re.compile(r"text not allowed")),
    ("content", re.compile(r"(character|empty) content (of|for) element")),
    ("incomplete", re.compile(r"element .* incomplete|unfinished element")),
)
_REPORTED = re.compile(r"^(.*):(\d+):\d+: (?:error|fatal): (.*)$", re.MULTILINE)


def of_jing(command: str, schema: Path, cases: Iterable[Case], folder: Path) -> list[list[Verdict]]:
    """What jing says of each document, all in one process."""
    names: dict[str, Case] = {}
    for number, case in enumerate(cases):
        name = folder / f"{number:05}.xml"
        name.write_bytes(case.data)
        names[str(name)] = case
    # -i: that ids are unique is a rule of its own, and not looked at by the grammar.
    run = subprocess.run([command, "-i", schema, *names], capture_output=True, text=True, encoding="utf-8", check=False)
    found: dict[str, list[Verdict]] = {name: [] for name in names}
    for name, line, message in _REPORTED.findall(run.stdout):
        kind = next((kind for kind, form in _KINDS if form.match(message)), message)
        found[name].append(_settled(Verdict(kind, int(line)), names[name]))
    if run.returncode not in {0, 1} or (run.returncode == 1) != any(found.values()):
        raise RuntimeError(f"jing failed: {run.stderr or run.stdout[:1000]}")
    return list(found.values())


def compared(case: Case, us: list[Verdict], jing: list[Verdict]) -> str:
    """`same` if both find the document valid, or the same thing wrong first; else in what they differ."""
    if bool(us) != bool(jing):
        return "verdict"
    if not us or us[0] == jing[0]:
        return "same"
    one, other = us[0], jing[0]
    if one.kind == other.kind == "text":
        # Where data must stand, jing tells of text at the tag behind it.
        tags = sorted(line for lines in case.lines for line in lines)
        if other.line == tags[bisect_right(tags, one.line)]:
            return "same"
    return f"{'kind' if one.line == other.line else 'element'} {one.kind}/{other.kind}"


def of_libxml2(case: Case, schema: etree.RelaxNG) -> bool:
    """Whether libxml2 takes the document for valid."""
    return bool(schema.validate(etree.fromstring(case.data, etree.XMLParser(huge_tree=True, collect_ids=False))))


# --- schemas ----------------------------------------------------------------------------------------------------------

_DATA = (
    '<data type="integer"/>',
    '<data type="date"/>',
    '<data type="NCName"/>',
    '<data type="anyURI"/>',
    '<data type="string"><param name="maxLength">3</param></data>',
    '<data type="decimal"><param name="minInclusive">1</param></data>',
    '<data type="token"><except><value>no</value><value>yes</value></except></data>',
    "<value>yes</value>",
    "<value> a  b </value>",
    "<value/>",
    '<value type="string" datatypeLibrary=""> a </value>',
    '<value type="decimal">1.5</value>',
    '<list><oneOrMore><data type="NMTOKEN"/></oneOrMore></list>',
    "<list><value>a</value><optional><value>b</value></optional></list>",
    '<list><zeroOrMore><choice><data type="integer"/><value>a</value></choice></zeroOrMore></list>',
    '<list><group><oneOrMore><data type="token"/></oneOrMore><value>e</value></group></list>',
    "<list><empty/></list>",
)
_WILD = (
    '<anyName><except><name>a</name><nsName ns="urn:x"/></except></anyName>',
    '<nsName ns="urn:x"/>',
    '<nsName ns=""><except><name>b</name></except></nsName>',
)


def grammar(rng: random.Random, roots: int) -> str:
    """A schema with as many root elements, each with content of its own, within the restrictions of section 7."""
    made = _Made(rng)
    starts = "\n".join(f'<element name="r{number}">{made.content(3)}</element>' for number in range(roots))
    defines = "\n".join(f'<define name="d{number}">{made.element(2, "abcdef")}</define>' for number in range(4))
    return (
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:x="urn:x" '
        'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">\n'
        f"<start><choice>{starts}</choice></start>\n{defines}</grammar>"
    )


class _Made:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def content(self, depth: int) -> str:
        kind = self.rng.random()
        if kind < 0.2:
            return self.attributes("klmn") + self.rng.choice(_DATA)
        if kind < 0.3:
            one, other = self.content(depth - 1), self.content(depth - 1)
            return f"<choice><group>{one}</group><group>{other}</group></choice>"
        if kind < 0.35:
            return f'<optional><attribute name="k"/>{self.particle(depth, "abcdef", text=True)}</optional>'
        return self.attributes("klmn") + self.particle(depth, "abcdef", text=True)

    def attributes(self, names: str) -> str:
        out = []
        for name in names:
            kind = self.rng.random()
            value = self.rng.choice(("", "<text/>", "<empty/>", *_DATA))
            one = f'<attribute name="{self.rng.choice(("", "", "x:"))}{name}">{value}</attribute>'
            if kind < 0.15:
                out.append(one)
            elif kind < 0.4:
                out.append(f"<optional>{one}</optional>")
            elif kind < 0.5:
                out.append(f'<choice>{one}<attribute name="{name}"><value>b</value></attribute></choice>')
        if self.rng.random() < 0.15:
            but = "".join(f"<name>{prefix}{name}</name>" for prefix in ("", "x:") for name in names)
            out.append(f"<zeroOrMore><attribute><anyName><except>{but}</except></anyName></attribute></zeroOrMore>")
        self.rng.shuffle(out)
        return "".join(out)

    def element(self, depth: int, names: str) -> str:
        rng = self.rng
        name = rng.choice(names)
        inner = self.content(depth - 1) if depth > 0 else rng.choice(("<empty/>", "<text/>", *_DATA))
        kind = rng.random()
        if kind < 0.1 and len(names) == 6:
            wild = rng.choice((*_WILD, f'<choice><name>{name}</name><name ns="urn:x">{name}</name></choice>'))
            return f"<element>{wild}{inner}</element>"
        return f'<element name="{name}">{inner}</element>'

    def particle(self, depth: int, names: str, *, text: bool) -> str:
        rng = self.rng
        if depth <= 0 or rng.random() < 0.2:
            kind = rng.random()
            if kind < 0.1:
                return "<text/>" if text else "<empty/>"
            if kind < 0.15:
                return rng.choice(("<empty/>", "<notAllowed/>"))
            if kind < 0.25 and len(names) == 6:
                return f'<ref name="d{rng.randrange(4)}"/>'
            return self.element(depth - 1, names)
        kind = rng.choice(
            ("group", "group", "choice", "choice", "optional", "zeroOrMore", "oneOrMore", "interleave", "mixed")
        )
        if kind == "interleave" and len(names) > 1:
            half = len(names) // 2
            shuffled = "".join(rng.sample(names, len(names)))
            one = self.particle(depth - 1, shuffled[:half], text=text)
            return f"<interleave>{one}{self.particle(depth - 1, shuffled[half:], text=False)}</interleave>"
        if kind == "mixed":
            return (
                f"<mixed>{self.particle(depth - 1, names, text=False)}</mixed>" if text else self.element(depth, names)
            )
        return (
            f"<{kind}>{''.join(self.particle(depth - 1, names, text=text) for _ in range(rng.randint(1, 3)))}</{kind}>"
        )


def installed() -> list[Path]:
    """Grammars for RELAX NG tests, whether they are on this machine or not."""
    lxml = Path(etree.__file__).parent / "isoschematron" / "resources" / "rng" / "iso-schematron.rng"
    share = Path("/usr/share/xml")
    return [
        Path(__file__).parents[1] / "schemas" / "teiprep.rng",
        lxml,
        share / "xhtml-relaxng" / "xhtml.rng",
        share / "mallard" / "1.1" / "mallard-1.1.rng",
        share / "docbook" / "schema" / "rng" / "5.0" / "docbook.rng",
    ]
