"""What every test may ask for: Hypothesis profiles, the golden switch, and things that are not on every machine."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
IN_CI = os.environ.get("CI", "").lower() not in {"", "0", "false"}

# A script with measurements, not tests; `--doctest-modules` would import it.
collect_ignore = ["bench"]

# No deadline: on two busy cores a time limit for one example fails at random. Whoever wants a limit measures it.
settings.register_profile("dev", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# The same examples in every run: a change fails because of what it changed. Searching on is the developer's machine's.
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if IN_CI else "dev"))


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files from what the code gives now; read the diff before you commit it",
    )


def pytest_configure(config):
    if IN_CI and config.getoption("--update-golden"):
        message = "--update-golden is refused where CI is set: a golden file is written by a person who reads the diff"
        raise pytest.UsageError(message)


@pytest.fixture(scope="session")
def update_golden(request) -> bool:
    """Whether golden files are to be written; without it a missing golden file is a failure."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout, which only the project's own machines have."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no ../shared beside this checkout: the seed documents and the gold are not published with teiprep")
    return folder


@pytest.fixture(scope="session")
def jing() -> str:
    """The command jing, an independent RELAX NG validator."""
    command = shutil.which("jing")
    if command is None:
        pytest.skip("jing is not installed (Debian: apt-get install jing): its verdicts cannot be compared with ours")
    return command
