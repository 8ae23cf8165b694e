"""Running heads and feet: short lines that come again from page to page, whole or with OCR's slips."""

from __future__ import annotations

import re
from collections import deque
from itertools import starmap
from operator import ne

from .numbers import MARGIN

#: A running head is one short line.
LONGEST = 80
#: How many other heads may stand between a head and the misread form of it: left and right pages alternate.
_RECENT = 8

_ALIKE = str.maketrans("01i", "oll")


def skeleton(title: str) -> str:
    """What is left of a running head when OCR's usual confusions and all punctuation are taken out.

    >>> skeleton("THE FERRY B0OK.") == skeleton("The Ferry Book [Jan.")
    True
    """
    return re.sub(r"[^a-z]", "", MARGIN.sub("", title).lower().translate(_ALIKE).replace("rn", "m"))


def mostly_capitals(text: str) -> bool:
    """Are more than two thirds of the letters capitals?"""
    return 3 * sum(map(str.isupper, text)) > 2 * sum(map(str.isalpha, text)) > 0


def head_like(text: str) -> bool:
    """May a line be a running head: short, in capitals or with a title's capitals, and no sentence?

    >>> head_like("THE FERRY BOOK."), head_like("Of Ferries and Tolls"), head_like("He came at noon")
    (True, True, False)
    """
    if len(text) > LONGEST or text[-1] in ",;:":
        return False
    if mostly_capitals(text):
        return True
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return text[-1] not in ".!?" and len(words) > 0 and all(word[0].isupper() for word in words)


def alike(one: str, other: str) -> bool:
    """Are two skeletons the same but for a few misread letters?

    >>> alike("theferrybook", "thefekrybook"), alike("theferrybook", "thetollhouse"), alike("thelce", "thelcee")
    (True, False, True)
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 5 or len(long) - len(short) > 1 + len(short) // 8:
        return False
    if len(short) == len(long) and sum(starmap(ne, zip(one, other, strict=True))) <= 1 + len(one) // 8:
        return True
    # Letters that became two, or none: then what stands before and behind that place agrees.
    ahead = next((k for k, sign in enumerate(short) if sign != long[k]), len(short))
    behind = next((k for k in range(len(short)) if short[-1 - k] != long[-1 - k]), len(short))
    return len(long) - ahead - behind <= 1 + len(short) // 8


class Families:
    """Gathers lines that are the same but for OCR's slips: each gets the number of its family."""

    def __init__(self) -> None:
        self._exact: dict[str, int] = {}
        self._recent: deque[tuple[str, int]] = deque(maxlen=_RECENT)
        self.size: list[int] = []

    def join(self, text: str) -> int:
        """The family of `text`, which from now on belongs to it; -1 if it has too few letters for one."""
        bones = skeleton(text)
        if len(bones) < 2:
            return -1
        family = self._exact.get(bones)
        if family is None:
            family = next((known for other, known in self._recent if alike(bones, other)), None)
            if family is None:
                family = len(self.size)
                self.size.append(0)
                self._recent.append((bones, family))
            self._exact[bones] = family
        self.size[family] += 1
        return family
