"""The sidecar says all that the document says, follows its schema, comes back unchanged, and stays small."""

import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import fields, replace
from typing import get_args

import jsonschema
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiprep import diagnostics, sidecar
from teiprep import document as model
from teiprep.alignment import Edit, Layout, Piece
from teiprep.diagnostics import Diagnostic, InvariantError, TeiprepError
from teiprep.document import Annotation, Block, Break, Correspondence, Document, Furniture, Metadatum, Note, Person

CERTAINTIES = ("high", "medium", "low")
ATTRIBUTES = ("when", "from", "to", "notBefore", "notAfter", "edtf", "clue", "ref", "who", "next", "prev", "target")
SCHEMA = sidecar.schema()


def build(deal, **layers) -> tuple[Document, Layout]:
    """A document from `(flow, parts)`; a part is a kept text or the pair (original, replacement) of an edit."""
    source, pieces, edits = "", [], []
    for flow, parts in deal:
        start = len(source)
        for part in parts:
            if isinstance(part, tuple):
                original, new = part
                edits.append((Edit(len(source), len(source) + len(original), new, "space", "demo"), original))
                source += original
            else:
                source += part
        pieces.append(Piece(start, len(source), flow))
    layout = Layout(source, [edit for edit, _ in edits], pieces)
    data = source.encode()
    info = model.SourceInfo("a/letter.txt", len(data), hashlib.sha256(data).hexdigest(), "utf-8", "\n")
    return Document("letter", info, "plain", layout.flows, tuple(pieces), tuple(edits), **layers), layout


TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
SOLID = TEXT.filter(bool)
IDS = st.from_regex(r"[a-zé_][a-z0-9_.-]{0,6}", fullmatch=True)
PART = st.one_of(SOLID, st.tuples(SOLID, TEXT).filter(lambda pair: pair[0] != pair[1]))


@st.composite
def documents(draw):
    deal = draw(
        st.lists(st.tuples(st.sampled_from(("body", "fn-1", "furniture")), st.lists(PART, min_size=1)), min_size=1)
    )
    # In the furniture every piece is one entry, with line feeds behind it.
    gaps = [draw(st.integers(0, 2)) if flow == "furniture" else 0 for flow, _ in deal]
    deal = [(flow, [*parts, *["\n" * gap] * bool(gap)]) for (flow, parts), gap in zip(deal, gaps, strict=True)]
    document, layout = build(deal)
    texts, furniture, at = document.text_of, [], 0
    for (flow, parts), gap in zip(deal, gaps, strict=True):
        if flow == "furniture":
            end = at + sum(len(part[1] if isinstance(part, tuple) else part) for part in parts)
            kind = draw(st.sampled_from(("header", "marker", "siglum")))
            furniture.append(Furniture(f"fw-{at}", kind, at, end - gap, draw(st.none() | IDS)))
            at = end

    def spans(flow):
        return st.tuples(*[st.integers(0, len(texts[flow]))] * 2).map(sorted)

    def many(make):
        return tuple(draw(st.lists(st.sampled_from(sorted(texts)).flatmap(make), max_size=3)))

    certainty = st.sampled_from(CERTAINTIES)
    some_text = st.none() | TEXT
    marks = st.none() | (spans("furniture").map(tuple) if "furniture" in texts else st.none())
    attributes = st.dictionaries(st.sampled_from(ATTRIBUTES), SOLID) | st.just({"kind": "said"})
    attributes |= st.fixed_dictionaries({"type": SOLID, "evidence": st.sampled_from(("internal", "external"))})
    remark = st.builds(
        Diagnostic,
        st.just("page-sequence"),
        st.sampled_from(("info", "warning", "error")),
        TEXT,
        TEXT,
        st.none() | st.tuples(st.integers(0, 9), st.integers(0, 9)),
        st.none() | st.integers(1, 99),
    )
    return replace(
        document,
        origin=draw(TEXT),
        furniture=tuple(furniture),
        blocks=many(
            lambda flow: st.builds(
                lambda name, kind, span, *rest: Block(name, kind, flow, *span, *rest),
                IDS,
                st.sampled_from(sorted(model.LEAVES | model.CONTAINERS)),
                spans(flow),
                st.none() | IDS,
                st.dictionaries(st.sampled_from(("type", "rend")), TEXT),
                certainty,
                TEXT,
            )
        ),
        breaks=many(
            lambda flow: st.builds(
                lambda name, span, *rest: Break(name, "pb", flow, span[0], *rest),
                IDS,
                spans(flow),
                some_text,
                st.booleans(),
                marks,
                TEXT,
            )
        ),
        notes=many(
            lambda flow: st.builds(
                lambda name, n, own, span, *rest: Note(name, n, own, flow, span[0], *rest),
                IDS,
                TEXT,
                st.none() | IDS,
                spans(flow),
                st.booleans(),
                some_text,
                marks,
                st.sampled_from(("foot", "end")),
                st.sampled_from(("number", "order", "")),
                certainty,
            )
        ),
        annotations=many(
            lambda flow: st.builds(
                lambda name, layer, span, *rest: Annotation(name, layer, flow, *span, *rest),
                IDS,
                st.sampled_from(("person", "date", "quotation", "reference")),
                spans(flow),
                attributes,
                certainty,
                TEXT,
            )
        ),
        sentences={
            flow: tuple(map(tuple, draw(st.lists(spans(flow), max_size=2)))) for flow in draw(st.sets(IDS)) & set(texts)
        },
        register=tuple(
            draw(st.lists(st.builds(Person, IDS, st.lists(TEXT).map(tuple), st.dictionaries(IDS, TEXT)), max_size=2))
        ),
        correspondence=draw(
            st.just(())
            | st.builds(
                lambda *rest: (Correspondence("sent", *rest),),
                some_text,
                st.none() | IDS,
                some_text,
                some_text,
                st.dictionaries(st.sampled_from(("when", "from")), SOLID),
                certainty,
            )
        ),
        metadata=draw(st.dictionaries(st.sampled_from(("title", "author")), st.builds(Metadatum, TEXT, TEXT))),
        options=draw(st.dictionaries(TEXT, TEXT | st.booleans())),
        rules=draw(TEXT),
        diagnostics=tuple(draw(st.lists(remark, max_size=2))),
    ), layout


