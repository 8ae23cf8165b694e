"""The grammar, its documentation as an ODD, and what is really written are the same; and all of it is TEI."""

import random
import subprocess
from collections import defaultdict

import pytest
from lxml import etree

from teiprep import resources
from teiprep.tei import encode
from teiprep.validate.grammar import check
from tests.instances import RNG, Grammar, children, kind
from tests.rich import rich_documents

SCHEMA = resources.path("schemas/teiprep.rng")
ODD = "{http://www.tei-c.org/ns/1.0}"


@pytest.fixture(scope="module")
def grammar():
    return etree.parse(resources.path("schemas/teiprep.rng")).getroot()


@pytest.fixture(scope="module")
def odd():
    return etree.parse(resources.path("schemas/teiprep.odd")).getroot()


def sets_of_grammar(root):
    """Element → the attributes that it may have, over all its uses."""
    defines = {define.get("name"): define for define in root.iter(f"{RNG}define")}
    found = defaultdict(set)

    def walk(pattern, into):
        if kind(pattern) == "attribute":
            into.add(pattern.get("name"))
        elif kind(pattern) == "ref":
            target = defines[pattern.get("name")]
            if target.find(f"{RNG}element") is None:
                walk(target, into)
        else:
            for child in children(pattern):
                walk(child, into)

    for element in root.iter(f"{RNG}element"):
        for child in children(element):
            walk(child, found[element.get("name")])
    return dict(found)


def sets_of_odd(root):
    """The same, from the `elementSpec`s and the classes that the ODD itself defines."""

    def attributes(spec):
        return {each.get("ident") for each in spec.iter(f"{ODD}attDef") if each.get("mode") != "delete"}

    classes = {spec.get("ident"): attributes(spec) for spec in root.iter(f"{ODD}classSpec")}
    return {
        spec.get("ident"): attributes(spec).union(
            *(classes.get(member.get("key"), set()) for member in spec.iter(f"{ODD}memberOf"))
        )
        for spec in root.iter(f"{ODD}elementSpec")
    }


def sets_of_instances(roots):
    found = defaultdict(set)
    for root in roots:
        for element in root.iter(etree.Element):
            found[etree.QName(element).localname].update(
                name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:") for name in element.attrib
            )
    return dict(found)


def test_odd_and_grammar_have_the_same_elements_and_attributes(grammar, odd):
    assert sets_of_odd(odd) == sets_of_grammar(grammar)


def test_odd_takes_in_each_element_from_its_module(odd):
    included = {
        (module.get("key"), name)
        for module in odd.iter(f"{ODD}moduleRef")
        for name in (module.get("include") or "").split()
    }
    assert included == {(spec.get("module"), spec.get("ident")) for spec in odd.iter(f"{ODD}elementSpec")}


def test_grammar_allows_what_is_written_and_nothing_else(grammar):
    written = sets_of_instances(etree.fromstring(encode(made)) for made in rich_documents())
    assert written == sets_of_grammar(grammar)


def test_every_definition_is_documented_and_used(grammar):
    used = {ref.get("name") for ref in grammar.iter(f"{RNG}ref")}
    for define in grammar.iter(f"{RNG}define"):
        assert define.find(".//{http://relaxng.org/ns/compatibility/annotations/1.0}documentation") is not None
        assert define.get("name") in used


def test_rich_documents_are_valid(tmp_path):
    for made in rich_documents():
        assert list(check(etree.fromstring(encode(made), etree.XMLParser(collect_ids=False)), SCHEMA)) == []


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("<pb n=", "<gap/><pb n="),
        ('cert="high"', 'cert="certain"'),
        ('<date when="1901-05-03"', '<date when="1901-05-03" notAfter="1902"'),
        ("</closer>", "</closer><p>too late</p>"),
        ('resp="#teiprep"', 'resp="#me"'),
        ("<body>", "<body>text"),
    ],
)
def test_grammar_refuses_what_is_not_written(text, instead):
    tei = encode(next(iter(rich_documents()))).decode()
    assert text in tei
    root = etree.fromstring(tei.replace(text, instead, 1).encode())
    assert list(check(root, SCHEMA))


def test_grammar_compiles_in_an_instant_and_agrees_with_jing(grammar, jing, tmp_path):
    """Of random instances and of the same with one tag moved or renamed."""
    chance = random.Random(1)
    maker = Grammar(grammar, chance, depth=6)
    for number in range(150):
        root = maker.instance()
        if number % 2:
            element = chance.choice(list(root.iter(etree.Element)))
            if chance.random() < 0.5 and element.getparent() is not None:
                element.getparent().insert(0, element)
            else:
                element.tag = chance.choice(list(root.iter(etree.Element))).tag
        (tmp_path / f"{number:03}.xml").write_bytes(etree.tostring(root))
    files = sorted(tmp_path.iterdir())
    schema = SCHEMA
    found = subprocess.run([jing, schema, *files], capture_output=True, text=True, check=False).stdout
    refused = {file.name for file in files if f"{file}:" in found}
    parser = etree.XMLParser(collect_ids=False)
    ours = {file.name for file in files if any(check(etree.parse(file, parser).getroot(), schema))}
    assert ours == refused
    assert 20 < len(refused) < 75


def test_what_the_grammar_allows_is_tei(grammar, shared, jing, tmp_path):
    """Thousands of instances; one call of jing, which compiles tei_all once."""
    maker = Grammar(grammar, random.Random(2))
    for number in range(2000):
        (tmp_path / f"{number}.xml").write_bytes(etree.tostring(maker.instance()))
    for made in rich_documents():
        (tmp_path / f"{made.id}.xml").write_bytes(encode(made))
    files = sorted(tmp_path.iterdir())
    tei_all = shared / "tei" / "tei_all.rng"
    odd = resources.path("schemas/teiprep.odd")
    found = subprocess.run([jing, tei_all, odd, *files], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[:3000]
