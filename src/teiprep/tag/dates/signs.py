"""The text around a date as a string of signs, one letter for each word that dates are made of.

    Monday, the 3rd and 5th of May, 1820     becomes     W,hE&EoM,Y

So the grammar need not know how a day, a month or a year may be printed or misread, and a pattern over signs says in
one line what a date looks like. The signs:

    D  a number that can be a day          E  the same with an ending (4th)      O  the same in words (fourth)
    M  a month                             m  one in small letters, or misread: what stands beside it must prove it
    Y  a year                              y  a short year (’43)                 R  two years (1843–45)
    I  a date in ISO form                  N  a date in figures (25/3/1850)      W  a weekday
    i  instant     u  ultimo               p  proximo                            L  last        X  next
    o  of          h  the                  d  day                                k  month       v  "year", A.D.
    e  early, mid, late, end               &  and, or                            -  a dash, "to", "through"
    =  a long dash                         / , . ( ) [ ]  themselves             T  a time of day
    q  something that is counted           n  a number of another kind           w  a small word, as "on", "he", "was"
    x  anything else
"""

from __future__ import annotations

import re
from typing import NamedTuple

from teiprep.tag.common import ABBREVIATED_TITLES, words

from .words import (
    CARDINALS,
    COUNTED,
    MERIDIEM,
    MISREAD_MONTHS,
    MONTHS,
    ORDINALS,
    PART_OF_DAY,
    SMALL_WORDS,
    WEEKDAYS,
    YEAR_IN_WORDS,
    figures,
    ordinal,
    year_in_words,
)

_CLOCK = r"\s?o[’']\s?clock"
_ENDING = r"(?:\s?(?:st|nd|rd|th|ST|ND|RD|TH)|d)(?![^\W_])|[ˢᵗⁿʳᵈʰ]{2}"
#: Figures, of which one or two may be letters that look like them.
_DAY = r"(?:[0-3]?[0-9]|[lI][0-9lIoO]|[0-3][lIoO])"
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2}|(?=[1lI0-9OoSB]*[0-9]{2})[1lI][5-9SB][0-9lIOoSB]{2})"
_CENTURY = r"(?:1[5-9]|20)"
_ROMAN_MONTH = "(?:i{1,3}|iv|vi{0,3}|ix|xi{0,2}|I{1,3}|IV|VI{0,3}|IX|XI{0,2})"