EXAMPLE, EXAMPLE_LAYOUT = build(
    [
        ("body", ["Head", ("\n\n\n", "\n"), "We met on 4 May,"]),
        ("furniture", ["1"]),
        ("body", [" and then", (" \n", " ")]),
        ("furniture", ["[Page 2]", ("\r", "")]),
        ("body", ["we parted.", ("\n", "\n")]),
        ("fn-1", ["A note", ("  ", " "), "here."]),
    ],
    blocks=(
        Block("div-0", "div", "body", 0, 40, attributes={"type": "letter"}),
        Block("head-0", "head", "body", 0, 4, "div-0", certainty="medium", rule="heads"),
        Block("p-7", "p", "body", 5, 40, "div-0"),
        Block("p-60", "p", "fn-1", 0, 12),
    ),
    breaks=(Break("pg-2", "pb", "body", 31, "2", marker=(1, 9), rule="pages"), Break("pg-at-7", "pb", "body", 5)),
    notes=(
        Note("fn-1", "1", "fn-1", "body", 21, label="2", siglum=(0, 1), pairing="order", certainty="medium"),
        Note("fn-2", "2", None, "body", 21),
    ),
    furniture=(Furniture("fw-23", "siglum", 0, 1), Furniture("fw-35", "marker", 1, 9, "pg-2", "top")),
    sentences={"body": ((5, 40),), "fn-1": ()},
    annotations=(
        Annotation("date-17", "date", "body", 15, 20, {"when": "--05-04", "evidence": "external"}, "low", "dates"),
        Annotation("reference-60", "reference", "fn-1", 0, 6, {"type": "ibid", "target": "fn-2"}),
    ),
    register=(Person("per-a", ("Ada Fell", "Fell"), {"viaf": "1"}),),
    correspondence=(Correspondence("sent", "Fell", "per-a", date={"when": "1900"}, certainty="low"),),
    metadata={"title": Metadatum("A letter", "text"), "author": Metadatum("Fell", "command line")},
    options={"furniture": True, "inline_threshold": "low"},
    rules="0" * 64,
    diagnostics=(Diagnostic("page-sequence", "warning", "page 2 follows page 3", "look", (35, 43), 4),),
)


@given(documents())
def test_what_is_written_is_read_back(pair):
    document, layout = pair
    data = sidecar.dump(document, layout)
    again = sidecar.load(data)
    assert again == document
    assert sidecar.dump(again, sidecar.layout_of(again)) == data
    assert sidecar.follows_schema(orjson.loads(data))


@given(documents())
def test_the_source_and_its_layout_come_back(pair):
    document, layout = pair
    text = sidecar.source_text(document)
    assert hashlib.sha256(text.encode()).hexdigest() == document.source.sha256
    rebuilt = sidecar.layout_of(sidecar.load(sidecar.dump(document, layout)))
    assert (rebuilt.flows, rebuilt.pieces, rebuilt.edits) == (layout.flows, layout.pieces, layout.edits)
    assert sidecar.flow_lengths(document.pieces, document.edits) == {f.id: len(f.text) for f in document.flows}


