"""Which figures the small-number rule hides, where the surgeon asks for it."""

from core.report.disclosure import withhold

_COUNTS = ("cases", "observed", "events_to_alert", "events_to_alarm", "national_units")
HELD_BACK = frozenset(
    {"expected", "p_upper", "p_lower", "crude_rate"}
    | {f"crude_rate_interval.{end}" for end in ("lower", "upper")}
)
"""Figures from which, with the others, a hidden count could be worked out."""


def is_count(name: str) -> bool:
    """Whether the figure of that name is a count of cases, events or units."""
    return name in _COUNTS or name.startswith("left_out.")


def count_shown(value: float) -> str:
    """Return a count by the rule: "0", "*" or the nearest multiple of 5."""
    hidden = withhold(value)
    return hidden if isinstance(hidden, str) else f"{hidden:,.0f}"
