"""Finds the files that are shipped beside the code: `schemas/…` and `flows/…`."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Where the shipped file or folder `name` lies: in the installed package, or else at the top of the checkout.

    Raises FileNotFoundError, which names the file, if it is in neither place: a broken installation.

    >>> path("schemas/teiprep.rng").name
    'teiprep.rng'
    """
    for folder in (_PACKAGE, _PACKAGE.parents[1]):
        if (found := folder / name).exists():
            return found
    raise FileNotFoundError(f"{name} is missing from this installation of teiprep; install it again")
