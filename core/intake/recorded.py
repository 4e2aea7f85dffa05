"""What happened to each case, read as the audit records it."""

import numpy as np
import pandas as pd

from core.audits.profile import OutcomeRule, Recorded
from core.errors import BadProfileError
from core.intake.cells import Numbers, numbers
from core.intake.table import column, refuse


def recorded_outcome(table: pd.DataFrame, rule: OutcomeRule) -> Numbers:
    """Return the outcome of every case as recorded, NaN where it is not known.

    A binary outcome is 0 or 1, a ratio outcome a count, a continuous one a number.
    """
    recorded = rule.recorded or Recorded(column=rule.code)
    if recorded.column is None:
        return _event_within(table, rule.code, recorded)
    cells = column(table, recorded.column)
    found = numbers(cells)
    present = ~np.isnan(found)
    if rule.kind == "binary":
        refuse(present & ~np.isin(found, (0.0, 1.0)), cells.name, "must be 0, 1 or empty")
    if rule.kind == "ratio":
        wrong = present & ((found < 0) | (np.floor(found) != found))
        refuse(wrong, cells.name, "must be a whole number from 0, or empty")
    return found


def _event_within(table: pd.DataFrame, code: str, recorded: Recorded) -> Numbers:
    """1 for an event by day N, 0 for none by then; NaN for a case last seen before day N."""
    if recorded.time is None or recorded.status is None or recorded.within_days is None:
        reason = "`recorded` needs `column`, or `time`, `status` and `within_days`"
        raise BadProfileError(f"Outcome {code!r}: {reason}.")
    times, states = column(table, recorded.time), column(table, recorded.status)
    time, status = numbers(times), numbers(states)
    refuse(time < 0, times.name, "must be 0 or more")
    known = ~np.isnan(status)
    refuse(known & ~np.isin(status, (0.0, 1.0)), states.name, "must be 0, 1 or empty")
    happened = (status == 1) & (time <= recorded.within_days)
    seen_through = time >= recorded.within_days
    return np.where(happened, 1.0, np.where(known & seen_through, 0.0, np.nan))
