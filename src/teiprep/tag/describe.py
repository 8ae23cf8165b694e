"""What the text says about itself: who wrote to whom, when and where; its title, author, date and file number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from teiprep.document import Correspondence, Metadatum

from .common import divisions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from teiprep.document import Annotation, Annotator, Block, Document

_TEXT = "text"
#: "The Consul at Lima (Hale) to the Secretary of State", "Letter From Mr. Hale to Miss Thorne", "LETTER IX. TO HIM."
_HEAD = regex.compile(
    r"(?:\d+\.\s+|(?i:letter|no\.?)\s(?:[IVXLC]+|\d+)\b\.?\s+)?"
    r"(?:(?:Telegram|Letter|Memorandum|D[ei]spatch|Airgram|Note|Message|Aide-Mémoire)\s+)?"
    r"(?:(?i:from)\s+)?(?:(?P<sender>[\p{L}\p{N}.,()’'\s–-]*?\S)\s+)?(?:to|To|TO)\s+(?P<recipient>\S.*)",
    regex.DOTALL,
)
#: The lines at the head of a memorandum: "TO: Mr. Hale, Director", "FROM: Miss Thorne".
_LABELLED = regex.compile(r"^(?P<label>TO|To|FROM|From)\s?:\s*(?P<who>\S[^\n]*)", regex.MULTILINE)
_LETTER_KINDS = frozenset(("letter", "telegram", "memorandum", "enclosure"))
#: A salute that only a letter has; a speech begins "Mr. Chairman, and neighbors".
_DEAR = regex.compile(
    r"\b(?:dear|dearest|sirs?|madam|gentlemen|excellency|my lord|beloved|honou?red)\b", regex.IGNORECASE
)
_RECEIVED = regex.compile(r"\b(?:received|rec[’']?d\.?)\b[^\])]{0,24}$", regex.IGNORECASE)
#: Where a letter lies today, not where it was written.
_KEEPER = regex.compile(r"\b(?:Library|Archives?|Museum|Record Office|Collection|MSS?)\b")
_DATABLE = ("when", "from", "to", "notBefore", "notAfter", "precision")
_WORD = regex.compile(r"\p{L}{2}")  # "#263" is no title
_FILE_NUMBER = regex.compile(r"(?P<n>\p{L}{0,3}\d{2,4}[A-Za-z]?(?:\.\d+|\d*/)[\w./–-]*\d|\d{3}\.[\w.]+/[\w.–-]+)")
#: Heads that say nothing without the next: "XI", "CHAPTER FIVE", "Part 2."
_NUMBER_HEAD = regex.compile(
    r"(?:(?i:chapter|part|book|section|letter|canto|act|number|no\.)\s+)?"
    r"(?:[IVXLCDM]+|\d+|(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:the\s)?(?:first|second|third|last)))"
    r"[.:]?"
)
_INSTITUTION = regex.compile(
    r"\b(?:Academy|Association|Board|Bureau|Chamber|City of|Club|College|Commission(?:ers)?|Committee|Company|Congress"
    r"|Council|County of|Department|Institut(?:e|ion)|Legislature|Ministry|Museum|Office|Parish of|Parliament|Senate"
    r"|Society|State of|Town of|Trustees|Union|University)\b",
    regex.IGNORECASE,
)


def correspondence(pen: Annotator) -> tuple[Correspondence, ...]:
    """Sender and recipient of the first letter, as its head, dateline and signature tell; empty if there is none.

    A letter is a division of that kind, or one whose opener only a letter has: a salute like "Dear Sir", or a head
    "A to B" with a dateline or a signature. A report that is dated and signed is none.
    """
    document = pen.document
    by_id = {block.id: block for block in document.blocks}
    letters: dict[str, list[Block]] = {}
    for block in document.leaves.get("body", []):
        letters.setdefault(next(divisions(block, by_id)), []).append(block)
    for division, leaves in letters.items():
        kind = by_id[division].attributes.get("type") if division else None
        sides = _sides(document, leaves, sure=kind in _LETTER_KINDS)
        if sides:
            return sides
    return ()


def _sides(document: Document, leaves: Sequence[Block], *, sure: bool) -> tuple[Correspondence, ...]:
    """Who wrote to whom in one division; `sure` if the division is known for a letter."""
    datelines = [block for block in leaves if block.type == "dateline"]
    signed = next((block for block in leaves if block.type == "signed"), None)
    dear = next((block for block in leaves if block.type == "salute" and _DEAR.search(document.quote(block))), None)
    heads = [block for block in leaves if block.type == "head"][:3]
    matches = [(block, m) for block in heads if (m := _HEAD.fullmatch(document.quote(block).strip()))]
    labelled = _labels(document, leaves)
    opened = bool(datelines or signed)
    if not (sure and (matches or labelled or opened)) and not (opened and (matches or dear)):
        return ()
    place, when, received = _datelines(document, datelines)
    sent = recipient = None
    if matches:
        head, match = matches[0]
        shift = head.start + len(document.quote(head)) - len(document.quote(head).lstrip())
        if match["sender"]:
            sent = _side(document, "sent", match["sender"], shift + match.start("sender"), place, when)
        words = match["recipient"].strip(" .")
        recipient = _side(document, "received", words, shift + match.start("recipient"), None, received)
    if sent is None and "from" in labelled:
        sent = _side(document, "sent", *labelled["from"], place, when)
    if recipient is None and "to" in labelled:
        recipient = _side(document, "received", *labelled["to"], None, received)
    persons = _persons(document, signed.start, signed.end) if signed else []
    if sent is not None and sent.ref is None and persons:
        sent = _with(sent, document, persons[0])
    elif sent is None and signed and (datelines or dear or recipient):
        name = document.quote(persons[0]) if persons else document.quote(signed).split("\n")[0].strip(" .,")
        ref = persons[0].attributes.get("ref") if persons else None
        sent = Correspondence("sent", name, ref, None, place, when, "medium")
    return tuple(side for side in (sent, recipient) if side)


def _labels(document: Document, leaves: Sequence[Block]) -> dict[str, tuple[str, int]]:
    """What stands behind "TO:" and "FROM:" in the first leaves of a memorandum: the words and where they begin."""
    found: dict[str, tuple[str, int]] = {}
    for block in leaves[:12]:
        for match in _LABELLED.finditer(document.quote(block)):
            found.setdefault(match["label"].casefold(), (match["who"].rstrip(" .,"), block.start + match.start("who")))
    return found


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
    role = regex.sub(r"^(?:(?:[Tt]he|[Hh]is|[Hh]er)\s|(?:Mr|Mrs|Ms|Miss|Dr)\.?\s?,\s)", "", role)
    received = kind == "received"
    return Correspondence(
        "received" if received else "sent", name, ref, role or None, place, when, "high" if name else "medium"
    )


def _persons(document: Document, start: int, end: int) -> Sequence[Annotation]:
    return [a for a in document.layer("person") if a.flow == "body" and start <= a.start and a.end <= end]


def _datelines(document: Document, blocks: Sequence[Block]) -> tuple[str | None, dict[str, str], dict[str, str]]:
    """The place and the date of a letter, and the date when it was received, by its datelines."""
    place, when, received = None, dict[str, str](), dict[str, str]()
    for block in blocks:
        text = document.text_of[block.flow]
        keeper = _KEEPER.search(document.quote(block))
        within = [a for a in document.annotations if a.flow == block.flow and block.start <= a.start < block.end]
        for found in within:
            if found.layer == "place" and not keeper:
                place = place or " ".join(document.quote(found).split())
            elif found.layer == "date":
                # Days only, as those who gather letters want them (CMIF).
                value = {key: value.split("T")[0] for key, value in found.attributes.items() if key in _DATABLE}
                if _RECEIVED.search(text, block.start, found.start):
                    received = received or value
                else:
                    when = when or value
    return place, when, received


def described(pen: Annotator) -> dict[str, Metadatum]:
    """The metadata that the text states: title, author, date and archival number, as far as they stand there."""
    document = pen.document
    leaves = document.leaves.get("body", [])
    out: dict[str, str] = {}
    if title := _title(document, leaves):
        out["title"] = title
    byline = next((b for b in leaves if b.type == "byline"), None)
    if byline:
        persons = _persons(document, byline.start, byline.end)
        words = " ".join(document.quote(byline).split())
        author = "; ".join(dict.fromkeys(document.quote(p) for p in persons)) or regex.sub(r"^[Bb]y\s+", "", words)
        if author:
            out["author"] = author
    _, when, _ = _datelines(document, [b for b in leaves if b.type == "dateline"][:1])
    value = when.get("when", "-")
    if value and not value.startswith("-") and "precision" not in when:
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


def _title(document: Document, leaves: Sequence[Block]) -> str:
    """The title as the title page or the first heads give it; a head that says little is joined with the next."""
    named = [b for b in leaves if b.type in {"titlePart", "head"} and _WORD.search(document.quote(b))]
    page = next((b for b in named if b.type == "titlePart"), None)
    if page:
        # A title page may give its title in several lines.
        parts = [b for b in named if b.type == "titlePart" and b.parent == page.parent]
        return " ".join(" ".join(map(document.quote, parts)).split())
    heads = [(k, b) for k, b in enumerate(leaves) if b.type == "head"]
    if not heads:
        return ""
    at, first = heads[0]
    words = " ".join(document.quote(first).split())
    bare = _NUMBER_HEAD.fullmatch(words) or _is_day(document, first) or not _WORD.search(words)
    institution = words.isupper() and _INSTITUTION.search(words)
    following = leaves[at + 1] if at + 1 < len(leaves) and leaves[at + 1].type == "head" else None
    if following and (bare or (institution and not _is_day(document, following))):
        return f"{words.rstrip(' .:')}. {' '.join(document.quote(following).split())}"
    return " ".join(document.quote(named[0]).split()) if named else ""


def _is_day(document: Document, head: Block) -> bool:
    """Whether a head is but a date, as that of a journal's entry."""
    rest = document.quote(head)
    for date in document.layer("date"):
        if date.flow == head.flow and head.start <= date.start < date.end <= head.end:
            rest = rest.replace(document.quote(date), "")
    return not rest.strip(" .,:;[]()")
