"""Who stands at a place as the subject of a verb of speech: only persons with a register id, and only without doubt.

After the verb the speaker comes at once ("said old Mr. Hale", "replied the Chairman, Mr. Hale"); before it, at once
("Mr. Hale had then replied"), or as the first person of a sentence of one subject ("Mr. Hale, turning to Miss Thorne,
said", "Mr. Hale rose and said"). Two who speak together, a person whose wife or letter speaks, pronouns: none is named.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

import regex

from teiprep.tag.common import ABBREVIATED_TITLES, ROLES, TITLES, words

from .spots import PASSIVE, SHORT

if TYPE_CHECKING:
    from teiprep.document import Annotator

_TITLE = rf"(?:{'|'.join(sorted({*ABBREVIATED_TITLES, *TITLES, *ROLES}, key=len, reverse=True))})"
#: Words after which a person is not who speaks, and before which no person's name can begin.
_NOT = (
    r"(?:about|after|against|and|as|at|before|behind|beside|but|by|for|from|he|him|her|his|how|I|if|in|into|it|like|me|near|of|on|one"
    r"|or|our|over|she|than|that|their|them|they|through|to|towards?|under|until|unto|upon|us|we|what|when|where|which"
    r"|while|who|whom|whose|why|with|without|you|à|de|du|des|zu|von|il|elle|er|sie|ich|je"
    r"|above|across|along|alongside|amid|among|around|below|beneath|beyond|concerning|despite|during|except|nearest|next"
    r"|nor|notwithstanding|off|opposite|past|per|regarding|round|save|since|though|till|toward|unlike|via|whereas"
    r"|whereat|whereupon|within|\p{Ll}+ing)"
)
#: A stop ends the sentence, but behind a title that is cut short, or an initial.
_WORDS = rf"(?!{_NOT}\s)(?:\p{{Ll}}[\p{{Ll}}-]*|\p{{Lu}}[\p{{L}}’'-]*|{SHORT}\.)\s"
#: "the friend of the Chairman, Mr. Hale": who is named may be the other.
_RELATION = (
    r"(?:\p{Ll}+\s){0,2}(?:friend|wife|widow|husband|son|daughter|brother|sister|mother|father|nephew|niece|cousin|uncle"
    r"|aunt|servant|clerk|secretary|agent|colleague|companion|guest|partner)\sof\s"
)
#: Between a verb and the name of who speaks: "old Mr.", "the Chairman, Mr."
_BEFORE_NAME = regex.compile(
    rf"\s(?:{_WORDS}){{0,5}}|\s(?:the|our|his|her|my)\s(?!.*\s(?:to|with|by)\s|{_RELATION})[^,.;:“”\"()]{{2,60}}(?:,\s|\s\()(?:{_TITLE}\.?\s){{0,3}}"
)
#: Between a name and its verb: adverbs and auxiliaries ("was heard to", "used to", "had then").
_TO_VERB = regex.compile(
    r"\)?\s(?:(?:(?!hardly|scarcely)\p{Ll}+ly|had|has|have|having|been|also|then|again|once|at|later|soon|now|only|here|there|still|thus|just|even"
    r"|often|always|sometimes|further|too|was|is|are|were|heard|reported|said|known|understood|supposed|alleged"
    r"|believed|wont|used|would|began|went|on|continued|proceeded|interrupted|rose|paused|stopped|turned|hastened|ventured"
    r"|did|could|might|must|to|who|thereupon|therefore|in\sturn|himself|herself|out|presently)\s){0,7}"
)
_WHO = regex.compile(r",\swho(?:\s(?:\p{Ll}+ly|had|has|then|also|again|at\slast|only))?\s")
_AS = regex.compile(r"(?:\s(?:is|was|has\sbeen|had\sbeen)\s(?:quoted|reported|described|cited|represented))?\sas\s")
#: The words between a title and what stands before it, for who stands behind a preposition.
_BEFORE_TITLE = regex.compile(
    r"(?r)(?P<word>[\p{L}’']+)\s(?:(?:[Tt]he|[Oo]ld|young|poor|good|late|our|my)\s)?(?:[\p{L}-]*"
    + _TITLE
    + r"\.?\s){0,3}"
)
_PREPOSITIONS = words(
    """
    about above across after against along alongside amid among around at before behind below beneath beside besides
    between beyond by concerning despite during except excepting for from in inside into like near nearest
    notwithstanding of off on opposite over past per regarding round save saving since than through till to toward
    towards under unlike until unto upon via with within without
    either neither not Either Neither Not nor or ni noch oder ou
    à avec de pour sans mit ohne von zu
    """
)
#: A clause of its own, or one who does something else.
_OTHER_CLAUSE = regex.compile(
    r"\b(?:that|who|whom|whose|which|when|while|as|because|if|until|till|where|whether|for|but|than|before|after|though)\b"
)
_PARTICIPLES = regex.compile(r"\p{Ll}+ing")
_LEADS = regex.compile(
    r"(?:(?:Then|Now|Thereupon|Here|And|But|So|Next|Old|Young|Poor|The|Again|Later|Presently|Finally|Thus|Meanwhile"
    r"|Whereupon|At\s(?:this|that|last|length|once)|On\s(?:this|that)|Upon\s(?:this|that|which)),?\s)?(?:"
    + _TITLE
    + r"|\p{Lu}\.|\.|\s)*"
)
_OFFICE = regex.compile(
    r"(?:(?:Then|But|And|So)\s)?(?:[Tt]he|[Hh]is|[Hh]er|[Oo]ur|[Mm]y)\s(?!.*\s(?:to|with|by)\s)[^,.;:“”\"]{2,60},\s(?:"
    + _TITLE
    + r"\.?\s){0,3}"
)
_TOGETHER = regex.compile(r"(?:\s(?:and|&|et|und)|,?\s(?:or|nor|ou|oder|ni|noch))\s")
#: "said Mr. Hale and his wife"
_AND_SOMEBODY = regex.compile(
    r"\s(?:and|&|or)\s(?:the|his|her|my|our|their|an?|all|both|others|several|some|two|three|I)\b"
)
#: "Mr. and Mrs. Hale": the first title of two who share the name.
_SHARED = regex.compile(rf"(?r)\b{_TITLE}\.?\s(?:and|&|or|et|und)\s(?:the\s)?(?:{_TITLE}\.?\s){{0,2}}")
#: "the servant Mr. Hale had sent"
_HAS_DONE = regex.compile(r"\s(?:had|has|have|was|were|is|did|does|would)\b")
#: What leads from the subject's own clause to a participle: "Mr. Hale turned away, saying", "began by saying".
_TO_PARTICIPLE = regex.compile(r"(?:,|,?\s(?:and|by|in|with))\s(?:\p{Ll}+ly\s|then\s|again\s)?$")
_BY_ANOTHER = regex.compile(r"\bby\s(?:the|an?|his|her|their|my|our|some|one)\s")
_AND_THEN = regex.compile(r"\sand\s(?:\p{Ll}+ly\s|then\s|at\slast\s)?$")
_LIST_ENDS = regex.compile(r",?\s(?:and|&|or|et|und)\s|,\s\p{Lu}")
_POSSESSIVE = ("’s", "'s", "’ ", "' ")


class Persons:
    """The persons of a document, to be asked who stands at a place."""

    def __init__(self, pen: Annotator) -> None:
        self._document = pen.document
        self._text = pen.document.text_of

    @cached_property
    def _spans(self) -> dict[str, list[tuple[int, int, str]]]:
        """Start, end and register id of the persons of each flow; one without an id stands in the way all the same."""
        spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for each in self._document.layer("person"):
            spans[each.flow].append((each.start, each.end, each.attributes.get("ref", "")))
        return spans

    def _first(self, flow: str, start: int, end: int) -> tuple[int, int, str] | None:
        """The first person that begins from `start` to before `end`."""
        spans = self._spans[flow]
        k = bisect_left(spans, (start, 0, ""))
        return spans[k] if k < len(spans) and spans[k][0] < end else None

    def _last(self, flow: str, start: int, end: int) -> tuple[int, int, str] | None:
        """The last person within `[start, end)`."""
        spans = self._spans[flow]
        k = bisect_left(spans, (end, 0, "")) - 1
        return spans[k] if k >= 0 and spans[k][0] >= start and spans[k][1] <= end else None

    def after(self, flow: str, verb_end: int, end: int) -> str | None:
        """The speaker named right after a verb of speech that ends at `verb_end`."""
        text = self._text[flow]
        found = self._first(flow, verb_end, min(end, verb_end + 80))
        if found is None or _BEFORE_NAME.fullmatch(text, verb_end, found[0]) is None:
            return None
        if text.startswith(_POSSESSIVE, found[1]) or self._with_another(flow, found[1], end):
            return None
        if _HAS_DONE.match(text, found[1], end):
            return None
        return found[2] or None

    def subject(self, flow: str, low: int, verb: int) -> str | None:
        """The speaker named before a verb of speech that begins at `verb`; the sentence begins at `low`."""
        text = self._text[flow]
        nearest = self._last(flow, low, verb)
        if nearest is None:
            return None
        first = self._first(flow, low, verb)
        participle = _PARTICIPLES.match(text, verb) is not None
        if PASSIVE.search(text, nearest[1], verb):
            return None
        if _WHO.fullmatch(text, nearest[1], verb):  # "to Mr. Hale, who had then replied"
            return nearest[2] or None
        if participle and _AS.fullmatch(text, nearest[1], verb):  # "he quoted Mr. Hale as saying"
            return nearest[2] or None
        if _TO_VERB.fullmatch(text, nearest[1], verb) and not participle:
            return (nearest[2] or None) if self._alone(flow, low, nearest[0]) else None
        if first is None:
            return None
        if first == nearest and text[first[1]] == "," and _OFFICE.fullmatch(text, low, first[0]):
            told = _TO_VERB.fullmatch(text, first[1] + 1, verb)  # "The Chairman, Mr. Hale, then said"
            return (first[2] or None) if told else None
        if _LEADS.fullmatch(text, low, first[0]) is None:
            return None
        between = text[first[1] : verb]
        if text.startswith(_POSSESSIVE, first[1]) or ":" in between or ";" in between:
            return None
        return (first[2] or None) if self._leads_to(flow, first[1], verb, between, participle=participle) else None

    def _leads_to(self, flow: str, start: int, verb: int, between: str, *, participle: bool) -> bool:
        """Whether the one whose name ends at `start` is still the subject at `verb`."""
        text = self._text[flow]
        comma = between.rfind(", ")
        # "Mr. Hale, the Chairman, said"; "Mr. Hale, turning to Miss Thorne, said"
        if between.startswith(", ") and comma > 0 and _TO_VERB.fullmatch(text, start + comma + 1, verb):
            inside = between[2:comma]
            return not _TOGETHER.search(inside) or inside[:4] == "who " or _PARTICIPLES.match(inside) is not None
        if _OTHER_CLAUSE.search(between) or self._another_subject(flow, start, verb):
            return False
        if participle:  # "Mr. Hale rose, saying", not "Mr. Hale remembered his father saying"
            return _TO_PARTICIPLE.search(between) is not None and _BY_ANOTHER.search(between) is None
        return _AND_THEN.search(between) is not None  # "Mr. Hale turned to Miss Thorne and said"

    def _another_subject(self, flow: str, start: int, end: int) -> bool:
        """Whether somebody else is named in between who may be a subject: not behind a preposition or a verb."""
        text = self._text[flow]
        at = start
        while (other := self._first(flow, at, end)) is not None:
            word = _BEFORE_TITLE.match(text, max(start, other[0] - 60), other[0])
            if (
                word is None
                or word["word"] in {"and", "but", "or", "by", "while"}
                or text[word.start("word") - 1] == ","
            ):
                return True
            at = other[1]
        return False

    def _alone(self, flow: str, low: int, start: int) -> bool:
        """Whether a person is named by himself: behind no preposition, and with nobody beside him."""
        text = self._text[flow]
        near = max(low, start - 60)
        if _SHARED.match(text, near, start):
            return False
        word = _BEFORE_TITLE.match(text, near, start)
        if word is None:
            return True
        before = word.start("word")
        if word["word"] in {"and", "but"}:  # a clause of its own, or "the Doctor and Mr. Hale", "nobody but Mr. Hale"
            return before <= near or text[before - 2] in ",;—–"
        return word["word"] not in _PREPOSITIONS

    def _with_another(self, flow: str, at: int, end: int) -> bool:
        """Whether `and` and another name, or what may be one, stand right behind."""
        text = self._text[flow]
        if _AND_SOMEBODY.match(text, at, end):
            return True
        both = _TOGETHER.match(text, at, end)
        if both is not None:
            return self._first(flow, both.end(), min(end, both.end() + 25)) is not None
        if not text.startswith(", ", at):
            return False
        second = self._first(flow, at, min(end, at + 12))  # "Mr. Hale, Captain Pike, and Miss Thorne"
        return second is not None and _LIST_ENDS.match(text, second[1], end) is not None

    def named(self, flow: str, low: int, end: int) -> str | None:
        """The person whose name ends right at `end` and who is named by himself or by title from `low` on."""
        found = self._last(flow, low, end)
        return (found[2] or None) if found and found[1] == end else None

    def begins(self, flow: str, low: int, end: int) -> str | None:
        """The person whose name is all of `[low, end)`, but for titles."""
        found = self._last(flow, low, end)
        if found is None or found[1] != end or _LEADS.fullmatch(self._text[flow], low, found[0]) is None:
            return None
        return found[2] or None
