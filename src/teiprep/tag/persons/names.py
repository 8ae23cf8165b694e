"""Reading names: runs of capitalised words, the reasons that make one a name, and its recurrences."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from teiprep.tag.common import (
    ABBREVIATED_TITLES,
    BODY_NOUNS,
    EITHER_NAMES,
    FEMALE_NAMES,
    FEMALE_TITLES,
    GIVEN_NAMES,
    KINSHIP,
    MALE_TITLES,
    MIND_VERBS,
    NO_NAMES,
    OFFICES,
    PARTICLES,
    PEOPLE_ENDINGS,
    PEOPLES,
    PLACES,
    ROLES,
    SPEECH_VERBS,
    SPEECH_VERBS_OF,
    SURE_TITLES,
    SURNAME_ENDINGS,
    TITLES,
    TO_PERSON_VERBS,
    leaves,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from teiprep.document import Block, Certainty, Document

_PARTICLE = "|".join(sorted(PARTICLES, key=lambda p: (-len(p), p)))
_ABBREVIATED = "|".join(
    sorted(ABBREVIATED_TITLES | {t.upper() for t in ABBREVIATED_TITLES if len(t) > 1}, key=lambda t: (-len(t), t))
)
#: Given names as they were shortened in writing; they stand like initials.
_SHORT_GIVEN = (
    "Alexr|Benj|Chas|Danl|Edwd|EDWD|Fredk|Geo|GEO|Jas|JAS|Jno|JNO|Jos|JOS"
    "|Nathl|Richd|Robt|ROBT|Saml|SAML|Thos|THOS|Wm|WM"
)
_TOKEN = regex.compile(
    rf"""(?<![\p{{L}}\p{{N}}_])(?:
      (?P<skip>U\.\s?S\.?(?:\s?S\.\s?R\.|\s?A\.)?(?!\p{{L}})|U\.\s?N\.|U\.\s?K\.|D\.\s?C\.|N\.\s?Y\.|P\.\s?[OS]\.|[AP]\.\s?M\.|A\.D\.|B\.C\.|H\.\s?E\.|(?:\p{{Lu}}\.){{4,}})
    | (?P<abbr>(?:{_ABBREVIATED})(?:\.|(?!\p{{L}})(?=\s\p{{Lu}})))
    | (?P<init>\p{{Lu}}[a-z]?\.(?=[\s\p{{Lu}}]|-\p{{Lu}})|[B-HJ-Z](?=\s\p{{Lu}}\p{{Ll}})
      |(?:{_SHORT_GIVEN})\.(?=\s\p{{Lu}}))
    | (?P<cap>(?:[dDlL]['’])?\p{{Lu}}[\p{{L}}\p{{M}}]*(?:['’](?![sS]\b)\p{{L}}+)*(?:-\p{{L}}+)*)
    )""",
    regex.VERBOSE,
)
#: A name never goes on behind a line that was kept: there another name or an office begins.
_GAP = regex.compile(rf"[^\S\n](?P<particles>(?:(?:{_PARTICLE})[^\S\n])*)")
_BEFORE_PARTICLES = regex.compile(rf"(?:^|(?<=[\s(“‘\"—]))(?:(?:{_PARTICLE})\s)+$")
_SUFFIX = regex.compile(r",?[^\S\n](?:(?:Jr|Sr)\b\.?|(?:XI{0,3}|XIV|XV|XVI|IX|VI{0,3}|IV|II|III)\b)")
_PLURAL_TITLES = words(
    "Admirals Ambassadors Drs Generals Lords Messrs Ministers Misses Presidents Secretaries Senators"
)
_AND = regex.compile(r",\s|,?\s(?:and|&)\s(?:the\s)?")
#: Surnames that are also nouns for a place or a body: with a title or a given name before them they are surnames.
_PERSONAL = words(
    "Banks Bridges Castle Church Club Cross Day Field Green Hall Hill Lake Lodge Note Page Park Press Rule"
    " Temple Wood Yard"
)
#: Adjectives and titles that are surnames behind a given name: "Harriet Long".
_ALSO_SURNAMES = words(
    "Best Bishop Black Constable Duke Earl East Fall Farmer Good Grand Great Judge King Little Long Marshall North Pope"
    " Prince Sexton Small Summer West White Winter"
)
#: What may be a surname right after "Mr." and the like, although it is a word of another kind elsewhere.
_BESIDE_A_TITLE = (
    _PERSONAL
    | _ALSO_SURNAMES
    | PEOPLES
    | (BODY_NOUNS - words("& Headquarters Ltd Inc"))
    | words(
        "Box Constable Curate Deacon Dean Even Fort Justice Lent Mayor Pope Port Post Rector Sheriff Steward Warden"
    )
)
#: Titles that go with a given name alone: "Sir Giles", "Aunt Harriet".
_BEFORE_GIVEN = words("Aunt Dame Emperor Father King Pope Prince Princess Queen Saint Sir Sultan Uncle")
#: Offices whose holder's name follows even if it is a common noun too.
_HOLDERS = words("Admiral Ambassador Captain Chancellor Colonel Governor Premier President Secretary Senator")
_HEADS = words("Mount Fort Lake Cape Port Point Saint River St San Santa Camp Hotel USS HMS SS")
_ENUMERATORS = words(
    "Tab Annex Appendix Section Part Class Schedule Plan Exhibit Box Point Item Enclosure Table Figure Alternative"
    " Option Phase Group Type"
)
_ROLE = (
    r"(?:Ambassador|Minister|Secretary|Undersecretary|Consul(?:\sGeneral)?|Vice\sConsul|Chargé(?:\sd['’]Affaires)?|Charge|Chairman|Director|President"
    r"|Counselor|Counsellor|Attaché|Commissioner|Commissar|Representative|Governor|Premier|Chancellor|Adviser|Advisor|Agent"
    r"|Delegate|Envoy|Chief|Administrator|Deputy|Editor|Assistant|General|King|Emperor|Sultan|Prime\sMinister|Commander"
    r"|Officer|Head|Legate|Marshal|Admiral|Delegation|Historian|Correspondent)"
)
_ROLE_PARENTHESIS = regex.compile(rf"\b{_ROLE}\b[^().;:]{{0,110}}\s\($")
_OFFICE_BEFORE = regex.compile(
    r"\b(?:Secretary|Undersecretary|Under\sSecretary|Minister|Commissar|Chancellor|Chief|Director|Chairman)\s(?:of|for)\s(?:the\s)?$"
)
_APPOSED = regex.compile(
    rf"\b(?:{_ROLE}|Affairs|State|ambassador|minister|secretary|diplomat|journalist|historian|senator|general|president|premier|chancellor|envoy"
    rf"|ally|adviser|advisor|writer|poet|banker|leader|officer|{'|'.join(sorted(KINSHIP))}),?\s$"
)
_KIN = regex.compile(rf"\b(?:{'|'.join(sorted(KINSHIP))}),?\s$")
#: "my cousin Hale Thorne": without a comma.
_KIN_NAMED = regex.compile(
    rf"\b(?:[Mm]y|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Yy]our)\s(?:\p{{Ll}}+\s)?(?:{'|'.join(sorted(KINSHIP))})\s$"
)
#: Somebody is named: "a Yorkshireman named", "a porter whose name is", "the elder Hale". Not "a village named".
_NAMED = regex.compile(
    r"(?:\b(?:man|woman|boy|girl|lady|gentleman|fellow|lad|child|clerk|porter|farmer|servant|officer|soldier|sailor|merchant"
    r"|lawyer|doctor|priest|writer|person|somebody|someone|one|\p{Lu}\p{Ll}+(?:man|woman))\s(?:named|called)"
    r"|\bwhose\s(?:sur)?name\s(?:is|was)|\bthe\s(?:elder|younger))\s$"
)
#: "and one, Hale Thorne, who"
_COUNTED = regex.compile(r"\b(?:one|another|the other),\s$")
_FIRM = regex.compile(r"\s(?:&|and)\s(?:Co|Sons|Company|Brothers|Bros)\b|,\s(?:Inc|Ltd|Street)\b")
_CITED = regex.compile(r",\s(?:eds?\.,\s)?(?P<mark>[“\"])?")
_BYLINE = regex.compile(r"(?:^|[\n,])\s*(?:[Ee]dited |[Tt]ranslated )?[Bb]y\s$")

#: Telegraphese ("FonMin", "USDel"), but no "McAdam" or "DeWitt".
_SHORTENED = regex.compile(
    r"(?!(?:Ma?c|De|Di|Du|La|Le|Fitz|Van|Von|O['’]|[dDlL]['’]|St|Vander)\p{Lu})(?:\p{L}*\p{Ll}\p{Lu}|\p{Lu}{2,}\p{Ll})"
)
# How the words beside a bare capitalised word speak for a person (positive) or against one.
_SPEECH = "|".join(sorted(SPEECH_VERBS))
_LATELY = r"(?:(?:\p{Ll}+ly|had|has|then|also|once|again)\s){0,2}"
#: Who speaks right beside quotation marks is a person: “…,” said X; “…,” X said; X said: “…”. In any language: a verb
#: of another one hardly ever stands there by chance.
_SPOKEN = SPEECH_VERBS.union(*SPEECH_VERBS_OF.values())
_VERB = r"(?P<verb>[\p{L}'’]+)"
_CLOSED = r"(?:[,.?!—–-]\s?[”\"’'»«“‘]|[”’»«“‘],)\s?,?\s?[—–-]?\s?"
_QUOTED = regex.compile(rf"{_CLOSED}$")
_SPEAKS = regex.compile(rf"\s{_LATELY}{_VERB}\b")
_SAID_BY = regex.compile(rf"{_CLOSED}(?:then\s)?{_VERB}\s$")
#: … behind the dash that opens speech: "— Jamais ! répondit X".
_DASHED_BY = regex.compile(rf"[,!?…]\s{_VERB}\s$")
_SAYS = regex.compile(
    rf"\s{_LATELY}{_VERB}(?:\s(?:to\s)?(?:me|him|her|us|them|\p{{Lu}}\p{{L}}+|the\s\p{{L}}+))?\s?[,:]?\s?[—–-]?\s?[“\"‘«„»]"
)
#: … unless an article says that it is no name: "the Vestry said".
_ARTICLE = regex.compile(r"\b(?:[Tt]h(?:e|is|at)|[Aa]n?|[Oo]ur|[Dd](?:er|ie|as)|[Ll][ea]s?)\s$")
#: What looks like a particle may be an article: "bemerkte der Rat", "dit la Reine".
_NOUN_WITH_ARTICLE = regex.compile(r"(?:de[rnm]|la|le)\s")
#: Endings of nouns that surnames have too (Harkness, Winship): who speaks is named all the same.
_NOUN_ENDINGS = ("ness", "ship", "ment", "craft")
_MIND = "|".join(sorted(MIND_VERBS))
_AFTER = (
    (3, "himself", regex.compile(r"\s(?:himself|herself)\b")),
    (3, "and I", regex.compile(r"\sand\sI\b")),
    (2, "and his", regex.compile(r"\sand\s(?:his|her)\b|,\swho\b|\s?\((?:aged|born|the\s(?:author|editor))")),
    (2, "speech", regex.compile(rf",?\s(?:(?:had|has|then|also|again|later|once)\s)?(?:{_SPEECH})\b(?!-)")),
    (
        1,
        "mind",
        regex.compile(
            rf"\s(?:(?:had|has|then|also|again|later|would|will|could|might|should)\s)?(?:{_MIND}|(?:\p{{Ll}}+ly\s)?\p{{Ll}}{{2,}}ed)\b(?!-)"
        ),
    ),
    (1, "possession", regex.compile(r"['’]s\b|['’](?=\s\p{Ll})")),
    (
        1,
        "regime",
        regex.compile(
            r"\s(?:regime|government|cabinet|administration|mission|family|faction|clique|visit|speech|letter|plan|proposal|formula)\b"
        ),
    ),
)
_BEFORE = (
    (3, "met", regex.compile(
        r"\b(?:summoned|interviewed|married|dismissed|accompanied|thanked|greeted"
        r"|(?:lunch(?:ed)?|dined?|dinner|spoke|talked|interview|conversations?|meeting)\s(?:with|to))\s$"
    )),
    (2, "addressed", regex.compile(rf"\b(?:{'|'.join(sorted(TO_PERSON_VERBS))})\s$")),
    # Without an article an object is a person or a place; some verbs take only places.
    (1, "object", regex.compile(
        r"\b(?:would|will|could|must|should|may|might|can|cannot|shall|to)\s"
        r"(?!(?:all|any|each|every|her|his|its|our|some|such|that|the|their|these|this|those|your|approach|attack|bomb"
        r"|capture|cross|defend|enter|evacuate|hold|invade|leave|occupy|pass|reach|take|visit)\s)"
        r"\p{Ll}{3,}\s$"
    )),
    (2, "apposed", regex.compile(r"\b(?:he|she|him|her|I|me),\s$")),
    (1, "with", regex.compile(
        r"\b(?:with|by|from|against|for|to|both|between|like|than|that|if|as|when|which|whom|dear)\s$"
    )),
)  # fmt: skip
#: Before a name these say that it is a thing or a place; not before "Hale's" or "the Hale regime".
_AGAINST = (
    (-4, regex.compile(r"\b(?:the|a|an|this|its|our|their|these|those|every|each|no)\s$", regex.IGNORECASE)),
    (
        -2,
        regex.compile(
            r"\b(?:in|at|near|into|via|through|throughout|around|across|within|outside|toward|towards)\s$",
            regex.IGNORECASE,
        ),
    ),
    (
        -3,
        regex.compile(
            r"\b(?:w[ea]nt|came|come|go|going|gone|walk(?:ed)?|drove|drive|rode|ride|journey|travell?(?:ed)?|return(?:ed|ing)?|road|way|coach|sailed|moved|flew|left|departure)\s(?:to|from|for)\s$"
        ),
    ),
)


class Token(NamedTuple):
    """A capitalised word, an initial or an abbreviated title; `low` is the start with its particles ("de Ruyter")."""

    word: str
    start: int
    end: int
    kind: str
    low: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text; `given` and `surname` are its parts, either may be missing, `title` stood before it."""

    flow: str
    start: int
    end: int
    given: tuple[str, ...]
    surname: str
    rule: str
    certainty: Certainty = "high"
    title: str = ""
    in_head: bool = False

    @property
    def gender(self) -> str:
        """`f` or `m` if the title says so, or else the given name; else `""`."""
        if self.title in FEMALE_TITLES:
            return "f"
        if self.title in MALE_TITLES:
            return "m"
        first = self.given[0] if self.given else ""
        if first in FEMALE_NAMES:
            return "f"
        return "m" if first in GIVEN_NAMES and first not in EITHER_NAMES else ""


