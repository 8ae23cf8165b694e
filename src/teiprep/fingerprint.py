"""A few bytes about a text that name the one word that was changed in it, without holding the text.

For the words w₁ … wₙ a fingerprint keeps n, Σ h(wⱼ) and Σ j·h(wⱼ) modulo a prime. If one word became another, both sums
moved, and the second moved j times as far as the first. If a word came in or went out, one walk over the words finds
the place where both sums fit. White space is no part of a word; a checksum of the whole text sees it.
"""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from itertools import count
from operator import mul
from typing import NamedTuple

#: A Mersenne prime: sums stay below 16 hexadecimal digits, and a chance fit is as unlikely as two in a quintillion.
PRIME = 2**61 - 1


class Fingerprint(NamedTuple):
    """How many words, the two sums modulo PRIME, and the CRC-32 of the UTF-8 text."""

    words: int
    plain: int
    weighted: int
    crc: int

    def __str__(self) -> str:
        """The form that a sidecar holds: JSON's numbers are not safe above 2⁵³."""
        return f"{self.words}:{self.plain:x}:{self.weighted:x}:{self.crc:08x}"

    @classmethod
    def parse(cls, text: str) -> Fingerprint:
        """The fingerprint written as `text`. Raises ValueError for anything else.

        >>> Fingerprint.parse(str(fingerprint("Not printed."))) == fingerprint("Not printed.")
        True
        """
        words, plain, weighted, crc = text.split(":")
        return cls(int(words), int(plain, 16), int(weighted, 16), int(crc, 16))


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of `text`.

    >>> fingerprint("Not printed.").words
    2
    """
    words = plain = weighted = 0
    for line in text.split("\n"):  # all words of a volume at once would take ten times its room
        hashes = _hashes(line.split())
        plain += sum(hashes)
        weighted += sum(map(mul, hashes, count(words + 1)))
        words += len(hashes)
    return Fingerprint(words, plain % PRIME, weighted % PRIME, zlib.crc32(text.encode("utf-8", "surrogatepass")))


def locate(text: str, expected: Fingerprint) -> str | None:
    """What is different in `text` from the text that `expected` was taken of; None if nothing is.

    >>> locate("to see Tul again", fingerprint("to see Tull again"))
    'word 3, “Tul”, is not the word that was here'
    >>> locate("to see again", fingerprint("to see Tull again"))
    'a word is missing after word 2, “see”'
    >>> locate("to see old Tull again", fingerprint("to see Tull again"))
    'word 3, “old”, was put in'
    >>> locate("to see  Tull again", fingerprint("to see Tull again"))
    'the words are the same, the white space between them is not'
    """
    found = fingerprint(text)
    if found == expected:
        return None
    words = text.split()
    if found[:3] == expected[:3]:
        return "the words are the same, the white space between them is not"
    plain = (found.plain - expected.plain) % PRIME
    weighted = (found.weighted - expected.weighted) % PRIME
    if found.words == expected.words:
        j = weighted * pow(plain, -1, PRIME) % PRIME if plain else 0
        if 1 <= j <= len(words):
            return f"word {j}, “{words[j - 1]}”, is not the word that was here"
        return "several words are not those that were here"
    hashes = _hashes(words)
    if found.words == expected.words + 1 and (j := _put_in(hashes, plain, weighted)):
        return f"word {j}, “{words[j - 1]}”, was put in"
    if found.words == expected.words - 1 and (j := _taken_out(hashes, -plain % PRIME, -weighted % PRIME)):
        return f"a word is missing after word {j - 1}, “{words[j - 2]}”" if j > 1 else "the first word is missing"
    return f"it has {found.words} words, and should have {expected.words}"


@lru_cache(2**16)  # most words have been seen before, in this document or another
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") % PRIME


def _hashes(words: list[str]) -> list[int]:
    return list(map(_hash, words))


def _put_in(hashes: list[int], plain: int, weighted: int) -> int:
    """The number of the word without which both sums would be right, or 0."""
    behind = 0  # Every word behind the extra one is counted one place too far: that adds its hash once more.
    for j in range(len(hashes), 0, -1):
        value = hashes[j - 1]
        if value == plain and (j * value + behind) % PRIME == weighted:
            return j
        behind += value
    return 0


def _taken_out(hashes: list[int], plain: int, weighted: int) -> int:
    """The number that the missing word, whose hash must be `plain`, had; or 0."""
    behind = 0
    for j in range(len(hashes) + 1, 0, -1):
        if (j * plain + behind) % PRIME == weighted:
            return j
        if j > 1:
            behind += hashes[j - 2]
    return 0
