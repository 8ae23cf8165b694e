"""Titles of works among what was printed in italics: by their capitals, and by the citation around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from .common import title_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teiprep.document import Annotation, Annotator

_LATIN = regex.compile(
    r"(?i:ibid|idem|op\. ?cit|loc\. ?cit|supra|infra|passim|sic|et al|vide|cf|viz"
    r"|e\.g|i\.e|see(?: also)?|note|continued)\.?[,:]?"
)
#: After a title: place and year in brackets, a volume or page, a date, an edition.
_AFTER = regex.compile(
    r"[,.]?\s?(?:\(|\d+ ?vols?\b|vols?\.|pp?\.|\d+[:(,]|\d{1,2} \p{Lu}|\p{Lu}\p{L}+ \d|\d+(?:nd|rd|th) ed)"
    r"|,\s?\d|\s?\d{4}"
)
_AUTHOR_BEFORE = regex.compile(r"\p{Lu}[\p{L}'’.-]+(?:,? (?:Jr\.|et al\.|[Ee]ds?\.))*,\s$|[”\"],?\s(?:in\s)?$|\bin\s$")
_WORK_BEFORE = regex.compile(
    r"\b(?:(?P<j>newspaper|journal|paper|magazine|periodical|weekly|monthly|daily|review|article in)"
    r"|(?P<m>book|novel|pamphlet)|play|poem|memoirs?)\b[^.;]{0,20}$",
    regex.IGNORECASE,
)

#: A ship's name is printed in italics too, and is no title.
_VESSEL = (
    r"(?:(?:steam|battle)?ship|vessel|steamer|boat|brig|schooner|sloop|cutter|barque|bark|barge|frigate|liner|tug|trawler"
    r"|yacht|packet|cruiser|destroyer|submarine|freighter|tanker|smack)s?|ferr(?:y|ies)"
)
_SHIP_BEFORE = regex.compile(
    rf"\b(?:{_VESSEL}|S\.\s?S\.|H\.\s?M\.\s?S\.|U\.\s?S\.\s?S\.|SS|HMS|USS|aboard|on board)[,:]?\s(?:the\s)?$"
    r"|\b(?:sail|embark|cross|cruis|voyag)\p{L}*\s(?:in|on|by)\sthe\s$",
    regex.IGNORECASE,
)
_SAILS = regex.compile(
    r",?\s(?:(?:had|has|was|were|is)\s)?(?:sailed|sails|gone out|put (?:out|to sea|in)|lay (?:off|at|in)|sank|sunk"
    r"|foundered|lost with|wrecked|launched|steamed|anchored|docked|cleared|run aground)\b"
    # `*Curlew*, a brig of 120 tons`; `the *Curlew*, Capt. Pike, sailed`
    rf"|,\s(?:an?|the)\s(?:(?!about\b|by\b|in\b|o[fn]\b)[\p{{Ll}}-]{{1,15}}\s){{0,2}}(?:{_VESSEL})\b(?!['’])"
    r"|,\s(?:Captain|Capt\.|Master)\s\p{Lu}[\p{L}.]+,"
)


def rule(pen: Annotator) -> Iterator[Annotation]:
    """A `title` on the span of each italic stretch that is one and no citation has tagged; the rest stays emphasis."""
    cited_before = {(title.flow, title.start) for title in pen.document.layer("title")}
    notes = {note.flow for note in pen.document.notes}
    ships = {pen.document.quote(mark) for mark in pen.document.layer("emphasis") if _is_ship(pen, mark)}
    for mark in list(pen.document.layer("emphasis")):
        if mark.attributes.get("rend") != "italic" or (mark.flow, mark.start) in cited_before:
            continue
        text = pen.document.text_of[mark.flow]
        quoted = text[mark.start : mark.end]
        if quoted in ships or _LATIN.fullmatch(quoted.strip()):
            continue
        before, after = text[max(0, mark.start - 60) : mark.start], text[mark.end : mark.end + 40]
        cited = _AFTER.match(after) is not None
        authored = _AUTHOR_BEFORE.search(before) is not None
        work = _WORK_BEFORE.search(before)
        level = work.lastgroup if work else None
        span = "title", mark.flow, mark.start, mark.end
        if mark.flow in notes and (cited or authored) and quoted[:1].isupper():
            yield pen.annotation(*span, rule="cited-title", level=level)
        elif title_case(quoted) and (
            cited or work or before.endswith((" the ", "The ", " The ")) or mark.flow in notes
        ):
            yield pen.annotation(*span, rule="title-in-text", certainty="medium", level=level)


def _is_ship(pen: Annotator, mark: Annotation) -> bool:
    text = pen.document.text_of[mark.flow]
    before = text[max(0, mark.start - 40) : mark.start]
    return _SHIP_BEFORE.search(before) is not None or _SAILS.match(text, mark.end) is not None
