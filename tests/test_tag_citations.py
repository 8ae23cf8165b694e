"""Citations: the notes of whole documents, marked by hand, against what the rules find in them."""

import re
import tomllib
from itertools import count
from pathlib import Path
from time import process_time

import pytest

from teiprep.tag import citations, dates, persons, quotations, titles
from teiprep.tag.citations.ranges import cited_ranges
from tests.flow import apply, pen_for, quotes

CASES = tomllib.loads((Path(__file__).parent / "cases" / "citations.toml").read_text(encoding="utf-8"))
MARK = re.compile(r"\{[a-z]+(?:>n?[\d.]+)? |\}")
RANGES = {
    "page": "p",
    "volume": "v",
    "part": "pt",
    "chapter": "ch",
    "book": "bk",
    "section": "sec",
    "folio": "fol",
    "column": "col",
    "line": "ln",
    "note": "nt",
    None: "loc",
}
REFERENCES = {"ibid": "ibid", "idem": "idem", "opCit": "opcit", "locCit": "loccit"}


def tagged(text):
    pen = pen_for(text)
    apply(pen, dates.rule, persons.rule, citations.rule, titles.rule)
    return pen


def name_of(annotation):
    """The name of its mark; None for what the cases say nothing about."""
    given = annotation.attributes
    match annotation.layer:
        case "bibl":
            return "b"
        case "author":
            return "ed" if given.get("role") == "editor" else "by"
        case "title":
            return given.get("level", "t")
        case "pubPlace":
            return "at"
        case "citedRange":
            return RANGES[given.get("unit")]
        case "reference":
            return REFERENCES[given["type"]]
        case _:
            return None


def is_part(date, others):
    """Whether a date is one of a citation, and not part of its title or of another part."""
    around = [each for each in others if each.start <= date.start and date.end <= each.end]
    return [each.layer for each in around] == ["bibl"]


def marked(pen):
    """The notes of the document (or its body), with marks as in the cases."""
    document = pen.document
    by_flow = {
        flow.id: sorted((a for a in document.annotations if a.flow == flow.id), key=lambda a: (a.start, -a.end))
        for flow in document.flows
    }
    places = {}
    for flow, found in by_flow.items():
        numbers = count(1)
        for each in found:
            if each.layer == "bibl":
                number = next(numbers)
                places[each.id] = flow.removeprefix("fn-") + (f".{number}" if number > 1 else "")
    lines = []
    for flow in document.flows:
        text, events = flow.text, []
        relevant = [a for a in by_flow[flow.id] if name_of(a)]
        relevant += [d for d in by_flow[flow.id] if d.layer == "date" and is_part(d, relevant)]
        for each in relevant:
            target = each.attributes.get("target")
            pointer = f">{places.get(target) or target.replace('fn-', 'n')}" if target else ""
            depth = {"bibl": 0, "author": 1}.get(each.layer, 2)
            events.append((each.start, 1, -each.end, depth, f"{{{name_of(each) or 'on'}{pointer} "))
            events.append((each.end, 0, -each.start, -depth, "}"))
        for at, *_, sign in sorted(events, reverse=True):
            text = text[:at] + sign + text[at:]
        lines.append(text if flow.id == "body" else f"{flow.id.removeprefix('fn-')} {text}")
    return lines


def notes_of(group):
    return group["notes"].strip().split("\n")


@pytest.mark.parametrize("group", CASES["group"], ids=lambda group: group["name"])
def test_notes(group, request):
    if "xfail" in group:
        request.applymarker(pytest.mark.xfail(reason=group["xfail"], strict=True))
    plain = [MARK.sub("", line) for line in notes_of(group)]
    pen = tagged("\n\n".join(["So it was.", *(re.sub(r"(\d+) ", r"[n\1] ", line, count=1) for line in plain)]))
    assert marked(pen)[1:] == [line.replace("*", "") for line in notes_of(group)]


@pytest.mark.parametrize("case", CASES["body"], ids=lambda case: case["text"])
def test_in_the_running_text(case):
    assert marked(tagged(MARK.sub("", case["text"]))) == [case["text"].replace("*", "")]