@dataclass
class _Run:
    """Capitalised words in a row, in one block; `free` are the tokens that no name has claimed."""

    text: str
    block: Block
    tokens: list[Token]
    free: list[bool] = field(default_factory=list)

    def before(self, k: int, width: int = 60) -> str:
        start = self.tokens[k].low
        return self.text[max(self.block.start, start - width) : start]

    def after(self, k: int, width: int = 40) -> str:
        end = self.tokens[k].end
        return self.text[end : min(self.block.end, end + width)]

    def begins_sentence(self, k: int) -> bool:
        before = self.before(k, 8).rstrip("\"“‘'([ \n")
        return not before or before[-1] in ".!?:;—–-•*" or before[-1].isdigit()


def mentions(document: Document) -> list[Mention]:
    """Every name in the reading flows, in the order of the flows and of the text."""
    lower = set[str]()
    for flow in document.reading_flows:
        lower.update(regex.findall(r"(?<!\p{L})\p{Ll}{3,}", flow.text))
    runs = [run for text, block in leaves(document) for run in _runs(text, block)]
    titles = {(a.flow, a.start) for a in document.annotations if a.layer in {"emphasis", "title"}}
    found: list[Mention] = []
    expected: tuple[str, int] | None = None
    for run in runs:
        start = run.tokens[0].start
        plural = (
            expected is not None
            and expected[0] == run.block.flow
            and bool(_AND.fullmatch(run.text, expected[1], run.tokens[0].low))
        )
        fresh = list(_certain(run, lower, titles, plural=plural))
        found += fresh
        is_plural = plural or any(token.word.rstrip(".") in _PLURAL_TITLES for token in run.tokens)
        expected = (run.block.flow, fresh[-1].end) if is_plural and fresh and start <= fresh[-1].end else None
    found += _weighed(runs, lower, found)
    found += _again(runs, lower, found)
    order = {flow.id: k for k, flow in enumerate(document.flows)}
    return sorted(found, key=lambda m: (order[m.flow], m.start))


