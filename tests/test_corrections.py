"""A correction all the way: from the raw text to the `choice` in the TEI, the sidecar, validation, and back."""

import re

import pytest
from lxml import etree

from teiprep import pipeline, proofs, sidecar
from teiprep.config import Clean, Config
from teiprep.diagnostics import InvariantError
from teiprep.explain import explain
from teiprep.source import Source
from teiprep.tei import encode, reading
from teiprep.validate import integrity

TEXT = "The men of the harbour spoke of tbe new governrnent, which the others did not like at all."


def produced(text, **settings):
    source = Source.decode("a.txt", text.encode())
    return source, pipeline.produce(source, Config(clean=Clean(**settings)), "a")


def choices(tei):
    """Each `choice` as (sic, corr), and the paragraphs without their tags but those of choices, notes and breaks."""
    return re.findall(r"<choice><sic>(.*?)</sic><corr [^>]*>(.*?)</corr></choice>", tei.decode())


def test_a_correction_is_a_choice_and_the_text_has_what_is_read():
    source, made = produced(TEXT)
    assert choices(made.tei) == [("tbe", "the"), ("governrnent", "government")]
    assert b'<corr cert="high" resp="#teiprep">the</corr>' in made.tei
    assert b'<correction method="markup" status="low">' in made.tei
    assert made.document.text_of["body"] == TEXT.replace("tbe", "the").replace("rnrn", "rnm").replace("rnent", "ment")
    assert proofs.restore_from(made.tei, sidecar.load(made.sidecar)) == source.data


def test_the_settings_leave_them_as_they_are():
    _, made = produced(TEXT, correct=False)
    assert choices(made.tei) == []
    assert made.document.text_of["body"] == TEXT


def test_encoding_again_from_the_sidecar_gives_the_same(tmp_path):
    source, made = produced(TEXT)
    loaded = sidecar.load(made.sidecar)
    assert encode(loaded) == made.tei
    assert sidecar.dump(loaded, sidecar.layout_of(loaded)) == made.sidecar
    blank = proofs.blanked(loaded)
    assert proofs.restore_from(made.tei, blank, sidecar.fingerprints(made.sidecar)) == source.data


def test_explain_and_the_sidecar_tell_it():
    _, made = produced(TEXT)
    document = sidecar.load(made.sidecar)
    told = "\n".join(explain(document, sidecar.layout_of(document)))
    assert "misread letters, by the rule misread: 2" in told
    assert re.search(r"b ⟶ h +line 1", told)
    edits = [edit for edit in sidecar.parse(made.sidecar)["edits"] if edit["kind"] == "correction"]
    assert [(edit["original"], edit["replacement"], edit["rule"]) for edit in edits] == [
        ("b", "h", "misread"),
        ("rn", "m", "misread"),
    ]


def test_what_only_the_document_proves_is_less_sure():
    names = "Then Fornham spoke. " * 5
    _, made = produced(f"{TEXT} {names}After him Fomham spoke of the men.")
    assert b'<sic>Fomham</sic><corr cert="medium" resp="#teiprep">Fornham</corr>' in made.tei
    assert '"original":"m","replacement":"rn","certainty":"medium"' in made.sidecar.decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Joined over a line's end, and over a page's: the break stands before the part that was misread.
        (TEXT.replace("governrnent", "govern-\nrnent"), "<choice><sic>governrnent</sic>"),
        (TEXT.replace("tbe new", "tbe\n\n[Page 7]\n\nnew"), '</choice> <pb n="7" xml:id="pg-7"/>new'),
        # A note's sign stands behind the word, not in it.
        (f"{TEXT.replace('tbe new', 'tbe1 new')}\n\n  1. A note on tbe rnatter of men.", "<corr cert"),
        # Mojibake and a ligature in the same word are mended, not shown.
        (TEXT.replace("tbe new", "tbe oï¬ƒccrs of the new"), "<choice><sic>officcrs</sic>"),
        (TEXT.replace("tbe new", "tbe oﬃccrs of the new"), "<choice><sic>officcrs</sic>"),
        (TEXT.replace("tbe new", "tbe serv\u00adiccs of the new"), "<choice><sic>serviccs</sic>"),
        # A character reference is what stands in the source.
        (TEXT.replace("tbe new", "t&#98;e new"), "<sic>t&amp;#98;e</sic>"),
        # What XML cannot say is left out of `sic`; the sidecar has it.
        (TEXT.replace("governrnent", "governr\x00nent"), "<sic>governrnent</sic>"),
        # The edge of a tag.
        (TEXT.replace("tbe new governrnent", "*tbe new governrnent*"), '<hi rend="italic"><choice><sic>tbe</sic>'),
        (TEXT.replace("tbe new", "tbe m<i>attcrs</i> of the new"), 'm<hi rend="italic"><choice><sic>attcrs</sic>'),
        # Genitives.
        (TEXT.replace("governrnent", "governrnent's man"), "<sic>governrnent</sic>"),
    ],
)
def test_it_stands_in_the_text_whatever_else_is_there(text, expected):
    source, made = produced(text)
    assert expected in made.tei.decode()
    assert proofs.restore_from(made.tei, sidecar.load(made.sidecar)) == source.data
    proofs.freeze(made.document, reading.read(etree.fromstring(made.tei)))


def test_a_running_head_shows_it_too():
    heads = ("HISTORY OF THE REPUBL1C" if number == 43 else "HISTORY OF THE REPUBLIC" for number in range(40, 46))
    pages = "".join(f"{number}\n\n{head}\n\n{TEXT} The rest was\n\f" for number, head in enumerate(heads, 40))
    source, made = produced(pages)
    assert "OF THE <choice><sic>REPUBL1C</sic>" in "".join(re.findall(r"<fw[^>]*>(.*?)</fw>", made.tei.decode()))
    assert proofs.restore_from(made.tei, sidecar.load(made.sidecar)) == source.data


@pytest.mark.parametrize(
    ("old", "new", "said", "told"),
    [
        (
            "<sic>tbe</sic>",
            "<sic>tho</sic>",
            "“tho” is said to stand in the source for “the”, but “tbe” does",
            "inside <sic> the word “tbe” was changed to “tho”",
        ),
        (
            '<choice><sic>tbe</sic><corr cert="high" resp="#teiprep">the</corr></choice>',
            "the",
            "there is no choice",
            "<choice> was taken away from “the”",
        ),
    ],
)
def test_a_choice_that_was_changed_or_lost_is_found(old, new, said, told):
    _, made = produced(TEXT)
    assert old in made.tei.decode()
    data = made.tei.decode().replace(old, new).encode()
    root = etree.fromstring(data)
    [finding] = integrity.check_pair(root, data, "a.xml", made.document, made.sidecar)
    assert (finding.code, finding.message) == ("markup-edited", told)
    with pytest.raises(InvariantError, match="not corrected so") as failure:
        proofs.freeze(made.document, reading.read(root))
    assert said in failure.value.difference


def test_a_choice_of_an_editor_is_told_and_does_no_harm():
    _, made = produced(TEXT)
    data = made.tei.decode().replace("others", "<choice><sic>orhers</sic><corr>others</corr></choice>").encode()
    [finding] = integrity.check_pair(etree.fromstring(data), data, "a.xml", made.document, made.sidecar)
    assert (finding.severity, finding.message) == ("info", "<choice> was put around “others”")
    assert proofs.restore_from(data, made.document)
