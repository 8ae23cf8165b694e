"""Finds note references and note bodies apart, then pairs them by one alignment over order and number.

References and bodies are *candidates*: `1,200` or `2. Economic aid` may look like one. A candidate becomes a note only
when it finds its partner, or when its shape alone proves it (a superscript, a body at a page foot within a series).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Literal, NamedTuple

from .common import MASK, PLAIN_DIGITS, SUPERSCRIPTS, SYMBOLS, Line, continues, split_lines, unfinished


class Reference(NamedTuple):
    """A candidate reference, with the weight of the evidence that its shape gives."""

    start: int
    end: int
    label: str
    weight: float

    @property
    def strong(self) -> bool:
        """Whether its shape alone shows that it is one."""
        return self.weight >= _STRONG


class Body(NamedTuple):
    """A candidate body: the label's span (with what belongs to it) and the line, by index, on which it begins."""

    start: int
    end: int
    label: str
    line: int
    weight: float
    strong: bool


class Pair(NamedTuple):
    """A note: reference and body, or one of them alone."""

    reference: Reference | None
    body: Body | None
    pairing: Literal["number", "order", ""]
    certainty: Literal["high", "medium", "low"]
    place: Literal["foot", "end"] = "foot"


_STRONG = 2.0
#: What each shape weighs. A sign behind a code or in a date too late for its month needs the support of its neighbours.
_WEIGHTS = {"sup": _STRONG, "symbol": _STRONG, "year": -1.0, "day": -0.5, "code": -1.5}
_SUP = f"[{SUPERSCRIPTS}]"
#: Where a reference can begin: the search for these is fast, what stands around them is asked only then.
_SIGNS = re.compile(rf"[0-9]+|{_SUP}+|[{SYMBOLS}]+|\[")
REFERENCES = re.compile(
    # Superscripts, in which OCR may have put a space, or alone on a line.
    rf"(?P<sup>(?:(?<=\S)|(?<=\S )){_SUP}(?:{_SUP}{{0,2}}|[ ]{_SUP})(?![ ]?{_SUP})|^{_SUP}{{1,3}}$)"
    r"|(?P<bracket>\[\^?[0-9]{1,3}\](?!:))"
    rf"|(?P<symbol>(?<=[\w.,;:!?)”’\"'])[{SYMBOLS}]{{1,3}}(?=[\s.,;:)]|$))"
    r"|(?P<split>(?<=[.,;:!?)\]”’\"'])[0-9] [0-9](?=\s[^\W\d]|\s*$))"
    # Digits glued to a word or a punctuation mark; split by a space (`26,7 0`) above. `1,200` and `3.5` are none, but
    # behind a number that ends a sentence (`July 9.36 In`) they may be.
    r"|(?P<glued>(?<=[^\W\d_])[0-9]{1,3}[a-d]?(?![\w°%/]|[.,][0-9])"
    r"|(?<=[.,;:!?)\]”’\"'])(?<![0-9][.:])(?!(?<=[0-9],)[0-9]{3})[0-9]{1,3}[a-d]?(?![\w°%/:]|[.,][0-9]|-[0-9])"
    r"|(?<=[0-9]\.)[0-9]{1,3}(?=\s+[A-Z“\"‘(]))"
    # … or to a year, which makes a number of five or six digits.
    r"|(?P<year>(?<=\b1[5-9][0-9][0-9])[0-9]{1,2}(?![\w°%/:]|[.,][0-9]))"
    r"|(?P<line>(?<=[^\W\d_]\n)[0-9]{1,3}(?=\n[^\W\d_]))",
    re.MULTILINE,
)
_BODY = re.compile(
    rf"[ \t]{{0,6}}(?P<dash>[-–•]\s+)?(?:(?P<sup>{_SUP}{{1,3}})\s{{0,3}}|(?P<bracket>\[\^?[0-9]{{1,3}}\]:?)\s{{1,3}}"
    rf"|(?P<symbol>[{SYMBOLS}]{{1,3}})\s{{0,3}}(?=[\w“‘\"'(])|(?P<number>[0-9]{{1,3}})(?P<stop>[.)]?)(?:\s{{1,3}})(?=\S))"
)
_LIST_ITEM = re.compile(r" {1,4}([0-9]{1,3})\. (?=\S)")
_NOTES_HEAD = re.compile(r"[#* ]*(?:foot|end)?notes ?:?[* ]*", re.IGNORECASE)

