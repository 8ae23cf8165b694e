"""Each cleaning rule on its table of cases; the passes together; work that grows with the length, not faster."""

import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiprep.alignment import Layout, Mark, Piece, apply, restore
from teiprep.clean import clean
from teiprep.clean.hyphens import soft_hyphens
from teiprep.clean.markup import emphasis
from teiprep.clean.newlines import newlines
from teiprep.clean.spaces import odd_spaces
from teiprep.pipeline import CLEAN as PASSES
from tests.cases import load

RULES = {rule.__name__: rule for rules in PASSES for rule in rules}

SCRAPS = st.sampled_from(
    [
        "a",
        "Zb",
        "5",
        " ",
        ".",
        "*",
        "**",
        "***",
        "_",
        "\\",
        "\\*",
        "&amp;",
        "<i>",
        "</i>",
        "<sup>7</sup>",
        "ﬁ",
        "é",
        "’",
        "”",
        "¹",
        "Ã©",
        "â€œ",
        "â€",
        "Â",
        "Ã¢â‚¬â„¢",
        "‚Äî",
        "¬\n",
        "я",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\xad",
        "\xa0",
        "\ufeff",
        "\x00",
        "\x0c",
        "\x0b",
        "\x9d",
        "�",
        "\u200b",
        "\u2029",
        "\u200d",
    ]
)
TEXTS = st.lists(SCRAPS, max_size=40).map("".join)


@pytest.mark.parametrize("case", load("clean/*.toml"))
def test_case(case):
    rule = RULES[case["rule"]]
    text = case["input"]
    cleaned = clean(text, [[rule]])
    assert cleaned.text == case["output"]
    assert {edit.rule for edit in cleaned.edits} <= {case["rule"]}
    found = [[mark.name, cleaned.text[mark.start : mark.end]] for mark in cleaned.marks]
    assert sorted(found) == sorted(case.get("marks", []))
    assert [diagnostic.code for diagnostic in cleaned.diagnostics] == case.get("diagnostics", [])
    if "edits" in case:
        assert [[text[edit.start : edit.end], edit.replacement] for edit in cleaned.edits] == case["edits"]


def test_every_rule_has_eight_cases_of_which_some_change_nothing():
    cases = [parameter.values[0] for parameter in load("clean/*.toml")]
    changing = Counter(case["rule"] for case in cases if case["input"] != case["output"])
    keeping = Counter(case["rule"] for case in cases if case["input"] == case["output"])
    for rule in RULES:
        assert changing[rule] + keeping[rule] >= 8, rule
        assert keeping[rule] >= 2, rule


def test_marks_are_carried_through_later_passes():
    cleaned = clean("a *b\u00a0\u00adc* d", [[emphasis], [soft_hyphens], [odd_spaces]])
    assert cleaned.text == "a b c d"
    assert cleaned.marks == (Mark(2, 5, "italic"),)


def test_a_mark_of_which_nothing_is_left_is_dropped():
    assert clean("a *\u00ad* b", [[emphasis], [soft_hyphens]]).marks == ()


def test_a_diagnostic_points_into_the_source():
    text = "one\r\ntwo\r\nan *open case"
    (diagnostic,) = clean(text, [[newlines], [emphasis]]).diagnostics
    assert text[slice(*diagnostic.span)] == "*"


@given(TEXTS.filter(bool))
def test_the_edits_lead_from_the_source_to_the_clean_text_and_back(text):
    cleaned = clean(text, PASSES)
    assert apply(text, cleaned.edits) == cleaned.text
    layout = Layout(text, cleaned.edits, [Piece(0, len(text), "body")])
    flows = {flow.id: flow.text for flow in layout.flows}
    originals = [(edit, text[edit.start : edit.end]) for edit in cleaned.edits]
    assert restore(flows, layout.pieces, originals) == text


@given(TEXTS)
def test_edits_and_marks_are_in_order_and_within_the_text(text):
    cleaned = clean(text, PASSES)
    end = 0
    for edit in cleaned.edits:
        assert end <= edit.start < edit.end <= len(text)
        assert text[edit.start : edit.end] != edit.replacement
        end = edit.end
    for mark in cleaned.marks:
        assert 0 <= mark.start < mark.end <= len(cleaned.text)


@given(st.text(max_size=60) | TEXTS)
def test_clean_text_can_stand_in_xml(text):
    cleaned = clean(text, PASSES).text
    forbidden = {chr(code) for code in range(32)} - set("\t\n\x0c") | {"\ufeff", "\ufffe", "\uffff", "\u00ad", "\u00a0"}
    assert not forbidden & set(cleaned)


@given(
    st.lists(st.sampled_from(["café", "Größe", "“so”", "l’œuvre", "naïve", "–", "…", "¹²", "£5", "§ 4", "À"])).map(
        " ".join
    )
)
def test_good_text_is_left_alone(text):
    assert clean(text, PASSES).edits == ()


@pytest.mark.parametrize(
    "scrap",
    [
        "*",
        " *a",
        "a* *b ",
        "**a ",
        "_",
        " _a",
        "\\",
        "\\*",
        "â€",
        "â€œ",
        "Ã",
        "Ãƒâ€š",
        "é",
        " ",
        " \n",
        "\xa0",
        "\xad",
        "a¬   ",
        "&",
        "&amp;",
        "<i>",
        "<sup>1",
        "\r",
        "\x85",
        "\n ",
    ],
)
def test_work_grows_with_the_length_only(scrap):
    """Counted, not timed: the lines of our code that run. The test below is for the patterns."""

    def steps(length):
        text = (scrap * length)[:length]
        count = 0

        def trace(frame, event, arg):
            nonlocal count
            if "teiprep" not in frame.f_code.co_filename:
                return None
            count += 1
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            clean(text, PASSES)
        finally:
            sys.settrace(before)
        return count

    assert steps(6000) < 3 * steps(3000) + 1000


def test_a_very_long_line_is_no_trap():
    """A pattern that runs over spaces or stars again from each of them would need hours for this."""
    for scrap in (" ", "*", "â€", "\\", "\u00a0", "<i>", "a¬ "):
        text = "x" + scrap * (1_000_000 // len(scrap)) + "x"
        assert clean(text, PASSES).text[0] == "x"


def test_a_removed_character_is_told_with_its_place():
    (told,) = clean("One two\x07, three\x00.", PASSES).diagnostics
    assert told.message == "2 characters removed that no XML file may hold; the first, U+0007, here"
    assert told.span == (7, 8)
