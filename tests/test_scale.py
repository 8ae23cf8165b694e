"""Nothing can blow up: the killers, and long documents, end and keep every promise. `make bench` measures the times."""

import pytest

from teiprep import pipeline
from teiprep.config import Config
from teiprep.diagnostics import SourceError
from teiprep.proofs import restore_from
from teiprep.sidecar import load
from teiprep.source import Source
from tests.killers import KILLERS, WORDS, volume

#: In characters. A pattern that tries every pair of places takes minutes for it, one that doubles its tries for ever.
SIZE = 20_000
#: What has no text in it, or is no text.
EMPTY = {
    "spaces",
    "tabs",
    "no-break spaces",
    "ideographic spaces",
    "blank lines",
    "carriage returns",
    "form feeds",
    "control characters",
}


def whole(text):
    """Produce a document, which proves its promises, and give back what is restored from it."""
    made = pipeline.produce(Source.decode("long.txt", text.encode()), Config(), "long", {})
    return made, restore_from(made.tei, load(made.sidecar)).decode()


@pytest.mark.parametrize("name", KILLERS)
def test_a_killer_ends_and_is_whole(name):
    text = KILLERS[name](SIZE)
    assert len(text) >= SIZE * 0.8
    if name in EMPTY:
        with pytest.raises(SourceError) as caught:
            whole(text)
        assert caught.value.code in {"source-empty", "source-binary"}
        return
    made, restored = whole(text)
    assert restored == text
    # Overlap and depth must not be written down by the square: a page of marks once gave a record of gigabytes.
    assert len(made.sidecar) < 250 * len(text)
    assert len(made.tei) < 250 * len(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(WORDS * 28_000, id="one line of 2 MB"),
        pytest.param("A" * 2_000_000, id="one word of 2 MB"),
        pytest.param(f"{WORDS}{chr(10) * 300_000}{WORDS}", id="300,000 blank lines"),
        pytest.param("“I saw,” he said. " * 10_000, id="a paragraph with 10,000 quotations"),
        pytest.param("".join(f"[Page {n}]\n\nBoats.\n\n" for n in range(1, 4_000)), id="4,000 pages"),
        pytest.param(KILLERS["notes in a list"](250_000), id="10,000 notes"),
        pytest.param("Boats.\n\n" * 10_000, id="10,000 paragraphs"),
        pytest.param("THE BOATS\n\nThey came.\n\n" * 5_000, id="5,000 heads"),
    ],
)
def test_a_long_document_is_whole(text):
    assert whole(text)[1] == text


def test_a_volume_has_its_pages_notes_and_letters():
    text = volume(300_000)
    pages = text.count("[Page ")
    made, restored = whole(text)
    assert restored == text
    assert sum(one.type == "pb" for one in made.document.breaks) == pages
    assert sum(note.anchored and note.flow is not None for note in made.document.notes) >= 2.9 * pages
    assert len(made.sidecar) < 5 * len(text)
