"""Tells what a paragraph is by its form and its place: a head, a dateline, a salute, a signature, an item, verse."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from .common import MASK, Para

_MONTH = (
    r"(?:Jan(?:uary|y)?\.?|Feb(?:ruary|y)?\.?|Mar(?:ch)?\.?|Apr(?:il)?\.?|May|June?\.?|July?\.?|Aug(?:ust|t)?\.?"
    r"|Sept?(?:ember|r)?\.?|Oct(?:ober|r)?\.?|Nov(?:ember|r)?\.?|Dec(?:ember|r)?\.?)"
)
_WEEKDAY = r"(?:Mon|Tues|Wed(?:nes)?|Thurs|Fri|Satur|Sun)(?:day|\.)"
_DAY = (
    rf"(?:{_MONTH}\s+(?:the\s+)?[\dl]{{1,2}}(?:st|nd|rd|th|d)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th|d)?(?:\s+(?:day\s+)?of)?,?\s+{_MONTH})"
)
_YEAR = r"(?:1[5-9]|20)\d\d"
_DATE = rf"(?:{_WEEKDAY},?\s+(?:the\s+)?)?(?:{_DAY}(?:,?\s+{_YEAR})?|{_MONTH},?\s+{_YEAR})"
DATELINE = re.compile(
    # A place: words with capitals, house numbers, small words between; then the date; then perhaps an hour.
    rf"[\[(]?\s?(?:(?:[A-Z0-9][\w.’'&/-]*|of|the|de|la|near|on|at|in|à)(?:\s?[,.;:\]]+)?\s+){{0,9}}[\[(]?(?:{_DATE}|undated)\b[.,;:\])]*"
    r"(?:\s*[—–,-]\s*.{0,40}|\s+.{0,24})?"
)
_RECEIVED = re.compile(r"[\[(]?(?:Received|Rec’d|Rec'd)\b.{0,60}")
SALUTE = re.compile(
    r"(?:(?:My|Our)\s+)?(?:(?:[Vv]ery\s+)?[Dd]ear(?:est)?|Honou?red|Most\s+[Hh]onou?red|Esteemed|Beloved|Reverend)\s.{1,60}?[,:;.!—–-]*"
    r"|(?:Sirs?|Madam|Gentlemen|Messieurs|Mesdames|Your\s+\w+|Excellency|My\s+Lords?|My\s+Lady|Monsieur(?:\s[\w\s]{1,30})?)[,:;.!—–-]+"
    r"|(?:Mr|Mrs|Madam)\.?\s+(?:Chairman|President|Speaker|Mayor)\b.{0,40}[,:]|To\s+(?:the|His|Her)\s.{3,60}:"
)
_CLOSING = re.compile(
    r"(?:(?:I|We)\s+(?:am|have|remain|beg)\b.{0,80}(?:\[?etc\.?\]?|servants?|truly|sincerely|faithfully|affectionately"
    r"|respectfully|friend|&c\.?|Gentlemen|Sirs?|Madam|Lord|honou?r\s+to\s+be)"
    r"|Believe\s+me\b.{0,60}|(?:I\s+am,?\s+)?(?:Ever\s+)?(?:Yours?|Thine)\b.{0,60}"
    r"|(?:(?:Most|Very)\s+)?(?:[Rr]espectfully|[Tt]ruly|[Ss]incerely|[Ff]aithfully|[Cc]ordially|[Aa]ffectionately|[Oo]bediently)\b.{0,40}"
    r"|Ever\s+(?:your|affectionately|yours)\b.{0,40}|With\s+.{0,60}(?:regards|respect|love|compliments|wishes)\b.{0,30}"
    r"|Accept\b.{0,80})[,.:;—–-]*"
)
_POSTSCRIPT = re.compile(r"P\.?\s?S\.?(?:\s|[.:—–-])|Postscript\b", re.IGNORECASE)
#: A file number (`711.61/573 Telegram`), or where the paper lies (`… files, lot 57 D 14`).
_SOURCE = re.compile(
    r"(?:\[?File(?:\s+No\.)?\s+)?(?=\S*\d)[\w.()–-]{2,30}(?: [\w.()–-]{1,12}){0,3}/[\w–./-]{1,30}(?:\s+[A-Z]\w{1,12})?"
    r"(?:\s*:?\s*(?:Telegram|Circular\s+telegram|Despatch)\b.{0,30})?:?"
    r"|[A-Z][^.:;]{2,60}\b(?:files?|Files?|papers|Papers),?\s+(?:lot|Lot|box|Box|folder)\b[^.:;]{1,40}"
)
_ENCLOSURE = re.compile(
    r"\[?(?:(?:Sub-?)?[Ee]nclosures?|ENCLOSURES?|Annex|ANNEX|Appendix|Attachment|Tab)\b[^.]{0,30}\]?"
)
_CHAPTER = re.compile(
    r"(?:CHAPTER|Chapter|BOOK|Book|PART|Part|ACT|SECTION|Section|ARTICLE|Article|LETTER|Letter)\s+(?:\d+|[IVXLC]+|[A-Z][a-z]+|[A-Z]{3,})\b.{0,100}"
    r"|[IVXLC]{1,7}\.?|(?:PREFACE|INTRODUCTION|CONTENTS|APPENDIX|BIBLIOGRAPHY)\.?"
)
_LETTERED = re.compile(r"[A-Z]\.\s+[A-Z][^.!?]{2,70}")
_DAY_HEAD = re.compile(
    rf"(?:{_WEEKDAY},?\s+(?:the\s+)?(?:[\dl]{{1,2}}(?:st|nd|rd|th)?|{_DAY})|{_DAY}(?:,?\s+{_YEAR})?)(?:[,.]?\s+{_MONTH})?[,.]?(?:\s+{_YEAR})?\.?",
    re.IGNORECASE,
)
#: A head that says what kind of paper it is, and often where and when it was written.
_PAPER = re.compile(
    r"(?:(?:No\.\s*)?\d{1,4}\.?\s+)?(?:Memorandum|Telegram|Circular|Airgram|Despatch|Letter|Report|Minutes|Paper|Notes?"
    r"|Summary|Record|Message|Editorial Note|National|Statement|Draft|Special|Intelligence|Aide-M[ée]moire)\b.{0,240}"
)
#: A head that says from whom to whom.
_PARTIES = re.compile(
    r"(?:(?:No\.\s*)?\d{1,4}\.?\s+)?(?:The|Mr\.|Mrs\.|Miss|Sir|Lord|General|Prime|President|Foreign|Secretary)"
    r"\s[^.;]{0,40}[A-Z].{0,160}?\sto\s(?:the\b|Mrs?\.|Messrs\.|Miss|Sir|Lord|[A-Z]).{0,160}"
)
#: What stands over the lists at the head of a memorandum; a label, not the head of a division.
_LABEL = re.compile(
    r"(?:SUBJECTS?|PARTICIPANTS|(?:(?:MEMBERS|OTHERS|ALSO)\s+)?PRESENT|REF(?:ERENCE)?S?|TO|FROM|PLACE|TIME|DATE):?"
)
_NAME = re.compile(
    r"(?:\[?s?/?s?/?\]?\s*)?(?:[A-Z][\w’'.,&-]*)(?:\s+(?:[A-Z][\w’'.,&-]*|de|von|van|der|of|for|the|la|du|&|and|to)){0,8}\]?"
)
#: How a last line begins that is no signature: "THE END", "TABLE OF WAGES".
_NO_NAME = re.compile(
    r"(?:THE|TO|A|AN|END|FINIS|TABLE|LIST|INDEX|CONTENTS|NOTES?|ERRATA|APPENDIX|COPY)\b", re.IGNORECASE
)
_SIGNED_WORD = re.compile(
    r"(?:For\s+the\s+[A-Z][\w ]{2,40}:|\(?\[?[Ss]igned\)?\]?[:.]?)\s*.{0,60}|\[(?:initialed|initialled)\].{0,60}"
)
_LABELLED = re.compile(r"[A-Z][\w .]{1,30}:\s")


#: A title does not end with one of these.
_SMALL = frozenset(
    ["a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with"]
)


def plain(text: str) -> str:
    """The text without what is masked: page markers and note sigla."""
    return text.replace(MASK, "").strip()


def is_caps(text: str) -> bool:
    """True if all letters of `text` are capitals, and there are at least three."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 2 and all(sign.isupper() for sign in letters)


