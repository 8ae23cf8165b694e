"""Tells what a paragraph is by its form and its place: a head, a line of a letter's opening or closing, an item, verse.

`forms`, `letters` and `heads` say what a line looks like; here its neighbours decide. The paragraphs are walked once,
and what was found tells how far the letter has come: its beginning, its opener, its text, its closer, its postscript.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from . import letters
from .common import Para
from .forms import ENDS_WITH_DATE, MISREAD_DATELINE, MONTH, SENTENCE, STRICT_DATELINE, WEEKDAY, YEAR, is_caps, plain
from .heads import (
    CLASSIFIED,
    FILE_NUMBER,
    LABEL,
    SHELF_MARK,
    Head,
    head,
    is_byline,
    is_caption,
    is_day_head,
    names_of_two,
    numbered_caption,
    paper_head,
    stopped_parties,
    stopped_title,
)

if TYPE_CHECKING:
    from teiprep.document import Certainty

#: Not in a name: "Petition for Relief".
_PURPOSE = re.compile(r"\b(?:for|to|and|with|on|from)\b\s+(?!for\b|Co\b|Sons?\b|Brothers\b|Company\b)")
_DAY_OR_MONTH = re.compile(rf"\b(?:{MONTH}|{WEEKDAY})(?!\w)")
_YEAR_HEAD = re.compile(rf"(?:{MONTH},?\s+)?{YEAR}\.?|{MONTH}", re.IGNORECASE)
#: A title that begins with what the book or paper is: "Diary of a Tour".
_KIND_OF_BOOK = re.compile(
    r"(?:\w+ ){0,2}(?:journals?|diary|memoirs?|history|annals|letters|narrative|account|log)\s(?:of|on|from)\s",
    re.IGNORECASE,
)
_PLACE_FIRST = re.compile(rf"(?!{MONTH}\b|{WEEKDAY})[^\W\d_][^,]*,\s")
_RUN_AT_LEAST = 3  # lines with a full stop that only together are heads
_TITLE_WORD = re.compile(r"\b(?:the|of|from|at|by|in|on|to)\b", re.IGNORECASE)
_LABELLED = re.compile(r"[A-Z][\w .]{1,30}:\s")
_OPENER_AT_MOST = 9  # paragraphs before a greeting
_CLOSER_AT_MOST = 12
_NUMBER_OF_LETTER = re.compile(r"(?:[Nn]o\.?\s)?\d{1,4}\.?")
#: Rules that tell of papers, which are signed also where no letter is.
_OF_PAPERS = frozenset({"paper", "parties", "enclosure", "file-number", "shelf-mark", "classification"})


def classify(text: str, paras: list[Para]) -> list[str]:
    """Set type, rule and certainty of each paragraph, from its words, its neighbours and its place; in place.

    Paragraphs are first parted where an opening or a closing of a letter begins or ends. Returns what each paragraph
    says, with its furniture left out.
    """
    paras[:] = _lists_under_labels(text, [part for para in paras for part in letters.parted(text, para)])
    paras[:] = _heads_over_dates(text, paras)
    walk = _Walk(text, paras)
    walk.run()
    return walk.words


def _lists_under_labels(text: str, paras: list[Para]) -> list[Para]:
    """Lines under a label ("PARTICIPANTS") are a list; the label may stand in the same chunk or in one of its own."""

    def label(span: tuple[int, int]) -> bool:
        return LABEL.fullmatch(plain(text[slice(*span)])) is not None

    out: list[Para] = []
    for para in paras:
        kept = para.type == "p" and bool(para.joints) and set(para.joints) == {"line"}
        first = kept and label(para.parts[0])
        if first or (kept and out and len(out[-1].parts) == 1 and label(out[-1].parts[0])):
            out += [replace(para, parts=para.parts[:1], joints=[])] if first else []
            out += [Para([span], type="item", rule="label-list") for span in para.parts[first:]]
        else:
            out.append(para)
    return out


def _heads_over_dates(text: str, paras: list[Para]) -> list[Para]:
    """A line in capitals on a place and a date is a head; over a letter's greeting it is part of the address."""
    out: list[Para] = []
    for k, para in enumerate(paras):
        out.append(para)
        if para.type != "p" or not 1 < len(para.parts) < 4:
            continue
        first, second = (plain(text[a : min(b, a + 200)]) for a, b in para.parts[:2])
        if not (is_caps(first) and " " in first and first[-1:] not in ",;:."):
            continue
        after = plain(text[slice(*paras[k + 1].parts[0])][:200]) if k + 1 < len(paras) else ""
        if (
            _PLACE_FIRST.match(second)
            and letters.is_dateline(second, [])
            and len(after)
            and not letters.is_salute(after)
        ):
            rest = replace(para, parts=para.parts[1:], joints=para.joints[1:], after_gap=False, anew=False)
            out[-1:] = [replace(para, parts=para.parts[:1], joints=[]), rest]
    return out


