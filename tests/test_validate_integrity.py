"""Integrity: what a person changed in a TEI file is named, what does not belong together is found, nothing else is."""

import copy
import itertools
import random
import re
from collections import Counter
from dataclasses import replace

import jsonschema
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from teiprep import __version__, pipeline, proofs, sidecar, tei
from teiprep.config import Config
from teiprep.diagnostics import CODES, InvariantError
from teiprep.difference import first_difference, matching
from teiprep.source import Source
from teiprep.tei import reading
from teiprep.validate import integrity, raw, validate_paths
from teiprep.validate.edits import edits
from tests.cases import FOLDER, load, tomllib
from tests.documents import documents
from tests.make import document, page
from tests.test_sidecar import EXAMPLE, EXAMPLE_LAYOUT

LOST = "sidecar-mismatch: letter.txt cannot be restored: the sidecar has no texts, and those of the TEI were changed"
RAW = tomllib.loads((FOLDER / "edits.toml").read_text(encoding="utf-8"))["raw"].encode()


def produced(data=RAW, name="letter", config=None):
    return pipeline.produce(Source.decode(f"{name}.txt", data), config or Config(), name, {})


@pytest.fixture(scope="module")
def letter():
    """What teiprep makes of the sample: TEI, sidecar, document."""
    return produced()


