"""Which quotation marks of one block of text make pairs.

Directed marks say themselves whether they open, unless what stands beside them says the contrary plainly; straight ones
are read by what stands beside them, and alternate where that is open. Guillemets open or close by what stands beside
them, so that «…» and »…« need no setting. Single marks share their signs with apostrophes: they count only where they
open a word and find a partner between the same double marks. Inches, seconds and ditto marks are no quotation marks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from teiprep.document import Certainty

#: Every sign that may be a mark.
_SIGNS = ("“", "”", '"', "‘", "’", "'", "„", "«", "»", "‹", "›", "`", "‚", ",,")
#: In a text so short, as most notes are, one pattern tells sooner that there is none.
_SHORT_TEXT = 1000
_ANY_SIGN = re.compile(r"[“”\"‘’'„«»‹›`‚]|,,")
_SINGLE = frozenset("‘’'`‚")
_DOUBLED = frozenset(("``", "‘‘", "’’", "''"))
_OPEN_BEFORE = frozenset(" \t\n\xa0([{<—–-/=“‘\"'`„‚«‹»›\u2009\u202f…")
_CLOSE_AFTER = frozenset(" \t\n\xa0)]}>—–-/.,;:!?”’\"'»›«‹“‘\u2009\u202f…*")
_STOPS = frozenset(".,;:!?…—–-)")
#: What closes what a mark has opened, if both are double.
_CLOSES = {
    "“": ("”", "“", '"', "’’", "''"),
    "”": ("”", '"'),
    "„": ("“", "”", '"', "’’", "''"),
    ",,": ("''", "’’", "“", "”", '"'),
    "``": ("''", "’’", '"', "”"),
    "‘‘": ("’’", "''", "”"),
    "''": ("''",),
    "«": ("»",),
    "»": ("«",),
    "‹": ("›",),
    "›": ("‹",),
    '"': ('"', "”", "“", "''"),
}
#: What closes what a single mark has opened.
_CLOSES_SINGLE = {"‘": "’", "'": "'", "`": "'’", "‚": "‘’"}
#: The pairs that are as they should be; the others are of medium certainty.
_CLEAR = frozenset(("“”", "„“", "„”", '""', "«»", "»«", "‹›", "›‹", "``''", "‘‘’’", ",,''", ",,“"))
#: No author quotes deeper than this. A page of nothing but marks would, and each quotation would be recorded in full.
DEEPEST = 8
#: How many single marks are looked at to find the partner of one.
_FAR = 60
#: Feet before inches, degrees or minutes before seconds: 6' 2", 51° 30' 15".
_FEET = regex.compile(r"\d\s?['’′]\s?[\d¼½¾/]{1,5}$")
_MEASURED = regex.compile(
    r"\s?(?:by|x|×|wide|long|thick|tall|high|deep|broad|square|diameter|guns?|shells?|howitzers?|mortars?|pipes?|boards?"
    r"|planks?|bore|[NSEW]\b)"
)
#: Words that begin with an apostrophe. A quotation may be one of them ('neath'), so no mark may follow.
_ELISION = regex.compile(
    r"['‘](?:(?:tis|twas|twere|twill|twould|twixt|tween|tain|em|til|neath|gainst|mongst|pon|im|ers|imself|erself|uns?|ud|ll|ve"
    r"|ead|eard|eart|eaven|ard|alf|ands|ave|aven|avin|ome|ouse|ouses|orse|orses|elp|undred|usband|appen|appened|appy|ungry"
    r"|tother|nother|nuff|spect|spose|scuse|cept|prentice|prentices|fraid|Frisco|varsity)"
    r"(?![\p{L}’'”\"])|\d\ds?\b|e(?=\s)|tisn['’]t|twasn['’]t|tain['’]t|[nN]['’])",
    regex.IGNORECASE,
)
#: “‘Twas late,’ he said” has one mark for both. It opens if it begins a sentence and a sure partner follows.
_CUT_AND_OPEN = regex.compile(r"['‘]T(?:is|was|were|will|would|isn['’]t|wasn['’]t)\b")
_NEW_SENTENCE = regex.compile(r"(?r)[.,:;!?—–]\s")
#: Words that are also others; they are cut only in the midst of a clause, where a quotation would rarely begin.
_PERHAPS_CUT = regex.compile(
    r"(?<=[\p{L}’'-]\s)['‘](?:till|cause|round|bout|gin|mid|fore|ere|er|is|re|d|s|t|e|ear|and|at|as|ad|ow|old|ope|ell|ot|other"
    r"|stead|most|long|way|side|board|deed|low|phone|bus|plane|flu|change|eighties|nineties|seventies|sixties|fifties"
    r"|forties|thirties|twenties)(?![\p{L}’'”\"])"
)
_ELIDED = frozenset(("an", "th", "o", "ol", "wi", "t", "i", "yo", "fo", "ha"))
#: Words that end with an apostrophe, without it: the plural's genitive, goin', an', th', o'.
_CUT = regex.compile(
    r"\b(?:\p{Ll}{2,}(?<!a|eg|ith|ou)in|\p{L}+[szx]|an|th|o|ol|owd|wi|t|i|yo|mo|fo|tho|thro|altho|ha|ma|gi|sma|lan|don|de)$"
)


#: How long a quotation may be whose marks have spaces inside, in characters.
_SPACED = 1000
_FIGURE = re.compile(r"\d")


class Pair(NamedTuple):
    """A quotation, or a part of one, within one block: from its opening mark to behind its closing one.

    `opening` and `closing` are the marks; "" where a part of a quotation over several blocks has none.
    """

    start: int
    end: int
    certainty: Certainty = "high"
    opening: str = ""
    closing: str = ""

    def inner(self, text: str) -> str:
        """What stands between the marks."""
        return text[self.start + len(self.opening) : self.end - len(self.closing)].strip()


@dataclass(slots=True)
class Marks:
    """What the marks of one block come to; marks without a partner are (offset, mark), the single ones apart."""

    pairs: list[Pair] = field(default_factory=list)
    unopened: list[tuple[int, str]] = field(default_factory=list)
    unclosed: list[tuple[int, str]] = field(default_factory=list)
    single: tuple[int, str] | None = None


#: A block without marks. Nobody changes it.
NOTHING = Marks()


class _Open(NamedTuple):
    at: int
    mark: str
    isolated: bool = False


def signs(text: str) -> list[tuple[int, str]]:
    """The signs that may be marks, with their offsets.

    Apostrophes between two letters are none; two single signs side by side are one.
    """
    if len(text) < _SHORT_TEXT and _ANY_SIGN.search(text) is None:
        return []
    places: list[tuple[int, str]] = []
    last = len(text) - 1
    for sign in _SIGNS:  # each by itself: several times as fast as one pattern for all
        apostrophe = sign in "’'"
        at = text.find(sign)
        while at >= 0:
            if not (apostrophe and 0 < at < last and text[at - 1].isalpha() and text[at + 1].isalpha()):
                places.append((at, sign))
            at = text.find(sign, at + 1)
    places.sort()
    found: list[tuple[int, str]] = []
    taken = 0
    for at, sign in places:
        if at < taken:
            continue
        mark = sign
        if mark in "`‘’'" and text.startswith(mark, at + 1):
            mark += mark
        elif mark == ",," and not text[at + 2 : at + 3].isalpha():
            continue
        taken = at + len(mark)
        found.append((at, mark))
    return found


def pair(text: str, low: int, high: int, marks: Sequence[tuple[int, str]], *, german: bool = False) -> Marks:
    """Pair the `marks` of `text[low:high]`; in a `german` text » opens where what stands beside it does not say.

    >>> text = "“The men’s ‘rights’,” he said"
    >>> [text[p.start : p.end] for p in pair(text, 0, len(text), signs(text)).pairs]
    ['“The men’s ‘rights’,”', '‘rights’']
    """
    found = Marks()
    single: list[tuple[int, str]] = []
    stack: list[_Open] = []
    for at, mark in marks:
        if mark in _SINGLE:
            single.append((at, mark))
            continue
        before = text[at - 1] if at > low else " "
        after = text[at + len(mark)] if at + len(mark) < high else " "
        role = _role(text, at, mark, before, after, stack, german=german)
        if mark in _DOUBLED and not (role == "closes" and _partner(stack, mark) is not None) and role != "opens":
            single += ((at, mark[0]), (at + 1, mark[1]))
        elif role == "opens":
            if mark == '"' and stack and stack[-1].mark == '"':
                if before.isspace() and not stack[-1].isolated:
                    found.unclosed.append(stack[-1][:2])
                if before.isspace() or stack[-1].isolated:
                    stack.pop()
            stack.append(_Open(at, mark))
        elif role == "isolated":
            # Two marks that nothing leans against are a row of ditto marks.
            if mark == '"' and stack and stack[-1].mark == '"' and stack[-1].isolated:
                if _is_spaced(text, stack[-1].at + 1, at):
                    _close(found, stack, text, at, mark, alone=True)
                else:
                    stack.pop()
            else:
                stack.append(_Open(at, mark, isolated=True))
        elif role == "closes":
            _close(found, stack, text, at, mark, alone=before.isspace() and after.isspace())
    found.unclosed += (one[:2] for one in stack if not one.isolated)
    found.unclosed.sort()
    found.pairs.sort(key=order)
    if single:
        _add_singles(text, low, high, single, found)
        found.pairs.sort(key=order)
    return found


def order(each: Pair) -> tuple[int, int]:
    """Outer before inner."""
    return each.start, -each.end


def _role(text: str, at: int, mark: str, before: str, after: str, stack: Sequence[_Open], *, german: bool) -> str:
    """What a double mark does: `opens`, `closes`, is `isolated` (and may do either), or "" if it is none."""
    top = stack[-1].mark if stack else ""
    if mark in "«»‹›":
        could_open, could_close = before in _OPEN_BEFORE, after in _CLOSE_AFTER
        if could_open != could_close and not (before.isspace() and after.isspace()):
            return "opens" if could_open else "closes"
        return "opens" if (mark in "«‹") != german else "closes"
    alone = before.isspace() and after.isspace()
    if mark == '"':
        if before.isnumeric() and (
            top != '"' or _FEET.search(text, max(0, at - 8), at) or _MEASURED.match(text, at + 1)
        ):
            return ""
        if alone:
            return "closes" if stack and not stack[-1].isolated and _partner(stack, mark) is not None else "isolated"
        could_open, could_close = before in _OPEN_BEFORE, after in _CLOSE_AFTER
        # A mark between two spaces, or none: they alternate.
        return "opens" if (could_open if could_open != could_close else top not in {'"', "„"}) else "closes"
    if mark in {"„", ",,", "``"}:
        return "" if after.isspace() else "opens"
    if mark == "“":
        contrary = before not in _OPEN_BEFORE and after in _CLOSE_AFTER and top in {"“", "„", ",,"}
        return "closes" if contrary else "isolated" if alone and (not stack or stack[-1].isolated) else "opens"
    if mark == "”":
        if stack:
            return "closes"
        return "opens" if before in _OPEN_BEFORE and after.isalnum() else "" if alone else "closes"
    # Two single marks that stand for a double one, if they do.
    if before in _OPEN_BEFORE and after.isalnum() and mark in {"‘‘", "''"}:
        return "opens"
    return "closes" if mark in {"’’", "''"} else ""


def _partner(stack: Sequence[_Open], mark: str) -> int | None:
    """Which of the open marks `mark` closes: the last, or one or two below it if the last has nothing to do with it."""
    for k in range(len(stack) - 1, max(-1, len(stack) - 4), -1):
        if mark in _CLOSES[stack[k].mark]:
            return k
        if stack[k].mark == "“":
            return None
    return None


def _is_spaced(text: str, start: int, end: int) -> bool:
    """Whether marks that nothing leans against hold words, as in " It rains, " she said.

    Between ditto marks stand few words or none, figures, and no stop before the second.
    """
    if end - start > _SPACED or _FIGURE.search(text, start, end):
        return False
    inner = text[start:end].strip()
    return inner[:1].isalpha() and (inner[-1] in "!?" or (inner[-1] in ",.;:…—" and " " in inner))


def _close(found: Marks, stack: list[_Open], text: str, at: int, mark: str, *, alone: bool) -> None:
    k = _partner(stack, mark)
    if k is None:
        found.unopened.append((at, mark))
        return
    found.unclosed += (one[:2] for one in stack[k + 1 :] if not one.isolated)
    del stack[k + 1 :]
    start, opening, isolated = stack.pop()
    if isolated and alone and not _is_spaced(text, start + len(opening), at):
        return  # a row of ditto marks
    if len(stack) < DEEPEST:
        clear: Certainty = "low" if isolated else "high" if opening + mark in _CLEAR else "medium"
        found.pairs.append(Pair(start, at + len(mark), clear, opening, mark))


# --- single marks ---------------------------------------------------------------------------------------------------


def _add_singles(text: str, low: int, high: int, single: Sequence[tuple[int, str]], found: Marks) -> None:
    """The pairs of single marks: both of a pair stand within the same double marks."""
    groups: dict[int, list[tuple[int, str]]] = defaultdict(list)
    bounds: dict[int, tuple[int, int]] = {-1: (low, high)}
    around: list[Pair] = []
    k = 0
    for at, mark in single:
        while k < len(found.pairs) and found.pairs[k].start < at:
            around.append(found.pairs[k])
            k += 1
        while around and around[-1].end <= at:
            around.pop()
        key = around[-1].start if around else -1
        if around:
            bounds[key] = around[-1].start, around[-1].end
        groups[key].append((at, mark))
    pairs = []
    for key, marks in groups.items():
        made, open_one = _singles(text, *bounds[key], marks)
        pairs += made
        if key == -1:
            found.single = open_one
    found.pairs += pairs


def _singles(
    text: str, low: int, high: int, marks: Sequence[tuple[int, str]]
) -> tuple[list[Pair], tuple[int, str] | None]:
    """The pairs among `marks`, and the last that opened something and found no sure partner, if no pair follows."""
    pairs: list[Pair] = []
    waiting: tuple[int, str] | None = None
    taken_until = low
    for k, (at, mark) in enumerate(marks):
        if at < taken_until or mark == "’":
            continue
        cut = _CUT_AND_OPEN.match(text, at) is not None and (
            at == low or _NEW_SENTENCE.match(text, low, at) is not None
        )
        if not cut and not _may_open(text, low, high, at):
            continue
        closing = _closing(text, high, marks, k)
        if cut and (closing is None or text[closing[0] - 1] not in _STOPS):
            continue
        if closing is None:
            waiting = at, mark
            continue
        end, certainty = closing
        pairs.append(Pair(at, end + 1, certainty, mark, text[end]))
        # ‘The sailors’ boat …: what looks like the partner may be an apostrophe, and the words go on in the next block.
        taken_until, waiting = end + 1, ((at, mark) if certainty == "low" else None)
    return pairs, waiting


def _may_open(text: str, low: int, high: int, at: int) -> bool:
    before, after = text[at - 1] if at > low else " ", text[at + 1] if at + 1 < high else " "
    if before not in _OPEN_BEFORE or not (after.isalnum() or after in '“"„«[(…$£—’'):
        return False
    return _ELISION.match(text, at) is None and (at == low or _PERHAPS_CUT.match(text, at) is None)


def _closing(text: str, high: int, marks: Sequence[tuple[int, str]], k: int) -> tuple[int, Certainty] | None:
    """Where the single mark `marks[k]` closes, and how sure that is.

    At a mark that can be no apostrophe, else at the only one that may be one, if it stands near.
    """
    start, opening = marks[k]
    signs = _CLOSES_SINGLE[opening]
    doubtful: list[int] = []
    for n in range(k + 1, min(len(marks), k + _FAR)):
        at, mark = marks[n]
        before, after = text[at - 1], text[at + 1] if at + 1 < high else " "
        if mark in signs and not before.isspace() and after in _CLOSE_AFTER and at > start + 1:
            if before in _STOPS:
                return at, "high" if opening != "'" or before not in "—–-" else "medium"
            following = text[at + 2 : at + 3]
            cut = _CUT.search(text, max(start + 1, at - 12), at)
            whole = cut is not None and cut.start() == start + 1 and cut[0] not in _ELIDED
            digits = before.isnumeric() and not text[start + 1].isnumeric()
            another = n + 1 < len(marks) and marks[n + 1][0] <= at + 2 and marks[n + 1][1] in signs
            if digits or (
                cut and not whole and (another or cut[0][-2:] == "in" or (after == " " and following.isalnum()))
            ):
                doubtful.append(at)
                continue
            return at, "medium" if after == " " and following.islower() else "high"
        if mark in "‘'`" and mark == opening and _may_open(text, start, high, at):
            break
    if len(doubtful) == 1 and text.count(" ", start, doubtful[0]) < 3:
        return doubtful[0], "low"
    return None  # "'the workers' rights' and …" has two: leave it