@cache
def plain(word: str) -> str:
    """A word in capitals as it is otherwise written: `HALE` -> `Hale`."""
    if len(word) > 1 and word.isupper():
        return regex.sub(r"\p{L}+", lambda m: m[0].capitalize(), word)
    return word


def _runs(text: str, block: Block) -> Iterator[_Run]:
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, block.start, block.end):
        kind, start = match.lastgroup or "cap", match.start()
        if kind == "skip":
            if tokens:
                yield _Run(text, block, tokens, [True] * len(tokens))
            tokens = []
            continue
        low = start
        joined = False
        if tokens:
            last = tokens[-1]
            gap = _GAP.fullmatch(text, last.end, start)
            joined = (
                gap is not None
                or (start == last.end and last.kind == "init")
                or (last.kind == "init" and text[last.end : start] == "-")
            )
            if gap is not None and gap["particles"]:
                low = start - len(gap["particles"])
        if not joined:
            if tokens:
                yield _Run(text, block, tokens, [True] * len(tokens))
            tokens = []
            if text[start - 1 : start] == " " and (
                particles := _BEFORE_PARTICLES.search(text, max(block.start, start - 16), start)
            ):
                low = particles.start()
        if kind == "abbr" and tokens and match[0] in {"M.", "MM."}:
            kind = "init"  # "Xenia M. Hale": no Monsieur within a name
        tokens.append(Token(plain(match[0].rstrip(".")) if kind == "abbr" else match[0], start, match.end(), kind, low))
    if tokens:
        yield _Run(text, block, tokens, [True] * len(tokens))