@given(documents())
def test_blanked_texts_cost_only_what_the_tei_holds(pair):
    document, layout = pair
    record = orjson.loads(sidecar.dump(document, layout))
    for flow in record["flows"]:
        flow["text"] = ""
    again = sidecar.load(orjson.dumps(record))
    assert again.text_of.get("furniture") == document.text_of.get("furniture")
    assert replace(again, flows=document.flows) == document


def test_equal_documents_give_the_same_bytes():
    def turned(mapping):
        return dict(reversed(mapping.items()))

    other = replace(
        EXAMPLE,
        metadata=turned(EXAMPLE.metadata),
        options=turned(EXAMPLE.options),
        sentences=turned(EXAMPLE.sentences),
        annotations=tuple(replace(each, attributes=turned(each.attributes)) for each in EXAMPLE.annotations),
    )
    assert other == EXAMPLE
    assert sidecar.dump(other, EXAMPLE_LAYOUT) == sidecar.dump(EXAMPLE, EXAMPLE_LAYOUT)


def test_places_in_the_source_and_quotes():
    text = sidecar.source_text(EXAMPLE)
    record = orjson.loads(sidecar.dump(EXAMPLE, EXAMPLE_LAYOUT))
    date, reference = record["annotations"]
    assert text[slice(*date["source"])] == date["quote"] == "4 May"
    assert (reference["type"], reference["subtype"]) == ("reference", "ibid")
    assert text[slice(*record["breaks"][0]["source"])] == "[Page 2]"
    start, end = record["breaks"][1]["source"]
    assert start == end == text.index("We met")
    assert text[slice(*record["notes"][0]["source"])] == "1"
    assert [each["quote"] for each in record["furniture"]] == ["1", "[Page 2]"]
    assert record["document"]["title"] == "A letter"


def test_defaults_are_left_out_and_the_schema_names_them():
    record = orjson.loads(sidecar.dump(EXAMPLE, EXAMPLE_LAYOUT))
    assert record["notes"][1].keys() == {"id", "n", "at_flow", "at", "source"}
    classes = {
        "blocks": Block, "breaks": Break, "notes": Note, "annotations": Annotation, "furniture": Furniture,
        "register": Person, "diagnostics": Diagnostic, "correspondence": Correspondence,
    }  # fmt: skip
    places = SCHEMA["properties"] | SCHEMA["properties"]["document"]["properties"]
    for key, cls in classes.items():
        properties = places[key]["items"]["properties"]
        for name, default in sidecar._defaults(cls):
            if name in properties and default in ("high", "", "foot", False, True, {}):
                assert properties[name]["default"] == default, (key, name)


def test_whatever_may_be_missing_has_a_default_or_is_said_to_be_left_out():
    """A reader in another language gets `undefined`: the schema must tell what that means."""

    def walk(node):
        for name, each in node.get("properties", {}).items() if isinstance(node, dict) else ():
            known = name in node.get("required", ()) or "default" in each or "eft out" in each["description"]
            assert known, (name, each)
        for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            walk(each)

    walk(SCHEMA)


