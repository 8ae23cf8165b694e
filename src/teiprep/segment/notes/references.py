"""Candidate references: whatever stands in the running text and may call a note."""

from __future__ import annotations

import re
from typing import NamedTuple

from teiprep.segment.common import SUPERSCRIPTS, SYMBOLS

from .labels import NAME, label_of


class Reference(NamedTuple):
    """A candidate reference, and what its shape weighs for it."""

    start: int
    end: int
    label: str
    weight: float
    #: It stands in round brackets, as the label of its body must.
    round: bool = False

    @property
    def strong(self) -> bool:
        """Whether its shape alone shows that it is one."""
        return self.weight > 0

    @property
    def likely(self) -> bool:
        """Whether a sign of its shape is a reference oftener than not."""
        return self.weight >= _LIKELY


#: What each shape weighs: the most certain prove themselves, the others need a body that outweighs them.
_WEIGHTS = {
    "sup": 1.0, "symbol": 1.0, "caret": 1.0, "bracket": -2.5, "glued": -2.25, "split": -2.25, "line": -2.25,
    "day": -3.25, "letter": -3.25, "paren": -3.25, "year": -3.75, "decimal": -4.5, "code": -4.25,
}  # fmt: skip
_LIKELY = -3.0
_SUP = f"[{SUPERSCRIPTS}]"
#: Where a reference can begin: the search for one set of signs is fast, what stands around them is asked only then.
_SIGNS = re.compile(
    rf"[0-9{SUPERSCRIPTS}{SYMBOLS}\[(^](?:(?<=[0-9])[0-9]*|(?<={_SUP}){_SUP}*|(?<=[{SYMBOLS}])[{SYMBOLS}]*|)"
    r"|(?<=[.,;:!?”’\"])[a-z](?=\s)"
)
_REFERENCE = re.compile(
    # Superscripts, in which OCR may have put a space, or alone on a line.
    rf"(?P<sup>(?:(?<=\S)|(?<=\S )){_SUP}(?:{_SUP}{{0,2}}|[ ]{_SUP})(?![ ]?{_SUP})|^{_SUP}{{1,3}}$)"
    rf"|(?P<caret>\[\^{NAME}\](?!:)"
    r"|\^\[?[0-9]{1,3}\]?(?![\w.,]*[0-9^]))"
    r"|(?P<bracket>\[(?:[0-9]{1,3}|[a-z]|[ivxl]{2,6})\](?!:))"
    r"|(?P<paren>\((?:[0-9]{1,3}|[a-z]|[ivxl]{2,6})\))"
    rf"|(?P<symbol>(?<=[\w.,;:!?)”’\"'])[{SYMBOLS}]{{1,3}}(?=[\s.,;:)]|$))"
    r"|(?P<split>(?<=[.,;:!?)\]”’\"'])[0-9] [0-9](?=\s[^\W\d]|\s*$))"
    # Digits glued to a word or a punctuation mark; split by a space (`26,7 0`) above. `1,200` and `3.5` are none, but
    # behind a number that ends a sentence (`July 9.36 In`) they may be.
    r"|(?P<glued>(?<=[^\W\d_])(?:[0-9]{2,3}[a-d]|[0-9]{1,3})(?![\w°%/]|[.,][0-9])"
    r"|(?<=[.,;:!?)\]”’\"'])(?<![0-9][.:])(?!(?<=[0-9],)[0-9]{3})[0-9]{1,3}[a-d]?(?![\w°%/:]|[.,][0-9]|-[0-9]))"
    r"|(?P<decimal>(?<=[0-9]\.)[0-9]{1,3}(?=\s+[A-Z“\"‘(]))"
    # … or to a year, which makes a number of five or six digits.
    r"|(?P<year>(?<=\b1[5-9][0-9][0-9])[0-9]{1,2}(?![\w°%/:]|[.,][0-9]))"
    r"|(?P<line>(?<=[^\W\d_]\n)[0-9]{1,3}(?=\n[^\W\d_]))"
    r"|(?P<letter>[a-z](?=\s))",
    re.MULTILINE,
)