class _Walk:
    """One walk through the paragraphs; `zone` tells how far the letter or paper has come."""

    def __init__(self, text: str, paras: list[Para]) -> None:
        self.paras = paras
        self.words = [plain(" ".join(text[a:b] for a, b in para.parts)) for para in paras]
        #: The lines of each paragraph that keeps them; else what it says as one line.
        self.lines = [
            [plain(text[a:b]) for a, b in para.parts] if "line" in para.joints and len(para.parts) < 60 else [words]
            for para, words in zip(paras, self.words, strict=True)
        ]
        self.journal = sum(is_day_head(line) for line in self.words) > 2
        short = Counter(line for line in self.words if len(line) < 40 and is_caps(line))
        often = frozenset(line for line, count in short.items() if count > 2)
        #: Two lines in capitals that come again and again name speakers (or are labels), and are the heads of nothing.
        self.speakers = often if len(often) > 1 else frozenset()
        self.text = text
        self.runs = self._runs()
        self.zone = "start"
        self.letter = False  # a letter's date or greeting has been seen
        self.papers = False  # the head of a paper has, or its number, or a farewell

    @cached_property
    def common(self) -> frozenset[str]:
        """The words that stand in small letters somewhere; few documents have a line that asks for them."""
        return frozenset(re.findall(r"\b[a-z]{2,}\b", self.text))

    def run(self) -> None:
        """Set type, rule, rank and certainty of every paragraph."""
        k = 0
        while k < len(self.paras):
            if self.paras[k].anew:
                self.zone = "start"
            k += self._opening(k) or self._closing(k) or self._one(k)

    def _runs(self) -> frozenset[int]:
        """The lines with a full stop that are heads because there are several of one kind, each over a text.

        Either titles, or numbered titles whose numbers rise from 1 and never begin anew.
        """
        over = [
            k
            for k, line in enumerate(self.words[:-1])
            if 3 < len(line) < 90 and len(self.lines[k]) == 1 and len(self.words[k + 1]) > len(line)
        ]
        titles = [k for k in over if stopped_title(self.words[k])]
        if len({self.words[k] for k in titles}) < _RUN_AT_LEAST:
            titles = []
        numbered = [(k, n) for k in over if (n := numbered_caption(self.words[k]))]
        rising = [n for _, n in numbered] == list(range(1, len(numbered) + 1)) and len(numbered) >= _RUN_AT_LEAST
        long = all(len(self.words[k + 1]) > 2 * len(self.words[k]) for k, _ in numbered)
        return frozenset(titles + ([k for k, _ in numbered] if rising and long else []))

    def _set(self, k: int, kind: str, rule: str, certainty: Certainty = "high", rank: int = 0) -> int:
        para = self.paras[k]
        para.type, para.rule, para.certainty = kind, rule, certainty
        para.rank = rank or para.rank
        self.zone = _ZONES.get(rule) or _ZONES.get(kind, self.zone)
        self.letter = self.letter or kind in {"dateline", "salute"} or rule == "parties"
        self.papers = self.papers or self.letter or kind == "closer" or rule in _OF_PAPERS
        return 1

    def _short(self, k: int) -> bool:
        return len(self.words[k]) < 300 and max(map(len, self.lines[k])) < 80

    # --- letters ------------------------------------------------------------------------------------------------------

    def _opening(self, k: int) -> int:
        """How many paragraphs from `k` on are the opening of a letter, up to its greeting; they are set."""
        if not self._short(k) or (k and self.paras[k - 1].type == "salute"):
            return 0
        if self.zone == "text" and not STRICT_DATELINE.fullmatch(self.words[k][:200]):
            return 0
        if self._paper(k):
            return 0
        stop, days = k, set[int]()
        while stop < len(self.paras) and stop - k < _OPENER_AT_MOST:
            line, lines = self.words[stop], self.lines[stop]
            if self.paras[stop].type != "p" or not line or not self._short(stop) or LABEL.fullmatch(line):
                return 0
            if letters.POSTSCRIPT.match(line) or SHELF_MARK.fullmatch(line) or self._numbers_paper(stop):
                return 0
            if letters.is_salute(line):
                break
            if letters.is_dateline(line, lines) or letters.is_loose_dateline(line, lines):
                days.add(stop)
            elif (stop - 1 in days or self._bare_word(k, stop, days)) and self._bare_greeting(stop):
                break
            elif not letters.could_open(lines) or (stop > k and self._begins(stop)):
                return 0
            stop += 1
        else:
            return 0
        if stop > k and k not in days and self._stands_over(k):
            return 0
        for n in range(k, stop):
            if n in days:
                sure = STRICT_DATELINE.fullmatch(self.words[n]) or letters.is_dateline(self.words[n], self.lines[n])
                self._set(n, "dateline", "dateline", "high" if sure else "medium")
            elif n + 1 in days and not letters.ADDRESSEE.fullmatch(self.words[n]) and len(self.lines[n]) == 1:
                self._set(n, "dateline", "dateline", "medium")  # the place over the day
            else:
                self._set(n, "addrLine", "address", "medium")
        self._set(stop, "salute", "salute", "high" if letters.is_salute(self.words[stop]) else "low")
        return stop + 1 - k

    def _bare_word(self, k: int, stop: int, days: set[int]) -> bool:
        """Is this "Sir" and nothing else, under a date or to whom the letter goes?"""
        if self.words[stop] not in letters.BARE_SALUTES:
            return False
        return bool(days) or (stop > k and letters.ADDRESSEE.fullmatch(self.words[stop - 1]) is not None)

    def _bare_greeting(self, k: int) -> bool:
        """A name and a comma or a dash, between a date and a text: "Nan,—"."""
        after = self._after(k)
        line = self.words[k]
        named = letters.NAME_SALUTE.fullmatch(line) or letters.TITLED_NAME.fullmatch(line)
        return (named is not None or line in letters.BARE_SALUTES) and len(after) > 80

    def _stands_over(self, k: int) -> bool:
        """Is this paragraph, before a letter's date or greeting, a head or the like?"""
        line, lines = self.words[k], self.lines[k]
        if FILE_NUMBER.fullmatch(line) or paper_head(line):
            return True
        return line[-1:] not in ",;" and (len(lines) == 1 or is_caps(line)) and head(line, lines, "x") is not None

    def _closing(self, k: int) -> int:
        """How many paragraphs from `k` on are the closing of a letter; they are set."""
        if self.zone in {"start", "opener"} or self.paras[k].type != "p" or not self.words[k]:
            return 0
        if self.words[k] in self.speakers or (k and self.paras[k - 1].rule == "speaker"):
            return 0
        if self._address_below(k):
            return 1
        begun = self.zone == "closer"
        named = begun and any(para.type == "signed" for para in self.paras[max(0, k - 4) : k])
        kinds: list[str] = []
        if not begun and letters.closing_form(self.words[k], begun=False, named=False) != "closer":
            if self._free_farewell(k):
                kinds, begun = ["closer"], True
            elif self._signature(k):
                kinds, begun, named = ["signed"], True, True
            else:
                return 0
        formula = kinds != ["signed"]
        free = kinds == ["closer"]
        while k + len(kinds) < len(self.paras) and len(kinds) < _CLOSER_AT_MOST:
            n = k + len(kinds)
            if self.paras[n].type != "p" or not self.words[n] or self._begins(n):
                break
            forms = letters.closing_forms(self.lines[n], begun=begun, named=named)
            if len(forms) < len(self.lines[n]) or forms[0] == "postscript":
                break
            titled = _TITLE_WORD.search(self.words[n]) and not letters.AGENT.fullmatch(self.lines[n][0])
            if forms[0] == "signed" and named and titled:
                break  # a further name has none; the title of what comes next has
            kinds.append(forms[0])
            begun, named = True, named or forms[0] == "signed"
        kinds = self._own(k, kinds)
        after = k + len(kinds)
        if not kinds or (kinds == ["closer"] * len(kinds) and not (self._ends(after - 1) or self._short(after))):
            return 0
        for n, kind in enumerate(kinds, k):
            rule, certainty = _CLOSING_RULES[kind]
            alone = "signed" not in kinds or (free and n == k)  # no name is under it, or it is known by the name only
            if kind == "closer" and (alone or letters.DOUBTFUL_FAREWELL.fullmatch(self.words[n])):
                certainty = "medium"
            if kind == "signed" and not formula:
                # Below a farewell name and office are one signature; below a paper the office is a line of its own.
                below = self.lines[n][1:]
                rule = "name-over-office" if below and all(map(letters.is_office, below)) else rule
                certainty = "medium"
            self._set(n, kind, rule, certainty)
        return len(kinds)

    def _free_farewell(self, k: int) -> bool:
        """A few words and a comma between the text of a letter and a name that ends it: "Till Tuesday,"."""
        line = self.words[k]
        if not (self.letter and self.zone == "text" and line[-1:] in {",", "—"} and len(self.lines[k]) == 1):
            return False
        if len(line) > 60 or SENTENCE.search(line) or k + 1 == len(self.paras) or self.paras[k + 1].type != "p":
            return False
        return self._after_prose(k) and self._signature(k + 1)

    def _address_below(self, k: int) -> int:
        """To whom a letter went, under its postscript at the end, also where that is not called so."""
        para, line = self.paras[k], self.words[k]
        if not (self.zone == "postscript" or (self.letter and k + 1 == len(self.paras) and " Esq" in line[:60])):
            return 0
        if not (line.startswith(("To ", "For ")) and letters.ADDRESSEE.fullmatch(line[:60]) and len(line) < 200):
            return 0
        if line[-1:] in "!?" or not self._ends(k) or SENTENCE.search(line):
            return 0
        para.joints = ["line"] * len(para.joints)
        return self._set(k, "addrLine", "closing-address", "medium")

    def _begins(self, k: int) -> bool:
        """Does something new begin with paragraph `k`: a paper, a chapter, an enclosure, a file number?"""
        if self.paras[k].anew:
            return True
        line = self.words[k]
        if len(line) > 300:
            return False
        found = head(line, self.lines[k], "x")
        return bool(
            (found and found.rule in {"enclosure", "chapter"})
            or self._paper(k) is not None
            or self._numbers_paper(k)
            or FILE_NUMBER.fullmatch(line)
        )

    def _own(self, k: int, kinds: list[str]) -> list[str]:
        """Of lines that could close a letter those that do: a date or a name before a greeting opens the next one."""
        while len(kinds) > 1 or (kinds and self.zone == "closer"):
            n = k + len(kinds)
            further = kinds[-1] in {"addrLine", "dateline"} or (kinds[-1] == "signed" and "signed" in kinds[:-1])
            if not further or n == len(self.paras) or self.paras[n].type != "p":
                break
            line = self.words[n]
            opens = letters.is_salute(line) or letters.is_dateline(line, self.lines[n])
            if not (opens or (len(line) > 120 and not letters.POSTSCRIPT.match(line))):
                break
            if not opens and kinds[-1] == "addrLine" and letters.is_office(self.words[n - 1]):
                break
            kinds = kinds[:-1]
        return kinds

    def _signature(self, k: int) -> bool:
        """A name at the end of a letter or paper without a farewell."""
        lines = self.lines[k]
        if letters.SIGNED_WORD.fullmatch(lines[0]):
            return True
        if (
            len(lines) > 4
            or not letters.is_name(lines[0])
            or len(lines[0].split()) > 6
            or _PURPOSE.search(lines[0])
            or self._begins(k)
            or letters.is_loose_dateline(lines[0], [])
        ):
            return False
        if not all(letters.is_name(line) or letters.is_office(line) for line in lines):
            return False
        office = letters.is_office(lines[1] if len(lines) > 1 else self._after(k))
        if not (self.papers or office or letters.names_somebody(lines[0])):
            return False  # "Laus Deo."
        return self._ends(k) or (self._after_prose(k) and office)

    def _after_prose(self, k: int) -> bool:
        """Does a whole sentence, no list, stand before paragraph `k`?"""
        return len(self.words[k - 1]) > 80 and self.words[k - 1][-1:] in '.!?”"'

    def _after(self, k: int) -> str:
        return self.words[k + 1] if k + 1 < len(self.words) else ""

    def _ends(self, k: int) -> bool:
        """Does the letter or paper end behind the paragraph `k`: nothing follows, or something that begins anew?"""
        if k + 1 == len(self.paras) or self.paras[k + 1].type == "head":
            return True
        after = self.words[k + 1]
        if k + 2 == len(self.paras) and (letters.is_dateline(after, []) or letters.is_loose_dateline(after, [])):
            return True
        if is_caps(after) and " " in after and self._after_prose(k):
            return True  # the head of what comes next
        return bool(
            self._begins(k + 1)
            or paper_head(after)
            or letters.POSTSCRIPT.match(after)
            or letters.is_after_the_name(after)
        )

    # --- everything else ----------------------------------------------------------------------------------------------

    def _one(self, k: int) -> int:
        para = self.paras[k]
        if para.type != "p":
            self.zone = _ZONES.get(para.type, "text")
            return 1
        line = self.words[k]
        if not line or (k and self.paras[k - 1].rule == "label"):
            return 1  # what a label announces is never a head
        if len(line) > 400 or not self._plain(k, line):
            if len(self.lines[k]) > 1 and _is_verse(self.lines[k]):
                para.type, para.rule = "lg", "verse"
            self.zone = "postscript" if self.zone == "postscript" else "text"
        return 1

    def _plain(self, k: int, line: str) -> int:  # noqa: C901 - one question after the other
        """Set what a paragraph is that is no part of a greeting or a farewell; 0 if it is an ordinary one."""
        lines, after = self.lines[k], self._after(k)
        before = self.paras[k - 1].type if k else ""
        last = k + 1 == len(self.paras) or self.paras[k + 1].type == "head"
        # Its head follows, or it begins the file or comes after a signature.
        above = self.zone in {"start", "closer", "postscript"} or (len(after) < 300 and paper_head(after))
        if above and before != "head" and len(line) < 100 and FILE_NUMBER.fullmatch(line):
            self.paras[k].attributes["type"] = "source"
            return self._set(k, "note", "file-number")
        if found := self._paper(k):
            return self._set(k, "head", found.rule, found.certainty, found.rank)
        if self._numbers_paper(k):
            return self._set(k, "head", "parties", "medium", 20)
        if before in {"", "head"} and SHELF_MARK.fullmatch(line) and self._opens(k + 1):
            self.paras[k].attributes["type"] = "source"
            return self._set(k, "note", "shelf-mark", "medium")
        if letters.RECEIVED.fullmatch(line) and before == "dateline":
            return self._set(k, "dateline", "received")
        if is_day_head(line) and len(after) > len(line) and (self.journal or before not in {"head", "byline"}):
            return self._set(k, "head", "day-head", "high" if self.journal else "medium", 60)
        if self.journal and len(line) < 20 and _YEAR_HEAD.fullmatch(line) and is_day_head(after):
            return self._set(k, "head", "day-head", "medium", 55)
        fresh = before != "p" or self.zone in {"start", "opener"}
        if letters.is_dateline(line, lines) and (fresh or last or letters.is_salute(after) or self._set_off(k)):
            return self._set(k, "dateline", "dateline" if not last or before == "head" else "closing-date")
        if last and self.zone == "text" and letters.is_loose_dateline(line, []) and self._after_prose(k):
            return self._set(k, "dateline", "closing-date", "medium")
        if before == "head" and MISREAD_DATELINE.fullmatch(line):
            return self._set(k, "dateline", "dateline", "medium")
        if letters.is_salute(line) and self.zone != "text":
            return self._set(k, "salute", "salute")
        if (
            before in {"", "dateline"}
            and line[-1:] in ".,:"
            and letters.TO_A_PERSON.fullmatch(line)
            and len(after) > 80
        ):
            return self._set(k, "addrLine", "address", "medium")
        if (
            before in {"", "head", "dateline"}
            and len(line) < 240
            and len(after) > 80
            and letters.TO_A_BODY.fullmatch(line)
        ):
            return self._set(k, "addrLine", "address", "medium")
        if self._lone_dateline(k, after) or (before == "" and letters.TITLED_NAME.fullmatch(line) and len(after) > 120):
            kind = "salute" if letters.TITLED_NAME.fullmatch(line) else "dateline"
            return self._set(k, kind, kind, "low")
        if before == "dateline" and len(lines) > 1 and self._short(k) and letters.ADDRESSEE.fullmatch(lines[0]):
            return self._set(k, "addrLine", "address", "medium")
        if letters.POSTSCRIPT.match(line) or (self.zone in {"closer", "postscript"} and letters.NOTA_BENE.match(line)):
            return self._set(k, "postscript", "postscript")
        if LABEL.fullmatch(line):
            return self._set(k, "p", "label")
        if len(line) < 80 and CLASSIFIED.fullmatch(line):
            # Over a date it stands among the lines of the opener, since no paragraph may.
            over = self.zone == "start" and (STRICT_DATELINE.fullmatch(after[:200]) or letters.is_salute(after))
            return self._set(k, "addrLine" if over else "p", "classification", "medium")
        if before == "head" and len(line) < 80 and is_byline(line, self.common, after):
            return self._set(k, "byline", "byline", "high" if line[:3].lower() == "by " else "medium")
        if line in self.speakers:
            return self._set(k, "p", "speaker", "medium")
        if self.letter and is_caption(line):
            return self._set(k, "p", "caption", "medium")
        if k in self.runs and self.zone != "opener" and not self._announced(k):
            return self._set(k, "head", "numbered-run" if line[:1].isdigit() else "title-run", "medium", 60)
        found = head(line, lines, after)
        if found is None or (found.rule in {"capitals", "title-case"} and not self._may_be_head(k, found.rule)):
            return 0
        return self._set(k, "head", found.rule, found.certainty, found.rank)

    def _paper(self, k: int) -> Head | None:
        """The head of a paper: at a beginning, or anywhere if a place and a date stand behind or below it."""
        line = self.words[k]
        if len(line) < 100 and names_of_two(line):
            return Head("parties", 20, "medium") if self._opens(k + 1) or self._closed(k) else None
        if len(line) > 300:
            return None
        if stopped_parties(line) and self._opens(k + 1):
            return Head("parties", 20, "medium")
        if not (found := paper_head(line)):
            return None
        before = self.paras[k - 1].type if k else ""
        if before in {"", "note", "head"} or self.zone in {"closer", "postscript"}:
            return found
        after = self._after(k)
        dated = ENDS_WITH_DATE.search(line) or STRICT_DATELINE.fullmatch(after[:200])
        return found if dated else None

    def _numbers_paper(self, k: int) -> bool:
        """Is this a number alone over the names of two that a letter's head is?"""
        return (
            len(self.words[k]) < 10
            and _NUMBER_OF_LETTER.fullmatch(self.words[k]) is not None
            and names_of_two(self._after(k))
            and self._opens(k + 2)
        )

    def _opens(self, k: int) -> bool:
        """Does a letter's date or greeting stand in paragraph `k`, or behind where the letter lies?"""
        if k < len(self.paras) and SHELF_MARK.fullmatch(self.words[k][:200]):
            k += 1
        if k >= len(self.paras) or len(self.words[k]) > 300:
            return False
        return letters.is_salute(self.words[k]) or letters.is_dateline(self.words[k], self.lines[k])

    def _closed(self, k: int) -> bool:
        """Has a letter come to its end before paragraph `k`, and a text follows?"""
        return self.zone == "closer" and len(self._after(k)) > 80

    def _lone_dateline(self, k: int, after: str) -> bool:
        """A place and a day or month over a text, at the beginning of a letter without a greeting."""
        line = self.words[k]
        begins = self.zone in {"start", "closer", "postscript"} and len(after) > 80 and not self.journal
        if not (begins and " " in line.strip(".") and letters.is_loose_dateline(line, []) and len(line.split()) > 2):
            return False
        # "Diary of a Tour, 1852": a year alone dates no letter whose first line looks like a title.
        titled = is_caps(line) or _KIND_OF_BOOK.match(line)
        return not (titled and line.rstrip(".")[-4:].isdigit() and not _DAY_OR_MONTH.search(line))

    def _set_off(self, k: int) -> bool:
        """Does this dateline stand below a line that is no sentence, as a head is that nobody recognised?"""
        above = self.words[k - 1]
        return (
            len(above) < 200 and above[-1:] not in '.,;:?!”"' and STRICT_DATELINE.fullmatch(self.words[k]) is not None
        )

    def _may_be_head(self, k: int, rule: str) -> bool:
        """A line that only looks like a title is none where something else explains its capitals."""
        before = self.paras[k - 1].type if k else ""
        over = next((n for n in range(k - 1, max(-1, k - 4), -1) if self.paras[n].rule != "classification"), -1)
        dated = over >= 0 and self.paras[over].type == "dateline"
        return not self._announced(k) and not (rule == "title-case" and (before == "dateline" or dated))

    def _announced(self, k: int) -> bool:
        """Does a colon before this line promise it, and not numbered items under it, or a comma?"""
        before = self.paras[k - 1].type if k else ""
        if before not in {"p", "item"}:
            return False
        last = self.words[k - 1][-1:]
        return last == "," or (last == ":" and not re.match(r"\(?1[.)]\s", self._after(k)))


