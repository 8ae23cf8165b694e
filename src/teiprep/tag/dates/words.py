"""The words of dates and what they count: months, weekdays, numbers in words, what a scanner made of figures."""

from __future__ import annotations

import re

from teiprep.tag.common import words

_LONG = "january february march april may june july august september october november december".split()  # noqa: SIM905
#: The short forms that are printed, and those of old hands (Jany, Novr, 9ber); all but "May" may have a full stop.
_SHORT = (
    (1, "jan jany januy jan'y janu"),
    (2, "feb feby febry febr febru feb'y febuary"),
    (3, "mar mch"),
    (4, "apr apl aprl apr'l"),
    (6, "jun"),
    (7, "jul"),
    (8, "aug augt aug't"),
    (9, "sep sept septr sepr sep'r sept'r septemb 7ber 7br"),
    (10, "oct octr octbr octob oct'r 8ber 8br"),
    (11, "nov novr novbr novem novemb nov'r 9ber 9br"),
    (12, "dec decr decbr decem decemb dec'r 10ber 10br xber xbr"),
)
#: Month by its name in small letters, short forms without their full stop.
MONTHS = {
    **{word: k for k, word in enumerate(_LONG, 1)},
    **{word: k for k, forms in _SHORT for word in forms.split()},
}

#: What a scanner makes of a small letter.
_CONFUSED = {
    "a": "n u",
    "b": "h l",
    "c": "e o",
    "e": "c o",
    "h": "b li",
    "i": "l 1",
    "j": "i l",
    "l": "1 i",
    "m": "rn in",
    "n": "u ii r",
    "o": "0 c e",
    "t": "l",
    "u": "n ii",
    "y": "v",
}


def _misread(word: str) -> set[str]:
    """The forms in which one letter of a word is misread; of the first one only what looks like a figure."""
    forms = {
        word[:at] + new + word[at + 1 :] for at, c in enumerate(word) if at for new in _CONFUSED.get(c, "").split()
    }
    return forms | ({"0" + word[1:]} if word[0] == "o" else set())


#: Names of months with one letter misread ("septernber", "ju1y"), words apart: a day and a year beside them prove them.
MISREAD_MONTHS = {
    **{form: k for k, word in enumerate(_LONG, 1) if len(word) > 3 for form in _misread(word)},
    "0ct": 10,
}
for _word in (*MONTHS, "juno", "larch"):
    MISREAD_MONTHS.pop(_word, None)

#: Weekday by its name in small letters: 0 is Monday.
WEEKDAYS = {
    form: k
    for k, forms in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed weds wedns",
            "thursday thurs thu thur",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for form in forms.split()
}

_FIRST_NINE = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = (
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth"),
)
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TO_NINETEEN = (
    *_ONES,
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
#: "first" to "thirty-first", "one-and-twentieth".
ORDINALS = {
    **{word: k for k, word in enumerate((*_FIRST_NINE, *_TEENS), 1)},
    **{f"twenty{dash}{word}": 20 + k for dash in "- " for k, word in enumerate(_FIRST_NINE, 1)},
    # Before 1800: the five and twentieth.
    **{f"{word}{dash}and{dash}twentieth": 20 + k for dash in "- " for k, word in enumerate(_ONES, 1)},
    **{f"one{dash}and{dash}thirtieth": 31 for dash in "- "},
    "thirtieth": 30,
    "thirty-first": 31,
    "thirty first": 31,
}
CARDINALS = {
    **{word: k for k, word in enumerate(_TO_NINETEEN, 1)},
    **{word: 10 * k for k, word in enumerate(_TENS, 2)},
}
_LONGEST_FIRST = "|".join(sorted(_TO_NINETEEN, key=len, reverse=True))
_BELOW_HUNDRED = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{_LONGEST_FIRST}))?|{_LONGEST_FIRST})"
_HUNDREDS = "(?:fifteen|sixteen|seventeen|eighteen|nineteen)"
#: "Eighteen hundred and forty-three", "one thousand seven hundred and seventy-six", "nineteen-fourteen".
YEAR_IN_WORDS = (
    rf"(?:{_HUNDREDS}\s?-?hundred(?:\s(?:and\s)?{_BELOW_HUNDRED})?"
    rf"|(?:one|two)\sthousand(?:,?\s(?:{'|'.join(_ONES)})\shundred)?(?:,?\s(?:and\s)?{_BELOW_HUNDRED})?"
    rf"|{_HUNDREDS}[\s-](?:(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_ONES)}))?|ten|eleven|twelve|\w{{3,6}}teen\b))"
)

