"""Numbers and dates as British readers expect them: thin spaces, en dashes, natural frequencies."""

from datetime import UTC, date, datetime

from core.extract.manifest import Level

THIN = "\u202f"
MINUS = "\u2212"
IF_ACCEPTED = "if these corrections are accepted"
"""What stands beside every figure of a what-if."""
WHO: dict[Level, str] = {"surgeon": "You", "team": "Your team", "hospital": "Your hospital"}
WHOSE: dict[Level, str] = {
    "surgeon": "your",
    "team": "your team’s",
    "hospital": "your hospital’s",
}


def percent(fraction: float, digits: int = 1) -> str:
    """Return a fraction as a percentage with a thin space that keeps them together."""
    return f"{100 * fraction:.{digits}f}{THIN}%"


def level_in_words(level: float) -> str:
    """Return a level without needless digits: 0.95 is "95 %", 0.998 is "99.8 %"."""
    return f"{100 * level:.6g}{THIN}%"


def ratio(value: float) -> str:
    """Return a ratio with two decimals."""
    return f"{value:.2f}"


def operations(number: int) -> str:
    """Return "1 operation" or "3 operations"."""
    return "1 operation" if number == 1 else f"{count(number)} operations"


def count(value: float) -> str:
    """Return a count with commas between thousands."""
    return f"{value:,.0f}"


def expected_count(value: float) -> str:
    """Return an expected number with one decimal, two where it is below one."""
    return f"{value:.2f}" if value < 1 else f"{value:.1f}"


def about(value: float) -> str:
    """Return an expected number as people say it: "about 14", "about 1.4", "fewer than 1"."""
    if value >= 9.5:
        return f"about {value:.0f}"
    return f"about {value:.1f}" if value >= 0.05 else "fewer than 0.1"


def times_in_100(probability: float) -> str:
    """Return a probability as a natural frequency that is never rounded to never or always."""
    whole = round(100 * probability)
    if whole < 1:
        return "fewer than 1 time in 100" if probability >= 0.001 else "fewer than 1 time in 1,000"
    if whole > 99:
        return "more than 99 times in 100"
    return "1 time in 100" if whole == 1 else f"{whole} times in 100"


def in_100(probability: float) -> str:
    """Return a probability for a narrow column: "14 in 100" or "under 1 in 100"."""
    whole = round(100 * probability)
    if whole < 1:
        return "under 1 in 100"
    return "over 99 in 100" if whole > 99 else f"{whole} in 100"


def day(value: date) -> str:
    """Return a date as 1 April 2023."""
    return f"{value.day} {value:%B} {value.year}"


def moment(value: datetime) -> str:
    """Return a moment as 22 November 2026, 08:51 UTC."""
    utc = value.astimezone(UTC)
    return f"{day(utc.date())}, {utc:%H:%M} UTC"


def stated_day(words: str) -> str:
    """Return a day or moment of ISO 8601 as 1 April 2023; other words as they stand."""
    try:
        return day(datetime.fromisoformat(words).date())
    except ValueError:
        return words


def stated_moment(words: str) -> str:
    """Return a moment of ISO 8601 as 22 November 2026, 08:51 UTC; other words as they stand."""
    try:
        return moment(datetime.fromisoformat(words))
    except (OverflowError, ValueError):
        return words


def month(value: date) -> str:
    """Return the month of a date as April 2023."""
    return f"{value:%B %Y}"


def spaced(digest: str) -> str:
    """Return a digest in groups of eight, which wrap and can be read aloud."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def span(low: str, high: str) -> str:
    """Return a range with an en dash."""
    return f"{low}–{high}"


def cases(number: int) -> str:
    """Return "1 case" or "3 cases"."""
    return "1 case" if number == 1 else f"{count(number)} cases"
