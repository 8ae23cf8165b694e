"""What must show on the two real documents with which the project began; skipped where they are not at hand."""

import subprocess
import time

import pytest
from lxml import etree

from teiprep import pipeline, proofs, sidecar, tei
from teiprep.config import Config
from teiprep.document import Metadatum
from teiprep.source import Source

NS = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"


@pytest.fixture(scope="module")
def seeds(request):
    folder = request.config.rootpath.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("../shared/seeds is not there")
    telegram, paper = sorted(folder.glob("*.txt"))
    return {"telegram": telegram.read_bytes(), "paper": paper.read_bytes()}


def encoded(data, **metadata):
    given = {key: Metadatum(value, "command line") for key, value in metadata.items()}
    made = pipeline.produce(Source.decode("seed.txt", data), Config(), "seed", given)
    return made, etree.fromstring(made.tei)


@pytest.fixture(scope="module")
def telegram(seeds):
    return encoded(seeds["telegram"])


@pytest.fixture(scope="module")
def paper(seeds):
    return encoded(seeds["paper"])


def words(element):
    """The text of an element without its notes."""
    inner = etree.fromstring(etree.tostring(element, with_tail=False))
    for note in inner.xpath(".//t:note", namespaces=NS):
        tail = note.tail or ""
        before = note.getprevious()
        parent = note.getparent()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
        parent.remove(note)
    return "".join(inner.itertext())


def every(root, path):
    return root.xpath(path, namespaces=NS)


# --- the telegram -----------------------------------------------------------------------------------------------------


def test_telegram_parts(telegram):
    _, root = telegram
    (div,) = every(root, "//t:body/t:div")
    assert div.get("type") == "telegram"
    assert [etree.QName(child).localname for child in div][:3] == ["note", "head", "p"]
    assert every(div, "t:note[@type='source']")[0].text == "711.61/573 Telegram"
    assert words(every(div, "t:head")[0]).startswith("The Ambassador in the Soviet Union (Bullitt) to the")
    assert every(root, "//t:num[@type='telegram']/text()") == ["478"]
    assert [words(signed) for signed in every(div, "t:closer/t:signed")] == ["Bullitt"]
    assert every(root, "//t:sourceDesc//t:idno[@type='archival']/text()") == ["711.61/573"]


def test_telegram_correspondents(telegram):
    _, root = telegram
    sent, received = every(root, "//t:correspAction")
    assert (sent.get("type"), received.get("type")) == ("sent", "received")
    assert "Bullitt" in "".join(sent.itertext())
    assert "Secretary of State" in "".join(received.itertext())


def test_telegram_page(telegram):
    _, root = telegram
    (page,) = every(root, "//t:pb")
    assert page.get("n") == "265"
    assert page.tail.startswith("but that the President")
    assert page.getparent().text is not None
    before = "".join(every(page, "preceding::text()[1]"))
    assert before.endswith("about the Third International, ")


def test_telegram_note(telegram):
    _, root = telegram
    (note,) = every(root, "//t:note[@place='foot' or @place='end']")
    assert note.get("n") == "70"
    assert "".join(note.itertext()) == "Not printed."
    assert "despatch 980, October 26, saying that" in words(note.getparent())
    date = note.getprevious()
    assert date.text == "October 26"
    assert date.tail == ","


def test_telegram_dates_abstain(telegram):
    _, root = telegram
    dates = {date.text: date.get("when") for date in every(root, "//t:text//t:date")}
    assert dates == {"November 4th": "--11-04", "October 26": "--10-26"}


def test_telegram_dates_by_metadata(seeds):
    _, root = encoded(seeds["telegram"], date="1935-11-09")
    dates = {date.text: (date.get("when"), date.get("evidence")) for date in every(root, "//t:text//t:date")}
    assert dates == {"November 4th": ("1935-11-04", "external"), "October 26": ("1935-10-26", "external")}


def test_telegram_quotations(telegram):
    _, root = telegram
    found = every(root, "//t:text//*[self::t:q or self::t:said or self::t:quote or self::t:soCalled]")
    assert [words(q)[:18] for q in found] == ["“I know that I hav", "“really friendly”"]


@pytest.mark.parametrize("name", ["Kelley", "Litvinov", "Mussolini", "Drummond", "Hitler", "Stalin", "Bullitt"])
def test_telegram_persons(telegram, name):
    _, root = telegram
    text = words(every(root, "//t:text")[0])
    tagged = ["".join(p.itertext()) for p in every(root, "//t:text//t:persName")]
    assert text.count(name) == sum(name in one for one in tagged) > 0


