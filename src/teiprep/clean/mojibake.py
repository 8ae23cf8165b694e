"""Mojibake: UTF-8 that was read in another encoding, so that `’` became `â€™`.

ftfy knows which characters are suspicious and in which encoding they were misread. It returns texts, not positions,
and is therefore asked about one run of characters at a time; since what it did to a run is one chain of encodings, the
chain taken backwards tells for each repaired character what it was made from, and each becomes an edit of its own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from ftfy import fix_encoding_and_explain
from ftfy.badness import is_bad
from ftfy.chardata import UTF8_DETECTOR_RE

from teiprep.alignment import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

# Two neighbours beyond ASCII, or a lone C1 control. U+FFFD apart: nothing can be decoded from it. The bound keeps the
# work linear on garbage; a run in a text is a few characters long.
_RUN = re.compile("[^\x00-\x7f\ufffd](?:[^\x00-\x7f\ufffd]{1,999}|(?<=[\x80-\x9f]))")
# A sequence whose third byte was dropped, before the next sequence.
_CUT_QUOTE = "â€"
_CUT = re.compile(f"(?<={_CUT_QUOTE})(?=â)")
# `”` is E2 80 9D, and cp1252 has no character at 9D: the byte is lost, or U+FFFD. Of the five such bytes only this one
# occurs in that place in texts, and only behind something.
# Misread twice it is C3 A2 E2 82 AC and what became of 9D.
_LOST_QUOTE = re.compile(
    f"(?<=[^\\s“‘(\\[])(?:{_CUT_QUOTE}[\ufffd\x9d]?|Ã¢â‚¬(?:ï¿½|Â?[\ufffd\x9d]?))(?=[\\s.,;:!?)\\]—–“<*¹²³⁴-⁹]|\\Z)"
)
# cp1252 has no character at 81 either, and so `ﬁ`, EF AC 81, and the raised figures, E2 81 B0–B9, lose a byte.
_LOST_FI = re.compile("ï¬[\ufffd\x81]?(?=[a-z])")
_LOST_RAISED = re.compile("(?<=[\\w.,;:!?)”’\"'])â[\ufffd\x81]?([°´-¹])(?!\\w)")
# The third byte of a sign of punctuation, E2 80 xx, that was read as Latin-1, the others as cp1252.
_MIXED = re.compile(f"{_CUT_QUOTE}([\x80-\x9c\x9e\x9f])")
# The no-break space, C2 A0, and `à`, C3 A0, whose second byte became a space or was dropped at a line's end.
_STRAY = re.compile('(?<=[a-z.,;:!?)”’"])Â(?=\\s|\\Z)|(?<![^\\s])Â (?=\\S)')
_GRAVE = re.compile("(?<![A-ZÀ-Þ])Ã(?: (?= )|(?= ))")


def mojibake(text: str) -> Iterator[Edit]:
    r"""Repair misread UTF-8, also when it was misread twice, and cp1252 that was read as Latin-1 (lone C1 controls).

    >>> [edit[:3] for edit in mojibake("â€œWhat?â€\x9d said RenÃ©.")]
    [(0, 3, '“'), (8, 11, '”'), (20, 22, 'é')]
    """
    if text.isascii():
        return
    for run in _RUN.finditer(text):
        start = run.start()
        for cut in _CUT.finditer(text, start, run.end()):
            yield from _mend(text, start, cut.start())
            start = cut.start()
        yield from _mend(text, start, run.end())


def lost_bytes(text: str) -> Iterator[Edit]:
    """Repair the sequences of which a byte is missing, where it can be only one: `”`, `ﬁ`, the no-break space, `à`.

    Runs after `mojibake`, which leaves them.

    >>> [edit[:3] for edit in lost_bytes("“Yes,â€ he said, voilÃ  tout")]
    [(5, 7, '”'), (21, 23, 'à')]
    """
    if _CUT_QUOTE in text or "Ã¢â‚¬" in text:
        for match in _LOST_QUOTE.finditer(text):
            yield Edit(match.start(), match.end(), "”", "encoding", "lost_bytes")
        for match in _MIXED.finditer(text):
            sign = bytes([0xE2, 0x80, ord(match[1])]).decode()
            yield Edit(match.start(), match.end(), sign, "encoding", "lost_bytes")
    if "ï¬" in text:
        for match in _LOST_FI.finditer(text):
            yield Edit(match.start(), match.end(), "fi", "encoding", "lost_bytes")
    if "â" in text:
        for match in _LOST_RAISED.finditer(text):
            raised = bytes([0xE2, 0x81, ord(match[1])]).decode()
            yield Edit(match.start(), match.end(), raised, "encoding", "lost_bytes")
    if "Â" in text:
        for match in _STRAY.finditer(text):
            yield Edit(match.start(), match.start() + 1, "", "encoding", "lost_bytes")
    if "Ã" in text:
        for match in _GRAVE.finditer(text):
            yield Edit(match.start(), match.end(), "à", "encoding", "lost_bytes")


def _mend(text: str, start: int, end: int) -> Iterator[Edit]:
    """The edits that repair the run `text[start:end]`, as a whole if that is possible, else sequence by sequence."""
    if text[start:end] == _CUT_QUOTE or not _is_suspicious(text, start, end):
        return  # what is cut is for `lost_bytes`
    whole = _repaired(text, start, end)
    if whole is not None:
        yield from whole
        return
    # Good characters stand among the bad: `“Ã©`.
    for sequence in UTF8_DETECTOR_RE.finditer(text, start, end):
        if sequence.span() != (start, end) and _is_suspicious(text, *sequence.span()):
            yield from _repaired(text, *sequence.span()) or ()


def _with_neighbours(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The run with the characters beside it that ftfy's heuristic looks at, and how many of them stand at each side.

    Only ASCII, which is the same in all encodings; behind the run no space or sign, which ftfy would take for a lost
    byte: it makes a dagger of `â€` and a space.
    """
    left = int(start > 0 and text[start - 1].isascii() and text[start - 1] not in "\n\r")
    right = int(end < len(text) and text[end].isascii() and text[end].isalnum())
    return text[start - left : end + right], left, right


