"""Reading: what is no readable file is refused in plain words; where a text comes from is told by its traces."""

import json
import os
from collections import Counter

import pytest

from teiprep.diagnostics import SourceError
from teiprep.read.origin import diagnose
from teiprep.read.text import read_bytes, read_source
from teiprep.source import Source


def refusal(path, **settings):
    with pytest.raises(SourceError) as caught:
        read_source(path, "a.txt", **settings)
    return caught.value


def test_bytes_and_line_ends_stay_as_they_are(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\r")
    assert read_bytes(path) == b"\xef\xbb\xbfone\r\ntwo\r"
    assert read_source(path, "sub/a.txt").text == "\ufeffone\r\ntwo\r"
    assert read_source(path, "sub/a.txt").name == "sub/a.txt"


def test_a_link_to_a_file_is_followed(tmp_path):
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "link").symlink_to(tmp_path / "a.txt")
    assert read_bytes(tmp_path / "link") == b"text"


def test_other_encodings_only_as_configured(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"na\xefve")
    assert refusal(tmp_path / "a.txt").code == "source-encoding"
    assert read_source(tmp_path / "a.txt", "a.txt", ("cp1252",)).text == "naïve"


def make_pipe(path):
    os.mkfifo(path)


def make_loop(path):
    path.symlink_to(path)


def make_device(path):
    path.symlink_to("/dev/null")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (os.mkdir, "is a folder"),
        (make_pipe, "is a named pipe"),  # to wait for what is written into it would be to wait for ever
        (make_loop, "leads back to itself"),
        (make_device, "is a device"),
        (str, "does not exist"),
    ],
)
def test_what_is_no_file_is_refused_in_plain_words(tmp_path, make, words):
    make(tmp_path / "x")
    error = refusal(tmp_path / "x")
    assert error.code == "source-unreadable"
    assert "a.txt" not in error.message  # whoever tells it names the file
    assert words in error.message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04\x14\0\x06\0", "a Word or zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Word file"),
        (b"{\\rtf1\\ansi Text.}", "RTF"),
        (b"\r\n <!DOCTYPE html>\n<p>", "HTML"),
        (b"<HTML lang='en'>", "HTML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><TEI/>", "XML"),
        ("\ufeff<?xml version='1.0'?>".encode("utf-16-le"), "XML"),
        (b'<TEI xmlns="http://www.tei-c.org/ns/1.0">', "TEI"),
        (b"\0\1\0\2", "UTF-16"),
        ("The boats".encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (b"\x7fELF\2\1\1" + bytes(40), "binary"),
        (bytes(range(256)), "binary"),
        (b"\x89PNG\r\n\x1a\n\0", "an image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image"),
        (b"\x1f\x8b\x08\0", "a compressed file"),
    ],
)
def test_what_is_no_plain_text_is_refused_by_its_name(tmp_path, data, words):
    (tmp_path / "x").write_bytes(data)
    error = refusal(tmp_path / "x")
    assert error.code == "source-binary"
    assert words in error.message
    assert error.hint


@pytest.mark.parametrize("text", ["{rtf} is a format.", "PK is no name.", "<p>One.</p>", "We wrote <html>.", "< ?xml"])
def test_text_about_formats_is_text(tmp_path, text):
    (tmp_path / "x").write_text(text)
    assert read_source(tmp_path / "x", "a.txt").text == text


@pytest.mark.parametrize(
    ("data", "cut"),
    [
        ("naïve “so”".encode()[:-1], True),
        ("plain “".encode()[:-1], True),
        ("\ufefftext".encode("utf-16-le")[:-1], True),
        (b"caf\xe9", False),  # may as well be cp1252
        (b"na\xefve caf\xe9", False),
        ("naïve".encode() + b" \xff", False),
    ],
)
def test_a_text_cut_inside_its_last_character_is_told_from_another_encoding(tmp_path, data, cut):
    (tmp_path / "x").write_bytes(data)
    error = refusal(tmp_path / "x")
    assert error.code == "source-encoding"
    assert ("cut off at its end" in error.message) == cut
    assert ("cp1252" in error.hint) != cut


@pytest.mark.parametrize(
    ("data", "offset", "message", "hint"),
    [
        (b"boat \xed\xa0\xbd\xed\xb8\x80", 5, "half of a character", "CESU-8"),
        (b"boat \xed\xb8\x80", 5, "half of a character", "WTF-8"),
        ("café, ".encode() + "café.".encode("cp1252"), 10, "mixes two encodings", "this part"),
        ("\ufeffa \ud83d b".encode("utf-16-le", "surrogatepass"), 6, "begins as UTF-16 does", "save it again"),
        ("\ufeffa".encode("utf-32-be") + b"\0\x11\0\0", 8, "begins as UTF-32 does", "save it again"),
        (b"boat \xc0\xaf", 5, "not valid UTF-8", "convert"),
    ],
)
def test_what_is_wrong_with_the_encoding_is_told_with_its_remedy(data, offset, message, hint):
    with pytest.raises(SourceError) as caught:
        Source.decode("a.txt", data)
    assert (caught.value.code, caught.value.offset) == ("source-encoding", offset)
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize("encoding", ["idna", "punycode", "utf-7", "unicode_escape", "raw_unicode_escape", "utf-16"])
def test_a_codec_that_is_none_for_files_does_not_stop_the_others(encoding):
    assert Source.decode("a.txt", b"caf\xe9.", [encoding, "cp1252"]).text == "café."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    (tmp_path / "x").write_text("text")
    (tmp_path / "x").chmod(0)
    assert "may not be read" in refusal(tmp_path / "x").message


