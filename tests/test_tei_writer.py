"""What is written is what a parser reads."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from teiprep.alignment import Flow
from teiprep.diagnostics import InvariantError
from teiprep.tei import encode, writer
from tests.make import document

characters = st.characters(codec="utf-8").filter(lambda sign: not writer.FORBIDDEN.match(sign))


@given(st.text(characters), st.text(characters))
def test_text_and_attributes_come_back_code_point_for_code_point(text, value):
    element = etree.fromstring(writer.tag("a", {"b": value}) + writer.escape(text) + "</a>")
    assert (element.text or "") == text
    assert element.get("b") == value


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_forbids_is_our_bug(sign):
    made = replace(document([("p", "ab")]), flows=(Flow("body", f"a{sign}"),))
    with pytest.raises(InvariantError, match="forbids"):
        encode(made)


def test_the_file_begins_and_ends_as_it_should():
    tei = encode(document([("p", "é")])).decode()
    assert tei.startswith(
        '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="sample"'
    )
    assert tei.endswith("</TEI>\n")
    assert "é" in tei
    assert not re.search(r"[ \t]\n", tei)
