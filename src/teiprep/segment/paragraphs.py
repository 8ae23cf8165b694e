"""Makes paragraphs of chunks: joins what page feet, columns and line ends cut apart; leaves verse and lists alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from .common import Chunk, Joint, Para, continues, unfinished
from .hyphens import joint


@dataclass(frozen=True, slots=True)
class Habits:
    """How the document is written: the width at which its lines are wrapped (0: they are not), and its words."""

    width: int
    words: Counter[str]


def habits(text: str, chunks: list[Chunk]) -> Habits:
    """Learn the wrapping width from chunks of several lines, and the vocabulary for mending hyphens."""
    lengths = sorted(b - a for chunk in chunks if len(chunk.spans) > 2 for a, b in chunk.spans[:-1])
    unwrapped = sum(len(chunk.spans) == 1 and chunk.end - chunk.start > 200 for chunk in chunks)
    width = lengths[len(lengths) * 9 // 10] if len(lengths) >= 6 and len(lengths) > 3 * unwrapped else 0
    words = Counter(re.findall(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*", text.lower()))
    return Habits(width if width >= 30 else 0, words)


def wrapped(text: str, spans: list[tuple[int, int]], width: int) -> bool:
    """Were these lines, four of five at least, broken because the next word did not fit? (The last may be short.)"""
    if not width:
        return False
    full = 0
    for (a, b), (c, d) in pairwise(spans):
        word = re.match(r"\S*", text[c:d])
        full += b - a + 1 + (len(word[0]) if word else 0) >= 0.86 * width
    return full >= 0.8 * (len(spans) - 1)


def paragraphs(text: str, chunks: list[Chunk], habit: Habits) -> list[Para]:
    """Paragraphs, items and single lines, in order; a chunk that takes up a broken sentence joins the one before."""
    out: list[Para] = []
    for chunk in chunks:
        for para in _of_chunk(text, chunk, habit):
            last = out[-1] if out else None
            if last and _run_on(text, last, para, habit):
                last.joints += [joint(text, last.parts[-1], para.parts[0], habit.words), *para.joints]
                last.parts += para.parts
            else:
                out.append(para)
    return out


_MARKED = re.compile(r"(?P<head>#{1,6})[ \t]+(?=\S)|(?P<bullet>[-*•–])[ \t]+(?=[^\s*])|(?P<quote>>)[ \t]?(?=\S)")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s")


def _of_chunk(text: str, chunk: Chunk, habit: Habits) -> list[Para]:
    spans = list(chunk.spans)
    if any(_MARKED.match(text, *span) for span in spans):
        return _of_marked(text, chunk, habit)
    if len(spans) == 1:
        return [Para(spans, after_gap=chunk.after_gap)]
    if sum(bool(_NUMBERED.match(text, *span)) for span in spans) > 1 and _NUMBERED.match(text, *spans[0]):
        return _of_numbered(text, chunk, habit)
    if is_table([text[a:b] for a, b in spans]):
        return [Para(spans, ["line"] * (len(spans) - 1), "table", after_gap=chunk.after_gap, rule="columns")]
    if wrapped(text, spans, habit.width):
        joints = [joint(text, a, b, habit.words) for a, b in pairwise(spans)]
        return [Para(spans, joints, after_gap=chunk.after_gap)]
    if not habit.width and max(b - a for a, b in spans) > 150:
        return _of_ragged(text, chunk, habit)
    return [Para(spans, _line_joints(text, spans, habit.words), after_gap=chunk.after_gap)]


def is_table(lines: list[str]) -> bool:
    """Do (nearly) all the lines have the same number of cells, three at least, set off by wide spaces or tabs?

    >>> is_table(["Year   Ships   Tons", "1919   1,212   48,300", "1924   986   41,150"])
    True
    """
    if len(lines) < 3:
        return False
    cells = Counter(len(re.split(r"[ ]{2,}|\t+", line.strip())) for line in lines)
    most, count = cells.most_common(1)[0]
    return most > 2 and count >= 0.8 * len(lines)


def _line_joints(text: str, spans: list[tuple[int, int]], words: Counter[str]) -> list[Joint]:
    """How lines meet that were not wrapped at a width: a long line that breaks off in mid-sentence runs on.

    Where one does, the lines are prose, and a short one that breaks off runs on as well.
    """
    cut = [
        unfinished(text[a:b])
        and (text[b - 1].isalpha() or text[b - 1] in ",;-—")
        and (continues(text[c:d]) or re.search(r"[^\W\d_]-$", text[a:b]) is not None)
        for (a, b), (c, d) in pairwise(spans)
    ]
    prose = any(
        each and (b - a > 45 or (text[b - 1] == "-" and text[c].islower()))
        for each, ((a, b), (c, _)) in zip(cut, pairwise(spans), strict=True)
    )
    return [
        joint(text, left, right, words) if each and prose else "line"
        for each, (left, right) in zip(cut, pairwise(spans), strict=True)
    ]


def _of_numbered(text: str, chunk: Chunk, habit: Habits) -> list[Para]:
    """A list whose items follow each other without a blank line; each keeps its number, which is part of its text."""
    out: list[Para] = []
    for span in chunk.spans:
        if _NUMBERED.match(text, *span):
            out.append(Para([span], type="item", attributes={"rend": "numbered"}, rule="numbered-item"))
        else:
            out[-1].joints.append(joint(text, out[-1].parts[-1], span, habit.words))
            out[-1].parts.append(span)
    out[0].after_gap = chunk.after_gap
    return out


def _of_ragged(text: str, chunk: Chunk, habit: Habits) -> list[Para]:
    """Long unwrapped lines without blank lines between: each is a paragraph unless it breaks off."""
    out = [Para([chunk.spans[0]], after_gap=chunk.after_gap)]
    for span in chunk.spans[1:]:
        last = out[-1]
        if unfinished(text[last.end - 40 : last.end]) and continues(text[span[0] : span[0] + 40]):
            last.joints.append(joint(text, last.parts[-1], span, habit.words))
            last.parts.append(span)
        else:
            out.append(Para([span]))
    return out


def _of_marked(text: str, chunk: Chunk, habit: Habits) -> list[Para]:
    """Lines of a chunk with markdown's signs at their beginning: heads, items, block quotations."""
    out: list[Para] = []
    for span in chunk.spans:
        match = _MARKED.match(text, *span)
        if match:
            kind = {"head": "head", "bullet": "item", "quote": "quote"}[match.lastgroup or "head"]
            if kind == "quote" and out and out[-1].type == "quote":
                out[-1].parts.append((match.end(), span[1]))
                out[-1].joints.append("space")
                out[-1].marks.append(match.span())
                continue
            para = Para([(match.end(), span[1])], type=kind, marks=[match.span()], rule=f"markdown-{kind}")
            para.rank = 10 * len(match["head"] or "")
            if kind == "item":
                para.attributes["rend"] = "bulleted"
            out.append(para)
        elif out and out[-1].type == "item":
            out[-1].joints.append(joint(text, out[-1].parts[-1], span, habit.words))
            out[-1].parts.append(span)
        elif out and out[-1].type == "p":
            out[-1].joints.append("line" if not habit.width else joint(text, out[-1].parts[-1], span, habit.words))
            out[-1].parts.append(span)
        else:
            out.append(Para([span]))
    out[0].after_gap = chunk.after_gap
    return out