def test_javascript_finds_the_same_text(root):
    """By the line in the page about the sidecar, in a text with characters beyond U+FFFF."""
    page = (root / "docs/sidecar.md").read_text(encoding="utf-8")
    [line] = re.findall(r"^\| JavaScript \| `([^`]+)`", page, re.MULTILINE)
    if shutil.which("node") is None:
        pytest.skip("node is not installed (Debian: apt-get install nodejs): the line for JavaScript is not run")
    text = "a😀 Péter’s 😀😀 ferry"
    start = text.index("ferry")
    code = f"const text = {json.dumps(text)}, start = {start}, end = {len(text)}; process.stdout.write({line})"
    done = subprocess.run(["node", "-e", code], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout == text[start:] == "ferry"


def test_each_record_has_a_line():
    lines = sidecar.dump(EXAMPLE, EXAMPLE_LAYOUT).decode().splitlines()
    assert lines[0] == '{"format":"teiprep-sidecar/1",'
    assert len(lines) < 70
    for line in lines:
        assert line.startswith(("{", '"', "]", "[")), line
    keys = [re.match(r'\{?"(\w+)":', line) for line in lines if not line.startswith(('{"id', '{"kind', '{"code', "["))]
    assert [match[1] for match in keys if match] == list(SCHEMA["properties"])


def test_many_equal_edits_cost_little():
    lines = [part for n in range(400) for part in (f"A line with the number {n}", ("\n", " "))]
    few, layout = build([("body", lines[:-1])])
    plain, plain_layout = build([("body", [sidecar.source_text(few)])])
    cost = len(sidecar.dump(few, layout)) - len(sidecar.dump(plain, plain_layout))
    assert cost < 400 * 7


def test_an_untagged_text_costs_about_twice_its_source():
    """A tag costs some 150 bytes more: it carries its quote, its value and its place in the source."""
    lines = [
        part for n in range(400) for part in (f"A line of prose such as a typewriter gave, number {n},", ("\n", " "))
    ]
    parts = [*lines[:-1], ("\n\n\n", "\n\n")]
    bare, layout = build([("body", parts)])
    ends = [match.end() for match in re.finditer(r",", bare.text_of["body"])][1::2]
    starts = [0, *(end + 1 for end in ends[:-1])]
    divided = replace(
        bare,
        sentences={"body": tuple(zip(starts, ends, strict=True))},
        blocks=tuple(
            Block(f"p-{low}", "p", "body", low, high, "div-0", rule="paragraph")
            for low, high in zip(starts[::5], ends[4::5], strict=True)
        ),
    )
    assert len(sidecar.dump(divided, layout)) < 2 * bare.source.bytes


def test_an_attribute_that_hides_a_key_is_refused():
    for name in ("quote", "subtype", "source"):
        bad = replace(EXAMPLE, annotations=(Annotation("date-1", "date", "body", 0, 1, {name: "x"}),))
        with pytest.raises(InvariantError, match=name):
            sidecar.dump(bad, EXAMPLE_LAYOUT)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "sidecar-malformed"),
        (b'{"format":', "sidecar-malformed"),
        (b"\xff", "sidecar-malformed"),
        (b"[]", "sidecar-schema"),
        (b'{"format":"teiprep-sidecar/1"}', "sidecar-schema"),
        (sidecar.dump(EXAMPLE, EXAMPLE_LAYOUT).replace(b"sidecar/1", b"sidecar/2"), "sidecar-schema"),
        (sidecar.dump(EXAMPLE, EXAMPLE_LAYOUT).replace(b'"start":5,', b'"start":5.0,'), "sidecar-schema"),
    ],
)
def test_what_is_no_sidecar_is_refused(data, code):
    with pytest.raises(TeiprepError) as caught:
        sidecar.load(data)
    assert caught.value.code == code


# --- the schema -------------------------------------------------------------------------------------------------------


def test_the_schema_describes_every_property():
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == "urn:teiprep:sidecar:1"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    closed = 0

    def walk(node, path):
        nonlocal closed
        if isinstance(node, list):
            for k, each in enumerate(node):
                walk(each, f"{path}/{k}")
        elif isinstance(node, dict):
            for name, each in node.get("properties", {}).items():
                assert each.get("description", "").endswith("."), f"{path}/{name} is not described"
            if node.get("type") == "object":
                assert "additionalProperties" in node, path
                closed += node["additionalProperties"] is False
            for key, each in node.items():
                walk(each, f"{path}/{key}")

    walk(SCHEMA, "")
    assert closed >= 14


def test_the_schema_knows_the_model():
    properties = SCHEMA["properties"]
    assert set(properties["blocks"]["items"]["properties"]["type"]["enum"]) == model.LEAVES | model.CONTAINERS
    for name in properties["annotations"]["items"]["properties"]["type"]["enum"]:
        assert f"`{name}`" in Annotation.__doc__
    for name in properties["edits"]["items"]["properties"]["kind"]["enum"]:
        assert f"`{name}`" in Edit.__doc__
    for key, cls, name in (
        ("breaks", Break, "type"),
        ("notes", Note, "place"),
        ("notes", Note, "pairing"),
        ("furniture", Furniture, "type"),
        ("diagnostics", Diagnostic, "severity"),
    ):
        allowed = get_args(eval(cls.__annotations__[name], vars(model) | vars(diagnostics)))  # noqa: S307 - our own source
        assert set(properties[key]["items"]["properties"][name]["enum"]) == set(allowed)
    assert set(SCHEMA["$defs"]["certainty"]["enum"]) == set(get_args(model.Certainty))
    for key, cls in (("blocks", Block), ("breaks", Break), ("notes", Note), ("furniture", Furniture)):
        named = set(properties[key]["items"]["properties"])
        assert named - {"source", "quote"} == {each.name for each in fields(cls)}
