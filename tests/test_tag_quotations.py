"""Quotations: the cases of quotations.toml, the links of a chain, and what holds for every text."""

import re
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiprep.config import Config
from teiprep.pipeline import prepare
from teiprep.source import Source
from teiprep.tag import persons, quotations
from teiprep.tei.body import inline
from tests.flow import apply, pen_for

CASES = tomllib.loads((Path(__file__).parent / "cases/quotations.toml").read_text(encoding="utf-8"))
#: What share of the tags of a certainty must be right, in span, kind and speaker.
LEAST = {"high": 0.97, "medium": 0.85, "low": 0.6}
KIND, WHO = re.compile(r"[@^]"), re.compile(r"@([^@^]+)")
PHRASES = tomllib.loads((Path(__file__).parent / "cases/quotation_phrases.toml").read_text(encoding="utf-8"))


def told(text, **metadata):
    """What the rule finds in a text, as the cases write it, each with its certainty; the odd marks first."""
    pen = pen_for(text, **metadata)
    complaints = apply(pen, persons.rule, quotations.rule)
    assert {complaint.code for complaint in complaints} <= {"quotation-unbalanced"}
    found = [("odd", "")] * len(complaints)
    for quotation in sorted(pen.document.layer("quotation"), key=lambda a: (a.flow, a.start, -a.end)):
        given = quotation.attributes
        head = given["kind"] + "".join(
            sign + given[key] for sign, key in (("@", "who"), ("^", "citedIn")) if key in given
        )
        found.append((f"{head} {pen.document.quote(quotation)}", quotation.certainty))
    return found


@pytest.mark.parametrize(
    ("text", "expected", "metadata"),
    [
        pytest.param(text, want, {k: v for k, v in group.items() if k != "cases"}, id=f"{name}: {text}")
        for name, group in CASES.items()
        for text, *want in group["cases"]
    ],
)
def test_quotations(text, expected, metadata):
    assert [one for one, _ in told(text, **metadata)] == expected


def test_quotations_of_many_kinds_of_documents():
    """The phrases are a measure: it is their shares that must not fall. `pytest -s` prints them, and every miss."""
    count, misses, sure = Counter(), [], Counter()
    for name, group in PHRASES.items():
        for text, *want in group["cases"]:
            got = told(text, **{k: v for k, v in group.items() if k != "cases"})
            if [one for one, _ in got] != want:
                misses.append(f"{name}: {text}\n    {want}\n    {[' '.join(one) for one in got]}")
            wanted = dict(reversed(one.split(" ", 1)) for one in want if one != "odd")
            for one, certainty in got:
                head, _, words = one.partition(" ")
                sure[certainty, wanted.get(words) == head] += one != "odd"
                if words not in wanted:
                    count["invented"] += one != "odd"
                    continue
                expected = wanted.pop(words)
                count["span"] += 1
                count["kind"] += KIND.split(head)[0] == KIND.split(expected)[0]
                speaker, right = WHO.findall(head), WHO.findall(expected)
                count["speaker"] += bool(right) and speaker == right
                count["wrong speaker"] += bool(speaker) and speaker != right
            count["odd"] += [one for one, _ in got].count("odd") == want.count("odd")
    rows = [row for group in PHRASES.values() for row in group["cases"]]
    heads = [one.split(" ")[0] for row in rows for one in row[1:] if one != "odd"]
    total = {"span": len(heads), "kind": len(heads), "speaker": sum("@" in head for head in heads), "odd": len(rows)}
    told_of = [f"invented: {count['invented']}, wrong speakers: {count['wrong speaker']}"]
    told_of += (f"{c}: {sure[c, True]} of {sure[c, True] + sure[c, False]} right" for c in LEAST)
    sys.stdout.write(
        "\n".join(["", *misses, *(f"{key}: {count[key]} of {of}" for key, of in total.items()), *told_of, ""])
    )
    assert count["span"] >= 0.95 * total["span"]
    assert count["invented"] <= 0.02 * total["span"]
    assert count["kind"] >= 0.9 * total["kind"]
    assert count["speaker"] >= 0.9 * total["speaker"]
    assert count["wrong speaker"] == 0
    assert all(sure[c, True] >= least * (sure[c, True] + sure[c, False]) for c, least in LEAST.items())


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
    assert {part.certainty for part in (so, be_it, why, rains)} == {"high"}