def _is_people(word: str) -> bool:
    return word in PEOPLES or word.rstrip("s") in PEOPLES or (len(word) > 5 and word.endswith(PEOPLE_ENDINGS))


def _is_title(token: Token) -> bool:
    return token.kind == "abbr" or plain(token.word) in TITLES or token.word in _PLURAL_TITLES


@cache
def _name_like(word: str) -> bool:
    bare = plain(word)
    stem = regex.split("['’]", bare, maxsplit=1)[0]
    known = (
        bare in NO_NAMES
        or word in NO_NAMES
        or stem in NO_NAMES
        or bare in BODY_NOUNS
        or bare in ROLES
        or _misread(bare)
        or (_is_people(bare) and bare not in GIVEN_NAMES)
    )
    return len(bare) > 1 and not known and not _SHORTENED.match(word)


def _look(word: str) -> str:
    """A word as its outlines look to a reader of print: what differs only in letters that are confused is one."""
    return word.casefold().replace("rn", "m").replace("li", "h").translate(_ALIKE)


_ALIKE = str.maketrans("cl1i0bfty", "eiiiohttv")
_OFFICIAL = frozenset(
    _look(word)
    for word in {*TITLES, *OFFICES, *ROLES, *BODY_NOUNS, *NO_NAMES}
    if len(word) > 6 and word.isalpha() and word not in GIVEN_NAMES
)


