"""The four promises, which are proved for every document before it is published: restore, ledger, freeze, valid.

The first three are in `proofs`; the fourth asks `validate`.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from . import resources, sidecar
from .diagnostics import InvariantError, TeiprepError
from .proofs import blanked, freeze, ledger, restore
from .tei import reading as tei_reading
from .validate import grammar, integrity, rules
from .validate.locate import Locator

if TYPE_CHECKING:
    from lxml import etree

    from .document import Document
    from .source import Source
    from .tei.reading import Reading


def check(source: Source, document: Document, tei: bytes, record: bytes) -> None:
    """Prove the four promises for one document, its TEI file and its sidecar (`record`).

    Raises InvariantError with the code of the promise, and the place in `difference`.
    """
    ledger(document, source)
    read = tei_reading.read(_valid_tei(tei))
    freeze(document, read)
    loaded = _valid_sidecar(record)
    _restores(source, loaded, read)


def _restores(source: Source, loaded: Document, read: Reading) -> None:
    lengths = sidecar.flow_lengths(loaded.pieces, loaded.edits)
    try:
        from_sidecar = restore(loaded, loaded.text_of)
        empty = blanked(loaded)
        from_tei = restore(empty, tei_reading.flows_of(read, empty, lengths))
    except TeiprepError as error:
        raise InvariantError("promise-restore", "the source does not come back", difference=error.message) from error
    if from_sidecar != source.data or from_tei != source.data:
        raise InvariantError("promise-restore", "other bytes come back", difference=loaded.source.file)


#: What is wrong in any TEI. Of the other rules most are about what the source says or what a person has to add.
_PROVED = ("id-duplicate", "pointer-dangling")


def _valid_tei(tei: bytes) -> etree._Element:
    try:
        root = tei_reading.parse(tei)
    except TeiprepError as error:
        raise InvariantError("promise-valid", "the TEI is not well-formed", difference=error.message) from error
    remarks = chain(rules.check(root, _PROVED), grammar.check(root, resources.path("schemas/teiprep.rng")))
    for found in Locator(root, tei).findings(remarks, "TEI"):
        raise InvariantError("promise-valid", f"line {found.line} of the TEI: {found.code}", difference=found.message)
    return root


def _valid_sidecar(record: bytes) -> Document:
    document, findings = integrity.read_sidecar(record, "sidecar")
    if document is None:
        found = findings[0]
        raise InvariantError(
            "promise-valid", f"line {found.line} of the sidecar: {found.code}", difference=found.message
        )
    return document