@pytest.fixture
def build(letter, tmp_path):
    """A folder as `teiprep run` leaves it, with its raw folder beside it."""
    for path, data in (
        ("raw/letter.txt", RAW),
        ("build/tei/letter.xml", letter.tei),
        ("build/sidecar/letter.json", letter.sidecar),
        ("build/quarantine/other.json", b'{"code": "source-empty"}\n'),
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return tmp_path / "build"


def changed(made, *changes):
    """The TEI with some strings, each of which occurs once, replaced."""
    text = made.tei.decode()
    for old, new in changes:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return text


def findings(made, text, record=None):
    """What is said of a TEI text and its sidecar."""
    loaded, found = integrity.check_sidecar(record or made.sidecar, "letter.json")
    assert found == []
    data = text.encode()
    return list(integrity.check_pair(reading.parse(data), data, "letter.xml", loaded, record or made.sidecar))


def said(found):
    return [f"{each.code}: {each.message}" for each in found]


def blanked(record):
    loaded = orjson.loads(record)
    for flow in loaded["flows"]:
        flow["text"] = ""
    return orjson.dumps(loaded)


# --- what a person did ------------------------------------------------------------------------------------------------


def test_what_teiprep_made_passes(letter, build):
    assert findings(letter, letter.tei.decode()) == []
    assert validate_paths([build]) == []
    assert validate_paths([build / "tei/letter.xml"]) == []
    assert validate_paths([build / "sidecar/letter.json"]) == []


@pytest.mark.parametrize("case", load("edits.toml"))
def test_each_edit_is_named_where_it_stands(letter, case):
    text = changed(letter, *case["change"])
    found = findings(letter, text)
    lines = text.split("\n")
    there = [lines[each.line - 1][each.column - 1 :] for each in found]
    assert said(found) == [message for _, _, message in case["found"]]
    assert [each.source for each in found] == [source for _, source, _ in case["found"]]
    for rest, (start, _, _) in zip(there, case["found"], strict=True):
        assert rest.startswith(start)


def test_words_are_a_warning_and_tags_are_told_only(letter):
    [words] = findings(letter, changed(letter, ("millers", "mullers")))
    [tags] = findings(letter, changed(letter, ('n="12"', 'n="13"')))
    assert (words.severity, tags.severity) == ("warning", "info")
    assert words.path == "/TEI/text/body/div/p[2]"
    assert tags.path == "/TEI/text/body/div/pb[2]"


def test_of_many_edits_a_dozen_is_shown_and_the_others_are_counted(letter):
    text = letter.tei.decode()
    head, body = text[: text.index("<body>")], text[text.index("<body>") :]
    found = findings(letter, head + re.sub(r"\b(the|it|at|and|of)\b", r"\1x", body))
    assert len(found) == 13
    assert said(found)[-1] == "text-edited: 5 more changes, 17 in all"
    assert all(each.column for each in found)


def test_a_file_that_a_program_laid_out_anew_is_no_edit(letter):
    """Whatever stands between blocks is layout; what a program puts at the edges of a block is one warning."""
    root = etree.fromstring(letter.tei)
    etree.indent(root, "    ")
    [found] = findings(letter, etree.tostring(root, encoding="unicode"))
    assert found.message == (
        "white space within blocks was changed in 5 places, as when a file is laid out anew; the first: after “to Miss "
        "Thorne” the white space at the edge of a block was changed: a line break and spaces instead of none"
    )


def test_wrapped_lines_are_one_finding(letter):
    text = letter.tei.decode()
    head, body = text[: text.index("<p>The new")], text[text.index("<p>The new") :]
    [found] = findings(letter, head + re.sub(r"(\w+) (of|the|and) ", "\\1\n      \\2 ", body))
    assert found.message == (
        "white space within blocks was changed in 8 places, as when a file is laid out anew; the first: after “said to "
        "favour” the white space was changed: a line break and spaces instead of a space"
    )


def test_settings_that_shaped_the_encoding_are_no_edit():
    heads = ("HISTORY OF THE FERRY" for _ in range(6))
    text = "".join(
        f"{number}\n\n{head}\n\nThey saw it on 4 May. The boat was\n\f" for number, head in enumerate(heads, 40)
    )
    for furniture, threshold in itertools.product((True, False), ("low", "high")):
        config = Config()
        config = replace(config, encode=replace(config.encode, furniture=furniture, inline_threshold=threshold))
        made = produced(text.encode(), config=config)
        assert ("<fw" in made.tei.decode()) == furniture
        assert findings(made, made.tei.decode()) == []
        if furniture:
            before, _, behind = made.tei.decode().rpartition("OF THE FERRY</fw>")
            tei_ = f"{before}OF THE FORD</fw>{behind}"
            assert said(findings(made, tei_)) == [
                "text-edited: after “HISTORY OF THE” the word “FERRY” was changed to “FORD”"
            ]


def test_tei_of_another_version_is_not_called_edited(letter):
    """Words, notes and breaks are the same in every version; how tags are written need not be."""
    other = (f'version="{__version__}"', 'version="0.0.7"')
    assert findings(letter, changed(letter, other)) == []
    text = changed(
        letter, other, ("millers", "mullers"), ('<title rend="italic" cert', "<title cert"), ('status="draft"', "")
    )
    tags, words = findings(letter, text)
    assert (tags.code, tags.message) == (
        "markup-edited",
        (
            "2 tags are not as this version of teiprep writes them; another one wrote the file, so this need be no "
            'edit; the first: <revisionDesc> “encoded”: status="draft" was taken out'
        ),
    )
    assert said([words]) == ["text-edited: after “Nobody asked the” the word “millers” was changed to “mullers”"]


def test_notes_in_notes_and_blocks_of_all_kinds():
    made = document(
        [("list", [("item", "rope"), ("item", "tar")]), ("table", [("row", [("cell", "fare"), ("cell", "2s")])])],
    )
    one = etree.fromstring(tei.encode(made))
    for old, new, expected in (
        ("rope", "ropes", "before “tar” the word “rope” was changed to “ropes”"),
        ("<item>tar</item>", "", "after “rope” a whole <item>, “tar”, was taken out"),
        ("<cell>2s</cell>", "<cell>2s</cell><cell>3s</cell>", "after “2s” a new <cell>, “3s”, was put in"),
    ):
        other = etree.fromstring(tei.encode(made).decode().replace(old, new).encode())
        [found] = edits(one, other)
        assert found.message.partition("”")[2] == expected.partition("”")[2]


@given(documents())
def test_nothing_was_done_to_what_is_as_it_was(made):
    data = tei.encode(made)
    assert list(edits(etree.fromstring(data), etree.fromstring(data))) == []
    root = etree.fromstring(data)
    etree.indent(root)
    # A program may part a word where two tags meet; tags it neither adds nor moves.
    assert {each.kind for each in edits(etree.fromstring(data), root)} <= {"space", "words"}


@given(documents(), documents())
@settings(max_examples=60)
def test_whatever_is_different_is_told(one, other):
    """Between any two trees: nothing is said only where they are the same but for the layout."""
    first, second = (etree.fromstring(tei.encode(each)) for each in (one, other))
    if not list(edits(first, second)):
        for root in (first, second):
            for each in root.iter():
                each.text, each.tail = (each.text or "").strip(), (each.tail or "").strip()
        assert etree.tostring(first, method="c14n") == etree.tostring(second, method="c14n")


def test_many_edits_in_a_long_text_come_to_an_end():
    """Whoever compared each word with each other one would take hours."""
    chance = random.Random(1)
    words = [f"w{chance.randrange(3000)}" for _ in range(200_000)]
    new = ["zonk" if k % 40 == 0 else word for k, word in enumerate(words)]
    one, other = (etree.fromstring(f"<p>{' '.join(each)}</p>") for each in (words, new))
    assert len(list(edits(one, other))) == 5000


words = st.lists(st.sampled_from(["the", "ferry", "is", "late"]), max_size=40)


@given(words, words)
def test_what_matches_is_the_same_and_rises(one, other):
    i = j = 0
    for a, b, n in matching(one, other):
        assert n > 0
        assert a >= i
        assert b >= j
        assert one[a : a + n] == other[b : b + n]
        i, j = a + n, b + n
    assert bool(matching(one, other)) == bool(set(one) & set(other))


@pytest.mark.parametrize(
    ("found", "expected", "words"),
    [
        ("one", "two", "at the start comes “one” instead of “two”"),
        ("", "two", "at the start comes nothing instead of “two”"),
        ("a b c d e", "a b c d f", "after “b c d” comes “e” instead of “f”"),
        ("a b", "a\nb", "the words are the same, the white space after “a” is not: ' ' instead of '\\n'"),
        (" a", "a", "the words are the same, the white space at the start is not: ' ' instead of ''"),
        ("a ", "a", "the words are the same, the white space after “a” is not: ' ' instead of ''"),
        ("x" * 90 + "y", "x" * 90 + "z", f"at the start comes “…{'x' * 15}y” instead of “…{'x' * 15}z”"),
    ],
)
def test_the_first_difference_is_told_in_words(found, expected, words):
    assert first_difference(found, expected) == words


# --- what does not belong together ------------------------------------------------------------------------------------


def test_files_of_two_documents_are_found(letter):
    digest = letter.document.source.sha256
    [found] = findings(letter, changed(letter, (digest, "0" * 64)))
    assert said([found]) == [
        "sidecar-mismatch: the header does not bear the SHA-256 of the sidecar's source: the two do not belong together"
    ]
    assert found.severity == "error"


def test_without_a_digest_the_words_decide(letter):
    digest = f'     <idno type="sha256">{letter.document.source.sha256}</idno>\n'
    [taken] = findings(letter, changed(letter, (digest, "")))
    assert taken.code == "markup-edited"
    assert taken.message.startswith("in <teiHeader> a whole <idno>, “")
    edited = findings(letter, changed(letter, (digest, ""), ("millers", "mullers")))
    assert [each.code for each in edited] == ["text-edited", "markup-edited"]
    other = produced(b"Quite another text stands in here.\n\nIt has two paragraphs that nobody wrote to anybody.\n")
    text = other.tei.decode().replace(f'<idno type="sha256">{other.document.source.sha256}</idno>', "")
    assert said(findings(letter, text)) == [
        "sidecar-mismatch: it has not half of the sidecar's words: the two do not belong together"
    ]


@pytest.mark.parametrize("texts", [True, False])
def test_elements_without_end_are_a_finding(letter, texts):
    text = changed(letter, ("at the inn", f"at {'<quote>' * 1500}the{'</quote>' * 1500} inn"))
    found = findings(letter, text, letter.sidecar if texts else blanked(letter.sidecar))
    assert [each.code for each in found] == ["sidecar-mismatch"]
    assert "a thousand deep" in found[0].message


def test_a_sidecar_from_which_no_tei_can_be_made(letter):
    record = orjson.loads(letter.sidecar)
    opener = next(each for each in record["blocks"] if each["type"] == "opener")
    opener["parent"] = opener["id"]
    found = findings(letter, letter.tei.decode(), orjson.dumps(record))
    assert {each.code for each in found} <= {"sidecar-mismatch", "markup-edited", "text-edited"}
    assert found


# --- blanked sidecars -------------------------------------------------------------------------------------------------


def test_a_sidecar_with_blanked_texts_passes_with_its_tei(letter):
    assert findings(letter, letter.tei.decode(), blanked(letter.sidecar)) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            ("millers,", "mullers,"),
            [
                "text-edited: body: word 53, “mullers,”, is not the word that was here",
                LOST,
            ],
        ),
        (
            ("It was printed", "It  was printed"),
            [
                (
                    "text-edited: body: the words are the same, the white space between them is not; the paragraph at "
                    "line 108 (“We saw the Ferry Times at the inn, …”) is 1 character longer than recorded"
                ),
                LOST,
            ],
        ),
        (
            ("    <closer>", "    <p>More.</p><closer>"),
            [
                "text-edited: body has 9 blocks in the TEI (from line 100 on), and 8 in the sidecar",
                LOST,
            ],
        ),
        (('n="12"', 'n="13"'), ['markup-edited: <pb n="13">: n was changed from “12” to “13”']),
        ((' next="#quotation-325"', ""), []),
    ],
)
def test_an_edit_beside_a_blanked_sidecar(letter, change, expected):
    if change[0] in letter.tei.decode():
        assert said(findings(letter, changed(letter, change), blanked(letter.sidecar))) == expected


