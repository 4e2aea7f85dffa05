"""What the golden tests share: the loader's type and two short words."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

Golden = Callable[[str], pd.DataFrame]


def close(ours: ArrayLike, theirs: ArrayLike, relative: float, absolute: float = 0.0) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=relative, atol=absolute)


def by_level(table: pd.DataFrame, column: str = "level") -> Iterator[tuple[float, pd.DataFrame]]:
    yield from ((float(level), rows) for level, rows in table.groupby(column))
