"""What a line looks like, whatever it is part of: dates, capitals, titles, names."""

from __future__ import annotations

import re

from .common import MASK

MONTH = (
    r"(?:Jan(?:uary|y|uy)?\.?|Feb(?:ruary|y|ry)?\.?|Mar(?:ch)?\.?|Apr(?:il|l)?\.?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|t)?\.?|Sept?(?:ember|r|br)?\.?|Oct(?:ober|r|br)?\.?|Nov(?:ember|r|br)?\.?|Dec(?:ember|r|br)?\.?"
    r"|[78]ber|[78]br|9ber|9br|10ber|Xber|Xbr)"
)
WEEKDAY = r"(?:Mon|Tues|Wed(?:nes|ns)?|Thurs|Fri|Satur|Sun)(?:day|d[’']?y|\.)"
YEAR = r"(?:1[5-9]|20)\d\d"
_ORDINAL = r"(?:st|nd|rd|th|d|ᵗʰ|ˢᵗ|ⁿᵈ|ʳᵈ)?\.?"
_NUMBER = rf"[\dl]{{1,2}}{_ORDINAL}"
DAY = (
    rf"(?:{MONTH}\s+(?:the\s+)?{_NUMBER}"
    rf"|{_NUMBER}(?:\s+(?:day\s+)?of)?,?\s+{MONTH})"
)
#: The days and months of the Society of Friends have numbers and no names.
_QUAKER = (
    rf"(?:\d{{1,2}}{_ORDINAL}\s+(?:of\s+)?(?:(?:the\s+)?\d{{1,2}}{_ORDINAL}\s+)?[Mm]o(?:nth)?[.:,]*(?:\s+(?:the\s+)?{_NUMBER})?"
    r"|(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh)[ -]day)"
)
_FEAST = (
    r"(?:Christmas|Xmas|New\s+Year[’']?s|Easter|Whitsun|Michaelmas|Lady)\s?(?:[Dd]ay|[Ee]ve|Sunday|Monday)?"
    r"|(?:Good\s+Friday|Palm\s+Sunday|Ash\s+Wednesday)"
)
#: A year may be shortened, doubled ("1741/2"), put in brackets, or doubtful.
_ITS_YEAR = rf"[,.]?\s*(?:\[?(?:c\.|ca\.?|circa|about)?\s?{YEAR}(?:[/-]\d{{1,2}})?\??\]?|[’'/]\s?\d\d\b|\s\d\d\b(?!:))"
DATE = (
    rf"(?:{WEEKDAY}[,.]?\s+(?:the\s+)?)?(?:{DAY}(?:{_ITS_YEAR})?|{MONTH},?\s+{YEAR}|{_QUAKER}(?:{_ITS_YEAR})?"
    rf"|(?:{_FEAST})(?:{_ITS_YEAR})?|\d{{1,2}}[/.]\d{{1,2}}[/.](?:{YEAR}|\d\d))"
)
_HOUR = (
    r"(?:(?:at\s+|about\s+)?(?:(?:half|½|quarter|¼)[ -]past\s+\w+|(?:\d{1,2}|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve)"
    r"(?:[:.]\d\d)?(?:\s?[½¼¾])?\s*(?:o[’']\s?clock|[AaPp]\.?\s?[Mm]\b\.?)|[Mm]idnight|[Nn]oon)"
    r"(?:\s*(?:,|at|in\s+the)?\s*(?:[Mm]orning|[Nn]ight|[Aa]fternoon|[Ee]vening|[Pp]\.?\s?[Mm]\.?|[Aa]\.?\s?[Mm]\.?))?)"
)
_PART_OF_DAY = r"(?:[Mm]orning|[Ff]orenoon|[Nn]oon|[Aa]fternoon|[Ee]ven(?:in)?g|[Nn]ight|[Ee]ve|[Mm]idnight)"
#: A day or an hour without a date: enough where a letter begins or ends, nowhere else.
LOOSE_DATE = (
    rf"(?:{WEEKDAY}|{_QUAKER}|{_FEAST}|[Tt]o-?day|[Yy]esterday"
    rf"|Same\s+day)(?:,?\s+{_PART_OF_DAY})?(?:[,—–-]*\s*{_HOUR})?"
    rf"|{_HOUR}(?:,?\s+{WEEKDAY}(?:,?\s+{_PART_OF_DAY})?)?"
    rf"|{_PART_OF_DAY}|[Uu]ndated|[Nn]o\s+[Dd]ate|[Nn]\.\s?[Dd]\.|{YEAR}"
)
#: Words with capitals, house numbers, small words between.
_PLACE = (
    r"(?:(?:[A-Z0-9][\w.’'&/-]*|of|the|de|la|near|on|at|in|à|le|du|and|by|off|my|street|st|road|lane"
    r"|house|square|place|avenue)(?:\s?[,.;:\]—–-]+)?\s+){0,9}"
)
_TAIL = rf"(?:[,.;:]?\s*(?:[—–-]\s*)?{_HOUR})?(?:[,.;:]?\s+{_PART_OF_DAY})?"

