"""Hypothesis strategies: documents that segmenting and tagging might hand over, and many that they never would."""

from dataclasses import replace

from hypothesis import strategies as st

from teiprep.document import BODY, CONTAINERS, LEAVES, Annotation, Break, Furniture, Note
from tests.make import document

SIGNS = "ab é—“”&<>\"'\u00a0\U0001f600\t"
CERTAINTIES = st.sampled_from(["high", "medium", "low"])
QUOTATION_KINDS = st.sampled_from(["q", "said", "quote", "soCalled", "mentioned", "gloss"])

texts = st.text(SIGNS, max_size=12)
leaves = st.tuples(st.sampled_from(sorted(LEAVES)), texts)
forests = st.lists(
    st.recursive(
        leaves,
        lambda inner: st.tuples(st.sampled_from(sorted(CONTAINERS)), st.lists(inner, max_size=4)),
        max_leaves=14,
    ),
    max_size=7,
)


@st.composite
def documents(draw, forest=forests):
    """A document with notes (some within notes), breaks, running heads and overlapping annotations anywhere."""
    count = draw(st.integers(0, 3))
    names = [f"fn-{number}" for number in range(1, count + 1)]
    notes = {name: draw(st.one_of(st.just([("p", "Not printed.")]), forest)) for name in names}
    made = document(
        draw(forest),
        notes=notes,
        gap=draw(st.sampled_from(["", "\n", "\n\n"])),
        tail=draw(st.sampled_from(["", "\n"])),
        furniture_text="[Page 2]\n17\nTHE <ISLES>\n12\n* * *",
    )
    length = {flow.id: len(flow.text) for flow in made.flows}
    homes = [BODY, *names]

    def point(flow):
        return draw(st.integers(0, length[flow]))

    found = []
    for number, name in enumerate(names):
        home = draw(st.sampled_from(homes[: number + 1]))
        pairing = draw(st.sampled_from(["number", "order"]))
        anchored = draw(st.booleans())
        fields = {"pairing": pairing, "certainty": draw(CERTAINTIES), "anchored": anchored}
        found.append(Note(name, str(number), name, home, point(home), **fields))
    if draw(st.booleans()):
        home = draw(st.sampled_from(homes))
        found.append(Note("fn-9", "17", None, home, point(home), siglum=(9, 11)))
    breaks = []
    for number in range(draw(st.integers(0, 3))):
        home = draw(st.sampled_from(homes))
        kind = draw(st.sampled_from(["pb", "cb", "lb", "milestone"]))
        within, marker = draw(st.booleans()), (27, 32) if kind == "milestone" else None
        breaks.append(
            Break(
                f"pg-{number}", kind, home, point(home), draw(st.none() | texts), within, marker, "", draw(CERTAINTIES)
            )
        )
    furniture = (
        Furniture("fw-0", "marker", 0, 8),
        Furniture("fw-9", "siglum", 9, 11),
        Furniture("fw-12", "header", 12, 23, draw(st.sampled_from(["pg-0", None, "pg-2"])), "top"),
        Furniture("fw-24", "pageNum", 24, 26, "pg-1", "bottom"),
        Furniture("fw-27", "ornament", 27, 32),
    )
    annotations = [draw(annotation(number, homes, length)) for number in range(draw(st.integers(0, 8)))]
    return replace(
        made,
        notes=tuple(found),
        breaks=tuple(breaks),
        furniture=furniture,
        annotations=tuple(sorted(annotations, key=lambda a: (a.flow, a.start, -a.end, a.id))),
        options={"furniture": draw(st.booleans()), "inline_threshold": draw(CERTAINTIES)},
    )


@st.composite
def annotation(draw, number, homes, length):
    """An annotation of any layer on any span."""
    layer = draw(
        st.sampled_from(
            [
                *("date", "person", "place", "number", "reference", "author", "title", "quotation", "quotation"),
                *("emphasis", "bibl", "bibl", "pubPlace", "citedRange"),
            ]
        )
    )
    home = draw(st.sampled_from(homes))
    start, end = sorted(draw(st.tuples(*[st.integers(0, length[home])] * 2)))
    attributes = {
        "date": {"when": "1943-05", "clue": "date-0", "evidence": "internal"},
        "number": {"type": "telegram"},
        "reference": {"type": "ibid", "target": draw(st.sampled_from(["fn-1", "bibl-0"]))},
        "bibl": {"target": f"bibl-{draw(st.integers(0, 8))}"},
        "citedRange": {"unit": "page", "from": "3", "to": "4"},
        "title": {"level": "m"},
        "author": draw(st.sampled_from([{}, {"role": "editor"}])),
        "emphasis": {"rend": "bold"},
    }.get(layer, {})
    if layer == "quotation":
        attributes = {"kind": draw(QUOTATION_KINDS), "next": f"quotation-{draw(st.integers(0, 8))}"}
    return Annotation(f"{layer}-{number}", layer, home, start, end, attributes, draw(CERTAINTIES), "hand")
