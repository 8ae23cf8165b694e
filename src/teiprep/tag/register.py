"""The document's register of persons, derived from the references that the mentions bear."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from teiprep.document import Person

if TYPE_CHECKING:
    from teiprep.document import Annotator


def register(pen: Annotator) -> tuple[Person, ...]:
    """One entry for each person that an annotation refers to, by id; the names as printed, the fullest first."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for annotation in pen.document.layer("person"):
        if ref := annotation.attributes.get("ref"):
            names[ref].setdefault(" ".join(pen.document.quote(annotation).split()))
    return tuple(
        Person(ref, tuple(sorted(forms, key=lambda form: (form.isupper(), -len(form.split()), -len(form), form))))
        for ref, forms in sorted(names.items())
    )
