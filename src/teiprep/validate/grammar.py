"""Does a RELAX NG schema allow it?"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from .explain import Explainer
from .relaxng.matching import mistakes
from .relaxng.reading import Schema
from .report import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree


@cache
def load(schema: Path) -> Explainer:
    """The schema in a file, read once. Raises ConfigError, naming file and line, if it cannot be used."""
    return Explainer(Schema(schema))


def check(root: etree._Element, schema: Path, most: int = 1000) -> Iterator[Remark]:
    """What the RELAX NG grammar in `schema` refuses, in the order of the document.

    Of each kind of mistake in elements of one name, `most` are explained, which takes time; the others are only named.
    Raises ConfigError if `schema` cannot be used.
    """
    explainer = load(schema)
    counts: Counter[tuple[str, str]] = Counter()
    for mistake in mistakes(root, explainer.schema):
        kind = mistake.kind, str(mistake.node.tag)
        counts[kind] += 1
        said = explainer.explain(mistake) if counts[kind] <= most else "the schema does not allow this"
        behind = mistake.behind
        while behind is not None and not isinstance(behind.tag, str):  # comments have no place of their own
            behind = behind.getprevious()
        if mistake.kind == "text" and behind is not None:
            yield Remark(behind, "grammar", said, "tail")
        else:
            yield Remark(mistake.node, "grammar", said, "text" if mistake.kind in {"text", "content"} else "tag")