# --- the raw file -----------------------------------------------------------------------------------------------------


def against(made, folder, pair=True):
    both = (reading.parse(made.tei), made.tei) if pair else None
    return list(raw.check_raw(folder, made.document, "letter.json", both))


def test_the_raw_file_is_the_one_that_was_encoded(letter, build):
    assert against(letter, build.parent / "raw") == []
    assert against(letter, build.parent / "raw", pair=False) == []


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (
            RAW.replace(b"millers", b"mullers"),
            13,
            (
                "it has another SHA-256 (and 611 bytes as before); "
                "after “Nobody asked the” comes “mullers,” instead of “millers,”"
            ),
        ),
        (RAW.replace(b"\n", b"\r\n"), 1, "it has 632 bytes, and had 611; the line ends are other ones"),
        (RAW[:-20], 21, "it has 591 bytes, and had 611; after “A. Carrow 1.” comes nothing instead of “It”"),
        (RAW.replace(b"inn", b"\xff"), 15, "it has 607 bytes, and had 611; byte 423 is not utf-8"),
        (b"", 1, "it has 0 bytes, and had 611; at the start comes nothing instead of “[Page”"),
    ],
)
def test_a_raw_file_that_was_changed(letter, build, data, line, message):
    folder = build.parent / "raw"
    (folder / "letter.txt").write_bytes(data)
    [found] = against(letter, folder)
    assert said([found]) == [f"raw-mismatch: this is not the file that was encoded: {message}"]
    assert (found.file, found.line) == ((folder / "letter.txt").as_posix(), line)
    # Without texts the sidecar knows the digest alone.
    [found] = raw.check_raw(folder, sidecar.load(blanked(letter.sidecar)), "letter.json")
    assert found.code == "raw-mismatch"
    assert found.line == (line if "utf-8" in message else 1)


