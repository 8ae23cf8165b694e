"""From the bytes of a file to its tree, or to a sentence that says why not; nothing else is read, whatever they ask."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from teiprep.tei.parsing import parser

from .report import SEVERITIES, Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: A file of more bytes is not read.
MOST_BYTES = 200_000_000
#: The value of an entity that stands for a character or a few words may have so many.
_LONGEST_ENTITY = 200
#: Looking at the attributes of one element takes time by the square of their number; TEI has some dozens.
_CROWDED = etree.XPath("boolean(//*[@*[1001]])")
_XINCLUDE = "{http://www.w3.org/2001/XInclude}include"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, with whose mark it begins
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: How `<` and `<?` begin a file without a mark (XML 1.0, appendix F).
_STARTS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_EBCDIC = b"\x4c\x6f\xa7\x94"
_DECLARED = re.compile(r"""<\?xml\s[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']([^"'<>]{0,60})["']""")
#: Encodings in which `<` is a byte of its own, as Python calls them; not UTF-7, which hides it.
_ENCODINGS = frozenset(
    (
        *("ascii", "utf-8", "big5", "big5hkscs", "cp932", "cp949", "cp437", "cp850", "cp852", "cp866", "cp874"),
        *("euc_jp", "euc_kr", "gb18030", "gb2312", "gbk", "koi8-r", "koi8-t", "koi8-u", "kz1048", "mac-cyrillic"),
        *("mac-greek", "mac-iceland", "mac-latin2", "mac-roman", "mac-turkish", "ptcp154", "shift_jis", "tis-620"),
        *(f"iso8859-{part}" for part in range(1, 17)),
        *(f"cp{page}" for page in range(1250, 1259)),
    )
)


class Parsed(NamedTuple):
    """What a file gave: its root, or None; its bytes in UTF-8, in which places are counted; and what is to be said."""

    root: etree._Element | None
    data: bytes
    findings: list[Finding]


class _RefusedError(Exception):
    """Why a file is not read on: code, message, line and column."""

    def __init__(self, code: str, message: str, line: int = 1, column: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.place = (line, column)


def parse(data: bytes, file: str) -> Parsed:
    """The tree of the XML in `data`. Entities that stand for characters are replaced by them; others are refused.

    Raises MemoryError.
    """
    findings: list[Finding] = []

    def say(code: str, message: str, line: int = 1, column: int = 0) -> None:
        findings.append(Finding(file, line, column, SEVERITIES.get(code, "error"), code, message))

    try:
        if other := next((what for start, what in _MAGIC if data.startswith(start)), None):
            raise _RefusedError("xml-malformed", f"this is not XML: it looks like {other}")  # noqa: TRY301
        data = _in_utf8(data, say)
        root = _root(data)
    except _RefusedError as error:
        say(error.code, str(error), *error.place)
        return Parsed(None, data, findings)
    if root.getroottree().docinfo.internalDTD is not None or root.getroottree().docinfo.doctype:
        _entities(root, say)
    if b"XInclude" in data and (asked := next(root.iter(_XINCLUDE), None)) is not None:
        said = (
            "the file takes in others by XInclude, which is not done here; check what your XInclude program makes of it"
        )
        say("xinclude", said, asked.sourceline or 1)
    return Parsed(root, data, findings)


def _root(data: bytes) -> etree._Element:
    made = parser(encoding="utf-8")
    try:
        root = etree.fromstring(data, made)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise _explained(error, data) from None
    if _CROWDED(root):
        raise _RefusedError("xml-refused", "an element has more than 1,000 attributes, which no TEI needs")
    return root


# --- encodings --------------------------------------------------------------------------------------------------------


def _in_utf8(data: bytes, say: Callable[..., None]) -> bytes:
    """The same text in UTF-8 without a mark; raises _RefusedError where the bytes are not what the file says."""
    marked = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), None)
    if marked:
        data = data[len(marked[0]) :]
    elif data.startswith(_EBCDIC):
        raise _RefusedError("xml-refused", "the file is in EBCDIC, the code of old mainframes; save it as UTF-8")
    found = marked[1] if marked else next((name for start, name in _STARTS if data.startswith(start)), None)
    head = data[:1200].decode(found, "replace") if found else data[:300].decode("latin-1")
    match = _DECLARED.match(head)
    declared = match[1].strip() if match else ""
    encoding = _codec(declared) if declared else "utf-8"
    wide = encoding.startswith(("utf-16", "utf-32"))
    if found is None and wide:
        said = f'the file says that it is in {declared}, but it is not; write encoding="UTF-8" if that is what it is'
        raise _RefusedError("xml-encoding", said)
    if found is not None:
        # `utf-16` without its order is the usual way to declare it, and no declaration is needed behind a mark.
        if declared and not found.startswith(encoding):
            called = found.removesuffix("-le").removesuffix("-be").upper()
            say(
                "xml-encoding",
                f"the file says that it is in {declared}, but its first bytes are those of {called};"
                f' write encoding="{called}", or save it anew as UTF-8',
            )
        encoding = found
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_decoded(data, error, declared, encoding) from None
    return data if encoding == "utf-8" else text.encode("utf-8", "surrogatepass")