DATELINE = re.compile(
    # A place, then the date, then perhaps an hour.
    rf"[\[(]?\s?{_PLACE}[\[(]?(?:{DATE}|[Uu]ndated)\b[.,;:\])?]*"
    r"(?P<tail>\s*[—–,-]\s*.{0,40}|\s+.{0,24})?"
)
#: The same, and nothing behind it but an hour: so much that it needs no neighbour.
STRICT_DATELINE = re.compile(rf"[\[(]?\s?{_PLACE}[\[(]?(?:{DATE}){_TAIL}[.,;:\])?—–-]*")
#: The place may also come last.
LOOSE_DATELINE = re.compile(
    rf"[\[(]?\s?{_PLACE}[\[(]?(?:{LOOSE_DATE})[.,;:\])?—–-]*"
    rf"|(?:{LOOSE_DATE}|{DATE}),?\s+(?:[A-Z][\w.’'-]+\s?){{1,4}}[.,]?"
)
#: Behind a place a month is enough.
PLACE_AND_MONTH = re.compile(rf"(?=[A-Z]\w+[ ,]){_PLACE}{MONTH}[.,]?")
#: A month that was misread: still a word between a place and a day and a year.
MISREAD_DATELINE = re.compile(
    rf"[A-Z][\w. ]{{1,30}},\s(?:[A-Z][^\W\d_]{{2,9}}\s[\dlIO]{{1,2}},?\s(?:{YEAR}|[1Il][\dlIO]{{3}})\b).{{0,24}}"
)
DAY_HEAD = re.compile(
    rf"(?:{WEEKDAY}[,.]?\s+(?:the\s+)?(?:[\dl]{{1,2}}(?:st|nd|rd|th)?|{DAY})|{DAY}(?:,?\s+{YEAR})?(?:[,.]?\s+{WEEKDAY})?)"
    rf"(?:[,.]?\s+{MONTH})?[,.]?(?:\s+{YEAR})?\.?",
    re.IGNORECASE,
)
ENDS_WITH_DATE = re.compile(rf"(?:{DATE})[.,\])?]*(?:[—–-].*)?$")

_FINITE = (
    "is|are|was|were|be|been|has|have|had|do|does|did|will|would|shall|should|might|must|can|could"
    "|he|she|they|we|I|you|it"
)
#: What stands in a sentence, and hardly in a head, an address or a name.
SENTENCE = re.compile(rf"\b(?:{_FINITE})\b")
#: Behind the date of a sentence: "was won.", "ended it."
_SAYS = re.compile(rf"\b(?:{_FINITE}|may|who|which|that|came|went|saw|[a-z]{{2,}}ed)\b")
#: In small letters these may stand behind a date in a line that has a full stop.
_OF_HOURS = frozenset(
    re.findall(
        r"\w+",
        "a am p pm m at in the of on past half quarter clock o noon midnight morning forenoon afternoon "
        "evening night eve to and from near by st nd rd th d not printed received inst ult about after "
        "before great haste camp board one two three four five six seven eight nine ten eleven twelve",
    )
)
#: A title does not end with one of these.
_SMALL = frozenset(
    ["a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with"]
)
#: A phrase in quotation marks, and the title goes on behind it.
_QUOTED_START = re.compile(r"[\"“‘'][^\"”]{3,80}[\"”’'][:—,]?\s\w")


def dated(line: str) -> bool:
    """Is this one line a place and a date, or a date, and behind it an hour, a place or the like, but no sentence?

    >>> dated("Riga, 3 May 1759, in camp"), dated("The Peace of Riga, 3 May 1759, was signed.")
    (True, False)
    """
    found = DATELINE.fullmatch(line)
    tail = found["tail"] if found else None
    if not tail:
        return found is not None
    small = re.findall(r"(?<![^\W_])[a-z]+", tail)
    return not _SAYS.search(tail) and (line[-1:] not in ".!?" or _OF_HOURS.issuperset(small))


def plain(text: str) -> str:
    """The text without what is masked: page markers and note sigla."""
    return text.replace(MASK, "").strip()


def is_caps(text: str) -> bool:
    """True if all letters of `text` are capitals, and there is a word among them.

    >>> is_caps("RAGS AND WATER"), is_caps("B.R.7.IV"), is_caps("Rags")
    (True, False, False)
    """
    return text.upper() == text and re.search(r"[^\W\d_]{3}", text) is not None


def is_title(text: str) -> bool:
    """True if the words of `text` are capitalised like a title's (small ones apart) and it ends like one.

    >>> is_title("Barley Mow and Long Meadow"), is_title("He came to the house"), is_title("“Amos, by H. Dole”")
    (True, False, False)
    """
    if len(text) > 110 or text[-1:] in ".,;:?!—-" or "  " in text:
        return False
    if text[:1] in "\"“‘'" and not _QUOTED_START.match(text):
        return False
    words = re.findall(r"[^\W\d_][\w’'-]*", text)
    large = [word for word in words if len(word) > 3]
    if not words or words[-1] in _SMALL:
        return False  # it goes on
    capitals = sum(word[0].isupper() for word in large)
    return bool(words[0][0].isupper() and capitals >= 0.75 * len(large) > 0)
