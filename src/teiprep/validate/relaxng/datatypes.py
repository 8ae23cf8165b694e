"""The datatypes of RELAX NG: its own two, and those of W3C XML Schema (XSD 1.0, part 2) with their parameters.

`elementpath` has them too, but importing it takes longer than checking a file. What is doubtful in the standard is
decided as jing does: there is no year 0000, and of a URI only the scheme, the escapes and the number of # count. Where
jing leaves the standard (second edition, 2004) we keep to it: midnight may be 24:00:00, there is no second 60, P1Y is
P12M, 1.0 has no fraction digits. Names are those of XML 1.0, fifth edition. Whether the prefix of a
QName is declared is not asked; no ENTITY is, since declarations of documents are not read.
"""

from __future__ import annotations

import operator
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

from .xsd_regex import NAME_REST, NAME_START, translate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"

#: White space that is not one space between two other characters.
_SPACES = regex.compile("[ \t\n\r]+")
_NCNAME = f"[{NAME_START[1:]}][{NAME_START[1:]}{NAME_REST}]*"
_ZONE = r"(?P<zone>Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
# The standard lets a processor bound the digits of years and durations (5.2, 3.2.6.1).
_YEAR = r"(?P<year>-?(?:[1-9]\d{3,98}|0\d{3}))"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12]\d|3[01])"
_TIME = r"(?:(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d(?:\.\d+)?)|(?P<midnight>24:00:00(?:\.0+)?))"

#: A URI (RFC 2396 and 2732) before most signs are escaped: brackets stand around an address, and behind ? and #.
_ESCAPED = "%[0-9a-fA-F]{2}"
_ANY = f"[^%#]*+(?:{_ESCAPED}[^%#]*+)*+"
_PATH = rf"[^%#?\[\]]*+(?:{_ESCAPED}[^%#?\[\]]*+)*+"
_AUTHORITY = rf"[^%#?/\[\]]*+(?:{_ESCAPED}[^%#?/\[\]]*+)*+"
_ADDRESS = r"\[[0-9a-fA-F:.]+\](?::\d*+)?"
_HOST = rf"//(?:(?=[/?#])|(?=[^/?#]){_AUTHORITY}(?:(?<=[/@]){_ADDRESS})?)(?![^/?#])"
_HIERARCHY = rf"(?:{_HOST}|(?!//)){_PATH}(?:\?{_ANY})?"

