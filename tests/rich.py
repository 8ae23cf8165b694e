"""Documents that between them have everything that teiprep can write; all texts are made up."""

from dataclasses import replace
from itertools import pairwise

from teiprep.document import Annotation, Correspondence, Furniture, Metadatum, Note, Person
from tests.make import Edit, document, note, page, tag

OLD_STYLE = {"when": "1901-05-14T05:30:00", "when-custom": "1901-05-01", "calendar": "julian"}
LETTER = [
    (
        "front",
        [
            (
                "titlePage",
                [
                    ("docTitle", [("titlePart", "The Ferry Papers", {"type": "main"}), ("titlePart", "Volume One")]),
                    ("byline", "edited by Ann Lee"),
                    ("docImprint", "Dover 1901"),
                ],
            ),
            ("div", [("head", "Notice"), ("p", "All rights reserved.")]),
        ],
    ),
    (
        "div",
        [
            ("note", "12.5/7 Letter", {"type": "source"}),
            ("head", "The Harbour Master (Lee) to the Owner"),
            (
                "opener",
                [
                    ("dateline", "Dover, May 3, 1901, “late”"),
                    ("address", [("addrLine", "The Owner,"), ("addrLine", "Hythe Quay")]),
                    ("salute", "Sir:"),
                ],
            ),
            ("p", "478. He said “the Isabel is late”, and that May 4 would do. He called it a “service”."),
            ("p", "The owner, Mr. Ross, wrote “I am sorry.”"),
            ("quote", [("head", "Song"), ("p", "We sail at dawn."), ("lg", [("l", "O ship,"), ("l", "O sea.")])]),
            ("list", [("item", "rope"), ("item", "tar")], {"rend": "bulleted"}),
            ("table", [("row", [("cell", "fare"), ("cell", "2s")])]),
            ("p", "I remain, with the Tide Tables in hand, yours."),
            ("closer", [("salute", "Truly,"), ("signed", "A. Lee")]),
            ("postscript", [("p", "Ibid. is no ship.")]),
            ("trailer", "End of the letter"),
        ],
        {"type": "letter"},
    ),
    ("div", [("p", "More."), ("head", "Later")]),
]


def rich_documents():
    """Two documents: a letter with everything, and a bare text."""
    made = document(
        LETTER,
        name="ferry",
        notes={"fn-1": [("p", "Not printed.")], "fn-2": [("p", "See 3 May."), ("p", "And after.")]},
        furniture_text="17\nTHE FERRY\n12\n* * *",
    )
    text = made.text_of["body"]
    at = text.index
    certain = {"certainty": "medium"}
    cited = {"citedIn": "fn-1"}
    crossing = at("Mr. Ross")
    made = replace(
        made,
        blocks=tuple(replace(block, certainty="medium") for block in made.blocks),
        notes=(
            note("fn-1", at(", and that")),
            note("fn-2", at(" He called"), n="2", pairing="order", **certain),
            Note("fn-9", "17", None, "body", at("We sail") + 7, siglum=(0, 2)),
        ),
        breaks=(
            page("pg-2", at("Isabel"), "2"),
            page("pg-3", at("owner, Mr") + 2, "3", within_word=True, certainty="medium"),
            replace(page("cb-1", at("sail"), certainty="low"), type="cb"),
            replace(page("lb-1", at("in hand")), type="lb"),
            replace(page("ms-1", at("More"), marker=(16, 21)), type="milestone"),
            replace(page("cb-2", at("sail") + 2, "1", within_word=True), type="cb"),
        ),
        furniture=(
            Furniture("fw-0", "siglum", 0, 2),
            Furniture("fw-3", "header", 3, 12, "pg-2", "top"),
            Furniture("fw-13", "pageNum", 13, 15, "pg-2", "bottom"),
            Furniture("fw-16", "ornament", 16, 21),
        ),
        annotations=(
            replace(tag("author", made, "Ann Lee"), **certain),
            replace(tag("author", made, "The Harbour Master"), **certain),
            tag("number", made, "478", type="telegram"),
            tag("place", made, "Dover,"),
            replace(tag("date", made, "May 3, 1901", when="1901-05-03"), id="date-1"),
            replace(tag("date", made, "May 4", when="1901-05-04", evidence="internal", clue="date-1"), id="date-2"),
            replace(tag("date", made, "dawn", **{"from": "1901", "to": "1902"}), id="date-3"),
            replace(tag("date", made, "3 May", flow="fn-2", notBefore="1901-05", notAfter="1901-06"), id="date-4"),
            replace(tag("date", made, "at dawn", **OLD_STYLE, precision="low"), id="date-5"),
            tag("person", made, "Lee", ref="per-lee"),
            Annotation("person-x", "person", "body", crossing, crossing + 8, {"ref": "per-ross"}),
            Annotation("person-y", "person", "body", crossing + 4, crossing + 15, {}),
            tag(
                "quotation",
                made,
                "“the Isabel is late”",
                kind="said",
                who="per-lee",
                citedIn="fn-1",
                next="quotation-y",
            ),
            replace(tag("quotation", made, "“I am sorry.”", kind="quote", **cited), id="quotation-y"),
            tag("quotation", made, "“service”", kind="soCalled"),
            tag("quotation", made, "“late”", kind="q", who="per-lee"),
            tag("emphasis", made, "Isabel is late”, and", rend="italic"),
            tag("emphasis", made, "tar", rend="bold"),
            *(
                replace(tag("emphasis", made, quote, rend="italic"), id=f"emphasis-{quote[:3]}")
                for quote in ("Ann Lee", "The Harbour Master", "Dover,", "Lee", "Tide Tables")
            ),
            tag("title", made, "Tide Tables"),
            tag("reference", made, "Ibid.", type="ibid", target="fn-1"),
        ),
        register=(
            Person("per-lee", ("A. Lee", "Lee"), {"wikidata": "Q0"}),
            Person("per-ross", ("Ross",)),
        ),
        correspondence=(
            Correspondence("sent", "Lee", "per-lee", "Harbour Master", "Dover", {"when": "1901-05-03"}),
            Correspondence("received", role="Owner", certainty="medium"),
        ),
        edits=tuple(
            (Edit(0, 1, "", kind, "demo"), "x") for kind in ("encoding", "space", "markup", "hyphen", "join", "layout")
        ),
        metadata={
            key: Metadatum(value, "text")
            for key, value in {
                "title": "The Ferry Papers",
                "author": "Ann Lee",
                "date": "1901-05-03",
                "source": "The Ferry Archive",
                "licence": "Public domain",
                "licence_url": "https://creativecommons.org/publicdomain/mark/1.0/",
                "publisher": "The Ferry Society",
                "language": "en",
                "archival": "12.5/7",
                "identifier": "ferry:1",
                "collection": "Ferries",
            }.items()
        },
    )
    return [made, over_paragraphs(), with_citations()]


