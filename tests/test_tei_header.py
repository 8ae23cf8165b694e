"""The header says what is known, and nothing that is not."""

from dataclasses import replace

import pytest
from lxml import etree

from teiprep import resources
from teiprep.alignment import Edit, Layout, Piece
from teiprep.document import Block, Correspondence, Document, Furniture, Metadatum, Person, SourceInfo
from teiprep.source import Source
from teiprep.tei import encode
from teiprep.validate import grammar
from tests.make import document, page
from tests.rich import rich_documents

SCHEMA = resources.path("schemas/teiprep.rng")
TEI = {"t": "http://www.tei-c.org/ns/1.0"}


def header(made):
    root = etree.fromstring(encode(made))
    assert list(grammar.check(root, SCHEMA)) == []

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


def practices(text, *edits, **layers):
    """The header of a source of one paragraph, cleaned by `edits`: (original, replacement, kind, rule)."""
    at, made = 0, []
    for original, new, kind, rule in edits:
        at = text.index(original, at)
        made.append(Edit(at, at + len(original), new, kind, rule))
        at += len(original)
    source = Source.decode("raw.txt", text.encode(), ["utf-8"])
    layout = Layout(text, made, [Piece(0, len(text), "body")])
    [flow] = layout.flows
    info = SourceInfo("raw.txt", len(source.data), source.sha256, "utf-8", "\n")
    record = tuple((edit, text[edit.start : edit.end]) for edit in made)
    blocks = (Block("p-0", "p", "body", 0, len(flow.text)),)
    return header(Document("raw", info, "plain", layout.flows, layout.pieces, record, blocks, **layers))


def test_the_practices_name_only_what_happened_and_how_often():
    find = practices(
        "A fer-\nry at the har-\nbour  and a co\u00adpy of it, Anglo-\nFrench",
        ("-\n", "", "hyphen", "line-end-hyphen"),
        ("-\n", "", "hyphen", "line-end-hyphen"),
        ("  ", " ", "space", "wide-spaces"),
        ("\u00ad", "", "hyphen", "soft_hyphens"),
        ("\n", "", "join", "joined-lines"),
    )
    assert find("count(//t:correction)") == find("count(//t:quotation)") == 0
    assert find("//t:hyphenation/@eol") == ["some"]
    assert find("//t:hyphenation/t:p/text()")[0].split(". ") == [
        "Hyphens at the end of a line were taken out in 2 places",
        "Soft hyphens within a line, which are not printed, were taken out in one place",
        "Hyphens at the end of a line were kept in one place.",
    ]
    assert find("//t:normalization/t:p/text()")[0].startswith("Spaces were made regular in one place. Lines of one")
    assert find("//t:editorialDecl/t:p/text()") == ["The text was changed in 5 places."]


@pytest.mark.parametrize(
    ("text", "edits", "eol"),
    [
        ("A ferry, well-known -\nand late --\n5-\n", [], []),
        ("A fer-\nry", [], ["all"]),
        ("A fer- \r\nry", [("- \r\n", "", "hyphen", "line-end-hyphen")], ["none"]),
        ("A fer¬\nry, Anglo¬\nFrench", [("¬\n", "", "hyphen", "soft_hyphens+line-end-hyphen")], ["some"]),
        ("A fer¬\nry", [("¬\n", "-", "hyphen", "soft_hyphens+joined-lines")], ["all"]),
        ("A fer-[Page 2]ry", [("-", "", "hyphen", "page-end-hyphen")], ["none"]),
        ("A fe\u00adrry", [("\u00ad", "", "hyphen", "soft_hyphens")], ["none"]),
    ],
)
def test_whether_hyphens_at_line_ends_are_left_is_true(text, edits, eol):
    assert practices(text, *edits)("//t:hyphenation/@eol") == eol


def test_what_was_lifted_out_of_the_text_is_said_with_where_it_stands():
    made = document([("p", "A ferry.")], furniture_text="[Page 2]\n1\n1.\n2.\nFERRIES\n* * *")
    kinds = {"marker": (0, 8), "siglum": (9, 10), "header": (17, 24), "ornament": (25, 30)}
    furniture = [Furniture(f"fw-{span[0]}", kind, *span) for kind, span in kinds.items()]
    furniture += [Furniture("fw-11", "label", 11, 13), Furniture("fw-14", "label", 14, 16)]
    made = replace(made, furniture=tuple(furniture), breaks=(page("pg-2", 0, "2"),))
    said = header(made)("//t:editorialDecl/t:p[2]/text()")[0]
    for part in (
        "1 page marker (the number is in pb/@n)",
        "1 note reference (",
        "2 note labels (",
        "1 running head (in fw)",
        "1 ornament (a milestone",
    ):
        assert part in said
    assert "running head (left out" in header(replace(made, options={"furniture": False}))(
        "string(//t:editorialDecl/t:p[2])"
    )
    assert header(made)("//t:refsDecl/t:p/text()") == [
        "Cite a page by pb/@n (the number as printed). Each has an xml:id."
    ]


def test_the_source_statement_is_no_title_and_the_collection_is_a_series():
    metadata = {"source": "typed by hand", "collection": "Ferries", "title": "A letter"}
    made = replace(
        document([("p", "A ferry.")]), metadata={key: Metadatum(value, "x") for key, value in metadata.items()}
    )
    find = header(made)
    assert find("//t:sourceDesc//t:title") == []
    assert find("//t:sourceDesc/t:bibl/t:note/text()") == ["typed by hand"]
    assert find("//t:seriesStmt/t:title/text()") == ["Ferries"]
    assert find("//t:titleStmt/t:title/text()") == ["A letter"]


def test_persons_are_said_to_be_listed_if_they_are():
    made = document([("p", "A ferry.")])
    assert header(made)("//t:particDesc") == []
    find = header(replace(made, register=(Person("per-lee", ("Lee",)),)))
    assert find("count(//t:particDesc/t:p)") == find("count(//t:listPerson)") == 1


@pytest.mark.parametrize(
    ("name", "url", "status", "target"),
    [
        ("CC0-1.0", "", "free", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC0", "", "free", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC BY 4.0", "", "free", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by-nc-sa-3.0", "", "free", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC BY-SA", "", "free", None),  # which version? none is invented
        ("CC BY 9.9", "", "unknown", None),
        ("Public Domain Mark 1.0", "", "free", "https://creativecommons.org/publicdomain/mark/1.0/"),
        ("public domain", "", "free", None),
        ("not in the public domain", "", "unknown", None),
        ("© 1960 The Press", "", "restricted", None),
        ("All rights reserved.", "", "restricted", None),
        ("ask the archive", "https://example.org/terms", "unknown", "https://example.org/terms"),
        ("", "https://creativecommons.org/licenses/by/4.0/", "free", "https://creativecommons.org/licenses/by/4.0/"),
        ("https://creativecommons.org/licenses/by/4.0/", "", "free", "https://creativecommons.org/licenses/by/4.0/"),
        ("", "", "unknown", None),
    ],
)
def test_the_licence(name, url, status, target):
    given = {"licence": name, "licence_url": url}
    made = replace(
        document([("p", "A ferry.")]), metadata={key: Metadatum(value, "x") for key, value in given.items() if value}
    )
    find = header(made)
    assert find("//t:availability/@status") == [status]
    assert find("//t:licence/@target") == ([target] if target else [])


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