def _misread(word: str) -> bool:
    """Whether a word is one of office or of institutions with a letter misread: "Ministcr", "Govemment"."""
    return len(word) > 5 and word not in GIVEN_NAMES and _look(word) in _OFFICIAL


def _could_name(token: Token) -> bool:
    """Whether the word could stand in a name at all."""
    if token.kind == "init":
        return True
    return token.kind == "cap" and _name_like(token.word)


def _mention(
    run: _Run,
    first: int,
    last: int,
    rule: str,
    *,
    certainty: Certainty = "high",
    title: str = "",
    given_only: bool = False,
) -> Mention:
    """The tokens `first` to `last` (included) as a name; they are claimed."""
    tokens = run.tokens[first : last + 1]
    run.free[first : last + 1] = [False] * len(tokens)
    end = tokens[-1].end
    if suffix := _SUFFIX.match(run.text, end, run.block.end):
        end = suffix.end()
    parts = [plain(token.word) for token in tokens]
    particles = run.text[tokens[-1].low : tokens[-1].start]
    surname = "" if given_only else particles + parts[-1]
    given = tuple(parts if given_only else parts[:-1])
    in_head = run.block.type in {"head", "titlePart", "byline", "signed"}
    return Mention(run.block.flow, tokens[0].low, end, given, surname, rule, certainty, title, in_head)


def _extent(run: _Run, k: int, *, titled: bool) -> tuple[int, bool]:
    """How far a name that begins at token `k` goes (exclusive), and whether what follows makes it a body or a place."""
    tokens, at = run.tokens, k
    while at < len(tokens) and at - k < 5:
        token = tokens[at]
        word = plain(token.word)
        last_of_run = at + 1 == len(tokens) or not _could_name(tokens[at + 1])
        personal = word in _PERSONAL and last_of_run and (at > k or titled)
        if personal or (_could_name(token) and not (at > k and _is_title(token) and word not in GIVEN_NAMES)):
            at += 1
            continue
        if at > k and word in _ALSO_SURNAMES and last_of_run:
            at += 1
        break
    while at > k and tokens[at - 1].kind == "init" and tokens[at - 1].word.endswith("."):
        at -= 1
    # "Ada Hale International Center": what makes it a body may stand further on.
    behind = tokens[at : at + 1 if titled else at + 4]
    body = any(plain(token.word) in BODY_NOUNS for token in behind)
    if at == len(tokens) and at > k and _FIRM.match(run.after(at - 1)):
        body = True
    return at, body


