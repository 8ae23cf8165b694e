"""Makes src/teiprep/segment/compounds.py: which words keep their hyphen, counted in a large collection of English.

    python tests/lists/hyphenated.py COLLECTION.jsonl.gz > src/teiprep/segment/compounds.py

The collection has one JSON object in a line, with the text under `text`. Its lines may not be broken by hyphens.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

#: A compound is taken that occurs so often, and not seldomer than the same word in one.
OFTEN = 3
#: A first part is taken that makes so many compounds, and so many times as many as words in one (the rest a word too).
MANY, TIMES = 7, 12
#: A word counts as known if it occurs so often.
KNOWN = 3

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_HEAD = '''"""Words that keep their hyphen. Made by tests/lists/hyphenated.py: do not edit by hand.

Counted in 8,283 documents (45 million characters) of *Foreign Relations of the United States*, 1952-1980: Office of the
Historian, US Department of State; joewiz/frus at dd8d0769. Works of the US Government, in the public domain (CC0).
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())

'''


def count(path: Path) -> Counter[str]:
    """How often each word occurs that is all in small letters: of capitals (`Anglo-Soviet`) the rule takes care."""
    words: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            words.update(_WORD.findall(json.loads(line)["text"].replace("\u2010", "-").replace("\u2011", "-")))
    return Counter({word: n for word, n in words.items() if word.islower()})


def compounds(words: Counter[str]) -> set[str]:
    """The words of two parts whose hyphen is the rule."""
    return {
        word
        for word, n in words.items()
        if n >= OFTEN
        and min(map(len, word.split("-"))) > 1
        and word.count("-") == 1
        and n >= words[word.replace("-", "")]
    }


def firsts(words: Counter[str]) -> tuple[set[str], set[str]]:
    """The first parts that take a hyphen before nearly any word; and the words in one that begin like them."""
    known = {word for word, n in words.items() if "-" not in word and n >= KNOWN and len(word) > 2}
    with_hyphen: defaultdict[str, set[str]] = defaultdict(set)
    for word, n in words.items():
        first, hyphen, second = word.partition("-")
        if hyphen and n > 1 and second in known and len(first) > 2:
            with_hyphen[first].add(second)
    in_one: Counter[str] = Counter()
    for word in known:
        for k in range(3, len(word) - 2):
            if word[k:] in known and word[k:] not in with_hyphen[word[:k]]:
                in_one[word[:k]] += 1
    chosen = {first for first, rest in with_hyphen.items() if len(rest) >= MANY and len(rest) >= TIMES * in_one[first]}
    closed = {word for word in known for k in range(3, len(word) - 1) if word[:k] in chosen}
    return chosen, closed


def _written(name: str, about: str, words: set[str]) -> str:
    lines = [f"\n#: {about}", f'{name} = _words(\n    """']
    line = "   "
    for word in sorted(words):
        if len(line) + len(word) > 118:
            lines.append(line)
            line = "   "
        line += " " + word
    return "\n".join([*lines, line, '    """\n)\n'])


def main() -> None:
    """Print the module."""
    words = count(Path(sys.argv[1]))
    chosen, closed = firsts(words)
    sys.stdout.write(_HEAD)
    sys.stdout.write(_written("COMPOUNDS", "Compounds that are written with the hyphen.", compounds(words)))
    sys.stdout.write(_written("FIRSTS", "First parts that take a hyphen before nearly any word.", chosen))
    sys.stdout.write(_written("CLOSED", "Words in one that begin like a word of FIRSTS.", closed))


if __name__ == "__main__":
    main()
