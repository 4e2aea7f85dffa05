"""The figures of one outcome: each with its standing, and as the pages print it."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.extract.manifest import Outcome
from core.flow import Review
from core.report.choices import Choices
from core.report.evidence import Figure, OutcomeEvidence, Standing, Value
from core.report.pages.document import Grid
from core.report.recompute import Known, flattened, known_figures
from core.report.small_numbers import HELD_BACK, count_shown, is_count
from core.results.as_json import result_as_json
from core.results.outcome import OutcomeResult
from core.results.wording import count, in_100, level_in_words, percent, ratio
from core.results.words import POSITION_WORDS, position_label

STANDING_WORDS: dict[Standing, str] = {
    "issued": "Issued",
    "derived": "Derived",
    "surgeon": "Surgeon’s copy",
}
STANDING_NOTE = (
    "Issued: stands in the audit’s signed manifest. Derived: follows from issued figures alone. "
    "Surgeon’s copy: computed from the surgeon’s records; the audit’s manifest does not state it."
)
_WEAKEST: tuple[Standing, ...] = ("surgeon", "derived", "issued")
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: what it is, and the figures it holds."""

    label: str
    names: tuple[str, ...]
    between: str = " to "


def outcome_figures(
    result: OutcomeResult, outcome: Outcome, *, signed: bool, chosen: bool, small_numbers: bool
) -> tuple[Figure, ...]:
    """Return the figures of one outcome; of one that is not chosen, its position alone.

    Without a signature nothing is issued: all is then the surgeon's copy.
    """
    known = known_figures(outcome) if signed and not small_numbers else {}
    words = shown_figures(result)
    found = flattened(result_as_json(result))
    names = [name for name in found if name not in ("code", "label")]
    if not chosen:
        names = ["position"]
    figures = (_figure(name, found[name], known, words.get(name)) for name in names)
    if small_numbers:
        return tuple(_masked(figure) for figure in figures if figure.name not in HELD_BACK)
    return tuple(figures)


def shown_figures(result: OutcomeResult) -> dict[str, str]:
    """Return the words printed for each figure that the pages print, by name."""
    found = flattened(result_as_json(result))
    shown = {
        name: write(result, value)
        for name, value in found.items()
        if (write := _writer(name)) is not None and value is not None
    }
    return shown | {"position": position_label(result)}


def figure_grid(result: OutcomeResult, figures: Iterable[Figure]) -> Grid:
    """Return the table of a chosen outcome: each line with its value and where it is from."""
    by_name = {figure.name: figure for figure in figures if figure.shown is not None}
    rows = []
    for line in _lines(result):
        parts = [by_name[name] for name in line.names if name in by_name]
        if len(parts) == len(line.names):
            weakest = min((part.standing for part in parts), key=_WEAKEST.index)
            value = line.between.join(part.shown or "" for part in parts)
            rows.append((line.label, value, STANDING_WORDS[weakest]))
    return Grid(
        f"{result.label}: the figures", ("Figure", "Value", "Where it is from"), tuple(rows)
    )


def _figure(name: str, value: Value, known: Mapping[str, Known], shown: str | None) -> Figure:
    stated = known.get(name)
    agrees = stated is not None and _same(stated.value, value)
    standing = stated.standing if stated is not None and agrees else "surgeon"
    return Figure(name=name, value=value, standing=standing, shown=shown)


def _same(stated: Value, found: Value) -> bool:
    if isinstance(stated, str | bool | None) or isinstance(found, str | bool | None):
        return stated == found
    return abs(stated - found) <= TOLERANCE * max(1.0, abs(stated))


def _masked(figure: Figure) -> Figure:
    value = figure.value
    shown = None if figure.name.startswith("power.") else figure.shown
    if is_count(figure.name) and isinstance(value, int | float):
        hidden = count_shown(value)
        return Figure(
            name=figure.name, value=hidden, standing="surgeon", shown=hidden if shown else None
        )
    if isinstance(value, float):
        value = round(value, 4)
    return Figure(name=figure.name, value=value, standing="surgeon", shown=shown)


def _writer(name: str) -> "Writer | None":
    """Return how the figure of that name is printed, or None where the pages do not print it."""
    head = name.split(".", 1)[0]
    return _WRITERS.get(name) or _WRITERS.get(head)


def _amount(result: OutcomeResult, value: float) -> str:
    return f"{value:.2f}"


def _observed(result: OutcomeResult, value: float) -> str:
    return f"{value:.2f}" if result.kind == "continuous" else count(value)


def _rate(result: OutcomeResult, value: float) -> str:
    return f"{value:.2f}" if result.kind == "ratio" else percent(value)


def _tail(result: OutcomeResult, value: float) -> str:
    return f"{value:.4f}" if value >= 0.0001 else "under 0.0001"


