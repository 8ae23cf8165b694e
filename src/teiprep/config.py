"""The settings (`teiprep.toml`) and the metadata table (`metadata.csv`); both are checked before any text is read.

What a person typed is never guessed at: an unknown key, a value of the wrong type or a row that does not fit raises a
`ConfigError` that names the file, the key or line, and what is allowed.
"""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import asdict, dataclass, field
from datetime import date
from difflib import get_close_matches
from io import StringIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal, get_args

from . import files
from .diagnostics import CODES, ConfigError, code_hint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from .diagnostics import Severity

OriginName = Literal["web", "pages", "markdown", "plain"]
Threshold = Literal["low", "medium", "high"]

#: The columns that `metadata.csv` may have; each row needs a `path`, or the `id` that a document has without the table.
COLUMNS = ("path", "id", "title", "author", "date", "source", "licence", "language", "publisher", "origin")

# What the TEI header could not hold: XML 1.0, section 2.2, and line ends, which have no place in a header's value.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# The shape of a language tag (BCP 47) that xml:lang takes; the registry of subtags is not consulted.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Project:
    """What the header says of every document, unless its own metadata say otherwise."""

    title: str | None = None
    publisher: str | None = None
    licence: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Read:
    """How files are read: `encodings` are tried in order where UTF-8 fails; `origin` overrides the diagnosis."""

    encodings: tuple[str, ...] = ()
    origin: OriginName | None = None


@dataclass(frozen=True, slots=True)
class Clean:
    """What is mended: whether misread letters are corrected (`correct`). Wrong characters always are."""

    correct: bool = True


@dataclass(frozen=True, slots=True)
class Encode:
    """How documents are encoded: whether the TEI shows `furniture`, and from which certainty on tags stand inline."""

    furniture: bool = True
    inline_threshold: Threshold = "low"


@dataclass(frozen=True, slots=True)
class Validate:
    """How TEI is checked: by which `schema` (RELAX NG) and `schematron`, and how grave the findings of which codes are.

    The two files are found from where the command is given, as on the command line. A code that is in none of the four
    lists has its usual severity; what is `off` is not told.
    """

    schema: str | None = None
    schematron: str | None = None
    off: tuple[str, ...] = ()
    info: tuple[str, ...] = ()
    warning: tuple[str, ...] = ()
    error: tuple[str, ...] = ()

    @property
    def severities(self) -> dict[str, Severity]:
        """The severity of each code of which the settings say one; those that are `off` are not among them.

        >>> Validate(info=("space-inside",), error=("header-licence",)).severities
        {'space-inside': 'info', 'header-licence': 'error'}
        """
        told: tuple[tuple[Severity, tuple[str, ...]], ...] = (
            ("info", self.info),
            ("warning", self.warning),
            ("error", self.error),
        )
        return {code: severity for severity, codes in told for code in codes}


@dataclass(frozen=True, slots=True)
class Config:
    """All settings; every one has a default, so that no file is needed."""

    project: Project = field(default_factory=Project)
    read: Read = field(default_factory=Read)
    clean: Clean = field(default_factory=Clean)
    encode: Encode = field(default_factory=Encode)
    validate: Validate = field(default_factory=Validate)

    @property
    def shaping(self) -> dict[str, Any]:
        """The settings that decide what comes out, as JSON has them: how it is checked afterwards is none of them."""
        return {name: value for name, value in asdict(self).items() if name != "validate"}

    @classmethod
    def load(cls, path: Path | None) -> Config:
        """The settings of the TOML file `path`, or the defaults if it is None.

        Raises ConfigError, naming the file and the key, for anything that is not understood.
        """
        if path is None:
            return cls()
        text = _read(path)
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(f"{path}: {error}", hint='a setting is written key = "value"') from None
        sections: dict[str, Any] = {}
        for name, table in data.items():
            if name not in _SECTIONS:
                if isinstance(table, dict):
                    raise ConfigError(f"{path}: unknown section [{name}]", hint=_suggest(name, _SECTIONS))
                homes = [section for section, (_, keys) in _SECTIONS.items() if name in keys]
                raise ConfigError(
                    f"{path}: {name} stands outside of the sections",
                    hint=f"it belongs below a line [{homes[0]}]" if homes else _suggest(name, _all_keys()),
                )
            section, keys = _SECTIONS[name]
            if not isinstance(table, dict):
                raise ConfigError(f"{path}: {name} must be a section", hint=f"write [{name}] on a line of its own")
            for key in table:
                if key not in keys:
                    raise ConfigError(f"{path}: unknown key {name}.{key}", hint=_suggest(key, keys))
            sections[name] = section(**{key: _checked(path, f"{name}.{key}", keys[key], table[key]) for key in table})
        _once(path, sections.get("validate"))
        return cls(**sections)


