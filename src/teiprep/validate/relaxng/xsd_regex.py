"""Regular expressions of XML Schema (XSD 1.0 part 2, appendix F) in those of the library `regex`."""

from __future__ import annotations

_NAME_START = "_:\\p{L}\\p{Nl}"
_NAME = _NAME_START + "\\p{Nd}\\p{Mc}\\p{Me}\\p{Mn}\\p{Lm}.\\-\u00b7"
#: What stands behind a backslash, as the inside of a class, and for the capital what is not in it.
_CLASSES = {"s": " \\t\\n\\r", "d": "\\p{Nd}", "i": _NAME_START, "c": _NAME}
_NOT_WORD = "\\p{P}\\p{Z}\\p{C}"
_LITERAL = frozenset("nrt\\|.?*+(){}-[]^$")
#: Signs that `regex` reads as something else than XML Schema does: outside of a class, and within one.
_OUTSIDE = frozenset("^$")
_WITHIN = frozenset("[&|~#")


def translate(pattern: str) -> str:
    r"""The same pattern for `regex`; it is meant for `fullmatch`. Raises ValueError where it breaks off.

    >>> translate("[a-z-[aeiou]]+"), translate(r"\d{2}$")
    ('(?V1)[a-z--[aeiou]]+', '(?V1)[\\p{Nd}]{2}\\$')
    """
    out = ["(?V1)"]
    at = 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            said, at = _escape(pattern, at)
            out.append(f"[{said}]" if said[:1] != "\\" or said[1:2] in "pP" else said)
        elif sign == "[":
            said, at = _class(pattern, at)
            out.append(said)
        else:
            out.append(
                "[^\\n\\r]" if sign == "." else f"\\{sign}" if sign in _OUTSIDE else "(?:" if sign == "(" else sign
            )
            at += 1
    return "".join(out)


def _escape(pattern: str, at: int) -> tuple[str, int]:
    """What stands at a backslash, so that it can stand in a class, and the offset behind it."""
    sign = pattern[at + 1 : at + 2]
    if sign in {"p", "P"}:
        end = pattern.find("}", at)
        if pattern[at + 2 : at + 3] != "{" or end < 0:
            raise ValueError(f"\\{sign} without its {{…}}")
        name = pattern[at + 3 : end]
        if name.startswith("Is"):  # a block, which `regex` writes with In
            name = f"In{name[2:]}"
        return f"\\{sign}{{{name}}}", end + 1
    if sign in _CLASSES:
        return _CLASSES[sign], at + 2
    if sign.lower() in _CLASSES and sign:
        return f"[^{_CLASSES[sign.lower()]}]", at + 2
    if sign in {"w", "W"}:
        return f"[^{_NOT_WORD}]" if sign == "w" else _NOT_WORD, at + 2
    if sign not in _LITERAL or not sign:
        raise ValueError(f"\\{sign} means nothing")
    return f"\\{sign}", at + 2


def _class(pattern: str, at: int) -> tuple[str, int]:
    """A class in square brackets, and the offset behind it."""
    out = ["["]
    at += 1
    if pattern[at : at + 1] == "^":
        out.append("^")
        at += 1
    while at < len(pattern):
        sign = pattern[at]
        if sign == "]":
            return "".join(out) + "]", at + 1
        if sign == "\\":
            said, at = _escape(pattern, at)
            out.append(said)
        elif pattern.startswith("-[", at):
            said, at = _class(pattern, at + 1)
            out.append(f"--{said}")
        else:
            out.append(f"\\{sign}" if sign in _WITHIN or (sign == "-" and out[-1] == "-") else sign)
            at += 1
    raise ValueError("a [ without its ]")
