"""What notes are called: numbers, signs, letters; what is printed around them, and how each series counts."""

from __future__ import annotations

import re

from teiprep.segment.common import PLAIN_DIGITS, roman

_SIGNS = "*†‡§‖¶"
#: What a note of markdown may be called: signs that an XML id may hold as well.
NAME = "[0-9A-Za-zÀ-ÖØ-öø-ÿ_-]{1,40}"
_AROUND = "[]()^:. \t"


def label_of(printed: str) -> str:
    """The label without its brackets, spaces and superscripts.

    >>> [label_of(printed) for printed in ("[12]", "⁷ ⁰", "7 0", "^[4]", "(a)")]
    ['12', '70', '70', '4', 'a']
    """
    return printed.strip(_AROUND).replace(" ", "").translate(PLAIN_DIGITS)


def read_back(printed: str) -> str:
    """A number in which the scanner read letters for digits.

    >>> read_back("l2"), read_back("1O")
    ('12', '10')
    """
    return printed.translate(str.maketrans("lIOo", "1100"))


def place_in_series(label: str) -> tuple[str, int]:
    """The kind of series to which a label belongs, and its place in it: `75a` stands where 75 stands.

    Names (`[^flood]` in markdown) have no order.

    >>> [place_in_series(label) for label in ("12", "75a", "†", "**", "c", "iv", "flood")]
    [('number', 12), ('number', 75), ('sign', 2), ('sign', 7), ('letter', 3), ('roman', 4), ('name', 0)]
    """
    if number := re.match(r"[0-9]+", label):
        return "number", int(number[0])
    if label[:1] and label[0] in _SIGNS:
        return "sign", _SIGNS.index(label[0]) + 1 + len(_SIGNS) * (len(label) - 1)
    if len(label) > 1:
        return ("roman", roman(label)) if roman(label) else ("name", 0)
    return "letter", ord(label[:1] or "`") - ord("`")
