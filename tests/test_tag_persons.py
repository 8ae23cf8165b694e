"""Persons and the register: the cases of persons.toml, and the first seed document, where it is at hand."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiprep.tag import persons
from teiprep.tag.register import register
from tests.flow import apply, pen_for, quotes

CASES = tomllib.loads((Path(__file__).parent / "cases/persons.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [pytest.param(text, want, id=f"{name}: {text}") for name, group in CASES.items() for text, *want in group["cases"]],
)
def test_persons(text, expected):
    pen = pen_for(text)
    apply(pen, persons.rule)
    order = [flow.id for flow in pen.document.flows]
    found = sorted(pen.document.layer("person"), key=lambda a: (order.index(a.flow), a.start))
    if any("=" in want for want in expected):
        assert [f"{pen.document.quote(p)}={p.attributes.get('ref', '?')}" for p in found] == expected
    else:
        assert [pen.document.quote(p) for p in found] == expected


def test_the_register_lists_the_forms_that_occur_fullest_first():
    pen = pen_for("[head] MISS THORNE AND THE MILL\n\nHarriet Thorne met Mr. Hale. Thorne left.")
    apply(pen, persons.rule)
    entries = register(pen)
    assert [(entry.id, entry.names) for entry in entries] == [
        ("per-hale", ("Hale",)),
        ("per-thorne", ("Harriet Thorne", "Thorne", "THORNE")),
    ]


def test_every_rule_says_why():
    pen = pen_for("Mr. Hale met Ada Thorne and T. K. Amory. Hale left.\n\n[signed] Quillan")
    apply(pen, persons.rule)
    assert [p.rule for p in pen.document.layer("person")] == [
        "title-and-name", "given-and-surname", "initials-and-surname", "surname-seen-in-full", "signature",
    ]  # fmt: skip


PIECES = "Mr. Hale Ada Thorne said and I the of de A. B. U.S. HALE ( ) , ; Hale-Thorne ’s King"


@given(st.lists(st.sampled_from(PIECES.split()), max_size=30).map(" ".join))
def test_persons_never_overlap_and_every_reference_is_in_the_register(text):
    pen = pen_for("x " + text)
    apply(pen, persons.rule)
    at = 0
    for person in pen.document.layer("person"):
        assert at <= person.start < person.end
        at = person.end
    known = {entry.id for entry in register(pen)}
    assert all(
        person.attributes.get("ref", next(iter(known), None)) in known for person in pen.document.layer("person")
    )


def test_the_telegram_names_everybody_at_every_mention(shared):
    text = (shared / "seeds/000_43216337299d7812.txt").read_text(encoding="utf-8")
    _, *middle, last = text.replace("[Page 265] ", "").replace("26,70", "26,").split("\n\n")
    signature, note = last.split("\n")[:2]
    pen = pen_for("\n\n".join([f"[head] {middle[0]}", *middle[1:], f"[signed] {signature}", f"[n70] {note}"]))
    apply(pen, persons.rule)
    found = quotes(pen, "person")
    body = pen.document.text_of["body"]
    for name in ("Kelley", "Litvinov", "Mussolini", "Drummond", "Hitler", "Stalin", "Bullitt"):
        assert found.count(name) == body.count(name) > 0
    assert len(found) == sum(map(body.count, set(found)))