def _certain(run: _Run, lower: set[str], titles: set[tuple[str, int]], *, plural: bool) -> Iterator[Mention]:
    """The names of a run that carry their own reason."""
    tokens = run.tokens
    if run.block.type == "signed":
        yield from _signature(run)
        return
    if run.block.type == "salute" and (called := _addressed(run)):
        yield called
        return
    k = 0
    office = bool(_OFFICE_BEFORE.search(run.before(0)))
    while k < len(tokens):
        first = k
        while k < len(tokens) and (_is_title(tokens[k]) or (office and plain(tokens[k].word) in OFFICES)):
            k += 1
        titled = k > first or (plural and first == 0)
        if k == len(tokens):
            return
        # A given name may look like a title ("Prince", "Earl"); a title alone at a run's end is none.
        end, body = _extent(run, k, titled=titled)
        title = tokens[k - 1].word if k > first else "plural" if titled else ""
        sure = title in SURE_TITLES or title == "plural"
        if (
            titled
            and end == k
            and sure
            and tokens[k].kind == "cap"
            and plain(tokens[k].word) in _BESIDE_A_TITLE
            and k > 0
        ):
            end = k + 1  # "Mr. White", "Mrs. Long"
        if end == k and not titled and _speaks_like_a_name(run, k):
            end = k + 1
        if end == k:
            k += 1
            office = False
            continue
        if (
            titled
            and end - k > 1
            and tokens[k].word.isupper()
            and tokens[k].kind == "cap"
            and plain(tokens[k].word) not in GIVEN_NAMES
        ):
            end = k + 1  # among capitals nothing shows where the name ends: "MR. HALE SPOKE"
        if titled and _fits_title(run, k, end, lower, sure=sure, body=body):
            parts = [plain(token.word) for token in tokens[k:end]]
            alone = len(parts) == 1 and parts[0] in GIVEN_NAMES and title in _BEFORE_GIVEN
            yield _mention(run, k, end - 1, "title-and-name", title=title, given_only=alone)
        elif not body and (rule := _own_reason(run, k, end, titles)):
            certainty: Certainty = (
                "high"
                if rule in {"given-and-surname", "initials-and-surname", "role-and-parenthesis", "byline"}
                else "medium"
            )
            given = end - k == 1 and plain(tokens[k].word) in GIVEN_NAMES
            alone = given and rule in {"role-in-apposition", "speaker"}
            if given and rule == "role-in-apposition":
                rule = "kin"
            yield _mention(run, k, end - 1, rule, certainty=certainty, given_only=alone)
        k = end + body
        office = False


def _speaks_like_a_name(run: _Run, k: int) -> bool:
    """Whether only its ending speaks against the word at token `k`, which is named as who speaks: "said Harkness"."""
    word = run.tokens[k].word
    return (
        word.endswith(_NOUN_ENDINGS)
        and word not in NO_NAMES
        and word not in BODY_NOUNS
        and k + 1 == len(run.tokens)
        and _speaks(run, k, run.before(k), run.after(k))
    )


def _fits_title(run: _Run, k: int, end: int, lower: set[str], *, sure: bool, body: bool) -> bool:
    """Whether what follows a title is a name: after "General" or "Minister" it may be a body or a common noun."""
    word = plain(run.tokens[k].word)
    if body:
        return False
    if sure:
        return True
    if end - k == 1 and (word in PLACES or word.lower() in lower or (run.tokens[k].word.isupper() and len(word) < 5)):
        # "President Ford" beside a ford: a name that the text also has as a word still stands right after its title.
        return (
            word.lower() in lower
            and word not in PLACES
            and run.tokens[k].low == run.tokens[k].start
            and k > 0
            and run.tokens[k - 1].word in _HOLDERS
        )
    return True


def _own_reason(run: _Run, k: int, end: int, titles: set[tuple[str, int]]) -> str:
    """Why the tokens `k` to `end` (exclusive), without a title, are a name; `""` if nothing says so."""
    tokens = run.tokens[k:end]
    parts = [plain(token.word) for token in tokens]
    last = parts[-1]
    after = run.after(end - 1)
    before = run.before(k, 130)
    several = len(tokens) > 1
    acronym = (
        not several
        and tokens[0].word.isupper()
        and not run.text[max(run.block.start, run.tokens[0].low - 12) : run.tokens[0].low].isupper()
    )
    if (
        after[:1] == ")"
        and before.endswith("(")
        and last not in PLACES
        and len(last) > 2
        and not acronym
        and _ROLE_PARENTHESIS.search(before)
    ):
        return "role-and-parenthesis"
    if several and tokens[0].kind == "init" and tokens[0].word.endswith("."):
        single = tokens[1].kind != "init"
        listed = single and (
            (not before.strip(" (“") and run.block.flow == "body") or (k > 0 and run.tokens[k - 1].word in _ENUMERATORS)
        )
        if not listed and last not in PLACES and len(last) > 2 and tokens[0].word != "St.":
            return "initials-and-surname"
    if several and parts[0] in GIVEN_NAMES and last not in PLACES and len(last) > 1:
        return "given-and-surname"
    if (
        several
        and tokens[0].kind == "cap"
        and parts[0] not in PLACES
        and any(t.kind == "init" for t in tokens[1:])
        and tokens[-1].kind == "cap"
    ):
        return "given-and-surname" if last not in PLACES else ""
    shouted = all(token.word.isupper() for token in tokens)
    if parts[0] in PLACES or last in PLACES or shouted:
        return "byline" if several and run.block.type == "byline" and shouted else ""
    if run.block.type == "byline" and several and (k == 0 or not parts[0][0].islower()):
        return "byline"
    if several and _BYLINE.search(before) and run.block.type in {"byline", "head", "titlePart", "docImprint"}:
        return "byline"
    if 2 <= len(tokens) <= 3 and run.block.flow != "body" and _authored(run, k, end, titles):
        return "author-and-title"
    if (
        before[-2:] == ", "
        and _APPOSED.search(before)
        and after[:1] in {",", ")", ".", ";"}
        and (several or _KIN.search(before))
    ):
        return "role-in-apposition"
    if several and _KIN_NAMED.search(before):
        return "kin"
    if _speaks(run, k, before, after):
        return "speaker"
    if _NAMED.search(before) or (_COUNTED.search(before) and several and after[:1] == ","):
        return "named"
    return ""


