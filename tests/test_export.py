"""Exports: every offset of every format is proved against the text of its flow, and every raw span against the file."""

import csv
import io
import json
import re
import time
import tracemalloc
from dataclasses import replace
from itertools import groupby, islice
from urllib.parse import urlparse

import orjson
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from teiprep import cli, export, sidecar
from teiprep.alignment import Layout
from teiprep.diagnostics import TeiprepError
from teiprep.document import FURNITURE, Annotation
from teiprep.proofs import blanked
from tests.make import document, layout_of, tag

FORMATS = ["csv", "jsonl", "conll", "webannotation"]
LAYERS = ("date", "emphasis", "person", "quotation", "title")


def exported(form, *paths, layers=()):
    """The whole export as one text."""
    return b"".join(chunks(export.Export(paths, form, layers))).decode("utf-8")


def chunks(one, seen=None):
    """The pieces of an export in which nothing goes wrong."""

    def tell(file, error):
        raise AssertionError(file, error)

    return one.chunks(lambda *state: seen is None or seen.append(state), tell)


def invoke(*arguments):
    return CliRunner().invoke(cli.main, ["export", *map(str, arguments)])


def stored(folder, made, name=None):
    """The sidecar of a document made by hand."""
    path = folder / f"{name or made.id}.json"
    path.write_bytes(sidecar.dump(made, layout_of(made)))
    return path


# --- how each format is read, by what any program would use -----------------------------------------------------------


def rows_of_csv(text):
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def lines_of_json(text):
    assert not text or text.endswith("\n")
    return [json.loads(line) for line in text.split("\n")[:-1]]


def tokens_of_conll(text):
    """For each document and flow its sentences: lists of tokens with START, END as numbers and the columns by name."""
    head, _, rest = text.partition("\n")
    names = head.removeprefix("# global.columns = ").split(" ")
    assert names[:3] == ["FORM", "START", "END"]
    flows, here = {}, None
    current = ["", ""]
    for sentence in rest.removesuffix("\n\n").split("\n\n") if rest else ():
        tokens = []
        for line in sentence.split("\n"):
            if line.startswith("# "):
                key, _, value = line[2:].partition(" = ")
                current[("newdoc id", "flow").index(key)] = value
                if key == "flow":
                    here = flows.setdefault(tuple(current), [])
            else:
                fields = line.split("\t")
                assert len(fields) == len(names)
                tokens.append(dict(zip(names, fields, strict=True)))
                tokens[-1] |= {"START": int(fields[1]), "END": int(fields[2])}
        here.append(tokens)
    return flows


def spans_of_conll(sentences, layer):
    """The spans that one column of B, I and O says, over all sentences of a flow."""
    found = []
    for token in (token for sentence in sentences for token in sentence):
        sign = token[layer.upper()]
        assert sign == "O" or sign in {f"B-{layer}", f"I-{layer}"}
        if sign[0] == "B":
            found.append([token["START"], token["END"]])
        elif sign[0] == "I":
            found[-1][1] = token["END"]
    return [tuple(span) for span in found]


def outermost(text, spans):
    """The spans of one layer without those that begin inside another; of each what is not white space."""
    found, until = [], 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        words = text[start:end]
        if words.strip() and start >= until:
            found.append((end - len(words.lstrip()), start + len(words.rstrip())))
            until = end
    return found


