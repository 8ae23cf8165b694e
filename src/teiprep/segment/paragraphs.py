"""Makes paragraphs of chunks: joins what page feet, columns and line ends cut apart; leaves verse and lists alone."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from .common import Chunk, Joint, Para, continues, unfinished
from .continuity import certainty, weigh
from .hyphens import joint
from .tables import is_table
from .wrapping import beginnings, full, wrapping

if TYPE_CHECKING:
    from collections.abc import Iterable

    from teiprep.document import Certainty

    from .wrapping import Habits, HabitsByPlace


def paragraphs(text: str, chunks: list[Chunk], habits: HabitsByPlace) -> list[Para]:
    """Paragraphs, items and single lines, in order; a chunk that takes up a broken sentence joins the one before."""
    out: list[Para] = []
    for chunk in chunks:
        habit = habits.at(chunk.start)
        found = _of_chunk(text, chunk, habit)
        found[0].anew = chunk.anew
        if len(found) > 1 and out and text[out[-1].end - 1] == ":" and all(_is_line(para) for para in found):
            _make_items(found)
        for para in found:
            last = out[-1] if out and not para.anew else None
            if last and _is_initial(text, last, para, habit):
                last.joints += ["tight", *para.joints]
                last.parts += para.parts
            elif last and (sure := _run_on(text, last, para, habit)):
                if sure != "high":
                    last.doubts[len(last.joints)] = sure
                last.joints += [joint(text, last.parts[-1], para.parts[0], habit.words), *para.joints]
                last.parts += para.parts
            else:
                out.append(para)
    _list_clauses(text, out)
    return out


def _is_line(para: Para) -> bool:
    return para.type == "p" and len(para.parts) == 1


def _make_items(paras: Iterable[Para]) -> None:
    for para in paras:
        para.type, para.rule = "item", "listed-clauses"


def _list_clauses(text: str, paras: list[Para]) -> None:
    """Make items of numbered paragraphs below a colon or a comma that are the clauses of one sentence."""
    k = 1
    while k < len(paras):
        run = k
        while run < len(paras) and paras[run].type == "p" and _NUMBERED.match(text, paras[run].start, paras[run].end):
            run += 1
            if text[paras[run - 1].end - 1] not in ";,":
                break
        if run - k > 1 and text[paras[k - 1].end - 1] in ":,":
            for para in paras[k:run]:
                para.type, para.rule = "item", "listed-clauses"
                para.attributes["rend"] = "numbered"
        k = max(run, k + 1)


_MARKED = re.compile(r"(?P<head>#{1,6})[ \t]+(?=\S)|(?P<bullet>[-*•–])[ \t]+(?=[^\s*])|(?P<quote>>)[ \t]?(?=\S)")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s")


def _of_chunk(text: str, chunk: Chunk, habit: Habits) -> list[Para]:
    spans = list(chunk.spans)
    if any(_MARKED.match(text, *span) for span in spans):
        return _of_marked(text, chunk, habit)
    if len(spans) == 1:
        return [Para(spans, after_gap=chunk.after_gap)]
    if _is_numbered(text, spans):
        return _of_numbered(text, chunk, habit)
    if is_table([text[a:b] for a, b in spans]):
        return [Para(spans, ["line"] * (len(spans) - 1), "table", after_gap=chunk.after_gap, rule="columns")]
    if width := wrapping(text, spans, habit.width):
        return _of_wrapped(text, chunk, habit, width)
    if not habit.width and (max(b - a for a, b in spans) > 150 or _each_is_whole(text, spans)):
        return _of_ragged(text, chunk, habit)
    return [Para(spans, _line_joints(text, spans, habit), after_gap=chunk.after_gap)]


def _of_wrapped(text: str, chunk: Chunk, habit: Habits, width: int) -> list[Para]:
    """Lines that were wrapped at `width`; where one is indented, or ends short, a new paragraph begins."""
    begin = beginnings(text, chunk.spans, width)
    out = []
    for a, b in pairwise([*begin, len(chunk.spans)]):
        spans = chunk.spans[a:b]
        joints = [joint(text, left, right, habit.words) for left, right in pairwise(spans)]
        out.append(Para(spans, joints, after_gap=chunk.after_gap and a == 0))
    return out


def _each_is_whole(text: str, spans: list[tuple[int, int]]) -> bool:
    """Is each line a paragraph of its own: finished sentences, and too long for verse?"""
    return all(
        not unfinished(text[max(a, b - 40) : b]) and text[b - 1] != ":" and not continues(text[a : a + 5])
        for a, b in spans
    ) and (min(b - a for a, b in spans) > 45 or max(b - a for a, b in spans) > 80)


def _is_numbered(text: str, spans: list[tuple[int, int]]) -> bool:
    """Are these lines a list: the first has a number, another has one too, and none stands within a line?

    `(a) the mill; (b) the boats;` is an enumeration in running text, wherever its lines were broken.
    """
    first = _NUMBERED.match(text, *spans[0])
    if not first or sum(bool(_NUMBERED.match(text, *span)) for span in spans) < 2:
        return False
    number = r"\d{1,2}" if text[first.end() - 3].isdigit() else r"(?:[a-z]|[ivx]{1,4})"
    within = re.compile(rf"[;,] (?:and |or )?{re.escape('(' if first[0][0] == '(' else '')}{number}[.)]\s")
    return not any(within.search(text, a + 3, b) for a, b in spans)


def _line_joints(text: str, spans: list[tuple[int, int]], habit: Habits) -> list[Joint]:
    """How lines meet that were not wrapped at a width: a long line that breaks off in mid-sentence runs on.

    Where one does, the lines are prose, and a short one that breaks off runs on as well.
    """
    longest = max(b - a for a, b in spans)
    cut = []
    prose = False
    for (a, b), (c, d) in pairwise(spans):
        hyphen = re.search(r"[^\W\d_]-$", text[max(a, b - 3) : b]) is not None
        opened = unfinished(text[max(a, b - 40) : b]) and (text[b - 1].isalpha() or text[b - 1] in ",;-—")
        each = opened and (continues(text[c:d]) or hyphen)
        prose = prose or (each and (b - a > 45 or (hyphen and text[c].islower())))
        # In prose a line that is full runs on before a capital too.
        cut.append(each or (opened and longest > 45 and full(text, (a, b), (c, d), longest)))
    return [
        joint(text, left, right, habit.words) if each and prose else "line"
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


def _run_on(text: str, last: Para, this: Para, habit: Habits) -> Certainty | None:
    """How sure it is that `this` takes up the sentence in which `last` broke off; None if it does not."""
    if last.type not in {"p", "item"} or this.type != "p":
        return None
    if "line" in last.joints[-40:] or "line" in this.joints:  # not all of them: a paragraph may have thousands
        return None
    return certainty(weigh(text, last, this, habit))


def _is_initial(text: str, last: Para, this: Para, habit: Habits) -> bool:
    """Is `last` a drop capital that stands alone, and the rest of its word the beginning of `this`?"""
    if last.end - last.start > 1 or not text[last.start].isupper() or this.type != "p" or this.joints[:1] == ["line"]:
        return False
    rest = re.match(r"[^\W\d_]+", text[this.start : this.start + 30])
    return bool(rest and rest[0].isupper() and habit.words[(text[last.start] + rest[0]).lower()])
