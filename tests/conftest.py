"""Every test: offscreen window, a home of its own, and the shared material where it stands."""

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ABSENT = "shared material is absent"
BESIDE = Path(__file__).resolve().parents[2] / "shared"

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# The same examples at every run and on every machine; --hypothesis-profile=default explores.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")

if "PYTEST_XDIST_WORKER" not in os.environ:
    home = tempfile.mkdtemp(prefix="plumbline-tests-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for variable in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "MPLCONFIGDIR"):
        os.environ[variable] = home


@pytest.fixture(scope="session")
def shared_path() -> Callable[..., Path]:
    """Return the shared file or folder of that name; skip where it is absent.

    `variable` names the environment variable that may point elsewhere. With
    PLUMBLINE_REQUIRE_SHARED=1 an absent one fails.
    """

    def find(name: str, variable: str | None = None) -> Path:
        path = Path(os.environ.get(variable or "", "") or BESIDE / name)
        if not path.exists():
            reason = f"{ABSENT}: {name}"
            if os.environ.get("PLUMBLINE_REQUIRE_SHARED") == "1":
                pytest.fail(reason)
            pytest.skip(reason)
        return path

    return find


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests were skipped because the shared material is not beside the project."""
    skipped = terminalreporter.stats.get("skipped", [])
    absent = sum(ABSENT in str(report.longrepr) for report in skipped)
    terminalreporter.write_line(f"{absent} tests skipped for absent shared material")


@pytest.fixture(autouse=True)
def _windows_die_between_tests(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect no dropped window while another draws; end what was to be deleted later.

    Qt deletes it in its own loop, which no test runs; else every style sheet dresses it again.
    """
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.disable()
    yield
    gc.enable()