#: What each datatype looks like when the white space around it is gone.
_FORMS = {
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "Name": f"[{NAME_START}][{NAME_START}{NAME_REST}]*",
    **dict.fromkeys(("NCName", "ID", "IDREF"), _NCNAME),
    "ENTITY": "(?!)",
    **dict.fromkeys(("QName", "NOTATION"), f"(?:{_NCNAME}:)?{_NCNAME}"),
    "NMTOKEN": f"[{NAME_START}{NAME_REST}]+",
    "boolean": r"true|false|1|0",
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "integer": r"[+-]?\d+",
    "double": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"[A-Za-z0-9+/ ]*+[= ]*+",
    "duration": r"(?P<sign>-?)P(?=.)(?:(?P<years>\d{1,99})Y)?(?:(?P<months>\d{1,99})M)?(?:(?P<days>\d{1,99})D)?"
    r"(?:T(?=.)(?:(?P<hours>\d{1,99})H)?(?:(?P<minutes>\d{1,99})M)?(?:(?P<seconds>\d{1,99}(?:\.\d+)?)S)?)?",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "time": f"{_TIME}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "anyURI": f"(?:(?![^/?#:]*:){_HIERARCHY}|[a-zA-Z][a-zA-Z0-9+.-]*:(?:(?=/){_HIERARCHY}|(?=[^/#]){_ANY}))"
    f"(?:#{_ANY})?",
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
_NUMBERS = frozenset({"decimal", *_INTEGERS})
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_COMPARED = {
    "minInclusive": operator.ge, "maxInclusive": operator.le, "minExclusive": operator.gt, "maxExclusive": operator.lt,
}  # fmt: skip
_LENGTHS = {"length": operator.eq, "minLength": operator.ge, "maxLength": operator.le}


#: 14 hours in seconds: further apart than that a moment with a zone and one without have an order (3.2.7.4).
_FAR = 14 * 3600
#: The months from which XML Schema measures whether one duration is longer than another (3.2.6.2).
_MEASURED_FROM = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))


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
    if name == "string":
        return str
    if name == "normalizedString":
        return _normalized
    if name == "token":
        return collapse
    if name in _LISTS:
        inner = _parser(library, _LISTS[name])
        return partial(_items, inner)
    form = regex.compile(_FORMS["integer" if name in _INTEGERS else "double" if name == "float" else name], regex.ASCII)
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
        normalize = str if name == "string" else _normalized if name == "normalizedString" else collapse
        return lambda text, _: pattern.fullmatch(normalize(text)) is not None
    compared = (name in _MAKE and name not in {"boolean", "hexBinary", "base64Binary"}) or name in _NUMBERS
    if parameter in _LENGTHS and not compared and name != "boolean":
        length, test = _number(parameter, wanted), _LENGTHS[parameter]
        measure = _MEASURE.get(name, len)
        return lambda _, value: test(measure(value), length)
    if parameter in _COMPARED and compared:
        limit, compare = _parser(library, name)(wanted), _COMPARED[parameter]
        if limit is None:
            raise UnknownDatatypeError(f"“{wanted}” is no value of the datatype {name}")
        return lambda _, value: _holds(compare, value, limit)
    if parameter in {"totalDigits", "fractionDigits"} and name in _NUMBERS:
        most = _number(parameter, wanted)
        return lambda _, value: _digits(value, parameter) <= most
    raise UnknownDatatypeError(f"the datatype {name} takes no parameter “{parameter}”")


def _number(parameter: str, wanted: str) -> int:
    text = collapse(wanted)
    if not (text.isascii() and text.isdigit()):
        raise UnknownDatatypeError(f"“{wanted}” is no number for the parameter {parameter}")
    return int(text)


def _holds(compare: Callable[[Any, Any], bool], one: Any, other: Any) -> bool:
    """A comparison that is false where two values have no order, such as P1M and P30D, or NaN and any number."""
    if one == other:
        return bool(compare(0, 0))
    if isinstance(one, str) or isinstance(other, str):
        return False
    if isinstance(one, _Moment):
        apart = one.seconds - other.seconds
        return (one.zoned == other.zoned or abs(apart) > _FAR) and bool(compare(apart, 0))
    if isinstance(one, _Duration):
        apart = [one.since(*start) - other.since(*start) for start in _MEASURED_FROM]
        return (min(apart) > 0 or max(apart) < 0) and bool(compare(apart[0], 0))
    return bool(compare(one, other))


def _digits(number: Decimal, which: str) -> int:
    _, digits, exponent = number.as_tuple()
    written = "".join(map(str, digits)).lstrip("0")
    significant = written.rstrip("0")
    fraction = max(0, -int(exponent) - (len(written) - len(significant))) if significant else 0
    if which == "fractionDigits":
        return fraction
    return max(len(written) + int(exponent) + fraction, fraction)


# --- values that can be compared --------------------------------------------------------------------------------------


class _Moment(NamedTuple):
    """A point of time: whether it has a zone, and the seconds since some day, in its zone if it has none."""

    zoned: bool
    seconds: Decimal


class _Duration(NamedTuple):
    months: int
    seconds: Decimal

    def since(self, year: int, month: int) -> Decimal:
        """How many seconds it lasts if it begins with this month."""
        end = year * 12 + month - 1 + self.months
        return (_days_before(end // 12, end % 12 + 1) - _days_before(year, month)) * 86400 + self.seconds


def _normalized(text: str) -> str:
    return text.replace("\t", " ").replace("\n", " ").replace("\r", " ")


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


def _packed(match: regex.Match[str]) -> str | None:
    """Without spaces; None if it is not made of fours, or has bits left over."""
    packed: str = match[0].replace(" ", "")
    ends = {0: "", 1: "AEIMQUYcgkosw048", 2: "AQgw"}
    fill = len(packed) - len(packed.rstrip("="))
    whole = len(packed) % 4 == 0 and fill in ends and (not fill or packed[-fill - 1 : -fill] in ends[fill])
    return packed if whole else None


def _hex(match: regex.Match[str]) -> str:
    return match[0].upper()


def _duration(match: regex.Match[str]) -> _Duration:
    parts = match.groupdict()
    sign = -1 if parts.pop("sign") else 1
    amounts = {name: Decimal(part or 0) for name, part in parts.items()}
    months = int(amounts["years"] * 12 + amounts["months"])
    seconds = amounts["days"] * 86400 + amounts["hours"] * 3600 + amounts["minutes"] * 60 + amounts["seconds"]
    return _Duration(sign * months, sign * seconds)


def _moment(match: regex.Match[str]) -> _Moment | None:
    """Any of the date types; None for 31 April and the year 0. What a type does not say is some day of a leap year."""
    parts = match.groupdict()
    year, month, day = (int(parts.get(name) or fallback) for name, fallback in (("year", 4), ("month", 1), ("day", 1)))
    if year == 0 or day > _DAYS[month - 1] or (month == 2 and day == 29 and not _leap(year)):
        return None
    days = _days_before(year if year > 0 else year + 1, month) + day  # there is no year 0
    seconds = Decimal(days * 86400)
    if parts.get("midnight") and "year" in parts:
        seconds += 86400
    elif parts.get("hour"):
        seconds += int(parts["hour"]) * 3600 + int(parts["minute"]) * 60 + Decimal(parts["second"])
    zone = parts.get("zone")
    if zone and zone != "Z":
        seconds -= (1 if zone[0] == "+" else -1) * (int(zone[1:3]) * 3600 + int(zone[4:]) * 60)
    return _Moment(bool(zone), seconds)


def _days_before(year: int, month: int) -> int:
    """The days before a month, counted from some day; here there is a year 0, which is 1 before our era."""
    before = year - 1
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (
        before * 365 + before // 4 - before // 100 + before // 400 + sum(_DAYS[: month - 1]) - (month > 2 and not leap)
    )


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
