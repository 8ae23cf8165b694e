"""Roman numerals: what their letters count. What counts as one, the callers say: printers are not always strict."""

from itertools import pairwise

_LETTERS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def roman_value(numeral: str) -> int:
    """What the letters of a Roman numeral add up to, in any case; signs that are none, as spaces, do not count.

    >>> roman_value("xiv"), roman_value("xxiiii"), roman_value("M DCC XLIII")
    (14, 24, 1743)
    """
    values = [_LETTERS[sign] for sign in numeral.casefold() if sign in _LETTERS]
    return sum(-one if one < other else one for one, other in pairwise([*values, 0]))