# What a capital and a digit may spell instead of a reference: a code, a unit, a formula.
_CODE = re.compile(
    r"(?:\b[A-Z]{1,2}|[A-Z][A-Z.]+\d*|(?<![ap]\.)(?<![ap]\. )\b(?:km|cm|mm|m|kg|ft|sq|No|Nos|pp?|vols?|ch|art)\.?)$"
)

_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? $")
_LATE_DAY = re.compile(r"([12][0-9]|3[01]|[1-9])([0-9]{1,2})")
_AREA = re.compile(r"(?:\d\s?|\b)(?:[kcm]?m|ft|yd|in|mi)$")


def label_of(printed: str) -> str:
    """The label without its brackets, spaces and superscripts.

    >>> label_of("[12]"), label_of("⁷ ⁰"), label_of("7 0")
    ('12', '70', '70')
    """
    return printed.strip("[]^: ").replace(" ", "").translate(PLAIN_DIGITS)


def find_references(text: str) -> list[Reference]:
    """Candidate references in `text`, in order; what belongs to the furniture is masked in it."""
    found: list[Reference] = []
    done = 0
    for sign in _SIGNS.finditer(text):
        at, stop = sign.span()
        if at < done:
            continue
        before = text[max(0, at - 14) : at]
        if stop - at in {5, 6}:
            at += 4  # behind a year the reference is the fifth digit
        elif 1 < stop - at < 4 and before.endswith(" ") and _MONTH.search(before):
            day = _LATE_DAY.fullmatch(sign[0])
            if day and int(sign[0]) > 31:  # `February 92` is the ninth with note 2
                found.append(Reference(at + day.end(1), stop, day[2], _WEIGHTS["day"]))
            continue
        match = REFERENCES.match(text, at)
        if match is None:
            continue
        kind = match.lastgroup or ""
        if kind == "sup" and _AREA.search(before):
            continue
        if kind == "glued" and _CODE.search(before):
            kind = "code"
        done = match.end()
        found.append(Reference(at, done, label_of(match[0]), _WEIGHTS.get(kind, 0.0)))
    return found


def find_bodies(lines: list[Line], taken: set[int]) -> list[Body]:
    """Candidate bodies: lines (not `taken` by furniture) that begin with a label, with the weight of the evidence."""
    marked: list[tuple[int, re.Match[str]]] = []
    for k, line in enumerate(lines):
        if k in taken or not line.text:
            continue
        if match := _BODY.match(line.text):
            marked.append((k, match))
    foot = _feet(lines, taken, {k for k, _ in marked})
    found: list[Body] = []
    for k, match in marked:
        line = lines[k]
        if _alone(match):
            continue
        label = label_of(match["sup"] or match["bracket"] or match["symbol"] or match["number"])
        strong = bool(match["sup"] or match["symbol"])
        weight = (
            1.0 + foot.get(k, 0.0) + 3.0 * bool(match["sup"]) + 1.5 * bool(match["symbol"]) + 1.0 * bool(match["dash"])
        )
        above = lines[k - 1].text if k and (k - 1) not in taken else ""
        if above and not above.isspace() and unfinished(above) and not (found and found[-1].line == k - 1):
            weight -= 1.5  # in the middle of a paragraph, as far as one can see
            strong = strong and not above[-1:].isalpha()
        rest = line.text[match.end() :]
        if rest[:1].islower():
            weight -= 0.5
        found.append(
            Body(
                line.start + match.start(), line.start + match.end(), label, k, weight, strong and foot.get(k, 0.0) > 2
            )
        )
    return _with_series(found)


def _alone(label: re.Match[str]) -> bool:
    """True if nothing follows the label on its line, or only furniture: a label alone is no note."""
    return not label.string[label.end() :].strip(f" \t{MASK}")


def _with_series(bodies: list[Body]) -> list[Body]:
    """More weight for a body whose neighbours bear the numbers before and after its own."""
    out = []
    for k, body in enumerate(bodies):
        gain = 0.0
        if body.label.isdigit():
            n = int(body.label)
            around = {b.label for b in bodies[max(0, k - 3) : k + 4]}
            gain = 0.75 * ((str(n - 1) in around) + (str(n + 1) in around))
        out.append(body._replace(weight=body.weight + gain))
    return out


