"""The lines that open and close a letter: where and when, to whom, the greeting; the farewell, the name, what follows.

Each function looks at one line (or a few) and says what it could be. What it is where it stands is for `blocks`.
After TEI P5, 4.2.2 (openers and closers). A greeting that runs on into the first sentence stays part of the paragraph.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from teiprep.given_names import GIVEN_NAMES

from .common import MASK
from .forms import ENDS_WITH_DATE, LOOSE_DATELINE, PLACE_AND_MONTH, SENTENCE, STRICT_DATELINE, dated, is_caps, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .common import Para

_RANKED = (
    r"(?:Mr|Mrs|Miss|Messrs|Dr|Sir|Lady|Lord|Hon|Honou?rable|Honble|Rev|Revd|Reverend|General|Gen|Genl|Col"
    r"|Colonel|Major"
    r"|Capt|Captain|Lieut|Lieutenant|Lt|Admiral|Commodore|Governor|Gov|His|Her|Right|Rt|Prof|Professor|Judge|Senator"
    r"|Bishop|Monsieur|Madame|Mme|Master|The)"
)
_DEAR = (
    r"(?:[Dd]ear(?:est)?|[Dd]r\.?|DEAR(?:EST)?|[Bb]eloved|BELOVED|[Dd]arling|[Hh]onou?r[’']?e?d|[Hh]on[’']?d\.?"
    r"|[Ee]steemed|[Rr]espected|[Rr]everend"
    r"|[Rr]evd\.?|[Ww]orthy|[Ll]oving|[Oo]wn|[Kk]ind|[Gg]ood|[Ss]weet(?:est)?|[Gg]racious|[Ll]ady)"
)
SALUTE = re.compile(
    rf"(?:(?:And\s+)?(?:My|MY|Our)\s+)?(?:(?:[Mm]ost|[Vv]ery|[Ee]ver|[Mm]uch|VERY"
    rf"|MOST)\s+)?{_DEAR}(?:\s.{{1,56}}?|)[,:;.!—–-]*"
    r"|(?:Sirs?|SIRS?|Madam|MADAM|Gentlemen|GENTLEMEN|Ladies|Messieurs|Mesdames|Excellency|Friends?|Sister"
    r"|Brother|Father|Mother|Cousin"
    r"|Comrades?|Brethren|Fellow[ -]\w+)"
    r"(?:\s+(?:and|&)\s+(?:\w+\s+)?\w+|\s+of\s+(?:the\s+)?[A-Z][\w ]{2,40})?[,:;.!—–-]+"
    r"|(?:My|MY)\s+(?:\w+\s+)?(?:[Ll]ove|[Dd]arling|[Dd]earest|[Aa]ngel"
    r"|[Bb]oy|[Gg]irl|[Cc]hild|[Ss]on|[Dd]aughter|[Ff]riend)s?[,:!—–-]+"
    r"|[A-Z]\w+\s+(?:dear|darling|dearest|mine)[,:!—–-]+|(?:Hello|Hallo|Hullo|Hi)\b[^.;:?]{0,30}[,:!—–-]+"
    r"|(?:M(?:on|a|es)\s+)?[Cc]h[eè]r(?:e?s?|ie?)\s[\w ]{1,30}[,:!—–-]+"
    r"|(?:Captain|Colonel|General|Major|Commodore|Admiral|Lieutenant|Governor|Doctor|Senator|Judge"
    r"|Professor)(?:\s[A-Z]\w+)?\s?[:,][—–-]*"
    r"|(?:My|Your)\s+(?:(?:Royal|Imperial|Serene|Good|good)\s+)?(?:Lords?|Lady|Ladyship|Lordship|Grace|Excellency|Majesty"
    r"|Honou?r|Highness"
    r"|Eminence)(?:\s+\w+)?[,:;.!—–-]+"
    r"|(?:Monsieur|Madame)(?:\s[\w\s]{1,30})?[,:;.!—–-]+|(?:Right\s+|Most\s+)?(?:Reverend"
    r"|Honou?rable)\s+(?:and\s+\w+\s+)?(?:Sir|Madam)[,:;.!—–-]*"
    r"|May\s+it\s+please\s+your\s.{3,40}[,:;—–-]"
    r"|(?:Mr|Mrs|Madam)\.?\s+(?:Chairman|President|Speaker|Mayor|Editor|Moderator)\b.{0,40}[,:]|To\s+(?:the|His|Her)\s.{3,60}:"
)
#: A bare name is a greeting only where a letter has just begun.
NAME_SALUTE = re.compile(r"(?:[A-Z][\w’'.]*\s?){1,3}(?:\sdear)?\s?[,:!]?[—–:,-]")
TITLED_NAME = re.compile(r"(?:Mr|Mrs|Miss|Ms|Dr|Messrs)\.?(?:\s+[A-Z][\w’'.]*){1,3}[.,:—–-]*")
#: Without any sign behind it a word is a greeting only under a date.
BARE_SALUTES = frozenset(
    ["Sir", "Sirs", "Madam", "Gentlemen", "Ladies", "Friend", "Brother", "SIR", "MADAM", "GENTLEMEN"]
)
#: Over a petition or a memorial.
TO_A_BODY = re.compile(
    r"To\s+(?:the|his|her|His|Her)\s+(?:Right\s+)?(?:Hon|Honou?rable|Worshipful|Judges?|Senate|House|Congress|Parliament|General|Governor"
    r"|President|King|Queen|Majesty|Excellency|Mayor|Citizens|Inhabitants|Electors|Legislature|Commissioners|Selectmen|Trustees)"
    r"\b[^!?]{0,200}"
)
TO_A_PERSON = re.compile(
    r"(?:To|TO|For)\s+(?:(?:the|The)\s+)?(?:Mrs?|Miss|Messrs|Dr|Sir|Lady|Lord|Hon"
    r"|Honou?rable|Rev|Revd|Reverend|Col|Capt|Captain|Major)"
    r"\.?\s[A-Z][\w.’' -]{1,40}[.,:]"
)
#: A word with a small letter that is part of no greeting: "Dear Ann came home."
_NO_GREETING_WORD = re.compile(
    r"\b(?!(?:my|our|own|old|and|all|both|one|of|the|in|at|dear(?:est)?|most|very|much|sweet|little|good|loving|beloved|sirs?|madam"
    r"|friends?|mother|father|brothers?|sisters?|sons?|daughters?|wife|husband|cousins?|uncle|aunt|love|boys?|girls?|child"
    r"|children|home|comrades?|lord|lady|fellows?)\b)[a-z]{2,}\b"
)
_GOES_ON = re.compile(r"\b(?:Mrs?|Messrs|Dr|Rev|Col|Capt|Gen|Hon)\.$|\b(?:Miss|Sir|and|Dear|dear|My|my)$|&$")
_ENDS_CLOSED = re.compile(r"[,:;.!—–-]$")

_YOURS = r"(?:[Yy]ou?r[’']?s?|YOURS?|[Yy][rR]s?\.?|[Tt]hine|[Tt]hy)"
_DEVOTED = (
    r"(?:[Rr]espectfully|[Tt]rue?ly|[Ss]incerely|[Ff]aithfully|[Cc]ordially|[Aa]ffectionately"
    r"|[Aa]ffection[’']?ly|[Aa]ffy|[Ll]ovingly"
    r"|[Oo]bediently|[Ff]raternally|[Gg]ratefully|[Dd]evotedly|[Hh]astily|[Hh]eartily|[Ee]ver|[Aa]lways)"
)
_SERVANT = (
    r"(?i:serv(?:an)?[’']?ts?\b|svts?\b|truly|sincerely|faithfully|affectionately|respectfully|friends?|&c|etc"
    r"|Gentlemen|Sirs?|Madam"
    r"|Lord|honou?r\s+to\s+be|affection|esteem|respect|regard|yours?|son|daughter|brother|sister|father|mother"
    r"|cousin|uncle|aunt|wife|husband"
    r"|consideration)"
)
CLOSING = re.compile(
    rf"(?:(?:And\s+)?(?:I|We)\s+(?:am|have|remain|beg|are|subscribe|shall)\b.{{0,80}}\b{_SERVANT}\b.{{0,24}}"
    r"|(?:I|We)\s+(?:am|have|remain)[,\s]*\[?(?:(?:etc|&c)[.,\s]*){0,3}\]?|(?:I|We)\s+(?:am|remain"
    r"|have\s+the\s+honou?r\s+to\s+be)\b[^.;:?!]{0,60},"
    r"|(?:(?:And|and)\s+)?[Bb]elieve\s+me\b.{0,60}"
    rf"|(?:I\s+am,?\s+)?(?:(?:[Ee]ver|[Aa]lways|[Mm]ost|[Vv]ery|[Ss]till|[Ii]n\s+haste|[Oo]nce\s+more"
    rf"|[Aa]gain)[,]?\s+){{0,2}}{_YOURS}\b(?!\s+(?:of|to\s+hand)\b).{{0,60}}"
    rf"|(?:(?:[Mm]ost|[Vv]ery|[Ee]ver|[Aa]lways)\s+)*{_DEVOTED}\b(?:,?\s+(?:(?:and"
    rf"|&)\s+\w+\s+)?{_YOURS}\b.{{0,40}}|,?\s+(?:submitted|yours)?.{{0,12}})?"
    rf"|[Ee]ver\s+(?:my|your|affectionately|yours)\b.{{0,40}}"
    r"|With\s+.{0,60}(?:regards?|respects?|love|compliments|wishes|esteem|thanks|gratitude|affection|truth"
    r"|sincerity)\b.{0,30}"
    r"|(?:(?:Best|Kind(?:est)?|Warm(?:est)?)\s+(?:regards|wishes|love)|(?:Much|All\s+my|My|Our"
    r"|Fond(?:est)?)\s+love)\b.{0,40}"
    r"|(?:Lots\s+of|Much|Best|All|Every|Kind|With|Receive|From)\s+.{0,50}\b(?:love|regards?|wishes|thoughts?"
    r"|compliments|kisses|son|daughter|brother"
    r"|sister|friend|father|mother|husband|wife|cousin)\b.{0,24}|(?:Love|Regards|Cheers|Best)"
    r"|(?:As|As\s+I\s+am)\s+(?:ever|always)\b.{0,30}|Love\s+(?:and|&)\s+.{2,20}|Warm(?:ly|est)\b.{0,24}"
    r"|(?:So\s+long|Ta[ -]ta|Cheerio)\b.{0,24}"
    r"|(?:May\s+)?(?:God|Heaven)\s+(?:bless|keep|guard|preserve)\s.{0,30}\b(?:you|thee)\b.{0,30}"
    r"|Bless\s+you\b.{0,30}|I\s+kiss\s+your\s.{2,30}"
    r"|(?:From|A\s+thousand\s+kisses\s+from)\s*(?:[Yy]ou?rs?\b.{0,40})?"
    r"|(?:Hoping|Trusting|Thanking|Wishing|Awaiting|Looking\s+forward)\b[^.;:!?]{4,70},"
    r"|Accept\b.{0,80}|(?:Adieu|Farewell|Good[ -]?(?:bye|night)|God\s+bless\s+(?:you|thee)|Vale|Au\s+revoir)\b.{0,40}"
    r"|In\s+(?:great\s+|much\s+)?haste\b.{0,40}|(?:Affectionately|Aff[’']?ly)\b.{0,30}"
    r"|(?:Please\s+)?[Aa]ccept,?\s+.{0,80}"
    r"|(?:Very\s+)?[Rr]espectfully(?:\s+submitted)?)[,.:;!—–-]*"
)
#: What a farewell goes on with, on lines of its own.
_FAREWELL_MORE = re.compile(
    r"(?:(?:[Mm]y\s+)?(?:[A-Z][a-z]+\s+and\s+)?(?:[Dd]ear\s+)?"
    r"(?:Sirs?|Madam|Gentlemen|My\s+Lord|my\s+Lord|Friends?|Your\s+\w+)[,.]*"
    r"|(?:with|and|in|to\s+be|most|very|ever|your|yours|yr|the|my|&)\b.{0,70}"
    r"|(?:Your|Yours|Yr|Yrs|Most|Very|Ever|With|Thy|Obedient|Humble)\b.{0,70}"
    r"|(?:son|daughter|brother|sister|friend|father|mother|cousin|uncle|aunt|nephew|niece|wife|husband)s?[,.]*"
    r"|(?:[Dd]ear|My\s+dear)\s.{0,30}|[\w\s,.’'&]{0,40}(?:\b(?:[Ss]ervants?|[Ss]erv[’']?ts?|[Ss]vts?)\b|&c)[,.]*)"
)
#: Regards to many: longer than other farewells are.
_LONG_FAREWELL = re.compile(
    r"With\s+(?:[\w.]+\s+){0,3}(?:regards?|respects?|love|compliments|wishes|thanks"
    r"|remembrances)\s+(?:to|from|for)\b.{1,110}"
)
_LONG_SERVANT = re.compile(
    rf"(?:And\s+)?(?:I|We)\s+(?:am|have|remain|beg|are)\b[^.;:!?]{{0,130}}\b{_SERVANT}\b.{{0,24}}"
)
_LONGEST_FAREWELL = 160  # code points
#: Where a name may begin behind a farewell in the same line: it ends in a word that no name follows as part of it.
_BEFORE_NAME = re.compile(
    r"(?:\b(?:[Yy]ou?r[’']?s|[Yy]rs\.?|YOURS|[Tt]hine|[Tt]ruly|[Ss]incerely|[Ff]aithfully|[Cc]ordially"
    r"|[Rr]espectfully|[Aa]ffectionately|[Ll]ovingly|[Ff]raternally|[Gg]ratefully|[Oo]bediently|[Ee]ver|[Aa]lways|[Ss]erv(?:an)?[’']?ts?|[Ff]riend"
    r"|son|daughter|brother"
    r"|sister|father|mother|cousin|uncle|aunt|wife|husband|etc|[Ll]ove|to\s+command)|&c)[.,:;—–-]*\s+(?=[A-Z])"
)
_FAREWELL_WORD = re.compile(
    r"\b(?:You?rs?|Yrs?|Truly|Sincerely|Faithfully|Respectfully|Affectionately|Affectionate|Obedient|Humble"
    r"|Servan?ts?|Servt|Friends?"
    r"|Sirs?|Madam|Gentlemen|Lord|Lady|Excellency|Ever|Always|Most|Very|And|Love|Dear|My|Brother|Sister|Son|Daughter|Father"
    r"|Mother|Cousin|Uncle|Aunt|Wife|Husband|Ob(?:edt|t)|Hble|Humb|I|P\.?\s?S)\b"
)
#: Who signs for a firm.
AGENT = re.compile(r"(?:[Bb]y|BY|[Pp]er|PER|p\.\s?p\.|pp\.?)[:.]?\s+[A-Z][\w.’'-]*(?:,?\s[A-Z][\w.’'-]*){0,4}[.,]?")
#: A farewell that an editor cut short ("I have [etc.]"), or somebody else's name to come: some leave it in the text.
DOUBTFUL_FAREWELL = re.compile(r"(?:I|We)\s+(?:am|have|remain)[,\s]*\[?(?:etc|&c).{0,12}|(?:For|By)\s.*")
POSTSCRIPT = re.compile(
    r"(?:(?:\d(?:d|nd|rd)|Second|Another)\s+)?(?:P\.?\s?){1,3}S(?:[.:—–-]|(?=\s))|Postscript\b|POSTSCRIPT\b"
    r"|\[Postscript",
    re.IGNORECASE,
)
NOTA_BENE = re.compile(r"N\.\s?B\.|NB[.:—–]|Note\s+bene\b|Nota\s+bene\b|Turn\s+over\b")
ENDORSED = re.compile(
    r"[\[(]?(?:Endorse[dm]|ENDORSED|Indorsed|Docketed|Addressed|Address(?:ee)?|Postmark(?:ed)?|Superscription|Superscribed"
    r"|On\s+the\s+(?:back|cover|reverse)|Outside"
    r"|Seal)(?:[\])]|[:—–,]|\.\s|\s+(?:on|in|by|to|reads|Mrs?|Miss)\b).{0,200}",
)
_COPIES = re.compile(
    r"(?:cc?|Cc|CC|Copy|Copies|Copy\s+to|Copies\s+to|Encl?s?|Inclosures?|Enclosures?)(?:\s?[:.,]|\s+\d|\s*$).{0,80}"
)
ADDRESSEE = re.compile(
    rf"(?:To|TO)[:,]?|(?:To|TO|For|Messrs?\.?)\s+[A-Z].{{1,60}}|{_RANKED}\.?\s+[A-Z].{{1,60}}"
    rf"|[A-Z][\w.’' ]{{2,40}},?\s+Esq(?:uire|r)?\b.{{0,40}}"
)
ON_BEHALF = re.compile(
    r"(?:For|By\s+(?:order|direction|command)\s+of|On\s+behalf\s+of|In\s+the\s+absence\s+of)\s+.{2,60}[:,]"
    r"|By\s+(?:order|command)[:,.]?"
)
_OFFICE_WORD = (
    r"(?:Secretar(?:y|ies)|Minister|Ambassador|Captain|Colonel|Lieutenant|Commander|Commanding|Director"
    r"|Chairman|President|Clerk|Consul"
    r"|Consul-General|Chargé|Agent|Governor|Chief|Officer|Representative|Counselor|Attaché|Commissioner"
    r"|Administrator|Assistant|Acting"
    r"|Deputy|Professor|Rector|Vicar|Curate|Editor|Treasurer|Adjutant|Engineer|Superintendent|Inspector|Member"
    r"|Legation|Embassy|Office"
    r"|Department|Regiment|Volunteers?|Infantry|Artillery|Cavalry|Army|Navy|Marshal|Surveyor|Surgeon|Warden"
    r"|Master|Mayor|Magistrate"
    r"|Comptroller|Collector|Attorney|Postmaster|Librarian|Curator|Manager|Quartermaster|Paymaster)"
)
OFFICE = re.compile(
    r"(?:[A-Z(][\w’'.,&()-]*|de|of|for|the|and|to|in|at|&)(?:\s+(?:[A-Z(][\w’'.,&()-]*|de|d[’']|of|for|the|and"
    r"|to|in|at|&)){0,11}"
)
_HAS_OFFICE = re.compile(rf"\b{_OFFICE_WORD}\b|\b(?:U\.\s?S\.|R\.\s?N\.)")
NAME = re.compile(
    r"(?:\[?s?/?s?/?\]?\s*)?(?:[A-Z][\w’'.,&\[\]-]*|[A-Z][a-z]{1,3}:)(?:\s+(?:[A-Z][\w’'.,&\[\]-]*"
    r"|\d{1,3}(?:st|nd|rd|th|d)|de|von|van|der|of|for|the|la|du|&|and|to)){0,8}\]?[—–-]?"
)
#: How a last line begins that is no signature: "THE END", "TABLE OF WAGES".
_NO_NAME = re.compile(
    r"(?:THE|TO|END|FINIS|TABLE|LIST|INDEX|CONTENTS|NOTES?|ERRATA|APPENDIX|COPY|CHAPTER|PART|ACT|SCENE|EXIT|EXEUNT|CURTAIN"
    r"|AMEN|PRICE)\b",
    re.IGNORECASE,
)
SIGNED_WORD = re.compile(
    r"(?:\(?\[?[Ss]igned\)?\]?[:.,]?|SIGNED[:.,]?|\[?[Ss]/[Ss]?/?\]?)\s*(?=\S).{1,60}"
    r"|\[(?:initialed|initialled)\].{0,60}|\(?\[?[Ss]igned\)?\]?[:.]?"
)
_INITIAL = re.compile(r"(?<![^\W_])[A-Z]\.|^(?:Wm|Geo|Thos|Jas|Chas|Robt|Jno|Saml|Richd|Edwd|WM|GEO|THOS|JAS|CHAS)\b")
RECEIVED = re.compile(r"[\[(]?(?:Received|Rec’d|Rec'd|Recd)\b.{0,60}")
_OPENS = re.compile(r"[^a-z]|(?:the|of|at|near|in|and|to|on|care|c/o)\b")
_ENDED = re.compile(r"[.,;:!?—–-][\"”’)\]]*$")
_LONGEST = 85  # code points of a line in an opening or a closing


def is_dateline(line: str, lines: list[str]) -> bool:
    """Is this a dateline, perhaps over several lines of which one bears the date?"""
    if len(line) < 130 and _bears_date(line.split("[Received", maxsplit=1)[0].strip()):
        return True
    return (
        1 < len(lines) < 6
        and max(map(len, lines)) < 60
        and any(ENDS_WITH_DATE.search(one) and _bears_date(one) for one in lines)
    )


# The paragraphs of an opening are looked at again from each line over them: what a line says is kept for a while.
@lru_cache(maxsize=256)
def _bears_date(line: str) -> bool:
    return dated(line)


@lru_cache(maxsize=256)
def _bears_day(line: str) -> bool:
    return LOOSE_DATELINE.fullmatch(line) is not None


def is_loose_dateline(line: str, lines: list[str]) -> bool:
    """A weekday, an hour, "undated", a year, perhaps behind a place: a dateline where a letter begins."""
    return len(line) < 80 and any(
        _bears_day(one) or PLACE_AND_MONTH.fullmatch(one) for one in dict.fromkeys((line, *lines))
    )


@lru_cache(maxsize=256)
def is_salute(line: str) -> bool:
    """Is this a greeting on a line of its own?

    >>> is_salute("My dearest Nan—"), is_salute("Dear reader, I wept and then I went home to bed again at last")
    (True, False)
    """
    if len(line) > 90 or not SALUTE.fullmatch(line):
        return False
    if line[-1:] == "." and _NO_GREETING_WORD.search(line):
        return False
    # "Dear me, it rained." is a sentence: a greeting of many words has no comma or full stop inside.
    return len(line.split()) < 12 and not re.search(
        r"(?:[!?]|\w{4}\.)\s+[a-z]|[,;]\s+(?:I|you|he|she|it|we|they)\b", line
    )


def is_closing(line: str) -> bool:
    """Is this a farewell on a line of its own, or the beginning of one?"""
    return len(line) < 160 and CLOSING.fullmatch(line) is not None


def is_name(line: str) -> bool:
    """Could this line be a name under a letter: words with capitals and nothing else?

    >>> is_name("W. T."), is_name("JOHN TULL."), is_name("THE END"), is_name("He went home.")
    (True, True, False, False)
    """
    return len(line) < 70 and line[-1:] not in ":;" and not _NO_NAME.match(line) and NAME.fullmatch(line) is not None


def names_somebody(line: str) -> bool:
    """Does this line, which could be a name, show that it is one: an initial, a given name and another, a title?

    A single word without a full stop may be a surname, as it stands below a telegram.

    >>> names_somebody("J. Tull"), names_somebody("PETER HALE."), names_somebody("Deo Gratias."), names_somebody("Tull")
    (True, True, False, True)
    """
    if line.isalpha():
        return True
    words = re.findall(r"[^\W\d_]+\.?", line)
    given = len(words) > 1 and words[0].rstrip(".").capitalize() in GIVEN_NAMES
    return given or _INITIAL.search(line) is not None or TITLED_NAME.fullmatch(line) is not None


def is_office(line: str) -> bool:
    """Is this an office or a rank, as it stands below a name?

    >>> is_office("Secretary of Legation"), is_office("John Tull")
    (True, False)
    """
    return len(line) < 90 and _HAS_OFFICE.search(line) is not None and OFFICE.fullmatch(line.rstrip(".,;")) is not None


def is_after_the_name(line: str) -> bool:
    """Is this a thing written on or under a letter by another hand, or a list of what goes with it?"""
    return ENDORSED.fullmatch(line) is not None or (len(line) < 90 and _COPIES.fullmatch(line) is not None)


def closing_form(line: str, *, begun: bool, named: bool) -> str:
    """What a line near the end of a letter is, as a type of block; "" if it belongs to no closing.

    `begun`: a farewell or a name stands before it; `named`: a name does.
    """
    if POSTSCRIPT.match(line) or (begun and NOTA_BENE.match(line)):
        return "postscript"
    if len(line) > _LONGEST:
        return "closer" if not named and _is_long_farewell(line) else ""
    if named and is_salute(line):
        return ""  # the next letter
    if ON_BEHALF.fullmatch(line) or (
        not named and (CLOSING.fullmatch(line) or (begun and _FAREWELL_MORE.fullmatch(line)))
    ):
        return "closer"
    if named and AGENT.fullmatch(line):
        return "signed"
    if begun and is_after_the_name(line):
        return "trailer"
    if SIGNED_WORD.fullmatch(line):
        return "signed"
    if begun and (STRICT_DATELINE.fullmatch(line) or LOOSE_DATELINE.fullmatch(line)):
        return "dateline"
    if named and (is_office(line) or ADDRESSEE.fullmatch(line)):
        return "addrLine"
    if begun and is_name(line):
        return "signed"
    return ""


def _is_long_farewell(line: str) -> bool:
    if len(line) > _LONGEST_FAREWELL:
        return False
    return (_LONG_FAREWELL.fullmatch(line) is not None and not SENTENCE.search(line[:60])) or (
        _LONG_SERVANT.fullmatch(line) is not None
    )


def closing_forms(lines: Sequence[str], *, begun: bool, named: bool) -> list[str]:
    """What each of some lines in order is, as `closing_form` says, up to the first that belongs to no closing.

    >>> closing_forms(["Yours ever,", "J. Tull", "Ashcombe,", "3 May."], begun=False, named=False)
    ['closer', 'signed', 'dateline', 'dateline']
    """
    forms: list[str] = []
    signed = named
    for line in lines:
        form = closing_form(line, begun=begun or bool(forms), named=named)
        if not form:
            break
        if form == "dateline" and forms[-1:] == ["signed"] and (signed or forms.count("signed") > 1):
            forms[-1] = "dateline"  # the place over the day
        if form == "addrLine" and forms[-1:] == ["signed"] and is_office(line):
            form = "signed"  # an office right below the name belongs to the signature
        forms.append(form)
        if form == "postscript":
            break
        named = named or form == "signed"
    return forms


def parted(text: str, para: Para) -> list[Para]:
    """The lines of an opening or a closing that were printed without a blank line around them, as paragraphs."""
    if para.type != "p":
        return [para]
    para = _run_together(text, para)
    if len(para.parts) < 2:
        return [para]
    head = _opening_cuts([plain(text[a:b]) for a, b in para.parts[:9]], len(para.parts))
    tail_from = max(head[-1] if head else 0, len(para.parts) - 12)
    tail = _closing_cuts(
        text,
        para,
        tail_from,
        [plain(text[a:b]) for a, b in para.parts[tail_from:]],
    )
    if not head and not tail:
        return [para]
    bounds = sorted({0, *head, *tail, len(para.parts)})
    out = []
    for a, b in pairwise(bounds):
        joints = para.joints[a : b - 1]
        if (head and b <= head[-1]) or (tail and a >= tail[0]):
            joints = ["line"] * len(joints)
        out.append(
            replace(
                para,
                parts=para.parts[a:b],
                joints=joints,
                after_gap=para.after_gap and a == 0,
                anew=para.anew and a == 0,
            )
        )
    return out


def _run_together(text: str, para: Para) -> Para:
    """The paragraph with a date and a greeting, or a farewell and a name, on lines of their own; else as it is."""
    for k in (0, 1, len(para.parts) - 1):
        if k >= len(para.parts) or not 8 < para.parts[k][1] - para.parts[k][0] < _LONGEST_FAREWELL:
            continue
        start, end = para.parts[k]
        line = text[start:end].rstrip(MASK)  # a note may be on the name
        at = _behind_date(line) if k < 2 else 0
        if not at and k == len(para.parts) - 1:
            at = _behind_farewell(line)
        if at:
            left = start + len(line[:at].rstrip())
            return replace(
                para,
                parts=[*para.parts[:k], (start, left), (start + at, end), *para.parts[k + 1 :]],
                joints=[*para.joints[:k], "line", *para.joints[k:]],
            )
    return para


def _behind_date(line: str) -> int:
    """Where a greeting begins that stands behind a date and ends the line; 0 if none does."""
    found = re.search(r"\s(?=(?:(?:My|Our)\s)?(?:[Dd]ear|DEAR|Sir|Madam|Gentlemen)\b)", line)
    if not found or not STRICT_DATELINE.fullmatch(line[: found.start()]):
        return 0
    greeting = line[found.end() :]
    return found.end() if is_salute(greeting) or greeting in BARE_SALUTES else 0


def _behind_farewell(line: str) -> int:
    """Where a name begins that stands behind a farewell and ends the line; 0 if none does.

    >>> _behind_farewell("Yours truly, J. Tull"), _behind_farewell("Your servant, Sir"), _behind_farewell("With love")
    (13, 0, 0)
    """
    for found in _BEFORE_NAME.finditer(line):
        name = line[found.end() :]
        if not is_name(name) or len(name.split()) > 4 or _FAREWELL_WORD.search(name):
            continue
        farewell = line[: found.end()].rstrip()
        return found.end() if CLOSING.fullmatch(farewell) or _is_long_farewell(farewell) else 0
    return 0


def _opening_cuts(lines: list[str], count: int) -> list[int]:
    """Where to cut between the lines of a date, an address and a greeting at the head of a paragraph."""
    if is_closing(lines[0]) and not is_salute(lines[0]):
        return []
    salute = next((k for k, line in enumerate(lines) if len(line) < 60 and is_salute(line)), None)
    if salute is not None and could_open(lines[:salute]) and (salute or _ENDS_CLOSED.search(lines[0])):
        cuts = [salute] if salute else []
        dated = [k for k in range(salute) if _dated(lines[k])]
        if dated and dated[-1] + 1 < salute:
            cuts.insert(0, dated[-1] + 1)
        elif dated and dated[0] and any(ADDRESSEE.fullmatch(line) for line in lines[: dated[0]]):
            cuts.insert(0, dated[0])
        last = salute
        if last + 1 < len(lines) and _GOES_ON.search(lines[last]) and is_salute(f"{lines[last]} {lines[last + 1]}"):
            last += 1  # "Dear Mr." over "Hale:"
        return [*cuts, *([last + 1] if last + 1 < count else [])]
    # A date and no greeting: "Bath, May 3, 1812." over the first line of the text.
    if count > 1 and len(lines[0]) < 60 and STRICT_DATELINE.fullmatch(lines[0]) and len(lines[1]) > 60:
        return [1]
    return []


def could_open(lines: Sequence[str]) -> bool:
    """Could all these lines stand over a greeting: short, no sentence among them?"""
    return all(len(line) < 70 and _OPENS.match(line) for line in lines) and all(
        _dated(line) or not SENTENCE.search(line) for line in lines
    )


def _dated(line: str) -> bool:
    return _bears_date(line) or _bears_day(line)


def _closing_cuts(text: str, para: Para, first: int, lines: list[str]) -> list[int]:
    """Where to cut before and between the lines of a farewell, a name and what follows at a paragraph's end."""
    for k, line in enumerate(lines):
        at = first + k
        if at and not _can_end(lines[k - 1] if k else "", para, at):
            continue
        starts = closing_form(line, begun=False, named=False) in {"closer", "signed"} or (
            _set_apart(text, para, at, line) if at else _is_block(lines)
        )
        if not starts:
            continue
        kinds = closing_forms(lines[k:], begun=at == 0 or _set_apart(text, para, at, line), named=False)
        if not kinds or kinds[0] == "postscript" or (len(kinds) < len(lines) - k and kinds[-1] != "postscript"):
            continue
        if not at and len(set(kinds)) == 1:
            return []
        cuts = [at] if at else []
        cuts += [at + n for n, (left, right) in enumerate(pairwise(kinds), 1) if left != right]
        return cuts
    return []


def _is_block(lines: list[str]) -> bool:
    """A name and below it an office: a signature that was printed in lines of its own."""
    return 1 < len(lines) < 5 and is_name(lines[0]) and all(map(is_office, lines[1:]))


def _can_end(before: str, para: Para, at: int) -> bool:
    """Can the text have come to its end before the line `at`: the line before it is finished, or was not filled?"""
    if para.joints[at - 1] == "line" or not before or _ENDED.search(before):
        return True
    a, b = para.parts[at - 1]
    return b - a < 0.75 * max(d - c for c, d in para.parts[max(0, at - 12) : at])


def _set_apart(text: str, para: Para, at: int, line: str) -> bool:
    """Is this a name in the last line, moved far to the right or in capitals?"""
    if at != len(para.parts) - 1 or not is_name(line) or text[para.parts[at - 1][1] - 1] not in '.!?”"’':
        return False
    start = para.parts[at][0]
    before = text[max(0, start - 80) : start]
    indent = len(before) - len(before.rstrip(" \t"))
    return indent > 9 or (is_caps(line) and len(line.split()) < 6)
