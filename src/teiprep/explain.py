"""Tells a person what was made of a document, in words: every place by its line in the raw file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from .document import BODY, FURNITURE
from .read.origin import diagnose
from .sidecar import source_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .alignment import Edit, Layout
    from .document import Annotation, Document, Note

#: A list longer than this is cut, and the rest counted; dates need one short line each and are what people check.
FEW = 20
FEW_DATES = 200

_ORIGINS = {
    "web": "a web page or an export: page numbers in the running text, or the notes in one list at the end",
    "pages": "printed pages one after the other, with what stood at their heads and feet",
    "markdown": "the output of a converter that marks headings and type with signs such as # and **",
    "plain": "plain text, without traces of pages or of signs for type",
}
_KINDS = {
    "correction": "misread letters",
    "encoding": "wrong characters",
    "space": "white space",
    "markup": "signs for headings and type",
    "hyphen": "hyphens at line ends",
    "join": "lines put together",
    "layout": "white space around blocks",
}
_FURNITURE = {
    "marker": "page markers",
    "header": "running heads",
    "footer": "running feet",
    "pageNum": "page-number lines",
    "siglum": "note signs in the text",
    "label": "note signs in the list of notes",
    "ornament": "ornaments between sections",
}
_QUOTATIONS = {
    "said": "speech",
    "quote": "from writing",
    "soCalled": "at a distance (scare quotes)",
    "mentioned": "words that are mentioned",
    "gloss": "words that explain",
    "q": "where it is not clear whether speech or writing",
}
_OTHERS = {
    "emphasis": "emphasis",
    "title": "titles of works",
    "author": "authors and editors",
    "bibl": "citations",
    "pubPlace": "places of publication",
    "citedRange": "what is cited of a work",
    "number": "numbers of documents",
    "place": "places in datelines",
    "reference": "references such as Ibid.",
}
#: Names for what cannot be seen where it stands alone.
_UNSEEN = {"\n": "line feed", "\r": "carriage return", "\t": "tab", " ": "space", "\f": "form feed"}
#: Signs for what cannot be seen; the legend in `_changes` explains them.
_VISIBLE = {"\n": "↵", "\r": "←", "\t": "→", " ": "·", "\f": "⇟"}


def explain(document: Document, layout: Layout) -> Iterator[str]:
    """The lines of the account, without line ends: what came in and what was made of it."""
    text = source_text(document)
    account = _Account(document, layout, text)
    title = document.metadata.get("title")
    yield f"{document.id}: {title.value}" if title else document.id
    source = document.source
    yield f"{source.file}, {source.bytes:,} bytes, {source.encoding}, {len(text.splitlines()):,} lines"
    for heading, lines in (
        (f"Taken for: {document.origin}", _origin(document, text)),
        (f"Changed: {_count(len(document.edits), 'place')}", account.changes()),
        (f"Set apart from the text: {_count(len(document.furniture), 'item')}", account.furniture()),
        (f"Pages and columns: {_count(len(account.pages), 'break')}", account.breaks()),
        (f"Doubtful blocks: {len(account.doubtful)}", account.blocks()),
        (f"Notes: {len(document.notes)}", account.notes()),
        (f"Letter: {_count(len(document.correspondence), 'side')}", account.correspondence()),
        (f"Persons: {_count(len(list(document.layer('person'))), 'mention')}", account.persons()),
        (f"Dates: {len(list(document.layer('date')))}", account.dates()),
        (f"Quotations: {len(list(document.layer('quotation')))}", account.quotations()),
        ("Also tagged", account.others()),
        (f"In doubt: {_count(len(document.diagnostics), 'remark')}", account.diagnostics()),
    ):
        rows = list(lines)
        if not rows and heading.startswith(("Doubtful", "Letter", "Also tagged")):
            continue
        yield ""
        yield heading
        yield from (f"  {row}" for row in rows)


class _Account:
    """What the parts of the account share: the document, and the way from a flow to a line of the raw file."""

    def __init__(self, document: Document, layout: Layout, text: str) -> None:
        self.document = document
        self.layout = layout
        #: Without lines, which are those of the raw file, and ornaments, which are told with what is set apart.
        self.pages = [each for each in document.breaks if each.type in {"pb", "cb"}]
        self.doubtful = [
            each for flow in document.reading_flows for each in document.leaves[flow.id] if each.certainty != "high"
        ]
        self._line_starts = [match.end() for match in re.finditer("\n", text)]

    def line(self, offset: int) -> int:
        return bisect_right(self._line_starts, offset) + 1

    def at(self, flow: str, offset: int) -> str:
        return f"line {self.line(self.layout.source_start(flow, offset))}"

    def changes(self) -> Iterator[str]:
        """Per kind and rule, the commonest changes first, each with the first lines where it was made."""
        places: dict[tuple[str, str], dict[tuple[str, str], list[Edit]]] = defaultdict(lambda: defaultdict(list))
        for edit, original in self.document.edits:
            places[edit.kind, edit.rule][original, edit.replacement].append(edit)
        if places:
            yield "(· is a space, ↵ a line feed, ← a carriage return, → a tab, ⇟ a form feed)"
        for (kind, rule), pairs in sorted(
            places.items(), key=lambda item: (list(_KINDS).index(item[0][0]), item[0][1])
        ):
            total = sum(map(len, pairs.values()))
            yield f"{_KINDS[kind]}, by the rule {rule}: {total:,}"
            ordered = sorted(pairs.items(), key=lambda item: (-len(item[1]), item[1][0].start))
            rows = [
                (f"{len(edits):,}×", f"{_shown(old)} ⟶ {_shown(new)}", self._lines(edit.start for edit in edits))
                for (old, new), edits in ordered[:5]
            ]
            yield from (f"  {row}" for row in _table(rows))
            if len(ordered) > 5:
                rest = sum(len(edits) for _, edits in ordered[5:])
                yield f"  and {rest:,} more of {len(ordered) - 5:,} other sorts"

    def furniture(self) -> Iterator[str]:
        """What kinds of things, how many, and the first of each."""
        by_type: dict[str, list[str]] = defaultdict(list)
        text = self.document.text_of.get(FURNITURE, "")
        for each in self.document.furniture:
            by_type[each.type].append(f"{_short(text[each.start : each.end], 30)} ({self.at(FURNITURE, each.start)})")
        yield from _table(
            (f"{len(shown):,}", _FURNITURE[name], ", ".join(shown[:3]) + (" …" if len(shown) > 3 else ""))
            for name, shown in by_type.items()
        )

    def breaks(self) -> Iterator[str]:
        """Number and line of each."""
        yield from _cut(
            _table(
                (
                    "page" if each.type == "pb" else "column",
                    each.n or "(no number)",
                    self.at(FURNITURE, each.marker[0]) if each.marker else self.at(each.flow, each.offset),
                    "inside a word" if each.within_word else "",
                    each.certainty if each.certainty != "high" else "",
                    f"in the note {each.flow}" if each.flow != BODY else "",
                )
                for each in self.pages
            )
        )

    def blocks(self) -> Iterator[str]:
        """Those whose kind, or what they were put together of, is not sure; each with the rule that decided."""
        yield from _cut(
            _table(
                (
                    self.at(each.flow, each.start),
                    each.type,
                    _short(self.document.quote(each), 40),
                    each.certainty,
                    each.rule,
                )
                for each in self.doubtful
            )
        )

    def notes(self) -> Iterator[str]:
        """First those that lack a part, all of them; then the pairs."""
        unpaired = [note for note in self.document.notes if not (note.flow and note.anchored)]
        paired = [note for note in self.document.notes if note.flow and note.anchored]
        if unpaired:
            yield "without a partner:"
            yield from (f"  {row}" for row in _table(self._note(note) for note in unpaired))
        ways = Counter(note.pairing for note in paired)
        told = {"number": "by number", "order": "by order", "": "otherwise"}
        for way, count in sorted(ways.items()):
            yield f"{count:,} paired {told[way]}:"
            rows = _table(self._note(note) for note in paired if note.pairing == way)
            yield from (f"  {row}" for row in _cut(rows))

    def _note(self, note: Note) -> tuple[str, ...]:
        sign = self.at(FURNITURE, note.siglum[0]) if note.siglum else self.at(note.at_flow, note.at)
        return (
            note.n,
            f"sign in {sign}" if note.anchored else "no sign found",
            f"text in {self.at(note.flow, 0)}" if note.flow else "no text found",
            f"printed as {note.label}" if note.label not in {None, note.n} else "",
            note.certainty if note.flow and note.anchored else "",
        )

    def correspondence(self) -> Iterator[str]:
        """Who sent and who received, when and where."""
        yield from _table(
            (
                "from" if side.type == "sent" else "to",
                ", ".join(part for part in (side.name, side.role, side.place, *_value(side.date)) if part),
                side.certainty,
            )
            for side in self.document.correspondence
        )

    def persons(self) -> Iterator[str]:
        """Each person with the forms of the name, the most mentioned first."""
        names = {person.id: person.names for person in self.document.register}
        mentions: dict[str, list[Annotation]] = defaultdict(list)
        for each in self.document.layer("person"):
            mentions[each.attributes.get("ref", "")].append(each)
        rows = []
        for ref, tags in sorted(mentions.items(), key=lambda item: (-len(item[1]), item[0])):
            forms = names.get(ref) or tuple(dict.fromkeys(self.document.quote(tag) for tag in tags))
            rows.append(
                (
                    f"{len(tags):,}×",
                    _short("; ".join(forms), 60),
                    self._lines_of(tags),
                    "" if ref else "(no one person)",
                )
            )
        yield from _cut(_table(rows))

    def dates(self) -> Iterator[str]:
        """Each date with its value, and where a year came from that does not stand in it."""
        by_id = {each.id: each for each in self.document.annotations}
        rows = []
        for each in self._in_order("date"):
            clue = by_id.get(each.attributes.get("clue", ""))
            evidence = each.attributes.get("evidence", "")
            told = {"external": "year from the metadata", "internal": "year from the text", "": ""}[evidence]
            if clue:
                told += f": {_short(self.document.quote(clue), 30)}, {self.at(clue.flow, clue.start)}"
            value = "; ".join(_value(each.attributes)) or "no value"
            rows.append(
                (self.at(each.flow, each.start), _short(self.document.quote(each), 40), value, each.certainty, told)
            )
        yield from _cut(_table(rows), FEW_DATES)

    def quotations(self) -> Iterator[str]:
        """By kind, with who is said to speak."""
        by_kind: dict[str, list[Annotation]] = defaultdict(list)
        for each in self._in_order("quotation"):
            by_kind[each.attributes.get("kind", "q")].append(each)
        names = {person.id: person.names[0] for person in self.document.register if person.names}
        for kind, tags in sorted(by_kind.items()):
            yield f"{len(tags):,} {_QUOTATIONS[kind]}:"
            rows = [
                (
                    self.at(each.flow, each.start),
                    _short(self.document.quote(each), 60),
                    names.get(who, who) if (who := each.attributes.get("who", "")) else "",
                    each.certainty,
                )
                for each in tags
            ]
            yield from (f"  {row}" for row in _cut(_table(rows)))

    def others(self) -> Iterator[str]:
        """The other layers, counted, with the first lines."""
        yield from _table(
            (f"{len(tags):,}", words, self._lines_of(tags))
            for layer, words in _OTHERS.items()
            if (tags := list(self.document.layer(layer)))
        )

    def diagnostics(self) -> Iterator[str]:
        """Every one: they are few, and each may need a look. The gravest first."""
        grave = ("error", "warning", "info")
        ordered = sorted(
            self.document.diagnostics, key=lambda each: (grave.index(each.severity), each.span or (-1, -1))
        )
        for each in ordered:
            line = each.line or (self.line(each.span[0]) if each.span else None)
            place = f"line {line}: " if line else ""
            yield f"{place}{each.severity} {each.code} {each.message}" + (f" ({each.hint})" if each.hint else "")

    def _in_order(self, layer: str) -> list[Annotation]:
        """As they stand in the raw file: notes are read where they are printed."""
        return sorted(self.document.layer(layer), key=lambda each: self.layout.source_start(each.flow, each.start))

    def _lines_of(self, tags: Iterable[Annotation]) -> str:
        return self._lines(self.layout.source_start(each.flow, each.start) for each in tags)

    def _lines(self, offsets: Iterable[int]) -> str:
        lines = sorted({self.line(offset) for offset in offsets})
        return f"line{'s'[: len(lines) - 1]} {', '.join(map(str, lines[:5]))}{' …' if len(lines) > 5 else ''}"


def _origin(document: Document, text: str) -> Iterator[str]:
    if document.origin in _ORIGINS:
        yield _ORIGINS[document.origin]
    found = diagnose(text)
    if found.name != document.origin:
        yield f"because the settings say so; by its traces it would be {found.name}"
    elif found.evidence:
        yield f"because of {', '.join(found.evidence)}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _value(given: Mapping[str, str]) -> list[str]:
    """The value of a date in words, one part for each thing that is known.

    >>> _value({"when": "1742-03-23", "calendar": "julian", "when-custom": "1742-03-12"})
    ['1742-03-23', 'Old Style 1742-03-12']
    >>> _value({"from": "1830", "to": "1839", "precision": "low"}), _value({"notAfter": "1850"})
    (['about from 1830 to 1839'], ['not after 1850'])
    """
    out = [given["when"]] if "when" in given else []
    if "from" in given or "to" in given:
        out.append(f"from {given.get('from', '?')} to {given.get('to', '?')}")
    match given.get("notBefore"), given.get("notAfter"):
        case (str() as early, str() as late):
            out.append(f"between {early} and {late}")
        case (str() as early, None):
            out.append(f"not before {early}")
        case (None, str() as late):
            out.append(f"not after {late}")
    if given.get("precision") == "low":
        out = [f"about {part}" for part in out]
    out = out or ([given["edtf"]] if "edtf" in given else [])
    return [*out, f"Old Style {given.get('when-custom', '')}".rstrip()] if "calendar" in given else out


def _shown(text: str) -> str:
    r"""A text with its invisible characters made visible.

    >>> _shown("a  b"), _shown(""), _shown("\u00ad"), _shown("   "), _shown("\n")
    ('a··b', '(nothing)', 'U+00AD', '3 spaces', '1 line feed')
    """
    if not text:
        return "(nothing)"
    if text[0] in _UNSEEN and text == text[0] * len(text):
        return _count(len(text), _UNSEEN[text[0]])
    if len(text) > 60:
        text = f"{text[:35]} … {text[-20:]}"
    return "".join(_VISIBLE.get(sign) or (sign if sign.isprintable() else f"U+{ord(sign):04X}") for sign in text)


def _short(text: str, limit: int) -> str:
    """A text on one line, cut in the middle if it is long."""
    line = " ".join(text.replace("\f", _VISIBLE["\f"]).split())
    return line if len(line) <= limit else f"{line[: limit * 2 // 3].rstrip()} … {line[-(limit // 4) :].lstrip()}"


def _table(rows: Iterable[Sequence[str]]) -> list[str]:
    """The rows with their columns set under each other."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True) if width).rstrip() for row in table
    ]


def _cut(rows: list[str], most: int = FEW) -> list[str]:
    if len(rows) <= most + 1:
        return rows
    return [*rows[:most], f"… and {len(rows) - most:,} more (explain shows the first {most}; the sidecar has all)"]
