"""The W3C Web Annotation Data Model (Recommendation of 23 February 2017) as JSON-LD: one collection with one page.

A tag is an `Annotation` on the text of its flow. All IRIs are absolute, and the same as long as the raw file is: `ni:`
names that file by its SHA-256 (RFC 6920), the fragment names document and tag, or document and flow. Collection and
page have a UUID that follows from what is in them.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .reading import Tag, Tagged

#: So much of the text before and behind a tag is told with it.
_AROUND = 32
_HEAD = (
    b'{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationCollection","label":"Tags set by teiprep",'
    b'"first":{"type":"AnnotationPage","startIndex":0,"items":['
)


def write(documents: Iterable[Tagged], layers: Sequence[str]) -> Iterator[bytes]:
    """The collection, one document at a time; what is known only at the end (its IRI, the total) stands there."""
    yield _HEAD
    total, digest, comma = 0, hashlib.sha256(), b"\n"
    for document in documents:
        chosen = document.chosen(layers)
        for tag in chosen:
            item = orjson.dumps(_annotation(document, tag))
            digest.update(item)
            yield comma + item
            comma = b",\n"
        total += len(chosen)
    name = _named(digest.digest())
    page, name = (uuid.uuid5(uuid.NAMESPACE_URL, each).urn for each in (f"{name}#page", name))
    end = orjson.dumps({"id": page, "partOf": name}), orjson.dumps({"id": name, "last": page, "total": total})
    yield b"\n]," + end[0][1:] + b"," + end[1][1:] + b"\n"


def _annotation(document: Tagged, tag: Tag) -> dict[str, Any]:
    text = document.texts[tag.flow]
    file = f"{_named(bytes.fromhex(document.sha256))}#{quote(document.id, safe='')}"
    values = [f"{name}={value}" for name, value in tag.values.items()]
    return {
        "id": f"{file}/{quote(tag.id, safe='')}",
        "type": "Annotation",
        "motivation": "tagging",
        "creator": {"type": "Software", "name": "teiprep"},
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": tag.layer},
            *(
                {"type": "TextualBody", "purpose": "classifying", "value": value}
                for value in (*values, f"certainty={tag.certainty}")
            ),
        ],
        "target": {
            "source": f"{file}/{quote(tag.flow, safe='')}",
            "selector": [
                # Both count code points, the end is behind the last (4.2.4, 4.2.5).
                {"type": "TextPositionSelector", "start": tag.start, "end": tag.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": tag.text,
                    "prefix": text[max(0, tag.start - _AROUND) : tag.start],
                    "suffix": text[tag.end : tag.end + _AROUND],
                },
            ],
        },
    }


def _named(digest: bytes) -> str:
    """The IRI of what has this SHA-256."""
    return f"ni:///sha-256;{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"
