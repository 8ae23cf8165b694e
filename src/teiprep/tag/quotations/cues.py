"""The words that tell what a quotation is, by language: verbs of speech and of writing, papers, distance, mention.

English in full; of German and French the few that print has beside nearly every quotation. A language that is not
here is read with the words of English, which do no harm there. The patterns with `(?r)` are read backwards from the
opening mark, which costs nothing where the word before it is another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

from teiprep.tag.common import SPEECH_VERBS_OF, words

if TYPE_CHECKING:
    from teiprep.document import Document


class Cues(NamedTuple):
    """The cues of one language.

    `said` are verbs of speech, `written` those of writing, and `verbs` both. `papers` are nouns that may be the subject
    of any of `paper_verbs`, with a small letter or a capital. The patterns end right before the marks. `within` tells
    whether the narrator interrupts within the marks.
    """

    said: frozenset[str]
    written: frozenset[str]
    verbs: frozenset[str]
    papers: frozenset[str]
    paper_verbs: frozenset[str]
    so_called: regex.Pattern[str]
    mentioned: regex.Pattern[str]
    glossed: regex.Pattern[str]
    within: bool


_Pattern = regex.Pattern[str]


def _cues(
    language: str, lists: tuple[str, str, str], patterns: tuple[_Pattern, _Pattern, _Pattern], *, within: bool = False
) -> Cues:
    """The cues of `language`; `lists` are verbs of writing, papers, and what these do besides."""
    said = SPEECH_VERBS_OF[language]
    written, papers, paper_verbs = map(words, lists)
    verbs = said | written
    papers |= {noun.capitalize() for noun in papers}
    return Cues(said, written, verbs, papers, verbs | paper_verbs, *patterns, within)


# --- English ----------------------------------------------------------------------------------------------------------

#: Verbs of naming.
_NAMING = r"(?:call|calls|called|calling|term|terms|termed|style|styles|styled)"
#: A word that somebody keeps at arm's length. What is merely named ("is called “Heron”") is not so called in this sense
#: (TEI, chapter CO, 3.3.3), so `called` alone is no cue.
_SO_CALLED = regex.compile(
    r"(?r)(?:\b(?:[Ss]o[- ]called|[Ss]elf-(?:styled|proclaimed|appointed)|known\sas|nicknamed|dubbed"
    r"|soi-disant|would-be)"
    rf"|\b[Ww]hat\s(?:[\p{{L}}’'.-]+\s){{1,7}}?{_NAMING}"
    rf"|\b(?:pleased|fond|wont)\s(?:to|of)\s{_NAMING}(?:\s(?:it|him|them|(?:his|her|its|their|the|this|that|an?)\s[\p{{L}}’'-]+))?"
    r"|\b(?:[Tt]h(?:e|is|at|ese|ose)|[Aa]n?|[Hh](?:is|er)|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y|some|any|such|of|by|from)\s(?:\p{Ll}+\s)?"
    r"(?:alleged|pretended|supposed|ostensible|professed)"
    r"|\b[Uu]nder\s(?:the|an?)\s(?:\p{Ll}+\s)?(?:name|pretence|pretense|guise|pretext|cloak|colou?r|designation)\sof)"
    r"\s(?:(?:the|an?|his|her|its|their)\s)?"
)
SO_CALLED_AFTER = regex.compile(
    r",?\s(?:so[ -](?:called|termed|styled)\b"
    rf"|as\s(?:[\p{{L}}’'.-]+\s){{1,6}}?{_NAMING}\s(?:it|them|him|her|themselves|himself)\b)"
)
#: What names a word, or a few: "the word “debt”". Who closes "with the words “…”" speaks them.
_MENTIONED = regex.compile(
    r"(?r)(?:(?<!\b(?:with|in|by|these|those)\s)\b[Tt]he\s(?:[\p{L}-]+\s)?(?:words|(?P<term>terms)|letters)"
    r"|\b(?:[Tt]h(?:e|is|at|ese|ose)|[Bb]oth)\s(?:[\p{L}-]+\s)?(?:\p{Lu}\p{L}+\s)?(?:word|(?P<term>term)|letter|verbs?|nouns?|pronouns?"
    r"|adjectives?|adverbs?|prepositions?|conjunctions?|participles?|particles?|phrases?|expressions?|epithets?"
    r"|syllables?|prefix|suffix|vowels?|consonants?|diphthongs?))\s"
)
#: What explains the word before. "He means “never”" and "by all means" explain nothing.
_GLOSSED = regex.compile(
    r"(?r)(?:\bi\.\s?e\.,?|(?P<that>\bthat\sis\sto\ssay,?|[,(;—]\s?that\sis,?)|\b(?:meaning|signifying|literally),?"
    r"|(?<!\b(?:he|she|it|they|we|you|I|this|that|who|all|no|any|other|by|a|what)\s)(?:means|signifies))\s",
    regex.IGNORECASE,
)
_ENGLISH = _cues(
    "en",
    (
        """
        wrote write writes writing written read reads reading ran runs telegraphed telegraphs cabled wired penned
        recorded records endorsed resolved entered
        """,
        """
        letter letters telegram cable cablegram despatch dispatch note notice memorandum report minute minutes entry
        diary journal book paper papers article articles resolution motion treaty act law rule rules statute charter
        inscription hand document passage clause clauses psalm placard poster advertisement proclamation decree order
        bill will deed register roll chronicle scripture scriptures gospel text proverb saying adage poet psalmist
        song ballad verse hymn epitaph tablet stone board label heading headline postscript preamble constitution
        instructions message communiqué manuscript line lines title-page section sections paragraph schedule covenant
        agreement convention protocol lease grant writ warrant certificate indenture codicil petition ordinance
        edict bulletin pamphlet catalogue inventory ledger sign caption legend motto sign-board editorial leader
        transcript account version chapter chapters page regulation regulations by-law by-laws conveyance terrier survey
        """,
        """
        begins began ends ended concludes concluded runs ran opens opened closes closed states provides
        provided enacts enacted requires required describes described mentions mentions mentioned speaks calls refers
        referred defines defined forbids forbade prescribes prescribed contains contained lists listed notes grants
        granted reports directs directed orders permits permitted recites recited stipulates stipulated
        guarantees guaranteed ordains ordained commands commanded note record state describe mention provide say
        require styles styled terms termed announces bears bore proclaims proclaimed urges records
        """,
    ),
    (
        _SO_CALLED,
        _MENTIONED,
        _GLOSSED,
    ),
)

# --- German and French ------------------------------------------------------------------------------------------------

_GERMAN = _cues(
    "de",
    (
        "schrieb schreibt schrieben geschrieben lautet lautete lauten heißt heisst hieß steht telegraphierte",
        """
        Brief Telegramm Depesche Bericht Buch Artikel Gesetz Vertrag Urkunde Inschrift Zettel Schild Tagebuch Register
        Verordnung Erlaß Erlass Beschluß Beschluss Paragraph Protokoll Testament Spruch Sprichwort Schreiben Note
        Absatz Satzung Verfassung Bekanntmachung
        """,
        """
        bestimmt bestimmte besagt besagte verfügt verfügte lautet lautete nennt nannte erwähnt erwähnte beschreibt
        beschrieb bezeichnet bezeichnete fordert verbietet verbot meldet meldete enthält enthielt spricht
        """,
    ),
    (
        regex.compile(
            r"(?r)\b(?:sogenannt|so genannt|sog\.|angeblich|vermeintlich|selbsternannt)\p{Ll}*\s", regex.IGNORECASE
        ),
        regex.compile(
            r"(?r)\b(?:[Dd](?:as|ie|er|em|en|es)|[Dd]iese[snmr]?)\s(?:\p{Ll}+\s)?(?:Wort|Wortes|Worte|Wörter|Ausdruck|Ausdrucks"
            r"|(?P<term>Begriffs?)|Zeitwort|Verb|Hauptwort|Substantiv|Silbe|Buchstabe|Vorsilbe|Beiwort|Redensart|Wendung)\s"
        ),
        regex.compile(
            r"(?r)(?:\bd\.\s?h\.,?|(?P<that>,\sdas\sheißt,?)|\b(?:bedeutet|bedeutete|wörtlich),?)\s", regex.IGNORECASE
        ),
    ),
)
_FRENCH = _cues(
    "fr",
    (
        "écrit écrivit écrivait lit lisait lut télégraphia porte portait",
        """
        lettre lettres dépêche télégramme note article loi traité charte acte inscription billet affiche livre journal
        registre décret ordonnance arrêté clause proverbe testament procès-verbal rapport texte écriteau préambule
        """,
        """
        dispose disposait stipule stipulait porte portait mentionne mentionnait décrit décrivait parle parlait exige
        interdit défend appelle appelait déclare prescrit contient contenait rapporte signale
        """,
    ),
    (
        regex.compile(r"(?r)\b(?:soi-disant|prétendue?s?)\s", regex.IGNORECASE),
        regex.compile(
            r"(?r)\b(?:[Ll]es?|[Cc]e|[Ll]a|[Cc]ette|[Dd]u|[Dd]es|[Aa]u)\s(?:\p{Ll}+\s)?(?:mots?|(?P<term>terme)|verbe|substantif|adjectif|adverbe|syllabe"
            r"|lettre|locution)\s|\b[LlDd]['’](?:expression|adjectif|adverbe|épithète)\s"
        ),
        regex.compile(
            r"(?r)(?:(?P<that>\bc['’]est-à-dire,?)|\b(?:signifie|signifiait|littéralement),?)\s", regex.IGNORECASE
        ),
    ),
    within=True,
)
_BY_LANGUAGE = {"de": _GERMAN, "fr": _FRENCH}
#: Languages in whose print a dash at the beginning of a paragraph opens what somebody says. In the others, but for
#: English, it does where a verb of speech follows.
_DASH = words("ca cs es fi fr gl hu it lt nb pl pt ro ru sv tr uk")


def language_of(document: Document) -> str:
    """The language of a document without its region (`de` for `de-AT`); English if the metadata says nothing."""
    given = document.metadata.get("language")
    return given.value.split("-")[0].lower() if given else "en"


def cues_of(language: str) -> Cues:
    """The cues of a language."""
    return _BY_LANGUAGE.get(language, _ENGLISH)


def has_dash_dialogue(language: str) -> bool:
    """Whether a dash at the beginning of a paragraph opens speech, whatever follows."""
    return language in _DASH


# --- sources (English) ------------------------------------------------------------------------------------------------

#: What tells that a note, or a bracket, says where words come from.
_PLACE = (
    r"\b[Ii]bid\b|\b[Ii]dem\b|\b(?:op|loc|art)\.\s?cit\b|\bpp?\.\s?\d|\bf(?:ol|f|o)s?\.\s?\d|\bvols?\.\s?[\divxlc]|\bch(?:ap)?\.\s?[\divxlc]"
    r"|\bbk\.\s?[\divx]|\b(?:No|Nos)\.\s?\d|\bMSS?\b|§\s?\d|\bll?\.\s?\d"
)
CITES = regex.compile(
    rf"{_PLACE}|\b\d{{4}}\),?\s(?:p\.\s)?\d|,\s(?:1[5-9]|20)\d\d(?:,|\.)|\b(?:Papers|Records|Archives?|Manuscripts?|Collection|Register"
    r"|Telegram|telegram|Despatch|despatch|Hansard|Diary|diary|Journal|History|Letters|Memoirs)\b.{0,80}\d|\bto\s\p{Lu}.{2,60}\d{4}"
)
#: In brackets, or behind a comma, right after the marks.
CITED_AFTER = regex.compile(
    rf"[,.]?\s[(\[](?=[^()\[\]]{{2,80}}[)\]])[^()\[\]]{{0,60}}?(?:{_PLACE}|\p{{Lu}}\p{{L}}+\.?\s(?:\d{{1,3}}|[ivxlc]+)[.:]\s?\d"
    r"|\p{Lu}\p{L}+,?\s(?:1[5-9]|20)\d\d[a-z]?(?:[,:]\s?\d+)?\s?[)\]]|\p{Lu}[\p{L} ]+,\s\d{1,4}\s?[)\]])"
)
#: The author behind a dash, as below a motto: “…” —Tull.
SIGNED_AFTER = regex.compile(r"\s?[—–]\s?\p{Lu}[\p{L}.’' -]{1,50}(?:,[^“”\"]{1,40})?$")