#: What a paragraph, by its rule or else its type, makes of the zone; what is not here leaves it.
_ZONES = {
    "head": "start",
    "note": "start",
    "dateline": "opener",
    "salute": "opener",
    "address": "opener",
    "addrLine": "opener",
    "closer": "closer",
    "signed": "closer",
    "trailer": "closer",
    "closing-date": "closer",
    "closing-address": "closer",
    "postscript": "postscript",
    "item": "text",
    "lg": "text",
    "table": "text",
    "quote": "text",
}
_CLOSING_RULES: dict[str, tuple[str, Certainty]] = {
    "closer": ("closing-formula", "high"),
    "signed": ("signature", "high"),
    "dateline": ("closing-date", "high"),
    "addrLine": ("closing-address", "medium"),
    "trailer": ("endorsement", "medium"),
}


def _is_verse(lines: list[str]) -> bool:
    """Are these lines of verse: short, each with a capital at its beginning, no labels, no figures?"""
    lengths = [len(line) for line in lines]
    if not (max(lengths) < 70 and sum(lengths) / len(lengths) > 15):
        return False
    if is_caps(lines[0]) or any(re.search(r"\d{3}|[$£]|(?:\. ?){4}", line) or _LABELLED.match(line) for line in lines):
        return False
    return len(lines) > 2 and all(line.lstrip("\"“‘'—([")[:1].isupper() for line in lines)
