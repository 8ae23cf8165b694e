"""Brings the blocks of a flow into an order that TEI's grammar allows; part of `nesting`.

Segmenting gives blocks that fit. Should it ever say something that TEI refuses, the text must still be published. There
are three remedies, plain rather than pretty: a container with something in it that does not belong there is dissolved;
a division whose blocks come in a wrong order gets further `div`s inside; a block that may not stand where it stands
becomes an `ab` whose type says what it was. No text is ever moved.

The rules of the grammar: TEI P5, chapters DS (default text structure) and CO (elements available in all documents).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from teiprep.document import LEAVES, Block

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

#: Containers nested deeper than this are dissolved; libxml2 reads no more than 256 levels, and repairs add some.
MAX_DEPTH = 16

_LOOSE = frozenset({"byline", "dateline", "salute", "signed"})  # may begin a division and may end one
_TOP = _LOOSE | {"head", "opener"}
_MIDDLE = frozenset({"p", "ab", "list", "table", "lg", "quote"})
_BOTTOM = _LOOSE | {"closer", "postscript", "trailer"}
_DIVISION = _TOP | _MIDDLE | _BOTTOM | {"div", "note"}

#: What a container may hold, as a pattern over the names of its children, each with a space behind it. A `note` may
#: stand anywhere but in a row.
_CONTENT = {
    name: re.compile(pattern)
    for name, pattern in {
        "list": "(?:head )*(?:item )+",
        "table": "(?:head )*(?:row )+",
        "row": "(?:cell )+",
        "lg": "(?:head )*(?:(?:l|lg) )+",
        "quote": "(?:(?:p|ab|list|table|lg|quote|note) )+",
        "opener": "(?:(?:byline|dateline|salute|signed|address) )+",
        "closer": "(?:(?:byline|dateline|salute|signed|address) )+",
        "address": "(?:addrLine )+",
        "postscript": "(?:(?:p|ab|list|table|lg|quote) )+(?:(?:signed|closer|trailer) )*",
        "docTitle": "(?:titlePart )+",
        "titlePage": "(?:(?:docTitle|titlePart|byline|docImprint) )+",
    }.items()
}

#: Where in a division we are: what may begin it, its text, its divisions, what may end it.
_BEGIN, _TEXT, _DIVISIONS, _END = range(4)


@dataclass(slots=True)
class Node:
    """An element for a block; `block` is None for one that was put in as a repair, `type` tells an `ab` what it was."""

    name: str
    block: Block | None = None
    children: list[Node] = field(default_factory=list)
    type: str | None = None

    @property
    def is_leaf(self) -> bool:
        """Whether it holds text of its own."""
        return self.block is not None and self.block.type in LEAVES


def tree(blocks: Iterable[Block]) -> list[Node]:
    """The blocks of one flow as the model nests them, in the order of the text; a container without a leaf is left out.

    A container that the text leaves and comes back to is opened twice: the order of the text goes before everything.
    """
    paths: dict[str, tuple[Block, ...]] = {}
    top: list[Node] = []
    stack: list[tuple[Block, Node]] = []
    for block in blocks:
        path = paths.get(block.parent, ()) if block.parent is not None else ()
        if block.type not in LEAVES:
            paths[block.id] = (*path, block)[:MAX_DEPTH]
            continue
        shared = 0
        while shared < min(len(stack), len(path)) and stack[shared][0] is path[shared]:
            shared += 1
        del stack[shared:]
        for container in path[shared:]:
            node = Node(container.type, container)
            (stack[-1][1].children if stack else top).append(node)
            stack.append((container, node))
        (stack[-1][1].children if stack else top).append(Node(block.type, block))
    return top


def text_structure(nodes: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """What stands in `front` and what in `body`; a `front` that does not come first is dissolved."""
    first = next((k for k, node in enumerate(nodes) if node.name != "front"), len(nodes))
    front: list[Node] = []
    rest: list[Node] = []
    for node in _sound(each for dissolved in nodes[:first] for each in dissolved.children):
        if node.name in {"titlePage", "div"}:
            front += [*_enclosed(rest), node]
            rest = []
        else:
            rest.append(node)
    front += _enclosed(rest)
    body = _division(_sound(nodes[first:]))
    if not any(node.name == "div" or node.name in _MIDDLE for node in body):
        body = _enclosed(body)  # TEI wants more in a body than heads and datelines
    return front, body


def flowing(nodes: Iterable[Node]) -> list[Node]:
    """What may stand in a note or a block quotation: paragraphs, lists, tables, verse; no heads and no divisions."""
    return _fitting(_sound(nodes), _MIDDLE | {"note"})


def _sound(nodes: Iterable[Node]) -> list[Node]:
    """The nodes, each container with what it may hold; those that hold something else are dissolved."""
    out: list[Node] = []
    for node in nodes:
        if node.is_leaf:
            out.append(node)
            continue
        if node.name == "quote":
            children = flowing(node.children)
        elif node.name == "list":
            # A list in a list, or a paragraph, stands in an item of its own.
            within = _sound(node.children)
            children = [Node("item", children=[each]) if each.name in _MIDDLE else each for each in within]
        elif node.name == "div":
            children = _division(_sound(node.children))
        else:
            children = _sound(node.children)
        names = "".join(f"{each.name} " for each in children if each.name != "note" or node.name in {"row", "quote"})
        if node.name == "div" or (node.name in _CONTENT and _CONTENT[node.name].fullmatch(names)):
            out.append(Node(node.name, node.block, children))
        else:
            out += children
    return out


def _fitting(nodes: Iterable[Node], names: Collection[str]) -> list[Node]:
    """The nodes called `names`; other containers are dissolved, and other leaves become an `ab`."""
    out: list[Node] = []
    for node in nodes:
        if node.name in names:
            out.append(node)
        elif node.is_leaf:
            out.append(Node("ab", node.block, type=node.name))
        else:
            out += _fitting(node.children, names)
    return out


def _division(nodes: Iterable[Node]) -> list[Node]:
    """The children of a division in the order that TEI wants: if they are not, each run that is gets a `div`."""
    fitting = _fitting(nodes, _DIVISION)
    runs = _runs(fitting, apart=False)
    if len(runs) < 2:
        return [node for run in runs for node in run]
    lead = next((k for k, node in enumerate(fitting) if node.name not in {"head", "note"}), 0)
    runs = _runs(fitting[lead:], apart=True)
    return [*fitting[:lead], *(div for run in runs for div in ([*run] if run[0].name == "div" else _enclosed(run)))]


def _runs(nodes: Sequence[Node], *, apart: bool) -> list[list[Node]]:
    """The nodes in runs, each of which could be a division; with `apart` every `div` is a run by itself."""
    runs: list[list[Node]] = [[]]
    state = _BEGIN
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        if state == _BEGIN and node.name in {"closer", "postscript"}:
            waiting += reversed(_fitting(node.children, _DIVISION))  # there is no text yet that it could close
            continue
        if state == _BEGIN and node.name == "trailer":
            node = Node("ab", node.block, type="trailer")
        step = _step(state, node.name)
        if step is None or (apart and runs[-1] and "div" in {node.name, runs[-1][0].name}):
            runs.append([])
            state = _BEGIN
            waiting.append(node)
            continue
        runs[-1].append(node)
        state = step
    return [run for run in runs if run]


def _step(state: int, name: str) -> int | None:
    """The state after a child `name`, or None if it may not stand here."""
    if name == "note" or (state == _BEGIN and name in _TOP):
        return state
    if state <= _TEXT and name in _MIDDLE:
        return _TEXT
    if state <= _DIVISIONS and name == "div":
        return _DIVISIONS
    return _END if state >= _TEXT and name in _BOTTOM else None


def _enclosed(nodes: Sequence[Node]) -> list[Node]:
    """The nodes as one division; nothing if there are none."""
    return [Node("div", children=_division(nodes))] if nodes else []
