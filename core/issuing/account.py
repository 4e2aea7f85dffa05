"""What an audit office must know before it relies on a funnel: six questions, each outcome.

The questions are those of Verburg et al. 2018 (PMC6193208), a guideline for funnel plots.
"""

from collections.abc import Mapping

from msgspec import Struct

from core.extract.manifest import Audit, Exclusion, Limits, Period
from core.results.outcome import Dispersion
from core.statistics.discrimination import Band

Interval = tuple[float, float]


class Policy(Struct, frozen=True, kw_only=True):
    """One: the choices made before any number."""

    definition: str
    attribution: str
    exclusions: tuple[Exclusion, ...]
    cases: int
    observed: int
    expected: float
    left_out: Mapping[str, int]
    limits: Limits
    centre: str
    minimum_cases: int


class CaseMixModel(Struct, frozen=True, kw_only=True):
    """Two: whether the risks tell cases apart and agree with what happened; null where unknown.

    `level` is calibration in the large (log-odds, 0 where right), `slope` 1 where right.
    """

    source: str
    auc: float | None
    brier: float | None
    level: float | None
    level_interval: Interval | None
    slope: float | None
    slope_interval: Interval | None
    bands: tuple[Band, ...]


class UnitSizes(Struct, frozen=True, kw_only=True):
    """Three: whether units have enough cases."""

    units: int
    fewest: int
    median: float
    most: int
    median_expected: float
    below_minimum: int


class VolumeRelation(Struct, frozen=True, kw_only=True):
    """Five: Spearman's correlation of a unit's O/E with its cases, and its 95 % interval."""

    correlation: float
    interval: Interval


class Flags(Struct, frozen=True, kw_only=True):
    """Six: how many units lie where, and at most how many on average by chance alone."""

    model: str
    found: Mapping[str, int]
    by_chance_alert: float
    by_chance_alarm: float


class OutcomeAccount(Struct, frozen=True, kw_only=True):
    """The six answers for one outcome; four is `dispersion`."""

    code: str
    label: str
    policy: Policy
    model: CaseMixModel | None
    sizes: UnitSizes
    dispersion: Dispersion
    volume: VolumeRelation | None
    flags: Flags | None


class Account(Struct, frozen=True, kw_only=True):
    """The account of an edition."""

    audit: Audit
    edition_number: int
    period: Period
    rows_outside_period: int
    outcomes: tuple[OutcomeAccount, ...]
