"""The engine: whatever rules propose and however a text is dealt out, nothing is lost and every place is known."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiprep.alignment import Edit, Layout, OffsetMap, Piece, apply, compose, restore, settle, trim
from teiprep.diagnostics import InvariantError

ALPHABET = "ab \n"  # few characters, so that edits often repeat what they replace
TEXTS = st.text(ALPHABET, min_size=1, max_size=30)


@st.composite
def proposals(draw, text, rules=("one", "two")):
    """For each rule some edits of `text`, in any order, overlapping or not."""
    bounds = st.integers(0, len(text))
    spans = st.tuples(bounds, bounds).map(sorted).filter(lambda span: span[0] < span[1])
    edits = st.lists(st.tuples(spans, st.text(ALPHABET, max_size=4)), max_size=6) if text else st.just([])
    return [[Edit(*span, new, "space", rule) for span, new in draw(edits)] for rule in rules]


@st.composite
def edited(draw):
    """A text and the settled edits of one pass."""
    text = draw(TEXTS)
    return text, settle(draw(proposals(text)), text)


@st.composite
def layouts(draw):
    """A text, edits from two passes, and pieces that no edit crosses."""
    text, first = draw(edited())
    middle = apply(text, first)
    edits = compose(text, first, middle, settle(draw(proposals(middle, ("three",))), middle))
    inside = {at for edit in edits for at in range(edit.start + 1, edit.end)}
    cuts = draw(st.sets(st.integers(1, len(text)))) - inside - {len(text)}
    bounds = [0, *sorted(cuts), len(text)]
    flows = draw(st.lists(st.sampled_from(["body", "furniture", "fn-1"]), min_size=len(bounds), max_size=len(bounds)))
    pieces = [Piece(*span, flow) for span, flow in zip(pairwise(bounds), flows, strict=False)]
    return text, edits, pieces


@given(st.data(), TEXTS)
def test_trim_has_the_same_effect_and_is_never_longer(data, text):
    for edit in data.draw(proposals(text))[0]:
        small = trim(edit, text)
        assert apply(text, [edit]) == apply(text, [small] if small else [])
        if small:
            assert small.start < small.end
            assert edit.start <= small.start
            assert small.end <= edit.end
            assert trim(small, text) == small


@given(st.data(), TEXTS)
def test_settled_edits_are_in_order_apart_and_change_something(data, text):
    proposed = data.draw(proposals(text))
    end = 0
    for edit in settle(proposed, text):
        assert end <= edit.start < edit.end <= len(text)
        assert text[edit.start : edit.end] != edit.replacement
        assert any(trim(one, text) == edit for edits in proposed for one in edits)
        end = edit.end


@given(st.data(), TEXTS)
def test_the_earlier_rule_wins(data, text):
    first, second = data.draw(proposals(text))
    assert [edit for edit in settle([first, second], text) if edit.rule == "one"] == settle([first], text)


def test_the_earlier_rule_wins_in_an_example():
    one, two, apart = Edit(1, 3, "x", "space", "one"), Edit(2, 4, "y", "space", "two"), Edit(5, 6, "z", "space", "two")
    assert settle([[one], [apart, two]], "abcdef") == [one, apart]
    assert settle([[two, apart], [one]], "abcdef") == [two, apart]


@given(st.data(), TEXTS)
def test_settling_does_not_depend_on_the_order_within_a_rule(data, text):
    first, second = data.draw(proposals(text))
    assert settle([first, second], text) == settle([first[::-1], second[::-1]], text)


@given(st.data(), edited())
def test_compose_is_both_passes(data, pair):
    text, first = pair
    middle = apply(text, first)
    second = settle(data.draw(proposals(middle)), middle)
    both = compose(text, first, middle, second)
    assert apply(text, both) == apply(middle, second)
    assert all(one.end <= two.start for one, two in pairwise(both))
    assert all(trim(edit, text) == edit for edit in both)


@given(edited())
def test_offsets_rise_both_ways(pair):
    text, edits = pair
    offsets = OffsetMap(edits)
    there = [offsets.forward(at) for at in range(len(text) + 1)]
    new = apply(text, edits)
    assert there == sorted(there)
    assert there[-1] == len(new)
    for back in offsets.back_start, offsets.back_end:
        old = [back(at) for at in range(len(new) + 1)]
        assert old == sorted(old)
        assert old[0] >= 0
        assert old[-1] <= len(text)


@given(edited())
def test_what_was_kept_is_found_again(pair):
    text, edits = pair
    offsets, new = OffsetMap(edits), apply(text, edits)
    replaced = {at for edit in edits for at in range(edit.start, edit.end)}
    for at in set(range(len(text))) - replaced:
        assert new[offsets.forward(at)] == text[at]
        assert offsets.back_start(offsets.forward(at)) == at
        assert offsets.back_end(offsets.forward(at) + 1) == at + 1


@given(layouts())
def test_the_source_comes_back_from_the_flows(parts):
    text, edits, pieces = parts
    layout = Layout(text, edits, pieces)
    flows = {flow.id: flow.text for flow in layout.flows}
    assert restore(flows, pieces, [(edit, text[edit.start : edit.end]) for edit in edits]) == text


@given(layouts())
def test_the_flows_hold_the_edited_text_and_nothing_else(parts):
    text, edits, pieces = parts
    layout = Layout(text, edits, pieces)
    assert sorted("".join(flow.text for flow in layout.flows)) == sorted(apply(text, edits))
    assert {flow.id for flow in layout.flows} == {piece.flow for piece in pieces}


@given(layouts())
def test_a_place_in_the_source_is_known_in_its_flow_and_back(parts):
    text, edits, pieces = parts
    layout = Layout(text, edits, pieces)
    flows = {flow.id: flow.text for flow in layout.flows}
    replaced = {at for edit in edits for at in range(edit.start, edit.end)}
    for at in range(len(text)):
        flow, offset = layout.place(at)
        assert flow == next(piece.flow for piece in pieces if piece.start <= at < piece.end)
        assert 0 <= offset <= len(flows[flow])
        if at not in replaced:
            assert flows[flow][offset] == text[at]
            assert layout.source_span(flow, offset, offset + 1) == (at, at + 1)


@pytest.mark.parametrize(
    ("pieces", "edits"),
    [
        ([Piece(0, 2, "body")], []),
        ([Piece(0, 2, "body"), Piece(3, 4, "body")], []),
        ([Piece(0, 3, "body"), Piece(2, 4, "body")], []),
        ([Piece(1, 4, "body")], []),
        ([Piece(0, 5, "body")], []),
        ([Piece(0, 2, "body"), Piece(2, 4, "fn-1")], [Edit(1, 3, "", "space", "crossing")]),
    ],
)
def test_pieces_that_do_not_fit_are_refused(pieces, edits):
    with pytest.raises(InvariantError):
        Layout("abcd", edits, pieces)


def test_a_flow_that_was_changed_does_not_give_the_source_back():
    text, pieces = "one two", [Piece(0, 7, "body")]
    assert restore({"body": "one two"}, pieces, []) == text
    assert restore({"body": "one too"}, pieces, []) != text


def test_a_flow_that_is_missing_is_an_error():
    with pytest.raises(KeyError):
        restore({}, [Piece(0, 1, "body")], [])
