"""Quotations over several blocks of one flow: paragraphs that each begin with a mark again, verse, lists, page cuts.

A mark that is open at the end of a block waits for the next: that may begin with the same mark again (and go on, or
close), or close without. Where neither comes, or where the open words themselves show that the closing mark was lost,
the mark is reported and nothing else is lost: each block begins afresh.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from .marks import NOTHING, Marks, Pair, order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from teiprep.document import Block

#: Blocks of which several are one text, with marks at its two ends only.
_LINES = frozenset({"l", "item"})
#: So many blocks may stand between an opening mark and its closing one if none of them has a mark.
_SILENT = 4
#: Words that tell who spoke, in what is still open: the closing mark stood before them, and was lost.
_TOLD = regex.compile(
    r"[,!?.]\s(?:said|says|cried|replied|answered|asked|exclaimed|returned|quoth|whispered|observed|remarked)\s"
    r"(?:he|she|I|they|the|his|her|my|\p{Lu}[\p{L}.]+)\b"
    r"|[,!?]\s(?:he|she|I|they|\p{Lu}[\p{L}.]+(?:\s\p{Lu}[\p{L}.]+)?)\s"
    r"(?:said|cried|replied|answered|asked|exclaimed|whispered)\b"
)
_DOUBLE_OPEN = frozenset('“"')


@dataclass(slots=True)
class Paired:
    """What stands in quotation marks in one flow.

    `pairs` are those of each block, in order, with the parts of chains among them; `chains` are the parts of each
    quotation over several blocks, by where its first begins; `odd` are the offsets of marks without a partner.
    """

    pairs: list[list[Pair]] = field(default_factory=list)
    chains: dict[int, list[Pair]] = field(default_factory=dict)
    odd: list[tuple[int, Block]] = field(default_factory=list)


@dataclass(slots=True)
class _Chain:
    """A quotation that is still open: its parts, each with the number of its block."""

    parts: list[tuple[int, Pair]]
    quiet: bool = False  # by a single mark, which may be an apostrophe after all: nothing is reported

    @property
    def opening(self) -> str:
        return self.parts[0][1].opening

    @property
    def silent(self) -> int:
        """How many of the last parts have no mark."""
        count = 0
        while self.parts[-1 - count][1].opening == "":
            count += 1
        return count


def join(
    text: str, blocks: Sequence[Block], marks: Sequence[Marks], told_behind: Callable[[str, Pair, int], bool]
) -> Paired:
    """The quotations of a flow, given the marks of its blocks in order.

    `told_behind` says whether the words behind a pair, up to an offset, tell who spoke.
    """
    found = Paired()
    chain: _Chain | None = None
    for number, (block, here) in enumerate(zip(blocks, marks, strict=True)):
        if here is NOTHING and chain is None:
            found.pairs.append([])
            continue
        found.pairs.append(list(here.pairs))
        unopened, unclosed = list(here.unopened), list(here.unclosed)
        if chain is not None:
            if _has_its_own(text, blocks, block, chain, here, told_behind):
                done: bool | None = False
            else:
                done = _go_on(text, block, number, chain, here, unopened, unclosed)
            if done is not None:
                if done and len(chain.parts) > 1:
                    _keep(found, chain)
                elif not chain.quiet:
                    first, part = chain.parts[0]
                    found.odd.append((part.start, blocks[first]))
                chain = None
        if chain is None:
            chain = _begin(text, block, number, here, unclosed)
        found.odd += ((at, block) for at, _ in (*unopened, *unclosed))
    if chain is not None and not chain.quiet:
        first, part = chain.parts[0]
        found.odd.append((part.start, blocks[first]))
    found.odd.sort(key=lambda each: each[0])
    return found


def _begin(text: str, block: Block, number: int, here: Marks, unclosed: list[tuple[int, str]]) -> _Chain | None:
    """A chain from the last open mark of a block, unless its closing one was lost within the block."""
    if unclosed:
        at, mark = unclosed[-1]
        lost = any(p.start > at and p.opening == mark for p in here.pairs) or _TOLD.search(text, at, block.end)
        if lost or block.type == "head":
            return None
        unclosed.pop()
        return _Chain([(number, Pair(at, block.end, "medium", mark))])
    if here.single is not None:
        at, mark = here.single
        speech = at == block.start or text[at - 2 : at] in {", ", ": ", ". ", "? ", "! "}
        if speech and text[at + 1 : at + 3].lstrip("’'")[:1].isupper() and not _TOLD.search(text, at, block.end):
            return _Chain([(number, Pair(at, block.end, "medium", mark))], quiet=True)
    return None


def _has_its_own(
    text: str,
    blocks: Sequence[Block],
    block: Block,
    chain: _Chain,
    here: Marks,
    told_behind: Callable[[str, Pair, int], bool],
) -> bool:
    """Whether the block begins with a quotation of its own: it closes again, and who speaks is told behind it.

    The open one has words before it that might tell as much of that: its closing mark was lost.
    """
    number, part = chain.parts[0]
    leading = here.pairs[0] if here.pairs else None
    if leading is None or leading.start != block.start:
        return False
    before = text[blocks[number].start : part.start][-4:].rstrip()
    if not before or before[-1] in '.!?’”"':
        return False  # a sentence of its own: who speaks may be told behind its last part
    return told_behind(text, leading, block.end)


def _go_on(
    text: str,
    block: Block,
    number: int,
    chain: _Chain,
    here: Marks,
    unopened: list[tuple[int, str]],
    unclosed: list[tuple[int, str]],
) -> bool | None:
    """Add a block to the chain; whether the chain ends here, and as a quotation: None if it goes on."""
    if block.type == "head":
        return False
    opening = chain.opening
    begins = next((each for each in _again(opening) if text.startswith(each, block.start)), None)
    if begins is not None:
        first = block.start
        if chain.silent and block.type not in _LINES:
            return False  # who repeats the mark repeats it each time
        leading = next((p for p in here.pairs if p.start == first), None)
        if leading is not None:
            chain.parts.append((number, leading._replace(certainty="medium")))
            return True
        if (first, begins) in unclosed:
            if _TOLD.search(text, first, block.end) or any(p.opening == begins for p in here.pairs):
                return False
            unclosed.remove((first, begins))
        elif here.single != (first, begins):
            return False
        chain.parts.append((number, Pair(first, block.end, "medium", begins)))
        return None
    if chain.quiet:
        return False
    if unopened:
        at, mark = unopened[0]
        if any(p.start < at and p.opening == opening for p in here.pairs):
            return False
        unopened.pop(0)
        lines = block.type in _LINES or len(chain.parts) == 1
        chain.parts.append((number, Pair(block.start, at + len(mark), "medium" if lines else "low", "", mark)))
        return True
    silent = not here.pairs and not unclosed
    if silent and (chain.silent < _SILENT or block.type in _LINES):
        chain.parts.append((number, Pair(block.start, block.end, "medium" if block.type in _LINES else "low")))
        return None
    return False


def _again(opening: str) -> tuple[str, ...]:
    """The marks with which a block may begin to go on with a quotation that `opening` began."""
    if opening in _DOUBLE_OPEN:
        return ("“", '"')
    # In older French print every paragraph, or line, begins with » or «.
    return ("«", "»") if opening == "«" else (opening,)


def _keep(found: Paired, chain: _Chain) -> None:
    """Put the parts of a chain in the place of the pairs that they are."""
    parts = [part for _, part in chain.parts]
    for number, part in chain.parts:
        pairs = found.pairs[number]
        pairs[:] = sorted([p for p in pairs if p.start != part.start or not part.opening] + [part], key=order)
    found.chains[parts[0].start] = parts
