"""The datatypes of RELAX NG: its own two, and those of W3C XML Schema (XSD 1.0, part 2) with their parameters.

`elementpath` has them too, but importing it takes longer than checking a file. What is doubtful in the standard is
decided as jing does: there is no year 0000, and of a URI only the scheme, the escapes and the number of # count.
"""

from __future__ import annotations

import operator
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import regex

from .xsd_regex import translate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"

#: White space that is not one space between two other characters.
_SPACES = regex.compile("[ \t\n\r]+")
_NAME_START = (
    ":A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_REST = "\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040"
_NCNAME = f"[{_NAME_START[1:]}][{_NAME_START[1:]}{_NAME_REST}]*"
_ZONE = r"(?P<zone>Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_YEAR = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12]\d|3[01])"
_TIME = r"(?:(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d(?:\.\d+)?)|(?P<midnight>24:00:00(?:\.0+)?))"

#: What each datatype looks like when the white space around it is gone.
_FORMS = {
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "Name": f"[{_NAME_START}][{_NAME_START}{_NAME_REST}]*",
    **dict.fromkeys(("NCName", "ID", "IDREF", "ENTITY"), _NCNAME),
    **dict.fromkeys(("QName", "NOTATION"), f"(?:{_NCNAME}:)?{_NCNAME}"),
    "NMTOKEN": f"[{_NAME_START}{_NAME_REST}]+",
    "boolean": r"true|false|1|0",
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "integer": r"[+-]?\d+",
    "double": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*"
    r"(?:(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?",
    "duration": r"(?P<sign>-?)P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "time": f"{_TIME}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "anyURI": r"(?![^/?#:]*:)(?:[^%#]|%[0-9a-fA-F]{2})*(?:#(?:[^%#]|%[0-9a-fA-F]{2})*)?"
    r"|[a-zA-Z][a-zA-Z0-9+.-]*:(?:[^%#]|%[0-9a-fA-F]{2})+(?:#(?:[^%#]|%[0-9a-fA-F]{2})*)?",
}
#: The whole numbers, each with the least and the greatest that it has.
_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    **{
        name: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
        for name, bits in zip(("long", "int", "short", "byte"), (64, 32, 16, 8), strict=True)
    },
    **{
        name: (0, 2**bits - 1)
        for name, bits in zip(
            ("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"), (64, 32, 16, 8), strict=True
        )
    },
}
_LISTS = {"IDREFS": "IDREF", "ENTITIES": "ENTITY", "NMTOKENS": "NMTOKEN"}
_PRESERVED = frozenset({"string", "normalizedString"})
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_COMPARED = {
    "minInclusive": operator.ge, "maxInclusive": operator.le, "minExclusive": operator.gt, "maxExclusive": operator.lt,
}  # fmt: skip
_LENGTHS = {"length": operator.eq, "minLength": operator.ge, "maxLength": operator.le}


class UnknownDatatypeError(Exception):
    """A datatype or a parameter that does not exist; the text says which."""


def names() -> frozenset[str]:
    """The datatypes of XML Schema."""
    return frozenset({"string", "normalizedString", "token", "float", *_FORMS, *_INTEGERS, *_LISTS})


def data(library: str, name: str, parameters: Sequence[tuple[str, str]]) -> Callable[[str], bool]:
    """Whether a string belongs to a datatype of a library, narrowed by its parameters (name, value).

    Raises UnknownDatatypeError for a datatype or parameter that does not exist, and for a pattern that is none.
    """
    parse = _parser(library, name)
    tests = [_parameter(library, name, *each) for each in parameters]
    if not tests:
        return lambda text: parse(text) is not None

    def allows(text: str) -> bool:
        value = parse(text)
        return value is not None and all(test(text, value) for test in tests)

    return allows


def value(library: str, name: str, wanted: str) -> Callable[[str], bool]:
    """Whether a string stands for the same value of a datatype as `wanted` does.

    Raises UnknownDatatypeError for a datatype that does not exist, and if `wanted` is no value of it.
    """
    parse = _parser(library, name)
    meant = parse(wanted)
    if meant is None:
        raise UnknownDatatypeError(f"“{wanted}” is no value of the datatype {name}")
    return lambda text: parse(text) == meant


def collapse(text: str) -> str:
    """The text without white space at its ends, and with one space for each run of it inside.

    Only what XML calls white space is meant: a no-break space stays.

    >>> collapse("  a   b "), collapse("a\N{NO-BREAK SPACE}") == "a"
    ('a b', False)
    """
    return " ".join(_SPACES.split(text)).strip(" ") if _SPACES.search(text) else text


@cache
def _parser(library: str, name: str) -> Callable[[str], Any]:
    """What gives the value of a string, in a form that can be compared, or None if it is none of the datatype."""
    if library == "":
        if name == "string":
            return str
        if name == "token":
            return collapse
        raise UnknownDatatypeError(f"RELAX NG itself has no datatype “{name}”, only string and token")
    if library != XSD or name not in names():
        raise UnknownDatatypeError(f"the datatype “{name}” of the library {library or '(none)'} is not known")
    if name in _PRESERVED:
        return str
    if name == "token":
        return collapse
    if name in _LISTS:
        inner = _parser(library, _LISTS[name])
        return partial(_items, inner)
    form = regex.compile(_FORMS["integer" if name in _INTEGERS else "double" if name == "float" else name])
    make = _MAKE.get(name, _as_text)
    if name in _INTEGERS:
        make = partial(_whole, *_INTEGERS[name])

    def parse(text: str) -> Any:
        text = collapse(text)
        match = form.fullmatch(text)
        return None if match is None else make(match)

    return parse