def test_a_raw_file_that_is_missing(letter, tmp_path):
    [found] = against(letter, tmp_path)
    assert (found.code, found.message) == (
        "raw-missing",
        (
            f"the raw file {tmp_path.as_posix()}/letter.txt is not there: whether the source is still the one that was "
            "encoded cannot be told"
        ),
    )
    assert found.severity == "error"
    (tmp_path / "letter.txt").mkdir()
    assert "is no file" in against(letter, tmp_path)[0].message


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/hostname", "a/../../secret.txt", "link.txt", "nul\0.txt"])
def test_nothing_outside_of_the_folder_is_read(letter, tmp_path, name):
    folder = tmp_path / "raw"
    folder.mkdir()
    (tmp_path / "secret.txt").write_bytes(RAW)
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    made = replace(letter.document, source=replace(letter.document.source, file=name))
    [found] = raw.check_raw(folder, made, "letter.json")
    assert found.code == "raw-missing"
    assert found.file == "letter.json"


def test_a_raw_file_stands_at_its_place_in_the_corpus(letter, tmp_path):
    (tmp_path / "letters/1863").mkdir(parents=True)
    (tmp_path / "letters/1863/letter.txt").write_bytes(RAW)
    made = replace(letter.document, source=replace(letter.document.source, file="letters/1863/letter.txt"))
    assert list(raw.check_raw(tmp_path, made, "letter.json")) == []