def _run_on(text: str, last: Para, this: Para, habit: Habits) -> bool:
    """Does `this` take up the sentence in which `last` broke off?

    The evidence: `last` does not end like a sentence, and `this` begins in mid-sentence, or (over a page foot) begins
    with a capital while `last` is too long for a line that stands alone.
    """
    if last.type not in {"p", "item"} or this.type != "p":
        return False
    if "line" in last.joints[-40:] or "line" in this.joints:  # not all of them: a paragraph may have thousands
        return False
    head, tail = text[this.start : this.start + 60], text[max(last.start, last.end - 60) : last.end]
    if not unfinished(tail) or tail.endswith(":"):
        return False
    length = last.end - last.start
    prose = length > 60 and (" " in tail)
    if re.search(r"[^\W\d_][-‐¬]$", tail) and head[:1].islower():
        return True
    if continues(head):
        return (
            prose
            or this.after_gap
            or habit.width > 0
            or len(text[last.start : min(last.end, last.start + 200)].split()) > 4
        )
    if not this.after_gap and not _broken_off(tail):
        return False
    # A capital after the cut: a name, most likely; a head or a new paragraph would follow a finished sentence.
    return prose and this.end - this.start > 40 and not re.match(r"\(?\d+[.)]\s", head)


def _broken_off(tail: str) -> bool:
    """Does the text end with a word that cannot end a paragraph: an article, a preposition, a comma?"""
    return bool(
        re.search(
            r"(?:,|\b(?:the|a|an|of|to|in|on|at|by|for|from|with|and|or|but|that|which|who|whom|whose|as|his|her|its|their"
            r"|our|my|this|these|those|was|were|is|are|be|been|had|has|have|would|should|could|will|may|might|not|into|than))$",
            tail,
        )
    )