#: A word, figures, or one other sign.
_TOKEN = re.compile(r"[^\W_]+(?:[’'](?=[a-z])[a-z]+)?|[^\w\s]|_")
#: What begins with a figure, or with a letter that looks like one; the first that fits counts.
_NUMBER = re.compile(
    rf"""(?P<I>{_CENTURY}\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\w-]))
    | (?P<N>(?<![./-])(?:\d{{1,2}}/\d{{1,2}}/{_CENTURY}?\d\d|\d{{1,2}}(?P<_s>[.-])\d{{1,2}}(?P=_s){_CENTURY}\d\d
        |\d{{1,2}}(?P<_r>[.-]){_ROMAN_MONTH}(?P=_r){_CENTURY}\d\d)(?![\w/-]|\.\d))
    | (?P<T>(?<![.:])(?:\d{{1,2}}(?:[:.]\d\d)?(?:\s?{MERIDIEM}|\s{PART_OF_DAY})
        |\d{{1,2}}(?:\s?[½¼¾])?{_CLOCK}(?:\s?{MERIDIEM}|\s{PART_OF_DAY})?|[01]\d:[0-5]\d(?![\d:])|[0-2]\d[0-5]\d\s(?:hours|hrs)\b))
    | (?P<n>\d+(?:,\d{{3}})+(?!\d)|\d+\.\d+(?:[./-]\d+)*|\d+(?:/\d+){{2,}}|\d+:\d+(?:[:.]\d+)*|\d+\s?%|\d+½)
    | (?P<R>(?<![$£€\#.,/-])(?:1\d|20)\d\d(?:[-–](?:(?:1\d|20)\d\d|\d\d)|—(?:1\d|20)\d\d)(?![\w/-]|[.,]\d))
    | (?P<Y>{_YEAR}(?:/(?:[0-9]{{4}}|[0-9]{{1,2}})(?![0-9])|-[0-9](?![\w-]))?(?!\w|[.,][0-9]|/[0-9]|\s?%|-[0-9]{{3}}))
    | (?P<E>{_DAY}(?:{_ENDING}))
    | (?P<D>{_DAY}(?!\w))""",
    re.VERBOSE,
)
#: What may stand behind the full stop of an ordinal, so that it ends no sentence.
_STOPPED = re.compile(r"\.(?=\s(?:of|day|inst|ult|prox|[JFMASOND][a-z]{2}))")
#: Of an unknown century: ’87; behind a month and a day also "/75".
_SHORT_YEAR = re.compile(r"(?:[’'][0-9]|/[3-9])[0-9](?![\w/])")
_MONTH_AND_DAY = frozenset({"MD", "ME"})
#: A number behind one of these counts volumes, pages, rooms; the short ones have a full stop.
_STOPPED_LABELS = words("art cap ch chap fol fols no nos op p pp sec vol vols")
_LABELS = _STOPPED_LABELS | words(
    """
    act article book box canto chapter chapters folio line lines lot number numbers page pages paragraph psalm room
    scene section verse verses volume volumes
    """
)
_LABELLED = re.compile(r"(?:\.\s?|\s)\d+(?:[-–]\d+)?(?!\d|st|nd|rd|th|d\b)")
#: Signs of several words, each with the words that begin it.
_SEVERAL = tuple(
    (words(begins), sign, re.compile(pattern, re.IGNORECASE))
    for begins, sign, pattern in (
        ("anno year", "v", r"(?:anno\sDomini|(?:year|anno)(?:\sof\s(?:(?:our|the)\sLord|grace|Christ|God))?)(?!\w)"),
        ("a", "v", r"A\.\s?D\."),
        ("fifteen sixteen seventeen eighteen nineteen one two", "Y", rf"{YEAR_IN_WORDS}\b"),
        (
            "twenty thirty one two three four five six seven eight nine",
            "O",
            "(?:" + "|".join(form.replace(" ", r"\s") for form in ORDINALS if not form.isalpha()) + r")\b",
        ),
        (" ".join(list(CARDINALS)[:12]), "T", rf"\w+(?:{_CLOCK}(?:\s?{MERIDIEM}|\s{PART_OF_DAY})?|\s{PART_OF_DAY})\b"),
    )
)
_SMALL = {
    **dict.fromkeys(words("instant inst currt current"), "i"),
    **dict.fromkeys(words("ultimo ult ulto"), "u"),
    **dict.fromkeys(words("proximo prox proxo"), "p"),
    **dict.fromkeys(words("last past"), "L"),
    **dict.fromkeys(words("next ensuing"), "X"),
    **dict.fromkeys(words("early mid late beginning middle end"), "e"),
    **dict.fromkeys(words("to till until through thru"), "-"),
    **dict.fromkeys(words("and or"), "&"),
    **dict.fromkeys(words("the ye"), "h"),
    **dict.fromkeys(words("month mo mth"), "k"),
    **dict.fromkeys(words("noon midnight"), "T"),
    "of": "o",
    "day": "d",
    **dict.fromkeys(SMALL_WORDS, "w"),
    **dict.fromkeys(COUNTED, "q"),
    "days": "d",
}
#: These may begin a sentence; with a capital the others are other words ("Inst", "Current").
_CAPITALISED = frozenset("oh&w-dLXeTv")
#: All words that can be more than `x`.
_KNOWN = frozenset(
    {
        *_SMALL,
        *MONTHS,
        *WEEKDAYS,
        *ORDINALS,
        *MISREAD_MONTHS,
        *_LABELS,
        *(word for each, _, _ in _SEVERAL for word in each),
    }
)
_BEGINS_SEVERAL = frozenset(word for begins, _, _ in _SEVERAL for word in begins)
_TITLE_BEFORE = re.compile(rf"\b(?:{'|'.join(sorted(ABBREVIATED_TITLES))}|Miss|Sir|Lady|Lord)\.?\s\Z")
_MARKS = {**dict.fromkeys("-–‒―−", "-"), "—": "=", **{mark: mark for mark in "&,./[]()"}}


class Token(NamedTuple):
    """A word of the text, half-open in code points of the flow, and what it counts (0 if nothing)."""

    start: int
    end: int
    value: int = 0


def read(text: str, low: int, high: int) -> tuple[str, list[Token]]:
    """The signs of `text[low:high]`, and for each its token.

    >>> read("Monday, the 3rd and 5th of May, 1820", 0, 36)[0]
    'W,hE&EoM,Y'
    """
    signs: list[str] = []
    tokens: list[Token] = []
    done = low
    for match in _TOKEN.finditer(text, low, high):
        start = match.start()
        if start < done:
            continue  # part of what was read already
        word = match[0]
        first = word[0]
        if first.isdecimal() or (first in "lI" and len(word) > 1 and not word.isalpha()):
            sign, done, value = _number(text, start, high, signs)
        elif first.isalpha():
            sign, done, value = "x", match.end(), 0
            if word.lower() in _KNOWN or not word.isalnum():
                sign, done, value = _word(text, start, match.end(), high)
        elif (first in "’'" or (first == "/" and "".join(signs[-2:]) in _MONTH_AND_DAY)) and (
            short := _SHORT_YEAR.match(text, start, high)
        ):
            sign, done, value = "y", short.end(), int(short[0][1:])
        else:
            sign, done, value = _MARKS.get(first, "x"), match.end(), 0
        signs.append(sign)
        tokens.append(Token(start, done, value))
    return "".join(signs), tokens