def _speaks(run: _Run, k: int, before: str, after: str) -> bool:
    """Whether a name at token `k`, between `before` and `after`, is the speaker's, by a verb beside marks or a dash."""
    if _NOUN_WITH_ARTICLE.match(run.text, run.tokens[k].low):
        return False
    if _is_verb(_SAID_BY.search(before)):
        return True
    if _is_verb(_SAYS.match(after)) or (_QUOTED.search(before) and _is_verb(_SPEAKS.match(after))):
        return not _ARTICLE.search(before)
    return run.text.startswith(("—", "–"), run.block.start) and _is_verb(_DASHED_BY.search(before))


def _is_verb(match: regex.Match[str] | None) -> bool:
    """Whether the verb of a match is one of speech."""
    return match is not None and match["verb"] in _SPOKEN


def _authored(run: _Run, k: int, end: int, titles: set[tuple[str, int]]) -> bool:
    """Whether the run opens a citation: at a note's start or after a semicolon, and before a title."""
    before = run.before(k, 4).strip()
    if before and before[-1] not in ";.:":
        return False
    stop = run.tokens[end - 1].end
    lead = _CITED.match(run.text, stop)
    return lead is not None and (lead["mark"] is not None or (run.block.flow, lead.end()) in titles)


def _signature(run: _Run) -> Iterator[Mention]:
    tokens = run.tokens
    k = 0
    while k < len(tokens) and _is_title(tokens[k]):
        k += 1
    end, body = _extent(run, k, titled=True)
    at_start = run.tokens[0].low - run.block.start < 24 and "\n" not in run.text[run.block.start : run.tokens[0].low]
    short = end - k == 1 and tokens[k].word.isupper() and len(tokens[k].word) < 4
    if end > k and not body and at_start and not short and plain(tokens[k].word) not in PLACES:
        yield _mention(run, k, end - 1, "signature", title=tokens[k - 1].word if k else "")


def _addressed(run: _Run) -> Mention | None:
    """The one name of a salute, without a title: "Dear Hannah,", "My dear Thorne,"."""
    k = 1 if run.tokens[0].word in {"Dear", "DEAR", "My", "Dearest"} else 0
    k += k == 1 and len(run.tokens) > 2 and run.tokens[1].word in {"Dear", "Dearest"}
    dear = k > 0 or regex.search(r"\b(?:dear|dearest|beloved)\s$", run.before(0)) is not None
    if not dear or k + 1 != len(run.tokens) or not _could_name(run.tokens[k]) or run.tokens[k].kind != "cap":
        return None
    word = plain(run.tokens[k].word)
    if (
        _is_title(run.tokens[k])
        or word in PLACES
        or word in _NOBODY
        or run.after(k).strip(" \n")[:1] not in {"", ",", ".", ":", ";", "—", "–", "-", "!"}
    ):
        return None
    return _mention(run, k, k, "salute", given_only=word in GIVEN_NAMES)


#: Whom a salute may name without a name.
_NOBODY = words(
    "Boy Brethren Brother Brothers Child Children Colleague Colleagues Comrades Countrymen Cousin Daughter Editor"
    " Fellow Friend Friends Gentlemen Girl Grandmother Grandfather Husband Ladies Love Ma Mama Mamma Mother Mothers"
    " Neighbour Neighbours Neighbor Neighbors Papa Reader Readers Sirs Sister Sisters Son Wife"
)


def _weighed(runs: Sequence[_Run], lower: set[str], found: Sequence[Mention]) -> Iterator[Mention]:
    """Bare capitalised words that the text treats as persons, although no mention gives a title or a given name."""
    known = {mention.surname.split()[-1] for mention in found if mention.surname}
    places: dict[str, list[tuple[_Run, int]]] = defaultdict(list)
    for run in runs:
        for k, token in enumerate(run.tokens):
            word = token.word
            alone = (k == 0 or not _could_name(run.tokens[k - 1])) and (k + 1 == len(run.tokens))
            if not run.free[k] or token.kind != "cap" or word in known:
                continue
            if not alone:
                places[word].append((run, -1))
            elif (
                len(word) > 2
                and not word.isupper()
                and _could_name(token)
                and not _is_title(token)
                and word not in PLACES
            ):
                places[word].append((run, k))
    for word, spots in sorted(places.items()):
        if word.lower() in lower or word in GIVEN_NAMES:
            continue
        bare = [(run, k) for run, k in spots if k >= 0]
        if len(bare) * 2 <= len(spots) or _weight(word, bare) < 3:
            continue
        for run, k in bare:
            if run.free[k]:
                yield _mention(run, k, k, "treated-as-a-person", certainty="medium")


