"""Values of dates in the TEI: what att.datable can say, in forms that every schema takes, and nothing else."""

import subprocess
from dataclasses import replace

import pytest
from lxml import etree

from teiprep import resources, sidecar
from teiprep.document import Correspondence
from teiprep.tei import encode
from teiprep.tei.body import datable
from teiprep.validate import grammar, rules
from tests.make import document, layout_of, tag

SCHEMA = resources.path("schemas/teiprep.rng")
JULIAN = {"when": "1742-03-23", "when-custom": "1742-03-12", "calendar": "julian"}
#: What a rule may say of a date, and what of it stands in the TEI.
VALUES = [
    ({"when": "1843-05-12"}, 'when="1843-05-12"'),
    ({"when": "--05-12", "edtf": "XXXX-05-12"}, 'when="--05-12"'),
    ({"when": "---14", "edtf": "XXXX-XX-14"}, 'when="---14"'),
    ({"when": "1935-11-04T10:00:00"}, 'when="1935-11-04T10:00:00"'),
    ({"when": "1935-11-04T23:59:30"}, 'when="1935-11-04T23:59:30"'),
    ({"when": "-0044", "edtf": "-0043"}, 'when="-0044"'),
    ({"when": "-0044-03-15"}, 'when="-0044-03-15"'),
    ({"from": "-0264", "to": "-0146"}, 'from="-0264" to="-0146"'),
    ({"from": "1843-05-03", "to": "1843-05-09", "edtf": "1843-05-03/1843-05-09"}, 'from="1843-05-03" to="1843-05-09"'),
    ({"notBefore": "1820", "notAfter": "1830", "edtf": "[1820..1830]"}, 'notBefore="1820" notAfter="1830"'),
    ({"notBefore": "1850", "edtf": "[1850..]"}, 'notBefore="1850"'),
    ({"notAfter": "1742-03-12", "edtf": "[..1742-03-12]"}, 'notAfter="1742-03-12"'),
    ({"when": "1650", "precision": "low", "edtf": "1650~"}, 'when="1650" precision="low"'),
    ({"from": "1830", "to": "1839", "precision": "low"}, 'from="1830" to="1839" precision="low"'),
    ({"notAfter": "1850", "precision": "low"}, 'notAfter="1850" precision="low"'),
    (JULIAN, 'when="1742-03-23" calendar="#julian" when-custom="1742-03-12" datingMethod="#julian"'),
    ({**JULIAN, "precision": "low"}, 'when="1742-03-23" precision="low" calendar="#julian" when-custom="1742-03-12"'),
    # No value of our calendar is sure, or the printed one is plain from the text: still the calendar is said.
    ({"when-custom": "1700-02-29", "calendar": "julian"}, 'calendar="#julian" when-custom="1700-02-29"'),
    ({"when": "1742-03-23", "calendar": "julian"}, 'when="1742-03-23" calendar="#julian"'),
]
#: What stands nowhere in the TEI.
LEFT_OUT = [
    {},
    {"edtf": "1650~"},
    {"precision": "low"},  # of no value
    {"when": "0000"},
    {"when": "-0000-05"},
    {"when": "1843-02-30"},
    {"when": "-0044-02-30"},
    {"when": "-0044-02-29"},  # a leap year by one count of the years before our era, none by the other
    {"when": "--02-30"},
    {"when": "1935-11-04T10:00"},
    {"when": "1935-11-04T24:00:00"},
    {"when": "1935-11-04T10:60:00"},
    {"when": "1935-11T10:00:00"},
    {"when": "--11-04T10:00:00"},
    {"when": "T10:00:00"},
    {"when": "-044"},
    {"when": "44 B.C."},
    {"when": "1843-05-12\n"},
    {"when": "１８４３"},
    {"when-custom": "1742-03-12"},  # of no calendar
    {"when-custom": "1742-03-12", "calendar": "coptic"},
    {"calendar": "coptic"},
]


def dated(given):
    """A document in which one date has the attributes `given`."""
    made = document([("div", [("p", "Thorne wrote in Lent, or then.")])])
    return replace(made, annotations=(tag("date", made, "then", **given),))


def header_of(made):
    tei = encode(made).decode()
    return tei[: tei.index("<text>")]


@pytest.mark.parametrize(("given", "expected"), VALUES)
def test_a_value_stands_in_the_tei(given, expected):
    tei = encode(dated(given))
    assert f"<date {expected}" in tei.decode()
    root = etree.fromstring(tei)
    assert list(grammar.check(root, SCHEMA)) == []
    found = [each.code for each in rules.check(root, ("date-invalid", "date-order", "date-mixed", "pointer-dangling"))]
    assert found == []


@pytest.mark.parametrize("given", LEFT_OUT)
def test_what_no_schema_takes_is_left_out(given):
    tei = encode(dated(given)).decode()
    assert '<date cert="high" resp="#teiprep">then</date>' in tei
    assert "julian" not in tei
    assert list(grammar.check(etree.fromstring(tei.encode()), SCHEMA)) == []


@pytest.mark.parametrize("custom", ["12 March", "", " ", "1742\u00a003", "a\u200bb"])
def test_a_printed_value_is_one_word(custom):
    tei = encode(dated({"when": "1742-03-23", "when-custom": custom, "calendar": "julian"})).decode()
    assert '<date when="1742-03-23" calendar="#julian" cert="high"' in tei


def test_a_point_excludes_a_span_and_a_span_excludes_bounds():
    both = {"when": "1843", "from": "1842", "notAfter": "1850", "precision": "low"}
    assert datable(both) == {"when": "1843", "precision": "low"}
    del both["when"]
    assert datable(both) == {"from": "1842", "precision": "low"}
    del both["from"]
    assert datable(both) == {"notAfter": "1850", "precision": "low"}


def test_the_calendar_is_described_only_where_a_date_uses_it():
    assert header_of(dated(JULIAN)).count('<calendar xml:id="julian">') == 1
    assert "calendar" not in header_of(dated({"when": "1843"}))
    assert "calendar" not in header_of(dated({"when": "1843", "calendar": "coptic"}))


def test_the_date_of_a_letter_has_its_value_and_no_calendar():
    """The words are in the dateline: TEI allows `@calendar` only on an element with text."""
    made = document([("p", "Sir.")])
    side = Correspondence("sent", "Hale", date={**JULIAN, "precision": "low"})
    tei = encode(replace(made, correspondence=(side,))).decode()
    assert '<date when="1742-03-23" precision="low"/>' in tei
    assert "julian" not in tei


@pytest.mark.parametrize("given", [given for given, _ in VALUES])
def test_the_sidecar_keeps_all_of_it(given):
    made = dated(given)
    data = sidecar.dump(made, layout_of(made))
    assert sidecar.load(data) == made
    assert encode(sidecar.load(data)) == encode(made)


@pytest.mark.parametrize("given", [{"calendar": "coptic"}, {"precision": "high"}, {"when-custom": ""}])
def test_the_sidecar_holds_no_other_calendar_nor_precision(given):
    made = dated(given)
    assert not sidecar.follows_schema(sidecar.parse(sidecar.dump(made, layout_of(made))))


def test_all_of_it_is_tei(shared, jing, tmp_path):
    files = []
    for number, given in enumerate([*(given for given, _ in VALUES), *LEFT_OUT]):
        files.append(tmp_path / f"{number}.xml")
        files[-1].write_bytes(encode(dated(given)))
    found = subprocess.run([jing, shared / "tei" / "tei_all.rng", *files], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[:2000]
    found = subprocess.run([jing, SCHEMA, *files], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[:2000]