def _codec(declared: str) -> str:
    """The name of an encoding as Python has it; raises _RefusedError for one that is not read."""
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError, UnicodeError):
        name = ""
    if name in _ENCODINGS or name.startswith(("utf-16", "utf-32")):
        return name
    raise _RefusedError(
        "xml-refused", f"the file says that its encoding is “{declared}”, which is not read here; save it as UTF-8"
    )


def _not_decoded(data: bytes, error: UnicodeDecodeError, declared: str, encoding: str) -> _RefusedError:
    before = data[: error.start].decode(encoding, "replace")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    byte = data[error.start : error.start + 1]
    says = f"says that it is in {declared}" if declared else "does not say its encoding, which makes it UTF-8"
    said = f"the file {says}, but the byte {byte.hex().upper()} at this place is not"
    if encoding == "utf-8":
        guess = byte.decode("cp1252", "ignore")
        said += f"; in Windows-1252 it is “{guess}”" if guess else ""
        said += ": save the file as UTF-8, or name its true encoding in its first line"
    else:
        said += ": save the file as UTF-8"
    return _RefusedError("xml-encoding", said, line, column)


# --- entities ---------------------------------------------------------------------------------------------------------


def _entities(root: etree._Element, say: Callable[..., None]) -> None:
    """Put the characters in the place of entities that stand for them, and refuse all others."""
    info = root.getroottree().docinfo
    dtd = info.internalDTD
    declared = {} if dtd is None else {str(each.name): each.content for each in dtd.iterentities()}
    known: dict[str, str | None] = {}
    first: dict[str, int] = {}
    for node in root.iter(etree.Entity):
        name = str(node.name)  # type: ignore[attr-defined]
        if name not in known:
            known[name] = _meaning(name, declared)
            first[name] = node.sourceline or 1
        node.tail = (known[name] or "") + (node.tail or "")
    etree.strip_elements(root, etree.Entity, with_tail=False)
    if good := [name for name, value in known.items() if value is not None]:
        shown = _listed(f"&{name}; is {_shown(str(known[name]))}" for name in good)
        said = f"the file uses names of characters, which other programs may not know: {shown}; write the characters"
        say("xml-entity", said, first[good[0]])
    if bad := [name for name, value in known.items() if value is None]:
        shown = _listed(f"&{name};" for name in bad)
        said = f"{shown} stands for another file, for markup or for nothing that is known here, and is not looked up"
        say("xml-refused", f"{said}; put what it stands for in its place", first[bad[0]])


def _meaning(name: str, declared: Mapping[str, str | None]) -> str | None:
    """The characters that an entity stands for; None if it is no such thing, or could be anything."""
    if name not in declared:
        return _character(name)
    value = declared[name]
    plain = value is not None and len(value) <= _LONGEST_ENTITY and not re.search("[<&]", value)
    return value if plain else None


def _character(name: str) -> str | None:
    """What a name of the usual sets (ISO, HTML) stands for."""
    from html.entities import html5  # noqa: PLC0415 - 2 ms that hardly any file needs

    return html5.get(f"{name};")


def _shown(value: str) -> str:
    """A value to be read, a character that nobody sees by its number."""
    return f"“{value}”" if value.isprintable() and value.strip() else " ".join(f"U+{ord(char):04X}" for char in value)


def _listed(names: Iterator[str]) -> str:
    given = list(names)
    return ", ".join(given[:5]) + (f" and {len(given) - 5} more" if len(given) > 5 else "")


# --- what is no XML ---------------------------------------------------------------------------------------------------