def _feet(lines: list[Line], taken: set[int], labelled: set[int]) -> dict[int, float]:
    """How surely each labelled line stands at a page's foot.

    Surely, if it is in a run of labelled chunks that ends at furniture, at a form feed or at the end of the text, or
    before a chunk that takes up a sentence which broke off before the run. Perhaps, if there are one or two chunks
    more before the furniture: a note may have several paragraphs.
    """
    feet: dict[int, float] = {}
    chunks = chunk_lines(lines, taken, labelled)

    def edge(k: int) -> bool:
        """Does the page end behind the chunk before `k`?"""
        if k >= len(chunks):
            return True
        last, first = chunks[k - 1][-1], chunks[k][0]
        if lines[first].text.lstrip().startswith(MASK):
            return True  # a page marker at the head of what follows
        return any(n in taken or lines[n].feed for n in range(last + 1, first + 1))

    k = 0
    while k < len(chunks):
        if chunks[k][0] not in labelled:
            k += 1
            continue
        stop = k + 1
        while stop < len(chunks) and chunks[stop][0] in labelled and not edge(stop):
            stop += 1
        before = lines[chunks[k - 1][-1]].text if k else ""
        after = lines[chunks[stop][0]].text if stop < len(chunks) else ""
        cut = bool(before) and unfinished(before) and (continues(after) or len(before) > 60)
        later = stop < len(chunks) and any(edge(n) for n in (stop + 1, stop + 2))
        weight = 3.0 if edge(stop) or cut else 1.5 if later else 0.0
        feet.update((chunk[0], weight) for chunk in chunks[k:stop] if weight)
        k = stop
    return feet


def chunk_lines(lines: list[Line], taken: set[int], starts: set[int]) -> list[list[int]]:
    """Line indexes grouped into chunks: a chunk ends at a blank or taken line, and before each line of `starts`."""
    chunks: list[list[int]] = []
    current: list[int] = []
    for k, line in enumerate(lines):
        broken = line.blank or k in taken
        if current and (broken or k in starts or line.feed):
            chunks.append(current)
            current = []
        if not broken:
            current.append(k)
    if current:
        chunks.append(current)
    return chunks


def end_lists(lines: list[Line], taken: set[int]) -> tuple[list[list[Body]], list[int]]:
    """Lists of notes that stand together: `  1. …`, `  2. …` without a blank line, or whatever follows a head "Notes".

    Each list is numbered from 1 without a gap; so none of its members can be anything else. The second value are the
    lines that hold such a head.
    """
    lists: list[list[Body]] = []
    heads: list[int] = []
    k = 0
    while k < len(lines):
        match = _LIST_ITEM.match(lines[k].text)
        headed = not match and 0 < len(lines[k].text) < 40 and _NOTES_HEAD.fullmatch(lines[k].text.strip())
        if not headed and not (match and match[1] == "1"):
            k += 1
            continue
        pattern = _BODY if headed else _LIST_ITEM
        run: list[Body] = []
        j = k + 1 if headed else k
        last = k
        while j < len(lines):
            item = pattern.match(lines[j].text)
            label = (
                label_of(item["number"] or item["sup"] or item["bracket"] or "")
                if item and headed
                else item[1]
                if item
                else ""
            )
            if item and label == str(len(run) + 1) and not _alone(item):
                line = lines[j]
                run.append(Body(line.start + item.start(), line.start + item.end(), label, j, 9.0, strong=True))
                last = j
            elif (lines[j].blank and not headed) or j - last > 60:
                break
            j += 1
        # A numbered list in the text ends in the text: what follows notes is the end, or another document.
        if run and (headed or _closes(lines, run[-1].line, taken)):
            lists.append(run)
            heads += [k] if headed else []
            k = run[-1].line
        k += 1
    return lists, heads


def _closes(lines: list[Line], last: int, taken: set[int]) -> bool:
    """Is line `last` the end of the text, or of a document within it (a head or file number follows)?"""
    for k in range(last + 1, len(lines)):
        if lines[k].blank or k in taken:
            continue
        return len(lines[k].text) < 100 and not lines[k].text.rstrip().endswith((",", ";"))
    return True