def web_annotations(text):
    """What stands in the collection, with its form checked as the Web Annotation Data Model has it (3, 4, 5)."""
    whole = json.loads(text)
    assert whole["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert whole["type"] == "AnnotationCollection"
    page, items = whole["first"], whole["first"]["items"]
    assert page["type"] == "AnnotationPage"
    assert page["partOf"] == whole["id"]
    assert whole["last"] == page["id"]
    assert page["startIndex"] == 0
    assert whole["total"] == len(items)
    assert "@context" not in page
    names = [whole["id"], page["id"], *(each["id"] for each in items)]
    assert len(set(names)) == len(names)
    for name in [*names, *(each["target"]["source"] for each in items)]:
        assert urlparse(name).scheme in {"ni", "urn"}  # an absolute IRI
        assert name.isascii()
    for each in items:
        assert each["type"] == "Annotation"
        assert "@context" not in each
        assert each["creator"]["type"] == "Software"
        assert {body["type"] for body in each["body"]} == {"TextualBody"}
        assert each["body"][0]["purpose"] == "tagging"
        assert {body["purpose"] for body in each["body"][1:]} <= {"classifying"}
        assert [one["type"] for one in each["target"]["selector"]] == ["TextPositionSelector", "TextQuoteSelector"]
    return items


# --- the samples ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def build(tmp_path_factory, root):
    """A build of all samples."""
    folder = tmp_path_factory.mktemp("samples") / "build"
    made = CliRunner().invoke(cli.main, ["run", str(root / "raw"), str(folder), "--no-prefect", "--workers", "1"])
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture(scope="module")
def records(build):
    """The sidecars of that build: id → the parsed JSON, and the document."""
    found = {}
    for path in sorted((build / "sidecar").glob("*.json"), key=lambda path: path.stem):
        record = json.loads(path.read_bytes())
        found[record["document"]["id"]] = record, sidecar.load(path.read_bytes())
    assert len(found) >= 9
    return found


@pytest.fixture(scope="module")
def texts(records):
    return {
        (name, flow["id"]): flow["text"]  # by document and flow
        for name, (record, _) in records.items()
        for flow in record["flows"]
    }


def expected(records):
    """All tags of the sidecars, in the order that is promised: (document, flow, start, end, layer, id)."""
    for name, (record, _) in records.items():
        order = [flow["id"] for flow in record["flows"]]
        tags = record["annotations"]
        for each in sorted(tags, key=lambda each: (order.index(each["flow"]), each["start"], each["end"], each["id"])):
            yield name, each["flow"], each["start"], each["end"], each["type"], each["id"]


def test_every_offset_of_csv(build, records, texts):
    rows = rows_of_csv(exported("csv", build))
    assert [
        (row["document"], row["flow"], int(row["start"]), int(row["end"]), row["layer"], row["id"]) for row in rows
    ] == list(expected(records))
    for row in rows:
        assert texts[row["document"], row["flow"]][int(row["start"]) : int(row["end"])] == row["text"]


def test_every_offset_of_jsonl(build, records, texts):
    rows = lines_of_json(exported("jsonl", build))
    assert [(row["document"], row["flow"], row["start"], row["end"], row["layer"], row["id"]) for row in rows] == list(
        expected(records)
    )
    for row in rows:
        assert texts[row["document"], row["flow"]][row["start"] : row["end"]] == row["text"]


def test_every_raw_span_is_that_of_the_raw_file(build, records, root):
    """The file's own text, dealt out by the record's edits and pieces, has the tag's words at the raw span."""
    layouts, raws = {}, {}
    for name, (record, made) in records.items():
        raws[name] = (root / "raw" / record["source"]["file"]).read_bytes().decode(record["source"]["encoding"])
        layouts[name] = Layout(raws[name], [edit for edit, _ in made.edits], made.pieces)
    plain = 0
    rows = lines_of_json(exported("jsonl", build))
    for row in rows:
        span = layouts[row["document"]].source_span(row["flow"], row["start"], row["end"])
        assert span == (row["raw_start"], row["raw_end"])
        plain += raws[row["document"]][slice(*span)] == row["text"]
    assert plain > 0.8 * len(rows)  # most tags stand in the file as they stand in the flow


def test_every_token_of_conll(build, records, texts):
    flows = tokens_of_conll(exported("conll", build))
    assert set(flows) == {key for key, text in texts.items() if key[1] != FURNITURE and text.strip()}
    for key, sentences in flows.items():
        text, at = texts[key], 0
        for token in (token for sentence in sentences for token in sentence):
            assert text[token["START"] : token["END"]] == token["FORM"]
            assert text[at : token["START"]].strip() == ""
            at = token["END"]
        assert text[at:].strip() == ""
    for name, (record, _) in records.items():
        for flow, layer in {(each["flow"], each["type"]) for each in record["annotations"]}:
            spans = [
                (each["start"], each["end"])
                for each in record["annotations"]
                if (each["flow"], each["type"]) == (flow, layer)
            ]
            assert spans_of_conll(flows[name, flow], layer) == outermost(texts[name, flow], spans)


def test_the_sentences_of_conll_are_those_of_the_sidecar(build, records):
    flows = tokens_of_conll(exported("conll", build))
    for name, (record, _) in records.items():
        for flow in record["flows"]:
            if flow.get("sentences") and (name, flow["id"]) in flows:
                found = [(tokens[0]["START"], tokens[-1]["END"]) for tokens in flows[name, flow["id"]]]
                meant = [
                    (end - len(words.lstrip()), start + len(words.rstrip()))
                    for start, end in flow["sentences"]
                    if (words := flow["text"][start:end]).strip()
                ]
                assert [span for span in found if span not in meant] == []
                assert [span for span in meant if span not in found] == []


def test_every_offset_of_webannotation(build, records, texts):
    items = web_annotations(exported("webannotation", build))
    assert len(items) == len(list(expected(records)))
    for each, (name, flow, start, end, layer, id_) in zip(items, expected(records), strict=True):
        position, quote = each["target"]["selector"]
        text = texts[name, flow]
        assert (position["start"], position["end"]) == (start, end)
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
        assert len(quote["prefix"]) == min(32, start)
        assert len(quote["suffix"]) == min(32, len(text) - end)
        assert each["body"][0]["value"] == layer
        assert each["id"].endswith(f"#{name}/{id_}")
        assert each["target"]["source"].endswith(f"#{name}/{flow}")


def test_the_values_are_those_of_the_sidecar(build, records):
    meant = {}
    for name, (record, _) in records.items():
        for each in record["annotations"]:
            known = {"id", "type", "flow", "start", "end", "quote", "certainty", "rule", "source"}
            meant[name, each["id"]] = {key: value for key, value in each.items() if key not in known}
    fixed = {
        *("document", "file", "layer", "id", "flow", "start", "end", "text", "block"),
        *("certainty", "rule", "raw_start", "raw_end"),
    }
    for row in rows_of_csv(exported("csv", build)):
        assert {key: value for key, value in row.items() if value and key not in fixed} == meant[
            row["document"], row["id"]
        ]
    for row in lines_of_json(exported("jsonl", build)):
        assert {key: value for key, value in row.items() if key not in fixed} == meant[row["document"], row["id"]]
    for each in web_annotations(exported("webannotation", build)):
        name, _, id_ = each["id"].rpartition("#")[2].partition("/")
        said = dict(body["value"].split("=", 1) for body in each["body"][1:])
        assert said.pop("certainty") in {"high", "medium", "low"}
        assert said == meant[name, id_]


def test_the_block_is_the_one_that_holds_the_beginning(build, records):
    for row in lines_of_json(exported("jsonl", build)):
        record, _ = records[row["document"]]
        [block] = [each for each in record["blocks"] if each["id"] == row["block"] and each["flow"] == row["flow"]]
        assert block["start"] <= row["start"] < block["end"]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_build_gives_the_same_bytes_however_it_is_named(form, build, tmp_path):
    whole = exported(form, build)
    folder = build / "sidecar"
    files = sorted(folder.iterdir(), reverse=True)
    assert exported(form, folder) == exported(form, *files) == exported(form, files[0], build, folder) == whole
    out = tmp_path / "tags.out"
    said = invoke(build, "--format", form, "-o", out)
    assert (said.exit_code, said.output) == (0, "")
    assert out.read_bytes().decode("utf-8") == whole
    assert [path.name for path in tmp_path.iterdir()] == ["tags.out"]
    said = invoke(build, "--format", form, "--output", "-")
    assert (said.exit_code, said.stdout_bytes.decode(), said.stderr) == (0, whole, "")


@pytest.mark.parametrize("form", ["csv", "jsonl", "webannotation"])
def test_only_the_layers_that_are_named(form, build):
    def layers(text):
        if form == "webannotation":
            return {each["body"][0]["value"] for each in web_annotations(text)}
        return {row["layer"] for row in (rows_of_csv(text) if form == "csv" else lines_of_json(text))}

    assert layers(exported(form, build)) > {"date", "person", "quotation"}
    assert layers(exported(form, build, layers=["date", "person"])) == {"date", "person"}


def test_layers_choose_the_columns_of_conll_but_not_the_tokens(build):
    whole, dates = exported("conll", build), exported("conll", build, layers=["date"])
    assert dates.startswith("# global.columns = FORM START END DATE\n")
    assert {name.upper() for name in export.layers()} == set(whole.split("\n", 1)[0].split(" ")[6:])
    for key, sentences in tokens_of_conll(whole).items():
        kept = ("FORM", "START", "END", "DATE")
        assert tokens_of_conll(dates)[key] == [[{k: token[k] for k in kept} for token in each] for each in sentences]


# --- any text ---------------------------------------------------------------------------------------------------------

SIGNS = "ab é,;\"'“”&<>=+-@#|\\/\t\n\r\u00a0\u0301\u200b\u2028\ufeff\U0001d49c\U0001f600"


@st.composite
def tagged(draw):
    """A document of paragraphs and a note over SIGNS, with tags and sentences anywhere."""
    pieces = st.lists(st.text(SIGNS, min_size=1, max_size=16) | st.just("a “b\r\n\tc” 𝒜́ d"), min_size=1, max_size=3)
    made = document(
        [("p", text) for text in draw(pieces)],
        notes={"fn-1": [("p", text) for text in draw(pieces)]},
        furniture_text="1",
        name=draw(st.sampled_from(["letter", "Brief-ä", "письмо"])),
    )

    def span(flow):
        start = draw(st.integers(0, len(made.text_of[flow])))
        return start, draw(st.integers(start, len(made.text_of[flow])))

    tags = []
    for number in range(draw(st.integers(0, 6))):
        flow = draw(st.sampled_from(["body", "fn-1"]))
        values = {"edtf": draw(st.text(SIGNS, min_size=1, max_size=4))} if draw(st.booleans()) else {}
        certainty = draw(st.sampled_from(["high", "low"]))
        layer = draw(st.sampled_from(LAYERS))
        tags.append(Annotation(f"{layer}-{number}", layer, flow, *span(flow), values, certainty, "a,b"))
    sentences = {}
    for flow in ("body", "fn-1"):
        cuts = sorted({*span(flow), *span(flow)})
        sentences[flow] = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    return replace(made, annotations=tuple(tags), sentences=sentences)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("any")


@given(made=tagged())
def test_any_text_comes_through_every_format(made, folder):
    path = stored(folder, made, "one")
    meant = sorted(
        (each.flow == "fn-1", each.start, each.end, each.id, each.layer, made.quote(each)) for each in made.annotations
    )
    whole = layout_of(made)
    for row in rows_of_csv(exported("csv", path)):
        span = whole.source_span(row["flow"], int(row["start"]), int(row["end"]))
        assert span == (int(row["raw_start"]), int(row["raw_end"]))
    found = [
        (row["flow"] == "fn-1", int(row["start"]), int(row["end"]), row["id"], row["layer"], row["text"])
        for row in rows_of_csv(exported("csv", path))
    ]
    assert found == meant
    rows = lines_of_json(exported("jsonl", path))
    assert [
        (row["flow"] == "fn-1", row["start"], row["end"], row["id"], row["layer"], row["text"]) for row in rows
    ] == meant
    assert [row.get("edtf") for row in rows] == [
        next(each for each in made.annotations if each.id == name).attributes.get("edtf") for *_, name, _, _ in meant
    ]
    items = web_annotations(exported("webannotation", path))
    for each, (note, start, end, _, layer, words) in zip(items, meant, strict=True):
        position, quote = each["target"]["selector"]
        text = made.text_of["fn-1" if note else "body"]
        assert (position["start"], position["end"]) == (start, end)
        assert (each["body"][0]["value"], quote["exact"]) == (layer, words)
        assert quote["prefix"] + words + quote["suffix"] == text[max(0, start - 32) : end + 32]
    flows = tokens_of_conll(exported("conll", path))
    for flow in ("body", "fn-1"):
        text, at = made.text_of[flow], 0
        sentences = flows.get((made.id, flow), [])
        for token in (token for sentence in sentences for token in sentence):
            assert text[token["START"] : token["END"]] == token["FORM"]
            assert text[at : token["START"]].strip() == ""
            at = token["END"]
        assert text[at:].strip() == ""
        for layer in LAYERS:
            spans = [(each.start, each.end) for each in made.annotations if (each.flow, each.layer) == (flow, layer)]
            assert spans_of_conll(sentences, layer) == outermost(text, spans)


# --- what each format looks like --------------------------------------------------------------------------------------


def letter(name="tull"):
    """Tull's letter; one date in another, a quotation over two sentences, and a word that is glued to its date."""
    made = document([("p", "Tull came on 4 May 1843saying “So be it. Or not.”\nHe left.")], name=name)
    text = made.text_of["body"]
    cut = text.index(" Or")
    sentences = {"body": ((0, cut), (cut + 1, text.index("\n")), (text.index("\n") + 1, len(text)))}
    tags = (
        tag("person", made, "Tull", ref="per-tull", certainty="medium"),
        tag("date", made, "4 May 1843", when="1843-05-04"),
        replace(tag("date", made, "May 1843", when="1843-05"), id="date-inner"),
        tag("quotation", made, "“So be it. Or not.”", kind="said", who="per-tull"),
    )
    return replace(made, annotations=tags, sentences=sentences)


def test_the_columns_of_csv(tmp_path):
    text = exported("csv", stored(tmp_path, letter()))
    head, first, *_ = text.split("\r\n")
    names = head.split(",")
    assert names[:9] == ["document", "file", "layer", "id", "flow", "start", "end", "text", "block"]
    assert names[-4:] == ["certainty", "rule", "raw_start", "raw_end"]
    assert {"when", "from", "to", "notBefore", "notAfter", "edtf", "ref", "who", "kind"} < set(names[9:-4])
    assert first.startswith("tull,tull.txt,person,person-0,body,0,4,Tull,p-body-0,")
    assert first.endswith(",medium,hand,0,4")
    assert "\n" not in text.replace("\r\n", "")


def test_a_cell_is_never_changed_even_if_a_spreadsheet_would_reckon_it_out(tmp_path):
    made = document([("p", "=1+1, --05-04\t@x")])
    tags = (tag("emphasis", made, "=1+1"), tag("date", made, "--05-04", when="--05-04"), tag("title", made, "@x"))
    rows = rows_of_csv(exported("csv", stored(tmp_path, replace(made, annotations=tags))))
    assert [row["text"] for row in rows] == ["=1+1", "--05-04", "@x"]
    assert rows[1]["when"] == "--05-04"


def test_a_line_of_jsonl(tmp_path):
    first, *_ = exported("jsonl", stored(tmp_path, letter())).split("\n")
    assert first == (
        '{"document":"tull","file":"tull.txt","layer":"person","id":"person-0","flow":"body","start":0,"end":4,'
        '"text":"Tull","block":"p-body-0","ref":"per-tull","certainty":"medium","rule":"hand","raw_start":0,"raw_end":4}'
    )


def test_conll_as_a_whole(tmp_path):
    text = exported("conll", stored(tmp_path, letter()), layers=["date", "quotation"])
    rows = [line.split("\t") for line in text.split("\n")]
    assert text.startswith(
        "# global.columns = FORM START END DATE QUOTATION\n# newdoc id = tull\n# flow = body\nTull\t0"
    )
    assert text.endswith("\n\n")
    assert [row[0] + "/" + "/".join(sign[0] for sign in row[3:]) if row[0] else "|" for row in rows[3:-1]] == [
        *("Tull/O/O", "came/O/O", "on/O/O", "4/B/O", "May/I/O", "1843/I/O", "saying/O/O"),
        *("“/O/B", "So/O/I", "be/O/I", "it/O/I", "./O/I", "|"),
        *("Or/O/I", "not/O/I", "./O/I", "”/O/I", "|", "He/O/O", "left/O/O", "./O/O", "|"),
    ]


def test_a_token_is_never_taken_for_a_comment(tmp_path):
    text = exported("conll", stored(tmp_path, document([("p", "# 12 # x")])), layers=["date"])
    assert [line for line in text.split("\n") if line.startswith("# ")] == text.split("\n")[:3]
    assert text.count("\n#\t") == 2


def test_an_annotation_of_the_web(tmp_path):
    made = letter()
    items = web_annotations(exported("webannotation", stored(tmp_path, made)))
    assert [(body["purpose"], body["value"]) for body in items[-1]["body"]] == [
        ("tagging", "quotation"),
        ("classifying", "kind=said"),
        ("classifying", "who=per-tull"),
        ("classifying", "certainty=high"),
    ]
    assert items[0]["motivation"] == "tagging"
    assert re.fullmatch(r"ni:///sha-256;[\w-]{43}#tull/person-0", items[0]["id"])
    assert items[0]["id"].partition("#")[0] == items[0]["target"]["source"].partition("#")[0]


def test_a_letter_beyond_ascii_in_an_id_is_written_as_in_an_address(tmp_path):
    made = letter("Brief-ä")
    items = web_annotations(exported("webannotation", stored(tmp_path, made)))
    assert items[0]["target"]["source"].endswith("#Brief-%C3%A4/body")


# --- which files ------------------------------------------------------------------------------------------------------


def test_documents_come_in_the_order_of_their_ids_and_flows_as_they_are_read(tmp_path):
    made = document([("p", "May")], notes={f"fn-{n}": [("p", "May")] for n in (1, 2, 10)})
    tags = [
        replace(tag("date", made, "May", flow=flow), id=f"date-{flow}") for flow in ("fn-10", "body", "fn-2", "fn-1")
    ]
    made = replace(made, annotations=tuple(tags))
    for name in ("b-2", "b", "a"):
        stored(tmp_path, replace(made, id=name))
    rows = rows_of_csv(exported("csv", tmp_path))
    assert [name for name, _ in groupby(row["document"] for row in rows)] == ["a", "b", "b-2"]
    assert [row["flow"] for row in rows[:4]] == ["body", "fn-1", "fn-2", "fn-10"]


def test_a_folder_may_hold_other_json_and_hidden_files(tmp_path):
    stored(tmp_path, letter())
    (tmp_path / "settings.json").write_text("{}", encoding="utf-8")
    (tmp_path / ".tull.json.tmp").write_text("{}", encoding="utf-8")
    (tmp_path / ".hidden.json").write_text("{}", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    assert len(rows_of_csv(exported("csv", tmp_path))) == 4


def test_it_reads_on_as_it_writes_and_keeps_nothing(tmp_path):
    """300 documents need little more memory than a few (their ids); the first lines are out before the next is read."""
    for number in range(300):
        stored(tmp_path, letter(f"d-{number:03}"))
    for form in FORMATS:
        seen = []
        pieces = chunks(export.Export([tmp_path], form), seen)
        list(islice(pieces, 3))
        assert len(seen) <= 4
        tracemalloc.start()
        for _ in islice(pieces, 20):
            pass
        few = tracemalloc.get_traced_memory()[1]
        for _ in pieces:
            pass
        assert tracemalloc.get_traced_memory()[1] < few + 100_000
        tracemalloc.stop()
        assert seen[-1] == (300, 300)


# --- what goes wrong --------------------------------------------------------------------------------------------------


@pytest.fixture
def good(tmp_path):
    return stored(tmp_path, letter())


def damage(change):
    def damaged(data):
        record = orjson.loads(data)
        change(record)
        return orjson.dumps(record)

    return damaged


def moved(record):
    record["annotations"][0]["start"] = 1


def elsewhere(record):
    record["annotations"][0]["flow"] = "fn-7"


def beyond(record):
    record["annotations"][0] |= {"start": 900, "end": 904}


def reworded(record):
    record["flows"][0]["text"] = record["flows"][0]["text"].replace("left", "went")


def later(record):
    record["format"] = "teiprep-sidecar/9"


def tag_twice(record):
    record["annotations"][1]["id"] = "person-0"


def block_twice(record):
    record["blocks"].append(record["blocks"][0])


def flow_twice(record):
    record["flows"].append(record["flows"][0])


def named_as_a_flow(record):
    record["annotations"][0]["id"] = "body"


BAD = [
    (lambda data: data[: len(data) // 2], "sidecar-malformed", "this is not JSON"),
    (lambda _: b"", "sidecar-malformed", "this is not JSON"),
    (lambda _: b"\xff\xfe\x00", "sidecar-malformed", "this is not JSON"),
    (lambda _: b"<TEI/>", "sidecar-malformed", "this is XML"),
    (lambda _: b"[]", "sidecar-schema", "not a sidecar"),
    (lambda _: b'{"a": 1}', "sidecar-schema", "not a sidecar"),
    (damage(later), "sidecar-schema", "not a sidecar"),
    (damage(moved), "sidecar-mismatch", "person-0"),
    (damage(elsewhere), "sidecar-mismatch", "fn-7"),
    (damage(beyond), "sidecar-mismatch", "person-0"),
    (damage(reworded), "sidecar-mismatch", "the text of the flow body was changed"),
    (damage(tag_twice), "sidecar-mismatch", "person-0 stands twice"),
    (damage(block_twice), "sidecar-mismatch", "p-body-0 stands twice"),
    (damage(flow_twice), "sidecar-mismatch", "body stands twice"),
    (damage(named_as_a_flow), "sidecar-mismatch", "body stands twice"),  # two IRIs would be the same
]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("spoil", "code", "words"), BAD)
def test_a_damaged_sidecar_is_named_and_harms_no_other(spoil, code, words, form, good, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_bytes(spoil(good.read_bytes()))
    said = invoke(bad, good, "--format", form)
    assert said.exit_code == 1
    assert said.stderr.startswith(f"{bad}: error {code} ")
    assert words in said.stderr
    assert said.stderr.count("\n") == 1
    assert "Traceback" not in said.stderr
    assert said.stdout_bytes.decode() == exported(form, good)


@pytest.mark.parametrize("form", FORMATS)
def test_of_two_sidecars_of_one_document_the_second_is_refused_by_name(form, tmp_path):
    first, other = stored(tmp_path, letter(), "a"), stored(tmp_path, letter("carrow"), "z")
    second = stored(tmp_path, letter(), "b")
    said = invoke(tmp_path, "--format", form)
    assert said.exit_code == 1
    assert said.stderr.startswith(f"{second}: error sidecar-mismatch ")
    assert "tull" in said.stderr
    assert first.name in said.stderr
    assert said.stderr.count("\n") == 1
    assert said.stdout_bytes.decode() == exported(form, first, other)


def test_a_damaged_sidecar_takes_no_place_from_a_whole_one(tmp_path):
    whole = stored(tmp_path, letter(), "b")
    bad = tmp_path / "a.json"
    bad.write_bytes(damage(moved)(whole.read_bytes()))
    said = invoke(tmp_path)
    assert said.stderr.startswith(f"{bad}: error sidecar-mismatch ")
    assert said.stderr.count("\n") == 1
    assert said.stdout_bytes.decode() == exported("csv", whole)


def test_many_notes_take_no_longer_than_their_length(tmp_path):
    """Four times the notes, each with a tag, take some four times as long; they took sixteen times as long."""

    def seconds(count):
        made = document([("p", "May")], notes={f"fn-{n}": [("p", "On 4 May")] for n in range(count)})
        tags = [replace(tag("date", made, "4 May", flow=f"fn-{n}"), id=f"date-{n}") for n in range(count)]
        read = export.read(stored(tmp_path, replace(made, annotations=tuple(tags)), f"d-{count}"))
        began = time.process_time()
        for _ in export.FORMATS["conll"]([read], LAYERS):
            pass
        return time.process_time() - began

    short, long = (min(seconds(count) for _ in range(3)) for count in (1500, 6000))
    assert long < 8 * short


def test_texts_that_were_taken_out_are_named(good, tmp_path):
    made = letter()
    good.write_bytes(sidecar.dump(made, layout_of(made)).replace(json.dumps(made.text_of["body"]).encode(), b'""'))
    record = orjson.loads(good.read_bytes())
    record["flows"][0]["text"] = blanked(made).text_of["body"]
    good.write_bytes(orjson.dumps(record))
    said = invoke(good)
    assert said.exit_code == 1
    assert "the texts were taken out" in said.stderr


def test_a_tag_that_is_nowhere_gives_the_head_alone_and_is_said(good):
    said = invoke(good, "--layer", "number")
    assert said.exit_code == 1
    assert said.stderr == "teiprep: no tag of the layer number in 1 document\n"
    assert rows_of_csv(said.stdout) == []
    assert said.stdout.startswith("document,")
    made = web_annotations(invoke(good, "--layer", "number", "--format", "webannotation").stdout)
    assert made == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "nowhere does not exist"),
        (["empty"], "empty holds no sidecar"),
        ([], "build does not exist"),
        (["tull.json", "--layer", "dates"], "'dates' is not one of author"),
        (["tull.json", "--format", "xml"], "'xml' is not one of 'csv'"),
        (["tull.json", "-o", "tull.json"], "named twice"),
        (["tull.json", "-o", "nowhere/x.csv"], "the folder nowhere does not exist"),
        (["*.json"], "*.json does not exist"),
    ],
)
def test_wrong_use_is_told_in_a_line(arguments, words, good, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    before = good.read_bytes()
    said = invoke(*arguments)
    assert said.exit_code == 2
    assert words in said.stderr
    assert said.stdout == ""
    assert good.read_bytes() == before


def test_a_folder_that_ends_in_sidecar_passes_over_nothing(tmp_path):
    folder = tmp_path / "build" / "sidecar"
    folder.mkdir(parents=True)
    stored(folder, letter())
    (folder / "torn.json").write_bytes(b'{"format": ')
    said = invoke(tmp_path / "build")
    assert said.exit_code == 1
    assert "torn.json: error sidecar-malformed" in said.stderr


def test_an_output_is_whole_or_not_there(good, tmp_path, monkeypatch):
    def stops(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(export, "read", stops)
    out = tmp_path / "tags.csv"
    out.write_text("before", encoding="utf-8")
    said = invoke(good, "-o", out)
    assert said.exit_code == 130
    assert out.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tags.csv", "tull.json"]


def test_an_error_has_a_code_and_a_remedy(tmp_path):
    path = tmp_path / "x.json"
    path.write_bytes(b"{}")
    with pytest.raises(TeiprepError) as caught:
        export.read(path)
    assert caught.value.code == "sidecar-schema"
    assert caught.value.hint


def test_the_examples_in_the_documentation_are_what_is_written(root, tmp_path):
    made = document([("p", "Thornbury came on July 19, 1921.")], name="letter")
    made = replace(
        made,
        annotations=(
            tag("person", made, "Thornbury", ref="per-thornbury"),
            replace(tag("date", made, "July 19, 1921", when="1921-07-19"), rule="full-date"),
        ),
        sentences={"body": ((0, 32),)},
    )
    path = stored(tmp_path, made)
    page = (root / "docs/export.md").read_text(encoding="utf-8")
    line, item = re.findall(r"^```json\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert line in exported("jsonl", path)
    assert json.loads(item) in web_annotations(exported("webannotation", path))
    assert f"```\n{exported('conll', path, layers=['date', 'person'])}".rstrip("\n") + "\n```" in page
