"""Every test: offscreen window, a home of its own, and the shared material where it stands."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

BESIDE = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared_path() -> Callable[..., Path]:
    """Return the shared file or folder of that name; skip where it is absent.

    `variable` names the environment variable that may point elsewhere. With
    PLUMBLINE_REQUIRE_SHARED=1 an absent one fails.
    """

    def find(name: str, variable: str | None = None) -> Path:
        path = Path(os.environ.get(variable or "", "") or BESIDE / name)
        if not path.exists():
            reason = f"shared material is absent: {name}"
            if os.environ.get("PLUMBLINE_REQUIRE_SHARED") == "1":
                pytest.fail(reason)
            pytest.skip(reason)
        return path

    return find