_T = etree.ErrorTypes
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\3\4", "a zip file, such as a Word document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
    (b"{", "JSON"),
    (b"\0\0\0\0", "a binary file"),
)
#: libxml2's error → a sentence; `{0}` … are the groups of the pattern found in its message.
_SENTENCES: dict[int, tuple[str, str]] = {
    _T.ERR_TAG_NAME_MISMATCH: (
        r": (.+) line (\d+) and (.+)",
        (
            "</{2}> stands here, but the element <{0}> that begins in line {1} is still open;"
            " write </{0}> where it ends, or mend the name"
        ),
    ),
    _T.ERR_TAG_NOT_FINISHED: (
        r"in tag (.+) line (\d+)",
        (
            "the file ends, but the element <{0}> that begins in line {1} is not closed;"
            " was the file cut off? Otherwise write </{0}> where it ends"
        ),
    ),
    _T.ERR_ATTRIBUTE_REDEFINED: (r"Attribute (\S+)", "the attribute {0} stands twice in this tag; keep one of the two"),
    _T.ERR_DOCUMENT_END: (
        "",
        "something stands behind the end of the first element; one element, in TEI <TEI>, must hold everything",
    ),
    _T.ERR_ATTRIBUTE_NOT_STARTED: ("", 'the value of an attribute must stand in quotation marks, as in n="1"'),
    _T.ERR_LT_IN_ATTRIBUTE: (
        "",
        "a “<” stands in the value of an attribute; a quotation mark is missing before it, or it should be “&lt;”",
    ),
    _T.ERR_RESERVED_XML_NAME: (
        "",
        "<?xml …?> may only stand at the very beginning of the file; remove what stands before it, be it a blank line",
    ),
    _T.ERR_NAME_TOO_LONG: ("", "a name that is longer than any name stands here; look for a missing “>”"),
    _T.ERR_HYPHEN_IN_COMMENT: ("", "“--” may not stand inside of a comment; write a dash, or two comments"),
    _T.ERR_MISPLACED_CDATA_END: ("", "“]]>” may not stand in the text; write “]]&gt;”"),
    _T.ERR_ENTITYREF_SEMICOL_MISSING: ("", "a “&” that stands for itself must be written “&amp;”"),
    _T.NS_ERR_UNDEFINED_NAMESPACE: (
        r"prefix (\S+)",
        (
            'the prefix “{0}:” is declared nowhere; add xmlns:{0}="…" to the first tag'
            " (for TEI elements: http://www.tei-c.org/ns/1.0)"
        ),
    ),
}
_LIMITS = (
    (
        "amplification",
        (
            "its entities stand for one another, or for so much text that the file would grow many times over"
            " (an “entity bomb”); put the text in their place"
        ),
    ),
    ("depth", "its elements stand one in another more than 256 deep; no TEI needs that: probably end tags are missing"),
    (
        "",
        (
            "a single text, comment or value in it has more than 10 million bytes; keep an image or the like in a file"
            " of its own and point to that"
        ),
    ),
)


def _explained(error: etree.XMLSyntaxError, data: bytes) -> _RefusedError:
    """What the parser stumbled over, in a sentence."""
    code, message = error.code, str(error.msg or "no XML").split(", line ")[0].strip()
    line, column = (max(number or 1, 1) for number in error.position)
    if code in {_T.ERR_RESOURCE_LIMIT, _T.ERR_ENTITY_LOOP} or "too big" in message:
        what = "amplification" if code == _T.ERR_ENTITY_LOOP else message
        said = next(said for word, said in _LIMITS if word in what)
        return _RefusedError("xml-refused", f"the file is not read on: {said}", line, column)
    if "external entity" in message:
        name = re.search(r"entity '([^']{1,80})'", message)
        said = f"the value of an attribute stands in another file (&{name[1] if name else '…'};), which is not read"
        return _RefusedError("xml-refused", f"{said}; write the value itself", line, column)
    if code == _T.ERR_DOCUMENT_EMPTY or "'<' not found" in message:
        return _RefusedError("xml-malformed", _no_xml(data), line)
    said = _sentence(code, message)
    return _RefusedError("xml-malformed", said, line, column)


def _sentence(code: int, message: str) -> str:
    if code in _SENTENCES:
        pattern, sentence = _SENTENCES[code]
        if match := re.search(pattern, message):
            return sentence.format(*match.groups())
    if code == _T.ERR_NAME_REQUIRED:
        sign, name = ("&", "&amp;") if "Entity" in message else ("<", "&lt;")
        return f"a “{sign}” that stands for itself must be written “{name}”"
    if code in {_T.ERR_UNDECLARED_ENTITY, _T.WAR_UNDECLARED_ENTITY}:
        name = message.split("'")[1] if message.count("'") > 1 else ""
        character = _character(name)
        shown = f" “{character}”" if character else ""
        return f"&{name}; is a name that XML does not know; write the character{shown} itself"
    if code == _T.ERR_INVALID_CHAR:
        number = re.search(r"(?:value |Char 0x)([0-9A-Fa-f]+)", message)
        shown = ""
        if number:
            shown = f" (U+{int(number[1], 16 if '0x' in message else 10):04X})"
        return f"a character{shown} stands here that no XML can hold; remove it"
    return f"the file stops being XML here ({message}); mend the tag or sign before this place"


def _no_xml(data: bytes) -> str:
    return "this is not XML, which begins with “<”" if data.strip() else "the file is empty"