def pair_by_order(references: list[Reference], bodies: list[Body], after: int) -> list[Pair]:
    """Pairs a list of notes (all of them real) with references among the candidates between `after` and the list.

    The printed numbers of the references may be other ones (a web export numbers its lists anew): what counts is that
    they rise by one. The best assignment in order is found by dynamic programming over candidates and bodies.
    """
    low, high = (bisect_left(references, x, key=lambda r: r.start) for x in (after, bodies[0].start))
    scope = [r for r in references[low:high] if r.label[0].isdigit()]
    if len(scope) * len(bodies) > _TABLE:
        # Too long a list for a table of all pairs; the printed numbers must do.
        return [pair._replace(place="end") for pair in pair_by_number(scope, bodies, []) if pair.body]
    numbers = [int(r.label.rstrip("abcd")) for r in scope]
    unpaired = -4.0  # what a body costs that finds no reference
    nodes: list[tuple[int, int, int]] = []  # pairs tried: body, candidate, the node before it (-1: none)
    best: list[tuple[float, int]] = []  # for each candidate: the best chain that ends there, as score and node
    for j, body in enumerate(bodies):
        row: list[tuple[float, int]] = []
        by_number: dict[int, tuple[float, int]] = {}  # the best chain so far that ends at a candidate of this number
        overall = (unpaired * j, -1)
        for i, reference in enumerate(scope):
            own = reference.weight + (1.0 if reference.label == body.label else 0.0)
            broken = overall[0] - (3.0 if overall[1] >= 0 else 0.0)
            score, before = max((broken, overall[1]), _plus(by_number.get(numbers[i] - 1), 4.0))
            if reference.label[-1].isalpha():  # 75a stands behind 75
                score, before = max((score, before), _plus(by_number.get(numbers[i]), 4.0))
            nodes.append((j, i, before))
            row.append((score + own, len(nodes) - 1))
            if best:
                by_number[numbers[i]] = max(by_number.get(numbers[i], best[i]), best[i])
                overall = max(overall, best[i])
        best = [max(new, _plus(old, unpaired)) for new, old in zip(row, best, strict=True)] if best else row
    chosen: dict[int, int] = {}
    node = max(best)[1] if best and max(best)[0] > unpaired * len(bodies) else -1
    while node >= 0:
        j, i, node = nodes[node]
        chosen[j] = i
    pairs = []
    for j, body in enumerate(bodies):
        found = scope[chosen[j]] if j in chosen else None
        if found is None:
            pairs.append(Pair(None, body, "", "high", "end"))
        elif found.label == body.label:
            pairs.append(Pair(found, body, "number", "high", "end"))
        else:
            regular = _regular(j, chosen, numbers, bodies)
            pairs.append(Pair(found, body, "order", "medium" if regular else "low", "end"))
    return pairs


_TABLE = 1_000_000  # pairs of a candidate and a body that are tried for one list


def _plus(chain: tuple[float, int] | None, gain: float) -> tuple[float, int]:
    return (chain[0] + gain, chain[1]) if chain else (float("-inf"), -1)


def _regular(j: int, chosen: dict[int, int], numbers: list[int], bodies: list[Body]) -> bool:
    """Do the reference's number and the body's differ by as much as those of a neighbour, or is it the only one?"""
    around = [k for k in (j - 1, j + 1) if k in chosen]
    offset = numbers[chosen[j]] - int(bodies[j].label)
    return (not around and len(bodies) == 1) or any(numbers[chosen[k]] - int(bodies[k].label) == offset for k in around)


