"""Name classes: which names of elements or attributes a pattern is for; names as lxml has them, `{namespace}local`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class NameClass:
    """The names in `names`, or, if `wild` is given, all that it says yes to as well."""

    names: frozenset[str]
    wild: Callable[[str], bool] | None = None

    def __contains__(self, name: str) -> bool:
        """Whether it has this name."""
        return name in self.names or (self.wild is not None and self.wild(name))

    def __or__(self, other: NameClass) -> NameClass:
        """The names that either has."""
        wilds = [each.wild for each in (self, other) if each.wild is not None]
        return NameClass(self.names | other.names, _either(wilds) if wilds else None)


def any_name(but: NameClass) -> NameClass:
    """Every name that `but` has not."""
    return NameClass(frozenset(), lambda name: name not in but)


def in_namespace(namespace: str, but: NameClass) -> NameClass:
    """Every name of a namespace, which may be empty, that `but` has not."""
    return NameClass(frozenset(), lambda name: namespace_of(name) == namespace and name not in but)


def namespace_of(name: str) -> str:
    """The namespace of a name; empty if it has none.

    >>> namespace_of("{http://www.tei-c.org/ns/1.0}p"), namespace_of("p")
    ('http://www.tei-c.org/ns/1.0', '')
    """
    return name[1 : name.index("}")] if name.startswith("{") else ""


def clark(namespace: str, local: str) -> str:
    """A name as lxml has it."""
    return f"{{{namespace}}}{local}" if namespace else local


NONE = NameClass(frozenset())


def _either(wilds: list[Callable[[str], bool]]) -> Callable[[str], bool]:
    return wilds[0] if len(wilds) == 1 else lambda name: any(each(name) for each in wilds)