def _place(result: OutcomeResult, value: str) -> str:
    return POSITION_WORDS[value]  # type: ignore[index]


Writer = Callable[[OutcomeResult, Any], str]
_WRITERS: dict[str, Writer] = {
    "cases": lambda _, value: count(value),
    "observed": _observed,
    "expected": _amount,
    "ratio": lambda _, value: ratio(value),
    "ratio_interval": lambda _, value: ratio(value),
    "crude_rate": _rate,
    "crude_rate_interval": _rate,
    "adjusted_rate": _rate,
    "adjusted_rate_interval": _rate,
    "national_rate": _rate,
    "national_ratio": lambda _, value: ratio(value),
    "limits": lambda _, value: ratio(value),
    "exact_position": _place,
    "p_upper": _tail,
    "p_lower": _tail,
    "events_to_alert": lambda _, value: count(value),
    "events_to_alarm": lambda _, value: count(value),
    "power.double_rate_alert": lambda _, value: in_100(1 - value),
    "power.double_rate_alarm": lambda _, value: in_100(1 - value),
    "power.triple_rate_alert": lambda _, value: in_100(1 - value),
    "power.triple_rate_alarm": lambda _, value: in_100(1 - value),
    "left_out": lambda _, value: count(value),
    "missing_bounds": lambda _, value: ratio(value),
}


def _lines(result: OutcomeResult) -> tuple[Line, ...]:
    if result.kind == "continuous":
        return (
            Line("Operations counted", ("cases",)),
            Line("Average", ("observed",)),
            Line("The audit’s figure for comparison", ("expected",)),
            Line("Position", ("position",)),
        )
    return (*_main_lines(result), *_limit_lines(result), *_further_lines(result))


def _main_lines(result: OutcomeResult) -> tuple[Line, ...]:
    events, interval = result.words.events, "95\u202f% interval"
    return (
        Line("Position", ("position",)),
        Line("Operations counted", ("cases",)),
        Line(f"Observed {events}", ("observed",)),
        Line(f"Expected {events}, given each patient’s risk", ("expected",)),
        Line("Observed ÷ expected", ("ratio",)),
        Line(f"{interval} of observed ÷ expected", _ends("ratio_interval")),
        Line("Crude rate", ("crude_rate",)),
        Line(f"{interval} of the crude rate (Wilson)", _ends("crude_rate_interval")),
        Line("Risk-adjusted rate", ("adjusted_rate",)),
        Line(f"{interval} of the risk-adjusted rate", _ends("adjusted_rate_interval")),
        Line("National rate", ("national_rate",)),
        Line("National observed ÷ expected", ("national_ratio",)),
    )


def _limit_lines(result: OutcomeResult) -> tuple[Line, ...]:
    lines = []
    for limit in result.limits:
        name = f"limits.{limit.level:g}"
        words = f"{level_in_words(limit.level)} limits on observed ÷ expected"
        if limit.lower is None:
            lines.append(Line(f"{words}: upper (no lower one)", (f"{name}.upper",)))
        else:
            lines.append(Line(words, _ends(name)))
    return tuple(lines)


def _further_lines(result: OutcomeResult) -> tuple[Line, ...]:
    events = result.words.events
    exact = ("exact_position",) if result.exact_position != result.position else ()
    lines = (
        Line("Position by the exact limits", exact) if exact else None,
        Line("Chance of this many or more on the national line", ("p_upper",)),
        Line("Chance of this few or fewer on the national line", ("p_lower",)),
        Line(f"Number of {events} that crosses the alert line", ("events_to_alert",)),
        Line(f"Number of {events} that crosses the alarm line", ("events_to_alarm",)),
        Line("Left out: excluded, follow-up too short", LEFT_OUT[:2], ", "),
        Line("Left out: outcome missing, risk missing", LEFT_OUT[2:], ", "),
        Line("Ratio were what is missing known", _ends("missing_bounds")),
    )
    return tuple(line for line in lines if line is not None)


LEFT_OUT = tuple(
    f"left_out.{why}"
    for why in ("excluded", "follow_up_incomplete", "missing_outcome", "missing_risk")
)


def _ends(name: str) -> tuple[str, str]:
    return f"{name}.lower", f"{name}.upper"


def outcome_evidence(
    review: Review, choices: Choices, reflected: Container[str]
) -> tuple[OutcomeEvidence, ...]:
    """Return the figures of every outcome of the extract, chosen or not."""
    extract = review.extract
    return tuple(
        OutcomeEvidence(
            code=result.code,
            label=result.label,
            chosen=choices.shows(result.code),
            position=result.position or "",
            figures=outcome_figures(
                result,
                extract.manifest.outcome(result.code),
                signed=extract.signature is not None,
                chosen=choices.shows(result.code),
                small_numbers=choices.small_numbers,
            ),
            reflected=result.code in reflected,
        )
        for result in review.results
    )
