"""The header says what is known, and nothing that is not."""

from dataclasses import replace

import pytest
from lxml import etree

from teiprep import checks
from teiprep.alignment import Edit
from teiprep.document import Correspondence, Metadatum
from teiprep.tei import encode
from tests.make import document
from tests.rich import rich_documents

TEI = {"t": "http://www.tei-c.org/ns/1.0"}


def header(made):
    root = etree.fromstring(encode(made))
    assert checks.grammar().validate(root), checks.grammar().error_log

    def find(path):
        found = root.xpath(path, namespaces=TEI)
        return [" ".join(str(each).split()) for each in found] if isinstance(found, list) else found

    return find


def test_a_bare_document_has_a_bare_header():
    find = header(document([("p", "A ferry.")]))
    assert find("//t:titleStmt/t:title/text()") == ["sample"]
    assert find("//t:publisher/text()") == ["not stated"]
    assert find("//t:availability/@status") == ["unknown"]
    assert find("//t:measure/@quantity") == ["2"]
    assert find("//t:editorialDecl/t:p/text()") == ["The text stands unchanged."]
    for absent in ("//t:standOff", "//t:correspDesc", "//t:classDecl", "//t:creation", "//t:correction", "//t:author"):
        assert find(absent) == []


def test_the_title_comes_from_the_metadata_else_from_the_first_head():
    made = document([("div", [("head", "The  ferry\nat night"), ("p", "Late.")])])
    assert header(made)("//t:titleStmt/t:title/text()") == ["The ferry at night"]
    made = replace(made, metadata={"title": Metadatum("Ferries", "metadata.csv")})
    assert header(made)("//t:titleStmt/t:title/text()") == ["Ferries"]


def test_everything_known_is_there():
    find = header(rich_documents()[0])
    assert find("//t:sourceDesc//t:idno/@type") == ["archival", "file", "sha256"]
    assert find("//t:licence/@target") == ["https://creativecommons.org/publicdomain/mark/1.0/"]
    assert find("//t:creation/t:date/@when") == ["1901-05-03"]
    assert find("//t:correspAction[@type='sent']/t:persName/@ref") == ["#per-lee"]
    assert find("//t:correspAction[@type='received']/@ana") == ["#inferred"]
    assert find("//t:listPerson/t:person[1]/t:idno[@type='wikidata']/text()") == ["Q0"]


def test_the_practices_name_only_what_happened_and_how_often():
    edits = [(Edit(k, k + 1, "", "hyphen", "demo"), "-") for k in range(3)] + [(Edit(9, 10, "", "space", "demo"), " ")]
    find = header(replace(document([("p", "A ferry.")]), edits=tuple(edits)))
    assert find("count(//t:correction)") == find("count(//t:quotation)") == 0
    assert find("//t:hyphenation/t:p/text()") == ["Hyphens at the end of a line were taken out in 3 places."]
    assert find("//t:normalization/t:p/text()") == ["Spaces were made regular in one place."]
    assert find("//t:editorialDecl/t:p/text()") == ["The text was changed in 4 places."]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", "bad\x00 \ufffe & <title>"),
        ("language", "Old French"),
        ("licence_url", "not an address"),
        ("date", "about 1901"),
        ("date", "1901-02-30"),
        ("publisher", " "),
    ],
)
def test_metadata_that_people_typed_never_break_the_file(key, value):
    header(replace(document([("p", "A ferry.")]), metadata={key: Metadatum(value, "metadata.csv")}))


def test_a_side_of_a_letter_of_which_nothing_is_known_is_left_out():
    made = replace(document([("p", "A ferry.")]), correspondence=(Correspondence("sent"),))
    assert header(made)("//t:correspDesc") == []
    made = replace(made, correspondence=(Correspondence("sent"), Correspondence("received", place="Dover")))
    assert header(made)("//t:correspAction/@type") == ["received"]
