"""Computes `src/teiprep/clean/words.txt.gz`, the word list by which misread words are known and corrected.

    python tests/lists/words.py SCOWL COUNTS TEXTS… > words.txt.gz

SCOWL is the folder of SCOWL's final lists (Debian's package `scowl`), COUNTS a list with a word and its count in each
line (the English frequency dictionary of `symspellpy`), each of TEXTS a gzipped file of JSON lines with a key `text`
(US diplomatic papers). Sources and licences: words.md beside the list. The same input gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
from collections import Counter
from pathlib import Path

from teiprep.clean.misread import readings

#: SCOWL's lists hold a word's rarity in their name: 10 the commonest, 95 whatever was ever printed.
_RAREST = 80
#: Up to here a word may be what was printed though it is not frequent.
_COMMON = 60
_LISTS = re.compile(
    r"(?:english|american|british|british_z|canadian|australian|variant|.*_variant)_?\d?-(words|upper|proper-names|contractions|abbreviations)\.(\d\d)"
)
_WORD = re.compile(r"[A-Za-z]+")
_INSIDE_SENTENCE = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+")
#: In how many documents a form must stand to be a word on that ground.
_DOCUMENTS = 5
#: How many times as frequent the other reading must be for a form of the texts to be taken for a misreading of it.
_MISREAD = 200


def main(scowl: Path, counts: Path, texts: list[Path]) -> None:
    """Write the list to standard output: blocks parted by a blank line, known words first, then by frequency."""
    listed: dict[str, int] = {}
    for path in sorted(scowl.iterdir()):
        if (match := _LISTS.fullmatch(path.name)) and int(match[2]) <= _RAREST:
            for line in path.read_text("iso8859-1").split():
                # Of `wouldn't` the text has `wouldn`; the genitives of names have nothing new.
                word = line.partition("'")[0] if match[1] == "contractions" or line.endswith("'s") else line
                if _WORD.fullmatch(word) and len(word) > 1:
                    listed[word] = min(int(match[2]), listed.get(word, 99))
    books = {word: int(count) for word, count in (line.split() for line in counts.read_text("utf-8-sig").splitlines())}
    used, documents, inside = _used(texts)
    all_books, all_used = sum(books.values()), sum(used.values())
    lower: Counter[str] = Counter()
    for word, count in used.items():
        lower[word.lower()] += count

    def zipf(word: str) -> float:
        """The decimal logarithm of the occurrences among 10^9 words, the mean of both sources."""
        share = (books.get(word, 0) / all_books + lower[word] / all_used) / 2
        return math.log10(share * 1e9) if share else 0

    known = set(listed) | {word for word in books if _WORD.fullmatch(word) and len(word) > 1}
    known |= {word for word, count in documents.items() if count >= _DOCUMENTS}
    for word in sorted(known):
        doubtful = listed.keys().isdisjoint({word, word.lower()}) and word not in books
        bar = max(zipf(word.lower()), 0.5) + math.log10(_MISREAD)
        if doubtful and any(zipf(other) > bar for other, _ in readings(word.lower(), 1)):
            known.discard(word)
    frequent: dict[str, int] = {}
    for word in known:
        capital = word[0].isupper()
        if capital and inside[word] < max(_DOCUMENTS, lower[word.lower()] / 10):
            continue  # a word of which the capital says nothing
        if not capital and used[word] < lower[word] / 10 and listed.get(word, 99) > 60:
            continue  # a name that somebody wrote small
        if word not in listed and documents[word] < 4 * _DOCUMENTS:
            continue
        value = int(zipf(word.lower()))
        if value >= 3 or (word in listed and listed[word] <= _COMMON and not capital and len(word) > 5):
            frequent[word] = min(max(value, 2), 6)
    rare = {word for word in known - frequent.keys() if word.lower() not in frequent and _resembles(word, frequent)}
    blocks = [sorted(rare)]
    blocks += [sorted(word for word, value in frequent.items() if value == level) for level in (2, 3, 4, 5, 6)]
    data = "\n\n".join("\n".join(block) for block in blocks).encode()
    sys.stdout.buffer.write(gzip.compress(data, 9, mtime=0))


def _resembles(word: str, frequent: dict[str, int]) -> bool:
    """Whether a frequent word could be misread as this one, also with the number of a note behind it."""
    if any(word + letter in frequent or word.lower() + letter in frequent for letter in "lio"):
        return True
    others = {reading for form in {word, word.lower()} for count in (1, 2) for reading, _ in readings(form, count)}
    with_s = (word.lower().replace("f", "s", count) for count in range(1, 4)) if "f" in word[:-1] else ()
    return any(other in frequent or other.lower() in frequent for other in (*others, *with_s))


def _used(texts: list[Path]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each form occurs, in how many documents, and how often with a capital inside a sentence."""
    used: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for path in texts:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                found = Counter(_WORD.findall(text))
                used.update(found)
                documents.update(word for word in found if len(word) > 2 and not word.isupper())
                inside.update(_INSIDE_SENTENCE.findall(text))
    return used, documents, inside


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(each) for each in sys.argv[3:]])
