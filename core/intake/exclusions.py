"""Which of an audit's exclusion rules each case meets."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.audits.profile import ExclusionRule
from core.errors import BadProfileError

Mask = NDArray[np.bool_]


def excluded_codes(cases: pd.DataFrame, rules: tuple[ExclusionRule, ...]) -> pd.Series:
    """Return, for each case, the codes of the rules it meets, separated by `;`.

    A rule that concerns some outcomes alone stands as `rule@outcome`, once for each.
    """
    found = pd.Series("", index=cases.index, dtype=object)
    for rule in rules:
        mark = ";".join(f"{rule.code}@{code}" for code in rule.outcomes) or rule.code
        met = meets(cases, rule)
        found = found.where(~met, found.where(found == "", found + ";") + mark)
    return found


def meets(cases: pd.DataFrame, rule: ExclusionRule) -> Mask:
    """Return which cases meet `rule`."""
    if rule.field not in cases:
        raise BadProfileError(f"Exclusion {rule.code!r} names an unknown field {rule.field!r}.")
    cells = cases[rule.field]
    met = cells.isin(rule.one_of).to_numpy(dtype=bool)
    if rule.missing:
        met = met | cells.isna().to_numpy(dtype=bool)
    if rule.above is not None:
        met = met | (_numbers(cells) > rule.above)
    if rule.below is not None:
        met = met | (_numbers(cells) < rule.below)
    return met


def _numbers(cells: pd.Series) -> NDArray[np.float64]:
    return pd.to_numeric(cells, errors="coerce").to_numpy(dtype=float)