def load_metadata(path: Path) -> dict[str, dict[str, str]]:
    r"""The rows of a metadata table, each found under its `path` (relative to the raw folder, with `/`), else its `id`.

    The `id` of a row that has a `path` is the id that the document is to have; it is unique, also but for case. A row
    holds its non-empty cells by column, stripped of white space around them. Raises ConfigError, naming file and
    line, for a table that cannot be used.
    """
    table = csv.reader(StringIO(_read(path), newline=""), strict=True)
    found: dict[str, dict[str, str]] = {}
    lines: dict[str, int] = {}
    header: list[str] = []
    line = 1
    try:
        for cells in table:
            values = [cell.strip() for cell in cells]
            if not any(values):
                pass
            elif not header:
                header = _header(f"{path}:{line}", values)
            else:
                if len(values) != len(header):
                    counts = f"{len(values)} cells, but the header has {len(header)}"
                    raise ConfigError(f"{path}:{line}: {counts}", hint='a cell with a comma is written "in quotes"')
                row = _row(f"{path}:{line}", {key: value for key, value in zip(header, values, strict=True) if value})
                for key in dict.fromkeys((row.get("path", ""), row.get("id", "").casefold())):
                    if key and key in lines:
                        raise ConfigError(f"{path}:{line}: {key!r} is already described in line {lines[key]}")
                    lines[key] = line
                found[row.get("path") or row["id"]] = row
            line = table.line_num + 1
    except csv.Error as error:
        raise ConfigError(f"{path}:{line}: {error}", hint="look for a quotation mark without its partner") from None
    if not header:
        raise ConfigError(f"{path} is empty", hint=f"the first line names the columns: {', '.join(COLUMNS)}")
    return found


def _header(where: str, columns: list[str]) -> list[str]:
    """The names of the columns, checked; `where` is the file and line for messages."""
    if len(columns) == 1 and (sign := next((sign for sign in ";\t" if sign in columns[0]), None)):
        name = "a semicolon" if sign == ";" else "a tab"
        raise ConfigError(f"{where}: the columns are separated by {name}", hint="save the table with commas")
    for number, column in enumerate(columns):
        if column not in COLUMNS:
            raise ConfigError(f"{where}: unknown column {column!r}", hint=_suggest(column, COLUMNS))
        if column in columns[:number]:
            raise ConfigError(f"{where}: the column {column} occurs twice")
    if "path" not in columns and "id" not in columns:
        raise ConfigError(f"{where}: neither a column path nor a column id", hint="one of them says which document")
    return columns