def _is_suspicious(text: str, start: int, end: int) -> bool:
    return _is_bad(_with_neighbours(text, start, end)[0])


def _repaired(text: str, start: int, end: int) -> list[Edit] | None:
    """The edits that repair the run, or None if ftfy cannot, or gives what nobody would have written."""
    probe, left, right = _with_neighbours(text, start, end)
    origins = _origins(probe, left, right)
    if origins is None:
        return None
    edits = []
    at = start - left
    for character, made_from in origins:
        if character != made_from:
            edits.append(Edit(at, at + len(made_from), character, "encoding", "mojibake"))
        at += len(made_from)
    return edits


# The same few runs come again and again: what ftfy says of one is kept for a while.
_is_bad = lru_cache(maxsize=1024)(is_bad)


@lru_cache(maxsize=1024)
def _origins(probe: str, left: int, right: int) -> tuple[tuple[str, str], ...] | None:
    """Each character of the repaired run and its neighbours with what it was made from, or None: see `_repaired`."""
    fixed, steps = fix_encoding_and_explain(probe)
    if fixed == probe or not steps:
        return None
    # Steps come in pairs: encode in the wrong encoding, decode in the right one. There are others, for lost bytes.
    encoded, decoded = steps[::2], steps[1::2]
    if any(step.action != "encode" for step in encoded) or any(step.action != "decode" for step in decoded):
        return None
    before: list[str] = []
    for character in fixed:
        made_from = character
        try:
            for encode, decode in zip(reversed(encoded), reversed(decoded), strict=True):
                made_from = made_from.encode(decode.parameter).decode(encode.parameter)
        except UnicodeError:
            return None
        before.append(made_from)
    if "".join(before) != probe or not _is_plausible(fixed[left : len(fixed) - right]):
        return None
    return tuple(zip(fixed, before, strict=True))


def _is_plausible(repaired: str) -> bool:
    """Whether a text may hold these characters: no phonetic signs, and no lone sign of another alphabet.

    Without this `”é`, good but for a missing space, would become a Cyrillic letter.
    """
    foreign = 0
    for character in repaired:
        category = unicodedata.category(character)
        if category in {"Cc", "Cn", "Co", "Cs"} or "\u0250" <= character <= "\u02ba" or character == "\ufffd":
            return False
        other_letter = category[0] == "L" and character > "\u024f" and "LATIN" not in unicodedata.name(character)
        if other_letter or "\u0370" <= character <= "\u1dff":
            foreign += 1
    return foreign != 1