def _weight(word: str, spots: Sequence[tuple[_Run, int]]) -> int:
    """How strongly the neighbours of a bare word speak for a person: each kind of sign counts at most twice."""
    signs: Counter[tuple[int, str]] = Counter()
    weight = 1 if word.endswith(SURNAME_ENDINGS) and len(word) > 4 else 0
    for run, k in spots:
        before, after = run.before(k, 24), run.after(k, 24)
        shielded = False
        for points, name, pattern in _AFTER:
            if pattern.match(after):
                signs[points, name] += 1
                shielded = name in {"possession", "regime"}
                break
        for points, name, pattern in _BEFORE:
            if pattern.search(before):
                signs[points, name] += 1
                break
        if not shielded:
            weight += sum(points for points, pattern in _AGAINST if pattern.search(before))
    return weight + sum(points * min(count, 2) for (points, _), count in signs.items())


def _again(runs: Sequence[_Run], lower: set[str], found: Sequence[Mention]) -> Iterator[Mention]:
    """The recurrences: surnames, and given names, that some mention has established."""
    surnames = {mention.surname.split()[-1]: mention.surname for mention in found if mention.surname}
    given = {mention.given[0] for mention in found if mention.given and mention.surname and len(mention.given[0]) > 2}
    given |= {mention.given[0] for mention in found if not mention.surname}
    for run in runs:
        k = 0
        while k < len(run.tokens):
            token = run.tokens[k]
            if run.free[k] and token.kind == "cap":
                word = plain(token.word)
                if word in surnames and (not token.word.isupper() or len(word) > 3):
                    mention = _recurrence(run, k, lower)
                    if mention:
                        yield mention
                elif "-" in word and all(part in surnames for part in word.split("-")):
                    run.free[k] = False
                    at = token.start
                    for part in word.split("-"):
                        yield Mention(run.block.flow, at, at + len(part), (), part, "surname-seen-in-full", "medium")
                        at += len(part) + 1
                elif (
                    word in given
                    and word not in PLACES
                    and word not in NO_NAMES
                    and not any(_could_name(other) for other in run.tokens if other is not token)
                    and not (k + 1 < len(run.tokens) or (k > 0 and _is_title(run.tokens[k - 1])))
                    and not (run.begins_sentence(k) and word.lower() in lower)
                ):
                    yield _mention(run, k, k, "given-name-of-a-known-person", certainty="medium", given_only=True)
                elif word in GIVEN_NAMES and len(run.tokens) == 1 and word not in PLACES and _KIN.search(run.before(k)):
                    yield _mention(run, k, k, "kin", certainty="medium", given_only=True)
            k += 1


def _recurrence(run: _Run, k: int, lower: set[str]) -> Mention | None:
    """The known surname at token `k`, with an unknown given name before it; None if its neighbours speak against."""
    tokens = run.tokens
    word = plain(tokens[k].word)
    following = plain(tokens[k + 1].word) if k + 1 < len(tokens) else ""
    # A body that bears the name: "the Hale International Center". In capitals the run goes on over small words.
    behind = tokens[k + 1 : k + 2 if tokens[k].word.isupper() else k + 4]
    if any(plain(token.word) in BODY_NOUNS for token in behind):
        return None
    if following and _could_name(tokens[k + 1]) and not _is_title(tokens[k + 1]):
        return None
    if word in PLACES or (k > 0 and plain(tokens[k - 1].word).rstrip(".") in _HEADS):
        return None
    common = word in NO_NAMES or word in BODY_NOUNS or word.lower() in lower or _is_title(tokens[k])
    if common and (run.begins_sentence(k) or tokens[k].word.isupper() or k > 0):
        return None
    first = k
    while (
        first > 0
        and k - first < 3
        and run.free[first - 1]
        and tokens[first - 1].kind in {"cap", "init"}
        and _could_name(tokens[first - 1])
        and not _is_title(tokens[first - 1])
    ):
        first -= 1
    if first < k and (
        plain(tokens[first].word) in PLACES
        or (first == 0 and run.begins_sentence(0) and plain(tokens[0].word).lower() in lower)
    ):
        first = k
    if (
        first < k
        and all(token.kind == "init" for token in tokens[first:k])
        and run.begins_sentence(first)
        and first == k - 1
    ):
        first = k
    return _mention(run, first, k, "surname-seen-in-full", certainty="high" if first == k else "medium")
