"""Our numbers against the values other people's packages computed."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from tests.spec.golden_counts import *  # noqa: F403
from tests.spec.golden_dispersion import *  # noqa: F403
from tests.spec.golden_funnel import *  # noqa: F403
from tests.spec.golden_over_time import *  # noqa: F403
from tests.spec.golden_values import Golden


@pytest.fixture(scope="session")
def folder(shared_path: Callable[..., Path]) -> Path:
    return shared_path("golden", "PLUMBLINE_GOLDEN")


@pytest.fixture(scope="session")
def golden(folder: Path) -> Golden:
    """Return the table of that name; other sets may leave a file out."""

    @cache
    def load(name: str) -> pd.DataFrame:
        path = folder / f"{name}.csv"
        if not path.exists():
            pytest.skip(f"no {name}.csv in this set")
        return pd.read_csv(path, dtype={"unit": str})

    return load
