"""Papers as subjects: "Article 5 of the treaty provides that", "the inscription over the door reads"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import regex

from teiprep.tag.common import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: The last words of newspapers' names.
_NEWSPAPERS = words(
    """
    Advertiser Argus Chronicle Courant Courier Echo Examiner Gazette Globe Guardian Herald Intelligencer Journal Leader
    Mail Mercury News Observer Packet Post Press Record Register Republican Review Sentinel Spectator Standard Star Sun
    Telegraph Times Tribune World
    """
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ADVERBS = r"(?:(?:\p{Ll}+ly|then|also|again|further|here|thus|only|now|once|had|has|simply|itself|merely)\s){0,3}"
_DETERMINER = (
    r"(?:(?:[Tt]h(?:e|is|at|ese)|[Hh]is|[Hh]er|[Mm]y|[Yy]our|[Oo]ur|[Tt]heir|[Ii]ts|[Aa]n?|[Oo]ne|[Aa]nother|[Ee]ach|[Nn]o"
    r"|[Dd](?:er|ie|as)|[Dd]iese[rs]?|[Ee]ine?|[Ii]hre?|[Ss]eine?|[Uu]nsere?|[Ll][ea]s?|[Uu]ne?|[Cc]e(?:tte)?|[Ss](?:a|on))\s"
    r"|[LlCc]['’]|(?:\p{Lu}[\p{L}.-]*\s){0,3}\p{Lu}[\p{L}-]+['’]s?\s)"
)
_NUMBER = r"\s(?:\d+|[IVXL]+\b|(?:No\.|§)\s?\d+)"
_PREPOSITION = (
    r"(?:of|from|to|by|dated|addressed|over|on|in|above|at|upon|for|between|concerning|against|with|under|within|signed"
    r"|von|vom|an|über|auf|am|zu|aus|zwischen|de|du|des|sur|à|au|entre)"
)
#: Where a clause may begin.
_CLAUSE = (
    r"(?:\A|[,;:—–(“‘\"'»„‚«]\s?|\b(?:[Tt]hat|[Aa]nd|[Bb]ut|[Aa]s|[Ww]hile|[Ff]or|[Ii]f|[Bb]ecause|[Tt]hough"
    r"|[Ww]here|daß|dass|und|que)\s)"
)
_NO_VERB = r"(?!(?:and|or|was|were|is|are|be|been|had|who|which|that|when|he|she|they|I|we)\s)"


#: From the beginning of a clause to its paper; a number behind it does for "the".
_BEFORE_PAPER = regex.compile(rf"(?r){_CLAUSE}{_DETERMINER}(?:{_NO_VERB}[\p{{L}}-]+\s){{0,3}}?")
_BEFORE_NUMBERED = regex.compile(rf"(?r){_CLAUSE}")
#: From a paper to its verb: "of Mr. Tull to the vestry", "over the door".
_BEHIND_PAPER = regex.compile(
    rf"(?P<number>{_NUMBER})?(?:\s{_PREPOSITION}(?:\s{_NO_VERB}[\p{{L}}\d’'.-]+){{1,8}})?\s{_ADVERBS}"
)
_TO_VERB = regex.compile(rf"(?r)\s{_ADVERBS}")
_NAME_OF_NEWSPAPER = regex.compile(r"(?r)\b[Tt]he\s(?:\p{Lu}[\p{L}.’'-]+\s){0,3}")


class Papers:
    """Knows the papers of a language, and the titles in italics of a document."""

    def __init__(self, papers: frozenset[str], titles: Mapping[tuple[str, int], int]) -> None:
        """`titles` is where words in italics begin, by the flow and the offset where they end."""
        self._papers = papers
        self._titles = titles

    def among(self, seen: Iterable[str]) -> bool:
        """Whether there may be a paper among these words, or beside them."""
        return bool(self._titles) or not (self._papers.isdisjoint(seen) and _NEWSPAPERS.isdisjoint(seen))

    def named(self, text: str, flow: str, start: int, end: int) -> bool:
        """Whether `text[start:end]` names a paper: by its first noun or its last, or in italics."""
        nouns = _WORD.findall(text, start, end)
        return (flow, end) in self._titles or any(
            noun in self._papers or noun in _NEWSPAPERS for noun in (*nouns[1:2], *nouns[-1:])
        )

    def speaks(self, text: str, flow: str, low: int, verb: int) -> bool:
        """Whether the subject of the verb at `verb` is a paper; the sentence begins at `low`."""
        near = max(low, verb - 120)
        between = text[near:verb]
        for noun in _WORD.finditer(between):
            paper, newspaper = noun[0] in self._papers, noun[0] in _NEWSPAPERS
            if not (paper or newspaper):
                continue
            behind = _BEHIND_PAPER.fullmatch(between, noun.end())
            if behind is None:
                continue
            if paper and _BEFORE_PAPER.match(between, 0, noun.start()):
                return True
            if behind["number"] and noun[0][0].isupper() and _BEFORE_NUMBERED.match(between, 0, noun.start()):
                return True
            if newspaper and _NAME_OF_NEWSPAPER.match(between, 0, noun.start()):
                return True
        gap = _TO_VERB.match(text, low, verb) if self._titles else None
        start = self._titles.get((flow, gap.start())) if gap else None
        return start is not None and text[start].isupper()
