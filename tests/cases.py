"""Case tables: TOML files in `tests/cases/`, in which each `[[case]]` becomes one parameter of one test."""

import tomllib
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "cases"


def load(pattern: str) -> list:
    """The cases of the files that `pattern` (under `tests/cases/`) matches, each as a pytest parameter holding a dict.

    Keys at the top of a file hold for all its cases. A case needs a `name`; with `xfail = "why"` it is a known failure,
    and the test run fails on the day when it passes.
    """
    parameters = []
    for path in sorted(FOLDER.glob(pattern)):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        cases = table.pop("case")
        names = [case["name"] for case in cases]
        assert len(set(names)) == len(names), f"{path}: a name occurs twice"
        for case in cases:
            reason = case.get("xfail")
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            parameters.append(pytest.param(table | case, id=f"{path.stem}-{case['name']}", marks=marks))
    assert parameters, f"no cases in tests/cases/{pattern}"
    return parameters
