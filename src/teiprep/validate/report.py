"""What a check found, and how it is told: as text, as JSON, as annotations of GitHub.

Names of files and words of documents are shown without anything that could steer a terminal.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from teiprep import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from teiprep.diagnostics import Severity

#: Which part of an element a remark is about: its start tag, the text right behind its start tag (before its first
#: child), the text right behind its end tag, or its end tag.
Part = Literal["tag", "text", "tail", "end"]

#: What is no error; the settings may say otherwise.
SEVERITIES: dict[str, Severity] = {
    "sidecar-missing": "warning",
    "text-edited": "warning",
    "markup-edited": "info",
    "chain-one-way": "warning",
    "date-mixed": "warning",
    "note-sequence": "warning",
    "reference-without-note": "warning",
    "note-without-reference": "warning",
    "page-sequence": "warning",
    "page-missing": "info",
    "register-dangling": "warning",
    "register-unused": "info",
    "element-empty": "warning",
    "space-inside": "warning",
    "space-missing": "warning",
    "header-title": "warning",
    "header-responsibility": "warning",
    "header-publisher": "warning",
    "header-licence": "warning",
    "header-source": "warning",
    "character-replacement": "warning",
    "character-private": "warning",
    "direction-controls": "warning",
    "schematron-warning": "warning",
    "schematron-info": "info",
    "xinclude": "warning",
    "xml-entity": "info",
    "not-tei": "info",
    "schema-unchecked": "info",
}
#: The severities, the gravest first.
ORDER: tuple[Severity, ...] = ("error", "warning", "info")
#: The version of the JSON; a program that knows another one must refuse.
FORMAT = "teiprep-validate/1"

#: What is said in the same words of many files is told of so many.
_SAME = 3
_COLOURS: dict[Severity, int] = {"error": 31, "warning": 33, "info": 36}
_GITHUB: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


class Remark(NamedTuple):
    """What a rule says of one element of a parsed file, by a code of `teiprep.diagnostics.CODES`.

    `offset` is the character of a text that it is about. Rules know elements only; where one stands in the file is
    found out by `Locator`, and only if something is wrong.
    """

    node: etree._Element
    code: str
    message: str
    part: Part = "tag"
    offset: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One remark about one file, sorted as printed.

    `line` and `column` count from 1, the column in characters; `column` is 0 where only the line is known, and both are
    0 for the file as a whole. `path` is the XPath of the element, `source` the place in the raw file (`letter.txt:12`);
    both are empty where they are not known. `more` is not 0 where it stands for so many others that are not told.
    """

    file: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    path: str = ""
    source: str = ""
    more: int = 0

    @classmethod
    def at_line(cls, file: str, line: int, code: str, message: str) -> Finding:
        """A finding of which only the line is known."""
        return cls(file, line, 0, SEVERITIES.get(code, "error"), code, message)


@dataclass(frozen=True, slots=True)
class Report:
    """The files that were checked, in order, and what was found in them."""

    files: tuple[str, ...]
    findings: tuple[Finding, ...]

    def counts(self) -> dict[Severity, dict[str, int]]:
        """How many findings there are by severity and code, also those that are only counted; the most frequent first.

        >>> Report(("a.xml",), (Finding("a.xml", 3, 0, "error", "grammar", "…", more=7),)).counts()
        {'error': {'grammar': 7}, 'warning': {}, 'info': {}}
        """
        counts: Counter[tuple[Severity, str]] = Counter()
        for each in self.findings:
            counts[each.severity, each.code] += each.more or 1
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return {one: {code: count for (severity, code), count in ordered if severity == one} for one in ORDER}

    def ok(self, *, strict: bool = False) -> bool:
        """Whether there is no error; if `strict`, no warning either."""
        return not any(each.severity == "error" or (strict and each.severity == "warning") for each in self.findings)

    def verdict(self) -> str:
        """The whole in one line.

        >>> Report(("a.xml", "b.xml"), (Finding("a.xml", 3, 0, "error", "grammar", "no"),)).verdict()
        '2 files checked: 1 error in 1 file'
        >>> Report(("a.xml",), (Finding("a.xml", 3, 0, "info", "xml-entity", "so"),)).verdict()
        '1 file checked: nothing is wrong, 1 remark'
        """
        sums = {severity: sum(codes.values()) for severity, codes in self.counts().items()}
        graver = [_number(sums[one], one) for one in ORDER[:2] if sums[one]]
        if graver:
            files = len({each.file for each in self.findings if each.severity != "info"})
            found = [f"{' and '.join(graver)} in {_number(files, 'file')}"]
        else:
            found = ["nothing is wrong"]
        found += [_number(sums["info"], "remark")] if sums["info"] else []
        return f"{_number(len(self.files), 'file')} checked: {', '.join(found)}"


