"""Page markers, which an export program has put into the running text."""

from __future__ import annotations

import re

#: `[Page 265]`, `[p. 265]`, `[pg 265]`, `{265}`, `{p. 265}`, `<pb n="265"/>`, `|265|`; the number may be roman.
MARKER = re.compile(
    r"\[[ \t]*(?:[Pp]age|PAGE|[Pp]p?\.|[Pp]g\.?)[ \t]*(?P<a>\d{1,5}|[ivxlcdmIVXLCDM]{1,8})[ \t]*\]"
    r"|\{[ \t]*(?:[Pp]age|[Pp]p?\.|[Pp]g\.?)?[ \t]*(?P<b>\d{1,5}|[ivxlcdm]{1,8})[ \t]*\}"
    r"|<pb[ \t]+n=[\"'](?P<c>[\w.-]{1,12})[\"'][ \t]*/?>"
    r"|\|(?<=^\|)(?P<d>\d{1,5})\|$",  # alone on its line: between others it is a cell
    re.ASCII | re.MULTILINE,  # the digits of other scripts are no page numbers that an id could bear
)
