"""What is known of one outcome for one surgeon, as a frozen value."""

from dataclasses import dataclass
from typing import Literal

from core.extract.manifest import (
    Centre,
    Comparison,
    Direction,
    EventWords,
    Kind,
    Level,
    LimitsModel,
    Position,
)
from core.results.line_origin import ISSUED, LineOrigin

IntervalMethod = Literal["exact", "byar"]


@dataclass(frozen=True, slots=True)
class Limit:
    """The exact limits of one level, on the O/E scale; None where the limit does not exist."""

    level: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Power:
    """Probabilities of crossing the upper lines had the truth been worse, at this volume.

    `size_alert` and `size_alarm` are those were the truth exactly on the national line.
    """

    size_alert: float | None
    size_alarm: float | None

    double_odds_alert: float | None
    double_odds_alarm: float | None
    double_rate_alert: float | None
    double_rate_alarm: float | None
    triple_rate_alert: float | None
    triple_rate_alarm: float | None
    detectable_ratio_80: float | None


@dataclass(frozen=True, slots=True)
class Dispersion:
    """National over-dispersion (τ², φ) and whether the limits use it."""

    tau2: float | None
    phi: float | None
    used: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Cases not counted, each once, in this order."""

    excluded: int
    follow_up_incomplete: int
    missing_outcome: int
    missing_risk: int

    @property
    def total(self) -> int:
        """All cases left out."""
        return self.excluded + self.follow_up_incomplete + self.missing_outcome + self.missing_risk


@dataclass(frozen=True, slots=True)
class OutcomeResult:
    """Where the surgeon stands on one outcome; rates and probabilities are fractions.

    A favourable outcome's numbers are those of its adverse complement. `centre_ratio` is where the
    national line lies on the O/E scale: 1 or the national ratio. `mean` is the count expected on
    that line. `level` is whose cases they are. `comparison` is what the figures allow,
    `rate_source` where a typed national rate was published, `line_from` whose benchmark pack gave
    the line; `typed` totals come from a summary. `line` is in whose name line and method stand.
    """

    code: str
    label: str
    kind: Kind
    direction: Direction
    words: EventWords
    definition: str
    cases: int
    observed: float
    expected: float | None
    ratio: float | None
    ratio_interval: tuple[float, float] | None
    interval_method: IntervalMethod
    centre: Centre
    centre_ratio: float
    mean: float | None
    national_ratio: float | None
    national_rate: float | None
    national_units: int
    crude_rate: float | None
    crude_rate_interval: tuple[float, float] | None
    adjusted_rate: float | None
    adjusted_rate_interval: tuple[float, float] | None
    limits_model: LimitsModel
    limits: tuple[Limit, ...]
    limits_drawn: str
    alert_level: float
    alarm_level: float
    position: Position | None
    exact_position: Position | None
    minimum_cases: int
    p_upper: float | None
    p_lower: float | None
    events_to_alert: int | None
    events_to_alarm: int | None
    power: Power
    overdispersion: Dispersion
    left_out: LeftOut
    missing_bounds: tuple[float, float] | None
    audit_method: bool
    level: Level = "surgeon"
    comparison: Comparison = "adjusted"
    rate_source: str | None = None
    line_from: str | None = None
    typed: bool = False
    line: LineOrigin = ISSUED