def test_the_promises_are_proved_again_from_the_files(letter, build, monkeypatch):
    def fails(*_):
        raise InvariantError("promise-freeze", "no", difference="such thing")

    for name in ("ledger", "freeze"):
        with monkeypatch.context() as patch:
            patch.setattr(proofs, name, fails)
            assert said(against(letter, build.parent / "raw")) == ["sidecar-mismatch: no: such thing"]


def test_the_raw_line_of_everything_in_the_text(letter):
    root = reading.parse(letter.tei)
    lines = raw.RawLines(root, letter.document)
    there = RAW.decode().split("\n")
    checked = 0
    for node in root.iterfind(".//{*}text//*"):
        first = next(iter("".join(node.itertext()).split()), "")
        line = lines.line(node)
        assert line is not None
        name = reading.name_in_tei(node)
        if first and name not in {"text", "body", "choice", "corr", "note"} and not node.findall(".//{*}choice"):
            assert first.strip("“”,.") in there[line - 1], (name, first)
            checked += 1
    assert checked > 15
    found = {reading.name_in_tei(node): lines.line(node) for node in root.iterfind(".//{*}text//*")}
    assert (found["note"], found["closer"], found["pb"], found["sic"]) == (21, 17, 13, 13)
    paragraph = root.findall(".//{*}p")[-1]
    assert lines.line(paragraph, "end") == 15
    assert lines.line(paragraph[0], "tail") == 15
    assert lines.place(paragraph) == "letter.txt:15"
    for node in root.iterfind("{*}teiHeader//*"):
        assert lines.line(node) is None
    assert lines.line(root) is None
    assert raw.RawLines(root, sidecar.load(blanked(letter.sidecar))).line(paragraph) is None


def test_raw_lines_are_right_behind_an_edit(letter):
    text = changed(
        letter, ("I met Mr.", "Years ago, I once met Mr."), ("    <closer>", "    <p>More.</p>\n    <closer>")
    )
    root = reading.parse(text.encode())
    lines = raw.RawLines(root, letter.document)
    assert [lines.line(node) for node in root.findall(".//{*}body//{*}p")] == [9, 13, 15, 17]
    assert lines.line(root.find(".//{*}signed")) == 19