def _row(where: str, row: dict[str, str]) -> dict[str, str]:
    """A row with its `path` normalised; raises ConfigError for a cell that cannot be used."""
    if "path" not in row and "id" not in row:
        raise ConfigError(f"{where}: neither path nor id is given", hint="one of them says which document")
    for column, value in row.items():
        if _UNPRINTABLE.search(value):
            raise ConfigError(f"{where}: {column} has a line end or a character that cannot be printed")
    if "path" in row:
        path = PurePosixPath(row["path"].replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            raise ConfigError(f"{where}: path {row['path']!r} leads elsewhere", hint="relative to the raw folder")
        row["path"] = str(path)
        if "id" in row and row["id"] != (safe := files.slug(row["id"])):
            raise ConfigError(
                f"{where}: {row['id']!r} cannot be an id",
                hint=f"a letter, then letters, digits, hyphens, dots and low lines, such as {safe}",
            )
    if "date" in row and not is_date(row["date"]):
        raise ConfigError(
            f"{where}: date {row['date']!r} is not understood", hint="1863, 1863-02, 1863-02-14, or a range 1863/1865"
        )
    if "language" in row and not _LANGUAGE.fullmatch(row["language"]):
        raise ConfigError(f"{where}: language {row['language']!r} is no language tag", hint="such as en or de-AT")
    if "origin" in row and row["origin"] not in get_args(OriginName):
        raise ConfigError(
            f"{where}: origin {row['origin']!r} is not known", hint=_suggest(row["origin"], get_args(OriginName))
        )
    return row


def is_date(value: str) -> bool:
    """Whether `value` is a year, a month, a day of the calendar, or a range of two of these in order, as ISO 8601 has.

    >>> is_date("1863-02"), is_date("1863/1865-05"), is_date("1863-02-30"), is_date("1865/1863")
    (True, True, False, False)
    """
    starts: list[date] = []
    for part in value.split("/"):
        match = _DATE.fullmatch(part)
        if match is None:
            return False
        try:
            starts.append(date(int(match[1]), int(match[2] or 1), int(match[3] or 1)))
        except ValueError:
            return False
    return len(starts) <= 2 and starts == sorted(starts)


def _read(path: Path) -> str:
    """The text of a settings file; UTF-8, with or without a byte order mark."""
    if path.is_fifo():
        raise ConfigError(f"{path} cannot be read: it is a named pipe, not a file")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Counted anew: the codec reports offsets without the byte order mark.
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{line}: not valid UTF-8", hint="save the file as UTF-8") from None


def _suggest(wrong: str, allowed: Iterable[str]) -> str:
    """A hint for a name that does not exist: the nearest one if there is one, and all."""
    names = list(allowed)
    near = get_close_matches(wrong.lower(), names, n=1)
    return (f"did you mean {near[0]}? " if near else "") + f"allowed: {', '.join(names)}"


def _all_keys() -> list[str]:
    return [key for _, keys in _SECTIONS.values() for key in keys]


class _WrongError(Exception):
    """What a value must be, and a hint."""


def _checked(path: Path, key: str, check: Callable[[Any], Any], value: object) -> Any:
    """`value` as `check` gives it back; raises ConfigError with the file and the key."""
    try:
        return check(value)
    except _WrongError as error:
        must, hint = error.args
        raise ConfigError(f"{path}: {key} must be {must}, not {value!r}", hint=hint) from None


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or _UNPRINTABLE.search(value):
        raise _WrongError("a text on one line", 'in quotation marks: "…"')
    return value.strip()


def _tag(value: object) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise _WrongError("a language tag", 'such as "en" or "de-AT"')
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _WrongError("true or false", "without quotation marks")
    return value


def _one_of(allowed: tuple[str, ...]) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            hint = _suggest(value, allowed) if isinstance(value, str) else 'in quotation marks: "…"'
            raise _WrongError(f"one of {', '.join(allowed)}", hint)
        return value

    return check


def _encodings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise _WrongError("a list of encodings", 'such as ["cp1252"]')
    for name in value:
        try:
            # Encoding also refuses codecs that are known but are none for text, such as hex.
            "".encode(name)
        except (LookupError, ValueError):
            common = ("utf-8", "cp1252", "cp1250", "latin-1", "iso8859-15", "mac-roman", "utf-16")
            near = get_close_matches(name.lower(), common, n=1)
            raise _WrongError(
                f"a list of encodings that Python knows ({name!r} is none)",
                f"did you mean {near[0]}?" if near else f"such as {', '.join(common)}",
            ) from None
    return tuple(value)


def _codes(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise _WrongError("a list of codes", 'such as ["page-missing"]; docs/validate.md has them all')
    for code in value:
        if code not in CODES:
            raise _WrongError(f"a list of codes that teiprep knows ({code!r} is none)", code_hint(code))
    return tuple(dict.fromkeys(value))


def _once(path: Path, validate: Validate | None) -> None:
    """No code may have two severities."""
    lists: dict[str, str] = {}
    for name in ("off", "info", "warning", "error") if validate is not None else ():
        for code in getattr(validate, name):
            if code in lists:
                raise ConfigError(
                    f"{path}: {code} stands in validate.{lists[code]} and in validate.{name}", hint="keep one"
                )
            lists[code] = name


_SECTIONS: dict[str, tuple[Callable[..., Any], dict[str, Callable[[Any], Any]]]] = {
    "project": (Project, {"title": _text, "publisher": _text, "licence": _text, "language": _tag}),
    "read": (Read, {"encodings": _encodings, "origin": _one_of(get_args(OriginName))}),
    "clean": (Clean, {"correct": _flag}),
    "encode": (Encode, {"furniture": _flag, "inline_threshold": _one_of(get_args(Threshold))}),
    "validate": (
        Validate,
        {"schema": _text, "schematron": _text, "off": _codes, "info": _codes, "warning": _codes, "error": _codes},
    ),
}