def test_a_name_that_no_file_can_have(tmp_path):
    assert refusal(tmp_path / "a\0b").code == "source-unreadable"


@pytest.mark.parametrize(
    ("text", "name", "evidence"),
    [
        ("He came, [Page 12] and left.", "web", "1 page marker in the text"),
        ("He came.1\r\n\r\nHale\r\n  1. Of Bath.\r\n  2. Lost.", "web", "2 notes in a list at the end"),
        ("# Title\n\nText.", "markdown", "1 heading with #"),
        ("**A\nTitle**\n\nIt cost \\$5.", "markdown", "1 escaped sign"),
        ("One.\n\x0cTwo.", "pages", "1 form feed"),
        ("One.\n\n12\n\nTwo.\n\n13\n", "pages", "2 lines with a page number only"),
        ("One.\n\nTHE FERRY 12\n\nTwo.\n\n13 THE FERRY\n", "pages", "2 running heads"),
        ("So it was.¹ And on.²\n\n¹ Ibid.\n² Ibid.\n\nAnd so on.", "pages", "2 notes at the foot of pages"),
        ("Only *words*.", "plain", "1 stretch of *italics*"),
    ],
)
def test_origin_and_evidence(text, name, evidence):
    origin = diagnose(text)
    assert origin.name == name
    assert evidence in origin.evidence


@pytest.mark.parametrize(
    "text",
    [
        "Plain text.",
        "In 1863\n\n1863\n\nsomebody counted.",  # one number is no page number
        "3\n\n700\n\n12\n",  # numbers that do not rise as pages do
        "5 Ibid.\n\n6 Ibid.\n",  # notes that say the same
        "The steps:\n  2. Go.\n  3. Come.",  # no list of notes begins with 2
        "  1. Go.\n\nThe end.",  # nor does it stand before the text
        "C:\\temp and 5 * 3",
        "",
    ],
)
def test_no_traces(text):
    assert diagnose(text).name == "plain"


def test_origin_of_the_development_texts(shared):
    folder = shared / "gold"
    named = {"frus": "web", "ocrpage": "pages"}
    agreement = Counter()
    for entry in json.loads((folder / "manifest.json").read_text(encoding="utf-8")):
        origin = diagnose((folder / "txt" / f"{entry['id']}.txt").read_bytes().decode("utf-8"))
        agreement[named[entry["style"]], origin.name] += 1
    print(dict(agreement))  # noqa: T201 - what pytest -s shows
    right = sum(count for (style, name), count in agreement.items() if style == name)
    assert right / sum(agreement.values()) > 0.85
    assert not agreement["web", "pages"]
    assert not agreement["pages", "web"]


def test_a_stray_nul_in_a_short_text_is_damage_not_a_binary_file():
    assert Source.decode("a.txt", b"Hello wor\0ld").text == "Hello wor\0ld"


@pytest.mark.parametrize(
    ("text", "name", "evidence"),
    [
        ("THE FERRY AT HOLM 12\n\nThe Ferry at Holm\n\nIt sank.", "pages", "1 running head"),
        ("SUNDAY 3 40\n\nIt rained.\n\n41 SUNDAY 3\n\nIt snowed.", "pages", "2 running heads"),
        ("It rained.¹ It snowed.²\n\n1 In March.\n\n2 In May.", "pages", "2 notes at the foot of pages"),
        (
            "It rained<sup>3</sup> and blew.<sup>4</sup>\n\n3. In March.\n4. In May.\n",
            "pages",
            "2 notes at the foot of pages",
        ),
        ("The boats were coun-\nted by the har-\nbour master.", "pages", "2 words cut at a line's end"),
    ],
)
def test_finer_traces_of_pages(text, name, evidence):
    origin = diagnose(text)
    assert origin.name == name
    assert evidence in origin.evidence


@pytest.mark.parametrize(
    "text",
    [
        "The ferry of 1863\n\nThe ferry was built.",  # a head that ends with a year says nothing of a page
        "It covered 30 m².\n\n2 Boats were sold.",  # a square, and a line that begins with a number
        "He was well-\nknown.",  # one hyphen at a line's end
        "1 Boat, 2 oars.\n\n2 Boats, 4 oars.",
    ],
)
def test_no_finer_traces(text):
    assert diagnose(text).name == "plain"
