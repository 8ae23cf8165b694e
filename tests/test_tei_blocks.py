"""Orders of blocks that TEI refuses, and what becomes of them. The text keeps its order in every case."""

import pytest

from teiprep.tei import blocks
from tests.make import document


def shape(nodes):
    """A forest in short: `div(head p)`; an ab with what it was."""
    parts = []
    for node in nodes:
        name = f"ab:{node.type}" if node.type else node.name
        parts.append(f"{name}({shape(node.children)})" if node.children else name)
    return " ".join(parts)


def forest(text):
    """The reverse: `div(head p)` as blocks for `document`."""
    out, stack, word = [], [], ""
    current = out
    for sign in text + " ":
        if sign in " ()":
            if word and sign != "(":
                current.append((word, word))
            if sign == "(":
                inner = []
                current.append((word, inner))
                stack.append(current)
                current = inner
            elif sign == ")":
                current = stack.pop()
            word = ""
        else:
            word += sign
    return out


@pytest.mark.parametrize(
    ("given", "body"),
    [
        # what is right stays
        ("div(head opener(dateline salute) p closer(signed) postscript(p))", ...),
        ("head p list(item item) div(head p) closer(signed)", ...),
        ("div(head p div(head p) div(head p) trailer)", ...),
        ("div(lg(head l l) table(row(cell cell) row(cell)))", ...),
        ("div(dateline p signed)", ...),
        # text after the end
        ("p closer(signed) p p", "div(p closer(signed)) div(p p)"),
        ("head p closer(signed) p", "head div(p closer(signed)) div(p)"),
        ("div(head p trailer list(item))", "div(head div(p trailer) div(list(item)))"),
        ("p signed p", "div(p signed) div(p)"),
        # a head after text
        ("p head p head p", "div(p) div(head p) div(head p)"),
        ("p opener(salute) p closer(signed)", "div(p) div(opener(salute) p closer(signed))"),
        ("p dateline p", "div(p dateline) div(p)"),
        # text after a division
        ("div(p) p", "div(p) div(p)"),
        ("div(p) p div(p) p", "div(p) div(p) div(p) div(p)"),
        ("div(p) closer(signed)", ...),
        ("div(p) closer(signed) div(p)", "div(p) div(signed) div(p)"),
        # an end without anything before it
        ("div(head closer(signed))", "div(head signed)"),
        ("div(head trailer)", "div(head ab:trailer)"),
        ("div(postscript(p))", "div(p)"),
        ("head", "div(head)"),
        # what does not belong where it stands
        ("item item p", "ab:item ab:item p"),
        ("cell cell row(cell)", "ab:cell ab:cell ab:cell"),
        ("l l p", "ab:l ab:l p"),
        ("list(head item p)", "list(head item item(p))"),
        ("list(head)", "div(head)"),
        ("list(item list(item))", "list(item item(list(item)))"),
        ("table(cell p list(item))", "ab:cell p list(item)"),
        ("lg(l p head)", "div(ab:l p) div(head)"),
        ("titlePart docImprint p", "ab:titlePart ab:docImprint p"),
        ("titlePage(docTitle(titlePart) byline)", "ab:titlePart byline"),
        ("opener(dateline p salute)", "dateline p salute"),
        ("p postscript(p signed p)", "div(p p signed) div(p)"),
        ("p postscript(head)", "div(p) div(head)"),
        ("quote(head p signed div(p))", "quote(ab:head p ab:signed p)"),
        ("div(p front(p))", "div(p p)"),
    ],
)
def test_body(given, body):
    made = document(forest(given))
    front, found = blocks.text_structure(blocks.tree(made.blocks))
    assert front == []
    assert shape(found) == (given if body is ... else body)


@pytest.mark.parametrize(
    ("given", "front", "body"),
    [
        ("front(titlePage(docTitle(titlePart) byline docImprint) div(p)) p", ..., "p"),
        ("front(head p titlePart byline) p", "div(head p ab:titlePart byline)", "p"),
        ("front(titlePage(titlePart p docImprint)) p", "div(ab:titlePart p ab:docImprint)", "p"),
        ("front(byline) p", "div(byline)", "p"),
        ("p front(titlePage(titlePart))", "", "p ab:titlePart"),
        ("front(p)", "div(p)", ""),
    ],
)
def test_front(given, front, body):
    made = document(forest(given))
    found = blocks.text_structure(blocks.tree(made.blocks))
    expected = given.removesuffix(" p").removeprefix("front(").removesuffix(")") if front is ... else front
    assert tuple(map(shape, found)) == (expected, body)


def test_a_container_that_the_text_comes_back_to_is_opened_twice():
    made = document([("list", [("item", "a")]), ("p", "b"), ("item", "c")])
    *before, last = made.blocks
    last = type(last)(last.id, last.type, last.flow, last.start, last.end, before[0].id)
    assert shape(blocks.text_structure(blocks.tree([*before, last]))[1]) == "list(item) p list(item)"


def test_containers_without_a_leaf_and_containers_beyond_all_depth_are_dissolved():
    assert shape(blocks.tree(document([("div", []), ("p", "a")]).blocks)) == "p"
    deep = [("p", "a")]
    for _ in range(100):
        deep = [("div", deep)]
    assert shape(blocks.tree(document(deep).blocks)).count("div") == blocks.MAX_DEPTH