# --- sidecars ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            b'"format":"teiprep-sidecar/1"',
            b'"format":"teiprep-sidecar/2"',
            "sidecar-schema: format: 'teiprep-sidecar/1' was expected (The name and version of this format.)",
        ),
        (b'"type":"person"', b'"type":"horse"', "sidecar-schema: annotations[0].type: 'horse' is not one of ["),
        (b'"rules":', b'"rulez":', "sidecar-schema: the sidecar: 'rules' is a required property"),
        (b'"n":"12"', b'"n":12', "sidecar-schema: breaks[1].n: 12 is not of type 'string' (The number as"),
        (
            b'"quote":"Hale"',
            b'"quote":"Hall"',
            "sidecar-mismatch: person-15: quote is “Hall”, but follows to be “Hale”",
        ),
        (b'"quote":"[Page 12]"', b'"quote":"[Page 13]"', "sidecar-mismatch: fw-"),
        (
            b'"title":"Mr. Hale to Miss Thorne"',
            b'"title":"To You"',
            "sidecar-mismatch: document: the title is not the one in the metadata",
        ),
        (
            b"the millers",
            b"the mullers",
            "sidecar-mismatch: the source cannot be restored from it: what comes back has not the digest of letter.txt",
        ),
        (
            b"the millers",
            b"the miller",
            "sidecar-mismatch: the text of the flow body has not the length that pieces and edits give it",
        ),
        (
            b'"start":0,',
            b'"start":0.0,',
            "sidecar-schema: a number has a decimal point or is too large; offsets are whole numbers",
        ),
        (b'"rules":', b'"rules":"x","rules":', "sidecar-malformed: the key “rules” stands twice in one object"),
        (b"}\n", b"", "sidecar-malformed: this is not JSON:"),
    ],
)
def test_a_changed_sidecar_is_found(letter, old, new, expected):
    assert old in letter.sidecar
    parts = letter.sidecar.rsplit(old, 1) if old == b"}\n" else letter.sidecar.split(old, 1)
    data = new.join(parts)
    found = integrity.check_sidecar(data, "letter.json")[1]
    assert said(found)[0].startswith(expected)
    if b"12" in old or b"Hale" in old:
        assert new in data.split(b"\n")[found[0].line - 1]


def test_defaults_that_are_written_out_and_another_layout_are_no_faults(letter):
    record = orjson.loads(letter.sidecar)
    for each in record["annotations"]:
        each.setdefault("certainty", "high")
    assert integrity.check_sidecar(orjson.dumps(record, option=orjson.OPT_INDENT_2), "x")[1] == []


def places(value, way=()):
    """Every place in parsed JSON; of a list only the first item of each kind."""
    yield way
    if isinstance(value, dict):
        for key, each in value.items():
            yield from places(each, (*way, key))
    elif isinstance(value, list):
        kinds = set()
        for key, each in enumerate(value):
            kind = tuple(each) if isinstance(each, dict) else type(each)
            if kind not in kinds:
                kinds.add(kind)
                yield from places(each, (*way, key))


def put(record, way, junk):
    """A copy of the record with something else at a place."""
    new = copy.deepcopy(record)
    inner = new
    for key in way[:-1]:
        inner = inner[key]
    inner[way[-1]] = junk
    return new


JUNK = [
    None, True, False, 0, -1, 1.0, 1.5, 10**30, 2**64, "", "x", "high", " a", "a\n", "\0", "9", "\U0001f600",
    [], [0], [0, 1], [1.0, 2], [1, 2, "body"], {}, {"id": "x"}, [[]] * 3,
]  # fmt: skip


def test_both_validators_agree_on_every_place_with_every_kind_of_junk():
    """jsonschema is the reference; jsonschema_rs decides, and is held to it here."""
    whole = orjson.loads(sidecar.dump(EXAMPLE, EXAMPLE_LAYOUT))
    validator = jsonschema.Draft202012Validator(sidecar.schema())
    verdicts = Counter()
    for way in places(whole):
        for junk in JUNK if way else ():
            other = put(whole, way, junk)
            verdict = validator.is_valid(other)
            assert sidecar._validator().is_valid(other) == verdict, (way, junk)
            verdicts[verdict] += 1
        if way:
            parent = whole
            for key in way[:-1]:
                parent = parent[key]
            if isinstance(parent, dict):
                less = put(whole, way, None)
                inner = less
                for key in way[:-1]:
                    inner = inner[key]
                del inner[way[-1]]
                inner["unheard"] = "of"
                assert sidecar._validator().is_valid(less) == validator.is_valid(less), way
    assert verdicts[True] > 200
    assert verdicts[False] > 1500


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_both_validators_agree_on_any_json(data):
    whole = orjson.loads(sidecar.dump(EXAMPLE, EXAMPLE_LAYOUT))
    way = data.draw(st.sampled_from([each for each in places(whole) if each]))
    other = put(whole, way, data.draw(json))
    verdict = jsonschema.Draft202012Validator(sidecar.schema()).is_valid(other)
    assert sidecar._validator().is_valid(other) == verdict


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (b"0.0", "sidecar-schema"),
        (b"1e2", "sidecar-schema"),
        (b"-1", "sidecar-schema"),
        (b"99999999999999999999", "sidecar-schema"),
        (b"18446744073709551615", "sidecar-mismatch"),
        (b"1" * 400, "sidecar-malformed"),
        (b"NaN", "sidecar-malformed"),
        (b"Infinity", "sidecar-malformed"),
        (b'"\\ud800"', "sidecar-malformed"),
        (b'"\xed\xa0\x80"', "sidecar-malformed"),
        (b"[" * 300 + b"]" * 300, "sidecar-schema"),
        (b"[" * 1000 + b"]" * 1000, "sidecar-schema"),
        (b"[" * 100_000 + b"]" * 100_000, "sidecar-malformed"),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, "sidecar-malformed"),
    ],
)
def test_numbers_and_depths_that_json_allows_and_offsets_do_not(letter, number, code):
    data = letter.sidecar.replace(b'"start":0', b'"start":' + number, 1)
    assert {each.code for each in integrity.check_sidecar(data, "x")[1]} == {code}


