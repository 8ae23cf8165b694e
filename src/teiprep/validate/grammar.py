"""Does a RELAX NG schema allow it?"""

from __future__ import annotations

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


#: So many places in a file are explained, which takes time; nobody reads more.
_EXPLAINED = 1000


@cache
def load(schema: Path) -> Explainer:
    """The schema in a file, read once. Raises ConfigError, naming file and line, if it cannot be used."""
    return Explainer(Schema(schema))


def check(root: etree._Element, schema: Path) -> Iterator[Remark]:
    """What the RELAX NG grammar in `schema` refuses, in the order of the document.

    Raises ConfigError if `schema` cannot be used.
    """
    explainer = load(schema)
    for number, mistake in enumerate(mistakes(root, explainer.schema)):
        said = explainer.explain(mistake) if number < _EXPLAINED else "the schema does not allow this"
        if mistake.kind == "text" and mistake.behind is not None:
            yield Remark(mistake.behind, "grammar", said, "tail")
        else:
            yield Remark(mistake.node, "grammar", said, "text" if mistake.kind in {"text", "content"} else "tag")