# --- the paper --------------------------------------------------------------------------------------------------------


def test_paper_notes(paper):
    _, root = paper
    notes = every(root, "//t:note[@place='foot']")
    assert [note.get("n") for note in notes] == [str(n) for n in range(1, 65)]
    assert all(note.get("type") is None for note in notes)
    assert "".join(notes[60].itertext()).startswith("John Lewis Gaddis")
    assert "".join(notes[5].itertext()).endswith("Ibid., 177.")
    assert all(len("".join(note.itertext()).strip()) > 4 for note in notes)


def test_paper_reading_text_is_clean(paper):
    made, _ = paper
    body = made.document.text_of["body"]
    assert not set(body) & set("⁰¹²³⁴⁵⁶⁷⁸⁹")
    assert "\\" not in body
    assert "$75 million" in body
    assert "Interview with" not in body.replace("In an interview with", "")
    assert not [d for d in made.document.diagnostics if d.severity == "error"]


def test_paper_paragraphs_are_whole(paper):
    _, root = paper
    paragraphs = [words(p) for p in every(root, "//t:body//t:p")]
    assert not [p[:50] for p in paragraphs if p[:1].islower()]
    for joined in (
        "Franklin Roosevelt, whose portrait adorned",
        "of his diplomatic career Litvinov understood",
        "rapprochement with the new Russia",
        "Litvinov told Edward Carter, an American",
    ):
        assert any(joined in p for p in paragraphs), joined


def test_paper_ibid(paper):
    _, root = paper
    references = every(root, "//t:note//t:ref[@type='ibid']")
    assert len(references) == 11
    meant = {each.get(ID) for each in every(root, "//t:note//t:anchor | //t:note//t:bibl")}
    assert all(ref.get("target", "").removeprefix("#") in meant for ref in references)


def test_paper_front(paper):
    made, root = paper
    front = every(root, "//t:front")[0]
    assert "".join(every(front, ".//t:docTitle//text()")).count("Litvinov") == 1
    assert [words(author) for author in every(front, ".//t:docAuthor")] == ["Hugh Phillips"]
    imprint = "".join(every(front, ".//t:docImprint//text()"))
    assert imprint.startswith("©June 1996")
    assert every(root, "//t:titleStmt/t:author")[0].text == "Hugh Phillips"
    assert "Relations, 1918–1946" in made.document.metadata["title"].value
    assert any("370 L'Enfant Promenade" in words(p) for p in every(front, ".//t:p"))


def test_paper_titles_and_dates(paper):
    _, root = paper
    titles = {"".join(title.itertext()) for title in every(root, "//t:note//t:title")}
    assert {"Pravda", "Men and Politics"} <= titles
    dates = {"".join(d.itertext()): d for d in every(root, "//t:text//t:date")}
    assert dates["12 March 1942"].get("when") == "1942-03-12"
    assert (dates["30–31 March 1981"].get("from"), dates["30–31 March 1981"].get("to")) == ("1981-03-30", "1981-03-31")
    november = [d for d in every(root, "//t:text//t:date") if "".join(d.itertext()).endswith("November 1918")]
    assert november
    assert {d.get("when") for d in november} <= {"1918-11", "1918-11-11"}


# --- both -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["telegram", "paper"])
def test_promises_and_stability(seeds, name):
    made, _ = encoded(seeds[name])
    loaded = sidecar.load(made.sidecar)
    assert loaded == made.document
    assert tei.encode(loaded) == made.tei
    assert proofs.restore_from(made.tei, proofs.blanked(loaded)) == seeds[name]
    again, _ = encoded(seeds[name])
    assert (again.tei, again.sidecar) == (made.tei, made.sidecar)


def test_valid_against_tei_all(seeds, request, tmp_path, jing):
    schema = request.config.rootpath.parent / "shared" / "tei" / "tei_all.rng"
    paths = []
    for name, data in seeds.items():
        paths.append(tmp_path / f"{name}.xml")
        paths[-1].write_bytes(encoded(data)[0].tei)
    found = subprocess.run([jing, str(schema), *map(str, paths)], capture_output=True, text=True, check=False)
    assert found.stdout == ""
    assert found.returncode == 0


def test_paper_is_not_slow(seeds):
    """A guard against the quadratic, not a benchmark: the paper took 0.14 s when this was written."""
    start = time.perf_counter()
    encoded(seeds["paper"])
    assert time.perf_counter() - start < 5
