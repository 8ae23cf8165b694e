"""What no grammar can say of a TEI file: each rule is a module, each kind of finding has a code.

A rule looks at a `Survey` and yields remarks. It reads no file, changes nothing, and where it is not sure it is silent.
`docs/validate.md` explains each code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import chains, characters, dates, empties, header, ids, notes, pages, pointers, register, spaces
from .pointers import Outgoing, identifiers, outgoing, resolve
from .survey import POINTERS, Survey

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from lxml import etree

    from teiprep.validate.report import Remark

__all__ = ["CODES", "POINTERS", "RULES", "Outgoing", "Rule", "Survey", "check", "identifiers", "outgoing", "resolve"]


class Rule(NamedTuple):
    """A rule, and the codes of the remarks that it can make."""

    check: Callable[[Survey], Iterator[Remark]]
    codes: tuple[str, ...]


#: All rules, in the order in which they run.
RULES = (
    Rule(ids.check, ("id-duplicate",)),
    Rule(pointers.check, ("pointer-dangling",)),
    Rule(chains.check, ("chain-broken", "chain-one-way")),
    Rule(dates.check, ("date-invalid", "date-order", "date-mixed")),
    Rule(notes.check, ("note-sequence", "reference-without-note", "note-without-reference")),
    Rule(pages.check, ("page-sequence", "page-missing")),
    Rule(register.check, ("register-dangling", "register-unused")),
    Rule(empties.check, ("element-empty",)),
    Rule(spaces.check, ("space-inside", "space-missing")),
    Rule(
        header.check,
        ("header-title", "header-responsibility", "header-publisher", "header-licence", "header-source"),
    ),
    Rule(
        characters.check,
        (
            "character-replacement",
            "character-control",
            "character-noncharacter",
            "character-private",
            "direction-controls",
        ),
    ),
)

#: The codes of all rules.
CODES = frozenset(code for rule in RULES for code in rule.codes)


def check(file: etree._Element | Survey, codes: Collection[str] = CODES) -> Iterator[Remark]:
    """What the rules say of a parsed file, as far as it has one of `codes`; a rule that cannot say these does not run.

    To ask for `identifiers` and `outgoing` too, make one `Survey(root)` and give it to all three.
    """
    survey = Survey.of(file)
    for rule in RULES:
        asked = [code for code in rule.codes if code in codes]
        if len(asked) == len(rule.codes):
            yield from rule.check(survey)
        elif asked:
            yield from (remark for remark in rule.check(survey) if remark.code in asked)
