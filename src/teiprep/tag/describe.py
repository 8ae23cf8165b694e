"""What the text says about itself: who wrote to whom, when and where; its title, author, date and file number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from teiprep.document import Correspondence, Metadatum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from teiprep.document import Annotation, Annotator, Block, Document

_TEXT = "text"
#: "The Consul at Lima (Hale) to the Secretary of State", "Letter From Mr. Hale to Miss Thorne", "TO HER BROTHER."
_HEAD = regex.compile(
    r"(?:\d+\.\s+)?(?:(?:Telegram|Letter|Memorandum|D[ei]spatch|Airgram|Note|Message|Aide-Mémoire)\s+)?"
    r"(?:(?i:from)\s+)?(?P<sender>[\p{L}\p{N}.,()’'\s–-]*?\S)\s+(?:to|To|TO)\s+(?P<recipient>\S.*)",
    regex.DOTALL,
)
_LETTER_KINDS = frozenset(("letter", "telegram", "memorandum"))
_DATABLE = ("when", "from", "to", "notBefore", "notAfter")
_WORD = regex.compile(r"\p{L}{2}")  # "#263" is no title
_FILE_NUMBER = regex.compile(r"(?P<n>\p{L}{0,3}\d{2,4}[A-Za-z]?(?:\.\d+|\d*/)[\w./–-]*\d|\d{3}\.[\w.]+/[\w.–-]+)")


def correspondence(pen: Annotator) -> tuple[Correspondence, ...]:
    """Sender and recipient as the first letter's head, dateline, salute and signature tell; empty if there is none.

    A head "A to B" is trusted in a letter, telegram or memorandum, or where a dateline or a signature follows.
    """
    document = pen.document
    leaves = document.leaves.get("body", [])
    head = next((block for block in leaves if block.type == "head"), None)
    dateline = next((block for block in leaves if block.type == "dateline"), None)
    signed = next((block for block in leaves if block.type == "signed"), None)
    kinds = {block.attributes.get("type") for block in document.blocks if block.type == "div"}
    if not (kinds & _LETTER_KINDS or dateline or signed):
        return ()
    heads = [block for block in leaves if block.type == "head"][:3]
    match = next((m for block in heads if (m := _HEAD.fullmatch(document.quote(block).strip()))), None)
    if match is None and (dateline is None or signed is None):
        return ()
    place, when = _dateline(document, dateline)
    sides: list[Correspondence] = []
    if match:
        head = next(block for block in heads if _HEAD.fullmatch(document.quote(block).strip()))
        shift = head.start + len(document.quote(head)) - len(document.quote(head).lstrip())
        sides.append(_side(document, "sent", match["sender"], shift + match.start("sender"), place, when))
        if sides[0].ref is None and signed and (persons := _persons(document, signed.start, signed.end)):
            sides[0] = _with(sides[0], document, persons[0])
        sides.append(
            _side(document, "received", match["recipient"].strip(" ."), shift + match.start("recipient"), None, {})
        )
    elif signed:
        persons = _persons(document, signed.start, signed.end)
        name = document.quote(persons[0]) if persons else document.quote(signed).strip(" .")
        ref = persons[0].attributes.get("ref") if persons else None
        sides.append(Correspondence("sent", name, ref, None, place, when, "medium"))
    return tuple(sides)


def _with(side: Correspondence, document: Document, person: Annotation) -> Correspondence:
    role = side.role or side.name
    return Correspondence(
        "sent", document.quote(person), person.attributes.get("ref"), role, side.place, side.date, "medium"
    )


def _side(
    document: Document, kind: str, words: str, start: int, place: str | None, when: dict[str, str]
) -> Correspondence:
    """One side from its words in the head; what is not the name is the role."""
    persons = _persons(document, start, start + len(words))
    role = " ".join(words.split())
    name = ref = None
    if persons:
        person = persons[0]
        name, ref = document.quote(person), person.attributes.get("ref")
        rest = words[: person.start - start] + words[person.end - start :]
        role = " ".join(regex.sub(r"\(\s*\)|\s+$", " ", rest).split()).strip(" ,")
    role = regex.sub(r"^(?:[Tt]he|[Hh]is|[Hh]er)\s", "", role)
    received = kind == "received"
    return Correspondence(
        "received" if received else "sent", name, ref, role or None, place, when, "high" if name else "medium"
    )


def _persons(document: Document, start: int, end: int) -> Sequence[Annotation]:
    return [a for a in document.layer("person") if a.flow == "body" and start <= a.start and a.end <= end]


def _dateline(document: Document, block: Block | None) -> tuple[str | None, dict[str, str]]:
    """Place and date of a dateline: the place is what stands before the date."""
    if block is None:
        return None, {}
    dates = [a for a in document.layer("date") if a.flow == block.flow and block.start <= a.start < block.end]
    text = document.text_of[block.flow]
    if not dates:
        return None, {}
    place = " ".join(text[block.start : dates[0].start].split()).strip(" ,.[(")
    value = {key: value for key, value in dates[0].attributes.items() if key in _DATABLE}
    return (place if place[:1].isupper() and len(place) < 80 else None), value


def described(pen: Annotator) -> dict[str, Metadatum]:
    """The metadata that the text states: title, author, date and archival number, as far as they stand there."""
    document = pen.document
    leaves = document.leaves.get("body", [])
    out: dict[str, str] = {}
    named = [b for b in leaves if b.type in {"titlePart", "head"} and _WORD.search(document.quote(b))]
    title = next((b for b in named if b.type == "titlePart"), None) or next(iter(named), None)
    if title:
        # A title page may give its title in several lines.
        parts = [b for b in named if b.type == "titlePart" and b.parent == title.parent] or [title]
        out["title"] = " ".join(" ".join(map(document.quote, parts)).split())
    byline = next((b for b in leaves if b.type == "byline"), None)
    if byline:
        persons = _persons(document, byline.start, byline.end)
        words = " ".join(document.quote(byline).split())
        author = "; ".join(dict.fromkeys(document.quote(p) for p in persons)) or regex.sub(r"^[Bb]y\s+", "", words)
        if author:
            out["author"] = author
    _, when = _dateline(document, next((b for b in leaves if b.type == "dateline"), None))
    if (value := when.get("when", "-")) and not value.startswith("-"):
        out["date"] = value
    for block in leaves:
        if (
            block.type == "note"
            and block.attributes.get("type") == "source"
            and (number := _FILE_NUMBER.search(document.quote(block)))
        ):
            out["archival"] = number["n"]
            break
    return {key: Metadatum(value, _TEXT) for key, value in out.items()}