def _number(text: str, start: int, high: int, before: list[str]) -> tuple[str, int, int]:
    """Sign, end and value of what begins with a figure; `before` are the signs so far."""
    match = _NUMBER.match(text, start, high)
    if match is None:
        # "9ber", "0ctober", or nothing that we know.
        end = next(_TOKEN.finditer(text, start, high)).end()
        return _word(text, start, end, high)
    sign, end, value = match.lastgroup or "", match.end(), 0
    glued = start > 0 and not text[start - 1].isspace()
    if sign in {"D", "E"}:
        value = figures(match[0])
        if glued and not _may_be_glued(text[start - 1], before):
            sign = "n"
        elif sign == "E" and _STOPPED.match(text, end, high):
            end += 1  # "the 13th. of April"
    elif sign == "Y":
        value = figures(match[0][:4])
        joint, second = match[0][4:5], match[0][5:]
        if joint and (value >= 1753 or (value + 1) % 10 ** len(second) != int(second)):
            end = start + 4  # no year by two reckonings
        if glued and text[start - 1] in "$£€#.:/" and before[-1:] != ["M"]:
            sign = "n"
    elif sign == "R":
        one, two = re.split("[-–—]", match[0])
        if len(two) == 2 and int(two) <= int(one) % 100:
            sign, value, end = "Y", int(one), start + 4  # 24 May 1943-30 June 1944
        elif int(one) < 1753 and (int(one) + 1) % 100 == int(two[-2:]):
            sign, value = "Y", int(one)  # 12 February 1641-42: one year, counted twice
    return sign, end, value


def _may_be_glued(mark: str, before: list[str]) -> bool:
    """Whether a day may follow `mark` without a space; behind a dash or a stroke only a second day ("555-12")."""
    if mark in "(“\"‘'[—,":
        return True
    if mark == ".":
        return before[-1:] == ["M"]
    return mark in "-–/" and before[-2:-1] in (["D"], ["E"], ["M"], ["O"], ["Y"])


def _word(text: str, start: int, end: int, high: int) -> tuple[str, int, int]:
    """Sign, end and value of a word."""
    word = text[start:end]
    small = word.casefold().replace("’", "'")
    if small.endswith("'s") and small not in _SMALL:
        small, end = small[:-2], end - 2
    if small in _BEGINS_SEVERAL and (found := _several(text, start, small, high)):
        return found
    capital = not word[0].islower()
    stop = text[end : end + 1] == "."
    if small in MONTHS:
        if (not capital and len(small) == 3 and not stop) or _TITLE_BEFORE.search(text, max(0, start - 8), start):
            return "x", end, 0
        return "M" if capital else "m", end + (stop and small not in _IN_FULL), MONTHS[small]
    if small in ORDINALS:
        return "O", end, ORDINALS[small]
    if small in WEEKDAYS and capital:
        return "W", end, WEEKDAYS[small]
    labels = small in _LABELS and (stop or small not in _STOPPED_LABELS)
    if labels and (label := _LABELLED.match(text, end, high)):
        return "n", label.end(), 0
    if (sign := _SMALL.get(small)) is not None and (
        not capital or sign in _CAPITALISED or (sign == "q" and word.isupper())
    ):
        return sign, end + (stop and sign in "iup" and small not in _IN_FULL), 0
    if small in MISREAD_MONTHS and capital:
        return "m", end, MISREAD_MONTHS[small]
    return "x", end, 0


#: Behind these a full stop ends the sentence.
_IN_FULL = frozenset(name for name in MONTHS if len(name) > 5) | words(
    "april current instant july june march may proximo ultimo"
)


def _several(text: str, start: int, small: str, high: int) -> tuple[str, int, int] | None:
    """What begins here and has several words; None if nothing does."""
    for begins, sign, pattern in _SEVERAL:
        if small in begins and (match := pattern.match(text, start, high)):
            value = year_in_words(match[0]) if sign == "Y" else ordinal(match[0]) if sign == "O" else 0
            return sign, match.end(), value
    return None
