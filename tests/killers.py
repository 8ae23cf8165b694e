"""Texts that a rule with a careless pattern would take for ever on; each is a function of its length in characters.

The words are ours. `volume` is no killer but what a long book looks like: pages, heads, notes, letters.
"""

WORDS = "The boats were counted twice that day by the harbour master and his son. "
NAMES = "On 3 May 1921 Mr. John Tull told Captain Pike, “I have seen the boats,” and left for Hale. "


def _repeated(unit):
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def _numbered(template):
    """`template` once for each number from 1 on, until there is enough."""

    def text(size):
        parts, length, number = [], 0, 0
        while length < size:
            number += 1
            parts.append(template.format(n=number))
            length += len(parts[-1])
        return "".join(parts)

    return text


def _listed(body, note):
    """As many notes as there are references, all in a list at the end."""

    def text(size):
        count = size // len(body.format(n=10000) + note.format(n=10000)) + 1
        numbers = range(1, count + 1)
        return "".join(body.format(n=n) for n in numbers) + "\n\n" + "".join(note.format(n=n) for n in numbers)

    return text


def _nested(opening, closing):
    return lambda size: opening * (size // 2) + "boats" + closing * (size // 2)


def volume(size):
    """Letters on numbered pages, each page with notes at its foot: a text of at least `size` characters."""
    parts, length, page = [], 0, 0
    while length < size:
        page += 1
        lines = [f"[Page {page}]", ""]
        if page % 5 == 1:
            lines += [f"{page // 5 + 1}. Mr. Tull to Captain Pike", "", f"Leeds, {page % 28 + 1} May 1861.", ""]
            lines += ["Dear Sir:", ""]
        for number in (1, 2, 3):
            said = f"{NAMES}{WORDS}{WORDS}Nobody asked Mr. Dole{'¹²³'[number - 1]} about the price of page {page}."
            lines += [*_wrapped(f"{said} {WORDS * 4}".strip(), 72), ""]
        if page % 5 == 0:
            lines += ["I am, Sir, your obedient servant,", "", "J. TULL", ""]
        lines += [f"{'¹²³'[number - 1]} Thorne, History of the Boats, {page + number}." for number in (1, 2, 3)]
        parts.append("\n".join([*lines, "", ""]))
        length += len(parts[-1])
    return "".join(parts)


def _wrapped(text, width):
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


KILLERS = {
    # One sign, or a few, over and over, in one line.
    **{
        name: _repeated(unit)
        for name, unit in {
            "capitals": "A",
            "small letters": "a",
            "digits": "7",
            "dots": ".",
            "dots with spaces": ". ",
            "marks": "!?",
            "open brackets": "[",
            "open parentheses": "(",
            "closing brackets": "]",
            "opening quotes": "“",
            "quotes with words": "“a ",
            "straight quotes": '"',
            "straight quotes with words": '"a ',
            "apostrophes": "'",
            "apostrophes with words": "'tis ",
            "asterisks": "*",
            "asterisks with words": "a* ",
            "emphasis": "*a* ",
            "bold": "**a** ",
            "low lines": "_",
            "hyphens": "-",
            "dashes": "—",
            "spaces": " ",
            "tabs": "\t",
            "no-break spaces": "\u00a0",
            "superscripts": "¹",
            "superscripts with words": "boat¹ ",
            "superscripts, all": "a¹ b² c³ d⁴ ",
            "glued digits": "boat1 ",
            "bracketed digits": "boat[1] ",
            "parenthesised digits": "boat(1) ",
            "daggers": "boat† ",
            "page markers in a line": "[Page 3] boats ",
            "open page markers": "[Page ",
            "Mr.": "Mr. ",
            "Mr. with names": "Mr. Tull, ",
            "initials": "A. ",
            "capital words": "Boat ",
            "words in capitals": "BOAT ",
            "name particles": "von ",
            "months": "May ",
            "years": "in 1921 ",
            "numbers": "1 ",
            "days": "3 May ",
            "amounts": "£1,234 ",
            "ampersands": "&",
            "entities": "&amp;",
            "open tags": "<",
            "tags": "<b>",
            "hashes": "#",
            "backslashes": "\\",
            "escapes": "\\*",
            "equals": "=",
            "mojibake": "â€œ",
            "mojibake, broken": "Ã",
            "replacement characters": "\ufffd",
            "ligatures": "ﬁ",
            "long s": "ſ",
            "soft hyphens": "a\u00ad",
            "zero width": "a\u200b",
            "bidi": "a\u202e",
            "combining": "a\u0301",
            "han": "漢字",
            "ideographic spaces": "\u3000",
            "control characters": "a\x01",
            "citations": "Ibid., p. 4; ",
            "letters of a date": "January 1 ",
            "ditto": ", ",
            "one long line": NAMES,
            "one long sentence": "the boats and the harbour and ",
            "quotations in a paragraph": "“I saw it,” said Mr. Hale. ",
        }.items()
    },
    # Lines.
    **{
        name: _repeated(unit)
        for name, unit in {
            "blank lines": "\n",
            "carriage returns": "\r",
            "form feeds": "\f",
            "short pages": "a\f",
            "lines of one letter": "a\n",
            "paragraphs of one letter": "a\n\n",
            "heads": "THE BOATS\n\n",
            "the same page marker": "[Page 3]\n\n",
            "hyphenated lines": "har-\n",
            "hyphen lines": "-\n",
            "asterisk lines": "* * *\n\n",
            "bullets": "* boats\n",
            "columns": "a  b  c\n",
            "pipes": "| a | b |\n",
            "quoted lines": "> boats\n",
            "hash lines": "# Boats\n\n",
            "verse": "The boats went out,\nthe boats came in;\n\n",
            "letters": "Dear Sir:\n\nBoats.\n\nYours truly,\nJ. TULL\n\n",
            "salutes": "Dear Sir:\n\n",
            "signatures": "J. TULL\n\n",
            "datelines": "Leeds, 3 May 1861.\n\n",
            "the same item": "1. boats\n",
            "the same note": "boats¹\n\n¹ Thorne.\n\n",
            "Roman lines": "XIV\n\n",
            "lines that end in spaces": "boats   \n",
            "chapters": "CHAPTER V\n\n",
            "number lines": "12\n\n",
            "running heads": f"RAGS AND WATER\n\n{WORDS}\n\f",
            "crlf": "boats\r\n",
            "note of another": "* Boats.*\n\n",
        }.items()
    },
    **{
        name: _numbered(template)
        for name, template in {
            "page markers": "[Page {n}]\n\nThe boats\n\n",
            "page markers that cut": "[Page {n}] the boats and\n",
            "page feet": f"{WORDS}\n\n{{n}}\n\n\f",
            "page heads": f"{{n}} RAGS AND WATER\n\n{WORDS}\n\f",
            "notes at feet": "Boats of the harbour¹ and\n\n¹ Thorne, {n}.\n\n[Page {n}]\n\nof the town.\n\n",
            "items": "{n}. boats\n",
            "item paragraphs": "{n}. Of the boats\n\n",
            "superscript numbers": "boats in line {n}¹²\n",
            "persons": "Mr. Tull{n} and Miss A{n} Hale. ",
            "person lines": "Mr. Person{n} Tull\n\n",
            "quotations": "“The boats of year {n},” he said. ",
            "dates": "On {n} May 1861 it rained. ",
            "list of markdown notes": "boats[^{n}]\n\n[^{n}]: Thorne.\n\n",
            "numbered heads": "CHAPTER {n}\n\nThe boats were counted.\n\n",
        }.items()
    },
    "notes in a list": _listed("boat{n} ", "{n}. Thorne.\n"),
    "notes in a list, bracketed": _listed("boats[{n}] ", "[{n}] Thorne.\n"),
    "notes in a list, superscript": lambda size: _listed("boats{n} ", "{n} Thorne.\n")(size).translate(
        str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    ),
    "notes that cite": _listed("boats[{n}] ", "[{n}] Ada Hale, Moor {n} (York, 1901), p. {n}; Hale, Moor {n}, p. 4.\n"),
    "notes without references": _listed("boats ", "{n}. Thorne.\n"),
    "references without notes": _listed("boats[{n}] ", " "),
    # Deep.
    "brackets within brackets": _nested("[", "]"),
    "parentheses within parentheses": _nested("(", ")"),
    "quotes within quotes": _nested("“‘", "’”"),
    "asterisks within asterisks": _nested("*", "*"),
    "quoted quotations": lambda size: "\n".join(">" * (number % 100 + 1) + " boats" for number in range(size // 58)),
    "indented lines": lambda size: "\n".join(" " * (number % 100) + "boats" for number in range(size // 56)),
    # Ends and beginnings.
    "a word and spaces": lambda size: "boats" + " " * size + "boats",
    "spaces and a word": lambda size: " " * size + "boats",
    "a word and blank lines": lambda size: "boats" + "\n" * size + "boats",
    "a word and dots": lambda size: "boats" + "." * size + "boats",
    "a word and hyphens": lambda size: "boats" + "-" * size + "boats",
    "digits and spaces": lambda size: "1" + " " * size + "1",
    "a quotation without end": lambda size: "“" + WORDS * (size // len(WORDS)),
    "prose": lambda size: f"{WORDS * 8}\n\n" * (size // 600 + 1),
    "volume": volume,
}
