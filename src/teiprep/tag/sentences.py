"""Sentences: where each ends, by the full stop and what stands beside it; abbreviations and initials do not end one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from .common import leaves, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from teiprep.document import Document

#: A possible end: the mark, what closes after it, and white space before something that can begin a sentence.
#: Possessive, and never begun in the middle of a run of marks: a page of dots must not be tried dot by dot.
_END = regex.compile(r"(?<![.!?…])[.!?…]++(?P<closing>[\"”’')\]]*+)\s++(?=[\"“‘'(\[]*[\p{Lu}\p{N}])")
_WORD_BEFORE = regex.compile(r"[\p{L}\p{N}.]+$")
#: Never the last word of a sentence: titles, and what a number or a name must follow.
_OPEN = words(
    """
    mr mrs ms dr messrs mme mlle rev hon gen col capt maj lt lieut sgt adm cmdr gov sen rep prof amb pres st ste mt ft
    vs cf viz e.g i.e ed eds trans comp fol op loc al jan feb mar apr jun jul aug sept sep oct nov dec
    p pp no nos vol vols wm chas jas geo thos robt
    """
)
#: A number must follow these, else they end a sentence ("this art.").
_NUMBERED = words("art sec sect ch chap par para fig tab doc docs cd ca c")


def sentences(document: Document) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """The sentences of every reading flow: half-open spans in code points of the flow; none crosses a block."""
    spans: dict[str, list[tuple[int, int]]] = {flow.id: [] for flow in document.reading_flows}
    for text, block in leaves(document):
        spans[block.flow] += split(text, block.start, block.end)
    return {flow: tuple(found) for flow, found in spans.items() if found}


def split(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """The sentences of `text[low:high]`, without the white space between them.

    >>> text = "Mr. A. Hale left. He wrote on p. 4."
    >>> [text[a:b] for a, b in split(text, 0, len(text))]
    ['Mr. A. Hale left.', 'He wrote on p. 4.']
    """
    start = low
    for match in _END.finditer(text, low, high):
        if _ends(text, start, match):
            end = match.end("closing")
            yield start, end
            start = match.end()
    while start < high and text[start].isspace():
        start += 1
    end = high
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end


def _ends(text: str, start: int, match: regex.Match[str]) -> bool:
    mark = text[match.start()]
    if mark != "." or match["closing"] or text[match.start() : match.start() + 2] == "..":
        return True
    word = _WORD_BEFORE.search(text, max(start, match.start() - 20), match.start())
    if word is None:
        return True
    before = word[0].casefold()
    following = text[match.end()]
    if before.isdigit() and word.start() == start:
        return False  # "12. Hale": a number at the head of a paragraph
    if len(before) == 1 and word[0].isupper():
        return False  # an initial
    if before in _NUMBERED:
        return not following.isdigit()
    if before in _OPEN:
        return False
    # U.S., D.C.: an end only before a word that commonly begins a sentence.
    if "." in before and before.replace(".", "").isalpha():
        return (
            regex.match(
                r"(?:The|It|In|He|She|They|This|That|We|On|At|But|As|A|An|Its|If|For|There)\b", text, pos=match.end()
            )
            is not None
        )
    return True