# What a capital and a digit may spell instead of a reference: a code, a unit, a formula.
_CODE = re.compile(
    r"(?:\b[A-Z]{1,2}|(?:[A-Z]\.){2,6}|[A-Z]{3,}"
    r"|(?<![ap]\.)(?<![ap]\. )\b(?:km|cm|mm|m|kg|ft|sq|No|Nos|pp?|vols?|ch|art)\.?)$"
)
_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? $")
_LATE_DAY = re.compile(r"([12][0-9]|3[01]|[1-9])([0-9]{1,2})")
_AREA = re.compile(r"(?:\d\s?|\b)(?:[kcm]?m|ft|yd|in|mi)$")
_MEASURE = re.compile(r"\d\s?(?:[kcm]?m|ft|yd|in|mi)$")
_FORMULA = re.compile(r"\b[A-Z][a-z]?$")
_POWER = re.compile(r"(?:\b10|\b[a-z]|[×=]\s?\w{1,3})$")
#: A sentence that ends with a day or a year: then what is glued to its stop is no fraction.
_DATED = re.compile(r"(?:[A-Z][a-z]{2,8}\.? [0-3]?[0-9]|\b1[5-9][0-9][0-9])\.$")


def find_references(text: str) -> list[Reference]:
    """Candidate references in `text`, in order; what belongs to the furniture is masked in it.

    Letters are candidates only for bodies that have letters.
    """
    found: list[Reference] = []
    done = 0
    for sign in _SIGNS.finditer(text):
        at, stop = sign.span()
        if at < done:
            continue
        before = text[max(0, at - 18) : at]
        if stop - at in {5, 6}:
            at += 4  # behind a year the reference is the fifth digit
        elif 1 < stop - at < 4 and before.endswith(" ") and _MONTH.search(before):
            day = _LATE_DAY.fullmatch(sign[0])
            if day and int(sign[0]) > 31:  # `February 93` is the ninth with note 3
                found.append(Reference(at + day.end(1), stop, day[2], _WEIGHTS["day"]))
            continue
        match = _REFERENCE.match(text, at)
        if match is None:
            continue
        kind = match.lastgroup or ""
        label = label_of(match[0])
        if label[0] == "0":
            continue
        weight = _WEIGHTS[kind] + _context(kind, before, text[match.end() : match.end() + 3])
        glued = text[match.end() : match.end() + 1].isalpha()
        if kind == "sup" and (_AREA.search(before) or before.endswith("10") or (glued and _FORMULA.search(before))):
            continue  # km², 10³, H²O
        if kind == "glued" and _MEASURE.search(before):
            continue
        if kind in {"sup", "caret"} and _POWER.search(before):
            continue
        if kind == "glued" and _CODE.search(before):
            weight = _WEIGHTS["code"]
        elif kind == "glued" and before[-1:].islower():
            weight += -0.5 if label == "1" else 0.5  # `critica1`: the letter l
        if kind == "decimal" and _DATED.search(before):
            weight = _WEIGHTS["glued"]
        done = match.end()
        found.append(Reference(at, done, label, weight, round=kind == "paren"))
    return found


def _context(kind: str, before: str, after: str) -> float:
    """What stands around a sign in brackets weighs: an enumeration stands alone and words follow it."""
    if kind not in {"bracket", "paren"}:
        return 0.0
    if before[-1:].isdigit():
        return -3.0  # `Section 40(a)`
    alone = not before or before[-1].isspace()
    if alone and before[-2:-1].isdigit():
        return -2.0  # `5 [6] o’clock`: somebody corrects a number
    if alone and (not before.strip() or before.rstrip(" ")[-1:] in {"", "\n", ":", ";", "—"} or after[:1] == "\n"):
        return -2.0
    if kind == "paren" and alone and after[:1] == " " and after[1:2].islower():
        return -1.5
    return 0.5 if not after or after[0] in ".,;:!?)\n" or not alone else 0.0