def with_citations():
    """A citation with all its parts, one that means it, and a part that had to leave its citation."""
    first, second = "A. Lee, Tides, ed. Bo Ross (Dover, 1901), p. 3", "A. Lee, op. cit., “so”"
    made = document(
        [("p", "It was late.")], name="cited", notes={"fn-1": [("p", f"{first}. {second}. Lee, {'p. 4'}, {'vol. 5'}.")]}
    )
    made = replace(made, notes=(note("fn-1", 11),))

    def part(layer, quote, **given):
        return tag(layer, made, quote, flow="fn-1", **given)

    again = made.text_of["fn-1"].index(second)
    crossing = made.text_of["fn-1"].index("p. 4")
    return replace(
        made,
        annotations=(
            part("bibl", first),
            part("author", "A. Lee"),
            part("emphasis", "A. Lee", rend="italic"),
            part("title", "Tides", level="m"),
            part("author", "Bo Ross", role="editor"),
            replace(part("emphasis", "Bo Ross", rend="bold"), id="emphasis-x"),
            part("pubPlace", "Dover"),
            part("date", "1901", when="1901"),
            part("citedRange", "p. 3", unit="page", **{"from": "3", "to": "3"}),
            replace(part("bibl", second, target=part("bibl", first).id), start=again, end=again + len(second)),
            part("reference", "op. cit.", type="opCit", target=part("bibl", first).id),
            part("quotation", "“so”", kind="said"),
            Annotation("citedRange-x", "citedRange", "fn-1", crossing, crossing + 4, {"unit": "page"}, "medium"),
        ),
    )


def over_paragraphs():
    """What runs on over the end of a paragraph: every element that may stand in parts."""
    kinds = ["q", "said", "quote", "soCalled", "mentioned", "gloss"]
    made = document([("p", f"It began {number} and went on.") for number in range(9)], name="chains")
    spans = [(leaf.end - 5, after.start + 5) for leaf, after in pairwise(made.leaves["body"])]
    quotations = [
        Annotation(f"quotation-{start}", "quotation", "body", start, end, {"kind": kind})
        for (start, end), kind in zip(spans, kinds, strict=False)
    ]
    others = [
        Annotation(f"{layer}-x", layer, "body", *spans[6 + number])
        for number, layer in enumerate(("title", "emphasis"))
    ]
    misread = Edit(3, 4, "b", "correction", "demo", "medium"), "h"
    return replace(made, annotations=(*quotations, *others), edits=(misread,))