def is_title(text: str) -> bool:
    """True if the words of `text` are capitalised like a title's (small ones apart) and it ends like one.

    >>> is_title("Near East and South Asia"), is_title("He came to the house"), is_title("“Amos, by H. Dole”")
    (True, False, False)
    """
    if len(text) > 110 or text[-1:] in ".,;:?!—-" or text[:1] in "\"“‘'" or "  " in text:
        return False
    words = re.findall(r"[^\W\d_][\w’'-]*", text)
    large = [word for word in words if len(word) > 3]
    if not words or words[-1] in _SMALL:
        return False  # it goes on
    capitals = sum(word[0].isupper() for word in large)
    return bool(words[0][0].isupper() and capitals >= 0.75 * len(large) > 0)


def classify(text: str, paras: list[Para]) -> list[str]:
    """Set the type of each paragraph, from its words, its neighbours and its place; in place.

    Paragraphs whose lines were kept are first parted where an opening or a closing of a letter begins. Returns what
    each paragraph says, with its furniture left out.
    """
    paras[:] = _lists_under_labels(text, [part for para in paras for part in _parted(text, para)])
    words = [plain(" ".join(text[a:b] for a, b in para.parts)) for para in paras]
    journal = sum(bool(_DAY_HEAD.fullmatch(line)) for line in words if len(line) < 50) > 2
    for k, para in enumerate(paras):
        if para.type == "p":
            before = paras[k - 1].type if k else ""
            lines = [plain(text[a:b]) for a, b in para.parts]
            after = words[k + 1] if k + 1 < len(words) else ""
            last = k + 1 == len(paras) or paras[k + 1].type == "head"
            if k and paras[k - 1].rule == "label":
                continue  # what a label announces is never a head
            found = _kind(
                words[k], lines if "line" in para.joints else [words[k]], before, after, last=last, journal=journal
            )
            if found:
                para.type, para.rule = found
            if para.rule == "file-number":
                para.attributes["type"] = "source"
            para.rank = _rank(words[k]) if para.rule == "chapter" else _RANKS.get(para.rule, para.rank)
    return words