@pytest.mark.parametrize("case", CASES["ibid"]["cases"], ids=lambda case: case["text"])
def test_ibid(case):
    pen = tagged(case["text"])
    found = sorted(pen.document.layer("reference"), key=lambda a: a.flow)
    shown = [f"{pen.document.quote(r)} {r.attributes.get('target', '-')} {r.certainty}" for r in found]
    assert shown == case["references"]


@pytest.mark.parametrize(("words", "expected"), CASES["ranges"]["cases"], ids=lambda each: each)
def test_cited_ranges(words, expected):
    found = cited_ranges(words, 0, len(words), bare=True)
    assert [words[each.start : each.end] for each in found] == [words]
    assert " ".join(filter(None, (found[0].unit, found[0].first, found[0].last))) == expected


def test_there_are_enough_cases():
    lines = [line for group in CASES["group"] for line in notes_of(group)]
    bare = [line for line in lines if "{b" not in line]
    assert len(lines) >= 180
    assert len(bare) * 3 >= len(lines)


@pytest.mark.parametrize(("text", "certainty"), CASES["certainty"]["cases"], ids=lambda each: each)
def test_certainty(text, certainty):
    pen = tagged(text)
    *_, last = sorted(pen.document.layer("bibl"), key=lambda each: (each.flow, each.start))
    assert last.certainty == certainty


@pytest.mark.parametrize(
    "words",
    ["“", "‘“", '"', "«", "(", "( ", "[", "*a* ", "*A B* ", "“A ", "Ibid. ", "ibid. (", "“Ibid.", "op. cit. "],
)
def test_time_grows_with_the_length(words):
    """Eight times as much takes about eight times as long, not sixty-four times."""
    short, long = (seconds(words, size) for size in (6_000, 48_000))
    assert long < 16 * short + 0.1


def seconds(words, size):
    """The time that one note takes that says nothing but these words: the better of two."""
    text = "So it was.[n1]\n\n[n1] " + words * (size // len(words))
    times = []
    for _ in range(2):
        pen = pen_for(text)
        start = process_time()
        apply(pen, citations.rule, titles.rule)
        times.append(process_time() - start)
    return min(times)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[n1] Ada Hale, *The Mill and the Moor* (Leeds, 1901).", ["The Mill and the Moor"]),
        ("[n1] Hale, “Mills,” *Moorland Studies*, 5.", ["“Mills,”", "Moorland Studies"]),
        ("[n1] *Pravda*, 5 May 1922.", ["Pravda"]),
        ("[n1] *Ibid.*, 5.", []),
        ("[n1] That was *not* so.", []),
        ("in the journal *Moorland*, he wrote", ["Moorland"]),
        ("He believed in *realpolitik* alone.", []),
        ("He was *very* late.", []),
        ("The Dutch vessel, the *Curlew*, lay there. The *Curlew* was old.", []),
        ("The *Good Hope* had gone out on Monday.", []),
        ("the steamer *Curlew* (5 tons)", []),
        ("the brig in the novel *Curlew*", ["Curlew"]),
        ("[n1] *Curlew*, a brig of 120 tons, built at Leeds, 1843.", []),
        ("[n1] *Good Hope*, an old fishing smack.", []),
        ("[n1] The *Curlew*, Capt. Pike, sailed on Monday.", []),
        ("[n1] *Curlew*, a novel about a ship.", ["Curlew"]),
        ("[n1] *Curlew*, a poem of 120 lines.", ["Curlew"]),
    ],
)
def test_titles(text, expected):
    assert quotes(tagged(text), "title") == expected


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("in the journal *Moorland*, he wrote", "j"),
        ("in the novel *Moorland*, she", "m"),
        ("So the *Moorland* has it.", None),
    ],
)
def test_the_word_before_tells_the_level(text, level):
    (title,) = tagged(text).document.layer("title")
    assert title.attributes.get("level") == level


def test_the_marks_of_an_article_are_no_quotation():
    pen = tagged("[n1] Ada Hale, “Mills,” *Moorland Studies* 3 (1901): 5. She wrote “so be it.”")
    apply(pen, quotations.rule)
    assert quotes(pen, "quotation") == ["“so be it.”"]
