"""What a quotation is, by the words right beside its marks: `said`, `quote`, `soCalled`, or `q` where nothing says so.

(TEI P5, chapter CO, 3.3.3.) A cue after the marks (“…,” said X) counts if the words before it end with a comma, a
question or an exclamation mark; one before them (X said: “…”) if a comma or colon stands between, or if what is
quoted begins like a sentence.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import regex

from teiprep.tag.common import words

from .cues import CITED_AFTER, CITES, NEWSPAPERS, PAPER_VERBS, PAPERS, SIGNED_AFTER, SO_CALLED_AFTER, Cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from teiprep.document import Annotator, Block, Certainty

    from .marks import Pair
    from .speakers import Persons

#: How far before and behind the marks is looked for a cue, in characters.
_NEAR = 200
_POINTS = frozenset(",:—–-")
#: How far before the marks their cue may stand.
_CUE = 120
#: … if neither comma nor colon stands between.
_CLOSE = 40
#: How much of a note is looked at for a citation.
_FIRST_WORDS = 300
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SENTENCE_ENDS = regex.compile(
    r"(?<!\b(?:Mr|Mrs|Ms|Dr|St|Rev|Col|Gen|Capt|Lieut|Sergt|Messrs|Hon|Prof|Gov|Sen|M|MM|Mme|No|\p{Lu}))[.!?…][\"”’»)]*\s+|[;]\s|[”’\"»]\s"
)
_NAME = r"(?:(?:\p{Lu}[\p{L}’'-]*\.?|of|the|for|de|von|van)\s){0,7}\p{Lu}[\p{L}’'-]+"
_PRONOUN = r"(?:I|[Hh]e|[Ss]he|[Tt]hey|[Ww]e|it|one|il|elle|er|sie|ich)"
_SOMEBODY = (
    r"(?:[Tt]he|[Hh]is|[Hh]er|[Mm]y|[Oo]ur|[Tt]heir|[Aa]n?|[Oo]ne|[Oo]ld|[Yy]oung|[Ss]ome)"
    r"\s(?:[\p{L}’'-]+\s){0,4}?[\p{L}’'-]+"
)
_ADVERB = (
    r"(?:\p{Ll}+ly|had|has|have|then|also|again|once|now|only|merely|further|still|thus|here|finally|too|at\slast|at\sonce|always"
    r"|often|used\sto|would|could|did|was\swont\sto|went\son\sto|continued\sto|hastened\sto|ventured\sto|might|may|never|just)"
)
_VERB_AFTER = regex.compile(
    r"[\s,—–-]{0,3}(?:(?:then|thus|so|here|now)\s)?(?P<verb>\p{Ll}[\p{Ll}’']*)\b(?:\s(?:out|in|up|back|on|again|aloud|to\sherself|to\shimself)\b)?"
)
_SUBJECT_AFTER = regex.compile(
    rf"[\s,—–-]{{0,3}}(?:as\s)?(?:(?P<pronoun>{_PRONOUN})|(?P<subject>(?:[Tt]he\s|[Oo]ld\s|[Yy]oung\s|[Pp]oor\s)?{_NAME})"
    rf"|(?P<somebody>{_SOMEBODY}))(?P<aside>,\s(?:[^.;:!?“”\"]|(?<=\b(?:Mr|Mrs|Dr|Hon|Rev))\.){{1,80}}?,|\s\([^()“”\"]{{2,60}}\))?\s(?:{_ADVERB}\s){{0,4}}(?P<verb>\p{{Ll}}+)\b"
)
_TO_THE_END = regex.compile(
    rf"(?:\s\p{{Ll}}+ly)?(?:\s(?:to\s)?(?:me|him|her|us|them|himself|herself|(?:the|his|her|my|our)\s\p{{Ll}}+|{_NAME}))?"
    r"(?:\s\p{Ll}+ly|\s(?:with|in)\s[^.,;:“”\"]{1,40})?\s?(?:[.,;:!?—]|$)"
)
_ANOTHER_AS = regex.compile(r"\s(?:him|her|them|me|us|\p{Lu}\p{L}+)\s(?:as\s\p{Ll}+ing|to\shave|to\ssay)\b")
_REPLIES = words("reply answer response retort rejoinder remark comment cry exclamation question words verdict")
_REPLY = rf"(?:{'|'.join(sorted(_REPLIES))})"
_WAS_REPLY = regex.compile(
    rf"[\s,—–-]{{0,3}}(?:was|were|came|is|being)\s(?:(?P<whose>[\p{{L}}.]+(?:\s\p{{Lu}}[\p{{L}}.]+){{0,3}})[’']s?\s|(?:the|his|her|my|their|all\sthe|an?)\s)?"
    rf"(?:\p{{Ll}}+\s){{0,2}}{_REPLY}\b(?P<of>\s(?:of|from)\s)?"
)
#: Right before the marks, behind a verb: to whom, how, and where.
_TO_WHOM = regex.compile(
    rf"(?:\sout)?(?:\s(?:to\s)?(?:me|him|her|us|them|you|myself|himself|herself|{_NAME}|(?:the|his|her|my|our|their)\s\p{{L}}+))?(?:\sthus|\sas\sfollows)?"
    r"\s?[,:]?\s?[—–-]?\s?"
)
_LONGER = regex.compile(
    r"(?!\s(?:that|whether|if|how|why|what)\b)(?:[^.;:!?“”\"]|(?<=\b(?:Mr|Mrs|Dr|St|Rev|Hon|Col|Gen|Capt)\b)\.){1,80}"
    r"[,:]\s?[—–-]?\s?"
)
_WORDS_BEFORE = regex.compile(
    rf"\b(?:(?:the|these|those|following|his|her|their|my|your|own)\s(?:(?:own|very|following|exact|last|first|famous|dying)\s){{0,2}}words"
    r"(?:\sof\s(?P<of>(?:the\s)?[^,;:“”\"]{2,60}))?"
    rf"|(?:(?P<whose>[^,;:“”\"]{{2,60}})[’']s?|[Tt]he|[Hh]is|[Hh]er|[Mm]y|[Tt]heir)\s(?:\p{{Ll}}+\s){{0,2}}{_REPLY}(?:\sof\s(?P<by>[^,;:“”\"]{{2,60}}))?)"
    r"(?:\s(?:was|were|are|is|ran|came))?\s?[,:]?\s?$"
)
_COLON = regex.compile(r"\s?:\s?[—–-]?\s?|\.\s?[—–]\s?")
#: "The act reads", "it is written in the margin", "the motion ran as follows".
_READS = words("read reads written follows writes wrote runs ran begins began ends ended resolved")
_HOW_IT_READS = regex.compile(r"(?:\s(?:thus|so|in|on|under|at|from|to|as|with)(?:\s[^.;:!?“”\"]{1,40})?)?\s?[,:]\s?")
_OF_A_PAPER = frozenset(("from", "of", "to", "by", "dated", "addressed"))
#: What is done with a resolution before its words follow.
_HANDLED = frozenset(("read", "reads", "adopted", "moved", "proposed", "passed"))
_ROLE = regex.compile(
    r"(?:The\s)?(?:Witness|Chairman|Judge|Prisoner|Counsel|Speaker|President|Coroner|Clerk|Question|Answer|Magistrate)",
    regex.IGNORECASE,
)
#: Up to a colon, or a comma and a new sentence: He had replied, “A talent,” and Mr. Hale rejoined: “Why, …”
_LEADS_ON = regex.compile(r"(?:[^.;:!?“”\"\n]|(?<=\b(?:Mr|Mrs|Dr)\b)\.){3,80}(?::|,(?=\s[“\"‘']\p{Lu}))\s[“\"‘']")
#: A body of men speaks by what it writes down: "it was ordered".
_ORDERS = words("ordered agreed moved commanded declared pronounced")
_PASSIVE = re.compile(r"\b(?:was|were|is|be|been)\s(?:[a-z]+ly\s)?$")
#: How abbreviations end, for the words between two parts of one utterance.
_NO_END = r"(?:[^.;:!?“”\"«»„‘\n]|(?<=\b(?:Mr|Mrs|Dr|St|Rev|Col|Gen|Capt|Messrs|Hon|M|Mme|\p{Lu}))\.){1,120}"
_INTERRUPTS = regex.compile(rf"{_NO_END}[,;—–]\s?")
_ENDS_THERE = regex.compile(rf"{_NO_END}\.\s")


class Cue(NamedTuple):
    """What a quotation is taken for: its kind, who speaks, how sure that is, and the note that gives the source."""

    kind: str
    who: str | None = None
    certainty: Certainty = "high"
    cited_in: str | None = None


_UNSURE = Cue("q")
_FROM_A_SOURCE = Cue("quote", certainty="medium")


class Kinds:
    """Judges the quotations of a document."""

    def __init__(self, pen: Annotator, persons: Persons, cues: Cues) -> None:
        self._persons = persons
        self._cues = cues
        self._verbs = cues.said | cues.written
        self._text = pen.document.text_of
        #: By where they stand: the id and the flow of each note.
        self._notes: dict[tuple[str, int], tuple[str, str]] = {}
        for note in pen.document.notes:
            if note.flow is not None and note.anchored:
                self._notes.setdefault((note.at_flow, note.at), (note.id, note.flow))

    def of(self, block: Block, pair: Pair) -> Cue:
        """What the words before and behind a quotation of `block` say that it is."""
        text = self._text[block.flow]
        found = self._so_called(text, block, pair) or self._told(text, block, pair)
        note = self._source(text, block, pair)
        if found is None:
            sourced = note or self._cited(text, block, pair)
            found = _FROM_A_SOURCE if sourced else _UNSURE
        return found._replace(cited_in=note) if note and found.kind != "soCalled" else found

    def _source(self, text: str, block: Block, pair: Pair) -> str:
        """The note that stands right behind the marks, if it cites something."""
        for at in range(pair.end, min(block.end, pair.end + 2) + 1):
            if found := self._notes.get((block.flow, at)):
                name, flow = found
                return name if CITES.search(self._text[flow], 0, _FIRST_WORDS) else ""
            if text[at : at + 1] not in {",", ".", ";", ":", ")"}:
                break
        return ""

    @staticmethod
    def _cited(text: str, block: Block, pair: Pair) -> bool:
        """Whether brackets right behind the marks name a source, or a dash its author."""
        behind = text[pair.end : pair.end + 3]
        if ("(" in behind or "[" in behind) and CITED_AFTER.match(text, pair.end, block.end):
            return True
        return pair.start == block.start and SIGNED_AFTER.match(text, pair.end, block.end) is not None

    def _so_called(self, text: str, block: Block, pair: Pair) -> Cue | None:
        inner = pair.inner(text)
        if inner.count(" ") > 2 or inner[-1:] in {"!", "?"}:
            return None
        before = self._cues.so_called.search(text, max(block.start, pair.start - 60), pair.start)
        return Cue("soCalled") if before or SO_CALLED_AFTER.match(text, pair.end, block.end) else None

    def _told(self, text: str, block: Block, pair: Pair) -> Cue | None:
        """By who tells of it, behind or before: behind, unless what stands there leads to the next quotation."""
        after = self._after(text, block, pair)
        if after is None:
            return self._before(text, block, pair)
        leads_on = _LEADS_ON.match(text, pair.end, min(block.end, pair.end + _NEAR))
        return (
            (self._before(text, block, pair) or after) if leads_on and not self._inverted(text, block, pair) else after
        )

    def _inverted(self, text: str, block: Block, pair: Pair) -> bool:
        """Whether a verb stands right behind the marks, before its subject."""
        verb = _VERB_AFTER.match(text, pair.end, block.end)
        return verb is not None and verb["verb"] in self._verbs

    # --- behind the marks ---

    def _after(self, text: str, block: Block, pair: Pair) -> Cue | None:
        end, high = pair.end, min(block.end, pair.end + _NEAR)
        inner = pair.inner(text)
        last = _last(inner)
        comma = last in {",", "—", "–", "-"} or text[end : end + 1] == "," or text[end : end + 2] == " ,"
        asks = last in {"?", "!"}
        if not (comma or asks):
            return None
        flow = block.flow
        was = _WAS_REPLY.match(text, end, high)
        if was:
            who = None
            if was["whose"]:
                who = self._persons.begins(flow, was.start("whose"), was.end("whose"))
            elif was["of"]:
                who = self._persons.after(flow, was.end() - 1, high)
            return Cue("said", who)
        verb = _VERB_AFTER.match(text, end, high)
        if verb and verb["verb"] in self._verbs:
            return Cue(self._kind(verb["verb"]), self._persons.after(flow, verb.end(), high))
        told = _SUBJECT_AFTER.match(text, end, high)
        if told is None or told["verb"] not in self._verbs:
            return None
        # “Will you?” Mr. Hale replied, “No.” This tells of the second; and of none: “Will you?” He asked for a chair.
        behind = text[told.end() : told.end() + 4]
        if asks and not comma and _TO_THE_END.match(text, told.end(), high) is None:
            return None
        if (
            asks
            and not comma
            and behind[:1] in {",", ":"}
            and behind[2:3] in {"“", '"', "‘", "'"}
            and behind[3:4].isupper()
        ):
            return None
        if _ANOTHER_AS.match(text, told.end(), block.end):
            return Cue("said")
        who = None
        if told["aside"]:  # "the Chairman, Mr. Hale, replied"
            who = self._persons.begins(flow, told.start("aside") + 2, told.end("aside") - 1)
            if who is None and told["somebody"]:
                return None
        if who is None and not told["pronoun"]:
            start = told.start("subject" if told["subject"] else "somebody")
            who = self._persons.subject(flow, start, told.start("verb"))
        return Cue(self._kind(told["verb"]), who, "high" if comma else "medium")

    def _kind(self, verb: str) -> str:
        return "quote" if verb in self._cues.written else "said"

    # --- before the marks ---

    def _before(self, text: str, block: Block, pair: Pair) -> Cue | None:
        start, low = pair.start, max(block.start, pair.start - _NEAR)
        inner = pair.inner(text)
        pointed = text[max(low, start - 4) : start].rstrip()[-1:] in _POINTS
        sentence = inner[:1].isupper()
        if not (pointed or sentence) or low == start:
            return None
        first = max(low, start - (_CUE if pointed else _CLOSE))
        if not pointed and self._verbs.isdisjoint(_WORD.findall(text, first, start)):
            return None
        near = list(_WORD.finditer(text, first, start))
        verb = next((word for word in reversed(near) if word[0] in self._verbs), None)
        found = self._by_verb(text, block, pair, verb, pointed=pointed) if verb else None
        return found or (self._by_words(text, block, near, start) if pointed and near else None)

    @staticmethod
    def _sentence(text: str, block: Block, start: int) -> int:
        """Where the sentence begins in which the marks at `start` open, as far as one looks."""
        low = max(block.start, start - _NEAR)
        for match in _SENTENCE_ENDS.finditer(text, low, start):
            if match.end() < start:
                low = match.end()
        while low < start and text[low].isspace():
            low += 1
        return low

    def _by_verb(self, text: str, block: Block, pair: Pair, verb: re.Match[str], *, pointed: bool) -> Cue | None:
        start, inner = pair.start, pair.inner(text)
        adjacent = _TO_WHOM.fullmatch(text, verb.end(), start) is not None
        like_speech = inner[:1].isupper() and (inner[-1:] in {".", "!", "?", ",", "…", "—"} or pair.closing == "")
        if not adjacent and not (like_speech and _LONGER.fullmatch(text, verb.end(), start)):
            return None
        if not pointed and not (like_speech or verb.end() >= start - 1):
            return None
        if verb[0] == "called" and not pointed:  # "the field called “Long Acre”"
            return None
        low = self._sentence(text, block, start)
        kind = self._kind(verb[0])
        if verb[0] in _ORDERS and _PASSIVE.search(text[max(low, verb.start() - 20) : verb.start()]):
            kind = "quote"
        who = self._persons.subject(block.flow, low, verb.start())
        if kind == "said" and who is None and self._is_paper(text, low, verb.start()):
            kind = "quote"
        if kind == "quote" and not pointed:
            return None
        return Cue(kind, who, "high" if adjacent and pointed else "medium")

    @staticmethod
    def _is_paper(text: str, low: int, verb: int) -> bool:
        """Whether what speaks is a paper: "the letter says", "the Leeds Mercury says"."""
        near = [word[0] for word in _WORD.finditer(text, max(low, verb - 60), verb) if word[0][-2:] != "ly"]
        if near and (near[-1].lower() in PAPERS or near[-1] in NEWSPAPERS):
            return True
        return any(one.lower() in PAPERS and other in _OF_A_PAPER for one, other in pairwise(near))

    def _by_words(self, text: str, block: Block, near: Sequence[re.Match[str]], start: int) -> Cue | None:
        """By what stands before a comma or colon but for verbs of speech: papers, "his words were", "Mr. Hale:"."""
        flow, low, last = block.flow, near[0].start(), near[-1]
        reads = next((word for word in reversed(near) if word[0] in _READS), None)
        if reads and _HOW_IT_READS.fullmatch(text, reads.end(), start):
            return Cue("quote")
        if last[0] in PAPER_VERBS and self._is_paper(text, low, last.start()):
            return Cue("quote")
        if last[0] in PAPERS and ":" in text[last.end() : start] and any(word[0] in _HANDLED for word in near):
            return Cue("quote")
        told = _WORDS_BEFORE.search(text, low, start) if any(word[0] in _REPLIES for word in near) else None
        if told:
            name = "of" if told["of"] else "by" if told["by"] else "whose" if told["whose"] else None
            who = self._persons.named(flow, told.start(name), told.end(name)) if name else None
            return Cue("said", who, "medium" if who is None else "high")
        # "Mr. Hale: “…”", in minutes and plays
        colon = next((at for at in range(start - 1, max(low, start - 5), -1) if text[at] in ":."), None)
        low = self._sentence(text, block, start)
        if colon is not None and _COLON.fullmatch(text, colon, start):
            who = self._persons.begins(flow, low, colon)
            if who is not None:
                return Cue("said", who, "medium")
            if _ROLE.fullmatch(text, low, colon):
                return Cue("said", None, "medium")
        return None


def _last(inner: str) -> str:
    """The last sign of what is quoted, within whatever marks end with it."""
    return inner.rstrip("’'”\"›»‹«“‘ ")[-1:]


def bond(text: str, one: Pair, other: Pair, kind: str, cues: Cues) -> str:
    """How a quotation goes on in the next: `linked` if one sentence is interrupted, `same` if only its speaker is."""
    if other.start - one.end > 130:
        return ""
    between = text[one.end : other.start]
    if between[:1] in "—–" and between[-1:] in "—–" and len(between) > 1 and "\n" not in between:
        return "linked"
    if kind not in {"said", "quote"} or not _tells(text, one.end, other.start, cues):
        return ""
    last, inner = _last(one.inner(text)), other.inner(text)
    lower = inner[:1].islower()
    if (last in {",", "—", "–", "-"} or between[:1] == "," or between[:2] == " ," or lower) and _INTERRUPTS.fullmatch(
        between
    ):
        return "linked"
    sentence = inner[:1].isupper() and (inner[-1:] in {".", "!", "?", ",", "…"} or other.closing == "")
    sentence = sentence and (" " in inner or inner[-1:] in {".", "!", "?"})
    return "same" if sentence and _ENDS_THERE.fullmatch(between) else ""


def _tells(text: str, start: int, end: int, cues: Cues) -> bool:
    """Whether a verb of speech stands right behind `start`, with or without its subject before it."""
    verbs = cues.said | cues.written
    verb = _VERB_AFTER.match(text, start, end)
    if verb and verb["verb"] in verbs:
        return True
    told = _SUBJECT_AFTER.match(text, start, end)
    return (told is not None and told["verb"] in verbs) or _WAS_REPLY.match(text, start, end) is not None
