"""Quotations: the cases of quotations.toml, the links of a chain, and what holds for every text."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiprep.tag import persons, quotations
from tests.flow import apply, pen_for

CASES = tomllib.loads((Path(__file__).parent / "cases/quotations.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [pytest.param(text, want, id=f"{name}: {text}") for name, group in CASES.items() for text, *want in group["cases"]],
)
def test_quotations(text, expected):
    pen = pen_for(text)
    complaints = apply(pen, persons.rule, quotations.rule)
    found = ["odd"] * len(complaints)
    for quotation in sorted(pen.document.layer("quotation"), key=lambda a: (a.flow, a.start, -a.end)):
        who = quotation.attributes.get("who")
        found.append(quotation.attributes["kind"] + (f"@{who}" if who else "") + " " + pen.document.quote(quotation))
    assert found == expected
    assert {complaint.code for complaint in complaints} <= {"quotation-unbalanced"}


def test_a_chain_is_linked_both_ways():
    pen = pen_for("A “one.\n\n“Two.\n\n“Three.”")
    apply(pen, quotations.rule)
    first, second, third = pen.document.layer("quotation")
    assert first.attributes == {"kind": "q", "next": second.id}
    assert second.attributes == {"kind": "q", "prev": first.id, "next": third.id}
    assert third.attributes == {"kind": "q", "prev": second.id}


def test_an_interrupted_utterance_is_linked_both_ways_and_a_new_sentence_is_not():
    pen = pen_for("“So,” he said, “be it.” “Why,” she asked. “It rains.”")
    apply(pen, quotations.rule)
    so, be_it, why, rains = pen.document.layer("quotation")
    assert (so.attributes.get("next"), be_it.attributes.get("prev")) == (be_it.id, so.id)
    assert {"next", "prev"} & {*why.attributes, *rains.attributes} == set()
    assert {part.attributes["kind"] for part in (so, be_it, why, rains)} == {"said"}
    assert {part.certainty for part in (so, be_it, why, rains)} == {"medium"}


def test_an_odd_mark_is_reported_where_it_stands():
    pen = pen_for("He “left.")
    (complaint,) = apply(pen, quotations.rule)
    assert complaint.span == (3, 4)


MARKS = st.lists(st.sampled_from([*"“”‘’'\"a.s ", "\n\n", ", said he, "]), max_size=40)


@given(MARKS)
def test_quotations_nest_and_never_cross(parts):
    pen = pen_for("x " + "".join(parts).strip() + " x")
    apply(pen, quotations.rule)
    spans = [(a.start, a.end) for a in pen.document.layer("quotation") if "“" in pen.document.quote(a)[:1]]
    assert all(b <= c or d <= b for k, (a, b) in enumerate(spans) for c, d in spans[k + 1 :])


@pytest.mark.parametrize("text", ["“" * 20_000, "\"a' " * 20_000, "'a " * 20_000, "‘s’ " * 20_000, "”" * 20_000])
def test_no_text_takes_long(text):
    """Quadratic work on these would take minutes; the limit is wide enough for a busy machine."""
    pen = pen_for("x " + text)
    start = time.perf_counter()
    list(quotations.rule(pen))
    assert time.perf_counter() - start < 5
