"""Brings the blocks of a flow into an order that TEI's grammar allows; part of `nesting`.

Segmenting says what each block is. Where it says something that TEI refuses (a paragraph after the closer, a head after
a paragraph, an item outside a list), the text must still be published: the blocks keep their order and their text, and
get a further `div` around them, a list, a table, or another name (`ab type="head"`). No text is ever moved.

The rules of the grammar: TEI P5, chapters DS (default text structure) and CO (elements available in all documents).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from teiprep.document import LEAVES, Block

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

#: Containers nested deeper than this are dissolved; libxml2 reads no more than 256 levels, and repairs add some.
MAX_DEPTH = 16

_LOOSE = frozenset({"byline", "dateline", "salute"})  # may begin a division and may end one
_TOP = _LOOSE | {"head", "opener", "signed"}
_MIDDLE = frozenset({"p", "ab", "list", "table", "lg", "quote"})
_BOTTOM = _LOOSE | {"signed", "closer", "postscript", "trailer"}
_SHELLS = frozenset({"front", "div", "titlePage", "docTitle", "opener", "closer", "postscript"})

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
    first = 0
    front: list[Node] = []
    while first < len(nodes) and nodes[first].name == "front":
        front += nodes[first].children
        first += 1
    body = _division(nodes[first:])
    if body and not any(node.name == "div" or node.name in _MIDDLE for node in body):
        # TEI wants more in a body than heads and datelines.
        body = [Node("div", children=body)]
    return _front(front), body


def flowing(nodes: Iterable[Node]) -> list[Node]:
    """What may stand in a note or a block quotation: paragraphs, lists, tables, verse; no heads and no divisions."""
    out: list[Node] = []
    for node in _unpacked(nodes, _SHELLS):
        if node.name in _MIDDLE or node.name in {"item", "cell", "row", "l"}:
            out += _shaped(node)
        elif node.name == "note":
            out.append(node)
        else:
            out.append(_as_ab(node))
    return _gathered(out)


# --- one kind of container each ---------------------------------------------------------------------------------------


def _shaped(node: Node) -> list[Node]:
    """The node with what may stand in it; several nodes where something in it has to stand beside it."""
    if node.is_leaf:
        return [node]
    shape = _SHAPES.get(node.name)
    return shape(node) if shape else [node]


def _list(node: Node) -> list[Node]:
    heads, rest = _heads(_unpacked(node.children, _SHELLS))
    items: list[Node] = []
    for child in rest:
        if child.is_leaf:
            items.append(_renamed(child, "item"))
        else:
            items += (Node("item", children=[each]) for each in _gathered(_shaped(child)))
    node.children = [*heads, *items]
    return [node]


def _table(node: Node) -> list[Node]:
    heads, rest = _heads(_unpacked(node.children, _SHELLS))
    rows: list[Node] = []
    for child in rest:
        rows += _row(child if child.name == "row" else Node("row", children=[child]))
    node.children = [*heads, *rows]
    return [node]


def _row(node: Node) -> list[Node]:
    cells: list[Node] = []
    for child in _unpacked(node.children, _SHELLS | {"row"}):
        if child.is_leaf:
            cells.append(_renamed(child, "cell"))
        else:
            cells += (Node("cell", children=[each]) for each in _gathered(_shaped(child)))
    node.children = cells
    return [node]


def _lg(node: Node) -> list[Node]:
    heads, rest = _heads(_unpacked(node.children, _SHELLS | {"list", "table", "row", "quote"}))
    lines: list[Node] = []
    for child in rest:
        lines += [_renamed(child, "l")] if child.is_leaf else _lg(child)
    node.children = [*heads, *lines]
    return [node]


def _quote(node: Node) -> list[Node]:
    node.children = flowing(node.children)
    return [node]


def _opener(node: Node) -> list[Node]:
    return _only(node, {"dateline", "salute", "signed", "byline"})


def _closer(node: Node) -> list[Node]:
    return _only(node, {"dateline", "salute", "signed", "byline"})


def _doc_title(node: Node) -> list[Node]:
    return _only(node, {"titlePart"})


def _title_page(node: Node) -> list[Node]:
    return _only(node, {"docTitle", "titlePart", "byline", "docImprint"})


def _only(node: Node, allowed: Collection[str]) -> list[Node]:
    """The container with what is `allowed` in it, parted wherever something else stands."""
    out: list[Node] = []
    part: list[Node] = []

    def close() -> None:
        if any(each.name in allowed for each in part):
            out.append(Node(node.name, node.block, part.copy()))
        else:
            out.extend(part)
        part.clear()

    for child in (each for kid in node.children for each in _shaped(kid)):
        if child.name in allowed or child.name == "note":
            part.append(child)
        else:
            close()
            out.append(child)
    close()
    return out


def _postscript(node: Node) -> list[Node]:
    """Text, then perhaps a signature; whatever else parts it."""
    out: list[Node] = []
    part: list[Node] = []
    state = _BEGIN  # _TEXT with the first paragraph, _END with the first signature

    def close() -> None:
        nonlocal state
        out.extend([Node(node.name, node.block, part.copy())] if state > _BEGIN else part)
        part.clear()
        state = _BEGIN

    for child in _gathered(each for kid in node.children for each in _shaped(kid)):
        if child.name in _MIDDLE:
            if state == _END:
                close()
            state = _TEXT
        elif child.name in {"signed", "closer", "trailer"} and state > _BEGIN:
            state = _END
        elif child.name != "note":
            close()
            out.append(child)
            continue
        part.append(child)
    close()
    return out


def _div(node: Node) -> list[Node]:
    node.children = _division(node.children)
    return [node]


_SHAPES: dict[str, Callable[[Node], list[Node]]] = {
    "list": _list,
    "table": _table,
    "row": _row,
    "lg": _lg,
    "quote": _quote,
    "opener": _opener,
    "closer": _closer,
    "postscript": _postscript,
    "docTitle": _doc_title,
    "titlePage": _title_page,
    "div": _div,
}


# --- divisions --------------------------------------------------------------------------------------------------------


def _division(nodes: Iterable[Node]) -> list[Node]:
    """The children of a division: what begins it, its text, its divisions, what ends it, in this order.

    What comes too late for its place begins a further `div`, which goes on until the next thing that does not fit.
    """
    waiting = _for_division(nodes)[::-1]
    # How many of the last nodes may all end the division: only there do a dateline or a closer surely belong to it.
    closing = next((k for k, node in enumerate(waiting) if node.name not in _BOTTOM), len(waiting))
    content: list[Node] = []
    state = _BEGIN
    section: list[Node] | None = None
    section_state = _BEGIN
    while waiting:
        node = waiting.pop()
        early = len(waiting) >= closing
        if section is not None:
            parts = _opened(node, section_state)
            if parts is not None:
                waiting += reversed(parts)
                continue
            step = None if node.name == "div" else _step(section_state, node.name, early=early)
            if step is not None:
                section.append(node)
                section_state = step
                continue
            content.append(Node("div", children=section))
            section, state = None, _DIVISIONS
        parts = _opened(node, state)
        if parts is not None:
            waiting += reversed(parts)
            continue
        step = _step(state, node.name, early=early)
        if step is not None and not (state == _DIVISIONS and step == _END and early):
            content.append(node)
            state = step
            continue
        if state == _END:
            content = _enclosed(content)
        state = _DIVISIONS
        if node.name == "div":
            content.append(node)
        else:
            section, section_state = [], _BEGIN
            waiting.append(node)
    if section is not None:
        content.append(Node("div", children=section))
    return content


def _step(state: int, name: str, *, early: bool) -> int | None:
    """The state after a child `name`, or None if it may not stand here."""
    if name == "note":
        return state
    if name in _LOOSE and early and state > _BEGIN:
        return None  # more text follows, so it does not end this division but begins another one
    if state == _BEGIN and name in _TOP:
        return _BEGIN
    if state <= _TEXT and name in _MIDDLE:
        return _TEXT
    if state <= _DIVISIONS and name == "div":
        return _DIVISIONS
    if state >= _TEXT and name in _BOTTOM:
        return _END
    return None


def _opened(node: Node, state: int) -> list[Node] | None:
    """What a closing element becomes where there is no text yet that it could close; None if it may stay as it is."""
    if state != _BEGIN or node.name not in {"closer", "postscript", "trailer"}:
        return None
    return [_as_ab(node)] if node.name == "trailer" else node.children


def _enclosed(content: list[Node]) -> list[Node]:
    """A division that was already closed, in a `div` of its own under its heads."""
    lead = next((k for k, node in enumerate(content) if node.name not in {"head", "note"}), 0)
    return [*content[:lead], Node("div", children=content[lead:])]


def _for_division(nodes: Iterable[Node]) -> list[Node]:
    out: list[Node] = []
    for node in _unpacked(nodes, {"front"}):
        if node.name in {"titlePage", "docTitle"}:
            # A title page is for `front`; here its byline must not seem to close the division.
            for each in _unpacked([node], {"titlePage", "docTitle"}):
                out += [_as_ab(each)] if each.name in {"titlePart", "byline", "docImprint"} else _shaped(each)
        elif node.name in {"titlePart", "docImprint"}:
            out.append(_as_ab(node))
        else:
            out += _shaped(node)
    # Shaping an opener or a postscript may have let out what has no place in a division.
    again = [_as_ab(each) if each.name in {"titlePart", "docImprint"} else each for each in out]
    if any(each.name in {"titlePage", "docTitle", "front"} for each in again):
        return _for_division(again)
    return _gathered(again)


def _front(nodes: Iterable[Node]) -> list[Node]:
    """The children of `front`: title pages and divisions; everything else goes into a division."""
    out: list[Node] = []
    page: list[Node] = []
    rest: list[Node] = []

    def close() -> None:
        if page:
            out.extend(_title_page(Node("titlePage", children=page.copy())))
        if rest:
            out.append(Node("div", children=_division(rest)))
        page.clear()
        rest.clear()

    waiting = [each for node in _unpacked(nodes, {"front"}) for each in _shaped(node)]
    for node in waiting:
        if node.name in {"titlePage", "div"}:
            close()
            out.append(node)
        elif node.name in {"docTitle", "titlePart", "docImprint"} or (page and node.name in {"byline", "note"}):
            if rest:
                close()
            page.append(node)
        else:
            if page:
                close()
            rest.append(node)
    close()
    return out


# --- helpers ----------------------------------------------------------------------------------------------------------


def _unpacked(nodes: Iterable[Node], names: Collection[str]) -> list[Node]:
    """The nodes with the containers called `names` replaced by what they hold."""
    out: list[Node] = []
    for node in nodes:
        if node.name in names and not node.is_leaf:
            out += _unpacked(node.children, names)
        else:
            out.append(node)
    return out


def _heads(nodes: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """The heads with which a list, table or poem begins, and the rest, which is never empty."""
    count = next((k for k, node in enumerate(nodes) if node.name != "head"), 0)
    return list(nodes[:count]), list(nodes[count:])


def _renamed(node: Node, name: str) -> Node:
    return Node(name, node.block)


def _as_ab(node: Node) -> Node:
    return Node("ab", node.block, type=node.type or node.name)


def _gathered(nodes: Iterable[Node]) -> list[Node]:
    """Stray items, rows, cells and verses with the list, table or poem around them that they need."""
    out: list[Node] = []
    for node in nodes:
        around = {"item": "list", "row": "table", "cell": "table", "l": "lg"}.get(node.name)
        if around is None:
            out.append(node)
            continue
        if not (out and out[-1].name == around and out[-1].block is None):
            out.append(Node(around))
        into = out[-1]
        if node.name == "cell":
            last = into.children[-1] if into.children else None
            if last is None or last.block is not None:
                last = Node("row")
                into.children.append(last)
            into = last
        into.children.append(node)
    return out
