"""An audit profile: the rules of one audit and the columns of its tables, as data (TOML)."""

import tomllib
from datetime import date
from typing import Literal

import msgspec

from core.errors import BadProfileError
from core.extract.manifest import (
    Audit,
    Centre,
    Contact,
    Direction,
    EventWords,
    FieldType,
    Kind,
    Level,
    Limits,
    PeerDisplay,
    Publication,
)


class _Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A frozen value of a profile; an unknown key is refused."""


class DateColumn(_Rule, frozen=True, kw_only=True):
    """Where a date stands and how it is written; a day number counts `epoch` as day 1."""

    column: str
    format: Literal["iso", "dmy", "day_number"] = "iso"
    epoch: date | None = None


class Columns(_Rule, frozen=True, kw_only=True):
    """The fixed columns of a national table; without `case_id` the row number serves."""

    surgeon: str
    operated_on: DateColumn
    case_id: str | None = None
    procedure: str | None = None
    provider: str | None = None


class FieldRule(_Rule, frozen=True, kw_only=True):
    """A field of a case: its contract, its words and the columns that may hold it.

    `column` is the column's name in the audit's own table (default: `name`); `synonyms` are other
    names it is known by; `question` is its number on the audit's form; `codes` maps what stands
    in the table to the codes of `allowed`.
    """

    name: str
    label: str
    type: FieldType
    unit: str | None = None
    allowed: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    codes: dict[str, str] = {}
    minimum: float | None = None
    maximum: float | None = None
    risk_factor: bool = False
    identifying: bool = False
    column: str | None = None
    synonyms: tuple[str, ...] = ()
    question: str | None = None


class Recorded(_Rule, frozen=True, kw_only=True):
    """How an outcome is recorded.

    Either `column` (0/1, or a count for a ratio outcome), or an event within `within_days`: the
    time in days in `time`, and 1 in `status` where the event happened at that time.
    """

    column: str | None = None
    time: str | None = None
    status: str | None = None
    within_days: int | None = None


class Logistic(_Rule, frozen=True, kw_only=True):
    """A logistic risk: logit p = intercept + Σ coefficient × column."""

    intercept: float
    terms: dict[str, float]


class RiskRule(_Rule, frozen=True, kw_only=True):
    """Where a case's risk comes from: a supplied column, a shipped model or a logistic formula."""

    column: str | None = None
    scale: Literal["fraction", "percent"] = "fraction"
    model: str | None = None
    logistic: Logistic | None = None


class RecalibrationRule(_Rule, frozen=True, kw_only=True):
    """A stated national recalibration of the risk: logit p′ = intercept + slope × logit p."""

    intercept: float
    slope: float = 1.0
    date: date
    source: str


class OutcomeRule(_Rule, frozen=True, kw_only=True):
    """One outcome of the audit: its definition, how it is recorded, its risk and its method."""

    code: str
    label: str
    kind: Kind
    definition: str
    direction: Direction = "adverse"
    words: EventWords = EventWords()
    follow_up_days: int | None = None
    recorded: Recorded | None = None
    risk: RiskRule | None = None
    recalibration: RecalibrationRule | None = None
    expected_column: str | None = None
    centre: Centre = "expected"
    limits: Limits = Limits()
    minimum_cases: int = 0
    peers: PeerDisplay = "points"
    usual_model: str | None = None


class ExclusionRule(_Rule, frozen=True, kw_only=True):
    """Cases left out: those whose `field` is one of `one_of`, is above or below, or is missing."""

    code: str
    words: str
    field: str
    one_of: tuple[str, ...] = ()
    above: float | None = None
    below: float | None = None
    missing: bool = False
    outcomes: tuple[str, ...] = ()


class Suppression(_Rule, frozen=True, kw_only=True):
    """The audit's own small-number rule for what it publishes."""

    below: int
    words: str


class Window(_Rule, frozen=True, kw_only=True):
    """The reporting window: its usual length, and the dates where a run is fixed."""

    years: float
    start: date | None = None
    end: date | None = None
    follow_up_to: date | None = None


class Source(_Rule, frozen=True, kw_only=True):
    """Where a rule comes from; `background` marks knowledge that no public source confirmed."""

    title: str
    dated: str
    covers: str
    background: bool = False


class Profile(_Rule, frozen=True, kw_only=True):
    """An audit's rules; `columns` is needed only to issue from a table."""

    audit: Audit
    specialty: str
    series: str
    attribution: str
    window: Window
    outcomes: tuple[OutcomeRule, ...]
    level: Level = "surgeon"
    columns: Columns | None = None
    fields: tuple[FieldRule, ...] = ()
    exclusions: tuple[ExclusionRule, ...] = ()
    publication: Publication = Publication()
    contact: Contact = Contact()
    suppression: Suppression | None = None
    retain_years: int = 5
    edition_number: int = 1
    sources: tuple[Source, ...] = ()


def parse_profile(data: bytes, name: str) -> Profile:
    """Return the profile in TOML `data`; errors name the file `name`, key and reason."""
    try:
        table = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        raise BadProfileError(f"{name} is not a TOML file in UTF-8.") from None
    try:
        return msgspec.convert(table, Profile)
    except msgspec.ValidationError as error:
        raise BadProfileError(f"{name}: {error}.") from None