#: The ranks of heads, the lower the more important; the ten steps leave room between them.
_RANKS = {"parties": 20, "paper": 20, "enclosure": 20, "lettered": 40, "day-head": 60}


def _rank(head: str) -> int:
    """The rank of a numbered head, by its word; a roman number alone stands below a chapter.

    >>> _rank("PART I. THE WORKS"), _rank("CHAPTER FIVE"), _rank("III")
    (10, 20, 30)
    """
    word = head.split(maxsplit=1)[0].strip(".,:").lower()
    ranks = {
        "book": 10,
        "part": 10,
        "volume": 10,
        "chapter": 20,
        "letter": 20,
        "act": 20,
        "preface": 20,
        "introduction": 20,
    }
    return ranks.get(word, 30)


def _lists_under_labels(text: str, paras: list[Para]) -> list[Para]:
    """Lines under a label ("PARTICIPANTS") are a list; the label may stand in the same chunk or in one of its own."""

    def label(span: tuple[int, int]) -> bool:
        return _LABEL.fullmatch(plain(text[slice(*span)])) is not None

    out: list[Para] = []
    for para in paras:
        kept = para.type == "p" and bool(para.joints) and set(para.joints) == {"line"}
        first = kept and label(para.parts[0])
        if first or (kept and out and len(out[-1].parts) == 1 and label(out[-1].parts[0])):
            out += [replace(para, parts=para.parts[:1], joints=[])] if first else []
            out += [Para([span], type="item", rule="label-list") for span in para.parts[first:]]
        else:
            out.append(para)
    return out


def _parted(text: str, para: Para) -> list[Para]:
    """The lines of an opening or closing that were printed without a blank line between them, as paragraphs."""
    if para.type != "p" or not para.joints or set(para.joints) != {"line"} or len(para.parts) > 8:
        return [para]
    lines = [plain(text[a:b]) for a, b in para.parts]
    if any(len(line) > 100 for line in lines):
        return [para]
    cuts = [0]
    kinds = ["closer" if _CLOSING.fullmatch(line) else "salute" if SALUTE.fullmatch(line) else "" for line in lines]
    if kinds[0] == "closer":
        run = next(
            (k for k, kind in enumerate(kinds) if kind != "closer" and not lines[k].lower().startswith("your ")),
            len(lines),
        )
        cuts += [run] if run < len(lines) else []
    else:
        cuts += [k for k, kind in enumerate(kinds) if kind == "salute" and k]
    bounds = [*cuts, len(lines)]
    return [
        replace(para, parts=para.parts[a:b], joints=para.joints[a : b - 1], after_gap=para.after_gap and a == 0)
        for a, b in pairwise(bounds)
        if a < b
    ]