def pair_by_number(references: list[Reference], bodies: list[Body], cuts: list[int]) -> list[Pair]:
    """Pairs references with bodies that bear the same label and stand behind them, in order, none twice.

    Among all pairs that could be, the heaviest chain in which both sides rise is chosen (a maximum-weight increasing
    subsequence, found with a Fenwick tree: n log n). A pair weighs what its body weighs, more if the reference is
    strong, less by each page (`cuts`: where pages begin) that lies between beyond the next one.
    """
    by_label: dict[str, list[int]] = {}
    for j, body in enumerate(bodies):
        by_label.setdefault(body.label, []).append(j)
    starts = [body.start for body in bodies]
    nodes: list[tuple[float, int, int]] = []  # weight, reference, body
    for i, reference in enumerate(references):
        own = by_label.get(reference.label, [])
        first = bisect_left(own, bisect_left(starts, reference.end))
        for j in own[first : first + 4]:
            pages = bisect_right(cuts, bodies[j].start) - bisect_right(cuts, reference.start)
            far = (bodies[j].start - reference.end) / (9000.0 if not cuts else 30000.0)
            weight = (
                bodies[j].weight + (4.0 if reference.strong else 1.0 + reference.weight) - 2.0 * max(0, pages - 1) - far
            )
            if weight > (3.0 if reference.strong else 3.75):
                nodes.append((weight, i, j))
    # Fenwick tree over the bodies: the best chain that ends before body j.
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(bodies) + 1)
    chains: list[tuple[float, int]] = []
    at = 0
    while at < len(nodes):
        stop = at
        while stop < len(nodes) and nodes[stop][1] == nodes[at][1]:
            stop += 1
        for weight, _, j in nodes[at:stop]:
            best, k = (0.0, -1), j
            while k > 0:
                best = max(best, tree[k])
                k -= k & -k
            chains.append((best[0] + weight, best[1]))
        for n in range(at, stop):  # only now: a reference is used once
            k = nodes[n][2] + 1
            while k < len(tree):
                tree[k] = max(tree[k], (chains[n][0], n))
                k += k & -k
        at = stop
    matched: dict[int, int] = {}
    n = max(range(len(chains)), key=lambda m: chains[m][0], default=-1)
    while n >= 0:
        matched[nodes[n][1]] = nodes[n][2]
        n = chains[n][1]
    pairs = [
        Pair(references[i], bodies[j], "number", "high" if references[i].strong else "medium")
        for i, j in matched.items()
    ]
    used = set(matched.values())
    for i, reference in enumerate(references):
        if i in matched or not (reference.strong or _goes_on(i, references, matched, cuts)):
            continue
        # A body printed out of its order, a page late: the only one left that bears the number, and near enough.
        late = [j for j in by_label.get(reference.label, ()) if j not in used and starts[j] > reference.end]
        late = [j for j in late if bisect_right(cuts, starts[j]) - bisect_right(cuts, reference.start) < 3]
        if len(late) == 1 and bodies[late[0]].weight > 2.5:
            matched[i] = late[0]
            used.add(late[0])
            pairs.append(Pair(reference, bodies[late[0]], "number", "medium"))
        else:
            pairs.append(Pair(reference, None, "", "high"))
    pairs += [Pair(None, b, "", "medium") for j, b in enumerate(bodies) if b.strong and j not in used]
    return sorted(pairs, key=lambda p: p.reference.start if p.reference else p.body.start if p.body else 0)


def _goes_on(i: int, references: list[Reference], matched: dict[int, int], cuts: list[int]) -> bool:
    """Is the plain number the next one, on the same page, after references that found their bodies?

    Then it is a reference too, whose body is lost; two in a row must have found theirs, for a number alone says little.
    """
    this = references[i]
    before = [references[k] for k in range(max(0, i - 6), i) if k in matched]
    if len(before) < 2 or not this.label.isdigit() or this.weight < 0:
        return False
    numbers = [int(each.label) if each.label.isdigit() else -9 for each in before[-2:]]
    page = bisect_right(cuts, this.start)
    same = bool(cuts) and all(bisect_right(cuts, each.start) == page for each in before[-2:])
    later = any(references[k].label == this.label for k in range(i + 1, min(i + 7, len(references))) if k in matched)
    return same and not later and numbers == [int(this.label) - 2, int(this.label) - 1]


def find_notes(text: str, taken: set[int], cuts: list[int]) -> tuple[list[Pair], list[int]]:
    """All notes of the text, in the order of their references (a body without one: of the body).

    In `text` the furniture of the pages is masked; `taken` are the lines that are furniture, `cuts` the offsets where
    pages begin. The second value are the lines that are heads of lists of notes.
    """
    lines = split_lines(text)
    lists, heads = end_lists(lines, taken)
    listed = {n for bodies in lists for n in range(bodies[0].line, bodies[-1].line + 1)}
    bodies = find_bodies(lines, taken | listed | set(heads))
    spans = [(b.start, b.end) for b in bodies] + [(lines[b[0].line].start, lines[b[-1].line].end) for b in lists]
    spans.sort()
    references = [r for r in find_references(text) if not _within(r, spans)]
    pairs: list[Pair] = []
    after = 0
    for each in lists:
        pairs += pair_by_order(references, each, after)
        after = lines[each[-1].line].end
    used = {pair.reference.start for pair in pairs if pair.reference}
    pairs += pair_by_number([r for r in references if r.start not in used], bodies, cuts)
    return sorted(pairs, key=lambda p: p.reference.start if p.reference else p.body.start if p.body else 0), heads


def _within(reference: Reference, spans: list[tuple[int, int]]) -> bool:
    k = bisect_right(spans, (reference.start, 1 << 62)) - 1
    return k >= 0 and reference.start < spans[k][1]
