"""Speech that a dash opens at the beginning of a paragraph, where the language has it so; never in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from teiprep.document import Block

    from .cues import Cues

_DASH = regex.compile(r"[—–―]\s?(?=[^\s—–―])")
#: What may end the words spoken: who speaks stands behind a comma or a sentence's end, in Spanish behind a dash.
_MAY_END = regex.compile(r"(?P<mark>[,!?…])\s(?P<verb>\p{Ll}+(?:['’]\p{Ll}+)?)|\s[—–](?P<aside>\p{Ll}+)")


def spoken(text: str, block: Block, cues: Cues, *, alone: bool) -> tuple[int, int] | None:
    """Where the spoken words end, and where the verb that tells of them does (the same, if none does).

    None if the block begins with no dash, or no verb tells of them and the dash `alone` is not enough.
    """
    if block.type != "p" or _DASH.match(text, block.start, block.end) is None:
        return None
    for match in _MAY_END.finditer(text, block.start, block.end):
        if match["aside"]:
            if alone:
                return match.start(), match.end()
        elif match["verb"] in cues.said:
            return match.end("mark"), match.end()
    return (block.end, block.end) if alone else None