def test_an_odd_mark_is_reported_where_it_stands():
    pen = pen_for("He “left.")
    (complaint,) = apply(pen, quotations.rule)
    assert complaint.span == (3, 4)


MARKS = st.lists(st.sampled_from([*"“”‘’'\"a.s ", "\n\n", ", said he, "]), max_size=40)


@given(MARKS)
def test_quotations_nest_and_never_cross(parts):
    pen = pen_for("x " + "".join(parts).strip() + " x")
    apply(pen, quotations.rule)
    spans = sorted(((a.start, a.end) for a in pen.document.layer("quotation")), key=lambda span: (span[0], -span[1]))
    assert len(spans) == len(set(spans))
    assert all(b <= c or d <= b for k, (a, b) in enumerate(spans) for c, d in spans[k + 1 :])


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ('He left the "Heron" early.', "“”"),
        ("He left the 'Heron' early.", "‘’"),
        ("He left the “Heron” early.", None),
        ('He left the “Heron" early.', "“”"),
        ("He left the ``Heron'' early.", "‘‘’’"),
    ],
)
def test_straight_marks_are_directed_in_the_record_alone(text, marks):
    pen = pen_for(text)
    apply(pen, quotations.rule)
    (quotation,) = pen.document.layer("quotation")
    assert quotation.attributes.get("marks") == marks
    assert pen.document.text_of["body"] == text


def test_the_source_of_a_quotation_is_the_note_behind_it():
    pen = pen_for("He held “a mill”{1} there.\n\n[n1] Tull, Fens, p. 4.")
    apply(pen, quotations.rule)
    (quotation,) = pen.document.layer("quotation")
    assert inline(quotation, "p", frozenset(["fn-1"]))[1]["source"] == "#fn-1"
    assert inline(quotation, "p", frozenset())[1]["source"] is None


def test_a_lost_mark_is_reported_with_its_line_and_takes_nothing_with_it():
    text = "It rained.\n\nHe left “the mill.\n\nIt stood still.\n\n“Where?” asked Mr. Hale.\n\nThe “Heron” sank."
    document, _ = prepare(Source.decode("t.txt", text.encode()), Config(), "t", {})
    (lost,) = (each for each in document.diagnostics if each.code == "quotation-unbalanced")
    assert (lost.line, lost.span) == (3, (text.index("“the"), text.index("the mill")))
    assert [document.quote(each) for each in document.layer("quotation")] == ["“Where?”", "“Heron”"]


def test_the_marks_of_a_block_quotation_are_paired_as_any():
    text = "The roll has this:\n\n> He held “a mill” there.\n\nSo it stood."
    document, _ = prepare(Source.decode("t.txt", text.encode()), Config(), "t", {})
    assert [block.type for block in document.blocks].count("quote") == 1
    assert [document.quote(each) for each in document.layer("quotation")] == ["“a mill”"]


KILLERS = [
    "“" * 20_000,
    "\"a' " * 20_000,
    "'a " * 20_000,
    "‘s’ " * 20_000,
    "”" * 20_000,
    "‘the lads’ " * 20_000,
    "“a\n\n" * 10_000,
    "“A\n\nb\n\nc\n\n" * 5_000,
    "'A\n\n" * 10_000,
    "«»‹›" * 10_000,
    "“Go,” said the old, old, " * 8_000,
    "Mr. Hale and Mr. Tull, who said, “Go,” " * 5_000,
    '" ' * 30_000,
    "''" * 20_000,
    ",,a" * 20_000,
    "“x,” " + "the the " * 20_000,
    "Hale " * 20_000 + "said: “Go.”",
    '" a b, ' * 20_000,
    "“ a b, " * 20_000,
    "“ a b, ” " * 20_000,
    '" ' + "a " * 40_000,
    "‘Twas, " * 20_000,
    "“Go,” said Mr. Hale, and Mr. Tull, and said, " * 5_000,
    "He said “go\n\n“Go,” said Hale.\n\n" * 3_000,
]


@pytest.mark.parametrize("text", KILLERS, ids=range(len(KILLERS)))
def test_no_text_takes_long(text):
    """Quadratic work on these would take minutes; the limit is wide enough for a busy machine."""
    pen = pen_for("x " + text)
    start = time.perf_counter()
    list(quotations.rule(pen))
    assert time.perf_counter() - start < 5
