"""Speech and writing: what the words before or behind the marks tell of who said, or wrote, what stands in them.

A cue behind the marks (“…,” said X) counts if the words before it end with a comma, a question or an exclamation mark;
one before them (X said: “…”) if a comma or colon stands between, if what is quoted begins like a sentence, or if the
verb touches the mark.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import regex

from teiprep.tag.common import words

from .spots import PASSIVE, SHORT, SHORT_STOP, Cue, last

if TYPE_CHECKING:
    from collections.abc import Sequence

    from teiprep.document import Certainty

    from .cues import Cues
    from .marks import Pair
    from .papers import Papers
    from .speakers import Persons
    from .spots import Spot

#: How far before the marks their cue may stand, and how far behind them the verb, in characters.
_CUE = 120
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_BACKWARDS = regex.compile(r"(?r)\p{L}[\w’'-]*")
_SENTENCE_ENDS = regex.compile(rf"[.!?…](?<!{SHORT}[.!?…])[\"”’»)]*\s+|[;]\s|[”’\"»]\s")
_NAME = r"(?:(?:\p{Lu}[\p{L}’'-]*\.?|of|the|for|de|von|van)\s){0,7}\p{Lu}[\p{L}’'-]+"
_ADVERB = (
    r"(?:\p{Ll}+ly|had|has|have|then|also|again|once|now|only|merely|further|still|thus|here|finally|too|at\slast|at\sonce|always"
    r"|often|used\sto|would|could|did|was\swont\sto|went\son\sto|continued\sto|hastened\sto|ventured\sto|might|may|never|just)"
)

# --- behind the marks ---

_GAP = r"[\s,—–-]{0,3}"
_VERB_AFTER = regex.compile(rf"{_GAP}(?:(?:then|thus|so|here|now)\s)?(?P<verb>\p{{Ll}}[\p{{Ll}}’']*)\b")
_NOUN = r"(?!(?:that|which|who|whom|whose|when|where|while|and|but|if|he|she|I|they|we|was|were|is|are)\b)[\p{L}’'-]+"
#: Verbs that tell of speech right behind the marks alone: “Yes,” nodded Mr. Hale.
_GESTURES = words("nodded smiled laughed sighed grinned shrugged lächelte lachte nickte seufzte sourit rit")
#: All between the marks and a verb, if it is the verb's subject: "he", "Mr. Hale", "the old woman", "one of them".
_SUBJECT = regex.compile(
    rf"{_GAP}(?:as\s)?(?:(?P<pronoun>I|[Hh]e|[Ss]he|[Tt]hey|[Ww]e|it|one|il|elle|er|sie|ich)"
    rf"|(?P<subject>(?:[Tt]he\s|[Oo]ld\s|[Yy]oung\s|[Pp]oor\s)?{_NAME}(?:(?<=[’']s?)(?:\s{_NOUN}){{1,4}})?)"
    r"|(?P<somebody>(?:[Tt]he|[Hh]is|[Hh]er|[Mm]y|[Oo]ur|[Tt]heir|[Aa]n?|[Oo]ne|[Oo]ld|[Yy]oung|[Ss]ome|[Bb]oth|[Aa]ll"
    r"|[Aa]nother|[Ee]ach|[Ss]everal|[Mm]any|[Tt]wo|[Tt]hree)"
    rf"\s(?:{_NOUN}\s){{0,8}}?{_NOUN}"
    r"|[Ss]ome(?:body|one)|[Nn]obody|[Ee]very(?:body|one)))"
    rf"(?P<aside>,\s(?:[^.;:!?“”\"]|{SHORT_STOP}){{1,80}}?,|\s\([^()“”\"]{{2,60}}\))?"
    rf"\s(?:{_ADVERB}\s){{0,4}}"
)
#: The verb tells of no speech: "a ship said to be lost", "another part called “…”".
_NOT_SPOKEN = regex.compile(r"\s(?:to\s(?:be|have)\b|by\s|(?:of\s)?[“\"‘«„])")
#: Verbs of motion that tell of speech only with a word behind them.
_SPOKEN_WITH = {
    "went": regex.compile(r"\son\b"),
    "broke": regex.compile(r"\s(?:in|out|off)\b"),
    "put": regex.compile(r"\s(?:in|it)\b"),
    "called": regex.compile(r"\s?(?:[.,;:!?—]|$)|\s(?:out|after|down|back|up|over|across|from|to|again|\p{Ll}+ly)\b"),
}
_TO_THE_END = regex.compile(
    rf"(?:\s\p{{Ll}}+ly)?(?:\s(?:to\s)?(?:me|him|her|us|them|himself|herself|(?:the|his|her|my|our)\s\p{{Ll}}+|{_NAME}))?"
    r"(?:\s\p{Ll}+ly|\s(?:with|in)\s[^.,;:“”\"]{1,40})?\s?(?:[.,;:!?—]|$)"
)
#: “Will you?” Mr. Hale replied, “No.” This tells of the second.
_TELLS_OF_NEXT = regex.compile(r"[,:]\s[“\"‘'«„]\p{Lu}")
_ANOTHER_AS = regex.compile(r"\s(?:him|her|them|me|us|\p{Lu}\p{L}+)\s(?:as\s\p{Ll}+ing|to\shave|to\ssay)\b")
_REPLIES = words("reply answer response retort rejoinder remark comment cry exclamation question words verdict phrase")
_REPLY = rf"(?:{'|'.join(sorted(_REPLIES))})"
_WAS_REPLY = regex.compile(
    rf"{_GAP}(?:was|were|came|is|being)\s(?:(?P<whose>[\p{{L}}.]+(?:\s\p{{Lu}}[\p{{L}}.]+){{0,3}})[’']s?\s|(?:the|his|her|my|their|all\sthe|an?)\s)?"
    rf"(?:\p{{Ll}}+\s){{0,2}}{_REPLY}\b(?P<of>\s(?:of|from)\s)?"
)
_AS_PUT_BY = regex.compile(
    rf"{_GAP}(?:according\sto|in\sthe\s(?:\p{{Ll}}+\s)?(?:words|phrase|language)\sof|to\s(?:use|borrow|quote)\sthe\s(?:words|phrase)\sof)\b"
)
#: Up to a colon, or a comma and a new sentence: He had replied, “A talent,” and Mr. Hale rejoined: “Why, …”
_LEADS_ON = regex.compile(rf"(?:[^.;:!?“”\"\n]|{SHORT_STOP}){{3,80}}(?::|,(?=\s[“\"‘']\p{{Lu}}))\s[“\"‘']")
#: A French narrator interrupts within the marks: « Le bateau, dit-il, est parti. »
_WITHIN = regex.compile(r"[,!?…]\s(?P<verb>\p{Ll}+(?:['’]\p{Ll}+)?)(?=-|\s(?:\p{Lu}|l[ae]\s|l['’]))")

# --- before the marks ---

#: Right before the marks, behind a verb: to whom, how, and where.
_TO_WHOM = regex.compile(
    rf"(?:\sout)?(?:\s(?:to\s)?(?:me|him|her|us|them|you|myself|himself|herself|{_NAME}|(?:the|his|her|my|our|their)\s\p{{L}}+))?(?:\sthus|\sas\sfollows)?"
    r"\s?[,:]?\s?[—–-]?\s?"
)
_FAR = 90
_LONGER = regex.compile(
    rf"(?!\s(?:that|whether|if|how|why|what)\b)(?:[^.;:!?“”\"]|{SHORT_STOP}){{1,80}}"
    r"[,:]\s?[—–-]?\s?"
)
#: Verbs with which a word or two are spoken without a comma: He said “no”. Of the others, what follows may be a name.
_UTTERS = words(
    """
    said say says saying cried cries crying answered answers answering replied replies replying shouted shouting
    whispered whispering murmured muttered exclaimed exclaiming sagte sagt rief dit répondit cria
    """
)
#: Who reads a letter aloud has not written it.
_READING = words("read reads reading lit lisait lut liest las")
#: "the said “Heron”"
_DETERMINER = regex.compile(r"(?r)\b(?:[Tt]h(?:e|is|at|ese|ose)|[Hh](?:is|er)|[Tt]heir|[Oo]ur|[Mm]y|of|no)\s")
#: What is done with a resolution, or read in a paper, before its words follow.
_READS = words(
    """
    read reads written follows writes wrote runs ran begins began ends ended resolved
    lautet lautete heißt heisst hieß steht geschrieben porte portait conçu
    """
)
_HANDLED = words("read reads adopted moved proposed passed following")
_HOW_IT_READS = regex.compile(
    r"(?:\s(?:es|ainsi|folgendermaßen|wie\sfolgt|comme\ssuit|(?:thus|so|in|on|under|at|from|to|as|with)(?:\s[^.;:!?“”\"]{1,40})?))?"
    r"\s?[,:]\s?[—–-]?\s?"
)
_PAPER_BEGINS = words("begins began ends ended concludes concluded runs ran opens opened closes closed goes has states")
_WORDS_BEFORE = regex.compile(
    rf"(?r)\b(?:(?:the|these|those|following|his|her|their|my|your|own)\s(?:(?:own|very|following|exact|last|first|famous|dying)\s){{0,2}}words"
    r"(?:\sof\s(?P<of>(?:the\s)?[^,;:“”\"]{2,60}))?"
    rf"|(?:(?P<whose>[^,;:“”\"]{{2,60}})[’']s?|[Tt]he|[Hh]is|[Hh]er|[Mm]y|[Tt]heir)\s(?:\p{{Ll}}+\s){{0,2}}{_REPLY}(?:\sof\s(?P<by>[^,;:“”\"]{{2,60}}))?)"
    r"(?:\s(?:was|were|are|is|ran|came))?\s?[,:]?\s?[—–-]?\s?"
)
_ACCORDING = regex.compile(r"\b(?:[Aa]ccording\sto|[Tt]o\squote)\s(?P<whom>[^;:“”\"]{2,80}?)\s?[,:]\s?$")
_SOURCES = words("According according quote")
_AS_PUT = regex.compile(
    rf"\b[Aa]s\s(?P<who>[^,;:“”\"]{{1,60}}?)\s(?:{_ADVERB}\s){{0,2}}(?P<verb>puts?|expressed|expresses|phrased|worded)\sit\s?[,:]\s?$"
)
_COLON = regex.compile(r"\s?:\s?[—–-]?\s?|\.\s?[—–]\s?")
_ROLE = regex.compile(
    r"(?:The\s)?(?:Witness|Chairman|Judge|Prisoner|Counsel|Speaker|President|Coroner|Clerk|Question|Answer|Magistrate)",
    regex.IGNORECASE,
)
#: A body of men speaks by what it writes down: "it was ordered".
_ORDERS = words("ordered agreed moved commanded declared pronounced")
#: Between a paper's verb and what is quoted of it: "describes the land as", "provides that". Not "a field called".
_FROM_A_PAPER = 62
_OF_A_PAPER = regex.compile(r"[^.;:!?“”\"«»„\n]{0,60}(?:[:,]\s)?")
_CALLED = regex.compile(r"\b(?:called|named|known|entitled|headed|nicknamed|christened)\b")
_A_NAME = regex.compile(r"(?:\p{Lu}[\p{L}’'-]*[\s,.]*){1,3}")

# --- between two parts ---

_NO_END = rf"(?:[^.;:!?“”\"«»„‘\n]|{SHORT_STOP}){{1,120}}"
_INTERRUPTS = regex.compile(rf"{_NO_END}[,;—–]\s?")
_ENDS_THERE = regex.compile(rf"{_NO_END}\.\s")
#: From one verb of speech to another of the same subject: "said Mr. Hale, turning away, and added".
_SAME_SUBJECT = regex.compile(
    r"(?:(?!\s(?:while|when|whereupon|as|who|whom|which|that|for)\s)[^,;]){0,80}(?:,\s\p{Ll}+ing\b[^,;]{0,60})?"
    r"(?:[,;]?\s(?:and|but|then)\s|(?P<participle>,\s))(?:\p{Ll}+ly\s|then\s|again\s|at\slast\s){0,2}"
)
_TO_THE_NEXT = regex.compile(r"[^,;]{0,60}[,:—–]?\s?[—–-]?\s?")
#: Somebody else does something, and may well speak next.
_ANOTHER_ACTS = regex.compile(
    rf"[,;]\s(?:and|but|while|when|as|whereupon)\s(?:{SHORT}\.\s|\p{{Lu}}[\p{{L}}’'-]+\s){{1,4}}\p{{Ll}}"
)


_FROM_PAPER = Cue("quote", certainty="medium")


def _last(spot: Spot, low: int, among: frozenset[str], seen: Sequence[str]) -> regex.Match[str] | None:
    """The last of these words from `low` to the marks; `seen` is every word there."""
    if among.isdisjoint(seen):
        return None
    return next((word for word in _BACKWARDS.finditer(spot.text, low, spot.start) if word[0] in among), None)


@cache
def _telling(verbs: frozenset[str]) -> frozenset[str]:
    """The words without one of which nothing before the marks tells of them, but for a name and a colon."""
    return verbs | _READS | _REPLIES | _HANDLED | _PAPER_BEGINS | _SOURCES | words("put puts phrased worded")


class Told:
    """Finds who tells of a quotation, and as what: speech, or writing."""

    def __init__(self, cues: Cues, persons: Persons, papers: Papers) -> None:
        self._cues = cues
        self._persons = persons
        self._papers = papers
        self._telling = _telling(cues.paper_verbs)

    def of(self, spot: Spot) -> Cue | None:
        """What is told of a quotation: behind it, unless that leads to the next quotation; else before it."""
        after = self._after(spot)
        if after is None:
            return self._before(spot) or (self._within(spot) if self._cues.within else None)
        after = after._replace(behind=True)
        if self._verb_behind(spot.text, spot.end, spot.high) or not _LEADS_ON.match(spot.text, spot.end, spot.high):
            return after
        return self._before(spot) or after

    def _kind(self, verb: str) -> str:
        return "quote" if verb in self._cues.written else "said"

    # --- behind the marks ---

    def _verb_behind(self, text: str, end: int, high: int) -> regex.Match[str] | None:
        """A verb right behind `end`, before its subject."""
        found = _VERB_AFTER.match(text, end, high)
        return found if found and found["verb"] in self._cues.verbs else None

    def _subject_behind(self, text: str, end: int, high: int) -> tuple[regex.Match[str], re.Match[str]] | None:
        """A subject behind `end` and its verb."""
        for verb in islice(_WORD.finditer(text, end, min(high, end + _CUE)), 20):
            if verb[0] in self._cues.verbs and (found := _SUBJECT.fullmatch(text, end, verb.start())):
                needed = _SPOKEN_WITH.get(verb[0])
                if _NOT_SPOKEN.match(text, verb.end(), high) or (needed and not needed.match(text, verb.end(), high)):
                    return None
                return found, verb
        return None

    def tells(self, text: str, start: int, end: int) -> bool:
        """Whether who spoke is told right behind `start`."""
        return (
            self._verb_behind(text, start, end) is not None
            or self._subject_behind(text, start, end) is not None
            or _WAS_REPLY.match(text, start, end) is not None
        )

    def same_subject(self, text: str, start: int, end: int) -> bool:
        """Whether of all that stands between two parts no verb of speech but the first has a subject of its own."""
        first = self._verb_behind(text, start, end)
        told = None if first else self._subject_behind(text, start, end)
        begins = first.end() if first else told[1].end() if told else start
        verb = next((word for word in _BACKWARDS.finditer(text, begins, end) if word[0] in self._cues.verbs), None)
        if verb is None or not _TO_THE_NEXT.fullmatch(text, verb.end(), end):
            return True
        needed = _SPOKEN_WITH.get(verb[0])
        if needed and not needed.match(text, verb.end(), end):
            return True
        same = _SAME_SUBJECT.fullmatch(text, begins, verb.start())
        return same is not None and (same["participle"] is None or verb[0].endswith("ing"))

    def _after(self, spot: Spot) -> Cue | None:
        text, end, high = spot.text, spot.end, spot.high
        comma = spot.last in {",", "—", "–", "-"} or text[end : end + 1] == "," or text[end : end + 2] == " ,"
        if not comma and spot.last not in {"?", "!"}:
            return None
        if comma and spot.inner.count(" ") < 3 and _DETERMINER.match(text, spot.low, spot.start):
            return None  # "the ship was the “Heron,” the captain said"
        if first := _VERB_AFTER.match(text, end, high):  # all these begin with a small letter
            if first["verb"] in self._cues.verbs or (comma and first["verb"] in _GESTURES):
                return Cue(self._kind(first["verb"]), self._persons.after(spot.flow, first.end(), high))
            if was := _WAS_REPLY.match(text, end, high):
                return Cue("said", self._whose_reply(spot.flow, was, high))
            if put := _AS_PUT_BY.match(text, end, high):
                return Cue("said", self._persons.after(spot.flow, put.end(), high))
        told = self._subject_behind(text, end, high)
        if told is None:
            return None
        subject, verb = told
        if not comma and not _TO_THE_END.match(text, verb.end(), high):
            return None
        if not comma and _TELLS_OF_NEXT.match(text, verb.end(), high):
            return None
        return self._by_subject(spot, subject, verb, "high" if comma else "medium")

    def _whose_reply(self, flow: str, was: regex.Match[str], high: int) -> str | None:
        if was["whose"]:
            return self._persons.begins(flow, was.start("whose"), was.end("whose"))
        return self._persons.after(flow, was.end() - 1, high) if was["of"] else None

    def _by_subject(
        self, spot: Spot, subject: regex.Match[str], verb: re.Match[str], certainty: Certainty
    ) -> Cue | None:
        flow = spot.flow
        if _ANOTHER_AS.match(spot.text, verb.end(), spot.high):
            return Cue("said")
        who = None
        if subject["aside"]:  # "the Chairman, Mr. Hale, replied"
            who = self._persons.begins(flow, subject.start("aside") + 2, subject.end("aside") - 1)
        if verb[0] in _READING:
            who = None
        elif who is None and not subject["pronoun"]:
            start = subject.start("subject" if subject["subject"] else "somebody")
            who = self._persons.subject(flow, start, verb.start())
            if who is None and self._papers.speaks(spot.text, flow, start, verb.start()):
                return Cue("quote", certainty=certainty)
        return Cue(self._kind(verb[0]), who, certainty)

    def _within(self, spot: Spot) -> Cue | None:
        """Who speaks, told within the marks as French does it."""
        for verb in _WITHIN.finditer(spot.text, spot.end - len(spot.inner) - 2, spot.end):
            if verb["verb"] in self._cues.said:
                return Cue("said", self._persons.after(spot.flow, verb.end(), spot.end), "medium")
        return None

    # --- before the marks ---

    def _before(self, spot: Spot) -> Cue | None:
        text, low, start = spot.text, spot.low, spot.start
        if low == start:
            return None
        pointed = spot.pointed
        first = max(low, start - (_CUE if pointed else _FROM_A_PAPER))
        seen = text[first:start].replace(",", " ").replace(":", " ").replace("’", " ").split()
        papers = self._papers.among(seen)
        bare = not (pointed or papers or spot.inner[:1].isupper() or (seen and seen[-1] in _UTTERS))
        if bare or self._telling.isdisjoint(seen):
            return self._by_name(spot) if pointed else None
        verb = _last(spot, first, self._cues.verbs, seen)
        found = self._by_verb(spot, verb, pointed=pointed) if verb else None
        if found is None and pointed:
            found = self._by_words(spot, first, seen) or self._by_name(spot)
        return found or (self._by_paper(spot, first) if papers else None)

    def _by_verb(self, spot: Spot, verb: regex.Match[str], *, pointed: bool) -> Cue | None:
        text, start = spot.text, spot.start
        if start - verb.end() > _FAR:
            return None
        adjacent = _TO_WHOM.fullmatch(text, verb.end(), start) is not None
        if not adjacent and not (spot.like_speech and _LONGER.fullmatch(text, verb.end(), start)):
            return None
        if not pointed and not self._without_a_comma(spot, verb):
            return None
        low = self._sentence(spot)
        kind = self._kind(verb[0])
        passive = PASSIVE.search(text[max(low, verb.start() - 20) : verb.start()]) is not None
        if not pointed and passive and not spot.inner[:1].isupper():
            return None
        if verb[0] in _ORDERS and passive:
            kind = "quote"
        who = None if verb[0] in _READING else self._persons.subject(spot.flow, low, verb.start())
        if kind == "said" and who is None and self._papers.speaks(text, spot.flow, low, verb.start()):
            kind = "quote"
        if kind == "quote" and not pointed:
            return None
        return Cue(kind, who, "high" if adjacent and pointed else "medium")

    @staticmethod
    def _without_a_comma(spot: Spot, verb: regex.Match[str]) -> bool:
        """Whether a verb speaks what follows without a comma: He said “No.” But: the field called “Long Acre.”"""
        if _DETERMINER.match(spot.text, spot.low, verb.start()):
            return False
        touches = verb.end() >= spot.start - 1
        if spot.inner[:1].isupper() and spot.like_speech:
            return verb[0] != "called"
        return touches and verb[0] in _UTTERS

    @staticmethod
    def _sentence(spot: Spot) -> int:
        """Where the sentence begins in which the marks open, as far as one looks."""
        low, start = spot.low, spot.start
        for match in _SENTENCE_ENDS.finditer(spot.text, low, start):
            if match.end() < start:
                low = match.end()
        while low < start and spot.text[low].isspace():
            low += 1
        return low

    def _by_words(self, spot: Spot, low: int, seen: Sequence[str]) -> Cue | None:
        """By what stands before a comma or colon but for verbs of speech: papers, "his words were", "as X put it"."""
        text, start = spot.text, spot.start
        reads = _last(spot, low, _READS, seen)
        if reads and _HOW_IT_READS.fullmatch(text, reads.end(), start):
            return Cue("quote")
        last_word = next(_BACKWARDS.finditer(text, low, start), None)
        if last_word is None:
            return None
        handled = ":" in text[last_word.end() : start] and not _HANDLED.isdisjoint(seen)
        if handled and last_word[0] in self._cues.papers:
            return Cue("quote")
        begins = last_word[0] in _PAPER_BEGINS
        if begins and self._papers.speaks(text, spot.flow, self._sentence(spot), last_word.start()):
            return Cue("quote")
        if not _SOURCES.isdisjoint(seen) and (found := _ACCORDING.search(text, low, start)):
            return self._according(spot, found)
        if not _REPLIES.isdisjoint(seen) and (found := _WORDS_BEFORE.match(text, low, start)):
            name = "of" if found["of"] else "by" if found["by"] else "whose" if found["whose"] else None
            who = self._persons.named(spot.flow, found.start(name), found.end(name)) if name else None
            return Cue("said", who, "medium" if who is None else "high")
        if last_word[0] == "it" and (found := _AS_PUT.search(text, low, start)):
            return Cue("said", self._persons.subject(spot.flow, found.start("who"), found.start("verb")), "medium")
        return None

    def _according(self, spot: Spot, found: regex.Match[str]) -> Cue | None:
        """According to Mr. Hale, to the deed, to the landlord; not according to custom."""
        low, end = found.span("whom")
        if who := self._persons.named(spot.flow, low, end):
            return Cue("said", who)
        if self._papers.named(spot.text, spot.flow, low, end):
            return _FROM_PAPER
        return Cue("said", certainty="medium") if " " in found["whom"] else None

    def _by_name(self, spot: Spot) -> Cue | None:
        """In minutes and plays: Mr. Hale: “…”."""
        text, start = spot.text, spot.start
        colon = next((at for at in range(start - 1, max(spot.low, start - 5), -1) if text[at] in ":."), None)
        if colon is None or not _COLON.fullmatch(text, colon, start):
            return None
        low = self._sentence(spot)
        who = self._persons.begins(spot.flow, low, colon)
        return Cue("said", who, "medium") if who or _ROLE.fullmatch(text, low, colon) else None

    def _by_paper(self, spot: Spot, low: int) -> Cue | None:
        """By a paper that says so without a comma: "Article 5 provides that", "the deed describes the land as"."""
        words_back = _BACKWARDS.finditer(spot.text, low, spot.start)
        for verb in islice((word for word in words_back if word[0] in self._cues.paper_verbs), 3):
            end = verb.end()
            if spot.start - end > _FROM_A_PAPER or not _OF_A_PAPER.fullmatch(spot.text, end, spot.start):
                return None
            if self._papers.speaks(spot.text, spot.flow, self._sentence(spot), verb.start()):
                a_name = end < spot.start - 1 and _A_NAME.fullmatch(spot.inner)
                return None if a_name or _CALLED.search(spot.text, end, spot.start) else _FROM_PAPER
        return None


def bond(text: str, one: Pair, other: Pair, kind: str, told: Told) -> str:
    """How a quotation goes on in the next: `linked` if one sentence is interrupted, `same` if only its speaker is."""
    if other.start - one.end > 130:
        return ""
    between = text[one.end : other.start]
    if between[:1] in "—–" and between[-1:] in "—–" and len(between) > 1 and "\n" not in between:
        return "linked"
    if kind not in {"said", "quote"} or not told.tells(text, one.end, other.start):
        return ""
    if not told.same_subject(text, one.end, other.start):
        return ""
    end, inner = last(one.inner(text)), other.inner(text)
    lower = inner[:1].islower()
    comma = end in {",", "—", "–", "-"} or between[:1] == "," or between[:2] == " ,"
    if (comma or lower) and _INTERRUPTS.fullmatch(between):
        return "linked"
    sentence = inner[:1].isupper() and (inner[-1:] in {".", "!", "?", ",", "…"} or other.closing == "")
    sentence = sentence and (" " in inner or inner[-1:] in {".", "!", "?"})
    if not sentence or _ANOTHER_ACTS.search(between):
        return ""
    return "same" if _ENDS_THERE.fullmatch(between) else ""
