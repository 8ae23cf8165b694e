"""Who is who within one document: mentions are brought together only where nothing speaks against it.

A full name makes a person. Two full names with one surname are one person only if their given names and initials agree.
Titles and given names tell a woman from a man. "Father Orme" or "Mrs. Hale" is not the Orme or Hale who is named
in full unless something says so. A bare surname belongs to the one person that bears it; if several do, to the one whom
a head or signature names in full, else it has no reference: a miss rather than an invention.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from teiprep.tag.common import RELIGIOUS_TITLES, slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .names import Mention


@dataclass(eq=False)
class _Someone:
    """A person while the mentions are being read; `given` is the fullest form of the given names."""

    surname: str
    given: tuple[str, ...]
    gender: str = ""
    title: str = ""  # of an order or the clergy, which alone keeps two of a surname apart
    in_head: bool = False
    id: str = ""
    forms: set[tuple[str, ...]] = field(default_factory=set)


def agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two lots of given names can be one person's: each pair is equal, or an initial fits; one may be shorter.

    >>> agree(["Ada", "M."], ["A."]), agree(["Ada"], ["Alice"])
    (True, False)
    """
    for a, b in zip(one, other, strict=False):
        short, long = sorted((a.rstrip(".").casefold(), b.rstrip(".").casefold()), key=len)
        if short != long and not (len(short) == 1 and short == long[0]):
            return False
    return True


def references(found: Sequence[Mention]) -> list[str | None]:
    """The register id for each mention, or None where it stays open who is meant."""
    people = _people(found)
    _name(people)
    by_given: dict[str, list[_Someone]] = defaultdict(list)
    for group in people.values():
        for someone in group:
            if someone.given:
                by_given[someone.given[0].casefold()].append(someone)
    out: list[str | None] = []
    for mention in found:
        if mention.surname:
            group = people[_key(mention)]
            fitting = [p for p in group if _fits(p, mention)]
            if len(fitting) > 1 and not mention.given:
                fitting = [p for p in fitting if p.in_head] or fitting
            elif len(fitting) > 1:
                fitting = [p for p in fitting if mention.given in p.forms] or fitting
            out.append(fitting[0].id if len(fitting) == 1 else None)
        else:
            bearers = by_given[mention.given[0].casefold()]
            out.append(bearers[0].id if len(bearers) == 1 else None)
    return out


def _key(mention: Mention) -> str:
    """What makes two surnames one: the last word of it, whatever the case and the accents ("de Ruyter", "Ruyter")."""
    return slug(mention.surname.split()[-1]) if mention.surname else ""


def _fits(someone: _Someone, mention: Mention) -> bool:
    if mention.gender and someone.gender and mention.gender != someone.gender:
        return False
    if not mention.given:
        # "Father Orme", "Mrs. Hale" beside an Orme and a Hale of whom nothing says that they are meant.
        if mention.title in RELIGIOUS_TITLES and mention.title != someone.title and someone.given:
            return False
        if mention.gender == "f" and someone.gender != "f" and someone.given:
            return False
    return agree(mention.given, someone.given)


def _people(found: Sequence[Mention]) -> dict[str, list[_Someone]]:
    """The persons by surname key, made from the fullest names first, so that initials find the name they abridge."""
    people: dict[str, list[_Someone]] = defaultdict(list)
    fullest = sorted(
        found,
        key=lambda m: (-sum(len(g.rstrip(".")) > 1 for g in m.given), -len(m.given), -len(m.surname), m.title == ""),
    )
    for mention in fullest:
        if not mention.surname:
            continue
        group = people[_key(mention)]
        fitting = [p for p in group if _fits(p, mention)]
        if mention.given and len(fitting) != 1:
            # None fits: a new person. Several fit ("J. Hale" beside John and James): nobody, so as to invent no third.
            if not fitting:
                group.append(_someone(mention))
        elif fitting:
            if len(fitting) == 1:
                someone = fitting[0]
                someone.gender = someone.gender or mention.gender
                someone.title = someone.title or _order(mention)
                someone.in_head = someone.in_head or (mention.in_head and bool(mention.given))
                someone.forms.add(mention.given)
        elif not mention.given and not (mention.gender == "f" and any(p.given and not p.gender for p in group)):
            group.append(_someone(mention))
    for mention in found:
        if mention.surname or not mention.given:
            continue
        if not any(p.given[:1] == mention.given[:1] for group in people.values() for p in group):
            people[""].append(_someone(mention))
    return people


def _someone(mention: Mention) -> _Someone:
    """A new person, known by this mention alone."""
    forms = {mention.given} if mention.surname and mention.given else set[tuple[str, ...]]()
    return _Someone(mention.surname, mention.given, mention.gender, _order(mention), mention.in_head, forms=forms)


def _order(mention: Mention) -> str:
    return mention.title if mention.title in RELIGIOUS_TITLES else ""


def _name(people: dict[str, list[_Someone]]) -> None:
    """Give every person an id: the surname alone if nobody shares it."""
    used: set[str] = set()
    for key, group in people.items():
        for someone in group:
            base = f"per-{slug(someone.surname or ' '.join(someone.given))}"
            if len(group) > 1 and key and someone.given:
                namesakes = sum(other.given[:1] == someone.given[:1] for other in group)
                base += f"-{slug(' '.join(someone.given) if namesakes > 1 else someone.given[0])}"
            elif len(group) > 1 and key and someone.title:
                base += f"-{slug(someone.title)}"
            elif len(group) > 1 and key and someone.gender == "f":
                base += "-mrs"
            name, count = base, 1
            while name in used:
                count += 1
                name = f"{base}-{count}"
            used.add(name)
            someone.id = name
