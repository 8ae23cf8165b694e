"""The words that tell what a quotation is, by language: verbs of speech and of writing, papers, distance.

English in full; of German and French the few that print has beside nearly every quotation. A language that is not
here is read with the words of English, which do no harm there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

from teiprep.tag.common import SPEECH_VERBS, words

if TYPE_CHECKING:
    from teiprep.document import Document


class Cues(NamedTuple):
    """The cues of one language; `so_called` is searched for right before the marks."""

    said: frozenset[str]
    written: frozenset[str]
    so_called: regex.Pattern[str]


#: A word that somebody keeps at arm's length. What is merely named or mentioned ("is called “Heron”", "the word “war”")
#: is not so called in this sense (TEI, chapter CO, 3.3.3), so `called` alone is no cue.
_SO_CALLED = regex.compile(
    r"(?:\b(?:so-called|so called|self-styled|self-proclaimed|known as|nicknamed|dubbed|soi-disant|would-be)"
    r"|\bwhat\s(?:is|was|are|were|(?:he|she|it|they|we|you|people|some|others)(?:\s(?:is|are|was|were))?)"
    r"(?:\s(?:\p{Ll}+ly|pleased|fond|wont|to|of|now|then|here)){0,4}\s(?:call|calls|called|calling|term|termed|style|styled))"
    r"\s(?:(?:the|an?|his|her|its|their)\s)?$",
    regex.IGNORECASE,
)
SO_CALLED_AFTER = regex.compile(
    r",?\s(?:so[ -](?:called|termed|styled)\b"
    r"|as\s(?:he|she|they|people|some)\s(?:call|calls|called|term|terms|termed|style|styled)\s(?:it|them|him|her|themselves|himself)\b)"
)

_ENGLISH = Cues(
    SPEECH_VERBS - {"read", "wrote", "writes", "laughed", "sighed"}
    | words(
        """
        agreed assented asking answering adding advised announcing assured began begged bade bawled bellowed blurted
        boasted breathed broke called chimed chuckled coughed croaked cry crying cry demanded drawled echoed ejaculated
        enquire exclaim exclaiming explaining faltered gasped groaned growled grumbled grunted hinted hissed implored
        informed interposed joked moaned mused mumbled mutter objected observe observing panted persisted piped pleaded
        proceeded promised pronounced proposed moved protesting pursued put quavered queried questioned reasoned
        reflected remark remarking reminded repeating reply replying resumed returned roared sang saith say saying
        screamed shout shouting shrieked snapped snarled sneered sobbed spake speaking spoke stating swore tell telling
        think thinking thinks thought ventured vociferated vowed wailed whimpered whined whisper whispering yelled
        volunteered declare declaring exhorted entreated counselled prayed went cautioned corrected commanded ordered
        """
    ),
    words(
        """
        wrote write writes writing written read reads reading ran runs telegraphed telegraphs cabled wired penned
        recorded records endorsed noted resolved entered
        """
    )
    - {"noted"},
    _SO_CALLED,
)
_GERMAN = Cues(
    words(
        """
        sagte sagt sage sagten fragte fragt fragten antwortete erwiderte erwidert rief ruft riefen meinte meint
        entgegnete versetzte bemerkte erklärte flüsterte schrie murmelte wiederholte sprach spricht bat befahl begann
        entgegnet seufzte brummte unterbrach ergänzte dachte
        """
    ),
    words("schrieb schreibt schrieben geschrieben lautet lautete telegraphierte"),
    regex.compile(r"\b(?:sogenannt|so genannt|sog\.|angeblich|vermeintlich)\p{Ll}*\s$", regex.IGNORECASE),
)
_FRENCH = Cues(
    words(
        """
        dit disait dirent répondit répond répondirent demanda demande reprit fit ajouta ajoute répliqua murmura cria
        s'écria s’écria écria continua observa déclara déclare interrompit répéta s'exclama s’exclama pensa soupira
        """
    ),
    words("écrit écrivit écrivait lit lisait lut télégraphia"),
    regex.compile(r"(?:soi-disant|prétendue?s?)\s$", regex.IGNORECASE),
)
_BY_LANGUAGE = {"de": _GERMAN, "fr": _FRENCH}
#: Languages in whose print a dash at the beginning of a paragraph opens what somebody says. English is none of them.
_DASH = words("ca cs es fi fr gl hu it lt nb pl pt ro ru sv tr uk")


def language_of(document: Document) -> str:
    """The language of a document without its region (`de` for `de-AT`); English if the metadata says nothing."""
    given = document.metadata.get("language")
    return given.value.split("-")[0].lower() if given else "en"


def cues_of(language: str) -> Cues:
    """The cues of a language."""
    return _BY_LANGUAGE.get(language, _ENGLISH)


def has_dash_dialogue(language: str) -> bool:
    """Whether a dash at the beginning of a paragraph opens speech."""
    return language in _DASH


# --- papers and sources (English) -------------------------------------------------------------------------------------

#: What speaks on paper: "the letter says", "Article 3 reads".
PAPERS = words(
    """
    letter letters telegram cable cablegram despatch dispatch note notice memorandum report minute minutes entry diary
    journal book paper papers article articles resolution motion treaty act law rule statute charter inscription hand
    document passage clause clauses psalm placard poster advertisement proclamation decree order bill will deed register
    roll chronicle scripture scriptures gospel text proverb saying adage poet psalmist song ballad verse hymn epitaph
    tablet stone board label heading headline postscript preamble constitution instructions message communiqué
    manuscript line lines title-page
    """
)
#: The last words of newspapers' names.
NEWSPAPERS = words(
    """
    Advertiser Argus Chronicle Courant Courier Echo Examiner Gazette Globe Guardian Herald Intelligencer Journal Leader
    Mail Mercury News Observer Packet Post Press Record Register Republican Review Sentinel Spectator Standard Star Sun
    Telegraph Times Tribune World
    """
)
#: What a paper does besides: "the letter begins", "Article 3 runs".
PAPER_VERBS = words("begins began ends ended concludes concluded runs ran opens opened closes closed goes has states")

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
