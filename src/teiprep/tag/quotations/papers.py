"""Papers as subjects: "Article 5 of the treaty provides that", "the inscription over the door reads"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import regex

from teiprep.tag.common import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .cues import Cues

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


class Papers:
    """Knows the papers of a language, and the titles in italics of a document."""

    def __init__(self, cues: Cues, titles: Mapping[tuple[str, int], int]) -> None:
        """`titles` is where words in italics begin, by the flow and the offset where they end."""
        self._titles = titles
        self._papers = cues.papers | {noun.capitalize() for noun in cues.papers}
        self._subject = regex.compile(
            rf"{_CLAUSE}(?:{_DETERMINER}(?:{_NO_VERB}[\p{{L}}-]+\s){{0,3}}?\L<papers>(?:{_NUMBER})?"
            rf"|(?=\p{{Lu}})\L<papers>{_NUMBER}|§\s?\d+|Scriptures?)"
            rf"(?:\s{_PREPOSITION}(?:\s{_NO_VERB}[\p{{L}}\d’'.-]+){{1,8}})?\s{_ADVERBS}\Z",
            papers=self._papers,
        )
        self._newspaper = regex.compile(
            rf"\b[Tt]he\s(?:\p{{Lu}}[\p{{L}}.’'-]+\s){{0,3}}\L<names>\s{_ADVERBS}\Z", names=_NEWSPAPERS
        )
        self._adverbs = regex.compile(rf"(?r)\s{_ADVERBS}")

    def speaks(self, text: str, flow: str, low: int, verb: int) -> bool:
        """Whether the subject of the verb at `verb` is a paper; the sentence begins at `low`."""
        between = text[max(low, verb - 120) : verb]
        nouns = _WORD.findall(between)
        if not self._papers.isdisjoint(nouns) and self._subject.search(between):
            return True
        if not _NEWSPAPERS.isdisjoint(nouns) and self._newspaper.search(between):
            return True
        gap = self._adverbs.match(text, low, verb)
        start = self._titles.get((flow, gap.start())) if gap else None
        return start is not None and text[start].isupper()
