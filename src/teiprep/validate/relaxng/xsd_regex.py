"""Regular expressions of XML Schema (XSD 1.0 part 2, appendix F) in those of the library `regex`."""

from __future__ import annotations

import regex

#: What a name begins with, and what else may stand in it (XML 1.0, fifth edition), as the insides of classes.
NAME_START = (
    ":A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME_REST = "\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040"
#: What stands behind a backslash, as the inside of a class, and for the capital what is not in it.
_CLASSES = {"s": " \\t\\n\\r", "d": "\\p{Nd}", "i": NAME_START, "c": NAME_START + NAME_REST}
_NOT_WORD = "\\p{P}\\p{Z}\\p{C}"
_LITERAL = frozenset("nrt\\|.?*+(){}-[]^$/")
_QUANTIFIER = regex.compile(r"[?*+]|\{[0-9]+(?:,[0-9]*)?\}")


def translate(pattern: str) -> str:
    r"""The same pattern for `regex`; it is meant for `fullmatch`. Raises ValueError where it is none.

    >>> translate("[a-z-[aeiou]]+"), translate(r"\d{2}$")
    ('(?V1)[[a-z]--[aeiou]]+', '(?V1)[\\p{Nd}]{2}\\$')
    """
    out = ["(?V1)"]
    at = 0
    repeatable = False
    while at < len(pattern):
        sign = pattern[at]
        if quantifier := _QUANTIFIER.match(pattern, at):
            if not repeatable:
                raise ValueError(f"{quantifier[0]} repeats nothing")
            out.append(quantifier[0])
            at = quantifier.end()
            repeatable = False
            continue
        if sign == "\\":
            said, at = _escape(pattern, at)
            out.append(f"[{said}]")
        elif sign == "[":
            said, at = _class(pattern, at)
            out.append(said)
        elif sign in "]{}":
            raise ValueError(f"a {sign} that belongs to nothing")
        else:
            at += 1
            out.append({".": "[^\\n\\r]", "(": "(?:", ")": ")", "|": "|"}.get(sign) or _literal(sign))
        repeatable = sign not in "(|"
    return "".join(out)


def _literal(sign: str) -> str:
    return sign if sign.isalnum() or not sign.isascii() else f"\\{sign}" if sign.isprintable() else sign


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
    out: list[str] = []
    at += 1
    negated = "^" if pattern[at : at + 1] == "^" else ""
    at += len(negated)
    while at < len(pattern):
        sign = pattern[at]
        if sign == "]" and out:
            return f"[{negated}{''.join(out)}]", at + 1
        if out and pattern.startswith("-[", at):
            less, at = _class(pattern, at + 1)
            if pattern[at : at + 1] != "]":
                raise ValueError("in a class, what is taken away stands last")
            return f"[[{negated}{''.join(out)}]--{less}]", at + 1
        one, at = _member(pattern, at)
        # A hyphen before the end, or before what is taken away, is itself.
        if pattern[at : at + 1] == "-" and pattern[at + 1 : at + 2] not in {"]", "[", ""}:
            if sign == "-" and one == "\\-":
                raise ValueError("a hyphen in a class needs a \\ before it")
            other, at = _member(pattern, at + 1)
            if len(one) > 2 or len(other) > 2:
                raise ValueError("a range of a class goes from one sign to another")
            one = f"{one}-{other}"
        out.append(one)
    raise ValueError("a [ without its ]")


def _member(pattern: str, at: int) -> tuple[str, int]:
    """One sign of a class, or one escape, and the offset behind it."""
    if pattern[at] == "\\":
        return _escape(pattern, at)
    if pattern[at] == "[":
        raise ValueError("a [ in a class needs a \\ before it")
    return _literal(pattern[at]), at + 1