@pytest.mark.parametrize("data", [b"", b"[]", b"1", b'"x"', b"null", b"{}", b"\xef\xbb\xbf{}", "{}".encode("utf-16")])
def test_what_is_no_sidecar_at_all(data):
    document_, found = integrity.check_sidecar(data, "x")
    assert document_ is None
    assert {each.code for each in found} <= {"sidecar-malformed", "sidecar-schema"}
    assert found


def test_no_damage_to_a_sidecar_makes_validate_fail_itself(letter):
    """Whatever a hand, a merge or a disk did to a sidecar: what stands twice is found out, and nothing raises."""
    whole = orjson.loads(letter.sidecar)
    root = reading.parse(letter.tei)
    silent, tried = set(), 0
    for way, junk in itertools.product([way for way in places(whole) if way], (None, 0, 10**6, "zzz", [], [9, 3])):
        inner = whole
        for key in way:
            inner = inner[key]
        if inner == junk:
            continue
        data = orjson.dumps(put(whole, way, junk))
        loaded, found = integrity.check_sidecar(data, "x")
        if loaded is not None:
            found += integrity.check_pair(root, letter.tei, "y", loaded, data)
        assert all(each.code in CODES for each in found)
        tried += 1
        if not found:
            silent.add((way[0], *(key for key in way[1:2] if isinstance(key, str)), *way[2:]))
    assert tried > 700
    assert not {way for way in silent if way[0] in {"format", "pieces"} or way in {("flows", "id"), ("flows", "text")}}
    assert ("source", "sha256") not in silent
    assert ("source", "bytes") not in silent
    assert not {
        way for way in silent if way[-1] in {"quote", "check", "text", "ref", "page", "flow", "parent", "type", "n"}
    }
    assert not {way for way in silent if "source" in way[1:]}
    # What no TEI shows is all that may be changed unseen; `start` and `end` of a block that holds blocks.
    assert {way[-1] for way in silent} <= {
        "origin", "certainty", "rule", "edtf", "label", "place", "newline",
        "kind", "message", "hint", "line", "severity", "code", "pairing",
        "id", "start", "end", "sentences", "evidence", "clue", "marker",
        "rules", "options", "furniture", "inline_threshold", "within_word",
    }  # fmt: skip


def test_a_page_that_was_moved_is_told_once_and_not_again_for_each_word():
    made = document([("p", "One two three four five six seven."), ("p", "Eight nine.")])
    made = replace(made, breaks=(page("pg-2", made.text_of["body"].index("four"), "2"),))
    one = tei.encode(made).decode()
    other = one.replace('<pb n="2" xml:id="pg-2"/>', "").replace("Eight ", 'Eight <pb n="2" xml:id="pg-2"/>')
    [found] = edits(etree.fromstring(one.encode()), etree.fromstring(other.encode()))
    assert found.message == '<pb n="2"> was moved: it stands after “Eight”, and stood after “One two three”'