def _parameter(library: str, name: str, parameter: str, wanted: str) -> Callable[[str, Any], bool]:
    """A test of the text and its value."""
    if library != XSD:
        raise UnknownDatatypeError(f"the datatypes of RELAX NG itself take no parameter “{parameter}”")
    if parameter == "pattern":
        try:
            pattern = regex.compile(translate(wanted))
        except (regex.error, ValueError) as error:
            raise UnknownDatatypeError(f"“{wanted}” is no pattern: {error}") from None
        if name in _PRESERVED:
            return lambda text, _: pattern.fullmatch(text) is not None
        return lambda text, _: pattern.fullmatch(collapse(text)) is not None
    if parameter in _LENGTHS:
        length, test = int(wanted), _LENGTHS[parameter]
        measure = _MEASURE.get(name, len)
        return lambda _, value: test(measure(value), length)
    if parameter in _COMPARED:
        limit, compare = _parser(library, name)(wanted), _COMPARED[parameter]
        if limit is None:
            raise UnknownDatatypeError(f"“{wanted}” is no value of the datatype {name}")
        return lambda _, value: _holds(compare, value, limit)
    if parameter in {"totalDigits", "fractionDigits"}:
        most = int(wanted)
        return lambda _, value: _digits(value, parameter) <= most
    raise UnknownDatatypeError(f"the datatypes of XML Schema take no parameter “{parameter}” here")


def _holds(compare: Callable[[Any, Any], bool], one: Any, other: Any) -> bool:
    """A comparison that is false where two values have no order, such as a time with a zone and one without."""
    if isinstance(one, tuple) and isinstance(other, tuple) and one[0] != other[0]:
        return False
    return bool(compare(one, other))


def _digits(number: Decimal | int, which: str) -> int:
    _, digits, exponent = Decimal(number).normalize().as_tuple()
    fraction = max(0, -int(exponent))
    return fraction if which == "fractionDigits" else max(len(digits) + max(0, int(exponent)), fraction)


# --- values that can be compared --------------------------------------------------------------------------------------


def _items(inner: Callable[[str], Any], text: str) -> tuple[str, ...] | None:
    words = tuple(collapse(text).split(" "))
    return words if words and all(inner(word) is not None for word in words) else None


def _as_text(match: regex.Match[str]) -> str:
    return match[0]


def _truth(match: regex.Match[str]) -> bool:
    return match[0] in {"true", "1"}


def _decimal(match: regex.Match[str]) -> Decimal:
    return Decimal(match[0])


def _whole(least: int | None, most: int | None, match: regex.Match[str]) -> Decimal | None:
    number = Decimal(match[0])
    return number if (least is None or number >= least) and (most is None or number <= most) else None


def _float(match: regex.Match[str]) -> float | str:
    return "NaN" if match[0] == "NaN" else float(match[0].replace("INF", "inf"))


def _packed(match: regex.Match[str]) -> str:
    return match[0].replace(" ", "")


def _hex(match: regex.Match[str]) -> str:
    return match[0].upper()


def _duration(match: regex.Match[str]) -> tuple[str, int, Decimal] | None:
    parts = match.groupdict()
    sign = -1 if parts.pop("sign") else 1
    amounts = {name: Decimal(part or 0) for name, part in parts.items()}
    months = int(amounts["years"] * 12 + amounts["months"])
    seconds = amounts["days"] * 86400 + amounts["hours"] * 3600 + amounts["minutes"] * 60 + amounts["seconds"]
    return "", sign * months, sign * seconds


def _moment(match: regex.Match[str]) -> tuple[str, Decimal] | None:
    """Any of the date types: whether it has a zone, and the seconds since some day; None for 31 April and year 0."""
    parts = match.groupdict()
    year, month, day = (int(parts.get(name) or fallback) for name, fallback in (("year", 4), ("month", 1), ("day", 1)))
    if year == 0 or day > _DAYS[month - 1] or (month == 2 and day == 29 and not _leap(year)):
        return None
    before = year - 1 if year > 0 else year  # there is no year 0
    days = before * 365 + before // 4 - before // 100 + before // 400
    days += sum(_DAYS[: month - 1]) - (month > 2 and not _leap(year)) + day
    seconds = Decimal(days * 86400)
    if parts.get("midnight"):
        seconds += 86400
    elif parts.get("hour"):
        seconds += int(parts["hour"]) * 3600 + int(parts["minute"]) * 60 + Decimal(parts["second"])
    zone = parts.get("zone")
    if zone and zone != "Z":
        seconds -= (1 if zone[0] == "+" else -1) * (int(zone[1:3]) * 3600 + int(zone[4:]) * 60)
    return "zone" if zone else "", seconds


def _leap(year: int) -> bool:
    year = year if year > 0 else year + 1
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


_MAKE: dict[str, Callable[[regex.Match[str]], Any]] = {
    "boolean": _truth,
    "decimal": _decimal,
    "double": _float,
    "float": _float,
    "hexBinary": _hex,
    "base64Binary": _packed,
    "duration": _duration,
    **dict.fromkeys(("dateTime", "date", "time", "gYearMonth", "gYear", "gMonthDay", "gMonth", "gDay"), _moment),
}
#: What `length` counts, where it is not characters.
_MEASURE: dict[str, Callable[[str], int]] = {
    "hexBinary": lambda value: len(value) // 2,
    "base64Binary": lambda value: len(value) * 3 // 4 - value.count("="),
}