def _kind(  # noqa: C901 - one question after the other; the order is the rule
    line: str, lines: list[str], before: str, after: str, *, last: bool, journal: bool
) -> tuple[str, str] | None:
    """The type and the name of the rule for a paragraph that says `line`; None for an ordinary one."""
    if len(line) > 400 and len(lines) > 5 and _is_verse(lines):
        return "lg", "verse"
    if not line or len(line) > 400:
        return None
    short = max(map(len, lines)) < 110
    if before in {"", "note", "closer", "signed", "postscript"} and len(line) < 100 and _SOURCE.fullmatch(line):
        return "note", "file-number"
    if before in {"", "note", "head"} and (line[-1:] not in ".;,?!:" or line.endswith(".m.")):
        if _PAPER.fullmatch(line):
            return "head", "paper"
        if _PARTIES.fullmatch(line):
            return "head", "parties"
    if _RECEIVED.fullmatch(line) and before == "dateline":
        return "dateline", "received"
    if (
        len(line) < 50
        and _DAY_HEAD.fullmatch(line)
        and len(after) > len(line)
        and (journal or before not in {"head", "byline"})
    ):
        return "head", "day-head"
    if _dateline(line, lines) and (before != "p" or last or SALUTE.fullmatch(after)):
        return "dateline", "dateline"
    if len(line) < 90 and SALUTE.fullmatch(line):
        return "salute", "salute"
    if len(line) < 160 and _CLOSING.fullmatch(line) and before in {"p", "item", "list", "lg", "quote"}:
        return "closer", "closing-formula"
    if _POSTSCRIPT.match(line):
        return "postscript", "postscript"
    if _LABEL.fullmatch(line):
        return "p", "label"
    if _ENCLOSURE.fullmatch(line):
        return "head", "enclosure"
    if after and _CHAPTER.fullmatch(line):
        return "head", "chapter"
    if before == "head" and re.fullmatch(r"[Bb]y\s+(?:the\s+)?[A-Z].{2,60}", line):
        return "byline", "byline"
    if before in {"p", "closer", "signed", "salute", "item", "dateline"} and _signature(
        lines, before, after, last=last
    ):
        return "signed", "signature"
    if after and len(lines) == 1 and len(after) > len(line) and _LETTERED.fullmatch(line):
        return "head", "lettered"
    if after and short and len(lines) < 4 and is_caps(line):
        return "head", "capitals"
    if after and short and len(lines) == 1 and before != "dateline" and is_title(line):
        return "head", "title-case"
    if len(lines) > 1 and _is_verse(lines):
        return "lg", "verse"
    return None


def _dateline(line: str, lines: list[str]) -> bool:
    """Is this a dateline, perhaps over several lines of which one bears the date?"""
    if len(line) < 130 and DATELINE.fullmatch(line.split("[Received", maxsplit=1)[0].strip()):
        return True
    return (
        1 < len(lines) < 5
        and max(map(len, lines)) < 60
        and any(re.search(rf"(?:{_DATE})[.,\])]*(?:[—–-].*)?$", one) and DATELINE.fullmatch(one) for one in lines)
    )


def _signature(lines: list[str], before: str, after: str, *, last: bool) -> bool:
    if _SIGNED_WORD.fullmatch(lines[0]):
        return True
    if _NO_NAME.match(lines[0]):
        return False
    if len(lines) > 4 or not all(len(line) < 70 and line[-1:] not in ":;" and _NAME.fullmatch(line) for line in lines):
        return False
    if last or before in {"closer", "signed"}:
        return True
    return bool(_ENCLOSURE.fullmatch(after) or _SOURCE.fullmatch(after) or _POSTSCRIPT.match(after))


def _is_verse(lines: list[str]) -> bool:
    """Are these lines of verse: short, each with a capital at its beginning, no labels, no figures?"""
    lengths = [len(line) for line in lines]
    if not (max(lengths) < 70 and sum(lengths) / len(lengths) > 15):
        return False
    if is_caps(lines[0]) or any(re.search(r"\d{3}|[$£]|(?:\. ?){4}", line) or _LABELLED.match(line) for line in lines):
        return False
    return len(lines) > 2 and all(line.lstrip("\"“‘'—([")[:1].isupper() for line in lines)