def as_text(report: Report, *, colour: bool = False) -> Iterator[str]:
    """For people, editors and grep: a line for each finding, the counts by code if there is much, and the verdict.

    Of what is said in the same words of the same XPath in many files, the first few are told.
    """
    same: dict[tuple[str, ...], dict[str, int]] = {}  # what is said where → the files in order, numbered
    for each in report.findings:
        files = same.setdefault((each.code, each.message, each.path), {})
        files.setdefault(each.file, len(files))
    for each in report.findings:
        files = same[each.code, each.message, each.path]
        if each.more or files[each.file] < _SAME:
            yield line(each, colour=colour)
        elif files[each.file] == _SAME:
            others, first = _number(len(files) - _SAME, "file"), plain(next(iter(files)))
            yield f"… and {others} more of which the same is said as of {first} ({each.code})"
            files[each.file] += 1  # once, even if this file has it twice
    counts = [(severity, code, count) for severity, codes in report.counts().items() for code, count in codes.items()]
    if sum(count for *_, count in counts) > _SAME:
        width = len(str(max(count for *_, count in counts)))
        yield ""
        for severity, code, count in counts:
            yield f"{count:>{width}} {_coloured(severity, colour=colour)} {code}"
    if counts:
        yield ""
    yield report.verdict()


def line(each: Finding, *, colour: bool = False) -> str:
    r"""A finding as `file:line:column: severity code message [XPath; place in the raw file]`, always in one line.

    >>> line(Finding("tei/a.xml", 7, 3, "error", "grammar", "<p> is not\nallowed here", "/TEI/p"))
    'tei/a.xml:7:3: error grammar <p> is not allowed here [/TEI/p]'
    """
    where = f"{each.line}:{each.column}" if each.column else f"{max(each.line, 1)}"
    more = "; ".join(plain(one) for one in (each.path, each.source) if one)
    severity = _coloured(each.severity, colour=colour)
    return f"{plain(each.file)}:{where}: {severity} {each.code} {plain(each.message)}" + (f" [{more}]" if more else "")


def _coloured(severity: Severity, *, colour: bool) -> str:
    return f"\x1b[{_COLOURS[severity]}m{severity}\x1b[0m" if colour else severity


def as_json(report: Report, *, strict: bool = False) -> str:
    """For programs: one object, described in docs/command-line.md."""
    by_file: dict[str, list[dict[str, object]]] = {file: [] for file in report.files}
    for each in report.findings:
        said = {key: value for key, value in asdict(each).items() if key != "file"}
        by_file.setdefault(each.file, []).append(said)
    return (
        json.dumps(
            {
                "format": FORMAT,
                "teiprep": __version__,
                "verdict": report.verdict(),
                "ok": report.ok(strict=strict),
                "counts": {"files": len(report.files), **report.counts()},
                "files": [{"file": file, "findings": findings} for file, findings in sorted(by_file.items())],
            },
            ensure_ascii=False,
            indent=1,
        )
        .encode("utf-8", "backslashreplace")
        .decode()
    )


def as_github(report: Report) -> Iterator[str]:
    """Workflow commands that GitHub shows as annotations beside the lines of the files.

    GitHub shows ten errors and ten warnings of each step; so the gravest stand first, and before them the verdict.
    """
    yield f"::notice title=teiprep validate::{_data(report.verdict())}"
    for each in sorted(report.findings, key=lambda one: (ORDER.index(one.severity), one)):
        place = {
            "file": plain(each.file),
            "line": str(max(each.line, 1)),
            "col": str(each.column or ""),
            "title": each.code,
        }
        properties = ",".join(f"{key}={_property(value)}" for key, value in place.items() if value)
        more = "".join(f" [{plain(one)}]" for one in (each.path, each.source) if one)
        yield f"::{_GITHUB[each.severity]} {properties}::{_data(plain(each.message) + more)}"


def _data(text: str) -> str:
    """As GitHub reads it behind the last `::`."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """As GitHub reads it between the commas."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def plain(text: str) -> str:
    r"""A text in one line, and without anything that a terminal does not show: control and format characters escaped.

    >>> plain("red: \x1b[31m,\n right to left: \u202e, soft: \u00ad, é\u00a0—")
    'red: \\x1b[31m, right to left: \\u202e, soft: \\xad, é\xa0—'
    """
    text = re.sub(r"[ \t\r\n]+", " ", text)
    if text.isprintable():
        return text
    # White space of other kinds is shown; Python does not count it as printable.
    return "".join(
        char if char.isprintable() or unicodedata.category(char) == "Zs" else char.encode("unicode_escape").decode()
        for char in text
    )


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"
