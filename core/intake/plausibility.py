"""Whether what was read as an outcome can be so: a rate that says the column was turned round."""

from collections.abc import Iterator
from collections.abc import Mapping as Lookup

import numpy as np
import pandas as pd

from core.audits.profile import OutcomeRule, Profile, Recorded
from core.intake.mapping import Mapping
from core.intake.recorded import recorded_outcome

LEAST_CASES, LEAST_WHERE_ALL = 20, 5
MOST = 0.5


def implausible(table: pd.DataFrame, mapping: Mapping, profile: Profile) -> Iterator[str]:
    """Yield a sentence for each yes-or-no outcome whose adverse event befell more than half.

    `table` is the audit's own table of the surgeon's cases. No sentence holds a number.
    """
    named = {one.target: one.heading for one in mapping.columns}
    for rule in profile.outcomes:
        columns = _columns(rule)
        if rule.kind != "binary" or not columns or any(one not in table for one in columns):
            continue
        happened = recorded_outcome(table, rule)
        known = happened[~np.isnan(happened)]
        rate = _rate(known, favourable=rule.direction == "favourable")
        if len(known) >= LEAST_WHERE_ALL and rate == 1:
            yield _words(rule, "every case counts", columns[-1], named)
        elif len(known) >= LEAST_CASES and rate > MOST:
            yield _words(rule, "more than half of the cases count", columns[-1], named)


def _columns(rule: OutcomeRule) -> tuple[str, ...]:
    """The columns that record the outcome, the one that says whether it happened last."""
    recorded = rule.recorded or Recorded(column=rule.code)
    if recorded.column is not None:
        return (recorded.column,)
    return tuple(name for name in (recorded.time, recorded.status) if name is not None)


def _rate(known: "np.ndarray[tuple[int], np.dtype[np.float64]]", *, favourable: bool) -> float:
    share = float(known.mean()) if len(known) else 0.0
    return 1 - share if favourable else share


def _words(rule: OutcomeRule, how_many: str, column: str, named: Lookup[str, str]) -> str:
    event = rule.words.event
    article = "an" if event[0] in "aeiou" else "a"
    return (
        f"“{rule.label}”: {how_many} as {article} {event}. Check that column "
        f"{named.get(column, column)!r} is not read the wrong way round."
    )
