"""Heads: how a line shows that it stands over a text, how sure that is, and how heads rank among each other."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .common import roman
from .forms import DATE, DAY_HEAD, SENTENCE, STRICT_DATELINE, is_caps, is_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from teiprep.document import Certainty

ENCLOSURE = re.compile(
    r"\[?(?:(?:Sub-?)?[Ee]nclosures?|(?:SUB)?ENCLOSURES?|Inclosures?|INCLOSURES?|Annex|ANNEX|Appendix|APPENDIX|Attachment|Tab)\b(?:[^.:]{0,30}|\s\d{1,3},?\s[Ii]n\s[Nn]o\.\s?\d{1,4}\.?)\]?"
)
_NUMBER_WORD = (
    r"(?:the\s+)?(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|Twelfth|Last|One"
    r"|Two|Three|Four|Five|Six|Seven"
    r"|Eight|Nine|Ten|Eleven|Twelve|Thirteen|Fourteen|Fifteen|Sixteen|Seventeen|Eighteen|Nineteen"
    r"|Twenty(?:-\w+)?|Thirty(?:-\w+)?)"
)
_CHAPTER = re.compile(
    r"(?:CHAPTER|Chapter|CHAP\.|Chap\.|BOOK|Book|PART|Part|VOLUME|Volume|VOL\.|CANTO|Canto|ACT|Act|SCENE|Scene"
    r"|SECTION|Section|ARTICLE|Article"
    rf"|LETTER|Letter|ESSAY|Essay|LECTURE|Lecture|SERMON|Sermon)\s+(?:(?:the\s+)?\d+(?:st|nd|rd|th)?"
    rf"|[IVXLCivxlc]+|(?i:{_NUMBER_WORD}))(?:[.:,;—–\s-].{{0,100}}|)"
    r"|[IVXLC]{1,7}\.?"
    r"|(?i:PREFACE|INTRODUCTION|CONTENTS|TABLE OF CONTENTS|APPENDIX|BIBLIOGRAPHY|FOREWORD|DEDICATION"
    r"|ADVERTISEMENT|PROLOGUE|EPILOGUE|CONCLUSION"
    r"|ACKNOWLEDGE?MENTS|POSTFACE|ERRATA|INDEX|GLOSSARY)\.?"
)
_ROMAN = re.compile(r"[IVXLC]{1,7}")
_LETTERED = re.compile(r"[A-Z][.)]\s+(?P<title>[A-Z\"“].{2,70})")
_NUMBERED = re.compile(r"(?:\d{1,2}|[IVX]{1,5})[.)]?\s+(?P<title>[A-Z\"“].{2,90})")
_PAPER_WORD = (
    r"(?:Memorandum|Telegram|Circular|Airgram|Despatch|Letter|Report|Minutes|Paper|Notes?|Summary|Record"
    r"|Message|Editorial Note|National"
    r"|Statement|Draft|Special|Intelligence|Aide-M[ée]moire|Briefing|Talking Points)"
)
#: A head that says what kind of paper it is, and often where and when it was written.
_PAPER = re.compile(
    rf"(?:(?:No\.\s*)?\d{{1,4}}\.?\s+)?{_PAPER_WORD}\b.{{0,240}}"
    rf"|(?:[A-Z][\w’'-]+\s+){{1,3}}{_PAPER_WORD}\s+(?:by|[Ff]rom|[Pp]repared|of\s+(?:a\s+)?[A-Z]).{{0,240}}"
)
#: The same in the papers of a parliament, where such a head may end in a full stop.
_COPY_OF = re.compile(
    r"(?:No\.?\s?\d{1,4}[.,]?\s+)?(?:copy|copies|extracts?|translation|abstract|substance)\s+of\s+(?:(?:an?|the|two)\s+)?"
    r"(?:des?patch|letter|telegram|memorandum|minute|note|circular|report|instruction|proclamation)(?:e?s)?\b"
    r"(?:\s|,\s)(?:from|by|to|addressed|dated|of)\b.{2,200}",
    re.IGNORECASE,
)
#: A head that says from whom to whom.
_PARTIES = re.compile(
    r"(?:(?:No\.\s*)?\d{1,4}\.?\s+)?(?:The|Mr\.|Mrs\.|Miss|Sir|Lord|General|Prime|President|Foreign|Secretary)"
    r"\s[^.;]{0,40}[A-Z].{0,160}?\sto\s(?:the\b|Mrs?\.|Messrs\.|Miss|Sir|Lord|[A-Z]).{0,160}"
)
#: In an edition of letters: the names of two, and nothing else; it is a head only where a letter begins.
_FULL_NAME = r"(?:[A-Z][\w’'-]{1,20}\s|[A-Z]\.\s?){1,3}[A-Z][\w’'-]{1,20}"
_NAMES = re.compile(rf"{_FULL_NAME}\s(?:to|TO)\s{_FULL_NAME}\.?")
#: Where a letter is kept, as an edition says it below the head.
SHELF_MARK = re.compile(
    r"[\[(]?[A-Z][^.:;,]{2,40}\b(?:Library|Archives?|Museum|Record\s+Office|Society|College)\b[^.:;,]{0,30},\s[^:;]{0,30}"
    r"\bMSS?\b[^:;]{0,40}"
)
#: What stands over the lists at the head of a memorandum; a label, not the head of a division.
LABEL = re.compile(
    r"(?:SUBJECTS?|PARTICIPANTS|(?:(?:MEMBERS|OTHERS|ALSO)\s+)?PRESENT|REF(?:ERENCE)?S?|TO|FROM|PLACE|TIME|DATE):?"
)
#: How secret or urgent a paper is, or that it is a copy.
CLASSIFIED = re.compile(
    r"[\[(]?(?:(?:top|most|strictly)\s+)?(?:secret|confidential|restricted|unclassified"
    r"|official use only|limited official use|private|personal"
    r"|urgent|priority|immediate|niact|nodis|exdis|limdis|eyes only|copy|true copy|extract|translation"
    r"|duplicate|triplicate|draft"
    r"|(?:tele)?gram sent|plain|paraphrase)(?:\b[\s,;.:—–/-]*(?:and\s+)?(?:secret|confidential|restricted"
    r"|private|personal|urgent|priority|sensitive"
    r"|immediate|nodis|exdis|limdis|eyes only|security information|translation|copy|extract|no\.\s*\d+))*[.:]?[\])]?",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"(?:to|from|through|via|subject|re|ref|reference|date|place|copy|copies|cc)\s?:", re.IGNORECASE)
#: In an edition of letters: to whom, and the day as the editor gives it.
_TO_WHOM = re.compile(rf"(?:To|TO)\s+[A-Z].{{2,50}}?[,.]?\s+\[?(?:{DATE})[\].?]*")
#: The number of a paper: "No. 12", "H. B. No. 412".
_PAPER_NUMBER = re.compile(r"[\[(]?(?:[A-Z]\.\s?){0,4}N(?:o|os|umber)\.?\s?[\d/-]{1,9}[.\])]?")
_TELEGRAM_NUMBER = re.compile(r"\d{3,}\b")
_BY = re.compile(r"(?:[Bb]y|BY)\s+(?:the\s+|THE\s+)?[A-Z].{2,60}")
_PERSON = re.compile(r"(?:[A-Z][\w’'-]+\s+|[A-Z]\.\s*){1,3}[A-Z][\w’'-]+(?:,?\s+(?:Jr|Sr)\.)?")

#: A file number (`711.61/573 Telegram`), or where the paper lies (`… files, lot 57 D 14`).
FILE_NUMBER = re.compile(
    r"(?:\[?File(?:\s+No\.)?\s+)?(?=\S*\d)[\w.()–-]{2,30}(?: [\w.()–-]{1,12}){0,3}/[\w–./-]{1,30}(?:\s+[A-Z]\w{1,12})?"
    r"(?:\s*:?\s*(?:Telegram|Circular\s+telegram|Despatch)\b.{0,30})?:?"
    r"|[A-Z][^.:;]{2,60}\b(?:files?|Files?|papers|Papers),?\s+(?:lot|Lot|box|Box|folder)\b[^.:;]{1,40}"
    r"|[A-Z][^.:;,]{2,40}\b(?:Library|Archives?|Museum|Record\s+Office|Society)\b[^.:;,]{0,30},\s[^.:;]{2,60}"
    r"\b(?i:files?|papers|collection|records?|series|MSS)"
)

_LONGEST_HEAD = 200  # code points


class Head(NamedTuple):
    """What shows that a line is a head (a rule in docs/rules.md), its rank (0: none shows), and how sure it is."""

    rule: str
    rank: int
    certainty: Certainty


#: Ranks, the lower the more important; the ten steps leave room between them.
_RANKS = {
    "volume": 5,
    "vol": 5,
    "book": 10,
    "part": 10,
    "chapter": 20,
    "chap": 20,
    "letter": 20,
    "act": 20,
    "essay": 20,
    "lecture": 20,
    "sermon": 20,
    "preface": 20,
    "introduction": 20,
    "foreword": 20,
    "contents": 20,
    "conclusion": 20,
    "bibliography": 20,
    "index": 20,
}


def rank_of(head: str) -> int:
    """The rank of a numbered head, by its word; a roman number alone stands below a chapter.

    >>> rank_of("PART I. THE WORKS"), rank_of("CHAPTER FIVE"), rank_of("III")
    (10, 20, 30)
    """
    return _RANKS.get(head.split(maxsplit=1)[0].strip(".,:").lower(), 30)


@lru_cache(maxsize=256)
def paper_head(line: str) -> Head | None:
    """The head of a paper among many: what it is ("Memorandum by …"), or from whom to whom."""
    if _COPY_OF.fullmatch(line) and not SENTENCE.search(line):
        return Head("paper", 20, "high" if line[-1:] not in ";:?!" else "medium")
    if line[-1:] in ".;,?!:" and not line.endswith(".m."):
        return None
    if _PAPER.fullmatch(line):
        return Head("paper", 20, "high")
    if _PARTIES.fullmatch(line):
        return Head("parties", 20, "high")
    return Head("parties", 20, "medium") if len(line) < 110 and _TO_WHOM.fullmatch(line) else None


def stopped_parties(line: str) -> bool:
    """Does this say from whom to whom, and nothing else, and end in a full stop?

    >>> stopped_parties("Mr. Tull to the Earl of Carrow."), stopped_parties("Mr. Tull wrote to Mr. Hale.")
    (True, False)
    """
    if not (line[-1:] == "." and len(line) < 150 and _PARTIES.fullmatch(line[:-1])):
        return False
    return {"the", "of", "to", "and", "in", "at", "for", "de", "la", "du"}.issuperset(re.findall(r"\b[a-z]\w*", line))


def names_of_two(line: str) -> bool:
    """Is this the name of one person, "to", and the name of another?

    >>> names_of_two("Ann Tull to Peter J. Hale"), names_of_two("He went to Peter Hale")
    (True, False)
    """
    return len(line) < 100 and _NAMES.fullmatch(line) is not None


def begins_paper(line: str) -> bool:
    """Is this line, as it is printed, the head of a paper among many, or the file number above it?

    >>> begins_paper("711.61/573: Telegram"), begins_paper("The lamp was lit.")
    (True, False)
    """
    plain = line.strip(" *")
    return len(plain) < _LONGEST_HEAD and bool(FILE_NUMBER.fullmatch(plain) or paper_head(plain))


def numbered_head(line: str) -> Head | None:
    """A number or a letter, and a title: "B. Repair of the Boats.", "3. When Was It Done?" are heads."""
    for pattern, rank in ((_LETTERED, 40), (_NUMBERED, 50)):
        found = pattern.fullmatch(line)
        if not found or (rank == 50 and line.endswith(".")):
            continue  # "2. Hull." is as often the caption of an item
        title = found["title"].rstrip(".?!:")
        plain_letter = rank == 40 and title == found["title"]  # "B. Work that may wait"
        if plain_letter or is_caps(title) or (is_title(title) and (rank == 40 or len(title.split()) > 1)):
            roman = rank == 50 and line[0] in "IVX"
            return Head("lettered", 30 if roman else rank, "medium")
    return None


def numbered_caption(line: str) -> int:
    """The number of a line that is a number and a title of some words with a full stop; 0 if it is none.

    >>> numbered_caption("2. Repair of the Boats."), numbered_caption("2. Hull."), numbered_caption("2. He came back.")
    (2, 0, 0)
    """
    found = line[:1].isdigit() and len(line) < 90 and re.fullmatch(r"(\d{1,2})\.\s+(\S.{2,80})[.?]", line)
    return int(found[1]) if found and len(found[2].split()) > 1 and is_title(found[2]) else 0


def stopped_title(line: str) -> bool:
    """Could this be a title although it ends in a full stop: of two words or more, no sentence, no name with initials?

    >>> stopped_title("To make a Seed Cake."), stopped_title("Of the Good Miller."), stopped_title("To bed early.")
    (True, True, False)
    """
    if not (line[-1:] == "." and len(line) < 70 and line[:1].isupper()) or SENTENCE.search(line):
        return False
    title = re.sub(r"^(?:How )?[Tt]o (?:\w+ ){1,2}(?=an?\b|the\b|[A-Z])", "To ", line[:-1])
    larger = re.findall(r"\b[A-Z][^\W\d_]{2,}", title)
    return len(title.split()) > 1 and len(larger) > title[:1].isupper() and is_title(title) and title.count(".") == 0


def is_caption(line: str) -> bool:
    """Is this "Article 3" or "Section II" and nothing else? Within a letter it captions a paragraph of a treaty."""
    return len(line) < 20 and re.fullmatch(r"(?:Article|ARTICLE|Section|SECTION)\s\S{1,9}", line) is not None


def head(line: str, lines: Sequence[str], after: str) -> Head | None:
    """The head that a paragraph is, by its form alone, if a text follows; `after` is what the next paragraph says."""
    if ENCLOSURE.fullmatch(line):
        return Head("enclosure", 20, "medium")
    if not after:
        return None
    if _CHAPTER.fullmatch(line):
        number = line.rstrip(".")
        if _ROMAN.fullmatch(number) and not roman(number):
            return None  # no number
        # In a paper "II." often stands over a part that has no head.
        return Head("chapter", rank_of(line), "medium" if is_caption(line) or number != line else "high")
    if _PAPER_NUMBER.fullmatch(line) or re.fullmatch(r"\d{1,2}[.)]?\s\w+[.]?", line):
        return None  # "2. Fishing" is as often the caption of an item
    if len(lines) == 1 and len(after) > len(line) and (found := numbered_head(line)):
        return found
    if max(map(len, lines)) > 110 or _LABELLED.match(line) or (line.endswith(".") and _TELEGRAM_NUMBER.match(line)):
        return None
    if len(lines) < 4 and is_caps(line):
        return Head("capitals", 0, "medium")
    if is_title(line) and (len(lines) == 1 or (len(lines) == 2 and lines[0][-1:] not in ".,;:")):
        return Head("title-case", 0, "medium" if len(after) > 200 else "low")
    return None


def is_day_head(line: str) -> bool:
    """Is this a day alone on its line, as over an entry of a journal?"""
    return len(line) < 50 and DAY_HEAD.fullmatch(line) is not None


def is_byline(line: str, common: frozenset[str], after: str) -> bool:
    """Is this, under a head, who wrote it: "by …", or a name over a text?

    That it is a name shows by an initial, or by words that the text never has in small letters (`common`).

    >>> is_byline("Ann M. Hale", frozenset(), "It rained. " * 12), is_byline("North Sea", frozenset({"sea"}), "")
    (True, False)
    """
    if _BY.fullmatch(line):
        return True
    if not _PERSON.fullmatch(line) or len(line) > 40:
        return False
    if len(after) < 120 or STRICT_DATELINE.fullmatch(after[:200]):
        return False
    words = [word.lower() for word in re.findall(r"[^\W\d_]{2,}", line)]
    if any(word in common for word in words):
        return False
    return len(words) == 2 or re.search(r"\b[A-Z]\. ?[A-Z]", line) is not None
