"""Our RELAX NG engine and jing, an independent one: the same verdict, and the same mistake first.

Documents are made at random from the patterns of a grammar, always the same ones, and then broken.
tests/bench/relaxng_fuzz.py does the same thousands of times.
"""

import random
import re
import subprocess
from itertools import product
from xml.sax.saxutils import escape

import pytest
from lxml import etree

from teiprep.validate.relaxng import datatypes
from teiprep.validate.relaxng.reading import Schema
from tests import mutants

CASES = 120


def disagreements(command, path, cases, folder):
    schema = Schema(path)
    us = [mutants.ours(case, schema) for case in cases]
    theirs = mutants.of_jing(command, path, cases, folder)
    assert any(us), "no document is invalid"
    assert not all(us), "no document is valid"
    found = []
    for case, own, jing in zip(cases, us, theirs, strict=True):
        said = mutants.compared(case, own, jing)
        if said != "same":
            found.append((said, own[:2], jing[:2], case.data.decode()))
    return found


def broken(roots, schema, rng, count):
    names = mutants.vocabulary(schema)
    return [
        mutants.written(root if number % 10 == 0 else mutants.mutated(root, names, rng))
        for number, root in enumerate(rng.choices(roots, k=count))
    ]


@pytest.mark.parametrize("path", mutants.installed(), ids=lambda path: path.stem)
def test_the_same_is_wrong_as_for_jing(path, jing, tmp_path):
    if not path.is_file():
        pytest.skip(f"{path} is not installed")
    rng = random.Random(f"{path.stem} 1")
    schema = Schema(path)
    roots = [mutants.valid(schema, rng, rng.choice((5, 20, 60))) for _ in range(CASES // 3)]
    assert disagreements(jing, path, broken(roots, schema, rng, CASES), tmp_path) == []


@pytest.mark.parametrize("seed", range(4))
def test_the_same_is_wrong_by_grammars_made_at_random(seed, jing, tmp_path):
    rng = random.Random(seed)
    path = tmp_path / "made.rng"
    path.write_text(mutants.grammar(rng, 15), encoding="utf-8")
    schema = Schema(path)
    roots = [mutants.valid(schema, rng, rng.choice((5, 20))) for _ in range(60)]
    assert disagreements(jing, path, broken(roots, schema, rng, CASES), tmp_path) == []


def test_the_same_is_wrong_in_real_tei(shared, jing, tmp_path):
    path = shared / "tei" / "tei_all.rng"
    rng = random.Random(1)
    schema = Schema(path)
    files = [each for each in sorted((shared / "gold" / "tei").glob("*.xml")) if each.stat().st_size < 12_000]
    roots = [etree.parse(each).getroot() for each in files]
    assert disagreements(jing, path, broken(roots, schema, rng, 2 * CASES), tmp_path) == []


# --- datatypes: each value in an element of its own, a line for each, in one document ---------------------------------

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'


def jing_allows(command, folder, patterns, values):
    """For each of `patterns`, as XML, which of `values` jing takes; None if it takes not even the pattern."""
    schema = folder / "types.rng"

    def write(chosen):
        elements = "\n".join(f'<element name="t{number}">{patterns[number]}</element>' for number in chosen)
        root = f'<element name="r" {RNG}><zeroOrMore><choice>\n{elements}\n</choice></zeroOrMore></element>'
        schema.write_text(root, encoding="utf-8")

    def lines(name):
        run = subprocess.run(
            [command, "-i", schema, folder / "values.xml"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return {int(line) for line in re.findall(rf"{name}:(\d+):", run.stdout)}

    (folder / "values.xml").write_text("<r/>", encoding="utf-8")
    write(range(len(patterns)))
    refused = {line - 2 for line in lines("types.rng")}
    chosen = [number for number in range(len(patterns)) if number not in refused]
    write(chosen)
    pairs = list(product(chosen, values))
    rows = "".join(f"<t{number}>{written(value)}</t{number}>\n" for number, value in pairs)
    (folder / "values.xml").write_text(f"<r>\n{rows}</r>", encoding="utf-8")
    wrong = lines("values.xml")
    found = {number: set() for number in chosen}
    for line, (number, value) in enumerate(pairs, 2):
        if line not in wrong:
            found[number].add(value)
    return [found.get(number) for number in range(len(patterns))]


def written(text):
    return escape(text, {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;", "\u0085": "&#133;", "\u2028": "&#8232;"})


#: Where jing is stricter or laxer than the standard: tests/test_relaxng.py has what we say.
KNOWN = {"QName", "NOTATION"}
FACETS = [
    ("string", "length", "3"), ("token", "minLength", "2"), ("NCName", "maxLength", "2"), ("hexBinary", "length", "1"),
    ("base64Binary", "length", "3"), ("NMTOKENS", "length", "2"), ("IDREFS", "maxLength", "1"),
    ("normalizedString", "pattern", ".* .*"), ("decimal", "totalDigits", "2"), ("integer", "minInclusive", "1"),
    ("byte", "maxExclusive", "1"), ("double", "maxInclusive", "1e5"), ("float", "minExclusive", "-INF"),
    ("date", "minInclusive", "2023-02-28Z"), ("date", "maxExclusive", "-0001-01-01"), ("gYear", "maxInclusive", "2023"),
    ("time", "minExclusive", "12:00:00Z"), ("dateTime", "maxInclusive", "2023-01-01T00:00:00"),
    ("duration", "maxInclusive", "P5D"), ("gMonthDay", "minInclusive", "--02-29"), ("token", "pattern", "[a-z-[b]]+"),
]  # fmt: skip
VALUE_OF = [
    ("date", "2023-02-28"), ("decimal", "1.5"), ("integer", "1"), ("boolean", "true"), ("double", "NaN"),
    ("float", "INF"), ("string", "a b"), ("token", "a b"), ("normalizedString", "a b"), ("hexBinary", "0a"),
    ("anyURI", "#a"), ("gYear", "2023"), ("duration", "P1Y"), ("NMTOKENS", "a b"),
]  # fmt: skip


def test_datatypes_allow_the_same_values(jing, tmp_path):
    values = list(dict.fromkeys((*mutants.VALUES, *mutants.TEXTS)))
    types = sorted(datatypes.names() - KNOWN)
    patterns = [f'<data type="{name}"/>' for name in types]
    tests = [datatypes.data(datatypes.XSD, name, []) for name in types]
    for name, facet, limit in FACETS:
        patterns.append(f'<data type="{name}"><param name="{facet}">{limit}</param></data>')
        tests.append(datatypes.data(datatypes.XSD, name, [(facet, limit)]))
    for name, value in VALUE_OF:
        patterns.append(f'<value type="{name}">{value}</value>')
        tests.append(datatypes.value(datatypes.XSD, name, value))
    theirs = jing_allows(jing, tmp_path, patterns, values)
    for pattern, test, allowed in zip(patterns, tests, theirs, strict=True):
        assert {value for value in values if test(value)} == allowed, pattern


def test_uris_are_the_same(jing, tmp_path):
    rng = random.Random(1)
    parts = (
        "http:",
        "//",
        "/",
        "a",
        "b.c",
        "#",
        "?",
        "%41",
        "%zz",
        ":",
        "[",
        "]",
        "[::1]",
        "@",
        "é",
        " ",
        "<",
        "|",
        ":80",
    )
    values = ["".join(rng.choices(parts, k=rng.randint(1, 6))) for _ in range(4000)]
    [allowed] = jing_allows(jing, tmp_path, ['<data type="anyURI"/>'], values)
    test = datatypes.data(datatypes.XSD, "anyURI", [])
    assert {value for value in values if test(value)} == allowed


PATTERNS = [
    r"[A-Z]([A-Z0-9.])*", r"[\-+]?\d+(\.\d+)?", r"(\p{L}|\p{N}|\p{P}|\p{S})+", r"\i\c*", r"[\i-[:]][\c-[:]]*", r"\S+",
    r"[a-z-[aeiou]]+", r"[^\s-[a]]", r"[\w-[\d]]*", r"\W", r"\p{IsBasicLatin}+", r"\P{IsGreek}", r"[^\p{Lu}]", r"a{2,}",
    r"(a|b){1,2}", r"^a$", r".", r"\.", r"[.]", r"[\]\[\-\^]", r"a|", "()", r"\p{Lu}\p{Ll}*", r"[0-9]{4}(-[0-9]{2})?",
    r"[&~#@|]+", r"[a\-z]+", " a ", r"\s*", r"[\S]", r"[^\S]", r"\D", r"[\D]", "[!-/]+", r"\p{Nd}|\p{Sc}",
]  # fmt: skip
NO_PATTERNS = [
    "a??", "a*?", "a++", "a{,3}", "a{2", "(?:a)", "(?i)a", "[a", "]", "}", "{", "[]", "[a-[b]c]", r"[\d-z]", r"[a-\d]",
    "a**", "[[a]]", r"\1", r"\b", r"\x41", "(a", "a)", "*", r"\p{L", r"\p{Foo}", r"\p{IsFoo}", r"\pL", "[z-a]",
    "a{2,1}", "|*", "(+)",
]  # fmt: skip


def test_patterns_of_datatypes_match_the_same(jing, tmp_path):
    # Names beyond XML 1.0, fourth edition, are not the same on purpose.
    signs = "aZ09 _-.:^$|&~#[]{}()\\/\"'<>,;!?*+=%@`\t\néÉßαЖא中·\u00a0\u2003²½£«"
    values = [
        "",
        *signs,
        *(a + b for a in "aZ0-." for b in "a0-é ]"),
        "aaa",
        "abc",
        "-5.25",
        "Tull",
        "1915-06",
        "a:b",
        " a ",
    ]
    patterns = [f'<data type="string"><param name="pattern">{escape(each)}</param></data>' for each in PATTERNS]
    for source, pattern, allowed in zip(PATTERNS, patterns, jing_allows(jing, tmp_path, patterns, values), strict=True):
        test = datatypes.data(datatypes.XSD, "string", [("pattern", source)])
        assert {value for value in values if test(value)} == allowed, pattern


def test_what_is_no_pattern_is_refused_by_both(jing, tmp_path):
    patterns = [f'<data type="string"><param name="pattern">{escape(each)}</param></data>' for each in NO_PATTERNS]
    refused = jing_allows(jing, tmp_path, [*patterns, "<text/>"], ["a"])
    assert refused[:-1] == [None] * len(patterns)
    for each in NO_PATTERNS:
        with pytest.raises(datatypes.UnknownDatatypeError):
            datatypes.data(datatypes.XSD, "string", [("pattern", each)])