#: What numbers count; behind one of these a number is no day and no year.
COUNTED = words(
    """
    acres aircraft bags bales barrels boats bottles boxes bushels cases cattle cents copies cwt days deg degrees degs
    delegates dollars families feet francs ft gallons guns head hectares horse horses hours houses inches kilometers
    kilometres kilos lb lbs lines lire marks members men meters metres miles million minutes months ounces paces pages
    pence people per percent persons planes points pounds prisoners refugees rooms roubles rubles runs rupees seats
    seconds shares sheep shillings ships soldiers sq stone tanks times tonnes tons troops volumes votes weeks women
    words workers yards years yen
    """
)

#: The same as a pattern.
COUNTED_PATTERN = rf"(?:{'|'.join(sorted(COUNTED))})\b"
#: The half of the day, and the part that tells it: "10 a.m.", "ten o'clock in the evening".
MERIDIEM = r"(?:[ap]\.\s?m\b\.?|[AP]\.?\s?M\b\.?|[ap]m\b)"
PART_OF_DAY = r"(?:in\sthe\s(?:morning|forenoon|afternoon|evening)|at\snight)"
#: Words that may stand beside a date and are neither part of it nor counted by a number before them.
SMALL_WORDS = words(
    """
    a about after again all also an are as at because before both but by came can could did during for from had has
    have he her his how i if in into is it it's its left met my no not on only our over said saw sent she since so
    still that their then there they this under upon was we went were what whatever when where whether which while who
    why will with without would wrote yet
    """
)

_STEM = re.compile(r"[0-9lIiOoQSBZ]+")
_LOOKS_LIKE = str.maketrans("lIiOoQSBZ", "111000582")
_LETTERS = re.compile(r"[a-z]+")


def figures(word: str) -> int:
    """The number in a word of figures, of which some may be misread; endings such as "th" do not count. 0 for none.

    >>> figures("l2"), figures("3oth"), figures("18I5"), figures("2d"), figures("will")
    (12, 30, 1815, 2, 0)
    """
    if word.isdecimal():
        return int(word)
    stem = _STEM.match(word)
    return int(stem[0].translate(_LOOKS_LIKE)) if stem and any(c.isdigit() for c in stem[0]) else 0


def ordinal(word: str) -> int:
    """The number of "12th", "twelfth", "one-and-twentieth"; 0 if it is none.

    >>> ordinal("12th"), ordinal("Twelfth"), ordinal("twelve")
    (12, 12, 0)
    """
    return ORDINALS.get(" ".join(word.casefold().split())) or figures(word)


def year_in_words(text: str) -> int:
    """The number that `YEAR_IN_WORDS` matched.

    >>> year_in_words("Eighteen hundred and forty-three"), year_in_words("one thousand seven hundred and six")
    (1843, 1706)
    >>> year_in_words("nineteen-fourteen"), year_in_words("seventeen seventy-six")
    (1914, 1776)
    """
    total = part = 0
    hundred = False
    for word in _LETTERS.findall(text.casefold()):
        if word == "hundred":
            part, hundred = part * 100, True
        elif word == "thousand":
            total, part, hundred = part * 1000, 0, True
        elif word != "and":
            if not hundred and 15 <= part < 20:
                part, hundred = part * 100, True  # "nineteen-fourteen"
            part += CARDINALS.get(word, 0)
    return total + part
